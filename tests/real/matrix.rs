//! Every outcome and every fault at every provider, as one table: what it ends in, and how often it was sent.

pub mod columns;
mod course;
mod faults;
mod lies;
mod people;
mod proxied;
pub mod scene;
mod scenes;

use std::io::{Write, stderr};
use std::panic::{AssertUnwindSafe, catch_unwind};

use memberdesk::change::driver::Purpose;

use crate::line::Point;

use columns::{COLUMNS, Column};
use faults::{BREAKAGES, Breakage, Means, Place};
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
                let end = scene.play();
                let asked = u32::from(breakage.means == Means::SignIn);
                assert_eq!(end.scene.line.sign_ins, asked, "only a credential is asked for");
                // As long as told, and up to a second more, so that not all come back at once.
                let told = breakage.name.ends_with("Retry-After");
                let waited = end.scene.line.waits.first().filter(|_| told).map(|wait| wait.as_secs());
                assert!(waited.is_none_or(|wait| (7..=8).contains(&wait)), "{waited:?}");
                Some(end.cell())
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
    let people = [people::people(), course::course(), course::once_sent()];
    let rows = people.into_iter().chain([lies::lies(), lies::half_a_yes(), lies::ends(), faults()]);
    let rows: Vec<Row> = rows.flatten().collect();
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
