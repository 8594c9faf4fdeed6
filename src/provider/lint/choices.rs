//! What values are chosen from, and the server that is asked for names.

use super::requests::count_braces;
use super::{Linter, unknown};
use crate::provider::call::Method;
use crate::provider::field::Kind;
use crate::provider::list::{Lookup, holes};

const OF: &str = "In the list for the key of a row, name another of its “properties”.";

impl Linter<'_> {
    /// The lists that values are chosen from: what they name, and where they stand.
    pub(super) fn choices(&self) {
        let provider = self.provider;
        let own = provider.connection.iter().chain(&provider.identity);
        let own: Vec<&str> = own.map(|field| field.key.as_str()).collect();
        for (pointer, lookup) in provider.lookups() {
            let of_ask = pointer.strip_prefix("/reference/asks/").and_then(|key| key.split('/').next());
            let asked = self.asked(of_ask);
            match lookup.is_reference {
                true if provider.reference.is_none() => {
                    let says = "No server is asked for names.";
                    self.faults.add(&[&pointer, "/at"].concat(), says, "Add “reference”, or remove “at”.");
                }
                true => self.lookup(&pointer, lookup, &asked, &[]),
                false if of_ask.is_some() => {
                    let says = "A member is not known there.";
                    self.faults.add(&pointer, says, "Write “at”: “reference”.");
                }
                false => self.lookup(&pointer, lookup, &own, &[]),
            }
            self.body(&pointer, lookup, &asked);
        }
        self.chosen();
    }

    /// What the server that is asked for names has asked for: all of it, or what comes before this key. Secrets are asked
    /// for first.
    fn asked(&self, key: Option<&str>) -> Vec<&str> {
        let asks = self.provider.reference.iter().flat_map(|reference| &reference.asks);
        let before = asks.clone().take_while(|field| key != Some(field.key.as_str()));
        let secrets = asks.filter(|field| field.write_only);
        before.chain(secrets).map(|field| field.key.as_str()).collect()
    }

    /// Only what is sent as a text or a number is chosen, and a list within an entry is for another property.
    fn chosen(&self) {
        let asks = self.provider.reference.iter().flat_map(|reference| &reference.asks);
        let asks = asks.map(|field| ("/reference/asks/", field, true));
        let other = self.provider.connection.iter().map(|field| ("/connection/", field, false));
        let other = other.chain(self.provider.identity.iter().map(|field| ("/identity/", field, false)));
        let fields = self.provider.fields.iter().map(|field| ("/fields/", field, !field.read_only));
        for (part, field, may) in fields.chain(asks).chain(other) {
            let pointer = [part, &field.key].concat();
            let is_plain = matches!(field.kind, Kind::Text | Kind::Number { .. }) && !field.write_only;
            if field.choices.is_some() && !(may && is_plain) {
                let cure = "Remove “choices”; of a list, write it into “items”.";
                self.faults.add(&[&pointer, "/choices"].concat(), "This is not chosen from a list.", cure);
            }
            let inner = |lookup: &Lookup| lookup.of.first().map(|inner| inner.property.clone());
            if let Some(property) = field.choices.as_ref().and_then(|own| inner(own)) {
                self.faults.add(&[&pointer, "/choices/of"].concat(), unknown(&property), OF);
            }
            let Kind::List(items) = &field.kind else { continue };
            let of_key = items.choices.iter().flat_map(|own| &own.of);
            let stray = of_key.filter(|inner| !items.parts.iter().any(|part| part.name == inner.property));
            let of_parts = items.parts.iter().filter_map(|part| inner(part.choices.as_ref()?));
            for property in stray.map(|inner| inner.property.clone()).chain(of_parts) {
                self.faults.add(&[&pointer, "/items"].concat(), unknown(&property), OF);
            }
        }
    }

    /// What is sent with a list: only to the server that changes nothing, and without a secret.
    fn body(&self, pointer: &str, lookup: &Lookup, asked: &[&str]) {
        let calls = lookup.calls().map(|call| call.method).collect::<Vec<_>>();
        let at = [pointer, "/body"].concat();
        if lookup.body.is_some() != (calls.last() == Some(&Method::Post)) {
            let cure = "Write “body” and POST together, or neither.";
            self.faults.add(&at, "A body goes with POST alone.", cure);
        }
        let Some(body) = &lookup.body else { return };
        if !lookup.is_reference {
            let cure = "Write “at”: “reference”, or ask with GET.";
            self.faults.add(&at, "Where records are changed, lists are asked for with GET.", cure);
        }
        let is_secret = |name: &str| self.provider.reference.iter().any(|own| own.is_secret(name));
        for name in holes(body).into_iter().filter(|name| !asked.contains(name) || is_secret(name)) {
            self.faults.add(&at, unknown(name), "Name a key of “asks” that is no secret.");
        }
        if count_braces(body) != holes(body).len() {
            let cure = "Put each name alone.";
            self.faults.add(&at, "A name in braces is not where it can be filled in.", cure);
        }
    }

    /// The server that is asked for names: its headers name what it asks for, and a secret is there for nothing else.
    pub(super) fn reference(&self) {
        let Some(reference) = &self.provider.reference else { return };
        for (name, value) in &reference.headers {
            self.header(name);
            for name in value.names().filter(|name| !reference.asks.iter().any(|field| field.key == *name)) {
                self.faults.add("/reference/headers", unknown(name), "Name a key of “asks”.");
            }
        }
        if self.provider.names.as_ref().is_some_and(|own| self.provider.server(&own.slug).is_some()) {
            let says = "Something else has this name already.";
            self.faults.add("/reference/server", says, "Give it another name.");
        }
        if self.provider.read.also.iter().any(|also| also.name == "reference") {
            let cure = "Give the extra read another one.";
            self.faults.add("/read/also/reference", "Another call has this name.", cure);
        }
    }
}
