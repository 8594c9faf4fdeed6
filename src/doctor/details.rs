//! What support asks for, as text: no path, no query, no header, no body, and so no member and no secret.

use crate::transport::{NoAnswer, Response};

use super::Diagnosis;
use super::probe::{Finding, LocalNetwork, Step};
use super::situation::Through;

/// What the browser adds.
#[derive(Clone, Debug, PartialEq)]
pub struct Circumstances {
    /// In RFC 3339.
    pub time: String,
    /// How the browser names itself.
    pub browser: String,
}

impl Diagnosis {
    /// One thing in a line, in English: it is for whoever mends it, wherever that may be.
    pub fn details(&self, circumstances: &Circumstances) -> String {
        let situation = &self.situation;
        let proxy = match (situation.through, &situation.place) {
            (Through::Nobody, _) => "none",
            (_, None) => "same site",
            (_, Some(place)) => place.origin(),
        };
        let mut lines = vec![
            ["code: ", self.verdict.code()].concat(),
            ["time: ", &circumstances.time].concat(),
            ["page: ", situation.site()].concat(),
            ["proxy: ", proxy].concat(),
        ];
        if let Some(goal) = &situation.goal {
            lines.push(["server: ", &goal.server].concat());
            let address = goal.address.as_ref();
            lines.extend(address.map(|address| ["provider: ", address.origin()].concat()));
        }
        lines.push(["browser: ", &circumstances.browser].concat());
        lines.extend(self.steps.iter().map(line));
        lines.push(String::new());
        lines.join("\n")
    }
}

fn line(step: &Step) -> String {
    let finding = match &step.finding {
        Finding::Something => "answered".to_string(),
        Finding::Answer(response) => answer(response),
        Finding::Held => "not asked, calls are held back".to_string(),
        Finding::Silence(silence, local) => [reason(silence), network(*local)].concat(),
        Finding::Said(None, _) => "accepted".to_string(),
        Finding::Said(Some(_), Some(status)) => ["status ", &status.to_string()].concat(),
        Finding::Said(Some(_), None) => "refused".to_string(),
    };
    ["step ", step.probe.mark(), ": ", &finding].concat()
}

/// Of the headers only the relay's marks, in which nobody else has a say.
fn answer(response: &Response) -> String {
    let told = |name: &str| match response.header(name).map(str::trim) {
        Some(value @ ("1" | "proxy" | "upstream" | "yes" | "no")) => [", ", name, " ", value].concat(),
        Some(_) => [", ", name, " odd"].concat(),
        None => String::new(),
    };
    let mut text = ["status ", &response.status.to_string()].concat();
    for name in ["x-relay", "x-relay-source", "x-relay-sent"] {
        text.push_str(&told(name));
    }
    text
}

fn reason(silence: &NoAnswer) -> &'static str {
    match silence {
        NoAnswer::Offline => "offline",
        NoAnswer::NotAllowed => "forbidden by the policy",
        NoAnswer::BadAddress(_) => "bad address",
        NoAnswer::Failed => "failed",
        NoAnswer::TimedOut => "timed out",
        NoAnswer::Cancelled | NoAnswer::Withdrawn => "stopped",
        NoAnswer::CutBody { .. } => "broke off",
        NoAnswer::Redirected => "redirected",
        NoAnswer::Proxy { .. } => "an error of the proxy",
    }
}

fn network(local: LocalNetwork) -> &'static str {
    match local {
        LocalNetwork::Allowed => ", local-network=allowed",
        LocalNetwork::Asks => ", local-network=asks",
        LocalNetwork::Denied => ", local-network=denied",
        LocalNetwork::NoRule => "",
    }
}
