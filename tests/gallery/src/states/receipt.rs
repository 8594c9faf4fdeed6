use leptos::prelude::*;
use memberdesk::ui::component::receipt::Receipt;

use super::{ARABIC, EMOJI, ID, NAME, State, WORD};

pub const STATES: &[State] = &[
    ("confirmed", || receipt(["confirmed", "Confirmed", "Ada was updated in the club"], None)),
    ("accepted", || receipt(["accepted", "Accepted", "The club accepted the change to Ada"], None)),
    ("differs", || receipt(["differs", "Differs", "Ada does not show all of the change"], Some("ROUTER_1"))),
    ("refused", || receipt(["refused", "Refused", "The club refused the change to Ada"], Some("ROUTER_2"))),
    ("not sent", || receipt(["not-sent", "Not sent", "The change to Ada was not sent"], None)),
    ("unknown", || {
        receipt(["unknown", "Unknown", "It is not known whether Ada was changed"], Some("ROUTER_3"))
    }),
    ("a long name and a long reference", || receipt(["confirmed", "Confirmed", NAME], Some(ID))),
    ("a word without an end", || receipt(["refused", "Refused", WORD], Some(WORD))),
    ("from right to left", || receipt(["confirmed", "Confirmed", ARABIC], Some(ARABIC))),
    ("emoji", || receipt(["unknown", "Unknown", EMOJI], None)),
];

fn receipt([outcome, word, headline]: [&'static str; 3], reference: Option<&str>) -> AnyView {
    let text =
        "What was asked and what is on file now stand below, field by field. Look at the record again later.";
    let (word, headline, meta) = (word.into(), headline.into(), "10 December 2026, 14:05:09".into());
    let reference = reference.map(str::to_string);
    view! { <Receipt outcome word headline text=text.into() meta reference/> }.into_any()
}
