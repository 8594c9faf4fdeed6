//! Words that are right by themselves and wrong beside others.

use serde_json::{Value as Json, json};

use super::files::{fullest, sibling, smallest};
use super::{Judge, faults, object, schema};

#[test]
fn what_does_not_go_together_is_refused_by_both() {
    let judge = Judge::of(schema());
    let check_in = |mut file: Json, what: &str, pointer: &str, value: Json| {
        let (parent, word) = pointer.rsplit_once('/').expect("a place");
        let map = object(&mut file, parent).expect("an object");
        map.insert(word.replace("~1", "/"), value);
        assert_ne!(faults(&file), [], "the reader takes {what}");
        assert!(!judge.accepts(&file), "the schema takes {what}");
    };
    let check = |what: &str, pointer: &str, value: Json| check_in(fullest(), what, pointer, value);
    check("the name of another page", "/id", json!("settings"));
    check_in(smallest(), "an exchange alone", "/sign_in", json!([fullest()["sign_in"][1]]));
    check_in(smallest(), "a credential nowhere", "/sign_in", json!([]));
    let mut unsigned = sibling();
    unsigned.as_object_mut().expect("an object").shift_remove("sign_in");
    check_in(unsigned, "a connection without a secret", "/connection/account/writeOnly", json!(false));
    check("a header's name with a space", "/headers/X A", json!("1"));
    check("a list of siblings beside a record", "/read/among", json!("/members"));
    check("a member of no list", "/read/where", json!({ "at": "/id", "is": "{id}" }));
    check(
        "an extra read called as another call",
        "/read/also/read",
        fullest()["read"]["also"]["room"].clone(),
    );
    check("a read that sends", "/read/call/method", json!("PUT"));
    check("an extra read that sends", "/read/also/room/call/method", json!("POST"));
    check("a test that sends", "/sign_in/0/test/call/method", json!("POST"));
    check("a place that is none", "/update/set/panel", json!("{panel}"));
    check("two credentials of one exchange", "/sign_in/1/gives/key", json!("/key"));
    check("an exchange that has a scheme", "/sign_in/1/scheme", json!("bearer"));
    check("a way that lives", "/sign_in/0/lives", json!("PT1H"));
    check("a way that needs more", "/sign_in/0/needs", json!({}));
    check("a change that an answer is asked about", "/update/ok", json!({ "field": "flag", "to": true }));
    check("a sibling that an answer is asked about", "/answers/ok", json!([{ "at": "/id", "taken": "/id" }]));
    check(
        "a change in a question about a record",
        "/fields/name/when",
        json!({ "any": [{ "field": "flag", "is": 1 }] }),
    );
    check(
        "a field without a place",
        "/fields/age",
        json!({ "label": "Age", "type": "integer", "at": "/age" }),
    );
    check("a field that is only read and written", "/fields/size/to", json!("/size"));
    check("a field that is only read and always sent", "/fields/size/send", json!("always"));
    check("a field that is only read nowhere", "/fields/size/at", json!([]));
    check("a field that is always sent and never read", "/fields/flag/at", json!([]));
    check("a secret that is read", "/fields/word/at", json!("/word"));
    check("a secret that is always sent", "/fields/word/send", json!("always"));
    check("a secret that is no text", "/fields/word/type", json!("integer"));
    check("a yes or no that can be emptied", "/fields/flag/clear", json!("omit"));
    check("a condition without its reason", "/fields/mail/when", json!({ "at": "/kind", "is": "a" }));
    check("a reason without its condition", "/fields/mail/unless", json!("Not now."));
    check("rows of a text", "/fields/name/rows", json!("whole"));
    check("a spelling of no date", "/fields/mail/as", fullest()["fields"]["birth"]["as"].clone());
    check("a day to come that is no day", "/fields/age/past", json!(true));
    check("a model of another type", "/fields/flag/example", json!("yes"));
    check("a model that is no day", "/fields/birth/example", json!("21.6.1985"));
    check("changed rows of ids", "/fields/list/rows", json!("changed"));
    check("rows that stay, and the reason why not", "/fields/list/remove", json!({ "no": "They stay." }));
    check("the key of an id", "/fields/list/items/key", json!("id"));
    check(
        "a row that is its key",
        "/fields/answers/items/properties",
        json!({ "question": { "label": "Question", "type": "integer" } }),
    );
    check("an act that changes nothing", "/acts/erase/change", json!({ "$note": 1 }));
    check("an act that writes a list", "/acts/erase/change/list", json!(["ab"]));
    check("an act that changes and asks", "/acts/erase/fields", json!(["age"]));
    check("an act that asks and goes alone", "/acts/rename/alone", json!(true));
    check("an act that asks for nothing", "/acts/rename/fields", json!([]));
    check("a paste that gives nothing", "/paste/0/gives", json!([]));
    check("a paste that gives and says", "/paste/0/says", json!("Something."));
    check("no call at all", "/pace/token/calls", json!(0));
    check("more calls than can be counted", "/pace/token/calls", json!(4_294_967_296_u64));
    check("a step that sends", "/find/0/call/method", json!("POST"));
    check("a tree that sends", "/find/1/tree/call/method", json!("PUT"));
    check("no step at all", "/find", json!([]));
    check("a link that has a parameter", "/find/0/page/parameter", json!("after"));
    check("a link that has a size", "/find/0/page/size", json!("max"));
    check("a cursor that has a total", "/find/3/page/total", json!("/total"));
    check("an offset with a first one", "/find/1/page/first", json!(1));
    check("a number with a cursor", "/find/2/page/next", json!("/next"));
    check("a list that is sent where members are", "/fields/group/choices/call/method", json!("POST"));
    check("a body without a server for it", "/fields/group/choices/body", json!({}));
    check("a body that is not sent", "/fields/coded/items/properties/code/choices/call/method", json!("GET"));
    check("a tree with half a list", "/fields/numbers/items/choices/tree/items", json!("/data"));
    check(
        "choices of rows beside their key",
        "/fields/coded/items/choices",
        fullest()["fields"]["group"]["choices"].clone(),
    );
    check("a time without a day", "/find/0/period/days", json!(0));
}
