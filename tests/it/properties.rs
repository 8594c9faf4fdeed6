//! What must hold of any record, draft, id and answer.
//!
//! Each provider is played by a few lines that follow its contract and not its file: what the server keeps is
//! the truth, and an untouched field may not differ there.

mod find;
mod servers;

use memberdesk::change::answer::Listener;
use memberdesk::change::check::{check, parse};
use memberdesk::change::draft::{Draft, Entry};
use memberdesk::change::identity::Identity;
use memberdesk::change::plan::{Planned, plan, read_request};
use memberdesk::change::receipt::{Line, Outcome, Receipt, Settled};
use memberdesk::change::record::Record;
use memberdesk::change::undo::undo;
use memberdesk::provider::call::Source;
use memberdesk::provider::field::Field;
use memberdesk::transport::{Between, NoAnswer, Response};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::sample::{self, NOW, all, body, provider, target, view};
use servers::{Member, Membership, Panelist, Person, Server, Speaker, roles};

fn record(server: &impl Server) -> Record {
    let provider = server.provider();
    Record::read(provider, &sample::identity(provider), &server.told(), NOW).expect("a record")
}

fn text(text: impl ToString) -> Entry {
    Entry::Text(text.to_string())
}

/// Writes a draft if it can be planned, and holds the server's truth against what was promised.
fn write(mut server: impl Server + Clone, draft: &Draft) -> Result<(), TestCaseError> {
    let provider = server.provider();
    let before = (server.clone(), record(&server));
    let Ok(change) = check(provider, draft) else {
        return Ok(());
    };
    let Ok(Planned::Plan(plan)) = plan(provider, &provider.servers[0].slug, &before.1, &change) else {
        return Ok(());
    };
    server.put(&body(&view(plan.request(), &target(provider))));
    // That somebody will be gone is said before, and never else.
    prop_assert_eq!(plan.gone(), server.is_gone());
    if plan.gone() {
        return Ok(());
    }
    let promised = |key: &str| plan.differences().iter().any(|difference| difference.field == key);
    for ((key, was), (_, is)) in before.0.truth().into_iter().zip(server.truth()) {
        if !promised(key) {
            prop_assert_eq!(was, is, "{} was not touched", key);
        }
    }
    let after = record(&server);
    for field in provider.fields.iter().filter(|field| !promised(&field.key)) {
        prop_assert_eq!(before.1.held(field), after.held(field), "{}", &field.key);
    }
    let lines = Line::of(provider, &plan, Some(&after));
    let told = lines.iter().all(|line| line.settled() != Settled::NotTold);
    let expected = if told { Outcome::Confirmed } else { Outcome::Accepted(None) };
    prop_assert_eq!(Outcome::settle(&lines, None), expected, "{:?}", &lines);
    put_back(server, before.0, lines)
}

/// Undoes it: what is not said to be lost is as it was.
fn put_back(mut server: impl Server, was: impl Server, lines: Vec<Line>) -> Result<(), TestCaseError> {
    let provider = server.provider();
    let well = |line: &Line| matches!(line.settled(), Settled::AsAsked | Settled::NotTold);
    prop_assert!(lines.iter().all(well));
    let receipt = Receipt {
        provider: provider.id.clone(),
        server: provider.servers[0].slug.clone(),
        identity: sample::identity(provider),
        title: String::new(),
        outcome: Outcome::Confirmed,
        lines,
        gone: false,
        still_there: false,
        forget: false,
        sends: 1,
        at: 0,
        request: None,
        answer: None,
    };
    let undo = undo(provider, &receipt);
    let change = check(provider, &undo.draft).expect("what was on file may be put back");
    match plan(provider, &provider.servers[0].slug, &record(&server), &change) {
        Ok(Planned::Plan(plan)) => server.put(&body(&view(plan.request(), &target(provider)))),
        Ok(Planned::Nothing) => {}
        Err(violations) => return Err(TestCaseError::fail(format!("{violations:?}"))),
    }
    let sorted = |value: Json| {
        let mut rows: Vec<String> = match &value {
            Json::Array(rows) => rows.iter().map(Json::to_string).collect(),
            other => vec![other.to_string()],
        };
        rows.sort();
        rows
    };
    for ((key, was), (_, is)) in was.truth().into_iter().zip(server.truth()) {
        if !undo.lost.iter().any(|(lost, _)| lost == key) {
            prop_assert_eq!(sorted(was), sorted(is), "{} was put back", key);
        }
    }
    Ok(())
}

fn ids() -> impl Strategy<Value = Vec<String>> {
    btree_set("[A-D]{1,2}[a-z]", 0..4).prop_map(|ids| ids.into_iter().collect())
}

fn list_entry() -> impl Strategy<Value = Entry> {
    prop_oneof![
        Just(Entry::Keep),
        Just(Entry::Clear),
        ids().prop_map(|ids| text(ids.join("; "))),
        (ids(), ids()).prop_map(|(add, remove)| Entry::Adjust { add, remove }),
    ]
}

/// Rows of two parts; some of them are on file.
fn rows_entry() -> impl Strategy<Value = Entry> {
    let row = ("[1-5]", prop_oneof![Just("7"), Just("8"), Just("7+8")]);
    let rows = || vec(row.clone().prop_map(|(id, cell)| format!("{id}={cell}")), 0..4);
    prop_oneof![
        Just(Entry::Keep),
        Just(Entry::Clear),
        rows().prop_map(|rows| text(rows.join("; "))),
        (rows(), vec("[1-5]".prop_map(String::from), 0..3))
            .prop_map(|(add, remove)| Entry::Adjust { add, remove }),
    ]
}

/// What is on file of such rows.
fn rows_on_file() -> impl Strategy<Value = Vec<(u32, Vec<u32>)>> {
    proptest::collection::btree_map(1..6u32, prop_oneof![Just(vec![7]), Just(vec![8, 7])], 0..4)
        .prop_map(|rows| rows.into_iter().collect())
}

fn text_entry(pattern: &'static str) -> impl Strategy<Value = Entry> {
    prop_oneof![Just(Entry::Keep), Just(Entry::Clear), pattern.prop_map(text)]
}

fn entries<const N: usize>(entries: [(&str, Entry); N]) -> Draft {
    entries.into_iter().map(|(key, entry)| (key.to_string(), entry)).collect()
}

fn flag_entry() -> impl Strategy<Value = Entry> {
    prop_oneof![Just(Entry::Keep), Just(Entry::Clear), Just(text("yes")), Just(text("no")),]
}

fn nothing() -> impl Strategy<Value = Json> {
    prop_oneof![Just(json!([])), Just(json!("")), Just(json!({})), Just(json!(null)),]
}

/// Any JSON, with the keys that a reader looks for among its keys.
fn any_json() -> impl Strategy<Value = Json> {
    let key = prop_oneof![
        Just("success".to_string()),
        Just("code".to_string()),
        Just("message".to_string()),
        Just("errors".to_string()),
        Just("description".to_string()),
        Just("data".to_string()),
        Just("member".to_string()),
        Just("unitId".to_string()),
        Just("teams".to_string()),
        Just("id".to_string()),
        Just("roomId".to_string()),
        Just("personId".to_string()),
        Just("isModerator".to_string()),
        Just("error".to_string()),
        Just("source".to_string()),
        ".{0,3}",
    ];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        Just(json!("proxy")),
        ".{0,8}".prop_map(Json::from),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Json::from),
            vec((key.clone(), inner), 0..6).prop_map(|entries| Json::Object(entries.into_iter().collect())),
        ]
    })
}

/// A text as typed: letters of any script, spaces, separators, what nobody can see.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        vec(
            prop_oneof![
                Just("/"),
                Just("."),
                Just(".."),
                Just("%2e"),
                Just("%2F"),
                Just("?"),
                Just("#"),
                Just("\\"),
                Just("{"),
                Just(" "),
                Just("\u{00A0}"),
                Just("\u{200B}"),
                Just("a"),
                Just("ü"),
                Just("😀"),
                Just("\u{0}"),
                Just("@"),
                Just(":"),
            ],
            0..8
        )
        .prop_map(|parts| parts.concat()),
    ]
}

fn decoded(segment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = segment.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let hex = std::str::from_utf8(&after[..2]).expect("two digits");
            bytes.push(u8::from_str_radix(hex, 16).expect("hexadecimal digits"));
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).expect("text")
}

fn field(id: &str, key: &str) -> &'static Field {
    provider(id).field(key).expect("a field")
}

proptest! {
    #[test]
    fn an_untouched_flag_never_differs_after_a_write(
        flags in any::<(bool, bool, bool, bool)>(),
        moderator in flag_entry(),
        hidden in flag_entry(),
    ) {
        let (moderates, is_hidden, tells_hidden, direct) = flags;
        let server = Membership { moderator: moderates, hidden: is_hidden, tells_hidden, direct };
        let draft = [("isModerator", moderator), ("isRoomHidden", hidden)];
        write(server, &entries(draft))?;
    }

    #[test]
    fn an_untouched_name_team_or_role_never_differs_after_a_write(
        name in "[A-Za-zé张😀 \u{A0}]{0,20}x ?",
        has in (ids(), ids()),
        nothing in nothing(),
        new_name in prop_oneof![Just(Entry::Keep), Just(Entry::Clear), ".{0,40}".prop_map(text)],
        new_teams in list_entry(),
        new_roles in list_entry(),
    ) {
        let server = Member { name, teams: has.0, roles: has.1, nothing };
        let draft = [("name", new_name), ("teams", new_teams), ("roles", new_roles)];
        write(server, &entries(draft))?;
    }

    #[test]
    fn an_untouched_speaker_never_differs_and_nobody_is_joined_unsaid(
        told in ("[A-E]", proptest::option::of("[a-c]@x\\.org")),
        siblings in vec("[a-cA-C]@X\\.org", 0..3),
        name in text_entry("[A-E ]{0,3}"),
        email in text_entry("[a-dA-D]@x\\.org"),
    ) {
        let server = Speaker { name: told.0, email: told.1, siblings, gone: false };
        write(server, &entries([("name", name), ("email", email)]))?;
    }

    #[test]
    fn an_untouched_part_of_a_whole_record_never_differs_after_a_write(
        flags in any::<(bool, bool)>(),
        rows in rows_on_file(),
        picture in proptest::option::of("https://x\\.org/[a-c]"),
        texts in (text_entry("[A-E]{0,2}"), text_entry("[a-d]@x\\.org")),
        new_picture in text_entry("https://x\\.org/[a-c]"),
        new_flags in (flag_entry(), flag_entry()),
        new_rows in rows_entry(),
        password in prop_oneof![Just(Entry::Keep), Just(Entry::Hidden)],
    ) {
        let server = Person::new(flags, &rows, picture);
        let draft = [("firstName", texts.0), ("email", texts.1), ("picture", new_picture), ("isActive", new_flags.0),
            ("isPrimary", new_flags.1), ("locations", roles(new_rows)), ("password", password)];
        write(server, &entries(draft))?;
    }

    #[test]
    fn an_untouched_detail_or_answer_never_differs_after_a_write(
        untold in any::<(bool, bool)>(),
        born in (1..29u32, 0..4usize),
        rows in rows_on_file(),
        several in any::<bool>(),
        day in prop_oneof![Just(Entry::Keep), (1..29u32).prop_map(|day| text(format!("1985-06-{day:02}")))],
        postcode in text_entry("[1-3]{0,3}"),
        new_flags in (flag_entry(), flag_entry()),
        new_rows in rows_entry(),
    ) {
        let server = Panelist::new(untold, born, rows, several);
        let list = if several { "registration" } else { "answers" };
        let draft = [("birthDate", day), ("postcode", postcode), ("active", new_flags.0), ("test", new_flags.1),
            (list, new_rows)];
        write(server, &entries(draft))?;
    }

    #[test]
    fn any_id_is_exactly_one_part_of_the_address_or_refused(id in any_text()) {
        let provider = provider("webex");
        match Identity::check(provider, &[("membershipId".to_string(), id)]) {
            Ok(identity) => {
                let request = read_request(provider, "webex", &identity).expect("a request");
                let url = view(&request, &sample::target_at("webex", "https://x.example")).url;
                let last = url.strip_prefix("https://x.example/v1/memberships/").expect("the same path");
                prop_assert!(!last.is_empty() && !last.contains(['/', '?', '#', '\\', '&', ' ']), "{}", last);
                prop_assert!(last != "." && last != "..");
                prop_assert!(last.is_ascii());
                prop_assert_eq!(Some(decoded(last)), identity.get("membershipId").map(str::to_string));
            }
            Err(violations) => {
                for violation in violations {
                    prop_assert!(violation.words(provider).text().ends_with('.'), "{:?}", violation);
                }
            }
        }
    }

    #[test]
    fn a_text_that_is_accepted_is_read_back_as_the_same_value(typed in any_text()) {
        for field in [field("aitable", "name"), field("aitable", "teams"), field("webex", "isModerator"),
            field("aitable", "status")]
        {
            if let Ok(value) = parse(field, &typed) {
                prop_assert_eq!(parse(field, &value.text()), Ok(value));
            }
        }
    }

    #[test]
    fn a_list_that_is_accepted_is_read_back_as_the_same_list(ids in btree_set("[A-Za-z0-9_-]{2,9}", 1..6)) {
        let ids: Vec<String> = ids.into_iter().collect();
        let teams = field("aitable", "teams");
        for between in [";", "; ", ",", " , ", "\n", ";\u{00A0}"] {
            let value = parse(teams, &ids.join(between)).expect("a list");
            prop_assert_eq!(value.to_wire(teams), json!(ids));
            prop_assert_eq!(parse(teams, &value.text()), Ok(value));
        }
    }

    #[test]
    fn any_answer_is_understood_or_not_and_never_stops_the_page(
        json in any_json(),
        raw in any::<String>(),
        as_json in any::<bool>(),
        status in 100u16..600,
        between in prop_oneof![Just(Between::Nobody), Just(Between::Relay), Just(Between::Proxy)],
        headers in vec(("X-Relay-Source|X-Relay-Sent|Retry-After|Date|Content-Type", "proxy|upstream|no|yes|text/html|.{0,6}"), 0..4),
    ) {
        let body = if as_json { json.to_string() } else { raw };
        let response = Response { status, headers, body, url: None, timing: Default::default() };
        for provider in all() {
            let identity = sample::identity(provider);
            for (on, _) in provider.calls() {
                let listener = Listener { provider, on, identity: &identity, between: between.clone(), now: 1_800_000_000 };
                listener.verdict(&Ok(response.clone()));
                listener.verdict(&Err(NoAnswer::CutBody { status }));
            }
        }
    }

    #[test]
    fn any_json_is_a_record_or_none_and_what_is_one_can_be_shown(json in any_json()) {
        for provider in all() {
            let identity = sample::identity(provider);
            let mut placed = json!({ "success": true });
            match &provider.read.source {
                Source::At(place) => place.set(&mut placed, json.clone()),
                Source::Among { list, .. } => list.set(&mut placed, json!([json.clone()])),
            }
            for answer in [&json, &placed] {
                let Ok(mut record) = Record::read(provider, &identity, answer, 0) else { continue };
                for also in &provider.read.also {
                    record.add(also, &json);
                }
                prop_assert!(!record.title(provider).is_empty());
                for field in &provider.fields {
                    record.held(field).words(field);
                }
            }
        }
    }
}
