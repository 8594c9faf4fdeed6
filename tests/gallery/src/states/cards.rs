use leptos::prelude::*;
use memberdesk::ui::component::cards::{Card, Cards};
use memberdesk::words::Words;

use super::{ARABIC, EMOJI, NAME, State, WORD};

pub const STATES: &[State] = &[
    ("one", || cards(vec![card("The club", "Change a member’s nickname.")])),
    ("several, of different lengths", || {
        cards(vec![
            card("The club", "Change a member’s nickname."),
            card(
                NAME,
                "Change who somebody is, what they may do, and in which of their many teams they are listed.",
            ),
            card("Panel", "Change a panel member’s answers, or erase their personal data."),
        ])
    }),
    ("with how far one has come", || {
        let club = card("The club", "Change a member’s nickname.");
        let panel = card("Panel", "Change a panel member’s answers, or erase their personal data.");
        cards(vec![
            come("Connected", club),
            come("Connected as Ada", panel),
            come("Not sent yet: Ada King", card("The team", "Change a role.")),
        ])
    }),
    ("with all that one needs", || {
        let things =
            "You need: your server’s address, a client ID, a client secret and a member’s e-mail address";
        let club = card("The club", "Change a member’s nickname.");
        cards(vec![needs(things, club), card("Panel", "Change a panel member’s answers.")])
    }),
    ("with a word without an end", || cards(vec![card(WORD, WORD), card("The club", "Change a nickname.")])),
    ("long names and words in all of it", || {
        cards(vec![
            come(NAME, needs(NAME, card(NAME, NAME))),
            come(WORD, needs(WORD, card(WORD, WORD))),
            come("Connected as augusta.ada.king@countess-of-lovelace.example.com", card("Panel", "Change.")),
        ])
    }),
    ("from right to left, and emoji", || {
        cards(vec![
            come(ARABIC, needs(ARABIC, card(ARABIC, ARABIC))),
            come(EMOJI, needs(EMOJI, card(EMOJI, "🚀"))),
        ])
    }),
    ("two still to come", || {
        let cards = vec![card("The club", "Change a member’s nickname.")];
        view! { <Cards cards awaited=2/> }.into_any()
    }),
    ("none", || cards(vec![])),
];

fn cards(cards: Vec<Card>) -> AnyView {
    view! { <Cards cards/> }.into_any()
}

fn card(title: &str, text: &str) -> Card {
    Card {
        title: title.to_string(),
        href: "#/cards".to_string(),
        text: text.to_string(),
        needs: "You need: an access token".into(),
        state: None,
    }
}

fn needs(words: &str, card: Card) -> Card {
    Card { needs: words.into(), ..card }
}

fn come(words: &str, card: Card) -> Card {
    Card { state: Some(Words::from(words)), ..card }
}
