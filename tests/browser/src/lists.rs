//! Lists to choose from, as a person uses them.

use fantoccini::Locator;

use crate::page::{Page, control, literal};

impl Page {
    /// Waits until a list offers this, the last of what is typed considered.
    #[track_caller]
    pub fn option(&self, label: &str, name: &str) {
        self.until(&format!("“{name}” in the list “{label}”"), async |client| {
            Ok(client.find(Locator::XPath(&option(label, name))).await.ok())
        });
    }

    /// Chooses from a list by a part of the name.
    #[track_caller]
    pub fn pick(&self, label: &str, typed: &str, name: &str) {
        self.pick_and_leave(label, typed, name);
        self.wait_for("it to be chosen", || self.value(label) == name);
    }

    /// The same where that leads to another page.
    #[track_caller]
    pub fn pick_and_leave(&self, label: &str, typed: &str, name: &str) {
        self.focus_on(label);
        self.fill(label, typed);
        self.click(&format!("“{name}” in the list “{label}”"), &option(label, name));
    }

    /// Chooses from a few.
    #[track_caller]
    pub fn select(&self, label: &str, answer: &str) {
        let path = format!("({})/option[normalize-space(.)={}]", control(label), literal(answer));
        self.click(&format!("“{answer}” for “{label}”"), &path);
    }
}

/// What a list offers under this name.
fn option(label: &str, name: &str) -> String {
    let list = format!("//*[@role='listbox'][@aria-label={}]", literal(label));
    format!("{list}/*[@role='option'][*[1][normalize-space(.)={}]]", literal(name))
}
