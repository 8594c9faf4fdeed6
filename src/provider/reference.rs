use super::call::headers;
use super::field::Field;
use super::reader::Place;
use super::server::{Server, is_slug};
use super::template::Template;

/// Another server of the same provider, which is asked for nothing but names.
///
/// It has a key of its own: no credential, no secret of the connection and no key of a member goes there.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// Headers of every call to it.
    pub headers: Vec<(String, Template)>,
    /// What its calls need. What is write-only there is a secret.
    pub asks: Vec<Field>,
}

impl Reference {
    pub(super) fn read(place: &Place) -> Option<Reference> {
        let object = place.object()?;
        Server::check_words(&object);
        if let Some(server) = object.need("server")
            && let Some(slug) = server.text()
            && !is_slug(&slug)
        {
            server.fault("This name cannot be a path.", "Use small letters, digits and -, as in live-2.");
        }
        let asks = object.need("asks").and_then(|place| place.object()).map(|asks| asks.entries());
        let asks = asks.unwrap_or_default().into_iter();
        let reference = Reference {
            headers: object.get("headers").map(|place| headers(&place)).unwrap_or_default(),
            asks: asks.filter_map(|(key, place)| Field::read(key, &place)).collect(),
        };
        object.done();
        Some(reference)
    }

    /// The secrets that it is asked with.
    pub fn secrets(&self) -> impl Iterator<Item = &Field> {
        self.asks.iter().filter(|field| field.write_only)
    }

    pub fn is_secret(&self, name: &str) -> bool {
        self.secrets().any(|field| field.key == name)
    }
}
