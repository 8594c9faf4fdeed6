use serde_json::Value;

use super::condition::{Condition, Facts};
use super::reader::Place;

/// What one kind of refusal means, in words for the person who reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Explain {
    /// The call it is about: `read`, `update`, `find`, or an extra read's name; none for all.
    pub on: Option<String>,
    pub status: Vec<u16>,
    /// Codes as the body has them, numbers or texts, compared as text.
    pub code: Vec<String>,
    /// A part of the provider's message, whatever the capitals.
    pub text: Option<String>,
    /// What holds of the body.
    pub when: Option<Condition>,
    pub means: Means,
    /// What the file says of it; otherwise the status tells.
    pub applied: Option<Applied>,
    pub says: String,
    pub cure: String,
    /// The field or identity key that it is about.
    pub field: Option<String>,
}

/// The closed set of what a refusal can mean. It decides what happens next; the words are the file's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Means {
    /// The credential is missing, wrong or expired.
    SignIn,
    /// The credential is right and may not do this.
    Rights,
    /// There is no such member.
    NotFound,
    /// Something that was typed is not accepted.
    Input,
    /// A rule or another change stands against it.
    Conflict,
    /// Not now: wait and ask again.
    Busy,
    /// The provider has a fault.
    Fault,
    /// The page, the proxy or a setting has a fault.
    Setup,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Applied {
    No,
    Maybe,
}

/// What an answer shows of itself, for finding its explanation.
#[derive(Clone, Copy)]
pub struct Clue<'a> {
    pub on: &'a str,
    pub status: u16,
    pub code: Option<&'a str>,
    pub message: Option<&'a str>,
    pub body: Option<&'a dyn Facts>,
}

impl Explain {
    pub fn read(place: &Place) -> Option<Explain> {
        let object = place.object()?;
        let many = |key| object.get(key).map(|place: Place| place.one_or_more()).unwrap_or_default();
        let number = |place: &Place| {
            let status = place.count().and_then(|count| u16::try_from(count).ok());
            status
                .filter(|status| (100..600).contains(status))
                .or_else(|| place.wrong("a status from 100 to 599"))
        };
        let status: Vec<u16> = many("status").iter().filter_map(number).collect();
        let code = many("code")
            .iter()
            .filter_map(|place| code(place.value).or_else(|| place.wrong("a number, or a text in quotes")))
            .collect();
        let means = object.need("means").and_then(|place| {
            let wanted = "sign_in, rights, not_found, input, conflict, busy, fault or setup";
            place.parsed(wanted, Means::parse)
        });
        let applied = object.get("applied").and_then(|place| {
            place.parsed("no or maybe", |text| match text {
                "no" => Some(Applied::No),
                "maybe" => Some(Applied::Maybe),
                _ => None,
            })
        });
        let explain = Explain {
            on: object.text("on"),
            applied,
            status,
            code,
            text: object.text("text"),
            when: object.get("if").and_then(|place| Condition::read(&place)),
            says: object.need_text("says"),
            cure: object.need_text("do"),
            field: object.text("field"),
            means: means?,
        };
        if explain.status.is_empty() && explain.code.is_empty() && explain.text.is_none() {
            place.fault("This explains every answer.", "Add “status”, “code” or “text”.");
        }
        object.done();
        Some(explain)
    }

    /// Whether the change may have been applied: a refusal says no, a server error says nothing.
    pub fn applied_at(&self, status: u16) -> Applied {
        let doubtful = status >= 500 && self.means != Means::Busy;
        self.applied.unwrap_or(if doubtful { Applied::Maybe } else { Applied::No })
    }

    pub fn fits(&self, clue: &Clue) -> bool {
        let on = self.on.as_deref().is_none_or(|on| on == clue.on);
        let status = self.status.is_empty() || self.status.contains(&clue.status);
        let code = self.code.is_empty() || clue.code.is_some_and(|code| self.code.iter().any(|c| c == code));
        let text = self.text.as_deref().map(str::to_lowercase);
        let has = |text: String| clue.message.is_some_and(|message| message.to_lowercase().contains(&text));
        let body = |when: &Condition| clue.body.is_some_and(|body| when.holds(body) == Some(true));
        on && status && code && text.is_none_or(has) && self.when.as_ref().is_none_or(body)
    }
}

/// A code as text, whether the wire has a number or a text.
pub fn code(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

impl Means {
    fn parse(text: &str) -> Option<Means> {
        Some(match text {
            "sign_in" => Means::SignIn,
            "rights" => Means::Rights,
            "not_found" => Means::NotFound,
            "input" => Means::Input,
            "conflict" => Means::Conflict,
            "busy" => Means::Busy,
            "fault" => Means::Fault,
            "setup" => Means::Setup,
            _ => return None,
        })
    }
}
