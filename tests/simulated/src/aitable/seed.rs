//! The spaces, teams, roles and members that the simulated AITable starts with.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::*;
use crate::crowd;

/// Records name teams and roles by their ids; here, the records of those are in their place.
static SPACES: LazyLock<Vec<Space>> = LazyLock::new(|| {
    let mut spaces = with_ids();
    for space in &mut spaces {
        let Space { teams, roles, members, .. } = space;
        for member in members.iter_mut().map(Arc::make_mut) {
            for (key, units) in [("teams", &*teams), ("roles", &*roles)] {
                let ids = texts(&member[key]);
                member[key] = ids.iter().filter_map(|id| unit(units, id).cloned()).collect();
            }
        }
    }
    spaces
});

pub(super) fn spaces() -> Vec<Space> {
    SPACES.clone()
}

/// An id as the provider makes them, another one for each place and each kind of units.
pub(super) fn id(kind: &str, place: usize) -> String {
    crowd::uuid(kind, place).replace('-', "")
}

fn with_ids() -> Vec<Space> {
    let empty = |id, name, kind| Space { id, name, kind, teams: vec![], roles: vec![], members: vec![] };
    vec![
        Space {
            id: SPACE,
            name: SPACE_NAME,
            kind: Kind::Enterprise,
            teams: teams().into_iter().chain(staff()).collect(),
            roles: vec![
                role(ROLE_DEVELOPER, "Front-end developer", 1),
                role(ROLE_REVIEWER, "Reviewer", 2),
                role(ROLE_LEAD, "负责人", 3),
            ],
            members: members().into_iter().chain((0..CROWD).map(crowd_record)).map(Arc::new).collect(),
        },
        Space {
            id: SPACE_INTEGRATED,
            name: "企业微信 – Shanghai",
            kind: Kind::Integrated,
            teams: vec![team(TEAM_INTEGRATED, "研发部", 1, "0", None)],
            roles: vec![],
            members: vec![Person::new(MEMBER_INTEGRATED, "李娜").teams(&[TEAM_INTEGRATED]).record().into()],
        },
        empty(SPACE_FREE, "Book club", Kind::Free),
        empty(SPACE_FOREIGN, "Somebody else’s", Kind::Foreign),
    ]
}

/// Engineering with two teams below it, and three teams beside it.
fn teams() -> Vec<Value> {
    let reviewer = || Some(json!([role(ROLE_REVIEWER, "Reviewer", 2)]));
    vec![
        team(TEAM_ENGINEERING, "Engineering", 1, "0", reviewer()),
        team(TEAM_PLATFORM, "Platform", 1, TEAM_ENGINEERING, Some(json!([]))),
        team(TEAM_APPS, "Apps & Design", 2, TEAM_ENGINEERING, None),
        team(TEAM_SALES, "Vertrieb (DACH)", 2, "0", Some(json!([]))),
        // An empty text stands for the root as well.
        team(TEAM_OPERATIONS, "运营", 3, "", None),
        team(TEAM_NIGHT, "Night shift", 4, "0", Some(json!([]))),
    ]
}

/// The teams of the crowd, each with the place of the one above it. The first is below the root.
const STAFF_TEAMS: [(&str, Option<usize>); 16] = [
    (STAFF, None),
    (STAFF_EUROPE, Some(0)),
    ("الشرق الأوسط", Some(0)),
    (STAFF_ASIA, Some(0)),
    ("Americas", Some(0)),
    (STAFF_TWICE, Some(1)),
    ("Kőszeg & Łódź", Some(1)),
    ("O'Hare", Some(4)),
    ("O’Hare", Some(4)),
    (STAFF_TWICE, Some(4)),
    ("תמיכה", Some(2)),
    (STAFF_LARGE, Some(3)),
    ("서울 🚇", Some(3)),
    (crowd::LONG, Some(3)),
    (STAFF_EMPTY, Some(1)),
    (crowd::BLANK, Some(4)),
];
/// Who is in which of them, besides those in the large one. The others are empty.
const STAFFED: [usize; 11] = [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13];
const STAFF_LARGE_PLACE: usize = 11;

fn staff() -> Vec<Value> {
    let record = |(place, (name, above)): (usize, &(&str, Option<usize>))| {
        let parent = above.map_or("0".to_string(), |above| id("team", above));
        team(&id("team", place), name, place as u32 + 5, &parent, None)
    };
    STAFF_TEAMS.iter().enumerate().map(record).collect()
}

/// The member who stands at this place of the crowd.
fn crowd_record(place: usize) -> Value {
    let staffed = STAFFED[place % STAFFED.len()];
    let teams: &[usize] = match place {
        0 => &[5],
        1 => &[9],
        CROWD_TWO_TEAMS => &[STAFF_LARGE_PLACE, 5],
        place if CROWD_NO_TEAM.contains(&place) => &[],
        place if place % 5 < 2 => &[STAFF_LARGE_PLACE],
        _ => &[staffed],
    };
    json!({
        "unitId": id("member", place),
        "name": crowd::name(place).unwrap_or_default(),
        "mobile": {},
        "email": crowd::email(place),
        "avatar": "",
        "status": 1,
        "type": "Member",
        "teams": teams.iter().map(|place| id("team", *place)).collect::<Value>(),
        "roles": [],
    })
}

fn members() -> Vec<Value> {
    vec![
        Person::new(MEMBER, "John")
            .teams(&[TEAM_PLATFORM])
            .roles(&[ROLE_DEVELOPER])
            .reached("john@example.com", "+1", "4085267209")
            .record(),
        Person::new(MEMBER_TWO_TEAMS, "Amélie D'Arcy")
            .teams(&[TEAM_APPS, TEAM_SALES])
            .roles(&[ROLE_REVIEWER])
            .reached("amelie.darcy@example.fr", "+33", "612345678")
            .record(),
        Person::new(MEMBER_NO_TEAM, "張偉").reached("zhang.wei@example.tw", "+886", "912345678").record(),
        Person::new(MEMBER_NO_ROLES, "فاطمة الزهراء")
            .teams(&[TEAM_SALES])
            .reached("fatima@example.com", "+212", "612345678")
            .record(),
        Person::new(MEMBER_TWO_ROLES, "Jürgen Groß")
            .teams(&[TEAM_ENGINEERING])
            .roles(&[ROLE_REVIEWER, ROLE_LEAD])
            .reached("juergen.gross@example.de", "+49", "15112345678")
            .record(),
        Person::new(MEMBER_PRIMARY_ADMIN, "Nadia Okafor")
            .kind("PrimaryAdmin")
            .teams(&[TEAM_OPERATIONS])
            .roles(&[ROLE_LEAD])
            .reached("nadia.okafor@example.com", "+234", "8031234567")
            .record(),
        Person::new(MEMBER_SUB_ADMIN, "Siobhán O’Brien")
            .kind("SubAdmin")
            .teams(&[TEAM_OPERATIONS])
            .reached("siobhan.obrien@example.com", "+353", "861234567")
            .record(),
        // Thirty-two units of UTF-16, which is all that a name may have.
        Person::new(MEMBER_NOT_JOINED, "Maximiliana-Konstanze 🚀 Raketov")
            .not_joined()
            .teams(&[TEAM_APPS])
            .record(),
    ]
}

struct Person {
    id: &'static str,
    name: &'static str,
    kind: &'static str,
    joined: bool,
    email: &'static str,
    mobile: Value,
    teams: &'static [&'static str],
    roles: &'static [&'static str],
}

impl Person {
    /// Somebody without teams, roles, e-mail and mobile.
    fn new(id: &'static str, name: &'static str) -> Person {
        Person {
            id,
            name,
            kind: "Member",
            joined: true,
            email: "",
            mobile: json!({}),
            teams: &[],
            roles: &[],
        }
    }

    fn kind(self, kind: &'static str) -> Person {
        Person { kind, ..self }
    }

    fn not_joined(self) -> Person {
        Person { joined: false, ..self }
    }

    fn teams(self, teams: &'static [&'static str]) -> Person {
        Person { teams, ..self }
    }

    fn roles(self, roles: &'static [&'static str]) -> Person {
        Person { roles, ..self }
    }

    fn reached(self, email: &'static str, area: &str, number: &str) -> Person {
        Person { email, mobile: json!({ "number": number, "areaCode": area }), ..self }
    }

    fn record(self) -> Value {
        let avatar = "https://s1.aitable.ai/public/2023/05/16/00a91wbb47fd0594fbc975d2d764a45q";
        json!({
            "unitId": self.id,
            "name": self.name,
            "mobile": self.mobile,
            "email": self.email,
            "avatar": if self.joined { avatar } else { "" },
            "status": u8::from(self.joined),
            "type": self.kind,
            "teams": self.teams,
            "roles": self.roles,
        })
    }
}

fn team(id: &str, name: &str, sequence: u32, parent: &str, roles: Option<Value>) -> Value {
    let mut team = json!({ "unitId": id, "name": name, "sequence": sequence, "parentUnitId": parent });
    if let Some(roles) = roles {
        team["roles"] = roles;
    }
    team
}

fn role(id: &str, name: &str, sequence: u32) -> Value {
    json!({ "unitId": id, "name": name, "sequence": sequence })
}
