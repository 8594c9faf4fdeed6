//! What holds of anything that reaches a parser: one function for each fuzz target.
//!
//! Written once and built twice: here for the targets in `fuzz_targets/`, and in `tests/fuzz/` for their twins,
//! which need no nightly compiler.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use memberdesk::change::answer::{Listener, Reason, Verdict};
use memberdesk::change::check::parse;
use memberdesk::change::identity::{self, Identity, Pasted};
use memberdesk::change::plan::read_request;
use memberdesk::change::record::Record;
use memberdesk::change::row::{self as rows, Row};
use memberdesk::change::value::Value;
use memberdesk::desk::config::Config;
use memberdesk::desk::recent::Recents;
use memberdesk::desk::settings::{Kept, Settings};
use memberdesk::provider::call::Source;
use memberdesk::provider::condition::{Condition, Subject};
use memberdesk::provider::fault::Fault;
use memberdesk::provider::field::{Field, Kind};
use memberdesk::provider::items::Items;
use memberdesk::provider::pointer::Pointer;
use memberdesk::provider::{Face, Provider};
use memberdesk::transport::{Address, Between, Proxy, Response, Target, Wait, link, retry, segment};
use serde_json::Value as Json;

/// The moment of every answer, in seconds since 1970: 2027-01-15.
const NOW: u64 = 1_800_000_000;

/// The last moment that a browser's clock can show.
const LAST: u64 = 8_640_000_000_000;

/// Every provider of the repository, with the member that its examples name.
static PROVIDERS: LazyLock<Vec<(Provider, Identity)>> = LazyLock::new(|| {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("providers"));
    let folder = above.into_iter().find(|folder| folder.is_dir()).expect("the folder of providers");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.retain(|path| !path.ends_with("provider.schema.json"));
    paths.sort();
    let read = |path: &_| {
        let provider = Provider::parse(&fs::read_to_string(path).expect("a text")).expect("no fault");
        let identity = example(&provider).expect("the examples name a member");
        (provider, identity)
    };
    paths.iter().map(read).collect()
});

/// A provider whose fields and rows may be almost anything.
static SMALL: LazyLock<Provider> = LazyLock::new(|| {
    Provider::parse(include_str!("../corpus/provider_file/small.json")).expect("a file without fault")
});

pub fn providers() -> &'static [(Provider, Identity)] {
    &PROVIDERS
}

/// A provider file, or none, with all that is wrong: what is accepted can be relied on, its face alone too.
pub fn provider_file(bytes: &[u8]) {
    let text = &text(bytes);
    let face = serde_json::from_str(text).ok().and_then(|file: serde_json::Value| Face::of(&&file));
    match Provider::parse(text) {
        Ok(provider) => {
            assert!(face.into_iter().any(|face| face == *provider), "the face alone is another");
            assert_eq!(provider.asks.len(), provider.connection.len(), "a question is not asked");
            assert_eq!(provider.ways.len(), provider.sign_in.len(), "a way to sign in is not offered");
            if let Some(identity) = example(&provider) {
                _ = read_request(&provider, &provider.servers[0].slug, &identity);
                heard(&provider, &identity, &response("200\n\n{}"));
            }
        }
        Err(faults) => named(&faults),
    }
}

/// A configuration, or what is wrong: no sample connection leaves this machine, nothing elsewhere is called simulated,
/// and no wait is without end.
pub fn config(bytes: &[u8]) {
    match Config::parse(&text(bytes)) {
        Ok(config) => {
            let limit = config.time_limit.map(|limit| limit.as_secs());
            assert!(limit.is_none_or(|limit| (1..=600).contains(&limit)), "{limit:?}");
            let same = |address: &Address| Address::parse(address.as_str()).as_ref() == Ok(address);
            assert!(config.servers.iter().all(|(_, address)| same(address)), "{:?}", config.servers);
            if config.simulated {
                assert!(
                    config.servers.iter().all(|(_, address)| address.is_loopback()),
                    "{:?}",
                    config.servers
                );
            }
            for sample in &config.samples {
                let server = config.servers.iter().find(|(slug, _)| *slug == sample.server);
                assert!(server.is_some_and(|(_, address)| address.is_loopback()), "{sample:?}");
                let proxy = config.proxies.of(&sample.provider, &sample.server);
                let foreign = proxy.base().and_then(|base| base.address()).filter(|base| !base.is_loopback());
                assert_eq!(foreign, None, "{sample:?}");
            }
        }
        Err(faults) => named(&faults),
    }
}

/// Settings, or none: what was read and is kept again is read as the same.
pub fn settings(bytes: &[u8]) {
    if let Kept::Read(settings) = Settings::parse(&text(bytes)) {
        let kept = settings.text();
        match Settings::parse(&kept) {
            Kept::Read(again) => assert_eq!(again.text(), kept),
            Kept::Unknown => panic!("kept and not known any more: {kept}"),
        }
    }
}

/// Members that were looked at, or none: what was read and is kept again is read as the same.
pub fn recents(bytes: &[u8]) {
    if let Some(recents) = Recents::parse(&text(bytes)) {
        assert_eq!(Recents::parse(&recents.text()), Some(recents));
    }
}

/// An answer, with its status and headers in lines before it: it is understood or not, and only a record with all
/// that it must have is one.
pub fn answer(bytes: &[u8]) {
    let response = response(&text(bytes));
    for (provider, identity) in providers() {
        heard(provider, identity, &response);
    }
}

/// Four lines: `Retry-After` or a reset, `Date`, this computer's clock, the fallback. Every wait has bounds.
pub fn retry_after(bytes: &[u8]) {
    let text = text(bytes);
    let mut lines = text.splitn(4, '\n');
    let (value, date) = (lines.next(), lines.next());
    let mut number = |usual: u64| lines.next().and_then(|line| line.trim().parse().ok()).unwrap_or(usual);
    let (now, fallback) = (number(NOW).min(LAST), number(2));
    let usual = Duration::from_secs(fallback);
    bounded(retry::retry_after(value, date, now, usual), usual);
    bounded(retry::reset(value, date, now, usual), usual);
    let backoff = retry::backoff(fallback as u32, now as u32);
    assert!(backoff <= Duration::from_secs(60), "{backoff:?}");
}

/// A `Link` header, and below it the path that was asked for: what it leads to is asked for as it stands, and said
/// again it leads to the same.
pub fn link(bytes: &[u8]) {
    let text = text(bytes);
    let (header, path) = text.split_once('\n').unwrap_or((&text, "/v1/rooms"));
    let Some(target) = link::next(header) else { return };
    assert!(header.contains(target) && header.to_lowercase().contains("next"), "{header}");
    let Some(query) = link::query(target, path) else { return };
    assert!(!query.is_empty() && target.contains('?'), "{target}");
    assert!(query.bytes().all(|b| b.is_ascii_graphic() && !b"#\"<>".contains(&b)), "{query}");
    let again = ["<?", &query, ">; rel=next"].concat();
    assert_eq!(link::next(&again).and_then(|target| link::query(target, path)), Some(query));
}

/// A text typed or pasted for any key of a member: what is accepted is one part of the address, and is accepted
/// again as itself.
pub fn pasted(bytes: &[u8]) {
    let text = &text(bytes);
    for (provider, usual) in providers() {
        let keys: Vec<&str> = usual.keys().map(|(key, _)| key).collect();
        for key in &keys {
            match identity::pasted(provider, key, text) {
                Pasted::Gives(gives) => assert!(gives.iter().all(|(name, _)| keys.contains(&name.as_str()))),
                Pasted::Says(says) => assert!(says.ends_with('.'), "{says}"),
                Pasted::Plain(plain) => {
                    assert_eq!(identity::pasted(provider, key, &plain), Pasted::Plain(plain));
                }
            }
            let typed = usual.keys().map(|(name, usual)| {
                let text = if name == *key { text } else { usual };
                (name.to_string(), text.to_string())
            });
            match Identity::check(provider, &typed.collect::<Vec<_>>()) {
                Ok(identity) => one_part_each(provider, &identity, usual),
                Err(violations) => {
                    assert!(!violations.is_empty());
                    for words in violations.iter().map(|violation| violation.words(provider).text()) {
                        assert!(words.ends_with('.'), "{words}");
                    }
                }
            }
        }
    }
}

/// The text form of any field: what is accepted is read back as the same, each row from boxes and from the wire
/// too.
pub fn row(bytes: &[u8]) {
    let text = &text(bytes);
    let fields = providers().iter().flat_map(|(provider, _)| &provider.fields);
    for field in fields.chain(&SMALL.fields) {
        let Ok(value) = parse(field, text) else { continue };
        assert_eq!(parse(field, &value.text()).as_ref(), Ok(&value), "{}", value.text());
        let (Kind::List(items), Value::List(list)) = (&field.kind, &value) else { continue };
        for row in list {
            let same = |again: Option<Row>, way: &str| {
                let again = again.map(|row| (row.id, row.cells));
                assert_eq!(
                    again.as_ref(),
                    Some(&(row.id.clone(), row.cells.clone())),
                    "{way}: {}",
                    row.text()
                );
            };
            same(Row::parse(items, &row.text()).ok(), "text");
            same(Row::parse(items, &rows::typed(items, &boxes(items, row))).ok(), "boxes");
            same(Row::from_wire(items, &row.to_wire(items, &[])), "wire");
            assert!(!items.is_grouped() || rows::id_of(&row.text()) == row.id, "{}", row.text());
        }
    }
}

/// A provider's sentence without what it repeats: nothing that is left tells of a person.
pub fn redact(bytes: &[u8]) {
    tells_nothing(&memberdesk::change::redact::redact(&text(bytes)));
}

/// As a browser reads the bytes of an answer.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// `200`, lines of headers, an empty line and the body; all else is a body.
fn response(text: &str) -> Response {
    let whole = || Response {
        status: 200,
        headers: Vec::new(),
        body: text.to_string(),
        url: None,
        timing: Default::default(),
    };
    let parsed = || {
        let (head, body) = text.split_once("\n\n")?;
        let mut lines = head.lines();
        let status = lines.next()?.trim().parse().ok()?;
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, value)| (name.to_string(), value.trim().to_string())).collect();
        Some(Response { status, headers, body: body.to_string(), url: None, timing: Default::default() })
    };
    parsed().unwrap_or_else(whole)
}

/// The member that the examples of a file name, where it has them.
fn example(provider: &Provider) -> Option<Identity> {
    let keys = provider.connection.iter().filter(|field| !field.write_only).chain(&provider.identity);
    let typed = keys.map(|field: &Field| {
        let text = field.example.as_ref().and_then(Json::as_str).unwrap_or_default();
        (field.key.clone(), text.to_string())
    });
    Identity::check(provider, &typed.collect::<Vec<_>>()).ok()
}

/// Each fault has a place, and says what is wrong and how to mend it.
fn named(faults: &[Fault]) {
    assert!(!faults.is_empty(), "refused without a word");
    for fault in faults {
        assert!(Pointer::parse(&fault.pointer).is_some(), "{fault:?}");
        assert!(!fault.says.is_empty() && !fault.cure.is_empty(), "{fault:?}");
    }
}

/// An answer to any call, through anything between.
fn heard(provider: &Provider, identity: &Identity, response: &Response) {
    let answer = Ok(response.clone());
    for (on, _) in provider.calls() {
        for between in [Between::Nobody, Between::Relay, Between::Proxy] {
            match (Listener { provider, on, identity, between: between.clone(), now: NOW }).verdict(&answer) {
                Verdict::Yes(_) => assert!((200..300).contains(&response.status), "{}", response.status),
                Verdict::Busy(reason, wait) | Verdict::Stopped(reason, wait) => {
                    bounded(wait, provider.pace.fallback);
                    said(provider, &reason, response);
                }
                Verdict::No(reason) | Verdict::NotSent(reason) | Verdict::Doubt(reason) => {
                    said(provider, &reason, response);
                }
            }
        }
    }
    if let Some(json) = response.json()
        && let Ok(record) = Record::read(provider, identity, &json, 0)
    {
        accepted(provider, identity, record, &json);
    }
}

fn said(provider: &Provider, reason: &Reason, response: &Response) {
    assert!(!reason.says.text().trim().is_empty() && !reason.cure.text().trim().is_empty(), "{reason:?}");
    assert_eq!(reason.status, Some(response.status));
    let needs = provider.sign_in.iter().filter_map(|way| way.exchange()).flat_map(|way| &way.needs);
    let asks = provider.reference.iter().flat_map(|reference| &reference.asks);
    let mut fields =
        provider.connection.iter().chain(&provider.identity).chain(&provider.fields).chain(needs).chain(asks);
    assert!(reason.field.as_ref().is_none_or(|key| fields.any(|field| field.key == *key)), "{reason:?}");
    if let Some(message) = reason.message.as_ref().filter(|_| provider.answers.echoes) {
        tells_nothing(message);
    }
}

/// A record has all that the file says it must have, by an evaluation of our own, and can be shown.
fn accepted(provider: &Provider, identity: &Identity, mut record: Record, json: &Json) {
    let which = match &provider.read.source {
        Source::Among { which, .. } => Some(which),
        Source::At(_) => None,
    };
    for condition in provider.read.must.iter().chain(which) {
        assert!(fulfils(condition, record.raw(), identity), "{}: {}", provider.id, record.raw());
    }
    for also in &provider.read.also {
        record.add(also, json);
    }
    record.title(provider);
    for field in &provider.fields {
        record.held(field).words(field);
    }
}

fn fulfils(condition: &Condition, raw: &Json, identity: &Identity) -> bool {
    let test = match condition {
        Condition::All(parts) => return parts.iter().all(|part| fulfils(part, raw, identity)),
        Condition::Any(parts) => return parts.iter().any(|part| fulfils(part, raw, identity)),
        Condition::Test(test) => test,
    };
    let Subject::At(at) = &test.subject else { return false };
    let value = raw.pointer(at.pointer.as_str()).filter(|_| at.also.is_none()).cloned().unwrap_or_default();
    let nothing = [Json::Null, "".into(), Json::Array(Vec::new()), Json::Object(Default::default())];
    let is_one = |wanted: &Json| match wanted.as_str() {
        Some(text) => {
            let filled = identity.keys().fold(text.to_string(), |text, (key, id)| {
                let name = ["{", key, "}"].concat();
                text.replace(&name, id)
            });
            value == filled
        }
        None => value == *wanted || (nothing.contains(wanted) && nothing.contains(&value)),
    };
    let is = test.is.as_ref().is_none_or(|list| list.iter().any(is_one));
    is && test.empty.is_none_or(|empty| nothing.contains(&value) == empty)
}

/// A second at least; over an hour a person is asked; never more than a day's clock can hold.
fn bounded(wait: Wait, fallback: Duration) {
    let (least, hour) = (Duration::from_secs(1), Duration::from_secs(60 * 60));
    let most = Duration::from_secs(1 << 31).max(fallback);
    match wait {
        Wait::For(wait) => assert!((least..=hour).contains(&wait), "{wait:?}"),
        Wait::Ask(wait) => assert!(wait > hour && wait <= most, "{wait:?}"),
    }
}

/// Each key is one part of the path, whatever is in it; the rest of the address is as it always is.
fn one_part_each(provider: &Provider, identity: &Identity, usual: &Identity) {
    for field in &provider.identity {
        let id = identity.get(&field.key).expect("every key");
        let part = segment(id).expect("one part");
        assert!(!["", ".", ".."].contains(&part.as_str()), "{id:?}");
        assert!(part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)), "{part}");
        assert_eq!(decoded(&part), id.as_bytes(), "{part}");
    }
    let typed: Vec<_> = identity.keys().map(|(key, id)| (key.to_string(), id.to_string())).collect();
    assert_eq!(Identity::check(provider, &typed).as_ref(), Ok(identity), "typed again");
    let server = &provider.servers[0];
    let address = Address::parse(server.address.as_deref().unwrap_or("https://own.example"));
    let target = Target { server: server.slug.clone(), address: address.ok(), typed: false };
    let url = |identity: &Identity| {
        let request = read_request(provider, &server.slug, identity).expect("a request");
        request.view(&target, &Proxy::none()).expect("a view").url
    };
    let marks = |url: &str| url.chars().filter(|c| "/?&=#:\\".contains(*c)).collect::<String>();
    assert_eq!(marks(&url(identity)), marks(&url(usual)));
}

fn decoded(part: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        bytes.push(match (first, after) {
            (b'%', [high, low, after @ ..]) => {
                rest = after;
                let hex = String::from_utf8_lossy(&[*high, *low]).into_owned();
                u8::from_str_radix(&hex, 16).expect("two digits")
            }
            _ => *first,
        });
    }
    bytes
}

/// A row as it stands in boxes.
fn boxes(items: &Items, row: &Row) -> Vec<String> {
    if items.is_grouped() { rows::boxes(items, &row.text()) } else { vec![row.text()] }
}

/// No address, no number of four digits, no long id, nothing between double quotes.
fn tells_nothing(text: &str) {
    for word in text.split(' ') {
        let word = word.replace("•••", "");
        let bare = word.trim_end_matches(['.', ',', ';', ':', ')']);
        let digits = bare.chars().filter(|c| c.is_numeric()).count();
        assert!(
            !bare.contains('@') && digits < 4 && (digits == 0 || bare.len() < 16),
            "{word:?} in {text:?}"
        );
        // A quote after a letter opens nothing, as in 5"x4".
        let before = [' '].into_iter().chain(word.chars());
        let quoted =
            before.zip(word.chars()).any(|(before, c)| "\"“".contains(c) && !before.is_alphanumeric());
        assert!(!quoted, "{word:?} in {text:?}");
    }
}
