//! What axe finds: places that shut somebody out.

use std::{fs, sync::LazyLock};

use serde_json::{Value, json};
use xtask::tools::axe_script;

use crate::page::Page;

/// In which colours the page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
    /// Few colours of the person's own choice, as in the contrast themes of Windows.
    Forced,
}

const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// The driver's scripts are not the page's, so its policy neither stops this one nor has to be weakened for it.
const RUN: &str = "
    const [tags, done] = arguments;
    const brief = (words) => words.trim().replace(/\\s+/g, ' ');
    const options = { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], preload: false };
    axe.run(document, options).then(
        ({ violations }) => done(violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) =>
            `${id} (${help}) at ${target.join(' ')}: ${brief(failureSummary)}`))),
        (error) => done([`axe: ${error}`]),
    );
";

static SCRIPT: LazyLock<String> = LazyLock::new(|| {
    fs::read_to_string(axe_script()).expect("axe is among the tools; `cargo xtask test` installs it")
});

impl Scheme {
    pub fn name(self) -> &'static str {
        match self {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
            Scheme::Forced => "forced colours",
        }
    }

    /// As the DevTools protocol emulates it.
    pub(crate) fn features(self) -> Value {
        let dark = if self == Scheme::Dark { "dark" } else { "light" };
        let forced = if self == Scheme::Forced { "active" } else { "none" };
        json!([
            { "name": "prefers-color-scheme", "value": dark },
            { "name": "forced-colors", "value": forced },
            // What moves would be looked at on its way.
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ])
    }
}

impl Page {
    /// What axe finds at this width and in these colours: the rule, the element, and what is wrong there. Chromium
    /// only.
    #[track_caller]
    pub fn axe(&self, width: u32, scheme: Scheme) -> Vec<String> {
        self.look_at(width, 900, 1, scheme);
        if self.script("return typeof axe === 'undefined'", json!([])) == json!(true) {
            self.script(&SCRIPT, json!([]));
        }
        let found = self
            .until("axe to end", async |client| client.execute_async(RUN, vec![json!(TAGS)]).await.map(Some));
        self.look_as_usual();
        serde_json::from_value(found).expect("a list of findings")
    }
}
