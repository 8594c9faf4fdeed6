//! A proxy as `config.json` and the settings write it.

use serde_json::{Map, Value as Json, json};

use crate::provider::fault::{Fault, Faults};
use crate::provider::reader::{Object, Place};
use crate::transport::code::{self, CODES};
use crate::transport::proxy::{Answers, Marks, Rule, Token};
use crate::transport::{Kind, Proxy, ProxyBase, Sent, Template};

/// One that stands by itself, or all that is wrong with it: a word that is not known may be what makes it safe.
pub fn parse(value: &Json) -> Result<Proxy, Vec<Fault>> {
    let faults = Faults::default();
    let proxy = read(&Place::new(value, &faults));
    let faults = faults.into_list();
    proxy.filter(|_| faults.is_empty()).ok_or(faults)
}

/// Reads one, or names what is wrong with it.
pub fn read(place: &Place) -> Option<Proxy> {
    let object = place.object()?;
    let kind = kind(&object)?;
    let template = told(&object, Template::of(kind));
    object.done();
    match Proxy::of(template) {
        Ok(proxy) => Some(proxy),
        Err(fault) => {
            place.fault("This proxy cannot be used.", fault.words());
            None
        }
    }
}

fn kind(object: &Object) -> Option<Kind> {
    let kind = object.need("kind")?;
    let base = || {
        let place = object.need("base")?;
        match ProxyBase::parse(&place.text()?) {
            Ok(base) => Some(base),
            Err(fault) => {
                place.fault("This address cannot be used.", fault.words());
                None
            }
        }
    };
    match kind.text()?.as_str() {
        "none" => Some(Kind::None),
        "path-map" => Some(Kind::PathMap { base: base()? }),
        "prefix" => Some(Kind::Prefix { base: base()? }),
        "query" => Some(Kind::Query { base: base()?, parameter: object.need_text("parameter") }),
        "envelope" => Some(Kind::Envelope { base: base()? }),
        "header-target" => Some(Kind::Header { base: base()?, name: object.need_text("header") }),
        _ => kind.wrong("one of: none, path-map, prefix, query, envelope, header-target"),
    }
}

/// What is said besides, where it is: the rest is as it is for every proxy of this kind.
fn told(object: &Object, of_kind: Template) -> Template {
    let flag = |key, usual: bool| object.get(key).and_then(|place| place.flag()).unwrap_or(usual);
    let list = |key| object.get(key).map(|place| place.list()).unwrap_or_default();
    let marks = match object.get("marker") {
        None => of_kind.marks.clone(),
        Some(place) if place.value.is_null() => None,
        Some(place) => place.object().map(|object| {
            let marks = Marks { source: object.need_text("source"), sent: object.need_text("sent") };
            object.done();
            marks
        }),
    };
    Template {
        headers: object.texts("headers"),
        rename: object.texts("rename_headers"),
        drop: list("drop_headers").iter().filter_map(|place| place.text()).collect(),
        cookies: one_of(object, "credentials", &[("omit", false), ("include", true)], of_kind.cookies),
        token: one_of(object, "token", &TOKENS, of_kind.token),
        access_token: flag("access_token", of_kind.access_token),
        marks,
        final_url: object.text("final_url"),
        errors: list("errors").iter().filter_map(rule).collect(),
        answers: one_of(object, "answers", &ANSWERS, of_kind.answers),
        follows: one_of(object, "redirects", &[("passed", false), ("followed", true)], of_kind.follows),
        writes: flag("writes_ok", of_kind.writes),
        verifies: flag("tls_verified", of_kind.verifies),
        public: flag("public", of_kind.public),
        kind: of_kind.kind,
    }
}

const TOKENS: [(&str, Token); 2] = [("browser", Token::Browser), ("relay", Token::Relay)];

const ANSWERS: [(&str, Answers); 3] =
    [("plain", Answers::Plain), ("proxyscotch", Answers::Proxyscotch), ("allorigins", Answers::AllOrigins)];

const SENT: [(&str, Sent); 2] = [("no", Sent::No), ("maybe", Sent::Maybe)];

/// One of a few words; what is usual if there is none.
fn one_of<T: Copy>(object: &Object, key: &'static str, words: &[(&str, T)], usual: T) -> T {
    let wanted = || {
        let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        ["one of: ", &words.join(", ")].concat()
    };
    let parse = |text: &str| words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
    object.get(key).and_then(|place| place.parsed(&wanted(), parse)).unwrap_or(usual)
}

fn rule(place: &Place) -> Option<Rule> {
    let object = place.object()?;
    let status = object.count("status").and_then(|status| u16::try_from(status).ok());
    let begins = object.need_text("begins");
    let wanted = ["one of: ", &CODES.map(|(code, _)| code).join(", ")].concat();
    let known = |text: &str| code::is_known(text).then(|| text.to_string());
    let code = object.need("code").and_then(|place| place.parsed(&wanted, known));
    let sent = one_of(&object, "sent", &SENT, Sent::Maybe);
    object.done();
    (!begins.is_empty()).then_some(Rule { status, begins, code: code?, sent })
}

/// Writes one, with no word for what is as it is for every proxy of its kind.
pub fn write(proxy: &Proxy) -> Json {
    let template = proxy.template();
    let usual = Template::of(template.kind.clone());
    let mut object = Map::new();
    let mut put = |key: &str, value: Json| _ = object.insert(key.to_string(), value);
    let name = match &template.kind {
        Kind::None => "none",
        Kind::PathMap { .. } => "path-map",
        Kind::Prefix { .. } => "prefix",
        Kind::Query { .. } => "query",
        Kind::Envelope { .. } => "envelope",
        Kind::Header { .. } => "header-target",
    };
    put("kind", json!(name));
    if let Some(base) = proxy.base() {
        put("base", json!(base.before_query()));
    }
    match &template.kind {
        Kind::Query { parameter, .. } => put("parameter", json!(parameter)),
        Kind::Header { name, .. } => put("header", json!(name)),
        _ => {}
    }
    if !template.headers.is_empty() {
        put("headers", texts(&template.headers));
    }
    if !template.rename.is_empty() {
        put("rename_headers", texts(&template.rename));
    }
    if !template.drop.is_empty() {
        put("drop_headers", json!(template.drop));
    }
    if template.cookies {
        put("credentials", json!("include"));
    }
    if template.token != usual.token {
        put("token", json!(word(&TOKENS, template.token)));
    }
    if template.access_token {
        put("access_token", json!(true));
    }
    if template.marks != usual.marks {
        let marks = template.marks.as_ref();
        put(
            "marker",
            marks.map_or(Json::Null, |marks| json!({ "source": marks.source, "sent": marks.sent })),
        );
    }
    if let Some(name) = &template.final_url {
        put("final_url", json!(name));
    }
    if !template.errors.is_empty() {
        put("errors", template.errors.iter().map(rule_json).collect());
    }
    if template.answers != usual.answers {
        put("answers", json!(word(&ANSWERS, template.answers)));
    }
    if template.follows != usual.follows {
        put("redirects", json!(if template.follows { "followed" } else { "passed" }));
    }
    if !template.writes {
        put("writes_ok", json!(false));
    }
    if !template.verifies {
        put("tls_verified", json!(false));
    }
    if template.public {
        put("public", json!(true));
    }
    Json::Object(object)
}

fn rule_json(rule: &Rule) -> Json {
    let mut object = json!({ "begins": rule.begins, "code": rule.code, "sent": word(&SENT, rule.sent) });
    if let Some(status) = rule.status {
        object["status"] = json!(status);
    }
    object
}

fn texts(all: &[(String, String)]) -> Json {
    Json::Object(all.iter().map(|(name, value)| (name.clone(), json!(value))).collect())
}

fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    words.iter().find(|(_, own)| *own == value).map_or("", |(word, _)| word)
}

#[cfg(test)]
mod tests;
