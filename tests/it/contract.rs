//! What must hold of any provider file, by walking all of them. No provider is known here by its name.

use std::collections::BTreeSet;

use memberdesk::change::answer::{Listener, Verdict};
use memberdesk::change::check::check;
use memberdesk::change::draft::{Draft, Entry};
use memberdesk::change::identity::Identity;
use memberdesk::change::outgoing::Outgoing;
use memberdesk::change::plan::{Plan, Planned, plan};
use memberdesk::change::record::Record;
use memberdesk::provider::Provider;
use memberdesk::provider::call::{Base, Method};
use memberdesk::provider::explain::Clue;
use memberdesk::provider::field::{Clear, Field, Kind, Send};
use memberdesk::provider::paste::Means;
use memberdesk::provider::sign_in::Scheme;
use memberdesk::transport::{Binding, Keyring, Proxy, Response, Secret, sign};
use serde_json::json;

use crate::sample::{self, Stored, all, body, identity, target, typed, view};

fn written(provider: &Provider) -> impl Iterator<Item = &Field> {
    provider.fields.iter().filter(|field| !field.read_only)
}

/// Each field of each provider that can be changed, changed to its example in a record made from the file.
fn each_change(mut check_one: impl FnMut(&Provider, &Field, &Stored, &Record, &Plan)) {
    for provider in all() {
        for field in written(provider) {
            let stored = Stored::of(provider, field);
            let record = stored.record(provider);
            let draft: Draft = [(field.key.clone(), Entry::Text(typed(field)))].into_iter().collect();
            let change = check(provider, &draft).unwrap_or_else(|problems| panic!("{problems:?}"));
            match plan(provider, &provider.servers[0].slug, &record, &change) {
                Ok(Planned::Plan(plan)) => check_one(provider, field, &stored, &record, &plan),
                other => panic!("{} {}: {other:?}", provider.id, field.key),
            }
        }
    }
}

#[test]
fn every_key_and_every_written_field_has_an_example_that_is_accepted() {
    for provider in all() {
        let identity = identity(provider);
        assert_eq!(identity.unusual(provider), Vec::<&str>::new(), "{}", provider.id);
        let all: Draft =
            written(provider).map(|field| (field.key.clone(), Entry::Text(typed(field)))).collect();
        let change = check(provider, &all).unwrap_or_else(|problems| panic!("{problems:?}"));
        assert_eq!(change.edits().count(), written(provider).count(), "{}", provider.id);
    }
}

#[test]
fn changing_one_field_is_one_difference_and_the_files_own_request() {
    each_change(|provider, field, _, record, plan| {
        let [difference] = plan.differences() else { panic!("{}: {plan:?}", field.key) };
        assert_eq!(difference.field, field.key);
        let view = view(plan.request(), &target(provider));
        assert_eq!(view.method, provider.update.call.method);
        let name = |key: &str| {
            let text = record.identity().get(key)?;
            memberdesk::transport::segment(text).ok()
        };
        let path = provider.update.call.path.fill(name).expect("a path");
        let address = target(provider).address.expect("an address");
        assert_eq!(view.url.split('?').next(), Some([address.as_str(), &path].concat().as_str()));
    });
}

#[test]
fn a_body_has_the_change_what_always_goes_and_nothing_else() {
    each_change(|provider, field, stored, _, plan| {
        let body = body(&view(plan.request(), &target(provider)));
        let mut expected = match &provider.update.base {
            Base::Nothing => json!({}),
            Base::Record { drop } => {
                let mut base = stored.raw.clone();
                drop.iter().for_each(|pointer| pointer.remove(&mut base));
                base
            }
        };
        for other in written(provider) {
            let to = other.to.as_ref().expect("a place to write");
            if other.key == field.key {
                to.set(&mut expected, field.example.clone().expect("an example"));
            } else if other.send == Send::Always {
                to.set(&mut expected, sample::another(other));
            }
        }
        assert_eq!(body, expected, "{} {}", provider.id, field.key);
    });
}

#[test]
fn a_field_that_nobody_touched_does_not_differ_after_the_write() {
    each_change(|provider, field, stored, before, plan| {
        let body = body(&view(plan.request(), &target(provider)));
        let mut stored = stored.clone();
        stored.write(provider, &body);
        let after = stored.record(provider);
        for other in &provider.fields {
            let place = [&provider.id, " ", &field.key, ": ", &other.key].concat();
            if other.key == field.key {
                assert_eq!(after.held(other), plan.differences()[0].to, "{place}");
            } else {
                assert_eq!(after.held(other), before.held(other), "{place}");
            }
        }
    });
}

#[test]
fn the_credential_is_a_hole_in_one_header_and_is_filled_there_alone() {
    const SECRET: &str = "s3cr3t-Value-0123456789";
    each_change(|provider, _, _, _, plan| {
        let request = plan.request();
        let holes: Vec<&str> = request.headers.iter().flat_map(|(_, value)| value.holes()).collect();
        assert_eq!(holes, [provider.sign_in[0].id.as_str()], "{}", provider.id);
        assert_eq!(request.path.holes().count() + request.query.holes().count(), 0);
        assert_eq!(request.body.iter().flat_map(|body| body.holes()).count(), 0);

        let (target, proxy) = (target(provider), Proxy::none());
        let mut keyring = Keyring::default();
        let secret = Secret::parse(SECRET).expect("a secret");
        keyring.put(Binding::new(&provider.id, &target, &proxy), &provider.sign_in[0].id, secret);
        let signed = sign(request, &target, &proxy, &keyring).expect("a signed request");
        assert!(!format!("{request:?} {signed:?} {keyring:?}").contains(SECRET));
        let parts = signed.into_parts();
        let header = match &provider.sign_in[0].scheme {
            Scheme::Bearer => ("Authorization".to_string(), ["Bearer ", SECRET].concat()),
            Scheme::ApiKey { header } => (header.clone(), SECRET.to_string()),
        };
        let with: Vec<_> = parts.headers.iter().filter(|(_, value)| value.contains(SECRET)).collect();
        assert_eq!(with, [&header]);
        assert!(!parts.url.contains(SECRET) && !parts.body.unwrap_or_default().contains(SECRET));
    });
}

#[test]
fn reads_only_read_and_updates_only_write() {
    for provider in all() {
        for (name, call) in provider.calls() {
            let reads = call.method == Method::Get;
            assert_eq!(reads, name != "update", "{} {name}", provider.id);
        }
        for sign_in in &provider.sign_in {
            let tried = Outgoing::test(provider, &provider.servers[0].slug, sign_in);
            let tried = tried.expect("a way to try the credential");
            assert_eq!(tried.request().method, Method::Get, "{}", provider.id);
        }
    }
}

#[test]
fn every_known_address_is_encrypted() {
    for provider in all() {
        for server in &provider.servers {
            let address = server.address.as_deref();
            assert!(address.is_none_or(|address| address.starts_with("https://")), "{address:?}");
        }
        assert!(provider.docs.as_ref().is_none_or(|docs| docs.starts_with("https://")));
    }
}

#[test]
fn a_member_has_a_title_and_no_name_in_it_is_left_open() {
    each_change(|provider, _, _, record, _| {
        let title = record.title(provider);
        assert!(!title.is_empty() && !title.contains('{'), "{title}");
        assert!(record.fill(provider, &provider.title).is_some(), "{}", provider.id);
        assert!(record.fill(provider, &provider.second).is_some(), "{}", provider.id);
    });
}

/// Every sentence of a file, with the place where it stands.
fn sentences(provider: &Provider) -> Vec<(String, String)> {
    let mut all = vec![("about".to_string(), provider.about.clone())];
    let mut add = |place: String, text: Option<&String>| all.extend(text.map(|text| (place, text.clone())));
    for sign_in in &provider.sign_in {
        add(["sign_in ", &sign_in.id].concat(), sign_in.hint.as_ref());
    }
    for (index, paste) in provider.paste.iter().enumerate() {
        if let Means::Says(says) = &paste.means {
            add(format!("paste {index}"), Some(says));
        }
    }
    for field in provider.identity.iter().chain(&provider.fields) {
        add([&field.key, " hint"].concat(), field.hint.as_ref());
        add([&field.key, " unless"].concat(), field.unless.as_ref());
        add([&field.key, " says"].concat(), field.limits.says.as_ref());
        if let Clear::No(reason) = &field.clear {
            add([&field.key, " clear"].concat(), Some(reason));
        }
        if let Kind::List(items) = &field.kind {
            add([&field.key, " items"].concat(), items.limits.says.as_ref());
        }
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
        let calls: Vec<&str> = provider.calls().into_iter().map(|(name, _)| name).collect();
        for (index, explain) in provider.explain.iter().enumerate() {
            let statuses = if explain.status.is_empty() { vec![200] } else { explain.status.clone() };
            let codes: Vec<Option<&str>> = if explain.code.is_empty() {
                vec![None]
            } else {
                explain.code.iter().map(|code| Some(code.as_str())).collect()
            };
            for status in &statuses {
                for code in &codes {
                    let found = calls.iter().any(|on| {
                        let clue =
                            Clue { on, status: *status, code: *code, message: explain.text.as_deref() };
                        provider.explain(&clue).is_some_and(|first| std::ptr::eq(first, explain))
                    });
                    assert!(found, "{}: explain {index} for {status} and {code:?}", provider.id);
                }
            }
        }
    }
}

#[test]
fn an_answer_that_no_file_explains_has_words_too() {
    for provider in all() {
        for status in [402, 418, 422, 451, 499, 501, 507, 520, 599] {
            for on in ["read", "update"] {
                let response = Response {
                    status,
                    headers: Vec::new(),
                    body: json!({ "odd": true }).to_string(),
                    url: None,
                };
                let listener = Listener { provider, on, identity: &Identity::none(), direct: true, now: 0 };
                let verdict = listener.verdict(&Ok(response));
                let (Verdict::No(reason) | Verdict::Doubt(reason)) = &verdict else {
                    panic!("{status}: {verdict:?}")
                };
                assert_eq!(matches!(verdict, Verdict::No(_)), status < 500, "{status}");
                assert!(reason.says.starts_with(&provider.name), "{}", reason.says);
                assert!(reason.says.ends_with('.') && reason.cure.ends_with('.'), "{reason:?}");
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
        check("sign_in", provider.sign_in.iter().map(|way| way.id.as_str()).collect());
        check("risks", provider.risks.iter().map(|risk| risk.id.as_str()).collect());
        let fields = provider.identity.iter().chain(&provider.fields);
        check("labels", fields.map(|field| field.label.as_str()).collect());
        let to = written(provider).filter_map(|field| field.to.as_ref());
        check("to", to.map(|pointer| pointer.as_str()).collect());
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
