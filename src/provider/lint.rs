use serde_json::Value;

use super::Provider;
use super::answers::Rate;
use super::call::Method;
use super::condition::{Condition, Subject};
use super::fault::Faults;
use super::field::{Clear, Field, Kind, Limits, Send};
use super::paste::Means;
use super::pointer::At;
use super::server::is_slug;
use super::template::Template;

/// What must hold between the parts of a provider file, once each part can be read.
///
/// A fault here would be a surprise later, in front of an admin: a name that nothing gives, a field that is
/// never written, a risk about a field that is not there.
pub fn lint(provider: &Provider, faults: &Faults) {
    let linter = Linter { provider, faults };
    linter.whole();
    linter.identity();
    linter.fields();
    linter.calls();
    linter.conditions();
    linter.explain();
    linter.pace();
}

struct Linter<'a> {
    provider: &'a Provider,
    faults: &'a Faults,
}

impl Linter<'_> {
    fn whole(&self) {
        let provider = self.provider;
        for (index, way) in provider.sign_in.iter().enumerate() {
            if provider.sign_in[..index].iter().any(|other| other.id == way.id) {
                let pointer = ["/sign_in/", &index.to_string(), "/id"].concat();
                self.faults.add(&pointer, "Another way to sign in has this id.", "Give each its own.");
            }
        }
        if !is_slug(&provider.id) || provider.id == "settings" {
            self.faults.add(
                "/id",
                "This name cannot be a file name.",
                "Use small letters, digits and -, and not “settings”.",
            );
        }
        let some = [
            ("/servers", provider.servers.is_empty(), "server"),
            ("/sign_in", provider.sign_in.is_empty(), "way to sign in"),
            ("/identity", provider.identity.is_empty(), "key"),
            ("/title", provider.title.is_empty(), "template"),
            ("/fields", provider.fields.iter().all(|field| field.read_only), "field that can be written"),
        ];
        for (pointer, missing, what) in some {
            if missing {
                self.faults.add(
                    pointer,
                    "Something is missing here.",
                    ["Add at least one ", what, "."].concat(),
                );
            }
        }
        for (index, template) in provider.title.iter().enumerate() {
            self.names(&["/title/", &index.to_string()].concat(), template, &[]);
        }
        for (index, template) in provider.second.iter().enumerate() {
            self.names(&["/second/", &index.to_string()].concat(), template, &[]);
        }
    }

    fn identity(&self) {
        let keys: Vec<&str> = self.provider.identity.iter().map(|field| field.key.as_str()).collect();
        for field in &self.provider.identity {
            let pointer = ["/identity/", &field.key].concat();
            self.example(&pointer, field);
            if self.provider.field(&field.key).is_some() {
                let cure = "Give the key or the field another name.";
                self.faults.add(&pointer, "A field has the same name as this key.", cure);
            }
        }
        for (index, paste) in self.provider.paste.iter().enumerate() {
            let pointer = ["/paste/", &index.to_string()].concat();
            let given: Vec<&str> = paste.shape.names().collect();
            let named = match &paste.means {
                Means::Gives(gives) => gives,
                Means::Says(_) => &paste.only,
            };
            if matches!(&paste.means, Means::Gives(gives) if gives.is_empty()) {
                self.faults.add(&pointer, "Nothing is given.", "Name a key of “identity” in “gives”.");
            }
            for key in named {
                if !keys.contains(&key.as_str()) {
                    self.faults.add(&pointer, unknown(key), "Name a key of “identity”.");
                } else if matches!(paste.means, Means::Gives(_)) && !given.contains(&key.as_str()) {
                    self.faults.add(&pointer, unknown(key), "Add it to “match”, in braces.");
                }
            }
        }
    }

    fn fields(&self) {
        for field in &self.provider.fields {
            let pointer = ["/fields/", &field.key].concat();
            self.example(&pointer, field);
            for at in &field.at {
                self.at(&[&pointer, "/at"].concat(), at);
            }
            if field.read_only {
                let written = field.to.is_some() || field.send == Send::Always;
                if written || field.at.is_empty() {
                    let cure = "Give it “at”; remove “to” and “send”, or remove “readOnly”.";
                    self.faults.add(
                        &pointer,
                        "A field that is only read needs “at” and nothing to write.",
                        cure,
                    );
                }
                continue;
            }
            if field.to.is_none() {
                self.faults.add(&pointer, "Nothing says where this is written.", "Add “to”, or “readOnly”.");
            }
            if field.send == Send::Always && field.at.is_empty() {
                let cure = "Add “at”, or “send”: “changed”.";
                self.faults.add(&pointer, "A field that is always sent must be readable.", cure);
            }
            if matches!(field.kind, Kind::Flag) && !matches!(field.clear, Clear::No(_)) {
                self.faults.add(&pointer, "A yes or no cannot be emptied.", "Remove “clear”.");
            }
            if field.when.is_some() != field.unless.is_some() {
                let cure = "Add the one that is missing, or remove the other.";
                self.faults.add(&pointer, "“when” and “unless” (why it is not offered) go together.", cure);
            }
        }
    }

    fn calls(&self) {
        let provider = self.provider;
        let keys: Vec<&str> = provider.identity.iter().map(|field| field.key.as_str()).collect();
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
        for (name, template) in &provider.headers {
            check("/headers", template.names().collect(), &keys);
            self.header(name);
        }
        for (_, call) in provider.calls() {
            call.headers.iter().for_each(|(name, _)| self.header(name));
        }
        check("/read/call", provider.read.call.names().collect(), &keys);
        check("/update/call", provider.update.call.names().collect(), &keys);
        for also in &provider.read.also {
            if ["read", "update", "sign_in"].contains(&also.name.as_str()) {
                let pointer = ["/read/also/", &also.name].concat();
                self.faults.add(&pointer, "Another call has this name.", "Give the extra read another one.");
            }
            let given = also.with.iter().map(|(name, _)| name.as_str());
            let known: Vec<&str> = keys.iter().copied().chain(given).collect();
            check(&["/read/also/", &also.name, "/call"].concat(), also.call.names().collect(), &known);
        }
        let reads = provider.calls().into_iter().filter(|(name, _)| *name != "update");
        for (name, call) in reads {
            if call.method != Method::Get {
                let says = ["The call “", name, "” only reads."].concat();
                self.faults.add("/read", says, "Write GET.");
            }
        }
        for sign_in in &provider.sign_in {
            if let Some(test) = &sign_in.test {
                check("/sign_in", test.call.names().collect(), &[]);
            }
        }
    }

    fn conditions(&self) {
        let provider = self.provider;
        let mut all: Vec<(String, &Condition)> = Vec::new();
        all.extend(provider.read.must.iter().map(|must| ("/read/must".to_string(), must)));
        all.extend(provider.update.ok.iter().map(|ok| ("/update/ok".to_string(), ok)));
        all.extend(provider.answers.ok.iter().map(|ok| ("/answers/ok".to_string(), ok)));
        all.extend(provider.answers.shape.iter().map(|shape| ("/answers/shape".to_string(), shape)));
        for field in &provider.fields {
            all.extend(field.when.iter().map(|when| (["/fields/", &field.key, "/when"].concat(), when)));
        }
        for (index, risk) in provider.risks.iter().enumerate() {
            let pointer = ["/risks/", &index.to_string()].concat();
            self.names(&[&pointer, "/says"].concat(), &risk.says, &[]);
            all.push(([&pointer, "/if"].concat(), &risk.when));
        }
        for (pointer, condition) in all {
            let of_change = pointer.starts_with("/risks");
            for test in condition.tests() {
                let texts = test.is.iter().chain(&test.from).chain(&test.to).flatten();
                for template in texts.filter_map(|value| value.as_str()).filter_map(Template::parse) {
                    let keys = provider.identity.iter().map(|field| field.key.as_str()).collect::<Vec<_>>();
                    for name in template.names().filter(|name| !keys.contains(name)) {
                        self.faults.add(&pointer, unknown(name), "Name a key of “identity”.");
                    }
                }
                match &test.subject {
                    Subject::Field(_) if !of_change => {
                        let cure = "Ask about a place, with “at”.";
                        self.faults.add(&pointer, "There is no change here to ask about.", cure);
                    }
                    Subject::Field(key) if provider.field(key).is_none() => {
                        self.faults.add(&pointer, unknown(key), "Name a key of “fields”.");
                    }
                    Subject::At(at) => self.at(&pointer, at),
                    Subject::Field(_) => {}
                }
            }
        }
    }

    fn explain(&self) {
        let calls = self.provider.calls();
        for (index, explain) in self.provider.explain.iter().enumerate() {
            let pointer = ["/explain/", &index.to_string()].concat();
            if let Some(on) = &explain.on
                && !calls.iter().any(|(name, _)| name == on)
            {
                self.faults.add(
                    &pointer,
                    unknown(on),
                    "Name a call: read, update, sign_in or an extra read.",
                );
            }
            if let Some(key) = &explain.field
                && self.provider.field(key).is_none()
                && !self.provider.identity.iter().any(|field| field.key == *key)
            {
                self.faults.add(&pointer, unknown(key), "Name a key of “fields” or “identity”.");
            }
        }
    }

    fn pace(&self) {
        let pace = &self.provider.pace;
        for (name, rate) in [("member", pace.member), ("token", pace.token), ("address", pace.address)] {
            if matches!(rate, Some(Rate::Calls { most: 0, .. })) {
                let says = "No call at all would be allowed.";
                self.faults.add(&["/pace/", name].concat(), says, "Write a number from 1.");
            }
        }
    }

    /// The example must pass the field's own rules, since it is shown as the model to follow.
    fn example(&self, pointer: &str, field: &Field) {
        let text_fits = |limits: &Limits, example: &Value| {
            example.as_str().is_some_and(|text| {
                let length = text.encode_utf16().count();
                limits.pattern.as_ref().is_none_or(|pattern| pattern.fits(text))
                    && limits.usual.as_ref().is_none_or(|usual| usual.fits(text))
                    && limits.max_length.is_none_or(|most| length <= most)
                    && limits.min_length.is_none_or(|least| length >= least)
            })
        };
        let fits = match (&field.kind, &field.example) {
            (_, None) => true,
            (Kind::Text, Some(example)) => text_fits(&field.limits, example),
            (Kind::Flag, Some(example)) => example.is_boolean(),
            (Kind::Number { .. }, Some(example)) => example.is_number(),
            (Kind::List(items), Some(example)) => {
                example.as_array().is_some_and(|rows| rows.iter().all(|row| text_fits(&items.limits, row)))
            }
        };
        if !fits {
            let says = "The example does not fit the field’s own rules.";
            self.faults.add(&[pointer, "/example"].concat(), says, "Write one that does.");
        }
    }

    /// A header's name is a token (RFC 9110, section 5.6.2).
    fn header(&self, name: &str) {
        let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
        if name.is_empty() || !name.bytes().all(token) {
            let says = ["“", name, "” is not the name of a header."].concat();
            self.faults.add("/headers", says, "Use letters, digits and -.");
        }
    }

    fn at(&self, pointer: &str, at: &At) {
        if let Some(name) = &at.also
            && !self.provider.read.also.iter().any(|also| also.name == *name)
        {
            self.faults.add(pointer, unknown(name), "Name an extra read of “read”, “also”.");
        }
    }

    fn names(&self, pointer: &str, template: &Template, more: &[&str]) {
        for name in template.names() {
            let known = self.provider.field(name).is_some()
                || self.provider.identity.iter().any(|field| field.key == name)
                || more.contains(&name);
            if !known {
                self.faults.add(pointer, unknown(name), "Name a key of “fields” or “identity”.");
            }
        }
    }
}

fn unknown(name: &str) -> String {
    ["Nothing here is called “", name, "”."].concat()
}
