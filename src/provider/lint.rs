use serde_json::Value;

use super::Provider;
use super::answers::Rate;
use super::call::{Method, Source};
use super::condition::{Condition, Subject};
use super::date;
use super::fault::Faults;
use super::field::{Clear, Field, Kind, Send};
use super::items::{Items, Rows};
use super::limits::Limits;
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
    linter.keys();
    linter.identity();
    linter.fields();
    linter.calls();
    linter.conditions();
    linter.acts();
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
        if !is_slug(&provider.id) || provider.id == "settings" {
            self.faults.add(
                "/id",
                "This name cannot be a file name.",
                "Use small letters, digits and -, and not “settings”.",
            );
        }
        let some = [
            ("/servers", provider.servers.is_empty(), "server"),
            (
                "/sign_in",
                provider.credential().is_none() && provider.secrets().next().is_none(),
                "way to sign in, or a secret of “connection”",
            ),
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
            self.names(&["/title/", &index.to_string()].concat(), template);
        }
        for (index, template) in provider.second.iter().enumerate() {
            self.names(&["/second/", &index.to_string()].concat(), template);
        }
    }

    /// Keys of the connection, of the identity and of fields share one set of names, and so do secrets.
    fn keys(&self) {
        let provider = self.provider;
        let mut taken: Vec<&str> = provider.fields.iter().map(|field| field.key.as_str()).collect();
        let sign_in = provider.sign_in.iter().enumerate();
        let needs = sign_in.clone().filter_map(|(index, way)| {
            let pointer = ["/sign_in/", &index.to_string(), "/needs/"].concat();
            Some(way.exchange()?.needs.iter().map(move |field| (pointer.clone(), field)))
        });
        let of =
            |part: &str, fields: &'_ [Field]| fields.iter().map(|_| part.to_string()).collect::<Vec<_>>();
        let connection = of("/connection/", &provider.connection).into_iter().zip(&provider.connection);
        let identity = of("/identity/", &provider.identity).into_iter().zip(&provider.identity);
        for (part, field) in connection.chain(identity).chain(needs.flatten()) {
            let pointer = [&part, field.key.as_str()].concat();
            self.example(&pointer, field);
            if taken.contains(&field.key.as_str()) {
                self.faults.add(
                    &pointer,
                    "Something else has this name already.",
                    "Give one of them another name.",
                );
            }
            taken.push(&field.key);
        }
        for (index, way) in sign_in {
            if taken.contains(&way.way.id.as_str()) {
                let pointer = ["/sign_in/", &index.to_string(), "/id"].concat();
                self.faults.add(&pointer, "Something else has this name already.", "Give each its own.");
            }
            taken.push(&way.way.id);
        }
    }

    fn identity(&self) {
        let keys: Vec<&str> = self.provider.identity.iter().map(|field| field.key.as_str()).collect();
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
            if field.write_only
                && (!field.at.is_empty() || field.kind != Kind::Text || field.send == Send::Always)
            {
                let cure = "Write “type”: “string”, and leave “at” and “send” out.";
                self.faults.add(
                    &pointer,
                    "A text that is only written cannot be read or sent unasked.",
                    cure,
                );
            }
            if let Kind::List(items) = &field.kind {
                self.items(&pointer, items);
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

    fn items(&self, pointer: &str, items: &Items) {
        if matches!(items.rows, Rows::Changed { .. }) && !items.is_grouped() {
            let cure = "Write “items” with “properties”, or “rows”: “whole”.";
            self.faults.add(
                &[pointer, "/rows"].concat(),
                "Plain rows cannot be different, only there or not.",
                cure,
            );
        }
        if items.is_grouped() && items.parts.is_empty() {
            let cure = "Add a property, or write plain rows.";
            self.faults.add(&[pointer, "/items"].concat(), "A row has nothing besides its key.", cure);
        }
    }

    fn calls(&self) {
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
        for (name, template) in &provider.headers {
            check("/headers", template.names().collect(), &keys);
            self.header(name);
        }
        for (_, call) in provider.calls() {
            call.headers.iter().for_each(|(name, _)| self.header(name));
        }
        check("/read/call", provider.read.call.names().collect(), &keys);
        check("/update/call", provider.update.call.names().collect(), &keys);
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
            if call.method != Method::Get {
                let says = ["The call “", name, "” only reads."].concat();
                self.faults.add("/read", says, "Write GET.");
            }
        }
        let connection: Vec<&str> = provider.connection.iter().map(|field| field.key.as_str()).collect();
        for (index, sign_in) in provider.sign_in.iter().enumerate() {
            let pointer = ["/sign_in/", &index.to_string()].concat();
            if let Some(test) = &sign_in.test {
                check(&pointer, test.call.names().collect(), &connection);
            }
            if let Some(exchange) = sign_in.exchange() {
                check(&pointer, exchange.call.names().collect(), &connection);
                let needs: Vec<&str> = exchange.needs.iter().map(|field| field.key.as_str()).collect();
                check(
                    &[&pointer, "/body"].concat(),
                    exchange.holes().into_iter().map(|(_, name)| name).collect(),
                    &needs,
                );
                if provider.credential().is_none_or(|way| way.way.id != exchange.gives.0) {
                    let cure = "Name the first way that is no exchange.";
                    self.faults.add(&[&pointer, "/gives"].concat(), unknown(&exchange.gives.0), cure);
                }
            }
        }
    }

    fn conditions(&self) {
        let provider = self.provider;
        let mut all: Vec<(String, &Condition)> = Vec::new();
        let siblings = match &provider.read.source {
            Source::Among { which, .. } => {
                all.push(("/read/where".to_string(), which));
                true
            }
            Source::At(_) => false,
        };
        for (index, explain) in provider.explain.iter().enumerate() {
            all.extend(
                explain.when.iter().map(|when| (["/explain/", &index.to_string(), "/if"].concat(), when)),
            );
        }
        all.extend(provider.read.must.iter().map(|must| ("/read/must".to_string(), must)));
        all.extend(provider.update.ok.iter().map(|ok| ("/update/ok".to_string(), ok)));
        all.extend(provider.answers.ok.iter().map(|ok| ("/answers/ok".to_string(), ok)));
        all.extend(provider.answers.shape.iter().map(|shape| ("/answers/shape".to_string(), shape)));
        for field in &provider.fields {
            all.extend(field.when.iter().map(|when| (["/fields/", &field.key, "/when"].concat(), when)));
        }
        for (index, risk) in provider.risks.iter().enumerate() {
            let pointer = ["/risks/", &index.to_string()].concat();
            let taken = risk.when.tests().iter().any(|test| test.taken.is_some());
            self.says(&[&pointer, "/says"].concat(), &risk.says, taken);
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
                if test.taken.is_some() && !(of_change && siblings) {
                    let cure = "Ask it of a risk, where “read” has “among”.";
                    self.faults.add(&pointer, "There are no siblings here to ask about.", cure);
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

    fn acts(&self) {
        for act in &self.provider.acts {
            let pointer = ["/acts/", &act.id].concat();
            if act.change.is_empty() {
                self.faults.add(
                    &pointer,
                    "Nothing would change.",
                    "Name a field and what it becomes in “change”.",
                );
            }
            for (key, wire) in &act.change {
                let fits = |field: &Field| match field.kind {
                    Kind::Flag => wire.is_boolean(),
                    Kind::Number { .. } => wire.is_number(),
                    Kind::Text | Kind::Date(_) => wire.is_string(),
                    Kind::List(_) => false,
                };
                let pointer = [&pointer, "/change/", key].concat();
                match self.provider.field(key).filter(|field| !field.read_only && !field.write_only) {
                    None => {
                        self.faults.add(&pointer, unknown(key), "Name a key of “fields” that can be written.")
                    }
                    Some(field) if !fits(field) => {
                        self.faults.add(
                            &pointer,
                            "This is not of the field’s type.",
                            "Write a value of its type.",
                        );
                    }
                    Some(_) => {}
                }
            }
        }
    }

    fn explain(&self) {
        for (theirs, ours) in &self.provider.answers.fields {
            if self.provider.field(ours).is_none() {
                self.faults.add(
                    &["/answers/fields/", theirs].concat(),
                    unknown(ours),
                    "Name a key of “fields”.",
                );
            }
        }
        let calls = self.provider.calls();
        for (index, explain) in self.provider.explain.iter().enumerate() {
            let pointer = ["/explain/", &index.to_string()].concat();
            if let Some(on) = &explain.on
                && !calls.iter().any(|(name, _)| name == on)
            {
                self.faults.add(
                    &pointer,
                    unknown(on),
                    "Name a call: read, update, sign_in, exchange or an extra read.",
                );
            }
            let provider = self.provider;
            let needs = provider.sign_in.iter().filter_map(|way| way.exchange()).flat_map(|way| &way.needs);
            let mut keys =
                provider.fields.iter().chain(&provider.identity).chain(&provider.connection).chain(needs);
            if let Some(key) = &explain.field
                && !keys.any(|field| field.key == *key)
            {
                let cure = "Name a key of “fields”, “identity”, “connection” or “needs”.";
                self.faults.add(&pointer, unknown(key), cure);
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
            (Kind::Date(_), Some(example)) => {
                example.as_str().is_some_and(|date| date::parts(date).is_some())
            }
            (Kind::List(items), Some(example)) if items.is_grouped() => {
                let id = items.id.as_ref();
                example
                    .as_array()
                    .is_some_and(|rows| rows.iter().all(|row| id.is_some_and(|id| id.of(row).is_some())))
            }
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

    fn names(&self, pointer: &str, template: &Template) {
        self.says(pointer, template, false);
    }

    /// `taken`: a sibling is known, and `{other.name}` names it.
    fn says(&self, pointer: &str, template: &Template, taken: bool) {
        let provider = self.provider;
        for name in template.names() {
            let of_other = name.strip_prefix("other.").filter(|_| taken);
            let plain = provider.connection.iter().filter(|field| !field.write_only);
            let mut keys = plain.chain(&provider.identity);
            let known = match of_other {
                Some(name) => provider.field(name).is_some(),
                None => provider.field(name).is_some() || keys.any(|field| field.key == name),
            };
            if !known {
                self.faults.add(pointer, unknown(name), "Name a key of “fields” or “identity”.");
            }
        }
    }
}

fn unknown(name: &str) -> String {
    ["Nothing here is called “", name, "”."].concat()
}
