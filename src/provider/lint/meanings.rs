//! Conditions, and what is made of them: risks, acts, explanations.

use super::{Linter, unknown};
use crate::provider::call::Source;
use crate::provider::condition::{Condition, Subject};
use crate::provider::field::{Field, Kind};
use crate::provider::pointer::At;
use crate::provider::template::Template;

impl Linter<'_> {
    pub(super) fn conditions(&self) {
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
            if provider.risks[..index].iter().any(|other| other.id == risk.id) {
                let says = "Another risk has this id, and consent goes by it.";
                self.faults.add(&[&pointer, "/id"].concat(), says, "Give each its own.");
            }
            let taken = risk.when.tests().iter().any(|test| test.taken.is_some());
            self.says(&[&pointer, "/says"].concat(), &risk.says, taken);
            all.push(([&pointer, "/if"].concat(), &risk.when));
        }
        for (pointer, condition) in all {
            let of_change = pointer.starts_with("/risks");
            // Extra reads are asked for once the record is one.
            let of_record = of_change || pointer.starts_with("/fields");
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
                    Subject::At(_) if test.from.is_some() || test.to.is_some() || test.kept.is_some() => {
                        let cure = "Ask about a “field”; of a place, ask “is” or “empty”.";
                        self.faults.add(&pointer, "Only a field can change.", cure);
                    }
                    Subject::At(at) if at.also.is_some() && !of_record => {
                        let cure = "Ask about a place of the record or the answer.";
                        self.faults.add(&pointer, "Nothing but the answer itself is known here.", cure);
                    }
                    Subject::At(at) => self.at(&pointer, at),
                    Subject::Field(_) => {}
                }
            }
        }
    }

    pub(super) fn acts(&self) {
        let offered = |key: &str| self.provider.offered().any(|field| field.key == key);
        for act in &self.provider.acts {
            let pointer = ["/acts/", &act.id].concat();
            if act.keys().next().is_none() {
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
                    Some(_) if !act.alone && !offered(key) => self.faults.add(&pointer, ALONE, CURE_ALONE),
                    Some(_) => {}
                }
            }
            for (index, key) in act.fields.iter().enumerate() {
                let pointer = [&pointer, "/fields/", &index.to_string()].concat();
                match self.provider.field(key).filter(|field| !field.read_only) {
                    None => {
                        self.faults.add(&pointer, unknown(key), "Name a key of “fields” that can be written.")
                    }
                    Some(_) if !offered(key) => self.faults.add(&pointer, ALONE, CURE_ALONE),
                    Some(_) => {}
                }
            }
        }
    }

    pub(super) fn explain(&self) {
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
                    "Name a call: read, update, sign_in, exchange, find, reference or an extra read.",
                );
            }
            let provider = self.provider;
            let needs = provider.sign_in.iter().filter_map(|way| way.exchange()).flat_map(|way| &way.needs);
            let asks = provider.reference.iter().flat_map(|reference| &reference.asks);
            let keys = provider.fields.iter().chain(&provider.identity).chain(&provider.connection);
            let mut keys = keys.chain(needs).chain(asks);
            if let Some(key) = &explain.field
                && !keys.any(|field| field.key == *key)
            {
                let cure = "Name a key of “fields”, “identity”, “connection” or “needs”.";
                self.faults.add(&pointer, unknown(key), cure);
            }
        }
    }

    pub(super) fn at(&self, pointer: &str, at: &At) {
        if let Some(name) = &at.also
            && !self.provider.read.also.iter().any(|also| also.name == *name)
        {
            self.faults.add(pointer, unknown(name), "Name an extra read of “read”, “also”.");
        }
    }
}

const ALONE: &str = "The form does not offer this field: an act changes it alone.";
const CURE_ALONE: &str = "Name a field that the form offers, or add “alone”.";
