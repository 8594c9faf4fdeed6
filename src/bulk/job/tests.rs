use std::cell::{Cell, RefCell};
use std::fs;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use serde_json::{Value as Json, json};

use super::super::journal::{Journal, Memory, Note, State, Unkept};
use super::{Job, Turn};
use crate::change::check::check;
use crate::change::draft::{Draft, Entry};
use crate::change::driver::{Ask, Driver, Event, Moment, Standing, Step};
use crate::change::identity::Identity;
use crate::provider::Provider;
use crate::transport::{Between, NoAnswer, Response};

fn moment(now: u64) -> Moment {
    Moment { now, dice: 0 }
}

/// A driver that changes one name.
fn driver(member: &str) -> Driver {
    let path = [env!("CARGO_MANIFEST_DIR"), "/providers/symbl.json"].concat();
    let text = fs::read_to_string(path).expect("a provider file");
    let provider = Arc::new(Provider::parse(&text).expect("a provider"));
    let keys = [("conversationId", "42"), ("memberId", member)];
    let keys: Vec<(String, String)> = keys.map(|(key, text)| (key.to_string(), text.to_string())).to_vec();
    let identity = Identity::check(&provider, &keys).expect("an identity");
    let draft: Draft = [("name".to_string(), Entry::Text("Eve".to_string()))].into_iter().collect();
    let change = check(&provider, &draft).expect("a change");
    Driver::new(provider, "symbl", identity, Between::Nobody).with_change(change)
}

fn told(status: u16, body: Json) -> Event {
    Event::Answered(Ok(Response {
        status,
        headers: Vec::new(),
        body: body.to_string(),
        url: None,
        timing: Default::default(),
    }))
}

/// The list, in which the first member has this name.
fn list(name: &str) -> Event {
    told(200, json!({ "members": [{ "id": "a-1", "name": name }, { "id": "b-2", "name": "Ben" }] }))
}

fn yes() -> Event {
    told(200, json!({ "message": "updated" }))
}

/// Waits for what never waits long.
fn wait<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(out) = future.as_mut().poll(&mut context) {
            return out;
        }
    }
}

/// Goes through events, each turn noted before its step is handed out.
fn run(job: &mut Job, journal: &impl Journal, row: usize, events: Vec<Event>) -> Result<Step, Event> {
    let mut last = None;
    for (index, event) in events.into_iter().enumerate() {
        let turn = job.next(row, event, moment(index as u64)).expect("an event that fits");
        last = Some(wait(turn.noted(journal)));
    }
    last.expect("some event")
}

fn states(journal: &Memory) -> Vec<(usize, State, u32)> {
    journal.notes().into_iter().map(|note| (note.row, note.state, note.attempt)).collect()
}

#[test]
fn a_single_change_is_a_job_of_one_row_and_notes_its_send_before_and_its_end_after() {
    let (mut job, journal) = (Job::one(driver("a-1")), Memory::default());
    let before = vec![Event::Start, list("Ada"), Event::Approve(Vec::new())];
    let step = run(&mut job, &journal, 0, before);
    assert!(matches!(step, Ok(Step::Read(..))), "{step:?}");
    assert_eq!(journal.notes(), [], "nothing is under way");

    let step = run(&mut job, &journal, 0, vec![list("Ada")]);
    assert!(matches!(step, Ok(Step::Send(_))), "{step:?}");
    assert_eq!(states(&journal), [(0, State::Sending, 1)], "noted before the step is handed out");

    let step = run(&mut job, &journal, 0, vec![yes()]);
    assert!(matches!(step, Ok(Step::Read(..))), "{step:?}");
    assert_eq!(journal.notes().len(), 1, "it is still not known what came of it");

    let step = run(&mut job, &journal, 0, vec![list("Eve")]);
    assert!(matches!(step, Ok(Step::Done(_))), "{step:?}");
    assert_eq!(states(&journal)[1..], [(0, State::Done("confirmed"), 1)]);
    assert_eq!(job.row(0).map(Driver::standing), Some(Standing::Done));
    assert!(job.next(0, Event::Start, moment(9)).is_none() && job.next(1, Event::Start, moment(9)).is_none());
}

#[test]
fn each_send_is_noted_also_one_that_follows_another() {
    let (mut job, journal) = (Job::one(driver("a-1")), Memory::default());
    let busy = || told(429, json!({ "message": "Too many" }));
    let events = vec![
        Event::Start,
        list("Ada"),
        Event::Approve(Vec::new()),
        list("Ada"),
        busy(),
        Event::GoOn,
        list("Ada"),
        // It was not taken in: it is looked for three times, and then sent again.
        told(408, Json::Null),
        list("Ada"),
        Event::GoOn,
        list("Ada"),
        Event::GoOn,
        list("Ada"),
        list("Ada"),
        yes(),
        list("Eve"),
    ];
    let step = run(&mut job, &journal, 0, events);
    assert!(matches!(step, Ok(Step::Done(_))), "{step:?}");
    assert_eq!(
        states(&journal),
        [
            (0, State::Sending, 1),
            (0, State::Sending, 2),
            (0, State::Sending, 3),
            (0, State::Done("confirmed"), 3),
        ]
    );
}

#[test]
fn every_end_is_noted_with_its_word() {
    let check = |events: Vec<Event>, word: &'static str, sends: u32| {
        let (mut job, journal) = (Job::one(driver("a-1")), Memory::default());
        let begin = vec![Event::Start, list("Ada"), Event::Approve(Vec::new()), list("Ada")];
        let all = begin.into_iter().chain(events).collect();
        let step = run(&mut job, &journal, 0, all);
        assert!(matches!(&step, Ok(Step::Done(receipt)) if receipt.outcome.mark() == word), "{step:?}");
        assert_eq!(states(&journal).last(), Some(&(0, State::Done(word), sends)));
    };
    let cut = || Event::Answered(Err(NoAnswer::Failed));
    check(vec![told(400, json!({ "message": "no" }))], "refused", 1);
    check(vec![Event::Answered(Err(NoAnswer::Offline))], "not-sent", 0);
    check(vec![cut(), list("Eve")], "confirmed", 1);
    check(vec![cut(), cut()], "unknown", 1);
    check(vec![yes(), cut()], "accepted", 1);
    check(vec![yes(), list("Ada"), Event::Stop], "differs", 1);
}

#[test]
fn each_row_goes_its_own_way() {
    let (mut job, journal) = (Job::new(vec![driver("a-1"), driver("b-2")]), Memory::default());
    let begin = || vec![Event::Start, list("Ada"), Event::Approve(Vec::new()), list("Ada")];
    assert!(matches!(run(&mut job, &journal, 1, begin()), Ok(Step::Send(_))));
    assert!(matches!(run(&mut job, &journal, 0, begin()), Ok(Step::Send(_))));
    assert_eq!(states(&journal), [(1, State::Sending, 1), (0, State::Sending, 1)]);
    let standing = |row: usize| job.row(row).map(Driver::standing);
    assert_eq!((standing(0), standing(1)), (Some(Standing::Sent), Some(Standing::Sent)));
}

#[test]
fn a_note_holds_nothing_of_the_member() {
    let (mut job, journal) = (Job::one(driver("a-1")), Memory::default());
    let all = vec![Event::Start, list("Ada"), Event::Approve(Vec::new()), list("Ada"), yes(), list("Eve")];
    run(&mut job, &journal, 0, all).expect("a step");
    let notes = format!("{:?}", journal.notes());
    for word in ["Ada", "Eve", "a-1", "42", "symbl"] {
        assert!(!notes.contains(word), "{notes}");
    }
}

/// A journal that keeps so many notes, each only after it was asked for again, and then no more.
#[derive(Default)]
struct Full {
    room: Cell<usize>,
    asked: RefCell<Vec<Note>>,
}

impl Journal for Full {
    async fn keep(&self, note: Note) -> Result<(), Unkept> {
        let mut waited = false;
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        self.asked.borrow_mut().push(note);
        let left = self.room.get().checked_sub(1);
        self.room.set(left.unwrap_or(0));
        left.map(|_| ()).ok_or(Unkept)
    }
}

fn begun() -> Job {
    let mut job = Job::one(driver("a-1"));
    let begin = vec![Event::Start, list("Ada"), Event::Approve(Vec::new())];
    run(&mut job, &Memory::default(), 0, begin).expect("a step");
    job
}

#[test]
fn what_cannot_be_noted_is_not_sent() {
    let (mut job, journal) = (begun(), Full::default());
    let turn: Turn = job.next(0, list("Ada"), moment(7)).expect("a turn");
    let refused = wait(turn.noted(&journal));
    let Err(event @ Event::Unnoted) = refused else { panic!("{refused:?}") };
    let step = run(&mut job, &Memory::default(), 0, vec![event]).expect("a step");
    let Step::Done(receipt) = step else { panic!("{step:?}") };
    assert_eq!((receipt.outcome.mark(), receipt.sends, receipt.request), ("not-sent", 0, None));
    let asked = Note { row: 0, state: State::Sending, attempt: 1, at: 7 };
    assert_eq!(*journal.asked.borrow(), [asked]);
}

#[test]
fn an_end_that_cannot_be_noted_is_still_shown() {
    // A note too few is read as doubt, which is right.
    let (mut job, journal) = (begun(), Full { room: Cell::new(1), ..Full::default() });
    let step = run(&mut job, &journal, 0, vec![list("Ada"), yes(), list("Eve")]);
    assert!(matches!(&step, Ok(Step::Done(receipt)) if receipt.outcome.mark() == "confirmed"), "{step:?}");
    assert_eq!(journal.asked.borrow().len(), 2);
}

#[test]
fn what_is_only_asked_needs_no_note() {
    let (mut job, journal) = (Job::one(driver("a-1")), Full::default());
    let step = run(&mut job, &journal, 0, vec![Event::Start, list("Ada")]);
    assert!(matches!(step, Ok(Step::Ask(Ask::Approve { .. }))), "{step:?}");
    assert_eq!(journal.asked.borrow().len(), 0);
}
