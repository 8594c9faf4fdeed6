use crate::change::answer::Reason;
use crate::words::{Words, say};

/// What a list does not have, and why.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    /// Somebody stopped it.
    Stopped,
    /// There is more than anybody could choose from.
    TooMany,
    /// A page leads to one that was read already, or elsewhere.
    Astray,
    /// The provider said that there are so many, and gave fewer.
    Fewer { part: Option<String>, said: u64, gave: u64 },
    /// So many have no id, so they cannot be chosen.
    Nameless(usize),
    /// Nothing of the list could be read.
    All(Reason),
    /// A part could not be read; without a name, the rest of the list.
    Part { name: Option<String>, reason: Reason },
}

impl Missing {
    pub fn words(&self, provider: &str) -> Words {
        let number = |number: &u64| number.to_string();
        match self {
            Missing::Stopped => say::missing_stopped(),
            Missing::TooMany => say::missing_too_many(),
            Missing::Astray => say::missing_astray(provider),
            Missing::Fewer { part: None, said, gave } => {
                say::missing_fewer(provider, number(said), number(gave))
            }
            Missing::Fewer { part: Some(part), said, gave } => {
                say::missing_fewer_of_part(provider, part, number(said), number(gave))
            }
            Missing::Nameless(count) => say::missing_nameless(*count),
            Missing::All(reason) => Words::Several(vec![say::missing_all(), reason.words()]),
            Missing::Part { name, reason } => {
                let what = name.as_ref().map_or_else(say::missing_rest, say::missing_part);
                Words::Several(vec![what, reason.words()])
            }
        }
    }
}
