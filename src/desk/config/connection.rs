//! Connections that the owner named: accounts and servers of a provider, beside each other.

use crate::change::limits::limited;
use crate::provider::Provider;
use crate::provider::fault::{Fault, Faults};
use crate::provider::reader::Place;
use crate::provider::server::{Server, is_slug};
use crate::transport::Address;

use crate::desk::link::Link;

use super::{Config, address};

/// One account at one server of a provider, by the name that the owner gave it.
#[derive(Clone, Debug, PartialEq)]
pub struct Connection {
    pub provider: String,
    pub name: String,
    /// One of the file's servers, or one that is known here alone.
    pub server: String,
    /// Where that is, if it is said here and not in `servers`.
    pub address: Option<Address>,
    /// What is known of it, as which panel it is: that is not asked.
    pub known: Vec<(String, String)>,
    /// Nobody real is changed there.
    pub test: bool,
}

/// Where a link leads, by the file and by the owner's word.
#[derive(Clone, Debug, PartialEq)]
pub enum Leads {
    /// To one of the owner's connections, by its name; where there are none, to a server.
    To(String),
    /// It names no member, and may be followed wherever one is.
    Anywhere,
    /// The place that it means is not known here, or it is not known which one it means.
    Nowhere,
}

/// All of them. The addresses of their servers go to those that the owner named otherwise.
pub(super) fn read_all(
    place: &Place,
    providers: &[String],
    servers: &mut Vec<(String, Address)>,
) -> Vec<Connection> {
    let mut all: Vec<Connection> = Vec::new();
    let before = servers.len();
    for place in place.list() {
        all.extend(read(&place, providers, servers, before, &all));
    }
    all
}

fn read(
    place: &Place,
    providers: &[String],
    servers: &mut Vec<(String, Address)>,
    // So many of them the owner named by themselves.
    before: usize,
    others: &[Connection],
) -> Option<Connection> {
    let object = place.object()?;
    let provider = object.need_text("provider");
    if let Some(place) = object.get("provider")
        && !provider.is_empty()
        && !providers.contains(&provider)
    {
        place.fault("This provider is not offered.", "Add it to “providers”, or write one that is there.");
    }
    let name = object.need_text("name");
    if let Some(place) = object.get("name").filter(|_| name.trim().contains(char::is_control)) {
        place.fault("This name has a character that nobody sees.", "Write it in one line.");
    }
    let is_twice = |other: &Connection| other.provider == provider && other.name == name.trim();
    if let Some(place) = object.get("name").filter(|_| others.iter().any(is_twice)) {
        place.fault("Another connection of this provider has this name.", "Give each a name of its own.");
    }
    let wanted = "a server’s name in small letters, digits and -, as in live-2";
    let slug = |place: Place| place.parsed(wanted, |text| is_slug(text).then(|| text.to_string()));
    let server = object.need("server").and_then(slug);
    if let Some(place) = object.get("server")
        && let Some(server) = &server
        && others.iter().any(|other| other.provider != provider && other.server == *server)
    {
        place.fault("Another provider has a connection to this server.", "Give the server another name.");
    }
    let mut said = None;
    if let Some(place) = object.get("address")
        && let Some(own) = address(&place)
        && let Some(server) = &server
    {
        let known = servers.iter().position(|(slug, _)| slug == server);
        said = Some(own.clone()).filter(|_| known.is_none_or(|at| at >= before));
        match known.map(|at| &servers[at]) {
            Some((_, other)) if *other != own => place.fault(
                "This server has another address already.",
                "Write the same one, or give the server another name.",
            ),
            Some(_) => {}
            None => servers.push((server.clone(), own)),
        }
    }
    let known = object.texts("connection");
    let test = object.flag("test");
    object.done();
    Some(Connection { provider, name: name.trim().to_string(), server: server?, address: said, known, test })
}

impl Config {
    /// The connections of a provider, in the owner's order.
    pub fn connections_of(&self, provider: &str) -> impl Iterator<Item = &Connection> {
        self.connections.iter().filter(move |own| own.provider == provider)
    }

    /// Whether nobody real is changed where a link leads.
    pub fn leads_to_test(&self, provider: &Provider, link: &Link) -> bool {
        let is_named = |own: &&Connection| Some(&own.name) == link.connection.as_ref();
        let named = self.connections_of(&provider.id).find(is_named);
        let server = named.map_or(link.server(provider), |own| provider.server(&own.server));
        named.is_some_and(|own| own.test) || server.is_some_and(|server| server.test)
    }

    /// Where a link leads. The same keys may name another member in another place, so what is not known is no place.
    pub fn leads(&self, provider: &Provider, link: &Link) -> Leads {
        if link.is_astray() {
            return Leads::Nowhere;
        }
        let names_member = link.own_keys(provider).next().is_some();
        // A link without a server is of a time when there was one.
        let first = provider.servers.first().map(|server| &server.slug).filter(|_| names_member);
        let server = link.server.as_ref().or(first.filter(|_| link.connection.is_none()));
        let mut all = self.connections_of(&provider.id).peekable();
        if all.peek().is_none() {
            return match server {
                _ if link.connection.is_some() => Leads::Nowhere,
                Some(server) => Leads::To(server.clone()),
                None => Leads::Anywhere,
            };
        }
        let is_said = |key: &str, text: &str| link.keys.iter().all(|(own, said)| own != key || said == text);
        let fits = |own: &&Connection| {
            link.connection.as_ref().is_none_or(|name| own.name == *name)
                && server.is_none_or(|server| own.server == *server)
                && own.known.iter().all(|(key, text)| is_said(key, text))
        };
        let mut found = all.filter(fits);
        match (found.next(), found.next()) {
            (None, _) => Leads::Nowhere,
            (Some(own), None) => Leads::To(own.name.clone()),
            (Some(_), Some(_)) if names_member => Leads::Nowhere,
            (Some(own), Some(_)) if link.server.is_some() => Leads::To(own.name.clone()),
            (Some(_), Some(_)) => Leads::Anywhere,
        }
    }

    /// The server that a link to a member leads to, if it is known.
    pub fn server_of(&self, provider: &Provider, link: &Link) -> Option<String> {
        let Leads::To(place) = self.leads(provider, link) else { return None };
        let named = self.connections_of(&provider.id).find(|own| own.name == place);
        Some(named.map_or(place, |own| own.server.clone()))
    }

    /// What the owner says of a provider's connections and its file does not know.
    pub fn misfits(&self, provider: &Provider) -> Vec<Fault> {
        let faults = Faults::default();
        let plain: Vec<&str> = provider.plain().map(|field| field.key.as_str()).collect();
        for (index, own) in self.connections.iter().enumerate().filter(|(_, own)| own.provider == provider.id)
        {
            let at = ["/connections/", &index.to_string()].concat();
            for (key, text) in &own.known {
                let at = [&at, "/connection/", key].concat();
                match provider.connection.iter().find(|field| field.key == *key) {
                    Some(field) if field.write_only => faults.add(
                        &at,
                        "A secret may not stand here: everybody can read this file.",
                        "Remove it. Whoever connects is asked for it.",
                    ),
                    Some(field) if limited(&field.limits, text.trim()).is_err() || text.trim().is_empty() => {
                        faults.add(
                            &at,
                            "This cannot be the answer to that question.",
                            "Write what would be typed there.",
                        );
                    }
                    Some(_) => {}
                    None => {
                        let says =
                            ["The provider does not ask for “", key, "” when somebody connects."].concat();
                        let cure = match plain.is_empty() {
                            true => "Remove it.".to_string(),
                            false => ["Remove it, or write one of: ", &plain.join(", "), "."].concat(),
                        };
                        faults.add(&at, says, cure);
                    }
                }
            }
            let known = provider.server(&own.server);
            // What one connection says of a server holds for every one there: a live token could go to the test server.
            let is_shared = || {
                let mut others = self.connections_of(&provider.id);
                others.any(|other| other.server == own.server && other.address.is_none())
            };
            if let Some(server) = known
                && own.address.is_some()
                && (server.address.is_some() || is_shared())
            {
                faults.add(
                    &[&at, "/address"].concat(),
                    "This address would hold for every connection to that server, and for the server of the provider’s file.",
                    "Give the server a name of its own, as in live-2. Or remove the address, and write it in “servers”.",
                );
            }
            let is_known = known.is_some();
            if !is_known && !self.servers.iter().any(|(slug, _)| *slug == own.server) {
                let slugs: Vec<&str> = provider.servers.iter().map(|server| server.slug.as_str()).collect();
                let cure = ["Add its “address”, or write one of: ", &slugs.join(", "), "."].concat();
                faults.add(
                    &[&at, "/server"].concat(),
                    "The provider’s file does not know this server.",
                    cure,
                );
            }
        }
        faults.into_list()
    }

    /// The servers that only the owner knows: each is one more of the provider, with a path of its own at the relay.
    pub fn more_servers(&self, provider: &Provider) -> Vec<Server> {
        let mut more: Vec<Server> = Vec::new();
        for own in self.connections_of(&provider.id) {
            let is_there = provider.servers.iter().chain(&more).any(|server| server.slug == own.server);
            let address = self.servers.iter().find(|(slug, _)| *slug == own.server);
            if let Some((slug, address)) = address.filter(|_| !is_there) {
                more.push(Server {
                    slug: slug.clone(),
                    label: own.name.clone(),
                    address: Some(address.as_str().to_string()),
                    test: false,
                });
            }
        }
        more
    }
}

#[cfg(test)]
mod tests;
