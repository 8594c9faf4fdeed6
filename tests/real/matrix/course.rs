//! Credentials that are missing or end, notes that cannot be kept, and somebody who stops.

use memberdesk::transport::NoAnswer;
use simulated::{Canned, Effect, Fault, Hold, symbl};

use super::columns::{Case, Column};
use super::scene::{Applied, Scene};
use super::scenes::{AGAIN, BACK, busy, gone, nothing, plain};
use super::{Row, all, row};
use crate::line::Point;

pub fn course() -> Vec<Row> {
    vec![
        plain(
            "no credential yet",
            all("Confirmed 1"),
            |_, scene| scene.line.forget_secrets(),
            |_, end| {
                assert_eq!(end.scene.line.sign_ins, 1);
            },
        ),
        plain(
            "no credential, and none is entered",
            all("Not read 0"),
            |_, scene| {
                scene.line.forget_secrets();
                scene.line.signs_in = false;
            },
            nothing,
        ),
        plain(
            "what is sent cannot be noted",
            all("Not sent 0"),
            |_, scene| scene.line.keeps_notes = false,
            nothing,
        ),
        plain(
            "stopped while it is read again",
            all("Not sent 0"),
            |_, scene| {
                scene.silence = NoAnswer::Cancelled;
                scene.fail(AGAIN, Effect::HoldBefore(Hold::new()));
            },
            nothing,
        ),
        plain(
            "stopped while it is sent, not applied",
            all("Differs 1"),
            |_, scene| {
                scene.applied = Some(Applied::Before);
                scene.silence = NoAnswer::Cancelled;
                scene.fail(Point::Send, Effect::HoldBefore(Hold::new()));
            },
            nothing,
        ),
        plain(
            "stopped while it is sent, applied",
            all("Confirmed 1"),
            |_, scene| {
                scene.applied = Some(Applied::After);
                scene.silence = NoAnswer::Cancelled;
                scene.fail(Point::Send, Effect::HoldAfter(Hold::new()));
            },
            nothing,
        ),
        plain(
            "stopped while it is looked for again",
            all("Differs 1"),
            |_, scene| {
                scene.line.waits_for_it = false;
                scene.fail(Point::Send, Effect::NoEffect);
            },
            nothing,
        ),
        row("the token ends before it is read again", ["Confirmed 1", "–", "–", "–", "–"], |column| {
            ended(column, AGAIN)
        }),
        row("the token ends before the write", ["Confirmed 2", "–", "–", "–", "–"], |column| {
            ended(column, Point::Send)
        }),
        row("the token ends after the write", ["Confirmed 1", "–", "–", "–", "–"], |column| {
            ended(column, BACK)
        }),
    ]
}

/// A token that was exchanged for, and ends: another one is got, and nobody is asked.
fn ended(column: &'static Column, point: Point) -> Option<String> {
    (column.name == "Symbl.ai").then_some(())?;
    let app = [("appId", symbl::APP_ID), ("appSecret", symbl::APP_SECRET)];
    let mut member = column.plain.member;
    member.secrets = Box::leak(Box::new(app));
    let mut scene = Scene::new(Case { member, ..column.plain });
    let site = scene.site.clone();
    // The credential counts as old enough to be exchanged again only after a minute.
    scene.line.just_before(point, move || site.with(symbl::expire_tokens));
    scene.line.renews_at_once = true;
    let end = scene.play();
    assert_eq!((end.scene.line.sign_ins, end.scene.line.exchanges), (0, 2), "{point:?}");
    Some(end.cell())
}

/// What was sent once was sent, however it goes on: it is refused, or it may have been applied.
pub fn once_sent() -> Vec<Row> {
    let applied = |status: u16| Effect::InsteadAfter(Canned::new(status, "{}"));
    let mut rows = vec![
        plain(
            "503, applied, and stopped while waiting",
            all("Confirmed 1"),
            move |_, scene| {
                scene.applied = Some(Applied::After);
                scene.line.waits_for_it = false;
                scene.fail(Point::Send, applied(503));
            },
            nothing,
        ),
        plain(
            "503, applied, and then not to be read",
            all("Confirmed 1"),
            move |_, scene| {
                scene.applied = Some(Applied::After);
                scene.fail(Point::Send, applied(503));
                scene.fail(Point::Wait, Effect::CutBefore);
            },
            nothing,
        ),
        plain(
            "429, not applied, and stopped while waiting",
            all("Refused 1"),
            |_, scene| {
                scene.applied = Some(Applied::Before);
                scene.line.waits_for_it = false;
                scene.fail(Point::Send, busy(429));
            },
            nothing,
        ),
        plain(
            "429, not applied, and then not to be read",
            all("Refused 1"),
            |_, scene| {
                scene.applied = Some(Applied::Before);
                scene.fail(Point::Send, busy(429));
                scene.fail(Point::Wait, Effect::CutBefore);
            },
            nothing,
        ),
        plain(
            "401, not applied, and nobody signs in",
            all("Refused 1"),
            |_, scene| {
                scene.applied = Some(Applied::Before);
                scene.line.signs_in = false;
                scene.fail(Point::Send, busy(401));
            },
            nothing,
        ),
        plain(
            "408, not applied, and then not to be read",
            all("Differs 1"),
            |_, scene| {
                scene.applied = Some(Applied::Before);
                scene.fail(Point::Send, busy(408));
                // It is looked for twice; then it is read to be sent again.
                let site = scene.site.clone();
                scene.line.just_before_nth(AGAIN, 2, move || {
                    site.with(|server| server.fail(Fault::once(Effect::CutBefore)))
                });
            },
            nothing,
        ),
    ];
    for status in [401, 429, 503] {
        rows.push(gone(&format!("gone: {status}, applied"), "Confirmed 1, gone", move |scene| {
            scene.applied = Some(Applied::After);
            scene.fail(Point::Send, applied(status));
        }));
    }
    rows
}
