use crate::change::identity::Identity;
use crate::provider::Provider;
use crate::provider::field::Field;
use crate::provider::server::Server;
use crate::provider::sign_in::SignIn;
use crate::transport::query_value;

/// What a link to a member says, as in `server=live&memberId=m-1024&act=deactivate`: names and keys, and never a
/// secret. Nothing is sent by following it: it fills in what somebody would have typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    pub server: Option<String>,
    /// The owner's name for a connection; whether there is one, the file does not know.
    pub connection: Option<String>,
    /// What is known of the connection, and the keys that name the member.
    pub keys: Vec<(String, String)>,
    pub act: Option<String>,
    /// What the provider's file does not know. It is left out, and that is said.
    pub unknown: Vec<String>,
    /// The names of secrets, which may not stand in a link. They are left out too.
    pub secrets: Vec<String>,
}

const SERVER: &str = "server";
const CONNECTION: &str = "connection";
const ACT: &str = "act";

impl Link {
    /// The link to a member. Where there is one server it is not named, nor where the connection has a name.
    pub fn to(provider: &Provider, server: &str, member: &Identity) -> Link {
        let named = member.named();
        // What the name of a connection stands for need not be said.
        let is_open = |key: &str| named.is_none_or(|own| !own.fixed.iter().any(|own| own == key));
        let keys = member.keys().filter(|(key, _)| is_open(key));
        Link {
            server: Some(server.to_string()).filter(|_| provider.servers.len() > 1 && named.is_none()),
            connection: named.map(|own| own.name.clone()),
            keys: keys.map(|(key, text)| (key.to_string(), text.to_string())).collect(),
            ..Link::default()
        }
    }

    /// Whether it names a place that the file does not know.
    pub fn is_astray(&self) -> bool {
        self.unknown.iter().any(|name| name == SERVER || name == CONNECTION)
    }

    /// Takes out what is only true in the place that it means. The names of that place are not known here.
    pub fn lose_place(&mut self) {
        self.unknown.extend(self.connection.take().map(|_| CONNECTION.to_string()));
        self.unknown.extend(self.server.take().map(|_| SERVER.to_string()));
        self.keys.clear();
        self.act = None;
    }

    /// The server that it leads to: the first one where it names none.
    pub fn server<'p>(&self, provider: &'p Provider) -> Option<&'p Server> {
        self.server.as_ref().map_or(provider.servers.first(), |slug| provider.server(slug))
    }

    /// Where it leads: the provider, the owner's connection or its server where there are several, and what is known of
    /// the connection.
    pub fn place(&self, provider: &Provider) -> String {
        let server = self.server(provider).filter(|server| provider.servers.len() > 1 || server.test);
        let is_known = |key: &str| provider.connection.iter().any(|field| field.key == key);
        let known = self.keys.iter().filter(|(key, _)| is_known(key)).map(|(_, text)| text.as_str());
        let which = self.connection.as_ref().or(server.map(|server| &server.label));
        let parts = [provider.name.as_str()].into_iter().chain(which.map(String::as_str));
        parts.chain(known).collect::<Vec<_>>().join(" · ")
    }

    /// What names the member there, whatever the connection is called: two names may mean one panel.
    pub fn own_keys<'a>(&'a self, provider: &'a Provider) -> impl Iterator<Item = &'a str> {
        let find = |field: &'a Field| self.keys.iter().find(|(key, _)| *key == field.key);
        provider.identity.iter().filter_map(find).map(|(_, text)| text.as_str())
    }

    pub fn parse(provider: &Provider, text: &str) -> Link {
        let mut link = Link::default();
        for part in text.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            // A value may be a secret, so only the name is told.
            let name = decoded(name).unwrap_or_else(|| name.to_string());
            if is_secret(provider, &name) {
                link.secrets.push(name);
                continue;
            }
            let Some(value) = decoded(value) else {
                link.unknown.push(name);
                continue;
            };
            if name == SERVER && provider.server(&value).is_some() {
                link.server = Some(value);
            } else if name == CONNECTION {
                link.connection = Some(value);
            } else if name == ACT && provider.act(&value).is_some() {
                link.act = Some(value);
            } else if keys(provider).any(|field| field.key == name) {
                link.keys.retain(|(key, _)| *key != name);
                link.keys.push((name, value));
            } else {
                link.unknown.push(name);
            }
        }
        link
    }

    /// The link as text, with what the file knows.
    pub fn text(&self, provider: &Provider) -> String {
        let plain = |key: &str| keys(provider).any(|field| field.key == key);
        let keys = self.keys.iter().filter(|(key, _)| plain(key));
        let parts = self.server.iter().map(|server| (SERVER, server.as_str()));
        let named = self.connection.iter().map(|name| (CONNECTION, name.as_str()));
        let parts = parts.chain(named).chain(keys.map(|(key, value)| (key.as_str(), value.as_str())));
        let parts = parts.chain(self.act.iter().map(|act| (ACT, act.as_str())));
        let parts = parts.map(|(name, value)| [&query_value(name), "=", &query_value(value)].concat());
        parts.collect::<Vec<_>>().join("&")
    }
}

/// What may stand in a link.
fn keys(provider: &Provider) -> impl Iterator<Item = &Field> {
    provider.plain().chain(&provider.identity)
}

/// Whether it is the name of something that nobody may see: where one signs in, or in a change.
fn is_secret(provider: &Provider, name: &str) -> bool {
    let needs = provider.sign_in.iter().filter_map(SignIn::exchange).flat_map(|way| &way.needs);
    let hidden = provider.fields.iter().filter(|field| field.write_only);
    let fields = provider.secrets().chain(needs).chain(hidden).map(|field| &field.key);
    provider.sign_in.iter().map(|way| &way.way.id).chain(fields).any(|key| key == name)
}

/// A long key as its beginning and its end, for a sentence.
pub fn shortened(key: &str) -> String {
    const ENDS: usize = 8;
    let letters: Vec<char> = key.chars().collect();
    if letters.len() <= 3 * ENDS {
        return key.to_string();
    }
    let (begin, end) = (&letters[..ENDS], &letters[letters.len() - ENDS..]);
    begin.iter().chain(&['…']).chain(end).collect()
}

/// A text as it was before percent-encoding (RFC 3986); nothing if it never was one.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
            bytes.push((digit()? * 16 + digit()?) as u8);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests;
