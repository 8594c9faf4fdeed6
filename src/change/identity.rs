use crate::provider::Provider;
use crate::provider::field::Field;
use crate::provider::limits::Format;
use crate::provider::paste::Means;
use crate::transport::segment;

use super::limits::{bare, bare_email, limited, tidy};
use super::problem::{Problem, Violation};

/// The keys that name one member, checked: each can stand as one segment of an address.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    keys: Vec<(String, String)>,
    named: Option<Named>,
}

/// A connection that has a name: one account of several, where the same keys may name another member.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub name: String,
    /// Nobody real is changed there.
    pub test: bool,
    /// The keys for which its name stands.
    pub fixed: Vec<String>,
}

/// What a text typed or pasted into one box turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Pasted {
    /// It names these keys, perhaps more than the box asked for.
    Gives(Vec<(String, String)>),
    /// It is something else, and what.
    Says(String),
    Plain(String),
}

/// What a pasted text may be, by the provider's file.
pub fn pasted(provider: &Provider, key: &str, text: &str) -> Pasted {
    let field = provider.identity.iter().find(|field| field.key == key);
    let is_email = field.is_some_and(|field| field.limits.format == Some(Format::Email));
    let text = if is_email { bare_email(text) } else { bare(text) };
    for paste in &provider.paste {
        if !paste.only.is_empty() && !paste.only.iter().any(|only| only == key) {
            continue;
        }
        if let Some(found) = paste.fits(&text) {
            return match &paste.means {
                Means::Gives(gives) => {
                    Pasted::Gives(found.into_iter().filter(|(name, _)| gives.contains(name)).collect())
                }
                Means::Says(says) => Pasted::Says(says.clone()),
            };
        }
    }
    Pasted::Plain(text)
}

impl Identity {
    fn of(keys: Vec<(String, String)>) -> Identity {
        Identity { keys, named: None }
    }

    /// The same at a connection that has a name.
    pub fn at(self, named: Option<Named>) -> Identity {
        Identity { named, ..self }
    }

    pub fn named(&self) -> Option<&Named> {
        self.named.as_ref()
    }

    /// What must be known before any call, checked: a part of what names a member, since one key may name two
    /// members in two panels.
    pub fn connection(provider: &Provider, typed: &[(String, String)]) -> Result<Identity, Vec<Violation>> {
        let mut identity = Vec::new();
        let mut violations = Vec::new();
        for field in provider.plain() {
            let text = typed.iter().find(|(key, _)| *key == field.key).map_or("", |(_, text)| text);
            let text = tidy(text);
            let checked = match text.is_empty() {
                true => Err(Problem::ValueMissing),
                false => limited(&field.limits, &text),
            };
            match checked {
                Ok(()) => identity.push((field.key.clone(), text)),
                Err(problem) => violations.push(Violation::new(&field.key, problem)),
            }
        }
        if violations.is_empty() { Ok(Identity::of(identity)) } else { Err(violations) }
    }

    /// Checks what was typed for each key, and before it for the connection. A pasted address may fill several
    /// keys at once.
    pub fn check(provider: &Provider, typed: &[(String, String)]) -> Result<Identity, Vec<Violation>> {
        let mut keys: Vec<(String, String)> = typed.to_vec();
        for (key, text) in typed {
            if let Pasted::Gives(gives) = pasted(provider, key, text) {
                for (name, value) in gives {
                    keys.retain(|(key, _)| *key != name);
                    keys.push((name, value));
                }
            }
        }
        let (mut identity, mut violations) = match Identity::connection(provider, typed) {
            Ok(connection) => (connection.keys, Vec::new()),
            Err(violations) => (Vec::new(), violations),
        };
        for field in &provider.identity {
            let text = keys.iter().find(|(key, _)| *key == field.key).map_or("", |(_, text)| text);
            let checked = match pasted(provider, &field.key, text) {
                Pasted::Says(says) => Err(Problem::WrongKind(says)),
                Pasted::Gives(_) => Err(Problem::PatternMismatch(None)),
                Pasted::Plain(text) if text.is_empty() => Err(Problem::ValueMissing),
                Pasted::Plain(text) => match segment(&text) {
                    Err(fault) => Err(Problem::NotASegment(fault)),
                    Ok(_) => limited(&field.limits, &text).map(|()| text),
                },
            };
            match checked {
                Ok(text) => identity.push((field.key.clone(), text)),
                Err(problem) => violations.push(Violation::new(&field.key, problem)),
            }
        }
        if violations.is_empty() { Ok(Identity::of(identity)) } else { Err(violations) }
    }

    /// For calls that are about no member, as the test of a credential is.
    pub fn none() -> Identity {
        Identity::of(Vec::new())
    }

    /// The file's own examples, as far as it has them: they name nobody.
    pub fn example(provider: &Provider) -> Identity {
        let open = provider.identity.iter().filter(|field| !field.write_only);
        let examples =
            open.filter_map(|field| Some((field.key.clone(), field.example.as_ref()?.as_str()?.into())));
        Identity::of(examples.collect())
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        self.keys.iter().find(|(name, _)| name == key).map(|(_, text)| text.as_str())
    }

    /// Which connection of the provider it is about, as one text: its name if it has one, and what is known of it.
    /// Empty where there is only one.
    pub fn account(&self, provider: &Provider) -> String {
        let values = provider.connection.iter().filter_map(|field| self.get(&field.key));
        let values = values.collect::<Vec<_>>().join("\n");
        match &self.named {
            Some(named) => [&named.name, "\n", &values].concat(),
            None => values,
        }
    }

    /// What is known of a connection by that one text, without its name.
    pub fn of_account(provider: &Provider, account: &str) -> Vec<(String, String)> {
        let plain = provider.plain().map(|field| field.key.clone());
        plain.zip(account.split('\n').map(str::to_string)).collect()
    }

    pub fn keys(&self) -> impl Iterator<Item = (&str, &str)> {
        self.keys.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }

    /// Keys that do not look as they usually do: said, and not in the way.
    pub fn unusual<'p>(&self, provider: &'p Provider) -> Vec<&'p Field> {
        let fields = provider.identity.iter().filter(|field| {
            let usual = field.limits.usual.as_ref();
            usual.is_some_and(|usual| self.get(&field.key).is_some_and(|text| !usual.fits(text)))
        });
        fields.collect()
    }
}

#[cfg(test)]
mod tests;
