//! Prepared changes: each goes by itself, with the risks that the file says.

use memberdesk::change::check::check;
use memberdesk::change::draft::Draft;
use memberdesk::change::plan::plan;
use memberdesk::change::problem::{Problem, Violation};
use memberdesk::provider::Provider;
use memberdesk::provider::act::Act;
use memberdesk::provider::condition::Subject;
use memberdesk::provider::risk::{Confirm, Risk};

use super::{base, planned};
use crate::sample::{Stored, all, body, draft, target, view};

/// Each prepared change of each provider, and a record in which it changes something.
fn each_act(mut check_one: impl FnMut(&Provider, &Act, &Stored)) {
    let mut acts = 0;
    for provider in all() {
        for act in provider.acts.iter().filter(|act| act.fields.is_empty()) {
            acts += 1;
            let field = provider.field(&act.change[0].0).expect("a field");
            let mut stored = Stored::of(provider, field);
            if let Some(flag) = act.change[0].1.as_bool() {
                stored.set(&field.at[0], (!flag).into());
            }
            check_one(provider, act, &stored);
        }
    }
    assert!(acts > 0);
}

/// The risks that a file sees in what an act does.
fn risks<'p>(provider: &'p Provider, act: &'p Act) -> impl Iterator<Item = &'p Risk> {
    provider.risks.iter().filter(|risk| {
        risk.when.tests().iter().any(|test| {
            let own = |(key, wire)| {
                let to = test.to.as_ref().is_none_or(|to| to.contains(wire));
                matches!(&test.subject, Subject::Field(field) if field == key) && to
            };
            act.change.iter().map(|(key, wire)| (key, wire)).any(own)
        })
    })
}

#[test]
fn a_prepared_change_plans_by_itself_with_its_risks_and_sends_nothing_else() {
    each_act(|provider, act, stored| {
        let record = stored.record(provider);
        let plan = planned(provider, &record, &Draft::of_act(provider, act));
        let changed: Vec<&str> =
            plan.differences().iter().map(|difference| difference.field.as_str()).collect();
        let keys: Vec<&str> = act.change.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(changed, keys, "{} {}", provider.id, act.id);
        for risk in risks(provider, act) {
            let warning = plan.risks().iter().find(|warning| warning.id == risk.id);
            assert_eq!(warning.map(|warning| warning.confirm), Some(risk.confirm), "{}", risk.id);
            assert!(!risk.gone || (plan.gone() && plan.differences()[0].permanent), "{}", risk.id);
            assert_eq!(plan.forget(), risk.forget, "{}", risk.id);
        }
        if act.alone {
            let hard = plan.risks().iter().any(|warning| warning.confirm != Confirm::Note);
            assert!(hard && plan.approve(&[]).is_err(), "{}: nobody does that by the way", act.id);
            let mut expected = base(provider, stored);
            for (key, wire) in &act.change {
                let to = provider.field(key).and_then(|field| field.to.as_ref()).expect("a place");
                to.set(&mut expected, wire.clone());
            }
            assert_eq!(body(&view(plan.request(), &target(provider))), expected, "{}", act.id);
        }
    });
}

/// What a person fills in is on the form.
#[test]
fn an_act_without_a_value_names_fields_of_the_form() {
    let acts = all().iter().flat_map(|provider| provider.acts.iter().map(move |act| (provider, act)));
    let asks: Vec<_> = acts.filter(|(_, act)| act.change.is_empty()).collect();
    assert!(asks.len() > 5);
    for (provider, act) in asks {
        let is_offered = |key: &String| provider.offered().any(|field| field.key == *key);
        assert!(!act.alone && act.fields.iter().all(is_offered), "{} {}", provider.id, act.id);
    }
}

#[test]
fn what_goes_alone_is_not_offered_and_refuses_company() {
    each_act(|provider, act, stored| {
        let own = |key: &str| act.change.iter().any(|(field, _)| field == key);
        assert_eq!(act.alone, !provider.offered().any(|field| own(&field.key)), "{}", act.id);
        let record = stored.record(provider);
        for field in provider.offered().filter(|field| !own(&field.key)) {
            let mut both = Draft::of_act(provider, act);
            draft(&[field]).entries().for_each(|(key, entry)| both.set(key, entry.clone()));
            let change = check(provider, &both).expect("a change");
            let planned = plan(provider, &provider.servers[0].slug, &record, &change);
            let alone = Violation::new(&act.change[0].0, Problem::Alone);
            let offered = field.when.as_ref().is_none_or(|when| when.holds(&record) != Some(false));
            match planned {
                Err(violations) if act.alone && offered => assert_eq!(violations, [alone], "{}", field.key),
                Err(violations) => assert!(!offered && !violations.is_empty(), "{violations:?}"),
                Ok(_) => assert!(!act.alone, "{} goes with {}", act.id, field.key),
            }
        }
    });
}
