//! The pace of each provider, kept by the page's own rules on a real clock. Only here waiting is waiting.

use std::time::{Duration, Instant};

use memberdesk::change::driver::{Ask, Step};
use memberdesk::change::receipt::Outcome;
use simulated::{Server, flashapply};

use crate::line::{Line, provider};
use crate::matrix::columns::{COLUMNS, Case};
use crate::members::{draft, server};

/// A line to the member of the plain change, at a provider that counts.
fn open(id: &str) -> (Server, Line, Case) {
    let column = COLUMNS.iter().find(|column| column.plain.member.provider == id).expect("a column");
    let server = server(id);
    server.impose_limit();
    let line = Line::new(provider(id), &server.address(), &column.plain.member);
    (server, line, column.plain)
}

/// Makes the change, and says how long it took.
fn change(line: &mut Line, case: Case) -> Duration {
    let start = Instant::now();
    let step = line.form(&draft(case.typed));
    assert!(matches!(&step, Step::Done(receipt) if receipt.outcome == Outcome::Confirmed), "{step:?}");
    start.elapsed()
}

#[test]
fn a_provider_that_wants_a_second_between_two_calls_gets_it() {
    let (server, line, case) = open("toluna");
    let mut line = line.in_real_time();
    // To read, to read again, to write and to read back: three pauses between them.
    let took = change(&mut line, case);
    assert!(took >= Duration::from_secs(3), "{took:?}");
    assert_eq!((server.counters().too_fast, server.arrived().len()), (0, 4));
    assert_eq!(line.waits, [], "nobody had to be asked to wait");

    // Somebody who only pretends to wait is refused each time, so it is the pauses that count.
    let mut hasty = Line::new(provider("toluna"), &server.address(), &case.member);
    assert!(matches!(hasty.open(), Step::Ask(Ask::Unread { .. })));
    assert_eq!(server.counters().too_fast, hasty.waits.len() + 1);
}

#[test]
fn five_calls_a_second_are_not_exceeded() {
    let (server, line, case) = open("aitable");
    let mut line = line.in_real_time();
    let first = change(&mut line, case);
    let Step::Done(back) = line.row(&draft(&[("name", crate::members::Typed::Text("John"))])) else {
        panic!("it is put back")
    };
    assert_eq!(back.outcome, Outcome::Confirmed);
    assert_eq!((server.counters().too_fast, server.arrived().len()), (0, 8), "{first:?}");
}

#[test]
fn no_call_starts_when_none_is_left() {
    let (server, line, case) = open("flashapply");
    let mut line = line.in_real_time();
    flashapply::set_calls_left(&server, 3, 2);
    let took = change(&mut line, case);
    assert!(took >= Duration::from_millis(900), "{took:?}");
    assert_eq!((server.counters().too_fast, server.arrived().len()), (0, 4));
}
