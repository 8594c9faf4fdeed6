//! The spaces, teams, roles and members that the simulated AITable starts with.

use serde_json::{Value, json};

use super::*;

pub(super) fn spaces() -> Vec<Space> {
    let empty = |id, name, kind| Space { id, name, kind, teams: vec![], roles: vec![], members: vec![] };
    vec![
        Space {
            id: SPACE,
            name: "Nordlicht Studio",
            kind: Kind::Enterprise,
            teams: teams(),
            roles: vec![
                role(ROLE_DEVELOPER, "Front-end developer", 1),
                role(ROLE_REVIEWER, "Reviewer", 2),
                role(ROLE_LEAD, "负责人", 3),
            ],
            members: members(),
        },
        Space {
            id: SPACE_INTEGRATED,
            name: "企业微信 – Shanghai",
            kind: Kind::Integrated,
            teams: vec![team(TEAM_INTEGRATED, "研发部", 1, "0", None)],
            roles: vec![],
            members: vec![Person::new(MEMBER_INTEGRATED, "李娜").teams(&[TEAM_INTEGRATED]).record()],
        },
        empty(SPACE_FREE, "Book club", Kind::Free),
        empty(SPACE_FOREIGN, "Somebody else’s", Kind::Foreign),
    ]
}

/// Engineering with two teams below it, and two teams beside it.
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

    /// Teams and roles are ids here; `seed` puts the records in their place.
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
