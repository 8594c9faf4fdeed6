//! What a file says to people, and the names that it gives.

use std::collections::BTreeSet;

use memberdesk::change::answer::{Listener, Verdict};
use memberdesk::change::identity::Identity;
use memberdesk::change::record::Answered;
use memberdesk::provider::Provider;
use memberdesk::provider::condition::Facts;
use memberdesk::provider::explain::{Clue, Explain};
use memberdesk::provider::field::{Clear, Field, Kind};
use memberdesk::provider::find::Find;
use memberdesk::provider::items::Rows;
use memberdesk::provider::paste::Means;
use memberdesk::transport::{Between, Response};
use serde_json::{Value as Json, json};

use super::written;
use crate::sample::{Stored, all};

/// Every box that a person sees.
fn boxes(provider: &Provider) -> impl Iterator<Item = &Field> {
    let needs = provider.sign_in.iter().filter_map(|way| way.exchange()).flat_map(|way| &way.needs);
    provider.connection.iter().chain(needs).chain(&provider.identity).chain(&provider.fields)
}

/// Every sentence of a file, with the place where it stands.
fn sentences(provider: &Provider) -> Vec<(String, String)> {
    let mut all = vec![("about".to_string(), provider.about.clone())];
    let mut add = |place: String, text: Option<&String>| all.extend(text.map(|text| (place, text.clone())));
    for sign_in in &provider.sign_in {
        for ask in &sign_in.way.asks {
            add(["sign_in ", &ask.key].concat(), ask.hint.as_ref());
        }
    }
    for (index, paste) in provider.paste.iter().enumerate() {
        if let Means::Says(says) = &paste.means {
            add(format!("paste {index}"), Some(says));
        }
    }
    for step in provider.steps() {
        add(["find ", &step.gives].concat(), step.hint.as_ref());
    }
    if let Some(Find::No(reason)) = &provider.find {
        add("find".to_string(), Some(reason));
    }
    for field in boxes(provider) {
        add([&field.key, " hint"].concat(), field.hint.as_ref());
        add([&field.key, " unless"].concat(), field.unless.as_ref());
        add([&field.key, " says"].concat(), field.limits.says.as_ref());
        if let Clear::No(reason) = &field.clear {
            add([&field.key, " clear"].concat(), Some(&reason.text()));
        }
        if let Kind::List(items) = &field.kind {
            add([&field.key, " items"].concat(), items.limits.says.as_ref());
            if let Rows::Changed { remove } = &items.rows {
                add([&field.key, " remove"].concat(), Some(remove));
            }
            for part in &items.parts {
                add([&field.key, " ", &part.name].concat(), part.limits.says.as_ref());
            }
        }
    }
    for act in &provider.acts {
        add(["act ", &act.id].concat(), act.says.as_ref());
    }
    for (index, explain) in provider.explain.iter().enumerate() {
        add(format!("explain {index} says"), Some(&explain.says));
        add(format!("explain {index} do"), Some(&explain.cure));
    }
    all
}

#[test]
fn every_sentence_is_one() {
    for provider in all() {
        let mut all = sentences(provider);
        let risks = provider.risks.iter();
        let says = |_: &str| Some("Somebody".to_string());
        all.extend(risks.map(|risk| (risk.id.clone(), risk.says.fill(says).expect("a text"))));
        for (place, text) in all {
            let place = [&provider.id, ": ", &place, ": ", &text].concat();
            assert!(text.ends_with('.') && !text.ends_with(".."), "{place}");
            assert!(text.chars().next().is_some_and(|c| !c.is_lowercase()), "{place}");
            assert!(!text.contains("  ") && !text.contains('!'), "{place}");
        }
    }
}

#[test]
fn no_explanation_is_hidden_by_one_before_it() {
    for provider in all() {
        for (index, explain) in provider.explain.iter().enumerate() {
            let statuses = if explain.status.is_empty() { vec![200] } else { explain.status.clone() };
            let codes: Vec<Option<&str>> = if explain.code.is_empty() {
                vec![None]
            } else {
                explain.code.iter().map(|code| Some(code.as_str())).collect()
            };
            for status in statuses {
                for code in &codes {
                    let found = finds(provider, explain, status, *code);
                    assert!(found, "{}: explain {index} for {status} and {code:?}", provider.id);
                }
            }
        }
    }
}

/// Whether some call with this status and code is explained by this very explanation.
fn finds(provider: &Provider, explain: &Explain, status: u16, code: Option<&str>) -> bool {
    let mut told = Stored { raw: json!({}), siblings: Vec::new(), also: Vec::new() };
    if let Some(when) = &explain.when {
        told.fulfil(when, &Identity::none());
    }
    let body = Answered { json: &told.raw, identity: &Identity::none() };
    provider.calls().into_iter().any(|(on, _)| {
        let message = explain.text.as_deref();
        let clue = Clue { on, status, code, message, body: Some(&body as &dyn Facts) };
        provider.explain(&clue).is_some_and(|first| std::ptr::eq(first, explain))
    })
}

#[test]
fn an_answer_that_no_file_explains_has_words_too() {
    let told = |body: Json, status| Response {
        status,
        headers: Vec::new(),
        body: body.to_string(),
        url: None,
        timing: Default::default(),
    };
    for provider in all() {
        let known = |status| provider.explain.iter().any(|explain| explain.status.contains(&status));
        for status in [402, 418, 422, 451, 499, 501, 507, 520, 599].into_iter().filter(|one| !known(*one)) {
            for on in ["read", "update"] {
                let (identity, between) = (&Identity::none(), Between::Nobody);
                let listener = Listener { provider, on, identity, between, now: 0 };
                let verdict = listener.verdict(&Ok(told(json!({ "odd": true }), status)));
                let (Verdict::No(reason) | Verdict::Doubt(reason)) = &verdict else {
                    panic!("{status}: {verdict:?}")
                };
                assert_eq!(matches!(verdict, Verdict::No(_)), status < 500, "{status}");
                assert!(reason.says.text().starts_with(&provider.name), "{}", reason.says);
                assert!(reason.says.text().ends_with('.') && reason.cure.text().ends_with('.'), "{reason:?}");
            }
        }
    }
}

#[test]
fn no_two_names_of_a_file_are_the_same() {
    for provider in all() {
        let check = |what: &str, names: Vec<&str>| {
            let unique: BTreeSet<&str> = names.iter().copied().collect();
            assert_eq!(unique.len(), names.len(), "{} {what}: {names:?}", provider.id);
        };
        check("sign_in", provider.sign_in.iter().map(|way| way.way.id.as_str()).collect());
        check("risks", provider.risks.iter().map(|risk| risk.id.as_str()).collect());
        check("acts", provider.acts.iter().map(|act| act.label.as_str()).collect());
        check("labels", boxes(provider).map(|field| field.label.as_str()).collect());
        let to = written(provider).filter_map(|field| field.to.as_ref());
        let set = provider.update.set.iter().map(|(at, _)| at);
        check("to", to.chain(set).map(|pointer| pointer.as_str()).collect());
    }
}

#[test]
fn words_of_a_flag_name_both_answers() {
    for provider in all() {
        for field in &provider.fields {
            if field.kind == Kind::Flag && !field.words.is_empty() {
                let worded: Vec<&str> = field.words.iter().map(|(wire, _)| wire.as_str()).collect();
                assert_eq!(worded, ["true", "false"], "{} {}", provider.id, field.key);
            }
        }
    }
}
