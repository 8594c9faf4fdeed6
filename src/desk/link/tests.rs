use super::{Link, shortened};
use crate::provider::Provider;

fn provider() -> Provider {
    file("toluna")
}

fn file(id: &str) -> Provider {
    let path = [env!("CARGO_MANIFEST_DIR"), "/providers/", id, ".json"].concat();
    let text = std::fs::read_to_string(path);
    Provider::parse(&text.expect("a provider file")).expect("a provider")
}

#[test]
fn a_link_is_read_as_it_is_written() {
    let provider = provider();
    let act = provider.acts.first().expect("an act").id.clone();
    let link = Link {
        server: provider.servers.first().map(|server| server.slug.clone()),
        connection: Some("France, testing".to_string()),
        keys: vec![("memberCode".to_string(), "a/b?c&d=é#".to_string())],
        act: Some(act),
        ..Link::default()
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
    let unknown = ["server", "act", "colour", "memberCode", "proxy"].map(str::to_string).to_vec();
    assert_eq!(link, Link { unknown, secrets: vec![secret.clone()], ..Link::default() });
    let link = Link { keys: vec![(secret, "x".to_string())], ..Link::default() };
    assert_eq!(link.text(&provider), "");
}

#[test]
fn a_credential_and_what_it_is_got_for_are_secrets_by_name() {
    let link = Link::parse(&file("symbl"), "token=x&appId=y&appSecret=%zz&app=z&conversationId=1");
    assert_eq!(link.secrets, ["token", "appId", "appSecret", "app"]);
    assert_eq!(link.keys, [("conversationId".to_string(), "1".to_string())]);
    // What a change may hold and nobody may see is one too.
    assert_eq!(Link::parse(&file("flashapply"), "password=x").secrets, ["password"]);
}

#[test]
fn a_long_key_is_told_by_its_ends() {
    assert_eq!(shortened("spcjXzqVrjaP3"), "spcjXzqVrjaP3");
    assert_eq!(shortened("Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVA"), "Y2lzY29z…FUlNISVA");
    assert_eq!(shortened(&"é".repeat(25)), format!("{0}…{0}", "é".repeat(8)));
}
