//! What values are chosen from, and the server that is asked for names.

use serde_json::{Value, json};

use super::super::Provider;
use super::{faults_of, smallest};

/// Groups of the provider's own, and codes at a server for names, each with its values.
fn coded() -> Value {
    let mut file = smallest();
    let list = |call: Value| json!({ "call": call, "items": "/all", "id": "/id", "name": "/name" });
    let get = |path: &str| list(json!({ "method": "GET", "path": path }));
    let mut culture = get("/cultures");
    culture["at"] = json!("reference");
    let mut codes = list(json!({ "method": "POST", "path": "/codes" }));
    codes["at"] = json!("reference");
    codes["body"] = json!({ "cultures": ["{culture}"] });
    codes["of"] = json!({ "value": { "items": "/values", "id": "/id", "name": "/name" } });
    let mut groups = get("/m/{id}/groups/{group}");
    groups["tree"] = json!({ "gives": "group", "root": "0" });
    file["connection"] = json!({ "guid": { "label": "GUID", "type": "string", "writeOnly": true } });
    file["reference"] = json!({
        "server": "some-names", "label": "Names", "address": "ask", "headers": { "X-Key": "{nameKey}" },
        "asks": {
            "nameKey": { "label": "Key", "type": "string", "writeOnly": true },
            "culture": { "label": "Culture", "type": "integer", "choices": culture }
        }
    });
    file["fields"]["groups"] = json!({
        "label": "Groups", "type": "array", "at": "/groups", "to": "/groups", "items": { "label": "group", "choices": groups }
    });
    file["fields"]["codes"] = json!({
        "label": "Codes", "type": "array", "at": "/codes", "to": "/codes",
        "items": { "label": "code", "type": "object", "key": "code", "properties": {
            "code": { "label": "Code", "type": "integer", "choices": codes },
            "value": { "label": "Value", "type": "string" }
        } }
    });
    file["fields"]["office"] = json!({ "label": "Office", "type": "string", "at": "/office", "to": "/office", "choices": get("/offices") });
    file
}

#[test]
fn lists_to_choose_from_are_read_with_their_places() {
    let provider = Provider::parse(&coded().to_string()).expect("no fault");
    let lookups = provider.lookups();
    let places: Vec<&str> = lookups.iter().map(|(pointer, _)| pointer.as_str()).collect();
    let code = "/fields/codes/items/properties/code/choices";
    let culture = "/reference/asks/culture/choices";
    assert_eq!(places, ["/fields/groups/items/choices", code, "/fields/office/choices", culture]);
    assert!(lookups[0].1.is_of_nodes());
    assert_eq!(lookups[1].1.names().collect::<Vec<_>>(), ["culture"]);
    // One cannot connect to the server that is asked for names.
    assert!(provider.server("some-names").is_none());
    assert_eq!(
        provider.places().map(|place| place.slug.as_str()).collect::<Vec<_>>(),
        ["some", "some-names"]
    );
    let calls = provider.calls().into_iter().filter(|(name, _)| *name == "reference");
    assert_eq!(calls.count(), 2);
    assert_eq!(provider.secret_label(Some("nameKey")).text(), "Key");
}

#[test]
fn each_fault_of_a_list_to_choose_from_is_named_with_its_place() {
    assert_eq!(faults_of(&coded()), Vec::<String>::new());
    let check = |pointer: &str, new: Value, expected: &[&str]| {
        let mut file = coded();
        let (parent, key) = pointer.rsplit_once('/').expect("a place in something");
        file.pointer_mut(parent).expect("a place")[key] = new;
        assert_eq!(faults_of(&file), expected, "{pointer}");
    };
    let (groups, office) = ("/fields/groups/items/choices", "/fields/office/choices");
    let (codes, culture) = ("/fields/codes/items/properties/code/choices", "/reference/asks/culture/choices");
    let at = |place: &str, word: &str| [place, word].concat();
    // A call names what is known.
    check(&at(groups, "/call/path"), json!("/g/{group}/{other}"), &[&at(groups, "/call")]);
    check(&at(groups, "/call/path"), json!("/g"), &[&at(groups, "/tree")]);
    check(&at(groups, "/tree/gives"), json!("id"), &[&at(groups, "/tree/gives"), &at(groups, "/call")]);
    check(&at(office, "/call/path"), json!("/offices/{culture}"), &[&at(office, "/call")]);
    check(&at(office, "/call/headers"), json!({ "X": "{guid}" }), &[]);
    // Only where nothing is changed is a list sent for.
    check(&at(office, "/call/method"), json!("POST"), &["/find", &at(office, "/body")]);
    check(&at(codes, "/call/method"), json!("PUT"), &["/find", &at(codes, "/body")]);
    check(&at(codes, "/call/method"), json!("GET"), &[&at(codes, "/body")]);
    check(&at(codes, "/body/more"), json!("{nameKey}"), &[&at(codes, "/body")]);
    check(&at(codes, "/body/more"), json!("{id}"), &[&at(codes, "/body")]);
    check(&at(codes, "/body/more"), json!("a {culture}"), &[&at(codes, "/body")]);
    // Nothing of a member or of the connection goes to the other server.
    check(&at(codes, "/call/path"), json!("/codes/{id}"), &[&at(codes, "/call")]);
    check(&at(codes, "/call/headers"), json!({ "X": "{guid}" }), &[&at(codes, "/call")]);
    check(&at(culture, "/call/path"), json!("/cultures/{culture}"), &[&at(culture, "/call")]);
    check("/reference/headers/X-Key", json!("{guid}"), &["/reference/headers"]);
    check("/reference/server", json!("some"), &["/reference/server"]);
    check("/reference/server", json!("Some Names"), &["/reference/server"]);
    check("/reference/asks/name", json!({ "label": "Name", "type": "string" }), &["/reference/asks/name"]);
    // What is chosen, and of what.
    check(
        &at(codes, "/of/other"),
        json!({ "items": "/x", "id": "/id", "name": "/name" }),
        &["/fields/codes/items"],
    );
    check(
        &at(office, "/of"),
        json!({ "x": { "items": "/x", "id": "/id", "name": "/name" } }),
        &[&at(office, "/of")],
    );
    check("/fields/office/writeOnly", json!(true), &["/fields/office", office]);
    check(
        "/identity/id/choices",
        json!({ "call": { "method": "GET", "path": "/x" }, "items": "", "id": "/id", "name": "/n" }),
        &["/identity/id/choices"],
    );
    // The shapes of its parts.
    check(
        &at(groups, "/tree/items"),
        json!("/all"),
        &[&at(groups, "/tree"), &at(groups, "/tree"), &at(groups, "/tree")],
    );
    check(&at(codes, "/at"), json!("there"), &[&at(codes, "/at")]);
    check(&at(codes, "/body"), json!("{culture}"), &[&at(codes, "/body")]);
    check(&at(office, "/search"), json!({ "parameter": "q" }), &[&at(office, "/search")]);
}

#[test]
fn without_a_server_for_names_nothing_is_asked_there() {
    let mut file = coded();
    file.as_object_mut().expect("an object").shift_remove("reference");
    let codes = "/fields/codes/items/properties/code/choices";
    assert_eq!(faults_of(&file), [[codes, "/at"].concat(), [codes, "/body"].concat()]);
}
