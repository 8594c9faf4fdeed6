//! What shuts somebody out, in any colours, at any size and without eyes.

use std::{cell::RefCell, collections::BTreeMap};

use browser_tests::{axe::Scheme, page::Page};

const NARROW: u32 = 320;

/// Each once, and both widths: what depends on the width depends little on the colours.
const LOOKS: [(u32, Scheme); 3] = [(1280, Scheme::Light), (360, Scheme::Dark), (1280, Scheme::Forced)];

/// What is wrong, and in which states. A run names everything at once.
#[derive(Default)]
pub struct Findings(RefCell<BTreeMap<String, Vec<String>>>);

impl Findings {
    /// Looks at what is on the screen now.
    pub fn judge(&self, page: &Page, name: &str) {
        let before = page.title();
        for (width, scheme) in LOOKS {
            for finding in page.axe(width, scheme) {
                self.add(finding, format!("{name} ({width}, {})", scheme.name()));
            }
        }
        let width = page.width_at(NARROW);
        if width > u64::from(NARROW) {
            self.add(format!("wider than {NARROW}"), format!("{name} ({width})"));
        }
        for lost in page.lost_at_400_percent() {
            self.add(format!("at 400 %: {lost}"), name.to_owned());
        }
        for untold in page.untold() {
            self.add(format!("to a screen reader: {untold}"), name.to_owned());
        }
        if page.title() != before {
            self.add("the screen changed while it was looked at".to_owned(), name.to_owned());
        }
    }

    fn add(&self, finding: String, state: String) {
        self.0.borrow_mut().entry(finding).or_default().push(state);
    }

    #[track_caller]
    pub fn assert_none(&self) {
        let found = self.0.borrow();
        let lines: Vec<String> = found
            .iter()
            .map(|(finding, states)| format!("{finding}\n    in {}", states.join(", ")))
            .collect();
        assert!(lines.is_empty(), "{} findings:\n\n{}", lines.len(), lines.join("\n"));
    }
}
