//! What can go wrong with one request.

use simulated::{Canned, Effect, Hold};

/// One way to go wrong, before what was sent is applied and after.
pub struct Breakage {
    pub name: &'static str,
    pub means: Means,
    pub before: fn() -> Effect,
    pub after: fn() -> Effect,
}

/// What such an answer says.
#[derive(Clone, Copy, PartialEq)]
pub enum Means {
    /// The credential is not good.
    SignIn,
    /// Not now.
    Busy,
    /// The same, from a server that is overloaded.
    /// It was not taken in.
    Missed,
    /// Nothing that counts.
    Doubt,
}

macro_rules! canned {
    ($name:literal, $means:ident, $canned:expr) => {
        Breakage {
            name: $name,
            means: Means::$means,
            before: || Effect::InsteadBefore($canned),
            after: || Effect::InsteadAfter($canned),
        }
    };
}

fn status(status: u16) -> Canned {
    Canned::new(status, r#"{"message":"as simulated"}"#)
}

fn later(status: u16) -> Canned {
    self::status(status).with("Retry-After", "7")
}

pub static BREAKAGES: [Breakage; 23] = [
    canned!("401", SignIn, status(401)),
    canned!("408", Missed, status(408)),
    canned!("423", Busy, status(423)),
    canned!("425", Missed, status(425)),
    canned!("429, Retry-After", Busy, later(429)),
    canned!("429", Busy, status(429)),
    canned!("500", Doubt, status(500)),
    canned!("502", Doubt, status(502)),
    canned!("503, Retry-After", Busy, later(503)),
    canned!("503", Busy, status(503)),
    canned!("504", Doubt, status(504)),
    canned!("302", Doubt, status(302).with("Location", "https://example.com/elsewhere")),
    canned!("200, empty", Doubt, Canned::new(200, "")),
    canned!("200, null", Doubt, Canned::new(200, "null")),
    canned!("200, {}", Doubt, Canned::new(200, "{}")),
    canned!("204", Doubt, Canned::new(204, "")),
    Breakage {
        name: "web page",
        means: Means::Doubt,
        before: || Effect::Html,
        after: || Effect::InsteadAfter(Canned::web_page()),
    },
    canned!("web page, 502", Doubt, Canned { status: 502, ..Canned::web_page() }),
    Breakage { name: "cut", means: Means::Doubt, before: || Effect::CutBefore, after: || Effect::CutAfter },
    Breakage {
        name: "body cut",
        means: Means::Doubt,
        before: || Effect::CutBodyBefore,
        after: || Effect::CutBody,
    },
    Breakage {
        name: "time-out",
        means: Means::Doubt,
        before: || Effect::HoldBefore(Hold::new()),
        after: || Effect::HoldAfter(Hold::new()),
    },
    Breakage {
        name: "half of the JSON",
        means: Means::Doubt,
        before: || Effect::WrongJsonBefore,
        after: || Effect::WrongJson,
    },
    Breakage {
        name: "other types",
        means: Means::Doubt,
        before: || Effect::WrongTypesBefore,
        after: || Effect::WrongTypes,
    },
];

impl Breakage {
    /// How it ends, in the table's words.
    pub fn expected(&self, place: Place) -> [&'static str; 5] {
        [self.means.expected(place); 5]
    }
}

/// Which request goes wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    NotApplied,
    Applied,
    FirstRead,
    ReadAgain,
    ReadBack,
}

impl Means {
    fn expected(self, place: Place) -> &'static str {
        match (self, place) {
            (Means::SignIn | Means::Busy | Means::Missed, Place::NotApplied) => "Confirmed 2",
            (_, Place::Applied) | (Means::SignIn | Means::Busy, _) => "Confirmed 1",
            (_, Place::NotApplied) => "Differs 1",
            (_, Place::FirstRead) => "Not read 0",
            (_, Place::ReadAgain) => "Not sent 0",
            (_, Place::ReadBack) => "Accepted 1",
        }
    }
}
