use crate::change::receipt::{Outcome, Receipt};
use crate::provider::Provider;

use super::link::Link;

/// So many are remembered.
const MOST: usize = 10;

/// What was done last in this tab, the newest first. It is in memory, and goes with the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History(Vec<Entry>);

/// One change that came to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub provider: String,
    /// What the provider is called.
    pub name: String,
    /// The member in words, and the text of the [`Link`] to it; neither of one that is forgotten.
    pub member: Option<(String, String)>,
    pub outcome: Outcome,
    /// Milliseconds since 1970.
    pub at: u64,
    /// What names the member, whatever the connection is called: two names may mean one panel.
    keys: Vec<String>,
}

impl History {
    pub fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// Remembers a change. A member that is to be forgotten is, in earlier entries too.
    pub fn note(&mut self, provider: &Provider, receipt: &Receipt) {
        let own = provider.identity.iter().filter_map(|field| receipt.identity.get(&field.key));
        let keys: Vec<String> = own.map(str::to_string).collect();
        let several = provider.servers.len() > 1;
        let link = Link {
            server: Some(receipt.server.clone()).filter(|_| several),
            keys: receipt.identity.keys().map(|(key, text)| (key.to_string(), text.to_string())).collect(),
            ..Link::default()
        };
        let entry = Entry {
            provider: provider.id.clone(),
            name: provider.name.clone(),
            member: (!receipt.forget).then(|| (receipt.title.clone(), link.text(provider))),
            outcome: receipt.outcome.clone(),
            at: receipt.at,
            keys: if receipt.forget { Vec::new() } else { keys.clone() },
        };
        if receipt.forget {
            self.0.retain(|own| own.provider != provider.id || own.keys != keys);
        }
        self.0.insert(0, entry);
        self.0.truncate(MOST);
    }
}

#[cfg(test)]
mod tests {
    use super::History;
    use crate::change::identity::Identity;
    use crate::change::receipt::{Outcome, Receipt};
    use crate::provider::Provider;

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
        for (panel, code, forget) in
            [("UK", "m-1", false), ("UK", "m-2", false), ("United Kingdom", "m-1", true)]
        {
            history.note(&provider, &receipt(&provider, panel, code, forget));
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
            history.note(&provider, &receipt(&provider, "UK", &format!("m-{number}"), false));
        }
        let (title, link) = history.entries()[0].member.clone().expect("a member");
        assert_eq!((title.as_str(), history.entries().len()), ("m-11", 10));
        assert!(link.ends_with("panel=UK&memberCode=m-11"), "{link}");
    }
}
