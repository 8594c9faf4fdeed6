//! Members of the simulated providers, and how their records are reached.

use memberdesk::change::draft::{Draft, Entry};
use simulated::{Ports, Server, Simulated, aitable, flashapply, symbl, toluna, webex};

/// Who is changed, and what signs in for it.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub provider: &'static str,
    /// What names the member. The last is the key by which the simulated provider knows it.
    pub keys: &'static [(&'static str, &'static str)],
    pub secrets: &'static [(&'static str, &'static str)],
}

/// What is typed into a field.
#[derive(Clone, Copy, Debug)]
pub enum Typed {
    Text(&'static str),
    Clear,
    Add(&'static [&'static str]),
}

impl Member {
    pub const fn symbl(keys: &'static [(&'static str, &'static str)]) -> Member {
        Member { provider: "symbl", keys, secrets: &[("token", symbl::TOKEN)] }
    }

    pub const fn flashapply(keys: &'static [(&'static str, &'static str)]) -> Member {
        Member { provider: "flashapply", keys, secrets: &[("key", flashapply::TOKEN)] }
    }

    pub const fn toluna(keys: &'static [(&'static str, &'static str)]) -> Member {
        Member { provider: "toluna", keys, secrets: &[("partnerGuid", toluna::PANEL_UK)] }
    }

    pub const fn aitable(keys: &'static [(&'static str, &'static str)]) -> Member {
        Member { provider: "aitable", keys, secrets: &[("token", aitable::TOKEN)] }
    }

    pub const fn webex(keys: &'static [(&'static str, &'static str)]) -> Member {
        Member { provider: "webex", keys, secrets: &[("token", webex::TOKEN)] }
    }

    /// The key by which the simulated provider knows it.
    pub fn key(&self) -> &'static str {
        self.keys.last().expect("a key").1
    }
}

/// One simulated provider by itself.
pub fn server(provider: &str) -> Server {
    let all = Simulated::start(Ports::default()).expect("loopback has free ports");
    let server = match provider {
        "symbl" => all.symbl,
        "flashapply" => all.flashapply,
        "toluna" => all.toluna,
        "aitable" => all.aitable,
        "webex" => all.webex,
        other => panic!("{other} is not simulated"),
    };
    server.lift_limit();
    server
}

pub fn draft(typed: &[(&str, Typed)]) -> Draft {
    typed.iter().map(|(key, typed)| (key.to_string(), typed.entry())).collect()
}

impl Typed {
    fn entry(self) -> Entry {
        let list = |ids: &[&str]| ids.iter().map(|id| id.to_string()).collect();
        match self {
            Typed::Text(text) => Entry::Text(text.to_string()),
            Typed::Clear => Entry::Clear,
            Typed::Add(rows) => Entry::Adjust { add: list(rows), remove: Vec::new() },
        }
    }
}
