//! The panels and members that the simulated Toluna starts with.

use serde_json::{Value, json};

use super::*;

/// A panel, with what version 1 tells of it.
pub(super) struct Panel {
    pub guid: &'static str,
    pub culture: u16,
    pub country: (i64, &'static str),
    pub language: (i64, &'static str),
    /// What an answer is called there; without a name here it has an empty one.
    pub labels: &'static [(i64, &'static str)],
}

pub(super) const PANELS: [Panel; 2] = [
    Panel {
        guid: PANEL_UK,
        culture: 5,
        country: (2_000_077, "United Kingdom"),
        language: (2_000_240, "English"),
        labels: &[
            (2_000_246, "Female"),
            (2_000_247, "Male"),
            (2_002_275, "Postgraduate/Phd"),
            (2_796_306, "Degree/HND"),
            (2_002_335, "Don't know / don't want to answer"),
            (2_796_316, "Retired"),
        ],
    },
    Panel {
        guid: PANEL_FRANCE,
        culture: 6,
        country: (2_000_073, "France"),
        language: (2_000_245, "Français"),
        labels: &[
            (2_000_246, "Femme"),
            (2_000_247, "Homme"),
            (2_002_274, "Bac+4"),
            (2_002_335, "Je ne sais pas / préfère ne pas répondre"),
        ],
    },
];

pub(super) fn members() -> Vec<Member> {
    let many: &[(i64, i64)] = &[
        (1_001_007, 2_000_247),
        (1_001_101, 2_002_275),
        (1_001_107, 2_002_330),
        (1_001_012, 2_000_270),
        (1_005_145, 2_796_316),
        (1_001_102, 2_002_280),
        (1_012_395, 3_056_609),
    ];
    let few: &[(i64, i64)] = &[(1_001_007, 2_000_246), (1_001_101, 2_796_306)];
    vec![
        member(PANEL_UK, MEMBER, "1992-06-21", "SW1A 1AA").selected(many),
        member(PANEL_UK, MEMBER_YEAR_FIRST, "1992/6/21", "EC1V 9BD").selected(few),
        member(PANEL_UK, MEMBER_ENCODED, "6/21/1992", "M1 1AE").selected(few),
        member(PANEL_UK, MEMBER_TELLING, "1987-01-25", "LS1 4AP").selected(few).telling(),
        member(PANEL_UK, MEMBER_INACTIVE, "11/3/1979", "CF10 1EP").selected(few).with("IsActive", false),
        // Nobody asked it anything yet.
        member(PANEL_UK, MEMBER_TEST, "1985-06-21", "").with("IsTest", true),
        member(PANEL_UK, MEMBER_BLOCKED, "2/7/1989", "BT1 5GS").selected(few).blocked(),
        member(PANEL_FRANCE, MEMBER_REGISTRATION, "7/11/2000", "75001").registered(json!([
            { "QuestionID": 1_001_001, "Answers": [{ "AnswerID": 2_000_073, "AnswerValue": null }] },
            { "QuestionID": 1_001_007, "Answers": [{ "AnswerID": 2_000_247, "AnswerValue": null }] },
            { "QuestionID": 1_001_101, "Answers": [{ "AnswerID": 2_002_274, "AnswerValue": null }] },
            { "QuestionID": 1_012_227, "Answers": [
                { "AnswerID": 3_055_267, "AnswerValue": null },
                { "AnswerID": 3_055_271, "AnswerValue": null },
            ] },
            { "QuestionID": 1_001_032, "Answers": [{ "AnswerID": 2_224_508, "AnswerValue": "Besançon" }] },
        ])),
        member(PANEL_FRANCE, MEMBER_ERASED, "1990-01-31", "25000").erased(),
    ]
}

/// An active member that was asked nothing.
fn member(panel: &str, code: &str, birth_date: &str, postal_code: &str) -> Member {
    let mailbox: String = code.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let record = json!({
        "PartnerGUID": panel,
        "MemberCode": code,
        "IsActive": true,
        "IsTest": false,
        "Email": format!("{mailbox}@example.com"),
        "BirthDate": birth_date,
        "PostalCode": postal_code,
        "IsPIIDataRegulated": false,
    });
    Member { record, tells_flags: false, blocked: false }
}

impl Member {
    fn with(mut self, key: &str, value: impl Into<Value>) -> Member {
        self.record[key] = value.into();
        self
    }

    fn selected(self, answers: &[(i64, i64)]) -> Member {
        let entry = |(question, answer): &(i64, i64)| json!({ "QuestionID": question, "AnswerID": answer });
        self.with("AnsweredQuestions", answers.iter().map(entry).collect::<Value>())
    }

    fn registered(self, answers: Value) -> Member {
        self.with("RegistrationAnswers", answers)
    }

    fn telling(self) -> Member {
        Member { tells_flags: true, ..self }
    }

    fn blocked(self) -> Member {
        Member { blocked: true, ..self }
    }

    fn erased(self) -> Member {
        let record = erased(&self.record["PartnerGUID"], &self.record["MemberCode"]);
        Member { record, ..self }
    }
}
