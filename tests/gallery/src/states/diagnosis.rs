use leptos::prelude::*;
use memberdesk::doctor::{self, Circumstances, Goal, Guise, Situation, Through, Verdict};
use memberdesk::transport::{Address, Between, Method};
use memberdesk::ui::component::diagnosis::Diagnosis;

use super::{ARABIC, EMOJI, NAME, State, WORD, nothing, pressed};

pub const STATES: &[State] = &[
    ("nothing is wrong", || diagnosis(Verdict::Healthy, "The club")),
    ("a cause that no page can know", || diagnosis(Verdict::Unreachable, "The club")),
    ("for the owner of the proxy", || diagnosis(Verdict::OriginRefused, "The club")),
    ("several lines to add", || diagnosis(Verdict::PreflightRefused, "The club")),
    ("for oneself", || diagnosis(Verdict::MixedContent, "The club")),
    ("for the provider", || diagnosis(Verdict::ProviderDown, "The club")),
    ("copied, or to be copied by hand", || pressed(diagnosis(Verdict::Offline, "The club"))),
    ("a long name", || diagnosis(Verdict::ProviderUnreachable, NAME)),
    ("a word without an end", || diagnosis(Verdict::TargetNotAllowed, WORD)),
    ("from right to left", || diagnosis(Verdict::ProviderSlow, ARABIC)),
    ("emoji", || diagnosis(Verdict::Token, EMOJI)),
];

fn diagnosis(verdict: Verdict, name: &str) -> AnyView {
    let address = |text: &str| Address::parse(text).ok();
    let situation = Situation {
        page: address("https://members.example.com"),
        online: true,
        through: Through::Relay,
        place: address("https://relay.example.com"),
        between: Between::Relay,
        guise: Guise {
            method: Method::Put,
            cookies: false,
            credential: Some("Authorization".to_string()),
            headers: ["Authorization", "Content-Type"].map(str::to_string).to_vec(),
        },
        reads: ["Retry-After", "Link", "Date"].map(str::to_string).to_vec(),
        impossible: false,
        goal: Some(Goal {
            name: name.to_string(),
            server: "club".to_string(),
            address: address("https://api.club.example.com"),
            has_read: true,
            has_credential: false,
        }),
    };
    let diagnosis = doctor::Diagnosis { situation, steps: Vec::new(), verdict };
    let circumstances =
        Circumstances { time: "2026-12-10T14:05:09Z".to_string(), browser: "A browser".to_string() };
    view! { <Diagnosis diagnosis circumstances on_again=nothing()/> }.into_any()
}
