//! The columns of the table: each provider, with a change of each kind.

use std::fmt;

use simulated::{aitable, flashapply, symbl, toluna, webex};

use crate::members::Member;
use crate::members::Typed::{self, Add, Clear, Text};

/// One provider, and what is changed there.
pub struct Column {
    pub name: &'static str,
    pub plain: Case,
    /// A change that somebody must consent to.
    pub risky: Case,
    /// A change that the provider refuses by itself, and the field on which the refusal lands.
    pub refused: Option<(Case, Option<&'static str>)>,
    /// An answer that refuses the plain change at a field.
    pub at_field: (u16, &'static str, &'static str),
    /// What a colleague makes of the field of the plain change, as it is stored.
    pub moved: (&'static str, &'static str),
    /// What a colleague changes elsewhere in the record.
    pub beside: (&'static str, &'static str),
    /// What the provider makes of the plain change instead: a place in the body.
    pub altered: (&'static str, &'static str),
    /// A change of two fields, and a place in its body with what is on file already: then only a part is made.
    pub part: Option<Part>,
    /// A yes of this provider.
    pub yes: &'static str,
    /// A change of something that the provider never tells.
    pub not_told: Option<Case>,
    /// A change after which there is no such member any more.
    pub gone: Option<Case>,
}

pub type Part = (&'static [(&'static str, Typed)], (&'static str, &'static str));

/// One change of one member.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    pub member: Member,
    pub typed: &'static [(&'static str, Typed)],
    /// Where the stored record then has what: a pointer and JSON.
    pub holds: (&'static str, &'static str),
}

impl fmt::Debug for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

pub static COLUMNS: [Column; 5] = [SYMBL, FLASHAPPLY, TOLUNA, AITABLE, WEBEX];

const JOHN: Member = Member::symbl(&[("conversationId", symbl::CONVERSATION), ("memberId", symbl::MEMBER)]);

/// With the address of Mary, whatever the capitals, John becomes one with her.
const MERGE: Case = Case { member: JOHN, typed: &[("email", Text("mary@example.com"))], holds: ("", "null") };

const SYMBL: Column = Column {
    name: "Symbl.ai",
    plain: Case { member: JOHN, typed: &[("name", Text("Johanna"))], holds: ("/name", "\"Johanna\"") },
    risky: MERGE,
    refused: None,
    at_field: (400, r#"{"message":"name is too long"}"#, "name"),
    moved: ("/name", "\"Jon\""),
    beside: ("/email", "\"jon@example.com\""),
    altered: ("/name", "\"Somebody\""),
    part: Some((
        &[("name", Text("Johanna")), ("email", Text("johanna@example.com"))],
        ("/email", "\"john@example.com\""),
    )),
    yes: r#"{"message":"as simulated"}"#,
    not_told: None,
    gone: Some(MERGE),
};

const SIOBHAN: Member = Member::flashapply(&[("memberId", flashapply::MEMBER)]);

const FLASHAPPLY: Column = Column {
    name: "FlashApply",
    plain: Case {
        member: SIOBHAN,
        typed: &[("firstName", Text("Johanna"))],
        holds: ("/firstName", "\"Johanna\""),
    },
    risky: Case { member: SIOBHAN, typed: &[("isPrimary", Text("yes"))], holds: ("/isPrimary", "true") },
    refused: Some((
        Case { member: SIOBHAN, typed: &[("email", Text("nadia.okafor@example.com"))], holds: ("", "null") },
        Some("email"),
    )),
    at_field: (
        422,
        r#"{"error":{"message":"settings.profilePictureUrl is wrong","field":"settings.profilePictureUrl"}}"#,
        "picture",
    ),
    moved: ("/firstName", "\"Shiv\""),
    beside: ("/settings/theme", "\"dark\""),
    altered: ("/firstName", "\"Somebody\""),
    part: Some((
        &[("firstName", Text("Johanna")), ("lastName", Text("Okafor"))],
        ("/lastName", "\"O’Brien\""),
    )),
    yes: r#"{"id":"as simulated"}"#,
    not_told: None,
    gone: None,
};

const PANELIST: Member = Member::toluna(&[("panel", "United Kingdom"), ("memberCode", toluna::MEMBER)]);
const TELLING: Member =
    Member::toluna(&[("panel", "United Kingdom"), ("memberCode", toluna::MEMBER_TELLING)]);

const TOLUNA: Column = Column {
    name: "Toluna",
    plain: Case {
        member: PANELIST,
        typed: &[("postcode", Text("EC1V 9BD"))],
        holds: ("/PostalCode", "\"EC1V 9BD\""),
    },
    risky: Case { member: TELLING, typed: &[("test", Text("yes"))], holds: ("/IsTest", "true") },
    refused: Some((
        // The gender of somebody who is neither of the two that Toluna knows.
        Case { member: PANELIST, typed: &[("answers", Add(&["1001007=2000299"]))], holds: ("", "null") },
        None,
    )),
    at_field: (400, r#"{"Message":"An invalid property: PostalCode."}"#, "postcode"),
    moved: ("/PostalCode", "\"M1 1AE\""),
    beside: ("/BirthDate", "\"1993-07-22\""),
    altered: ("/PostalCode", "\"LS1 4AP\""),
    part: Some((
        &[("birthDate", Text("1993-07-22")), ("postcode", Text("EC1V 9BD"))],
        ("/PostalCode", "\"SW1A 1AA\""),
    )),
    yes: "",
    not_told: Some(Case {
        member: PANELIST,
        typed: &[("active", Text("no"))],
        holds: ("/IsActive", "false"),
    }),
    gone: Some(Case { member: PANELIST, typed: &[("erased", Text("yes"))], holds: ("", "null") }),
};

const JOHN_OF_PLATFORM: Member = Member::aitable(&[("spaceId", aitable::SPACE), ("unitId", aitable::MEMBER)]);

const ROLES: &str = r#"["N1zRf8VAUukBCpssaPslpBlxEu8K0Lke"]"#;

const AITABLE: Column = Column {
    name: "AITable",
    plain: Case {
        member: JOHN_OF_PLATFORM,
        typed: &[("name", Text("Johanna"))],
        holds: ("/name", "\"Johanna\""),
    },
    risky: Case { member: JOHN_OF_PLATFORM, typed: &[("teams", Clear)], holds: ("/teams", "[]") },
    refused: Some((
        Case {
            member: JOHN_OF_PLATFORM,
            typed: &[("teams", Add(&["nosuchteam00000000000000000000"]))],
            holds: ("", "null"),
        },
        Some("teams"),
    )),
    at_field: (200, r#"{"success":false,"code":1523,"message":"no such role"}"#, "roles"),
    moved: ("/name", "\"Jon\""),
    beside: ("/teams", "[]"),
    altered: ("/name", "\"Somebody\""),
    part: Some((&[("name", Text("Johanna")), ("roles", Add(&[aitable::ROLE_LEAD]))], ("/roles", ROLES))),
    yes: r#"{"success":true}"#,
    not_told: None,
    gone: None,
};

const LAYLA: Member = Member::webex(&[("membershipId", webex::MODERATED_MEMBER)]);

const WEBEX: Column = Column {
    name: "Webex",
    plain: Case { member: LAYLA, typed: &[("isModerator", Text("yes"))], holds: ("/isModerator", "true") },
    risky: Case {
        member: Member::webex(&[("membershipId", webex::UNMODERATED)]),
        typed: &[("isModerator", Text("yes"))],
        holds: ("/isModerator", "true"),
    },
    refused: Some((
        Case {
            member: Member::webex(&[("membershipId", webex::CLOSED)]),
            typed: &[("isModerator", Text("yes"))],
            holds: ("", "null"),
        },
        None,
    )),
    at_field: (409, r#"{"message":"a rule of the space"}"#, "isModerator"),
    moved: ("/isModerator", "true"),
    beside: ("/isMonitor", "true"),
    altered: ("/isModerator", "false"),
    part: None,
    yes: r#"{"id":"as simulated"}"#,
    not_told: None,
    gone: None,
};
