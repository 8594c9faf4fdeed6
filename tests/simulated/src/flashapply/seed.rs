//! The members that the simulated FlashApply starts with.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::*;
use crate::crowd;

static MEMBERS: LazyLock<Vec<Arc<Value>>> =
    LazyLock::new(|| known().into_iter().chain((0..CROWD).map(of_crowd)).map(Arc::new).collect());

pub(super) fn members() -> Vec<Arc<Value>> {
    MEMBERS.clone()
}

/// The member who stands at this place of the crowd.
fn of_crowd(place: usize) -> Value {
    let (id, email) = (crowd_member(place), crowd::email(place));
    let (first, last) = crowd::given_and_family(place);
    let location = [LOCATION_BERLIN, LOCATION_LAGOS, LOCATION_TAIPEI][place % 3];
    let person = Person::new(&id, &first, &last, &email)
        .at(json!([{ "locationId": location, "role": [ROLES[place % ROLES.len()]] }]));
    person.record(json!({ "profilePictureUrl": "" }))
}

fn known() -> Vec<Value> {
    let picture = |name: &str| json!({ "profilePictureUrl": format!("https://cdn.example.com/{name}.png") });
    let at = |location: &str, role: Value| json!({ "locationId": location, "role": role });
    vec![
        Person::new(MEMBER, "Siobhán", "O’Brien", "siobhan.obrien@example.com")
            .at(json!([at(LOCATION_BERLIN, json!(["editor", "viewer"]))]))
            .record(picture("siobhan")),
        Person::new(MEMBER_PRIMARY, "Nadia", "Okafor", "nadia.okafor@example.com")
            .primary()
            .at(json!([at(LOCATION_LAGOS, json!(["admin"]))]))
            .record(picture("nadia")),
        Person::new(MEMBER_MANY, "Zoë 🚀", "Müller", "zoe+rockets@example.de")
            .at(json!([
                at(LOCATION_BERLIN, json!(["viewer"])),
                at(LOCATION_LAGOS, json!(["viewer", "editor"])),
                at(LOCATION_TAIPEI, json!(["admin", "editor", "viewer"])),
            ]))
            .record(picture("zoe")),
        Person::new(MEMBER_SCALAR, "小明", "王", "wang.xiaoming@example.cn")
            .at(json!([at(LOCATION_TAIPEI, json!("editor")), at(LOCATION_BERLIN, json!("viewer"))]))
            .record(json!({ "defaultLocationId": LOCATION_TAIPEI, "profilePictureUrl": "" })),
        Person::new(MEMBER_NOWHERE, "ليلى", "حسن", "layla.hassan@example.com").record(picture("layla")),
        extra(),
        Person::new(MEMBER_INACTIVE, "Łukasz", "Żółć", "lukasz.zolc@example.pl")
            .inactive()
            .at(json!([at(LOCATION_LAGOS, json!(["viewer"]))]))
            .record(json!({})),
    ]
}

/// Written as text, because a number in a program has lost its digits already.
fn extra() -> Value {
    let text = r#"{
        "id": "mem_10005",
        "createdAt": "2021-11-02T07:45:09Z",
        "updatedAt": "2026-03-14T15:09:26Z",
        "externalRef": 90071992547409931234,
        "firstName": "Jean-Luc",
        "lastName": "D’Angelo",
        "middleName": null,
        "email": "jean-luc.dangelo@example.fr",
        "organizationId": "org_nordlicht",
        "locations": [
            { "locationId": "loc_berlin", "role": ["admin"], "since": "2021-11-02" },
            { "role": ["viewer"], "locationId": "loc_taipei", "desk": { "floor": -0.0, "seats": [] } }
        ],
        "isPrimary": false,
        "isActive": true,
        "settings": {
            "theme": "dark",
            "profilePictureUrl": "https://cdn.example.com/jean-luc.png?size=2&v=1.0",
            "zoom": 1.50
        },
        "scores": [1.10, 2.0],
        "": "an empty key",
        "a/b~c": { "deep": [[{ "deeper": true }]] }
    }"#;
    serde_json::from_str(text).expect("JSON")
}

struct Person<'a> {
    id: &'a str,
    first: &'a str,
    last: &'a str,
    email: &'a str,
    primary: bool,
    active: bool,
    locations: Value,
}

impl<'a> Person<'a> {
    /// Somebody who is active, not primary, and without locations.
    fn new(id: &'a str, first: &'a str, last: &'a str, email: &'a str) -> Person<'a> {
        Person { id, first, last, email, primary: false, active: true, locations: json!([]) }
    }

    fn primary(self) -> Person<'a> {
        Person { primary: true, ..self }
    }

    fn inactive(self) -> Person<'a> {
        Person { active: false, ..self }
    }

    fn at(self, locations: Value) -> Person<'a> {
        Person { locations, ..self }
    }

    fn record(self, settings: Value) -> Value {
        json!({
            "id": self.id,
            "createdAt": "2025-07-26T12:00:00Z",
            "updatedAt": "2025-07-26T12:00:00Z",
            "firstName": self.first,
            "lastName": self.last,
            "email": self.email,
            "organizationId": ORGANIZATION,
            "locations": self.locations,
            "isPrimary": self.primary,
            "isActive": self.active,
            "settings": settings,
        })
    }
}

/// An organization with its locations. One has no name.
pub(super) fn organization() -> Value {
    let location = |id: &str, name: &str, city: &str| json!({ "id": id, "name": name, "city": city });
    json!({
        "id": ORGANIZATION,
        "name": "Nordlicht",
        "locations": [
            location(LOCATION_BERLIN, "Head office", "Berlin"),
            location(LOCATION_LAGOS, "Warehouse", "Lagos"),
            location("loc_oslo", "Warehouse", "Oslo"),
            { "id": "loc_attic" },
        ],
    })
}
