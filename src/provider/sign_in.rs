use std::time::Duration;

use serde_json::Value;

use super::call::Call;
use super::duration;
use super::face::Way;
use super::field::Field;
use super::pointer::{Pointer, pointer};
use super::reader::{Object, Place};

/// A way to a credential, in the words of OpenAPI's security schemes.
#[derive(Clone, Debug, PartialEq)]
pub struct SignIn {
    pub way: Way,
    pub scheme: Scheme,
    /// A harmless read that tells whether the credential works, and whose it is.
    pub test: Option<Test>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Scheme {
    /// `Authorization: Bearer …` (RFC 6750).
    Bearer,
    /// The secret alone in a header of this name.
    ApiKey { header: String },
    /// What is asked for is exchanged for the credential of another way.
    Exchange(Box<Exchange>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    pub needs: Vec<Field>,
    pub call: Call,
    /// The object that is sent; a text that is one name in braces becomes what was typed.
    pub body: Value,
    /// The way whose credential it gives, and where that stands in the answer.
    pub gives: (String, Pointer),
    pub lives: Option<Life>,
}

/// How long a credential lives.
#[derive(Clone, Debug, PartialEq)]
pub enum Life {
    /// The seconds that stand at this place of the answer.
    Told(Pointer),
    For(Duration),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    pub call: Call,
    pub owner: Option<Pointer>,
}

impl SignIn {
    pub fn read(place: &Place) -> Option<SignIn> {
        let object = place.object()?;
        let kind = object.need("type")?;
        let scheme = match kind.text()?.as_str() {
            "http" => {
                let scheme = object.need("scheme")?;
                scheme.parsed("bearer", |text| (text == "bearer").then_some(Scheme::Bearer))
            }
            "apiKey" => {
                let header = object.need_text("name");
                match object.need("in")?.text()?.as_str() {
                    "header" => Some(Scheme::ApiKey { header }),
                    _ => kind.wrong("an apiKey in: header"),
                }
            }
            "exchange" => Exchange::read(&object).map(|exchange| Scheme::Exchange(Box::new(exchange))),
            _ => kind.wrong("http, apiKey or exchange"),
        };
        let test = object.get("test").and_then(|place| {
            let test = place.object()?;
            let call = test.need("call").and_then(|place| Call::read(&place));
            let owner = test.get("owner").and_then(|place| pointer(&place));
            test.done();
            Some(Test { call: call?, owner })
        });
        object.need_text("id");
        object.need_text("label");
        object.text("hint");
        let way = Way::of(&place.value);
        object.done();
        Some(SignIn { way: way?, scheme: scheme?, test })
    }

    pub fn exchange(&self) -> Option<&Exchange> {
        match &self.scheme {
            Scheme::Exchange(exchange) => Some(exchange),
            _ => None,
        }
    }
}

impl Exchange {
    fn read(object: &Object) -> Option<Exchange> {
        let needs = object.need("needs").and_then(|place| place.object()).map(|needs| needs.entries());
        let needs = needs.unwrap_or_default().into_iter();
        let needs = needs.filter_map(|(key, place)| Field::read(key, &place)).collect();
        let call = object.need("call").and_then(|place| Call::read(&place));
        let body = object.need("body").map(|place| place.value.clone());
        let gives = object.need("gives")?;
        let given = match gives.object()?.entries().as_slice() {
            [(id, place)] => pointer(place).map(|pointer| (id.to_string(), pointer)),
            _ => gives.wrong("one way and where its credential stands, as in {\"token\": \"/accessToken\"}"),
        };
        let lives = object.get("lives").and_then(|place| {
            place.parsed("a JSON pointer to seconds, or an ISO 8601 duration as in PT12H", |text| match text
                .starts_with('/')
            {
                true => Pointer::parse(text).map(Life::Told),
                false => duration::parse(text).map(Life::For),
            })
        });
        Some(Exchange { needs, call: call?, body: body?, gives: given?, lives })
    }

    /// The places of the body that what was typed goes to: a pointer, and the name.
    pub fn holes(&self) -> Vec<(String, &str)> {
        let entries = self.body.as_object().into_iter().flatten();
        entries
            .filter_map(|(key, value)| {
                let name = value.as_str()?.strip_prefix('{')?.strip_suffix('}')?;
                Some((Pointer::of_key(key)?.as_str().to_string(), name))
            })
            .collect()
    }
}
