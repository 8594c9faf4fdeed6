//! Requests: what they name, and what they may do.

use serde_json::Value;

use super::{Linter, unknown};
use crate::provider::call::Method;
use crate::provider::sign_in::{Exchange, SignIn};

impl Linter<'_> {
    pub(super) fn calls(&self) {
        let provider = self.provider;
        let keys = provider.connection.iter().chain(&provider.identity);
        let keys: Vec<&str> = keys.map(|field| field.key.as_str()).collect();
        let check = |pointer: &str, names: Vec<&str>, known: &[&str]| {
            for name in names {
                if !known.contains(&name) {
                    self.faults.add(
                        pointer,
                        unknown(name),
                        "Name a key of “identity”, or one that “with” gives.",
                    );
                }
            }
        };
        let connection: Vec<&str> = provider.connection.iter().map(|field| field.key.as_str()).collect();
        for (name, template) in &provider.headers {
            // They go with calls that are about no member too.
            check("/headers", template.names().collect(), &connection);
            self.header(name);
        }
        for (_, call) in provider.calls() {
            call.headers.iter().for_each(|(name, _)| self.header(name));
        }
        check("/read/call", provider.read.call.names().collect(), &keys);
        check("/update/call", provider.update.call.names().collect(), &keys);
        if provider.update.call.method == Method::Get {
            self.faults.add(
                "/update/call/method",
                "A change cannot be made by reading.",
                "Write PUT, PATCH or POST.",
            );
        }
        for (at, template) in &provider.update.set {
            let secret = |name: &str| provider.secrets().any(|field| field.key == name);
            if template.names().any(secret) && template.parts().len() > 1 {
                self.faults.add(
                    "/update/set",
                    "A secret stands alone in a body.",
                    "Remove what is beside its name.",
                );
            }
            check(
                &["/update/set/", &at.as_str().replace('~', "~0").replace('/', "~1")].concat(),
                template.names().collect(),
                &keys,
            );
        }
        for also in &provider.read.also {
            if ["read", "update", "sign_in", "exchange"].contains(&also.name.as_str()) {
                let pointer = ["/read/also/", &also.name].concat();
                self.faults.add(&pointer, "Another call has this name.", "Give the extra read another one.");
            }
            let given = also.with.iter().map(|(name, _)| name.as_str());
            let known: Vec<&str> = keys.iter().copied().chain(given).collect();
            check(&["/read/also/", &also.name, "/call"].concat(), also.call.names().collect(), &known);
        }
        let reads = provider.calls().into_iter().filter(|(name, _)| !["update", "exchange"].contains(name));
        for (name, call) in reads {
            let is_read = call.method == Method::Get || (name == "reference" && call.method == Method::Post);
            if !is_read {
                let says = ["The call “", name, "” only reads."].concat();
                let pointer = if ["find", "reference"].contains(&name) { "/find" } else { "/read" };
                self.faults.add(pointer, says, "Write GET.");
            }
        }
        for (index, sign_in) in provider.sign_in.iter().enumerate() {
            let pointer = ["/sign_in/", &index.to_string()].concat();
            if let Some(test) = &sign_in.test {
                check(&pointer, test.call.names().collect(), &connection);
            }
            match sign_in.exchange() {
                Some(exchange) => self.exchange(&pointer, sign_in, exchange, &connection),
                None if provider.credential().is_some_and(|first| first.way.id != sign_in.way.id) => {
                    let cure = "Make it an exchange, or remove it.";
                    self.faults.add(
                        &pointer,
                        "Another way has the credential that goes with requests.",
                        cure,
                    );
                }
                None => {}
            }
        }
    }

    fn exchange(&self, pointer: &str, sign_in: &SignIn, exchange: &Exchange, connection: &[&str]) {
        let provider = self.provider;
        let needs: Vec<&str> = exchange.needs.iter().map(|field| field.key.as_str()).collect();
        let body = [pointer, "/body"].concat();
        for name in exchange.call.names().filter(|name| !connection.contains(name)) {
            self.faults.add(pointer, unknown(name), "Name a key of “connection”.");
        }
        if exchange.call.method == Method::Get {
            self.faults.add(pointer, "An exchange sends secrets, and not in an address.", "Write POST.");
        }
        if sign_in.test.is_some() {
            let cure = "Move “test” to the way whose credential this gives.";
            self.faults.add(&[pointer, "/test"].concat(), "What an exchange gives is tested there.", cure);
        }
        if needs.is_empty() {
            self.faults.add(&[pointer, "/needs"].concat(), "Nothing is asked for.", "Add what is exchanged.");
        }
        let holes = exchange.holes();
        for (_, name) in holes.iter().filter(|(_, name)| !needs.contains(name)) {
            self.faults.add(&body, unknown(name), "Name a key of “needs”.");
        }
        if !exchange.body.is_object() {
            self.faults.add(&body, "What is sent is no object.", "Write an object: { … }.");
        }
        if count_braces(&exchange.body) != holes.len() {
            let cure = "Put each name alone, and not deeper than the first level.";
            self.faults.add(&body, "A name in braces is not where it can be filled in.", cure);
        }
        if provider.credential().is_none_or(|way| way.way.id != exchange.gives.0) {
            let cure = "Name the first way that is no exchange.";
            self.faults.add(&[pointer, "/gives"].concat(), unknown(&exchange.gives.0), cure);
        }
    }

    /// A header's name is a token (RFC 9110, section 5.6.2).
    pub(super) fn header(&self, name: &str) {
        let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
        if name.is_empty() || !name.bytes().all(token) {
            let says = ["“", name, "” is not the name of a header."].concat();
            self.faults.add("/headers", says, "Use letters, digits and -.");
        }
    }
}

/// How many texts of a value have a name in braces, however deep.
pub(super) fn count_braces(value: &Value) -> usize {
    match value {
        Value::String(text) => usize::from(text.contains('{')),
        Value::Array(values) => values.iter().map(count_braces).sum(),
        Value::Object(map) => map.values().map(count_braces).sum(),
        _ => 0,
    }
}
