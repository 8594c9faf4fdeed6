//! What the command line asks for.

use std::fmt;

use crate::Ports;

pub const HELP: &str = "\
Simulated providers on this computer, for tests and for a first look.

Usage: simulated [--webex PORT] [--aitable PORT] [--symbl PORT] [--flashapply PORT] [--toluna PORT]
                 [--toluna-reference PORT]

  --webex PORT             port of the simulated Webex (8101)
  --aitable PORT           port of the simulated AITable (8102)
  --symbl PORT             port of the simulated Symbl.ai (8103)
  --flashapply PORT        port of the simulated FlashApply (8104)
  --toluna PORT            port of the simulated Toluna (8105)
  --toluna-reference PORT  port of its reference data (8106)
  --help                   these lines

Port 0 takes any free port. The servers run until they are killed.
";

/// Ports that stay the same from start to start, so that a saved connection keeps working.
const USUAL: Ports =
    Ports { webex: 8101, aitable: 8102, symbl: 8103, flashapply: 8104, toluna: 8105, toluna_reference: 8106 };

#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    Help,
    Run(Ports),
}

#[derive(Debug, PartialEq, Eq)]
pub enum Problem {
    Unknown(String),
    PortMissing(String),
    NotAPort { after: String, is: String },
    Twice(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Problem::Unknown(word) => write!(f, "“{word}” is not an option."),
            Problem::PortMissing(option) => write!(f, "{option} needs a port after it."),
            Problem::NotAPort { after, is } => {
                write!(f, "“{is}” after {after} is not a port: use a number from 0 to 65535.")
            }
            Problem::Twice(option) => write!(f, "{option} is given twice."),
        }
    }
}

pub fn parse(words: impl IntoIterator<Item = String>) -> Result<Asked, Problem> {
    let mut words = words.into_iter();
    let (mut webex, mut aitable, mut symbl, mut flashapply) = (None, None, None, None);
    let (mut toluna, mut toluna_reference) = (None, None);
    while let Some(word) = words.next() {
        let port = match word.as_str() {
            "--help" | "-h" => return Ok(Asked::Help),
            "--webex" => &mut webex,
            "--aitable" => &mut aitable,
            "--symbl" => &mut symbl,
            "--flashapply" => &mut flashapply,
            "--toluna" => &mut toluna,
            "--toluna-reference" => &mut toluna_reference,
            _ => return Err(Problem::Unknown(word)),
        };
        let Some(digits) = words.next() else {
            return Err(Problem::PortMissing(word));
        };
        let Ok(number) = digits.parse::<u16>() else {
            return Err(Problem::NotAPort { after: word, is: digits });
        };
        if port.replace(number).is_some() {
            return Err(Problem::Twice(word));
        }
    }
    Ok(Asked::Run(Ports {
        webex: webex.unwrap_or(USUAL.webex),
        aitable: aitable.unwrap_or(USUAL.aitable),
        symbl: symbl.unwrap_or(USUAL.symbl),
        flashapply: flashapply.unwrap_or(USUAL.flashapply),
        toluna: toluna.unwrap_or(USUAL.toluna),
        toluna_reference: toluna_reference.unwrap_or(USUAL.toluna_reference),
    }))
}

#[cfg(test)]
mod tests;
