//! Every provider file must be one that the page can rely on.

use std::fs;
use std::path::PathBuf;

use memberdesk::change::check::check;
use memberdesk::change::draft::{Draft, Entry};
use memberdesk::change::identity::Identity;
use memberdesk::change::plan::{Planned, plan};
use memberdesk::change::problem::{Problem, Violation};
use memberdesk::change::record::Record;
use memberdesk::provider::Provider;
use serde_json::{Value as Json, json};

/// All provider files of the repository, read and checked.
pub fn providers() -> Vec<Provider> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("providers");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of providers")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.retain(|path| !path.ends_with("provider.schema.json"));
    paths.sort();
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("a readable file");
        let provider =
            Provider::parse(&text).unwrap_or_else(|faults| panic!("{}: {faults:#?}", path.display()));
        assert_eq!(path.file_stem().and_then(|stem| stem.to_str()), Some(provider.id.as_str()));
        provider
    };
    paths.iter().map(read).collect()
}

#[test]
fn every_provider_file_is_without_fault() {
    assert!(providers().len() >= 5);
}

#[test]
fn no_two_servers_share_a_path_at_the_relay() {
    let providers = providers();
    let mut slugs: Vec<&str> =
        providers.iter().flat_map(|provider| &provider.servers).map(|server| server.slug.as_str()).collect();
    let all = slugs.len();
    slugs.sort_unstable();
    slugs.dedup();
    assert_eq!(slugs.len(), all);
}

/// A plan of one change, typed, on a record.
fn planned(
    id: &str,
    keys: &[&str],
    answer: &Json,
    field: &str,
    text: &str,
) -> Result<Planned, Vec<Violation>> {
    let providers = providers();
    let provider = providers.iter().find(|provider| provider.id == id).expect("a provider file");
    let typed = provider.identity.iter().zip(keys);
    let typed: Vec<_> = typed.map(|(field, key)| (field.key.clone(), key.to_string())).collect();
    let identity = Identity::check(provider, &typed).expect("an identity");
    let record = Record::read(provider, &identity, answer, 0).expect("a record");
    let draft: Draft = [(field.to_string(), Entry::Text(text.to_string()))].into_iter().collect();
    plan(provider, &provider.servers[0].slug, &record, &check(provider, &draft).expect("a change"))
}

#[test]
fn what_must_always_go_and_was_not_told_stops_the_change() {
    let member = json!({ "success": true, "data": { "member": { "unitId": "m1", "name": "John" } } });
    let violations =
        planned("aitable", &["spcjXzqVrjaP3", "m1"], &member, "name", "Jo").expect_err("it stops");
    assert_eq!(violations, [Violation::new("teams", Problem::NotTold)]);
}

#[test]
fn a_record_that_does_not_say_its_kind_offers_every_field() {
    let membership = json!({ "id": "M", "roomId": "R", "personId": "P", "isModerator": false });
    assert!(planned("webex", &["M"], &membership, "isModerator", "yes").is_ok());
}

#[test]
fn an_id_is_found_in_an_address_with_a_query_and_between_marks_of_direction() {
    let check = |id: &str, box_: &str, pasted: &str, key: &str, expected: &str| {
        let providers = providers();
        let provider = providers.iter().find(|provider| provider.id == id).expect("a provider file");
        let identity = Identity::check(provider, &[(box_.to_string(), pasted.to_string())]).expect(pasted);
        assert_eq!(identity.get(key), Some(expected), "{pasted}");
    };
    let member =
        "https://aitable.ai/fusion/v1/spaces/spcjXzqVrjaP3/members/kD8tPcZ3fYxSjV9q?sensitiveData=true";
    check("aitable", "spaceId", member, "unitId", "kD8tPcZ3fYxSjV9q");
    check("webex", "membershipId", "https://webexapis.com/v1/memberships/abc?x=1", "membershipId", "abc");
    check("webex", "membershipId", "\u{200E}abc\u{202C}", "membershipId", "abc");
}
