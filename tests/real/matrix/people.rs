//! What happens between people: risks, refusals, and colleagues who change the same record.

use memberdesk::change::draft::{Draft, Entry};
use memberdesk::change::driver::{Ask, Event, Step};
use memberdesk::provider::date;
use simulated::{Canned, Effect, flashapply};

use super::columns::Column;
use super::faults::BREAKAGES;
use super::scene::Scene;
use super::scenes::{AGAIN, BACK, SHOW, busy, plain};
use super::{Row, all, row};
use crate::line::Point;
use crate::members::draft;

pub fn people() -> Vec<Row> {
    vec![
        plain(
            "nothing goes wrong",
            all("Confirmed 1"),
            |_, _| {},
            |_, end| {
                assert_eq!(
                    (end.scene.line.consents.as_slice(), end.scene.line.waits.len()),
                    (&[false][..], 0)
                );
            },
        ),
        row(
            "a risk is taken on",
            ["Confirmed 1, gone", "Confirmed 1", "Confirmed 1", "Confirmed 1", "Confirmed 1"],
            |column| Some(Scene::new(column.risky).play().cell()),
        ),
        row("a risk is not taken on", all("asked"), |column| {
            let mut scene = Scene::new(column.risky);
            scene.line.approves = false;
            let shown = scene.line.form(&draft(column.risky.typed));
            let Step::Ask(Ask::Approve { plan, .. }) = shown else { panic!("{shown:?}") };
            assert!(!plan.risks().is_empty());
            let asked = scene.line.run(Event::Approve(Vec::new()));
            assert!(
                matches!(&asked, Step::Ask(Ask::Approve { missing, .. }) if !missing.is_empty()),
                "{asked:?}"
            );
            assert_eq!(scene.site.with(|server| server.counters().writes), 0);
            Some("asked".to_string())
        }),
        row(
            "refused by the provider itself",
            ["–", "Refused 1", "Refused 1", "Refused 1", "Refused 1"],
            |column| {
                let (case, field) = column.refused?;
                let end = Scene::new(case).play();
                assert_eq!(end.reason().field.as_deref(), field);
                Some(end.cell())
            },
        ),
        plain(
            "refused at a field",
            all("Refused 1"),
            |column, scene| {
                let (status, body, _) = column.at_field;
                scene.fail(Point::Send, Effect::InsteadBefore(Canned::new(status, body)));
            },
            |column, end| {
                assert_eq!(end.reason().field.as_deref(), Some(column.at_field.2));
            },
        ),
        row("refused, then put right", all("Confirmed 1"), |column| {
            let mut scene = Scene::new(column.plain);
            let (status, body, _) = column.at_field;
            scene.fail(Point::Send, Effect::InsteadBefore(Canned::new(status, body)));
            let refused = scene.play();
            assert_eq!(refused.cell(), "Refused 1");
            let mut scene = refused.scene;
            let step = scene.line.resume(&draft(column.plain.typed));
            Some(scene.end(step).cell())
        }),
        plain(
            "the field was changed meanwhile",
            ["Confirmed 1", "Confirmed 1", "Confirmed 1", "Confirmed 1", "Confirmed 0"],
            |column, scene| scene.edit(AGAIN, column.moved),
            |column, end| {
                // Of a yes or no, the only other value is the one that was asked for.
                let asked: &[bool] = if column.name == "Webex" { &[false] } else { &[false, true] };
                assert_eq!(end.scene.line.consents, asked);
            },
        ),
        plain(
            "it is so already meanwhile",
            all("Confirmed 0"),
            |column, scene| scene.edit(AGAIN, column.plain.holds),
            |_, end| assert_eq!(end.scene.line.consents, [false]),
        ),
        plain(
            "another field was changed meanwhile",
            all("Confirmed 1"),
            |column, scene| scene.edit(AGAIN, column.beside),
            |column, end| {
                assert_eq!(end.scene.line.consents, [false], "only what is touched can conflict");
                let stays = serde_json::from_str(column.beside.1).ok();
                assert_eq!(end.stored(column.beside.0), stays, "and it stays");
            },
        ),
        row("an extra read fails before sending", ["–", "–", "–", "–", "Confirmed 1"], |column| {
            (column.name == "Webex").then_some(())?;
            let mut scene = Scene::new(column.plain);
            scene.fail_at(AGAIN, "/rooms/", busy(500));
            let end = scene.play();
            // A risk that cannot be ruled out is asked about; that it can be again is another plan again.
            assert_eq!(end.scene.line.consents, [false, true, true]);
            Some(end.cell())
        }),
        row(
            "an extra read fails, whenever and however",
            ["–", "–", "–", "–", "Confirmed 1"],
            |column| {
                (column.name == "Webex").then_some(())?;
                for breakage in &BREAKAGES {
                    for point in [SHOW, AGAIN, BACK] {
                        let mut scene = Scene::new(column.plain);
                        scene.fail_at(point, "/rooms/", (breakage.before)());
                        assert_eq!(scene.play().cell(), "Confirmed 1", "{}: {point:?}", breakage.name);
                    }
                }
                Some("Confirmed 1".to_string())
            },
        ),
        row("a day that has not come", ["–", "–", "Refused 1", "–", "–"], |column| {
            // Somewhere it is tomorrow already, so it is the provider who says no.
            let mut scene = Scene::new(column.not_told?);
            let tomorrow = date::of_moment(scene.line.clock.now() + 86_400_000);
            let typed = [("birthDate".to_string(), Entry::Text(tomorrow))];
            let step = scene.line.form(&typed.into_iter().collect());
            let end = scene.end(step);
            assert_eq!(end.reason().field.as_deref(), Some("birthDate"));
            Some(end.cell())
        }),
        row("a new password", ["–", "Accepted 1", "–", "–", "–"], |column| {
            let (mut scene, draft) = password(column)?;
            scene.line.enter_password("password", PASSWORD);
            let step = scene.line.form(&draft);
            let end = scene.end(step);
            let set = end.scene.site.with(|server| flashapply::password(server, flashapply::MEMBER));
            assert_eq!(set.as_deref(), Some(PASSWORD));
            assert!(!format!("{:?}", end.step).contains(PASSWORD), "it is nowhere in the receipt");
            Some(end.cell())
        }),
        row("a new password that is not there", ["–", "asked", "–", "–", "–"], |column| {
            let (mut scene, draft) = password(column)?;
            let step = scene.line.form(&draft);
            let Step::Ask(Ask::Mend(violations)) = &step else { panic!("{step:?}") };
            assert_eq!(violations[0].key, "password", "it is asked for at its field");
            scene.end(step);
            Some("asked".to_string())
        }),
        row("there is no such member", all("Not read 0"), |column| {
            let mut scene = Scene::new(column.plain);
            scene.remove(SHOW);
            let end = scene.play();
            let Step::Ask(Ask::Unread { reason, .. }) = &end.step else { panic!("{:?}", end.step) };
            let own = column.plain.member.keys.last().map(|(key, _)| *key);
            assert_eq!(reason.field.as_deref(), own, "it is said at the key that names the member");
            Some(end.cell())
        }),
        row("the member is gone before it is read again", all("Not sent 0"), |column| {
            let mut scene = Scene::new(column.plain);
            scene.remove(AGAIN);
            let end = scene.play();
            Some(end.cell())
        }),
        row("the member is gone before the write", all("Refused 1"), |column| {
            let mut scene = Scene::new(column.plain);
            scene.remove(Point::Send);
            Some(scene.play().cell())
        }),
        row("the member is gone after the write", all("Accepted 1"), |column| {
            let mut scene = Scene::new(column.plain);
            scene.remove(BACK);
            Some(scene.play().cell())
        }),
    ]
}

const PASSWORD: &str = "correct “horse” \\ battery \"staple\" 🐎";

fn password(column: &'static Column) -> Option<(Scene, Draft)> {
    (column.name == "FlashApply").then_some(())?;
    let draft = [("password".to_string(), Entry::Hidden)].into_iter().collect();
    Some((Scene::new(column.plain), draft))
}
