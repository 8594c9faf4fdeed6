use super::reader::{Object, Place};
use super::tree::{Tree, flag, text};

/// One place where a provider can be reached. Its slug is the path at the relay, so two servers never mix.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    pub slug: String,
    pub label: String,
    /// `None`: only the owner knows it ("ask").
    pub address: Option<String>,
    /// A test server is marked on every page and receipt.
    pub test: bool,
}

impl Server {
    pub(super) fn of(slug: &str, value: &impl Tree) -> Option<Server> {
        let address = text(value, "address").filter(|address| address != "ask");
        let test = flag(value, "test");
        Some(Server { slug: slug.to_string(), label: text(value, "label")?, address, test })
    }

    /// Names what is wrong with it.
    pub(super) fn check(slug: &str, place: &Place) {
        if !is_slug(slug) {
            place.fault("This name cannot be a path.", "Use small letters, digits and -, as in live-2.");
        }
        let Some(object) = place.object() else { return };
        Server::check_words(&object);
        object.flag("test");
        object.done();
    }

    /// Names what is wrong with what it is called and where it is.
    pub(super) fn check_words(object: &Object) {
        object.need_text("label");
        let address = object.need("address").and_then(|place| place.text());
        let usable = |address: &str| {
            let known = address.starts_with("https://") || address.starts_with("http://");
            address == "ask" || (known && !address.ends_with('/'))
        };
        if address.is_some_and(|address| !usable(&address)) {
            let cure = "Write https://host without a slash at the end, or “ask”.";
            object.place().fault("This address cannot be used.", cure);
        }
    }
}

/// Small letters, digits and `-`: fit for a file name, an address and a path at the relay.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
