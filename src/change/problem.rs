use crate::provider::Provider;
use crate::transport::SegmentFault;
use crate::words::{Words, say};

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
    /// It may be a name that its list still tells.
    ListUnderWay,
    /// It is a name, and nobody can tell of which one.
    SeveralHaveIt,
    TooFewRows(usize),
    TooManyRows(usize),
    /// It cannot stand as one part of an address.
    NotASegment(SegmentFault),
    /// It is something else, and what.
    WrongKind(String),
    CannotClear(Words),
    NotOffered(String),
    /// It must be sent with every change, and the provider did not tell it.
    NotTold,
    /// Every field stays as it is.
    NothingChanges,
    /// The provider said no to it.
    Refused {
        says: Words,
        cure: Words,
    },
}

impl Violation {
    pub fn new(key: impl Into<String>, problem: Problem) -> Violation {
        Violation { key: key.into(), problem }
    }

    /// The words beside the control and in the summary: the same in both places.
    pub fn words(&self, provider: &Provider) -> Words {
        let needs = provider.sign_in.iter().filter_map(|way| way.exchange()).flat_map(|way| &way.needs);
        let keys = provider.connection.iter().chain(&provider.identity).chain(needs);
        let fields = keys.chain(&provider.fields);
        let label = fields.into_iter().find(|field| field.key == self.key).map_or("", |field| &field.label);
        self.problem.words(label)
    }
}

impl Problem {
    /// It names the field and says how to put it right.
    pub fn words(&self, label: &str) -> Words {
        match self {
            Problem::ValueMissing => say::problem_missing(label),
            Problem::TooLong { most, is } => say::problem_too_long(label, *most, *is),
            Problem::TooShort { least } => say::problem_too_short(label, *least),
            Problem::PatternMismatch(Some(says)) => Words::from(says),
            Problem::PatternMismatch(None) => say::problem_pattern(label),
            Problem::NotListed(choices) => {
                say::problem_not_listed(label, Words::List(choices.iter().map(Words::from).collect()))
            }
            Problem::NotYesOrNo => say::problem_not_yes_or_no(label),
            Problem::NotANumber => say::problem_not_a_number(label),
            Problem::NotADate => say::problem_not_a_date(label),
            Problem::NotYet => say::problem_not_yet(label),
            Problem::NotAnEmail => say::problem_not_an_email(label),
            Problem::NotAnAddress => say::problem_not_an_address(label),
            Problem::PartMissing(part) => say::problem_part_missing(part, label),
            Problem::OneOnly(part) => say::problem_one_only(part, label),
            Problem::CannotRemove(reason) => {
                Words::Several(vec![say::problem_cannot_remove(label), Words::from(reason)])
            }
            Problem::Alone => say::problem_alone(label),
            Problem::Unreadable => say::problem_unreadable(label),
            Problem::RepeatedRow(id) => say::problem_repeated_row(label, id),
            Problem::ListUnderWay => say::problem_list_under_way(label),
            Problem::SeveralHaveIt => say::problem_several(label),
            Problem::TooFewRows(least) => say::problem_too_few(label, *least),
            Problem::TooManyRows(most) => say::problem_too_many(label, *most),
            Problem::NotASegment(fault) => fault.words(label),
            Problem::WrongKind(says) | Problem::NotOffered(says) => Words::from(says),
            Problem::CannotClear(reason) => {
                Words::Several(vec![say::problem_cannot_clear(label), reason.clone()])
            }
            Problem::NotTold => say::problem_not_told(label),
            Problem::NothingChanges => say::problem_nothing_changes(),
            Problem::Refused { says, cure } => {
                Words::Several(vec![says.clone(), say::reason_nothing_changed(), cure.clone()])
            }
        }
    }
}
