//! Providers that say one thing and do another, or nothing at all, or never.

use memberdesk::change::receipt::Settled;
use simulated::{Canned, Effect, Hold};

use super::columns::Case;
use super::scene::{Applied, Scene};
use super::scenes::{AGAIN, BACK, SHOW, busy, gone, nothing, plain};
use super::{Row, all, row};
use crate::line::Point;

pub fn lies() -> Vec<Row> {
    let mut rows = vec![
        plain(
            "yes, and nothing is done",
            all("Differs 1"),
            |_, scene| {
                scene.applied = Some(Applied::Before);
                scene.fail(Point::Send, Effect::NoEffect);
            },
            |_, end| assert_eq!(end.scene.line.waits.len(), 2, "it is looked for again"),
        ),
        plain(
            "yes, and something else is done",
            all("Differs 1"),
            |column, scene| {
                let (pointer, json) = column.altered;
                let value = serde_json::from_str(json).expect("JSON");
                scene.fail(Point::Send, Effect::Altered { pointer: pointer.to_string(), value });
            },
            |column, end| {
                let other = if column.name == "Webex" { Settled::AsBefore } else { Settled::Other };
                assert_eq!(end.receipt().lines[0].settled(), other);
            },
        ),
        row(
            "yes, and a part is done",
            ["Differs 1", "Differs 1", "Differs 1", "Differs 1", "–"],
            |column| {
                let (typed, (pointer, json)) = column.part?;
                let mut scene = Scene::new(Case { typed, ..column.plain });
                let value = serde_json::from_str(json).expect("JSON");
                scene.fail(Point::Send, Effect::Altered { pointer: pointer.to_string(), value });
                let end = scene.play();
                let settled: Vec<Settled> = end.receipt().lines.iter().map(|line| line.settled()).collect();
                assert_eq!(settled, [Settled::AsAsked, Settled::AsBefore], "each field by itself");
                Some(end.cell())
            },
        ),
        plain(
            "202, and it is done later",
            all("Confirmed 1"),
            |column, scene| {
                scene.late = true;
                let accepted = Canned::new(202, column.yes);
                scene.fail(Point::Send, Effect::InsteadBefore(accepted));
                scene.edit(Point::Wait, column.plain.holds);
            },
            nothing,
        ),
        plain(
            "no answer in time, and it is done later",
            all("Confirmed 1"),
            |_, scene| {
                let hold = Hold::new();
                scene.fail(Point::Send, Effect::HoldBefore(hold.clone()));
                let site = scene.site.clone();
                scene.line.just_before(Point::Wait, move || {
                    hold.release();
                    while site.with(|server| server.counters().applied) == 0 {
                        std::thread::yield_now();
                    }
                });
            },
            nothing,
        ),
    ];
    for (name, expected, point) in [
        ("the provider is gone before it is read", "Not read 0", SHOW),
        ("the provider is gone before it is read again", "Not sent 0", AGAIN),
        ("the provider is gone before the write", "Unknown 1", Point::Send),
        ("the provider is gone after the write", "Accepted 1", BACK),
    ] {
        rows.push(plain(
            name,
            all(expected),
            move |_, scene| {
                let site = scene.site.clone();
                scene.line.just_before(point, move || site.close());
            },
            nothing,
        ));
    }
    rows.extend([
        plain(
            "cut, applied, and not to be read back",
            all("Unknown 1"),
            |_, scene| {
                scene.applied = Some(Applied::After);
                scene.fail(Point::Send, Effect::CutAfter);
                scene.fail(BACK, Effect::CutBefore);
            },
            nothing,
        ),
        plain(
            "cut, not applied, and the second look fails",
            all("Differs 1"),
            |_, scene| {
                scene.applied = Some(Applied::Before);
                scene.fail(Point::Send, Effect::CutBefore);
                scene.fail(Point::Wait, Effect::CutBefore);
            },
            nothing,
        ),
        plain(
            "not to be read, and somebody tries again",
            all("Confirmed 1"),
            |_, scene| {
                scene.line.tries_again = 2;
                scene.fail(SHOW, Effect::CutBefore);
                scene.fail(AGAIN, Effect::Html);
            },
            nothing,
        ),
        plain(
            "429 on every write",
            all("Refused 4"),
            |_, scene| {
                scene.applied = Some(Applied::Before);
                scene.fail_often(Point::Send, 4, busy(429));
            },
            nothing,
        ),
        plain(
            "503 on every write",
            all("Differs 4"),
            |_, scene| {
                scene.applied = Some(Applied::Before);
                scene.fail_often(Point::Send, 4, busy(503));
            },
            nothing,
        ),
        plain(
            "408 on every write",
            all("Differs 4"),
            |_, scene| {
                scene.applied = Some(Applied::Before);
                scene.fail_often(Point::Send, 4, busy(408));
            },
            nothing,
        ),
        plain(
            "429 on every read before sending",
            all("Not sent 0"),
            |_, scene| {
                scene.fail_often(AGAIN, 4, busy(429));
            },
            nothing,
        ),
        plain(
            "429 on every read back",
            all("Accepted 1"),
            |_, scene| {
                scene.fail_often(BACK, 4, busy(429));
            },
            nothing,
        ),
        plain(
            "a wait of two hours",
            all("Refused 1"),
            |_, scene| {
                let later = Canned::new(429, "{}").with("Retry-After", "7200");
                scene.fail(Point::Send, Effect::InsteadBefore(later));
            },
            |_, end| assert_eq!(end.scene.line.waits, []),
        ),
    ]);
    rows
}

/// A status that says yes, and a sentence of which nobody knows what it says.
pub fn half_a_yes() -> Vec<Row> {
    let said = || Canned::new(200, r#"{"message":"as simulated","error":"none","Message":"as simulated"}"#);
    vec![
        plain(
            "200 and a sentence, applied",
            all("Confirmed 1"),
            move |_, scene| {
                scene.applied = Some(Applied::After);
                scene.fail(Point::Send, Effect::InsteadAfter(said()));
            },
            nothing,
        ),
        plain(
            "200 and a sentence, not applied",
            all("Differs 1"),
            move |_, scene| {
                scene.applied = Some(Applied::Before);
                scene.fail(Point::Send, Effect::InsteadBefore(said()));
            },
            nothing,
        ),
    ]
}

pub fn ends() -> Vec<Row> {
    let told = |name: &str, cell: &'static str, effect: Option<fn() -> Effect>| {
        row(name, ["–", "–", cell, "–", "–"], move |column| {
            let mut scene = Scene::new(column.not_told?);
            if let Some(effect) = effect {
                scene.fail(Point::Send, effect());
            }
            Some(scene.play().cell())
        })
    };
    vec![
        row(
            "the member shall be gone",
            ["Confirmed 1, gone", "–", "Confirmed 1, gone", "–", "–"],
            |column| {
                let end = Scene::new(column.gone?).play();
                let receipt = end.receipt();
                let kept = receipt.request.is_some() || receipt.answer.is_some();
                assert_eq!(receipt.forget, !kept, "of who is forgotten nothing is kept");
                assert_eq!(receipt.forget, column.name == "Toluna");
                Some(end.cell())
            },
        ),
        gone("gone: yes, and nothing is done", "Differs 1", |scene| {
            scene.fail(Point::Send, Effect::NoEffect)
        }),
        gone("gone: cut, applied", "Confirmed 1, gone", |scene| {
            scene.applied = Some(Applied::After);
            scene.fail(Point::Send, Effect::CutAfter);
        }),
        gone("gone: cut, not applied", "Differs 1", |scene| {
            scene.applied = Some(Applied::Before);
            scene.fail(Point::Send, Effect::CutBefore);
        }),
        gone("gone: 500, applied", "Confirmed 1, gone", |scene| {
            scene.applied = Some(Applied::After);
            scene.fail(Point::Send, Effect::InsteadAfter(Canned::new(500, "{}")));
        }),
        gone("gone: not to be read back", "Accepted 1", |scene| scene.fail(BACK, Effect::CutBefore)),
        gone("gone: cut, and not to be read back", "Unknown 1", |scene| {
            scene.fail(Point::Send, Effect::CutAfter);
            scene.fail(BACK, Effect::CutBefore);
        }),
        gone("gone: a web page instead of the read back", "Accepted 1", |scene| {
            scene.fail(BACK, Effect::Html)
        }),
        told("the provider does not tell", "Accepted 1", None),
        told("not told: cut, applied", "Unknown 1", Some(|| Effect::CutAfter)),
        told("not told: cut, not applied", "Unknown 1", Some(|| Effect::CutBefore)),
        told("not told: 500, applied", "Unknown 1", Some(|| Effect::InsteadAfter(Canned::new(500, "{}")))),
    ]
}
