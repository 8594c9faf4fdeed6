//! Changes with something that happens on the way.

use memberdesk::change::driver::Purpose;
use simulated::{Canned, Effect};

use super::columns::Column;
use super::scene::{End, Scene};
use super::{Row, row};
use crate::line::Point;

pub const SHOW: Point = Point::Read(Purpose::Show);
pub const AGAIN: Point = Point::Read(Purpose::Send);
pub const BACK: Point = Point::Read(Purpose::Settle);

/// A change of the plain kind, with something that happens on the way.
pub fn plain(
    name: &str,
    expected: [&'static str; 5],
    prepare: impl Fn(&Column, &mut Scene) + Send + Sync + 'static,
    look: impl Fn(&Column, &End) + Send + Sync + 'static,
) -> Row {
    row(name, expected, move |column| {
        let mut scene = Scene::new(column.plain);
        prepare(column, &mut scene);
        let end = scene.play();
        look(column, &end);
        Some(end.cell())
    })
}

/// The change after which there is no such member any more.
pub fn gone(name: &str, cell: &'static str, prepare: impl Fn(&mut Scene) + Send + Sync + 'static) -> Row {
    row(name, [cell, "–", cell, "–", "–"], move |column| {
        let mut scene = Scene::new(column.gone?);
        prepare(&mut scene);
        Some(scene.play().cell())
    })
}

pub fn nothing(_: &Column, _: &End) {}

pub fn busy(status: u16) -> Effect {
    Effect::InsteadBefore(Canned::new(status, r#"{"message":"as simulated"}"#))
}
