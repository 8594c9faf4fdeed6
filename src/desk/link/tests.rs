use super::Link;
use crate::provider::Provider;

fn provider() -> Provider {
    let text = std::fs::read_to_string([env!("CARGO_MANIFEST_DIR"), "/providers/toluna.json"].concat());
    Provider::parse(&text.expect("a provider file")).expect("a provider")
}

#[test]
fn a_link_is_read_as_it_is_written() {
    let provider = provider();
    let act = provider.acts.first().expect("an act").id.clone();
    let link = Link {
        server: provider.servers.first().map(|server| server.slug.clone()),
        keys: vec![("memberCode".to_string(), "a/b?c&d=é#".to_string())],
        act: Some(act),
        unknown: Vec::new(),
    };
    assert_eq!(Link::parse(&provider, &link.text(&provider)), link);
    assert_eq!(Link::parse(&provider, ""), Link::default());
}

#[test]
fn what_is_not_known_and_what_is_secret_is_left_out() {
    let provider = provider();
    let secret = provider.secrets().next().expect("a secret").key.clone();
    let text = format!("{secret}=x&server=elsewhere&act=nothing&colour=red&memberCode=%zz&proxy=evil");
    let link = Link::parse(&provider, &text);
    let unknown = [&secret, "server", "act", "colour", "memberCode", "proxy"];
    assert_eq!(link, Link { unknown: unknown.map(str::to_string).to_vec(), ..Link::default() });
    let link = Link { keys: vec![(secret, "x".to_string())], ..Link::default() };
    assert_eq!(link.text(&provider), "");
}
