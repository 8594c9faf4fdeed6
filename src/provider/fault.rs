use std::cell::RefCell;

/// What is wrong at one place of a file, and how to mend it.
///
/// Faults are collected, never thrown: whoever writes a file sees all of them at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Where it stands, as a JSON pointer (RFC 6901); empty for the whole file.
    pub pointer: String,
    pub says: String,
    pub cure: String,
}

/// The faults of one file while it is being read.
#[derive(Default)]
pub struct Faults(RefCell<Vec<Fault>>);

impl Faults {
    pub fn add(&self, pointer: &str, says: impl Into<String>, cure: impl Into<String>) {
        let fault = Fault { pointer: pointer.to_string(), says: says.into(), cure: cure.into() };
        let mut all = self.0.borrow_mut();
        // One place may be read for two reasons; its fault is one.
        if !all.contains(&fault) {
            all.push(fault);
        }
    }

    pub fn into_list(self) -> Vec<Fault> {
        self.0.into_inner()
    }
}
