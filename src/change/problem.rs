use crate::provider::Provider;
use crate::transport::SegmentFault;

/// Something at a field, or at a key of the identity, that must be put right before anything is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    pub key: String,
    pub problem: Problem,
}

/// What can be wrong with an answer. The names follow HTML's `ValidityState` where it has one.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    ValueMissing,
    TooLong {
        most: usize,
        is: usize,
    },
    TooShort {
        least: usize,
    },
    /// The file's own words for its pattern, if it has any.
    PatternMismatch(Option<String>),
    NotListed(Vec<String>),
    NotYesOrNo,
    NotANumber,
    /// Not a day of the calendar, or not written so that it can be only one.
    NotADate,
    NotYet,
    NotAnEmail,
    NotAnAddress,
    /// A row lacks this part, or has more than one where one can be.
    PartMissing(String),
    OneOnly(String),
    /// Rows of it stay for good, and why.
    CannotRemove(String),
    /// It goes alone, and something else was changed with it.
    Alone,
    Unreadable,
    RepeatedRow(String),
    TooFewRows(usize),
    TooManyRows(usize),
    /// It cannot stand as one part of an address.
    NotASegment(SegmentFault),
    /// It is something else, and what.
    WrongKind(String),
    CannotClear(String),
    NotOffered(String),
    /// It must be sent with every change, and the provider did not tell it.
    NotTold,
    /// Every field stays as it is.
    NothingChanges,
    /// The provider said no to it.
    Refused {
        says: String,
        cure: String,
    },
}

impl Violation {
    pub fn new(key: impl Into<String>, problem: Problem) -> Violation {
        Violation { key: key.into(), problem }
    }

    /// The words beside the control and in the summary: the same in both places.
    pub fn words(&self, provider: &Provider) -> String {
        let needs = provider.sign_in.iter().filter_map(|way| way.exchange()).flat_map(|way| &way.needs);
        let keys = provider.connection.iter().chain(&provider.identity).chain(needs);
        let fields = keys.chain(&provider.fields);
        let label = fields.into_iter().find(|field| field.key == self.key).map_or("", |field| &field.label);
        self.problem.words(label)
    }
}

impl Problem {
    /// One sentence that names the field and says how to put it right.
    pub fn words(&self, label: &str) -> String {
        let number = |count: &usize| count.to_string();
        match self {
            Problem::ValueMissing => ["Enter “", label, "”."].concat(),
            Problem::TooLong { most, is } => {
                let (most, is) = (number(most), number(is));
                ["“", label, "” can have ", &most, " characters at most. It has ", &is, " now."].concat()
            }
            Problem::TooShort { least } => {
                ["“", label, "” needs ", &number(least), " characters or more."].concat()
            }
            Problem::PatternMismatch(Some(says)) => says.clone(),
            Problem::PatternMismatch(None) => ["“", label, "” does not have the form it must have."].concat(),
            Problem::NotListed(choices) => {
                ["“", label, "” must be one of: ", &choices.join(", "), "."].concat()
            }
            Problem::NotYesOrNo => ["“", label, "” must be yes or no."].concat(),
            Problem::NotANumber => ["“", label, "” must be a number, as in 12."].concat(),
            Problem::NotADate => {
                ["“", label, "” must be a day of the calendar, as in 21 June 1985 (1985-06-21)."].concat()
            }
            Problem::NotYet => ["“", label, "” must be a day that has come already."].concat(),
            Problem::NotAnEmail => {
                ["“", label, "” must be an e-mail address, as in name@example.com."].concat()
            }
            Problem::NotAnAddress => ["“", label, "” must be an address that starts with https://."].concat(),
            Problem::PartMissing(part) => ["Enter “", part, "” for each row of “", label, "”."].concat(),
            Problem::OneOnly(part) => ["“", part, "” of “", label, "” can be one only here."].concat(),
            Problem::CannotRemove(reason) => ["No row of “", label, "” can be removed. ", reason].concat(),
            Problem::Alone => ["“", label, "” cannot be changed together with anything else."].concat(),
            Problem::Unreadable => {
                ["“", label, "” has a character that cannot be typed or seen. Type it again."].concat()
            }
            Problem::RepeatedRow(id) => ["“", label, "” has ", id, " twice. Remove one."].concat(),
            Problem::TooFewRows(least) => ["“", label, "” needs ", &number(least), " or more."].concat(),
            Problem::TooManyRows(most) => ["“", label, "” can have ", &number(most), " at most."].concat(),
            Problem::NotASegment(fault) => fault.words(label),
            Problem::WrongKind(says) | Problem::NotOffered(says) => says.clone(),
            Problem::CannotClear(reason) => ["“", label, "” cannot be emptied. ", reason].concat(),
            Problem::NotTold => {
                ["“", label, "” must go with every change, and the provider did not tell what it is now."]
                    .concat()
            }
            Problem::NothingChanges => "Nothing would change. Change a field first.".to_string(),
            Problem::Refused { says, cure } => [says, " Nothing was changed. ", cure].concat(),
        }
    }
}
