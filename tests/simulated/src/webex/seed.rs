//! The people, spaces and memberships that the simulated Webex starts with.

use std::sync::{Arc, LazyLock};

use serde_json::{Value, json};

use super::{
    CROWD, MORE_ROOMS, TITLE_CLOSED, TITLE_LARGE, TITLE_MODERATED, TITLE_TWICE, TITLE_UNMODERATED, encode,
};
use crate::crowd;

pub(super) const ORGANIZATION: &str = "f78a2b51-7d52-4eaf-8df0-3e1122d5189b";

/// Webex puts some customers' spaces into another region, and says so in their ids.
const WEST: &str = "urn:TEAM:us-west-2_r";

/// An empty name is one that is not on file.
pub(super) struct Person<'a> {
    pub uuid: &'a str,
    email: &'a str,
    first: &'a str,
    last: &'a str,
    name: &'a str,
}

struct Space<'a> {
    cluster: &'a str,
    uuid: &'a str,
    title: &'a str,
    kind: &'a str,
    created: &'a str,
}

pub(super) const OWNER: Person = Person {
    uuid: "8687b18d-8ce1-4c8b-aedd-3a249018775a",
    email: super::OWNER_EMAIL,
    first: "Nadia",
    last: "Okafor",
    name: "Nadia Okafor",
};
const SIOBHAN: Person = Person {
    uuid: "3fe6e7be-9ba0-4717-9ed4-0c227dab7ad2",
    email: super::SIOBHAN_EMAIL,
    first: "Siobhán",
    last: "O'Brien",
    name: "Siobhán O'Brien",
};
const LAYLA: Person = Person {
    uuid: "2d38de7c-3bec-4519-8b67-4d999253f6b7",
    email: "layla.hassan@example.com",
    first: "ليلى",
    last: "حسن",
    name: "ليلى حسن",
};
const WANG: Person = Person {
    uuid: "bafcaba9-20f0-4c5c-97b3-9e4dbda513bd",
    email: "wang.xiaoming@example.cn",
    first: "小明",
    last: "王",
    name: "王小明",
};
const ZOE: Person = Person {
    uuid: "a93f99f2-e8a4-487e-8608-2c084826f652",
    email: "zoe+rockets@example.de",
    first: "Zoë 🚀",
    last: "Müller",
    name: "Zoë 🚀 Müller",
};
const JEAN: Person = Person {
    uuid: "70db71c4-a6d5-469e-a2c5-32cf9756a036",
    email: "jean-luc.dangelo@example.fr",
    first: "Jean-Luc",
    last: "D’Angelo",
    name: "Jean-Luc D’Angelo",
};

const UNMODERATED: Space = Space {
    cluster: "us",
    uuid: "7f5364eb-98d0-4ba6-b51d-8b61ea81606d",
    title: TITLE_UNMODERATED,
    kind: "group",
    created: "2023-02-14T09:30:00.000Z",
};
const MODERATED: Space = Space {
    cluster: "us",
    uuid: "88b065e7-4dd5-49ec-8b00-84f7de574f6d",
    title: TITLE_MODERATED,
    kind: "group",
    created: "2022-11-03T16:05:41.118Z",
};
const CLOSED: Space = Space {
    cluster: "us",
    uuid: "187e81ac-2c11-4e79-b730-20538dcceab0",
    title: TITLE_CLOSED,
    kind: "group",
    created: "2021-06-21T07:00:00.000Z",
};
const DIRECT: Space = Space {
    cluster: "us",
    uuid: "6acc5fa2-09ae-4ad4-ad4c-c06b3a1290fc",
    title: LAYLA.name,
    kind: "direct",
    created: "2024-01-08T12:44:10.502Z",
};
const HIDDEN: Space = Space {
    cluster: "us",
    uuid: "374cc47e-e0d3-4d02-8285-a3e8267133ee",
    title: ZOE.name,
    kind: "direct",
    created: "2020-03-30T18:20:59.999Z",
};
const REGIONAL: Space = Space {
    cluster: WEST,
    uuid: "40eb60ed-801c-4357-8e9a-c62aa1b018a7",
    title: "Équipe Montréal",
    kind: "group",
    created: "2026-04-23T12:09:05.902Z",
};
const OUTSIDE: Space = Space {
    cluster: "us",
    uuid: "b4d343a8-4b68-41c7-9dba-58587dc7abbe",
    title: "Surprise party for Nadia",
    kind: "group",
    created: "2025-09-01T08:00:00.000Z",
};

const LARGE: Space = Space {
    cluster: "us",
    uuid: "c0de2657-3f71-4b0c-9d5b-2b9e64a1d300",
    title: TITLE_LARGE,
    kind: "group",
    created: "2024-03-01T08:00:00.000Z",
};

/// Topics and who meets about them: what the other spaces are called.
const TOPICS: [&str; 10] = [
    "Budget",
    "Onboarding",
    "Rollout 🚀",
    "Qualitätszirkel",
    "اجتماع",
    "ישיבה",
    "會議",
    "회의",
    "O'Hare launch",
    "O’Hare launch",
];
const GROUPS: [&str; 13] = [
    "Legal",
    "Finance",
    "People & Culture",
    "R&D",
    "Île-de-France",
    "القاهرة",
    "תל אביב",
    "臺北",
    "서울",
    "München",
    "São Paulo",
    "Łódź",
    "Security",
];

static KNOWN: LazyLock<Vec<Value>> =
    LazyLock::new(|| [OWNER, SIOBHAN, LAYLA, WANG, ZOE, JEAN].iter().map(person).collect());

/// Made only when somebody looks for one of them.
static CROWD_PEOPLE: LazyLock<Vec<Value>> =
    LazyLock::new(|| (0..CROWD).map(|place| with_crowd(place, person)).collect());

static ROOMS: LazyLock<Vec<Arc<Value>>> = LazyLock::new(|| {
    let known = [UNMODERATED, MODERATED, CLOSED, DIRECT, HIDDEN, REGIONAL, OUTSIDE, LARGE];
    let more = (0..MORE_ROOMS).map(|place| with_space(place, room));
    known.iter().map(room).chain(more).map(Arc::new).collect()
});

static MEMBERSHIPS: LazyLock<Vec<Arc<Value>>> = LazyLock::new(|| {
    let large = |person: &Person| membership(&LARGE, person, false, Some(false));
    let more = (0..MORE_ROOMS).flat_map(|place| {
        with_space(place, |space| {
            let member = |person: &Person| membership(space, person, false, Some(false));
            [member(&OWNER), with_crowd(place, member)]
        })
    });
    known_memberships()
        .into_iter()
        .chain([large(&OWNER)])
        .chain(more)
        .chain((0..CROWD).map(|place| with_crowd(place, large)))
        .chain([SIOBHAN, LAYLA, WANG, ZOE, JEAN].iter().map(large))
        .map(Arc::new)
        .collect()
});

pub(super) fn people() -> impl Iterator<Item = &'static Value> {
    KNOWN.iter().chain(std::iter::once_with(|| CROWD_PEOPLE.iter()).flatten())
}

/// Without `isLocked`, which follows from the memberships.
pub(super) fn rooms() -> Vec<Arc<Value>> {
    ROOMS.clone()
}

pub(super) fn memberships() -> Vec<Arc<Value>> {
    MEMBERSHIPS.clone()
}

pub(super) fn large_member(place: usize) -> String {
    with_crowd(place, |person| membership_id(&LARGE, person))
}

/// Who stands at this place of the crowd.
fn with_crowd<T>(place: usize, make: impl FnOnce(&Person) -> T) -> T {
    let (uuid, email) = (crowd::uuid("person", place), crowd::email(place));
    let (name, (first, last)) = (crowd::name(place).unwrap_or_default(), crowd::given_and_family(place));
    make(&Person { uuid: &uuid, email: &email, first: &first, last: &last, name: &name })
}

/// One of the other spaces.
fn with_space<T>(place: usize, make: impl FnOnce(&Space) -> T) -> T {
    let title = match place {
        0 | 1 => TITLE_TWICE.to_string(),
        2 => format!("{} – {}", TOPICS.join(" / "), GROUPS.join(" / ")),
        3 => crowd::BLANK.to_string(),
        4 => String::new(),
        _ => format!("{} – {}", TOPICS[place % TOPICS.len()], GROUPS[place % GROUPS.len()]),
    };
    let created = format!("2024-{:02}-{:02}T09:00:00.000Z", place % 12 + 1, place % 28 + 1);
    let uuid = crowd::uuid("space", place);
    make(&Space { cluster: "us", uuid: &uuid, title: &title, kind: "group", created: &created })
}

fn known_memberships() -> Vec<Value> {
    let hidden = Some(true);
    let shown = Some(false);
    vec![
        membership(&UNMODERATED, &OWNER, false, shown),
        membership(&UNMODERATED, &SIOBHAN, false, shown),
        membership(&UNMODERATED, &WANG, false, shown),
        membership(&UNMODERATED, &ZOE, false, shown),
        membership(&MODERATED, &OWNER, true, shown),
        membership(&MODERATED, &JEAN, true, shown),
        membership(&MODERATED, &LAYLA, false, shown),
        membership(&CLOSED, &JEAN, true, shown),
        membership(&CLOSED, &OWNER, false, shown),
        membership(&CLOSED, &WANG, false, shown),
        membership(&DIRECT, &OWNER, false, None),
        membership(&DIRECT, &LAYLA, false, None),
        membership(&HIDDEN, &OWNER, false, shown),
        membership(&HIDDEN, &ZOE, false, hidden),
        membership(&REGIONAL, &OWNER, false, None),
        membership(&REGIONAL, &SIOBHAN, false, None),
        membership(&OUTSIDE, &SIOBHAN, false, shown),
        membership(&OUTSIDE, &WANG, false, shown),
    ]
}

fn person(person: &Person) -> Value {
    let mut record = json!({
        "id": encode("us", "PEOPLE", person.uuid),
        "emails": [person.email],
        "phoneNumbers": [],
        "displayName": person.name,
        "nickName": person.first,
        "firstName": person.first,
        "lastName": person.last,
        "orgId": encode("us", "ORGANIZATION", ORGANIZATION),
        "created": "2019-10-18T14:26:16.000Z",
        "lastModified": "2024-05-02T10:00:00.000Z",
        "status": "active",
        "invitePending": false,
        "loginEnabled": true,
        "type": "person",
    });
    if person.name.is_empty()
        && let Some(entries) = record.as_object_mut()
    {
        entries
            .retain(|key, _| !["displayName", "nickName", "firstName", "lastName"].contains(&key.as_str()));
    }
    record
}

fn room(space: &Space) -> Value {
    let mut record = json!({
        "id": encode(space.cluster, "ROOM", space.uuid),
        "title": space.title,
        "type": space.kind,
        "lastActivity": "2026-05-04T19:12:48.920Z",
        "creatorId": encode("us", "PEOPLE", OWNER.uuid),
        "created": space.created,
        "ownerId": encode("us", "ORGANIZATION", ORGANIZATION),
        "isAnnouncementOnly": false,
        "isReadOnly": false,
        "isPublic": false,
    });
    if space.title.is_empty()
        && let Some(entries) = record.as_object_mut()
    {
        entries.shift_remove("title");
    }
    record
}

fn membership(space: &Space, person: &Person, moderator: bool, hidden: Option<bool>) -> Value {
    let mut record = json!({
        "id": membership_id(space, person),
        "roomId": encode(space.cluster, "ROOM", space.uuid),
        "personId": encode("us", "PEOPLE", person.uuid),
        "personEmail": person.email,
        "personDisplayName": person.name,
        "personOrgId": encode("us", "ORGANIZATION", ORGANIZATION),
        "isModerator": moderator,
    });
    if person.name.is_empty()
        && let Some(entries) = record.as_object_mut()
    {
        entries.shift_remove("personDisplayName");
    }
    // Older records lack it: the client has to live with that.
    if let Some(hidden) = hidden {
        record["isRoomHidden"] = hidden.into();
    }
    record["roomType"] = space.kind.into();
    record["isMonitor"] = false.into();
    record["created"] = space.created.into();
    record
}

fn membership_id(space: &Space, person: &Person) -> String {
    encode(space.cluster, "MEMBERSHIP", &format!("{}:{}", person.uuid, space.uuid))
}
