//! The only ways in which what the page sends is not what was published, each with its reason.
//! `cargo test -p memberdesk --no-default-features deviation -- --nocapture` prints them.

use memberdesk::provider::pointer::Pointer;
use serde_json::{Value as Json, json};

use super::case;

pub struct Deviation {
    pub cases: &'static [&'static str],
    pub does: Does,
    pub because: &'static str,
}

pub enum Does {
    /// A header goes that is not published.
    Adds(&'static str, &'static str),
    /// The credential goes in another header: the published one, and ours with what it says.
    Moves(&'static str, &'static str, &'static str),
    /// A place of the body has another value: the published one and ours, as JSON.
    Writes(&'static str, &'static str, &'static str),
    /// A place of the body has another name.
    Renames(&'static str, &'static str),
    /// The address differs in this.
    Asks(&'static str, &'static str),
    /// It is never sent: this field says why.
    Refuses(&'static str),
}

use Does::{Adds, Asks, Moves, Refuses, Renames, Writes};

const JSON: &str = "application/json";

pub const DEVIATIONS: [Deviation; 11] = [
    Deviation {
        cases: &[
            "webex-01",
            "webex-02",
            "webex-06",
            "webex-09",
            "webex-16",
            "webex-25",
            "webex-26",
            "aitable-01",
            "aitable-02",
            "aitable-03",
            "aitable-04",
            "aitable-19",
            "aitable-21",
            "aitable-23",
            "aitable-25",
            "aitable-27",
            "aitable-29",
            "aitable-31",
            "symbl-01",
            "symbl-02",
            "symbl-03",
            "symbl-04",
            "symbl-05",
            "symbl-06",
            "symbl-07",
            "symbl-09",
            "symbl-12",
            "symbl-14",
            "symbl-15",
            "symbl-16",
            "symbl-19",
            "flashapply-01",
            "flashapply-02",
            "flashapply-04",
            "flashapply-06",
        ],
        does: Adds("Accept", JSON),
        because: "JSON is all that the page can read, and saying so does no harm",
    },
    Deviation {
        cases: &["flashapply-01", "flashapply-04"],
        does: Adds("Content-Type", JSON),
        because: "a body has a type; the documents leave it to the program that sends it",
    },
    Deviation {
        cases: &[
            "toluna-01",
            "toluna-02",
            "toluna-03",
            "toluna-04",
            "toluna-05",
            "toluna-12",
            "toluna-13",
            "toluna-28",
            "toluna-29",
        ],
        does: Adds("Content-Type", JSON),
        because: "the same: pairs saved from a running service have it",
    },
    Deviation {
        cases: &["symbl-02", "symbl-08", "symbl-09"],
        does: Moves("x-api-key", "Authorization", "Bearer $TOKEN"),
        because: "the older header is out of use; the newer one is the documented one",
    },
    Deviation {
        cases: &["toluna-07", "toluna-08", "toluna-09", "toluna-20"],
        does: Adds("Accept", "application/json;version=2.0"),
        because: "without it version 1 answers, which has other names and other rules",
    },
    Deviation {
        cases: &["toluna-08"],
        does: Renames("/Active", "/IsActive"),
        because: "the name of version 1; ours is that of version 2",
    },
    Deviation {
        cases: &["toluna-01", "toluna-08", "toluna-29"],
        does: Writes("/IsActive", "\"false\"", "false"),
        because: "a text for a yes or no; the table of the same page says boolean",
    },
    Deviation {
        cases: &["toluna-03", "toluna-07"],
        does: Writes("/IsTest", "\"true\"", "true"),
        because: "a text for a yes or no; the table of the same page says boolean",
    },
    Deviation {
        cases: &["toluna-20"],
        does: Asks("partnerGuid=", "partnerGUID="),
        because: "spelled as version 1 spells it; ours is as version 2 does",
    },
    Deviation {
        cases: &["symbl-12"],
        does: Asks(
            "limit=2&order=desc&sort=conversation.name&offset=2&startTime=2021-08-09T18:30:00.000Z&endTime=2021-08-13T18:30:00.000Z",
            "limit=1",
        ),
        because: "the page asks only to see whether the credential works",
    },
    Deviation {
        cases: &["aitable-33"],
        does: Refuses("name"),
        because: "a name of more than 32 characters; the page says so before anything is sent",
    },
];

impl Deviation {
    /// The published request with this deviation, which must make a difference.
    pub fn apply(&self, request: &mut Json, id: &str) {
        let before = request.clone();
        match self.does {
            Adds(name, value) => {
                assert_eq!(request["headers"].get(name), None, "{id}");
                request["headers"][name] = json!(value);
            }
            Moves(from, to, value) => {
                let headers = request["headers"].as_object_mut().expect("headers");
                assert_eq!(headers.shift_remove(from), Some(json!("$TOKEN")), "{id}");
                assert_eq!(headers.insert(to.to_string(), json!(value)), None, "{id}");
            }
            Writes(at, published, ours) => {
                let place = request["body"].pointer_mut(at).expect(id);
                assert_eq!(place.to_string(), published, "{id}");
                *place = serde_json::from_str(ours).expect("JSON");
            }
            Renames(from, to) => {
                let [from, to] = [from, to].map(|at| Pointer::parse(at).expect("a pointer"));
                let value = from.of(&request["body"]).cloned().expect(id);
                from.remove(&mut request["body"]);
                to.set(&mut request["body"], value);
            }
            Asks(published, ours) => {
                let url = request["url"].as_str().expect("a URL").replacen(published, ours, 1);
                request["url"] = json!(url);
            }
            Refuses(_) => return,
        }
        assert_ne!(*request, before, "{id}: {} makes no difference", self.because);
    }

    fn words(&self) -> String {
        match self.does {
            Adds(name, value) => format!("sends “{name}: {value}”"),
            Moves(from, to, value) => format!("sends “{to}: {value}” for “{from}: $TOKEN”"),
            Writes(at, published, ours) => format!("writes {ours} for {published} at {at}"),
            Renames(from, to) => format!("writes at {to} for {from}"),
            Asks(published, ours) => format!("asks with “{ours}” for “{published}”"),
            Refuses(field) => format!("sends nothing and refuses “{field}”"),
        }
    }
}

/// The deviations of one case.
pub fn of(id: &str) -> impl Iterator<Item = &'static Deviation> {
    DEVIATIONS.iter().filter(move |deviation| deviation.cases.contains(&id))
}

#[test]
fn each_deviation_is_of_cases_that_are_there_and_has_its_reason() {
    for deviation in &DEVIATIONS {
        println!("{}: {}\n    {}", deviation.words(), deviation.because, deviation.cases.join(", "));
        assert!(!deviation.cases.is_empty() && !deviation.because.is_empty(), "{}", deviation.words());
        for id in deviation.cases {
            assert!(case(id).get("only").is_none(), "{id}");
        }
    }
}
