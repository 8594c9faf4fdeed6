use super::super::link::Link;
use super::{Keeping, Recents};
use crate::change::identity::{Identity, Named};
use crate::provider::Provider;

fn toluna() -> Provider {
    let text = std::fs::read_to_string([env!("CARGO_MANIFEST_DIR"), "/providers/toluna.json"].concat());
    Provider::parse(&text.expect("a provider file")).expect("a provider")
}

fn member(provider: &Provider, panel: &str, code: &str) -> Identity {
    let keys =
        [("panel", panel), ("memberCode", code)].map(|(key, text)| (key.to_string(), text.to_string()));
    Identity::check(provider, &keys).expect("an identity")
}

/// Notes members of a panel; their codes are their titles.
fn note(recents: &mut Recents, provider: &Provider, codes: &[&str]) {
    let server = &provider.servers[0].slug;
    for code in codes {
        recents.note(provider, server, &member(provider, "UK", code), (*code).to_string(), None);
    }
}

fn titles(recents: &Recents) -> Vec<String> {
    recents.shown(None).into_iter().map(|member| member.title).collect()
}

fn pin(recents: &mut Recents, title: &str, pinned: bool) {
    let all = recents.shown(None);
    let own = all.iter().find(|member| member.title == title).expect("the member is there");
    recents.pin(&own.provider, &own.link, pinned);
}

#[test]
fn each_member_is_there_once_the_newest_first() {
    let (provider, mut recents) = (toluna(), Recents::default());
    note(&mut recents, &provider, &["m-1", "m-2", "m-1"]);
    assert_eq!(titles(&recents), ["m-1", "m-2"]);
    let server = &provider.servers[0].slug;
    recents.note(&provider, server, &member(&provider, "UK", "m-2"), "Ada".to_string(), None);
    assert_eq!(titles(&recents), ["Ada", "m-1"], "it is called as it was read last");
    recents.note(&provider, server, &member(&provider, "France", "m-1"), "m-1".to_string(), None);
    assert_eq!(titles(&recents), ["m-1", "Ada", "m-1"], "another panel has another member");
    let servers: Vec<_> = provider.servers.iter().map(|server| server.slug.as_str()).collect();
    recents.note(&provider, servers[1], &member(&provider, "UK", "m-1"), "m-1".to_string(), None);
    assert_eq!(titles(&recents).len(), 4, "and so has another server");
}

#[test]
fn twenty_stay_and_those_that_are_pinned() {
    let (provider, mut recents) = (toluna(), Recents::default());
    note(&mut recents, &provider, &["kept"]);
    pin(&mut recents, "kept", true);
    let codes: Vec<String> = (0..25).map(|number| format!("m-{number}")).collect();
    note(&mut recents, &provider, &codes.iter().map(String::as_str).collect::<Vec<_>>());
    let found = titles(&recents);
    assert_eq!((found.len(), found[0].as_str(), found[1].as_str()), (21, "kept", "m-24"));
    assert_eq!(found.last().map(String::as_str), Some("m-5"));
    note(&mut recents, &provider, &["kept"]);
    assert!(recents.shown(None)[0].pinned, "looking at it again leaves the pin");
    pin(&mut recents, "kept", false);
    assert_eq!(titles(&recents).len(), 20);
    assert_eq!(recents.shown(Some("other")), []);
    assert_eq!(recents.shown(Some("toluna")).len(), 20);
}

#[test]
fn a_member_that_is_gone_leaves_under_whatever_name_the_panel_had() {
    let (provider, mut recents) = (toluna(), Recents::default());
    note(&mut recents, &provider, &["m-1", "m-2"]);
    pin(&mut recents, "m-1", true);
    let named = member(&provider, "UK", "m-1").at(Some(Named {
        name: "Ours".to_string(),
        test: false,
        fixed: Vec::new(),
    }));
    let servers: Vec<String> = provider.servers.iter().map(|server| server.slug.clone()).collect();
    recents.note(&provider, &servers[0], &named, "m-1".to_string(), None);
    let server_of = |link: &Link| {
        if link.connection.is_some() { Some(servers[0].clone()) } else { link.server.clone() }
    };
    let gone = member(&provider, "United Kingdom", "m-1");
    recents.forget(&provider, &servers[1], &gone, server_of);
    assert_eq!(titles(&recents), ["m-1", "m-1", "m-2"], "another server has another member");
    recents.forget(&provider, &servers[0], &gone, server_of);
    assert_eq!(titles(&recents), ["m-2"]);
    assert!(!recents.text().contains("m-1"));
}

#[test]
fn what_is_kept_is_a_title_and_a_link() {
    let (provider, mut recents) = (toluna(), Recents::default());
    note(&mut recents, &provider, &["m-1", "m-2"]);
    pin(&mut recents, "m-1", true);
    assert_eq!(Recents::parse(&recents.text()), Some(recents.clone()));
    let links = recents.shown(None).into_iter().map(|member| member.link).collect::<Vec<_>>();
    let expected = [
        r#"{"version":1,"members":[{"provider":"toluna","title":"m-2","link":""#,
        &links[1],
        r#""},{"provider":"toluna","title":"m-1","link":""#,
        &links[0],
        r#"","pinned":true}]}"#,
    ]
    .concat();
    assert_eq!(recents.text(), expected);
}

#[test]
fn what_a_member_was_found_in_stays_when_it_is_read_again() {
    let (provider, mut recents) = (toluna(), Recents::default());
    let server = &provider.servers[0].slug;
    let own = member(&provider, "UK", "m-1");
    recents.note(&provider, server, &own, "Ada".to_string(), Some("Summer panel".to_string()));
    recents.note(&provider, server, &own, "Ada".to_string(), None);
    assert_eq!(recents.shown(None)[0].of.as_deref(), Some("Summer panel"));
    assert!(!recents.text().contains("Summer panel"), "a browser keeps no more than a title and a link");
    recents.note(&provider, server, &own, "Ada".to_string(), Some("Autumn panel".to_string()));
    assert_eq!(recents.shown(None)[0].of.as_deref(), Some("Autumn panel"));
}

#[test]
fn what_another_version_kept_is_not_guessed_at() {
    for text in [
        "",
        "7",
        "{}",
        r#"{"version":1}"#,
        r#"{"version":2,"members":[]}"#,
        r#"{"version":1,"members":{}}"#,
        r#"{"version":1,"members":[7]}"#,
        r#"{"version":1,"members":[{"provider":"a","title":7,"link":""}]}"#,
        r#"{"version":1,"members":[{"provider":"a","title":"b"}]}"#,
    ] {
        assert_eq!(Recents::parse(text), None, "{text}");
    }
    assert_eq!(Recents::parse(r#"{"version":1,"members":[]}"#), Some(Recents::default()));
}

#[test]
fn the_owner_says_how_far_members_are_remembered() {
    let known = ["off", "tab", "device"].map(Keeping::parse);
    assert_eq!(known, [Some(Keeping::Off), Some(Keeping::Tab), Some(Keeping::Device)]);
    assert_eq!(Keeping::parse("always"), None);
    assert_eq!(Keeping::default(), Keeping::Tab);
}
