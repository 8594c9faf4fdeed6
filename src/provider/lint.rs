mod choices;
mod finding;
mod meanings;
mod requests;

use serde_json::Value;

use super::Provider;
use super::answers::Rate;
use super::date;
use super::fault::Faults;
use super::field::{Clear, Field, Kind, Send};
use super::items::{Items, Rows};
use super::limits::Limits;
use super::paste::Means;
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
    linter.find();
    linter.reference();
    linter.choices();
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
        let asks = provider.reference.iter().flat_map(|reference| &reference.asks);
        let asks = asks.map(|field| ("/reference/asks/".to_string(), field));
        for (part, field) in connection.chain(identity).chain(needs.flatten()).chain(asks) {
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
            match &field.kind {
                Kind::List(items) => self.items(&pointer, items),
                Kind::Date(dates) if dates.read.is_empty() || dates.write.write("2000-01-31").is_none() => {
                    let cure = "Name a form to read, and one to write without the day’s name.";
                    self.faults.add(
                        &[&pointer, "/as"].concat(),
                        "A date could not be read or written.",
                        cure,
                    );
                }
                _ => {}
            }
            self.places(&pointer, field);
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

    /// Where it is written is its own.
    fn places(&self, pointer: &str, field: &Field) {
        let Some(to) = &field.to else { return };
        let fields = self.provider.fields.iter().take_while(|other| other.key != field.key);
        let taken = fields.filter_map(|other| other.to.as_ref()).any(|other| other == to)
            || self.provider.update.set.iter().any(|(at, _)| at == to);
        if taken || to.as_str().is_empty() {
            let cure = "Write a place that nothing else is written to, as in /name.";
            self.faults.add(&[pointer, "/to"].concat(), "Something else is written here.", cure);
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

    fn pace(&self) {
        let pace = &self.provider.pace;
        pace.headers().for_each(|name| self.header(name));
        if pace.remaining.is_some() && pace.reset.is_none() {
            let cure = "Add “reset”, or remove “remaining”.";
            self.faults.add("/pace/remaining", "Nothing says when the count starts again.", cure);
        }
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

    fn names(&self, pointer: &str, template: &Template) {
        self.says(pointer, template, false);
    }

    /// `taken`: a sibling is known, and `{other.name}` names it.
    fn says(&self, pointer: &str, template: &Template, taken: bool) {
        let provider = self.provider;
        for name in template.names() {
            let of_other = name.strip_prefix("other.").filter(|_| taken);
            let mut keys = provider.plain().chain(&provider.identity);
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
