//! Every component in each of its states: `#/field` has all of one component below each other, `#/receipt/2` one state
//! that would not share a page with another.

mod states;

use leptos::prelude::*;
use memberdesk::browser::document;
use memberdesk::desk::route::Route;
use memberdesk::ui::component::masthead::Masthead;
use memberdesk::ui::live::{live, some};

use states::{Kind, PAGES, Page, State};

fn main() {
    let here = RwSignal::new(document::hash());
    document::on_hash(move || here.set(document::hash()));
    leptos::mount::mount_to_body(move || live(move || place(&here.get())));
}

/// What is shown at an address.
fn place(hash: &str) -> AnyView {
    for page in PAGES {
        match page.kind {
            Kind::Together if page.href() == hash => return together(page),
            Kind::Together => {}
            _ => {
                let own = |index: &usize| page.href_of(*index) == hash;
                if let Some(index) = (0..page.states.len()).find(own) {
                    return alone(page, index);
                }
            }
        }
    }
    contents()
}

fn around(title: &str, before: Option<AnyView>, main: impl IntoAny) -> AnyView {
    document::set_title(&[title, " – Gallery – Memberdesk"].concat());
    view! {
        <div class="page">
            {some(before)}
            <main class="page__main" id="main" tabindex="-1">{main.into_any()}</main>
        </div>
    }
    .into_any()
}

fn contents() -> AnyView {
    let state = |page: &'static Page, index: usize| {
        view! { <li><a href=page.href_of(index)>{[page.name, ": ", page.states[index].0].concat()}</a></li> }
    };
    let entry = move |page: &'static Page| match page.kind {
        Kind::Together => view! { <li><a href=page.href()>{page.name}</a></li> }.into_any(),
        _ => (0..page.states.len()).map(|index| state(page, index)).collect_view().into_any(),
    };
    let main = view! {
        <div class="stack">
            <h1>{"Gallery"}</h1>
            <p>{"Each component in each of its states."}</p>
            <ul>{PAGES.iter().map(entry).collect_view()}</ul>
        </div>
    };
    around("Contents", None, main)
}

/// A component, state by state. A state is a region with its name.
fn together(page: &'static Page) -> AnyView {
    let state = |(name, state): &State| {
        view! {
            <section class="stack" data-gap="small" aria-label=*name>
                <p class="caption">{*name}</p>
                <div class="stack">{state()}</div>
            </section>
        }
    };
    let main = view! {
        <div class="stack" data-gap="large">
            <h1>{page.name}</h1>
            {page.states.iter().map(state).collect_view()}
            {back()}
        </div>
    };
    around(page.name, None, main)
}

/// One state, where it stands on a real page.
fn alone(page: &'static Page, index: usize) -> AnyView {
    let (name, state) = page.states[index];
    let title = [page.name, ": ", name].concat();
    match page.kind {
        Kind::Top => {
            let main = view! { <div class="stack"><h1>{title.clone()}</h1> {back()}</div> };
            around(&title, Some(state()), main)
        }
        // It brings the heading of the page.
        Kind::Headed => {
            let main = view! { <div class="stack">{state()} <p class="quiet">{name}</p> {back()}</div> };
            around(&title, Some(top()), main)
        }
        _ => {
            let main = view! { <div class="stack">{state()} <h1>{title.clone()}</h1> {back()}</div> };
            around(&title, Some(top()), main)
        }
    }
}

fn top() -> AnyView {
    let route = RwSignal::new(Route::Unknown);
    view! { <Masthead route/> }.into_any()
}

fn back() -> AnyView {
    view! { <p><a href="#/">{"All components"}</a></p> }.into_any()
}
