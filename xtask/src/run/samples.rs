//! Connections and members to try the page with, at the simulated providers.

use serde_json::{Value, json};
use simulated::{aitable, flashapply, symbl, toluna, webex};

/// Members of the simulated providers, each for something else to see.
pub fn samples() -> Value {
    let token = || json!({ "token": symbl::TOKEN });
    let app = || json!({ "appId": symbl::APP_ID, "appSecret": symbl::APP_SECRET });
    let answers =
        format!("1601440000, seven answers (key of the reference data: {})", toluna::reference::KEY);
    json!([
        webex(webex::UNMODERATED, "Siobhán O'Brien, in a space without moderators"),
        webex(webex::MODERATED, "Jean-Luc D’Angelo, a moderator"),
        webex(webex::DIRECT, "ليلى حسن, in a one-to-one space"),
        webex(webex::DIRECT_HIDDEN, "Zoë 🚀 Müller, in a hidden one-to-one space"),
        webex(webex::CLOSED, "王小明, in a space that you may not change"),
        aitable(aitable::MEMBER, "John, one team and one role"),
        aitable(aitable::MEMBER_TWO_TEAMS, "Amélie D'Arcy, in two teams"),
        aitable(aitable::MEMBER_NO_ROLES, "فاطمة الزهراء, no roles"),
        aitable(aitable::MEMBER_NO_TEAM, "張偉, in the root team only"),
        symbl(symbl::CONVERSATION, symbl::MEMBER, token(), "John, with an access token"),
        symbl(symbl::CONVERSATION_LARGE, symbl::MEMBER_WANG, app(), "王小明, with App ID and App Secret"),
        symbl(
            symbl::CONVERSATION_SPEAKERS,
            symbl::MEMBER_SPEAKER_1,
            token(),
            "Speaker 1, who becomes one with John Doe by john@example.com",
        ),
        symbl(
            symbl::CONVERSATION_LONG_ID,
            symbl::MEMBER_LONG_ID,
            app(),
            "Nadia Okafor, in a conversation with a very long ID",
        ),
        flashapply(flashapply::MEMBER, "Siobhán O’Brien, two roles at one location"),
        flashapply(flashapply::MEMBER_PRIMARY, "Nadia Okafor, the main contact"),
        flashapply(flashapply::MEMBER_SCALAR, "王小明, one role at each location"),
        flashapply(flashapply::MEMBER_NOWHERE, "ليلى حسن, no locations"),
        flashapply(flashapply::MEMBER_EXTRA, "Jean-Luc D’Angelo, with details that the page does not know"),
        toluna(UK, toluna::MEMBER, &answers),
        toluna(UK, toluna::MEMBER_ENCODED, "A&B 7/x, a code with special characters"),
        toluna(UK, toluna::MEMBER_TELLING, "IP-Telling-4, who is known to be active"),
        toluna(UK, toluna::MEMBER_TEST, "IP-V2-Test, a test member without answers"),
        toluna(FRANCE, toluna::MEMBER_REGISTRATION, "FR-1012227, registration answers in another panel"),
    ])
}

/// A panel: its name for people, and its secret.
type Panel = (&'static str, &'static str);

const UK: Panel = ("United Kingdom", toluna::PANEL_UK);
const FRANCE: Panel = ("France", toluna::PANEL_FRANCE);

fn webex(id: &str, label: &str) -> Value {
    sample("webex", label, json!({ "token": webex::TOKEN }), json!({ "membershipId": id }))
}

fn aitable(id: &str, label: &str) -> Value {
    let member = json!({ "spaceId": aitable::SPACE, "unitId": id });
    sample("aitable", label, json!({ "token": aitable::TOKEN }), member)
}

fn symbl(conversation: &str, id: &str, secrets: Value, label: &str) -> Value {
    sample("symbl", label, secrets, json!({ "conversationId": conversation, "memberId": id }))
}

fn flashapply(id: &str, label: &str) -> Value {
    sample("flashapply", label, json!({ "key": flashapply::TOKEN }), json!({ "memberId": id }))
}

fn toluna((panel, guid): Panel, code: &str, label: &str) -> Value {
    let secrets = json!({ "panel": panel, "partnerGuid": guid });
    sample("toluna", label, secrets, json!({ "memberCode": code }))
}

/// The provider's first server has its name.
fn sample(provider: &str, label: &str, secrets: Value, identity: Value) -> Value {
    json!({
        "provider": provider,
        "server": provider,
        "label": label,
        "secrets": secrets,
        "identity": identity,
    })
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs};

    use memberdesk::{
        change::identity::Identity,
        desk::config::Config,
        provider::{Ask, Provider},
    };
    use simulated::Simulated;

    use crate::{
        process::root,
        provider_files,
        run::{
            deployment::{config, simulated_addresses},
            shipped,
        },
    };

    /// As the page reads them, and where they lead.
    fn read() -> (Config, Simulated) {
        let simulated = Simulated::start(Default::default()).expect("ports are free");
        let providers = provider_files::read_all(&root().join("providers")).expect("they are there");
        let config = config(&shipped(), &providers, &simulated_addresses(&simulated), true);
        (Config::parse(&config).unwrap_or_else(|faults| panic!("{faults:#?}")), simulated)
    }

    #[test]
    fn every_sample_answers_the_first_form_and_names_a_member() {
        for sample in read().0.samples {
            let label = &sample.label;
            let path = root().join("providers").join(format!("{}.json", sample.provider));
            let text = fs::read_to_string(path).expect("a provider file");
            let provider = Provider::parse(&text).unwrap_or_else(|faults| panic!("{faults:#?}"));
            assert!(provider.server(&sample.server).is_some(), "{label}");
            let given: BTreeSet<&str> = sample.secrets.iter().map(|(key, _)| key.as_str()).collect();
            let ways: Vec<&[Ask]> = provider.ways.iter().map(|way| way.asks.as_slice()).collect();
            let ways = if ways.is_empty() { vec![[].as_slice()] } else { ways };
            let mut forms = ways.iter().map(|asks| -> BTreeSet<&str> {
                provider.asks.iter().chain(*asks).map(|ask| ask.key.as_str()).collect()
            });
            assert!(forms.any(|form| form == given), "{label}: {given:?}");
            // As the page does: what is known of the connection belongs to what names the member.
            let typed = [sample.secrets.clone(), sample.identity.clone()].concat();
            assert!(Identity::check(&provider, &typed).is_ok(), "{label}");
        }
    }

    #[test]
    fn every_sample_is_a_member_there() {
        let (config, simulated) = read();
        for sample in config.samples {
            let server = match sample.provider.as_str() {
                "webex" => &simulated.webex,
                "aitable" => &simulated.aitable,
                "symbl" => &simulated.symbl,
                "flashapply" => &simulated.flashapply,
                "toluna" => &simulated.toluna,
                other => panic!("{other} is not simulated"),
            };
            assert_eq!(simulated_addresses(&simulated)[&sample.server], server.address());
            let (_, key) = sample.identity.last().expect("the member's own key");
            assert!(server.member(key).is_some(), "{}", sample.label);
        }
    }

    #[test]
    fn every_provider_and_every_way_in_has_samples() {
        let all = read().0.samples;
        for provider in ["webex", "aitable", "symbl", "flashapply", "toluna"] {
            let own = all.iter().filter(|sample| sample.provider == provider).count();
            assert!((3..=5).contains(&own), "{provider}: {own}");
        }
        for key in ["appSecret", "partnerGuid"] {
            let has = |(own, _): &(String, String)| own == key;
            assert!(all.iter().any(|sample| sample.secrets.iter().any(has)), "{key}");
        }
    }
}
