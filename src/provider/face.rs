use super::reader::Object;
use super::server::Server;
use super::tree::{Tree, flag, named, text};

/// What one must know of a provider to meet it: who it is, where it is, and how one signs in.
///
/// It is a part of every provider, and all that the first form needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Face {
    pub id: String,
    pub name: String,
    /// What one record is called, as in "membership".
    pub member: String,
    pub about: String,
    pub docs: Option<String>,
    pub servers: Vec<Server>,
    /// Where names are asked for, and nothing else.
    pub names: Option<Server>,
    /// What must be known before any call: a panel, a space.
    pub asks: Vec<Ask>,
    pub ways: Vec<Way>,
    /// What the keys are called that one must have to name a member: those that no list gives.
    pub keys: Vec<String>,
}

/// A question of the first form.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    pub key: String,
    pub label: String,
    pub hint: Option<String>,
    /// Hidden while it is typed.
    pub secret: bool,
}

/// A way to a credential, as far as a person sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// What the secret is called in requests; it is shown as `$` and this name.
    pub id: String,
    pub label: String,
    /// What is asked for. Each answer is a secret, whether or not it is hidden while it is typed.
    pub asks: Vec<Ask>,
}

impl Face {
    /// Takes the face out of a file. Nothing if it cannot be: what is wrong, reading the whole file tells.
    pub fn of(file: &impl Tree) -> Option<Face> {
        let ways = file.get("sign_in").map(|ways| ways.list()).unwrap_or_default();
        let find = file.get("find").map(|find| find.list()).unwrap_or_default();
        let given: Vec<String> = find.iter().filter_map(|step| text(step, "gives")).collect();
        let key = |key: &str, field: &_| text(field, "label").filter(|_| !given.iter().any(|own| own == key));
        Some(Face {
            id: text(file, "id")?,
            name: text(file, "name")?,
            member: text(file, "member")?,
            about: text(file, "about")?,
            docs: text(file, "docs"),
            servers: named(file, "servers", Server::of),
            names: file
                .get("reference")
                .and_then(|reference| Server::of(&text(&reference, "server")?, &reference)),
            asks: named(file, "connection", Ask::of),
            ways: ways.iter().filter_map(Way::of).collect(),
            keys: named(file, "identity", key),
        })
    }

    /// What one must have to change a member here, by its name: for the connection, to sign in, and to name the member
    /// where nobody can find one by name.
    pub fn needs(&self) -> Vec<&str> {
        let way = self.ways.first().into_iter().flat_map(|way| &way.asks);
        let asks = self.asks.iter().chain(way).map(|ask| ask.label.as_str());
        asks.chain(self.keys.iter().map(String::as_str)).collect()
    }

    /// Names what is wrong with it.
    pub(super) fn check(object: &Object) {
        ["id", "name", "member", "about"].into_iter().for_each(|key| _ = object.need_text(key));
        object.text("docs");
        let servers = object.need("servers").and_then(|place| place.object());
        let servers = servers.map(|servers| servers.entries()).unwrap_or_default();
        servers.iter().for_each(|(slug, place)| Server::check(slug, place));
    }

    /// A server that one can connect to.
    pub fn server(&self, slug: &str) -> Option<&Server> {
        self.servers.iter().find(|server| server.slug == slug)
    }

    /// Every server that is called, be it for names alone.
    pub fn places(&self) -> impl Iterator<Item = &Server> {
        self.servers.iter().chain(&self.names)
    }
}

impl Ask {
    pub(super) fn of(key: &str, value: &impl Tree) -> Option<Ask> {
        let secret = flag(value, "writeOnly");
        Some(Ask { key: key.to_string(), label: text(value, "label")?, hint: text(value, "hint"), secret })
    }
}

impl Way {
    pub(super) fn of(value: &impl Tree) -> Option<Way> {
        let (id, label) = (text(value, "id")?, text(value, "label")?);
        let asks = match value.get("needs") {
            Some(_) => named(value, "needs", Ask::of),
            None => {
                vec![Ask { key: id.clone(), label: label.clone(), hint: text(value, "hint"), secret: true }]
            }
        };
        Some(Way { id, label, asks })
    }
}
