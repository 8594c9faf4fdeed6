//! The document: its title, its address, its focus, and what it says of itself to the last-resort page.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, HtmlElement, HtmlTextAreaElement, Url, Window};

use crate::words::say;

/// Where a page begins. The last page has a heading too, and waits hidden.
pub const HEADING: &str = "#main h1";

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

fn root() -> Option<Element> {
    document()?.document_element()
}

pub fn body() -> Option<HtmlElement> {
    document()?.body()
}

/// The title; with "Error: " before it while something must be put right.
pub fn set_title_with(errors: bool, title: &str) {
    if errors { set_title(&say::fault_title(title).text()) } else { set_title(title) }
}

pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// The language of the page, by its BCP 47 tag, and to which side it is written: how it is read aloud, hyphenated
/// and laid out.
pub fn set_language(tag: &str, direction: &str) {
    if let Some(root) = root() {
        let _ = root.set_attribute("lang", tag);
        let _ = root.set_attribute("dir", direction);
    }
}

/// Light or dark, whatever the system has; nothing for as the system has it. The boot file does the same at start.
pub fn set_theme(name: Option<&str>) {
    let Some(root) = root() else { return };
    let _ = match name {
        Some(name) => root.set_attribute("data-theme", name),
        None => root.remove_attribute("data-theme"),
    };
}

/// The whole address of a place on the site that serves the page.
pub fn address_of(place: &str) -> Option<String> {
    let here = window()?.location().href().ok()?;
    Url::new_with_base(place, &here).ok().map(|url| url.href())
}

pub fn hash() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// The address of the page, without what stands behind the `#`.
pub fn address() -> String {
    let href = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_string()
}

/// Puts another address behind the `#` in the place of the one that is there: what it said is not in the history of
/// the browser any more.
pub fn replace_hash(hash: &str) {
    let history = window().and_then(|window| window.history().ok());
    _ = history.map(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(hash)));
}

/// Calls back each time the address behind the `#` changes, as long as the page lives.
pub fn on_hash(mut changed: impl FnMut() + 'static) {
    let listener = Closure::<dyn FnMut(Event)>::new(move |_| changed());
    if let Some(window) = window() {
        let _ = window.add_event_listener_with_callback("hashchange", listener.as_ref().unchecked_ref());
    }
    listener.forget();
}

/// Moves the focus to what the first of these selectors finds, once the page has been drawn: what it needs may
/// still have to be loaded.
pub fn focus(selectors: &'static [&'static str]) {
    focus_within(selectors, FRAMES);
}

/// About half a second.
const FRAMES: u32 = 30;

fn focus_within(selectors: &'static [&'static str], frames: u32) {
    let then = Closure::once_into_js(move || {
        let document = document();
        let find = |selector: &&str| document.as_ref()?.query_selector(selector).ok().flatten();
        let found = selectors.iter().find_map(find);
        match found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            Some(element) => _ = element.focus(),
            None if frames > 0 => focus_within(selectors, frames - 1),
            None => {}
        }
    });
    if let Some(window) = window() {
        let _ = window.request_animation_frame(then.unchecked_ref());
    }
}

/// Goes to a control as a link in an error summary does: its question into view, then the focus on it.
pub fn focus_control(id: &str) {
    let Some(control) = document().and_then(|document| document.get_element_by_id(id)) else {
        return;
    };
    let question = control.closest(".field, .choice, .rows, .date").ok().flatten();
    question.as_ref().unwrap_or(&control).scroll_into_view();
    let inner = "input, select, textarea, button";
    let target = if control.matches(inner).unwrap_or(false) {
        Some(control)
    } else {
        // Of a choice, the answer that is given.
        let places = [":checked", "input, select, textarea", inner];
        places.iter().find_map(|place| control.query_selector(place).ok().flatten())
    };
    if let Some(element) = target.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// The same once the page with that control has been drawn.
pub fn focus_control_later(id: String) {
    focus_control_within(id, FRAMES);
}

fn focus_control_within(id: String, frames: u32) {
    let then = Closure::once_into_js(move || {
        let is_there = document().is_some_and(|document| document.get_element_by_id(&id).is_some());
        match is_there {
            true => focus_control(&id),
            false if frames > 0 => focus_control_within(id, frames - 1),
            false => {}
        }
    });
    if let Some(window) = window() {
        let _ = window.request_animation_frame(then.unchecked_ref());
    }
}

/// Selects all of a text once it has been drawn, for somebody to copy.
pub fn select_later(id: &'static str) {
    let then = Closure::once_into_js(move || {
        let text = document().and_then(|document| document.get_element_by_id(id));
        if let Some(text) = text.and_then(|text| text.dyn_into::<HtmlTextAreaElement>().ok()) {
            _ = text.focus();
            text.select();
        }
    });
    if let Some(window) = window() {
        let _ = window.request_animation_frame(then.unchecked_ref());
    }
}

pub fn print() {
    _ = window().map(|window| window.print());
}

/// Says, while nobody can know what came of a write, that it is so: the last-resort page repeats it, and leaving
/// asks first.
pub fn set_sending(doubt: Option<&str>) {
    let Some(root) = root() else { return };
    let _ = match doubt {
        Some(doubt) => root.set_attribute("data-sending", doubt),
        None => root.remove_attribute("data-sending"),
    };
}

/// Nothing is under way any more, and the page says what came of it: once that was drawn. If drawing it stops the
/// program, the last page must not say that nothing was.
pub fn settled() {
    let then = Closure::once_into_js(|| set_sending(None));
    if let Some(window) = window() {
        let _ = window.request_animation_frame(then.unchecked_ref());
    }
}

/// Says whether something was entered and not sent: leaving asks first.
pub fn set_unsaved(unsaved: bool) {
    let Some(root) = root() else { return };
    let _ = match unsaved {
        true => root.set_attribute("data-unsaved", ""),
        false => root.remove_attribute("data-unsaved"),
    };
}

/// Takes away what was painted before the program came.
pub fn clear_boot() {
    let painted = document().and_then(|document| document.query_selector(".boot").ok().flatten());
    if let Some(painted) = painted {
        painted.remove();
    }
}

/// Scrolls a list, and nothing else, until this part of it is in view, once it has been drawn.
pub fn reveal_later(list: String, part: String) {
    let then = Closure::once_into_js(move || {
        let of_id = |id: &str| document()?.get_element_by_id(id)?.dyn_into::<HtmlElement>().ok();
        let (Some(list), Some(part)) = (of_id(&list), of_id(&part)) else { return };
        let (top, bottom) = (part.offset_top(), part.offset_top() + part.offset_height());
        if top < list.scroll_top() {
            list.set_scroll_top(top);
        } else if bottom > list.scroll_top() + list.client_height() {
            list.set_scroll_top(bottom - list.client_height());
        }
    });
    if let Some(window) = window() {
        let _ = window.request_animation_frame(then.unchecked_ref());
    }
}

/// An end of a list that somebody has scrolled to.
pub enum Edge {
    Start,
    End,
}

pub fn edge_of(list: &str) -> Option<Edge> {
    let list = document()?.get_element_by_id(list)?;
    let (top, height) = (list.scroll_top(), list.client_height());
    match top {
        0 => Some(Edge::Start),
        _ if top + height + height >= list.scroll_height() => Some(Edge::End),
        _ => None,
    }
}

/// The number that what was pressed, or what it stands in, has under this name.
pub fn number_of(event: &Event, name: &str) -> Option<usize> {
    let pressed = event.target()?.dyn_into::<Element>().ok()?;
    let own = pressed.closest(&["[", name, "]"].concat()).ok()??;
    own.get_attribute(name)?.parse().ok()
}

/// Whether what the event is about, and can be opened and closed, is open.
pub fn is_open(event: &Event) -> bool {
    let about = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    about.is_some_and(|about| about.has_attribute("open"))
}

/// Whether the focus is in this part of the page.
pub fn has_focus(part: &str) -> bool {
    let Some(document) = document() else { return false };
    let part = document.get_element_by_id(part);
    part.is_some_and(|part| part.contains(document.active_element().as_deref()))
}
