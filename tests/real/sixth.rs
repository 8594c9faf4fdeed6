//! A provider that is nothing but a file: read, changed, confirmed, refused and undone, and no program knows it.

mod server;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use boon::{Compiler, Draft as Dialect, Schemas};
use memberdesk::change::draft::{Draft, Entry};
use memberdesk::change::driver::{Ask, Event, Moment, Purpose, Step};
use memberdesk::change::identity::{Identity, Pasted, pasted};
use memberdesk::change::receipt::{Outcome, Receipt};
use memberdesk::change::row::Row;
use memberdesk::change::undo::undo;
use memberdesk::find::walk::{self, Walk, Wanted};
use memberdesk::provider::Provider;
use memberdesk::provider::explain::Means;
use memberdesk::provider::field::Kind;
use memberdesk::transport::{Between, Response};
use serde_json::{Value as Json, json};

use crate::line::{Line, Point, parse};
use crate::members::{
    Member,
    Typed::{self, Clear, Text},
    draft,
};

use server::{Coast, EDDY, MASTER, SEAL};

fn file(path: &str) -> String {
    let path = [env!("CARGO_MANIFEST_DIR"), "/", path].concat();
    fs::read_to_string(path).expect("a text")
}

fn sixth() -> Arc<Provider> {
    parse(&file("tests/real/sixth.json"))
}

const KEEPER: Member = Member {
    provider: "lanterns",
    keys: &[("harbour", "north-pier"), ("number", EDDY)],
    secrets: &[("seal", SEAL), ("masterName", MASTER.0)],
};

/// The coast, and a line to Eddy, with the harbour master's word instead of a pass.
fn open() -> (Arc<Coast>, Line) {
    let coast = Arc::new(Coast::open());
    let mut line = Line::new(sixth(), &coast.address(), &KEEPER);
    line.enter_password("masterWord", MASTER.1);
    (coast, line)
}

fn eddy(coast: &Coast) -> Json {
    coast.keeper(EDDY).expect("Eddy")
}

fn receipt(step: Step) -> Receipt {
    let Step::Done(receipt) = step else { panic!("{step:?}") };
    *receipt
}

fn change(line: &mut Line, typed: &[(&str, Typed)]) -> Receipt {
    receipt(line.form(&draft(typed)))
}

#[test]
fn an_editor_and_the_reader_accept_its_file() {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.set_default_draft(Dialect::V2020_12);
    let schema: Json = serde_json::from_str(&file("providers/provider.schema.json")).expect("JSON");
    compiler.add_resource("schema.json", schema.clone()).expect("a resource");
    let index = compiler.compile("schema.json", &mut schemas).expect("a schema");
    let own: Json = serde_json::from_str(&file("tests/real/sixth.json")).expect("JSON");
    schemas.validate(&own, index).unwrap_or_else(|error| panic!("{error:#}"));

    // It has every word of the vocabulary, but those that its other words exclude.
    let (mut known, mut used) = (BTreeSet::new(), BTreeSet::new());
    words(&schema, false, &mut known);
    keys(&own, &mut used);
    let missing: Vec<&&str> = known.difference(&used).collect();
    assert_eq!(missing, [&"scheme"], "of {} words", known.len());
}

/// The words of a schema: what stands below `properties`, where that is no word itself.
fn words<'j>(json: &'j Json, is_words: bool, found: &mut BTreeSet<&'j str>) {
    for (name, below) in json.as_object().into_iter().flatten() {
        if is_words && !name.starts_with('$') {
            found.insert(name);
        }
        words(below, !is_words && name == "properties", found);
    }
    json.as_array().into_iter().flatten().for_each(|below| words(below, false, found));
}

fn keys<'j>(json: &'j Json, found: &mut BTreeSet<&'j str>) {
    for (key, below) in json.as_object().into_iter().flatten() {
        found.insert(key);
        keys(below, found);
    }
    json.as_array().into_iter().flatten().for_each(|below| keys(below, found));
}

#[test]
fn no_program_knows_it() {
    fn look(folder: &Path, id: &str) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                look(&path, id);
            } else {
                let text = fs::read_to_string(&path).expect("a text").to_lowercase();
                assert!(!text.contains(id), "{} knows it", path.display());
            }
        }
    }
    let id = sixth().id.clone();
    look(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), id.trim_end_matches('s'));
}

#[test]
fn its_keepers_are_found_by_name() {
    let provider = sixth();
    let connection = Identity::connection(&provider, &[("harbour".to_string(), "north-pier".to_string())]);
    let connection = connection.expect("a connection");
    let moment = Moment { now: 1_800_000_000_000, dice: 7 };
    let walk = |step: usize, known: &[(&str, &str)], told: &dyn Fn(&str) -> Json| {
        let known = known.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
        let wanted = Wanted { step, connection: connection.clone(), known, text: String::new(), days: None };
        let mut walk = Walk::new(provider.clone(), "lanterns", Between::Nobody, wanted).expect("a walk");
        let mut asked = Vec::new();
        let mut next = walk.next(walk::Event::Start, moment);
        while let Some(walk::Step::Read(outgoing)) = next {
            let request = outgoing.request();
            asked.push([request.path.view(), request.query.view()].join("?"));
            let body = json!({ "ok": true, "found": told(asked.last().expect("a call")) }).to_string();
            let answer =
                Response { status: 200, headers: Vec::new(), body, url: None, timing: Default::default() };
            next = walk.next(walk::Event::Answered(Ok(answer)), moment);
        }
        assert_eq!((next, walk.missing()), (Some(walk::Step::Done), Vec::new()));
        let found = walk.list().items().iter();
        let found: Vec<[String; 2]> = found.map(|item| [item.id.clone(), item.name.clone()]).collect();
        (found, asked)
    };
    let piers = |url: &str| match url.contains("after=two") {
        false => json!({ "piers": [{ "id": 1, "name": "Pier 1" }], "next": "two" }),
        true => json!({ "piers": [{ "id": 2, "name": "Pier 2" }] }),
    };
    let (found, asked) = walk(0, &[], &piers);
    assert_eq!(found, [["1", "Pier 1"], ["2", "Pier 2"]]);
    let days = "since=2026-12-16T08%3A00%3A00.000Z&until=2027-01-15T08%3A00%3A00.000Z";
    let first = ["/v3/harbours/north-pier/piers?", days].concat();
    assert_eq!(asked, [first.clone(), [&first, "&after=two"].concat()]);
    let masts = |url: &str| match url {
        "/v3/piers/1/masts/keel?" => json!({ "masts": [{ "id": "fore", "name": "Foremast" }] }),
        "/v3/piers/1/masts/fore/keepers?most=50&sheet=0" => {
            json!({ "keepers": [{ "number": EDDY, "callSign": "EDDY-1", "rank": "captain" }], "count": 1 })
        }
        _ => json!({ "masts": [], "keepers": [], "count": 0 }),
    };
    let (found, _) = walk(1, &[("landing", "1")], &masts);
    assert_eq!(found, [[EDDY, "EDDY-1"]]);
}

/// Goes through the lists that values are chosen from, as somebody would who has the key of the museum.
#[test]
fn what_a_keeper_has_is_chosen_by_name() {
    let provider = sixth();
    let typed = [("harbour", "north-pier"), ("number", EDDY)].map(|(key, text)| (key.into(), text.into()));
    let identity = Identity::check(&provider, &typed).expect("a member");
    let moment = Moment { now: 1_800_000_000_000, dice: 7 };
    let lookup = |pointer: &str| {
        let mut lookups = provider.lookups().into_iter();
        lookups.find(|(own, _)| own == pointer).unwrap_or_else(|| panic!("{pointer}")).1.clone()
    };
    let walk = |pointer: &str, server: &str, known: &[(&str, &str)], told: &dyn Fn(&str) -> Json| {
        let known = known.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
        let mut walk = Walk::choices(
            provider.clone(),
            server,
            Between::Nobody,
            &lookup(pointer),
            "one",
            identity.clone(),
            known,
        )?;
        let mut asked = Vec::new();
        let mut next = walk.next(walk::Event::Start, moment);
        while let Some(walk::Step::Read(outgoing)) = next {
            let request = outgoing.request().clone();
            let body = told(&request.path.view()).to_string();
            let answer =
                Response { status: 200, headers: Vec::new(), body, url: None, timing: Default::default() };
            asked.push(request);
            next = walk.next(walk::Event::Answered(Ok(answer)), moment);
        }
        assert_eq!((next, walk.missing()), (Some(walk::Step::Done), Vec::new()));
        Some((walk, asked))
    };
    let crews = |path: &str| match path {
        "/v3/harbours/north-pier/crews/fleet" => {
            json!({ "ok": true, "found": { "crews": [{ "crew": 1, "called": "Day" }, { "crew": 2, "called": "Night" }] } })
        }
        "/v3/harbours/north-pier/crews/1" => {
            json!({ "ok": true, "found": { "crews": [{ "crew": 7, "called": "Dawn" }] } })
        }
        _ => json!({ "ok": true, "found": { "crews": [] } }),
    };
    let (found, asked) = walk("/fields/crews/items/choices", "lanterns", &[], &crews).expect("a walk");
    let paths: Vec<String> = found.list().items().iter().map(|item| item.path()).collect();
    assert_eq!((paths, asked.len()), (vec!["Day".into(), "Night".into(), "Day › Dawn".into()], 4));
    assert!(asked.iter().all(|request| request.headers.iter().any(|(name, _)| name == "X-Lantern-Pass")));

    let halls = |_: &str| json!({ "ok": true, "halls": [{ "id": 3, "name": "Fog" }] });
    let (found, asked) =
        walk("/reference/asks/hall/choices", "lanterns-museum", &[], &halls).expect("a walk");
    assert_eq!(found.list().items()[0].name, "Fog");
    // The museum has a key of its own, and hears of no keeper and of no harbour.
    let view = |request: &memberdesk::transport::Request| {
        let headers = request.headers.iter().map(|(name, value)| [name, ": ", &value.view()].concat());
        [
            headers.collect::<Vec<_>>().join(", "),
            request.body.as_ref().map(|body| body.view()).unwrap_or_default(),
        ]
    };
    assert_eq!(view(&asked[0]), ["Accept: application/json, X-Museum-Key: $MUSEUMKEY", ""]);
    assert_eq!((&*asked[0].server, &*asked[0].account), ("lanterns-museum", ""));

    let year = "/fields/medals/items/properties/year/choices";
    assert!(walk(year, "lanterns-museum", &[], &halls).is_none(), "no hall was chosen");
    let medals = |_: &str| {
        json!({ "ok": true, "medals": [
            { "year": 1999, "for": "Patience", "metals": [{ "sign": "tin", "word": "Tin" }, { "sign": "tin" }, {}] },
            { "year": 2026 }
        ] })
    };
    let (found, asked) = walk(year, "lanterns-museum", &[("hall", "3")], &medals).expect("a walk");
    let [headers, body] = view(&asked[0]);
    assert_eq!(headers, "Accept: application/json, Content-Type: application/json, X-Museum-Key: $MUSEUMKEY");
    assert_eq!(body, r#"{"halls":[3],"lost":false}"#);

    let mut named = Provider::clone(&provider);
    named.learn("medals", None, found.list().names(true));
    named.learn("medals", Some(0), found.list().inner_names(0, true));
    let field = named.field("medals").expect("a field");
    let Kind::List(items) = &field.kind else { panic!("a list") };
    let words = |text: &str| Row::parse(items, text).expect("a row").words(field);
    assert_eq!(words("1999=tin"), "Patience (Tin)");
    assert_eq!(words("2000=tin"), "Unknown (2000) (Tin)");
    assert_eq!(words("2026=gold"), "2026 (Unknown (gold))");
}

#[test]
fn it_is_read_with_a_pass_that_is_got_for_it() {
    let (coast, mut line) = open();
    assert_eq!(line.open(), Step::Ask(Ask::Change));
    assert_eq!((line.sign_ins, line.exchanges), (0, 1));
    let (provider, record) = (line.provider().clone(), line.driver().record().expect("a record").clone());
    assert_eq!(record.title(&provider), "EDDY-1");
    assert_eq!(record.fill(&provider, &provider.second).as_deref(), Some("Pier 1, north-pier"));
    let words = |key: &str| {
        let field = provider.field(key).expect("a field");
        record.held(field).words(field)
    };
    let shown = [
        ("email", "eddy@example.com"),
        ("homepage", "Nothing"),
        ("rank", "Captain"),
        ("active", "Yes, on duty"),
        ("lamps", "3"),
        ("reach", "12.50"),
        ("joined", "21 June 1985"),
        ("crews", "Dawn, Dusk"),
        ("watches", "Monday (4, 8, stern: starboard), Friday (12, bow)"),
        ("medals", "1999 (tin)"),
        ("word", "Not told by the provider"),
        ("buried", "Not told by the provider"),
        ("pierName", "Pier 1"),
        ("seen", "3 February 2026, 04:05 UTC"),
    ];
    for (key, expected) in shown {
        assert_eq!(words(key), expected, "{key}");
    }
    let pasting = |text: &str| pasted(&provider, "number", text);
    let number = || Pasted::Gives(vec![("number".to_string(), EDDY.to_string())]);
    assert_eq!(pasting("https://x.example/harbours/north-pier/keepers/1024"), number());
    assert_eq!(pasting("bGFudGVybjprZWVwZXI6MTAyNA"), number());
    assert!(matches!(pasting("pier-7"), Pasted::Says(says) if says.contains("pier")));
    assert_eq!(coast.arrived()[0], "POST /v3/harbours/north-pier/passes HTTP/1.1");
}

/// A change of every field, and where the coast then has what.
const ALL: &[(&str, Typed)] = &[
    ("callSign", Text("EDDY-2")),
    ("email", Text("e.d@example.com")),
    ("homepage", Text("https://example.com/~eddy?a=1&b=2")),
    ("rank", Text("mate")),
    ("active", Text("no")),
    ("lamps", Text("90071992547409933")),
    ("reach", Text("7.250")),
    ("joined", Text("2001-02-03")),
    ("crews", Text("90071992547409931; 12")),
    ("watches", Typed::Add(&["monday=4=aft"])),
    ("medals", Typed::Add(&["1999=gold", "2026=tin"])),
    ("nick", Text("Ed \\ \"die\" 🏮")),
];

#[test]
fn every_field_is_changed_confirmed_and_undone() {
    let (coast, mut line) = open();
    let before = eddy(&coast);
    let done = change(&mut line, ALL);
    assert_eq!((&done.outcome, done.sends), (&Outcome::Confirmed, 1), "{:?}", done.lines);
    let risks: Vec<&str> = line.plan.as_ref().expect("a plan").risks().iter().map(|risk| &*risk.id).collect();
    assert_eq!(risks, ["demoted", "dark"]);
    let mut expected: Json = serde_json::from_str(
        r#"{
            "callSign": "EDDY-2",
            "reach": { "signal": 0.10, "email": "e.d@example.com", "page": "https://example.com/~eddy?a=1&b=2" },
            "rank": "mate",
            "active": false,
            "lamps": 90071992547409933,
            "reachMiles": 7.250,
            "joined": "3 February 2001",
            "crews": [{ "crew": 90071992547409931, "called": "A crew" }, { "crew": 12, "called": "A crew" }],
            "watches": [
                { "day": "monday", "hours": [4], "post": { "post": "aft" }, "since": 1.0 },
                { "day": "friday", "hours": [12], "post": [{ "post": "bow" }], "tide": { "low": -0.0 } }
            ],
            "medals": [{ "year": 1999, "metal": "gold", "for": "patience" }, { "year": 2026, "metal": "tin" }],
            "nick": "Ed \\ \"die\" 🏮",
            "changed": "2027-01-15T08:00:00Z"
        }"#,
    )
    .expect("JSON");
    // What no file knows of is as it was, digit by digit.
    for key in ["number", "pier", "ledger", ""] {
        expected[key] = before[key].clone();
    }
    assert_eq!(eddy(&coast), expected);

    let back = undo(line.provider(), &done);
    assert_eq!(back.lost, [("medals".to_string(), "A medal stays.".into())]);
    let permanent = line.plan.as_ref().expect("a plan").differences().iter().filter(|one| one.permanent);
    assert_eq!(permanent.map(|one| one.field.as_str()).collect::<Vec<_>>(), ["medals"]);
    let undone = receipt(line.undo(&done));
    assert_eq!(undone.outcome, Outcome::Confirmed, "{:?}", undone.lines);
    let again = |key: &str| eddy(&coast)[key].clone();
    for key in ["callSign", "rank", "lamps", "reachMiles", "watches", "nick", "ledger", "", "pier"] {
        assert_eq!(again(key), before[key], "{key}");
    }
    assert_eq!(again("reach"), json!({ "signal": before["reach"]["signal"], "email": "eddy@example.com" }));
    assert_eq!((again("joined"), again("active")), (json!("21 June 1985"), json!(true)));
    assert_eq!(again("crews")[0]["crew"], before["crews"][0]["crew"]);
    assert_eq!(again("medals")[0], before["medals"][0]);
}

#[test]
fn what_can_be_emptied_is_emptied_in_its_own_way() {
    let (coast, mut line) = open();
    let cleared = [("email", Clear), ("joined", Clear), ("lamps", Clear), ("crews", Clear)];
    assert_eq!(change(&mut line, &cleared).outcome, Outcome::Confirmed);
    let now = eddy(&coast);
    assert_eq!((&now["reach"]["email"], &now["lamps"], &now["crews"]), (&json!(""), &Json::Null, &json!([])));
    assert!(now.get("joined").is_none());
    // Without a lamp there is no reach to change.
    let refused = line.form(&draft(&[("reach", Text("5"))]));
    assert!(matches!(refused, Step::Ask(Ask::Mend(_))), "{refused:?}");
    let refused = line.form(&draft(&[("medals", Typed::Add(&[])), ("crews", Text("1;2;3;4"))]));
    assert_eq!(receipt(refused).outcome, Outcome::Confirmed);
}

#[test]
fn a_watchword_is_sent_and_seen_nowhere() {
    let (coast, mut line) = open();
    let word: Draft = [("word".to_string(), Entry::Hidden)].into_iter().collect();
    let secret = "ebb & \"flow\" \\ 🌊";
    line.enter_password("word", secret);
    let done = receipt(line.form(&word));
    assert_eq!((done.outcome.mark(), coast.watchword().as_deref()), ("accepted", Some(secret)));
    let told = format!("{done:?} {:?}", line.driver());
    line.enter_password("word", "my password is long");
    let refused = receipt(line.form(&word));
    let Outcome::Refused(reason) = &refused.outcome else { panic!("{:?}", refused.outcome) };
    assert_eq!((reason.field.as_deref(), reason.means), (Some("word"), Means::Input));
    assert_eq!(reason.message.as_deref(), Some("••• is too easy"));
    assert_eq!(reason.reference.as_deref(), Some("T-422"));
    for words in [told, format!("{refused:?}")] {
        for secret in [secret, "my password", SEAL, MASTER.1, "pass-0"] {
            assert!(!words.contains(secret), "{secret} in {words}");
        }
    }
}

#[test]
fn a_refusal_lands_on_its_field_and_is_explained_by_the_file() {
    let (coast, mut line) = open();
    let before = eddy(&coast);
    let refused = change(&mut line, &[("reach", Text("100.5"))]);
    let Outcome::Refused(reason) = &refused.outcome else { panic!("{:?}", refused.outcome) };
    assert_eq!(
        (reason.field.as_deref(), reason.says.text().as_str()),
        (Some("reach"), "The Lanterns do not accept this.")
    );

    coast.answer_instead(418, json!({ "ok": false, "fault": { "text": "tea" } }));
    assert_eq!(
        change(&mut line, &[("nick", Text("Ned"))]).outcome.mark(),
        "differs",
        "it may have been applied"
    );
    assert_eq!(eddy(&coast), before);

    coast.answer_instead(409, json!({ "ok": false, "fault": { "code": "tide", "text": "ebb" } }));
    let done = change(&mut line, &[("nick", Text("Ned"))]);
    assert_eq!((done.outcome, done.sends, line.waits.len()), (Outcome::Confirmed, 2, 1));
}

#[test]
fn a_pass_that_ends_is_got_again() {
    for point in [Point::Read(Purpose::Send), Point::Send, Point::Read(Purpose::Settle)] {
        let (coast, mut line) = open();
        line.renews_at_once = true;
        let end = coast.clone();
        line.just_before(point, move || end.end_passes());
        assert_eq!(change(&mut line, &[("nick", Text("Ned"))]).outcome, Outcome::Confirmed);
        assert_eq!((line.sign_ins, line.exchanges), (0, 2), "{point:?}");
    }
}

#[test]
fn a_sign_that_is_taken_joins_two_keepers_when_somebody_says_so() {
    let (coast, mut line) = open();
    let sign = draft(&[("callSign", Text("RUTH"))]);
    line.approves = false;
    let Step::Ask(Ask::Approve { plan, .. }) = line.form(&sign) else { panic!("nothing to approve") };
    assert_eq!(
        plan.risks()[0].says,
        "RUTH is the sign of somebody else. EDDY-1 is put into their logbook, and is gone."
    );
    assert!(plan.gone() && plan.differences()[0].permanent);
    let step = line.run(Event::Approve(Vec::new()));
    assert!(matches!(step, Step::Ask(Ask::Approve { missing, .. }) if missing == ["same-sign"]));
    let done = receipt(line.run(Event::Approve(vec!["same-sign".to_string()])));
    assert_eq!((done.outcome, done.gone, done.forget), (Outcome::Confirmed, true, false));
    assert_eq!(coast.keeper(EDDY), None);
}

#[test]
fn an_act_goes_alone_and_leaves_nothing_behind() {
    let (coast, mut line) = open();
    let provider = line.provider().clone();
    assert!(provider.offered().all(|field| field.key != "buried"));
    let done = receipt(line.form(&Draft::of_act(&provider, &provider.acts[0])));
    assert_eq!((&done.outcome, done.gone, done.forget), (&Outcome::Confirmed, true, true));
    assert_eq!((done.request, done.answer, coast.keeper(EDDY)), (None, None, None));
    let gone = line.open();
    let Step::Ask(Ask::Unread { reason, .. }) = gone else { panic!("{gone:?}") };
    assert_eq!(reason.field.as_deref(), Some("number"));
}

#[test]
fn a_yes_that_is_not_the_one_of_its_file_is_settled_by_reading() {
    let (coast, mut line) = open();
    coast.answer_instead(200, json!({ "ok": true, "stored": "perhaps" }));
    assert_eq!(change(&mut line, &[("nick", Text("Ned"))]).outcome.mark(), "differs");
}
