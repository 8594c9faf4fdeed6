use super::History;
use crate::change::identity::{Identity, Named};
use crate::change::receipt::{Line, Outcome, Receipt};
use crate::change::value::{Held, Value};
use crate::provider::Provider;
use crate::words::Words;

fn provider() -> Provider {
    let text = std::fs::read_to_string([env!("CARGO_MANIFEST_DIR"), "/providers/toluna.json"].concat());
    Provider::parse(&text.expect("a provider file")).expect("a provider")
}

fn receipt(provider: &Provider, panel: &str, code: &str, forget: bool) -> Receipt {
    let keys =
        [("panel", panel), ("memberCode", code)].map(|(key, text)| (key.to_string(), text.to_string()));
    Receipt {
        provider: provider.id.clone(),
        server: provider.servers[0].slug.clone(),
        identity: Identity::check(provider, &keys).expect("an identity"),
        title: code.to_string(),
        outcome: Outcome::Confirmed,
        lines: Vec::new(),
        gone: forget,
        still_there: false,
        forget,
        sends: 1,
        at: 0,
        request: None,
        answer: None,
    }
}

#[test]
fn a_member_that_is_forgotten_is_under_whatever_name_the_panel_had() {
    let provider = provider();
    let mut history = History::default();
    for (panel, code, forget) in [("UK", "m-1", false), ("UK", "m-2", false), ("United Kingdom", "m-1", true)]
    {
        history.note(&provider, &receipt(&provider, panel, code, forget), false);
    }
    let members: Vec<_> =
        history.entries().iter().map(|entry| entry.member.as_ref().map(|(title, _)| title)).collect();
    assert_eq!(members, [None, Some(&"m-2".to_string())]);
    assert!(!format!("{history:?}").contains("m-1"), "{history:?}");
}

#[test]
fn the_newest_comes_first_and_the_list_ends() {
    let provider = provider();
    let mut history = History::default();
    for number in 0..12 {
        history.note(&provider, &receipt(&provider, "UK", &format!("m-{number}"), false), false);
    }
    let (title, link) = history.entries()[0].member.clone().expect("a member");
    assert_eq!((title.as_str(), history.entries().len()), ("m-11", 10));
    assert!(link.ends_with("panel=UK&memberCode=m-11"), "{link}");
}

#[test]
fn where_it_was_is_told_and_a_test_is_one() {
    let provider = provider();
    let told = |server: &str, named: Option<Named>| {
        let mut history = History::default();
        let receipt = receipt(&provider, "UK", "m-1", false);
        let identity = receipt.identity.clone().at(named);
        history.note(&provider, &Receipt { server: server.to_string(), identity, ..receipt }, false);
        let entry = history.entries()[0].clone();
        (entry.name, entry.test, entry.member.expect("a member").1)
    };
    let link = |which: &str| format!("{which}&panel=UK&memberCode=m-1");
    assert_eq!(told("toluna", None), ("Toluna · Live".to_string(), false, link("server=toluna")));
    assert_eq!(told("toluna-test", None), ("Toluna · Testing".to_string(), true, link("server=toluna-test")));
    let named = Named { name: "UK, trying".to_string(), test: true, fixed: Vec::new() };
    let link = link("connection=UK%2C%20trying");
    assert_eq!(told("toluna", Some(named)), ("Toluna · UK, trying".to_string(), true, link));
}

#[test]
fn what_was_asked_for_is_told_in_short_and_the_way_back_is_called_so() {
    let provider = provider();
    let text = |text: &str| Held::Known(Value::Text(text.to_string()));
    let line = |field: &str, asked: &str| Line {
        field: field.to_string(),
        from: Held::None,
        asked: text(asked),
        now: None,
    };
    let told = |lines: Vec<Line>, forget: bool, undoes: bool| {
        let mut history = History::default();
        let receipt = Receipt { lines, ..receipt(&provider, "UK", "m-1", forget) };
        history.note(&provider, &receipt, undoes);
        history.entries()[0].what.iter().map(Words::text).collect::<Vec<_>>()
    };
    let one = || vec![line("postcode", "SW1A 1AA")];
    assert_eq!(told(one(), false, false), ["Postcode: \u{2068}Nothing\u{2069} → \u{2068}SW1A 1AA\u{2069}"]);
    assert_eq!(
        told(one(), false, true),
        ["Undo of a change", "Postcode: \u{2068}Nothing\u{2069} → \u{2068}SW1A 1AA\u{2069}"]
    );
    assert_eq!(told(one(), true, false), [""; 0]);
    let long = told(vec![line("postcode", &"é ".repeat(40))], false, false);
    assert_eq!(
        long,
        [format!("Postcode: \u{2068}Nothing\u{2069} → \u{2068}{}…\u{2069}", "é ".repeat(20).trim_end())]
    );
    // What is different is past the end of what is shown.
    let same = Line {
        from: text(&["é".repeat(50).as_str(), "1"].concat()),
        ..line("postcode", &["é".repeat(50).as_str(), "2"].concat())
    };
    assert_eq!(told(vec![same], false, false), ["Postcode: changed"]);
    let many = ["postcode", "email", "birthDate"].map(|field| line(field, "x")).to_vec();
    assert_eq!(told(many, false, false), ["3 fields"]);
}
