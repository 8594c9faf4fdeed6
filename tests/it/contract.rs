//! What must hold of any provider file, by walking all of them. No provider is known here by its name.

mod acts;
mod secrets;
mod words;

use memberdesk::change::check::check;
use memberdesk::change::draft::Draft;
use memberdesk::change::identity::Identity;
use memberdesk::change::outgoing::Outgoing;
use memberdesk::change::plan::{Plan, Planned, plan, read_request};
use memberdesk::change::record::Record;
use memberdesk::change::value::Held;
use memberdesk::provider::Provider;
use memberdesk::provider::call::{Base, Call, Method};
use memberdesk::provider::field::{Field, Kind, Send};
use memberdesk::transport::{query_value, segment};
use serde_json::{Value as Json, json};

use crate::sample::{self, Stored, all, body, identity, target, view};

fn written(provider: &Provider) -> impl Iterator<Item = &Field> {
    provider.fields.iter().filter(|field| !field.read_only)
}

fn planned(provider: &Provider, record: &Record, draft: &Draft) -> Plan {
    let change = check(provider, draft).unwrap_or_else(|problems| panic!("{problems:?}"));
    match plan(provider, &provider.servers[0].slug, record, &change) {
        Ok(Planned::Plan(plan)) => plan,
        other => panic!("{} {draft:?}: {other:?}", provider.id),
    }
}

/// Each field of each provider that a form offers, changed to its example in a record made from the file.
fn each_change(mut check_one: impl FnMut(&Provider, &Field, &Stored, &Record, &Plan)) {
    for provider in all() {
        for field in provider.offered() {
            let stored = Stored::of(provider, field);
            let record = stored.record(provider);
            let plan = planned(provider, &record, &sample::draft(&[field]));
            check_one(provider, field, &stored, &record, &plan);
        }
    }
}

/// The path and the query of a call as the file says them, each secret as people see it.
fn path_of(provider: &Provider, call: &Call, identity: &Identity) -> String {
    let is_secret = |name: &str| provider.secrets().any(|field| field.key == name);
    let part = |name: &str| match identity.get(name) {
        _ if is_secret(name) => Some(sample::shown(name)),
        text => segment(text?).ok(),
    };
    let value = |name: &str| match identity.get(name) {
        _ if is_secret(name) => Some(sample::shown(name)),
        text => text.map(query_value),
    };
    let path = call.path.fill(part).expect("a path");
    match &call.query {
        Some(query) => [&path, "?", &query.fill(value).expect("a query")].concat(),
        None => path,
    }
}

/// The body that goes with every change: what it starts from, and what is set in it.
fn base(provider: &Provider, stored: &Stored) -> Json {
    let mut body = match &provider.update.base {
        Base::Nothing => json!({}),
        Base::Record { drop } => {
            let mut base = stored.raw.clone();
            drop.iter().for_each(|pointer| pointer.remove(&mut base));
            base
        }
    };
    let identity = identity(provider);
    let name = |name: &str| match identity.get(name) {
        Some(text) => Some(text.to_string()),
        None => Some(sample::shown(name)),
    };
    for (at, template) in &provider.update.set {
        at.set(&mut body, template.fill(name).expect("a text").into());
    }
    body
}

#[test]
fn every_key_and_every_written_field_has_an_example_that_is_accepted() {
    for provider in all() {
        let identity = identity(provider);
        assert!(identity.unusual(provider).is_empty(), "{}", provider.id);
        let all = sample::draft(&written(provider).collect::<Vec<_>>());
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
        let address = target(provider).address.expect("an address");
        let path = path_of(provider, &provider.update.call, record.identity());
        assert_eq!(view.url, [address.as_str(), &path].concat());
    });
}

#[test]
fn a_read_is_the_files_own_request() {
    for provider in all() {
        let identity = identity(provider);
        let request = read_request(provider, &provider.servers[0].slug, &identity).expect("a request");
        let view = view(&request, &target(provider));
        let address = target(provider).address.expect("an address");
        let path = path_of(provider, &provider.read.call, &identity);
        assert_eq!(view.url, [address.as_str(), &path].concat());
        assert_eq!((view.method, view.body), (Method::Get, None), "{}", provider.id);
        for (name, value) in provider.headers.iter().chain(&provider.read.call.headers) {
            let own = (name.clone(), value.fill(|name| Some(sample::shown(name))).expect("a text"));
            assert!(view.headers.contains(&own), "{}: {:?}", provider.id, view.headers);
        }
    }
}

#[test]
fn a_body_has_the_change_what_always_goes_and_nothing_else() {
    each_change(|provider, field, stored, _, plan| {
        let body = body(&view(plan.request(), &target(provider)));
        let mut expected = base(provider, stored);
        for other in written(provider) {
            let to = other.to.as_ref().expect("a place to write");
            if other.key == field.key {
                to.set(&mut expected, sample::sent(field));
            } else if other.send == Send::Always {
                to.set(&mut expected, always(other));
            }
        }
        assert_eq!(body, expected, "{} {}", provider.id, field.key);
    });
}

/// What always goes, of a field that nobody touched: as it is sent, whatever it looks like when it is read.
fn always(field: &Field) -> Json {
    let on_file = sample::another(field);
    let rows = on_file.as_array().map(Vec::as_slice).unwrap_or_default();
    match &field.kind {
        Kind::List(items) if !items.is_grouped() => {
            let own = |row: &Json| items.id.as_ref().and_then(|id| id.of(row)).unwrap_or(row).clone();
            rows.iter().map(own).collect()
        }
        _ => on_file,
    }
}

#[test]
fn a_field_that_nobody_touched_does_not_differ_after_the_write() {
    each_change(|provider, field, before, record, plan| {
        let body = body(&view(plan.request(), &target(provider)));
        let mut stored = before.clone();
        stored.write(provider, &body);
        let after = stored.record(provider);
        for other in &provider.fields {
            let place = [&provider.id, " ", &field.key, ": ", &other.key].concat();
            let expected = match plan.differences() {
                _ if other.write_only => Held::NotTold,
                [difference] if other.key == field.key => difference.to.clone(),
                _ => record.held(other),
            };
            // Of a list whose other rows stay, the rows that were asked for are all there.
            assert_eq!(after.held(other), expected, "{place}");
        }
        // Nothing else differs either, known to the file or not, digit by digit.
        let rest = |stored: &Stored| {
            let mut raw = stored.raw.clone();
            field.at.iter().filter(|at| at.also.is_none()).for_each(|at| at.pointer.remove(&mut raw));
            raw
        };
        assert_eq!(rest(&stored), rest(before), "{} {}", provider.id, field.key);
    });
}

#[test]
fn reads_only_read_and_updates_only_write() {
    for provider in all() {
        for (name, call) in provider.calls() {
            let expected = match name {
                "update" => call.method != Method::Get,
                "exchange" => call.method == Method::Post,
                // Nothing can be changed there.
                "reference" => [Method::Get, Method::Post].contains(&call.method),
                _ => call.method == Method::Get,
            };
            assert!(expected, "{} {name}", provider.id);
        }
        for sign_in in provider.sign_in.iter().filter(|way| way.test.is_some()) {
            let tried = Outgoing::test(provider, &provider.servers[0].slug, sign_in, &identity(provider));
            let tried = tried.expect("a way to try the credential");
            assert_eq!(tried.request().method, Method::Get, "{}", provider.id);
        }
    }
}

#[test]
fn every_known_address_is_encrypted() {
    for provider in all() {
        for server in provider.places() {
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
