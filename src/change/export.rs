use serde_json::{Map, Value as Json, json};

use crate::provider::Provider;
use crate::provider::date;
use crate::provider::field::Field;
use crate::transport::{RequestView, Response};
use crate::words::Words;

use super::answer::Reason;
use super::receipt::{Line, Receipt, Settled};
use super::value::{Held, Value};

/// A receipt as a file, for whoever keeps proofs: words for people, raw values for programs.
///
/// It has no secret, because neither the receipt nor the view of its request has one.
pub fn export(
    provider: &Provider,
    receipt: &Receipt,
    says: &Words,
    reference: Option<&str>,
    request: Option<&RequestView>,
) -> String {
    let keys = |fields: &[Field]| -> Json {
        let known = |field: &Field| Some((field.key.clone(), Json::from(receipt.identity.get(&field.key)?)));
        Json::Object(fields.iter().filter(|field| !field.write_only).filter_map(known).collect())
    };
    let mut file = json!({
        "memberdesk": "receipt",
        "version": 1,
        "outcome": receipt.outcome.mark(),
        "says": says.text(),
        "at": moment(receipt.at),
        "provider": {
            "id": provider.id,
            "name": provider.name,
            "server": receipt.server,
            "place": receipt.place(provider),
            "test": receipt.is_test(provider),
        },
        "member": { "title": receipt.title },
    });
    // A member that is forgotten is called as on the screen, and not named to a program.
    if !receipt.forget {
        file["provider"]["connection"] = keys(&provider.connection);
        file["member"]["identity"] = keys(&provider.identity);
    }
    file["gone"] = receipt.gone.into();
    file["sends"] = receipt.sends.into();
    file["reference"] = reference.into();
    file["reason"] = receipt.outcome.reason().map_or(Json::Null, reason);
    let lines = receipt.lines.iter().filter_map(|own| line(provider, own));
    file["lines"] = lines.collect();
    file["request"] = request.map_or(Json::Null, view);
    file["answer"] = receipt.answer.as_ref().map_or(Json::Null, answer);
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

/// What the file is called, as in `receipt-club-2026-11-24-1405.json`: its moment at Greenwich.
pub fn file_name(receipt: &Receipt) -> String {
    let at = moment(receipt.at);
    let time = at.get(11..16).unwrap_or_default().replace(':', "");
    ["receipt-", &receipt.provider, "-", at.get(..10).unwrap_or_default(), "-", &time, ".json"].concat()
}

/// A moment in ISO 8601, at Greenwich.
pub fn moment(milliseconds: u64) -> String {
    let two = |number: u64| [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
    let seconds = milliseconds / 1000;
    let time = [two(seconds / 3600 % 24), two(seconds / 60 % 60), two(seconds % 60)].join(":");
    let rest = (1000 + milliseconds % 1000).to_string();
    [&date::of_moment(milliseconds), "T", &time, ".", &rest[1..], "Z"].concat()
}

fn reason(reason: &Reason) -> Json {
    let (says, cure) = (reason.says.to_string(), reason.cure.to_string());
    json!({ "says": says, "do": cure, "status": reason.status, "message": reason.message })
}

fn line(provider: &Provider, line: &Line) -> Option<Json> {
    let field = provider.field(&line.field)?;
    let settled = line.now.as_ref().map(|_| match line.settled() {
        Settled::AsAsked => "as-asked",
        Settled::AsBefore => "as-before",
        Settled::Other => "something-else",
        Settled::NotTold => "not-told",
    });
    Some(json!({
        "field": field.key,
        "label": field.label,
        "before": held(field, &line.from),
        "asked": held(field, &line.asked),
        "now": line.now.as_ref().map(|now| held(field, now)),
        "settled": settled,
    }))
}

/// What is not told, and what is never shown, has words and nothing raw.
fn held(field: &Field, held: &Held) -> Json {
    let mut object = Map::new();
    object.insert("words".to_string(), held.words(field).to_string().into());
    if let Some(raw) = held.wire(field).filter(|_| *held != Held::Known(Value::Hidden)) {
        object.insert("raw".to_string(), raw);
    }
    Json::Object(object)
}

fn view(request: &RequestView) -> Json {
    json!({
        "method": request.method.as_str(),
        "url": request.url,
        "headers": headers(&request.headers),
        "body": request.body,
    })
}

fn answer(answer: &Response) -> Json {
    json!({
        "status": answer.status,
        "headers": headers(&answer.headers),
        "body": answer.body,
        "sent": moment(answer.timing.began),
        "milliseconds": answer.timing.took,
        "bytes": answer.timing.bytes,
    })
}

/// As pairs: one name may come twice.
fn headers(headers: &[(String, String)]) -> Json {
    headers.iter().map(|(name, value)| json!([name, value])).collect()
}

#[cfg(test)]
mod tests;
