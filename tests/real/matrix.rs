//! Every outcome and every fault at every provider, as one table: what it ends in, and how often it was sent.

pub mod columns;
mod course;
mod faults;
mod lies;
mod people;
pub mod scene;
mod scenes;

use std::io::{Write, stderr};
use std::panic::{AssertUnwindSafe, catch_unwind};

use memberdesk::change::driver::Purpose;

use crate::line::Point;

use columns::{COLUMNS, Column};
use faults::{BREAKAGES, Breakage, Place};
use scene::{Applied, Scene};

type Play = Box<dyn Fn(&'static Column) -> Option<String> + Send + Sync>;

/// One scenario, and how it ends at each provider.
struct Row {
    name: String,
    expected: [&'static str; 5],
    play: Play,
}

/// What a cell says of a scenario that a provider does not have.
const NONE: &str = "–";

fn row(
    name: &str,
    expected: [&'static str; 5],
    play: impl Fn(&'static Column) -> Option<String> + Send + Sync + 'static,
) -> Row {
    Row { name: name.to_string(), expected, play: Box::new(play) }
}

fn all(cell: &'static str) -> [&'static str; 5] {
    [cell; 5]
}

/// A request of the plain change that goes wrong, in every way and at every place.
fn faults() -> Vec<Row> {
    let places = [
        ("the write, not applied", Place::NotApplied, Point::Send, Some(Applied::Before)),
        ("the write, applied", Place::Applied, Point::Send, Some(Applied::After)),
        ("the first read", Place::FirstRead, Point::Read(Purpose::Show), None),
        ("the read before sending", Place::ReadAgain, Point::Read(Purpose::Send), None),
        ("the read back", Place::ReadBack, Point::Read(Purpose::Settle), None),
    ];
    let broken = |breakage: &'static Breakage| {
        places.map(|(name, place, point, applied)| {
            let name = [breakage.name, ": ", name].concat();
            row(&name, breakage.expected(place), move |column| {
                let mut scene = Scene::new(column.plain);
                scene.applied = applied;
                let effect = if applied == Some(Applied::After) { breakage.after } else { breakage.before };
                scene.fail(point, effect());
                Some(scene.play().cell())
            })
        })
    };
    BREAKAGES.iter().flat_map(broken).collect()
}

/// Plays every row at one provider. What does not hold is told where it happens, and has a cell of its own.
fn cells(rows: &[Row], column: &'static Column) -> Vec<String> {
    let cell = |row: &Row| match catch_unwind(AssertUnwindSafe(|| (row.play)(column))) {
        Ok(cell) => cell.unwrap_or_else(|| NONE.to_string()),
        Err(_) => {
            eprintln!("^ {} at {}", row.name, column.name);
            "does not hold".to_string()
        }
    };
    rows.iter().map(cell).collect()
}

#[test]
fn every_scenario_ends_as_it_must_at_every_provider() {
    check(
        [people::people(), course::course(), lies::lies(), lies::ends(), faults()]
            .into_iter()
            .flatten()
            .collect(),
    );
}

#[test]
fn what_was_sent_once_is_never_called_not_sent() {
    check(course::once_sent());
}

#[test]
fn a_yes_that_is_not_understood_is_settled_by_reading() {
    check(lies::half_a_yes());
}

/// Plays all rows at all providers, prints what they end in, and holds it against what they must.
#[track_caller]
fn check(rows: Vec<Row>) {
    let columns: Vec<Vec<String>> = std::thread::scope(|scope| {
        let threads: Vec<_> = COLUMNS.iter().map(|column| scope.spawn(|| cells(&rows, column))).collect();
        threads.into_iter().map(|thread| thread.join().expect("a column")).collect()
    });
    let mut table = String::from("\n");
    let width = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or_default();
    let mut line = |name: &str, cells: [&str; 5]| {
        table += &format!("| {name:width$} |");
        cells.iter().for_each(|cell| table += &format!(" {cell:17} |"));
        table += "\n";
    };
    line("", std::array::from_fn(|at| COLUMNS[at].name));
    let mut wrong = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let cells: [&str; 5] = std::array::from_fn(|column| columns[column][at].as_str());
        line(&row.name, cells);
        if cells != row.expected {
            wrong.push(format!("{}: {cells:?} instead of {:?}", row.name, row.expected));
        }
    }
    // Past the harness, which would only show it when the test fails.
    stderr().write_all(table.as_bytes()).expect("the terminal is there");
    assert_eq!(wrong, Vec::<String>::new());
}
