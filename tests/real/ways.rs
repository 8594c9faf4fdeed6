//! A form, a row and an undo go the same way: the same calls in the same order, and the same end.

use memberdesk::change::driver::Step;
use memberdesk::change::receipt::{Outcome, Receipt};
use memberdesk::change::undo::undo;
use serde_json::Value as Json;
use simulated::{Server, aitable, flashapply, toluna, webex};

use crate::line::{Line, provider};
use crate::matrix::columns::COLUMNS;
use crate::members::Typed::{self, Add, Text};
use crate::members::{Member, draft, server};

/// What arrived, as far as it is not about the connection.
fn calls(server: &Server) -> Vec<(String, String, String)> {
    let text = |body: Vec<u8>| String::from_utf8(body).expect("text");
    server.arrived().into_iter().map(|call| (call.method, call.target, text(call.body))).collect()
}

fn receipt(step: Step) -> Receipt {
    let Step::Done(receipt) = step else { panic!("{step:?}") };
    *receipt
}

/// What the provider holds of a member, without the moment of its last change.
fn stored(server: &Server, member: &Member) -> Option<Json> {
    let mut stored = server.member(member.key())?;
    stored.as_object_mut()?.shift_remove("updatedAt");
    Some(stored)
}

/// Makes the change as a form and as a row, each at a provider of its own, and takes it back.
fn check(member: &Member, typed: &[(&str, Typed)], undone: bool) {
    let (one, other) = (server(member.provider), server(member.provider));
    let before = stored(&one, member);
    let line = |server: &Server| Line::new(provider(member.provider), &server.address(), member);
    let (mut form, mut row) = (line(&one), line(&other));
    let (by_form, by_row) = (receipt(form.form(&draft(typed))), receipt(row.row(&draft(typed))));
    assert_eq!(calls(&one), calls(&other), "{typed:?}");
    assert_eq!(stored(&one, member), stored(&other, member));
    let alike = |receipt: &Receipt| Receipt { at: 0, answer: None, ..receipt.clone() };
    assert_eq!(alike(&by_form), alike(&by_row));

    let sent = calls(&one).len();
    let back = undo(form.provider(), &by_form);
    assert_eq!(back.draft.is_empty(), !undone, "{:?}", back.lost);
    if undone {
        let done = receipt(form.undo(&by_form));
        assert_eq!((&done.outcome, done.sends), (&Outcome::Confirmed, 1), "{:?}", done.lines);
        assert_eq!(stored(&one, member), before, "{typed:?}");
        let methods = |calls: &[(String, String, String)]| -> Vec<String> {
            calls.iter().map(|(method, target, _)| format!("{method} {target}")).collect()
        };
        let calls = calls(&one);
        assert_eq!(methods(&calls[..sent]), methods(&calls[sent..]), "an undo goes the same way");
    }
}

#[test]
fn a_form_a_row_and_an_undo_go_the_same_way() {
    for column in &COLUMNS {
        check(&column.plain.member, column.plain.typed, true);
        // Who is gone cannot be brought back, and what was never told cannot be put back.
        check(&column.risky.member, column.risky.typed, column.gone.is_none() || column.name == "Toluna");
        if let Some(not_told) = column.not_told {
            check(&not_told.member, not_told.typed, false);
        }
    }
}

#[test]
fn lists_rows_and_dates_are_put_back_as_they_were() {
    let location = &["loc_berlin=admin", "loc_lagos=viewer"];
    let extra = Member::flashapply(&[("memberId", flashapply::MEMBER_EXTRA)]);
    check(&extra, &[("locations", Add(location)), ("picture", Text("https://example.com/p.png"))], true);
    let single = Member::flashapply(&[("memberId", flashapply::MEMBER_SCALAR)]);
    check(&single, &[("locations", Add(&["loc_taipei=admin"])), ("email", Text("Wang@example.cn"))], true);
    let teams = Member::aitable(&[("spaceId", aitable::SPACE), ("unitId", aitable::MEMBER_TWO_TEAMS)]);
    check(&teams, &[("teams", Typed::Clear), ("roles", Add(&[aitable::ROLE_LEAD]))], true);
    let year = Member::toluna(&[("panel", "United Kingdom"), ("memberCode", toluna::MEMBER_YEAR_FIRST)]);
    check(&year, &[("birthDate", Text("2001-12-31")), ("answers", Add(&["1001101=2002275"]))], true);
    let france = Member {
        secrets: &[("partnerGuid", toluna::PANEL_FRANCE)],
        ..Member::toluna(&[("panel", "France"), ("memberCode", toluna::MEMBER_REGISTRATION)])
    };
    check(&france, &[("registration", Add(&["1001032=2224508: Lyon", "1012227=3055267"]))], true);
    let hidden = Member::webex(&[("membershipId", webex::DIRECT_HIDDEN)]);
    check(&hidden, &[("isRoomHidden", Text("no"))], true);
}

#[test]
fn a_list_typed_as_a_whole_keeps_what_no_file_knows_of() {
    let extra = Member::flashapply(&[("memberId", flashapply::MEMBER_EXTRA)]);
    check(&extra, &[("locations", Text("loc_berlin=editor; loc_taipei=viewer"))], true);
    let single = Member::flashapply(&[("memberId", flashapply::MEMBER_SCALAR)]);
    check(&single, &[("locations", Text("loc_taipei=admin; loc_berlin=viewer"))], true);

    let server = server("flashapply");
    let mut line = Line::new(provider("flashapply"), &server.address(), &extra);
    let before = stored(&server, &extra).expect("a member");
    receipt(line.row(&draft(&[("locations", Text("loc_berlin=editor; loc_taipei=viewer"))])));
    let after = stored(&server, &extra).expect("a member");
    assert_eq!(after["locations"][0]["since"], before["locations"][0]["since"]);
    assert_eq!(after["locations"][1], before["locations"][1], "nobody touched it");
}
