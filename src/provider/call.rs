use super::condition::Condition;
use super::pointer::{Pointer, pointer};
use super::reader::{Object, Place};
use super::template::Template;

/// One request that a provider file describes; a path by RFC 6570, level 1, with its query if it has one.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub method: Method,
    pub path: Template,
    pub query: Option<Template>,
    pub headers: Vec<(String, Template)>,
}

/// The methods that reading and changing a record need. The relay lets no other through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
}

/// How a record is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub call: Call,
    pub source: Source,
    /// Without this the answer is not a record, and nothing is written.
    pub must: Option<Condition>,
    pub also: Vec<Also>,
}

/// Where the record stands in the answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    At(Pointer),
    /// It is the one of this list of which the condition holds; the others are its siblings.
    Among {
        list: Pointer,
        which: Condition,
    },
}

/// An extra read that tells more about the record, and may fail.
#[derive(Clone, Debug, PartialEq)]
pub struct Also {
    pub name: String,
    pub call: Call,
    /// Names in the call's path that come from the record.
    pub with: Vec<(String, Pointer)>,
    pub record: Pointer,
}

/// How a change is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    pub call: Call,
    pub base: Base,
    /// What every body has besides its fields: names of the member, or of the connection.
    pub set: Vec<(Pointer, Template)>,
    /// What must hold of the answer, besides its status, to be a yes.
    pub ok: Option<Condition>,
}

/// What the body starts from.
#[derive(Clone, Debug, PartialEq)]
pub enum Base {
    Nothing,
    /// The record as read, without these places.
    Record {
        drop: Vec<Pointer>,
    },
}

impl Call {
    pub fn read(place: &Place) -> Option<Call> {
        let object = place.object()?;
        let method = object.need("method").and_then(|place| {
            let wanted = "GET, POST, PUT or PATCH";
            place.parsed(wanted, Method::parse)
        });
        let text = object.need("path").and_then(|place| {
            let path = place.text()?;
            if !path.starts_with('/') {
                return place.wrong("a path that starts with /");
            }
            let (path, query) = match path.split_once('?') {
                Some((path, query)) => (Template::parse(path), Some(Template::parse(query))),
                None => (Template::parse(&path), None),
            };
            match (path, query) {
                (Some(path), None) => Some((path, None)),
                (Some(path), Some(Some(query))) => Some((path, Some(query))),
                _ => place.wrong("a path with names in braces, as in /v1/members/{id}"),
            }
        });
        let headers = object.get("headers").map(|place| headers(&place)).unwrap_or_default();
        object.done();
        let (path, query) = text?;
        Some(Call { method: method?, path, query, headers })
    }

    /// What its query has for a parameter, names in braces.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let query = self.query.as_ref()?.fill(|name| Some(["{", name, "}"].concat()))?;
        let mut pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        pairs.find(|(own, _)| *own == name).map(|(_, value)| value.to_string())
    }

    /// Every name that must be known to make the request.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let headers = self.headers.iter().flat_map(|(_, value)| value.names());
        self.path.names().chain(self.query.iter().flat_map(|query| query.names())).chain(headers)
    }
}

impl Method {
    pub const ALL: [Method; 4] = [Method::Get, Method::Post, Method::Put, Method::Patch];

    pub fn parse(text: &str) -> Option<Method> {
        Method::ALL.into_iter().find(|method| method.as_str() == text)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
        }
    }
}

impl Reading {
    pub fn read(place: &Place) -> Option<Reading> {
        let object = place.object()?;
        let call = object.need("call").and_then(|place| Call::read(&place));
        let source = Source::read(&object);
        let must = object.get("must").and_then(|place| Condition::read(&place));
        let also = match object.get("also").and_then(|place| place.object()) {
            Some(also) => {
                let entries = also.entries().into_iter();
                entries.filter_map(|(name, place)| Also::read(name, &place)).collect()
            }
            None => Vec::new(),
        };
        object.done();
        Some(Reading { call: call?, source: source?, must, also })
    }
}

impl Source {
    fn read(object: &Object) -> Option<Source> {
        let Some(among) = object.get("among") else {
            return object.need("record").and_then(|place| pointer(&place)).map(Source::At);
        };
        let which = object.need("where").and_then(|place| Condition::read(&place));
        Some(Source::Among { list: pointer(&among)?, which: which? })
    }
}

impl Also {
    fn read(name: &str, place: &Place) -> Option<Also> {
        let object = place.object()?;
        let call = object.need("call").and_then(|place| Call::read(&place));
        let with = match object.get("with").and_then(|place| place.object()) {
            Some(with) => {
                let entries = with.entries().into_iter();
                entries.filter_map(|(name, place)| Some((name.to_string(), pointer(&place)?))).collect()
            }
            None => Vec::new(),
        };
        let record = object.need("record").and_then(|place| pointer(&place));
        object.done();
        Some(Also { name: name.to_string(), call: call?, with, record: record? })
    }
}

impl Update {
    pub fn read(place: &Place) -> Option<Update> {
        let object = place.object()?;
        let call = object.need("call").and_then(|place| Call::read(&place));
        let base = object.need("base").and_then(|place| Base::read(&place));
        let set = object.get("set").and_then(|place| place.object());
        let set = set.map(|set| set.entries()).unwrap_or_default().into_iter().filter_map(|(at, place)| {
            let template = place.parsed("a text with names in braces", Template::parse);
            match Pointer::parse(at) {
                Some(at) => Some((at, template?)),
                None => place.wrong("it under a JSON pointer, as in /id"),
            }
        });
        let set = set.collect();
        let ok = object.get("ok").and_then(|place| Condition::read(&place));
        object.done();
        Some(Update { call: call?, base: base?, set, ok })
    }
}

impl Base {
    fn read(place: &Place) -> Option<Base> {
        if place.value.as_str() == Some("none") {
            return Some(Base::Nothing);
        }
        if place.value.as_str() == Some("record") {
            return Some(Base::Record { drop: Vec::new() });
        }
        let object = place.object()?;
        let kind = object.need("record")?.object()?;
        let drop = kind.get("drop").map(|place| place.list()).unwrap_or_default();
        let drop = drop.iter().filter_map(pointer).collect();
        kind.done();
        object.done();
        Some(Base::Record { drop })
    }
}

pub fn headers(place: &Place) -> Vec<(String, Template)> {
    let Some(object) = place.object() else {
        return Vec::new();
    };
    let read = |(name, place): (&str, Place)| {
        Some((name.to_string(), place.parsed("a text with names in braces", Template::parse)?))
    };
    object.entries().into_iter().filter_map(read).collect()
}
