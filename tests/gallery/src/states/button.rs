use leptos::prelude::*;
use memberdesk::ui::component::button::{Button, Submit};

use super::{ARABIC, EMOJI, NAME, State, WORD, nothing};

pub const STATES: &[State] = &[
    ("the main thing to do", || view! { <Submit words="Check the change"/> }.into_any()),
    ("with no way back", || view! { <Submit words="Erase personal data" kind=Some("danger")/> }.into_any()),
    ("under way", || {
        view! { <button class="button" type="submit" aria-busy="true">{"Connect"}</button> }.into_any()
    }),
    ("main", || view! { <Button words="Try again" on_press=nothing()/> }.into_any()),
    ("secondary", || view! { <Button words="Add team" kind="secondary" on_press=nothing()/> }.into_any()),
    ("compact", || view! { <Button words="Make moderator" kind="compact" on_press=nothing()/> }.into_any()),
    ("compact and pressed", || {
        let pressed = Memo::new(|_| true);
        view! { <Button words="Make moderator" kind="compact" pressed on_press=nothing()/> }.into_any()
    }),
    ("danger", || view! { <Button words="Send it again" kind="danger" on_press=nothing()/> }.into_any()),
    ("plain", || {
        view! { <Button words="Choose another member" kind="plain" on_press=nothing()/> }.into_any()
    }),
    ("pressed", || {
        view! { <button class="button" type="button" data-kind="secondary" aria-pressed="true">{"Ada Lovelace"}</button> }
            .into_any()
    }),
    ("beside each other", || {
        view! {
            <div class="cluster">
                <Submit words="Check the change"/>
                <Button words="Undo this change" kind="secondary" on_press=nothing()/>
                <Button words="Erase" kind="danger" on_press=nothing()/>
                <Button words="Choose another member" kind="plain" on_press=nothing()/>
            </div>
        }
        .into_any()
    }),
    ("with a long name", || {
        let words = ["Update ", NAME, " in the club"].concat();
        view! { <div class="cluster"><Submit words/></div> }.into_any()
    }),
    ("with a word without an end", || {
        view! { <div class="cluster"><Button words=WORD kind="secondary" on_press=nothing()/></div> }
            .into_any()
    }),
    ("with a name from right to left", || {
        view! { <Submit words=["Update ", ARABIC, " in the club"].concat()/> }.into_any()
    }),
    ("with emoji", || {
        view! { <Button words=["Update ", EMOJI].concat() kind="secondary" on_press=nothing()/> }.into_any()
    }),
];
