use std::cell::RefCell;
use std::future::Future;

/// Where one row of a job stands. It holds nothing of the member, so it may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub row: usize,
    pub state: State,
    /// How many times it was sent by then, this time included.
    pub attempt: u32,
    /// Milliseconds since 1970.
    pub at: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing is under way: it may be sent.
    Ready,
    /// It is about to be sent, or was, and what came of it is not known. After a crash it must be read first.
    Sending,
    /// It is over, with this mark of its outcome.
    Done(&'static str),
}

/// A note could not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unkept;

/// Where notes are kept. A note counts once its future has ended well.
pub trait Journal {
    fn keep(&self, note: Note) -> impl Future<Output = Result<(), Unkept>>;
}

/// A journal that lasts as long as the page.
#[derive(Debug, Default)]
pub struct Memory(RefCell<Vec<Note>>);

impl Memory {
    pub fn notes(&self) -> Vec<Note> {
        self.0.borrow().clone()
    }
}

impl Journal for Memory {
    async fn keep(&self, note: Note) -> Result<(), Unkept> {
        self.0.borrow_mut().push(note);
        Ok(())
    }
}
