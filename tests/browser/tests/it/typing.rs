//! How soon a typed character is on the screen, beside a form of plain HTML, with the processor slowed down.
//!
//! `cargo test -p browser-tests --test it -- --ignored typing --nocapture`, on a machine that does nothing else.

use std::io::{Write, stderr};

use browser_tests::{in_chromium, page::Page};
use fantoccini::wd::WindowHandle;
use serde_json::{Value, json};
use simulated::{aitable, flashapply};

use crate::steps::{open_at_aitable, open_at_flashapply};

const TEXT: &str = "Amelie Dupont de la Fontaine, deputy head of sales";

/// One form after the other, and then beginning with the next: what the machine does besides meets all alike.
const ROUNDS: usize = 6;

pub const SLOWER: u32 = 4;

/// The owner's figures: in milliseconds, and how often the plain form.
pub const LONGEST_TASK: f64 = 50.0;
const MOST: f64 = 1.3;

/// The label of the box in the plain form.
const LABEL: &str = "Name in this space";

/// The least that does the same: it says below the box what would change.
const PLAIN: &str = r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>Plain</title>
<script src="plain.js" defer></script>
<main><h1>John</h1><form><label for="name">Name in this space</label><p id="hint">On file: John</p>
<input id="name" autocomplete="off" aria-describedby="hint"><p id="summary"></p></form></main>"#;

const PLAIN_SCRIPT: &str = r#"
    const box = document.getElementById("name");
    const summary = document.getElementById("summary");
    box.addEventListener("input", () => {
        summary.textContent = box.value ? `The name will be ${box.value}.` : "Nothing changes.";
    });
"#;

/// From the moment of the key, as the browser tells it, until the frame that shows it is painted.
pub const WATCH: &str = "
    window.keys = [];
    window.tasks = [];
    window.shown = () => {};
    addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => { keys.push(performance.now() - timeStamp); shown(); };
        port2.postMessage(0);
    }), true);
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
        .observe({ type: 'longtask' });
";

#[test]
#[ignore = "measures, and needs the machine to itself: `cargo xtask test --full`"]
fn typing_is_as_quick_as_in_a_plain_form() {
    in_chromium(|page, site| {
        site.write("plain.html", PLAIN);
        site.write("plain.js", PLAIN_SCRIPT);
        // The smallest form, and the largest.
        open_at_aitable(page, aitable::MEMBER, "John");
        let mut forms = vec![Form::watch(page, "a member of AITable", LABEL, page.window())];
        let window = page.open_window();
        open_at_flashapply(page, flashapply::MEMBER, "Siobhán O’Brien");
        forms.push(Form::watch(page, "a member of FlashApply", "First name", window));
        let window = page.open_window();
        page.open("plain.html");
        page.heading("John");
        forms.push(Form::watch(page, "plain HTML", LABEL, window));

        let count = forms.len();
        for round in 0..ROUNDS {
            for turn in round..round + count {
                forms[turn % count].type_all(page);
            }
        }
        let plain = forms.last().map(Form::median).expect("three forms");
        let mut table = format!(
            "\n{} characters typed {ROUNDS} times, the processor {SLOWER} times slower, in milliseconds:\n\n",
            TEXT.len()
        );
        table += &format!(
            "{:<24}{:>12}{:>8}{:>14}{:>16}{:>20}\n",
            "", "median key", "ratio", "slowest key", "longest task", "rounds with over 50"
        );
        for form in &forms {
            let (name, median, slowest, task) =
                (form.name, form.median(), form.slowest(), form.longest_task());
            let (ratio, rounds) = (median / plain, form.long_rounds());
            table += &format!("{name:<24}{median:>12.1}{ratio:>8.2}{slowest:>14.1}{task:>16}{rounds:>20}\n");
        }
        table += &format!(
            "ratio of medians at most {MOST}; a task of more than {LONGEST_TASK} ms in less than half of the rounds\n"
        );
        stderr().write_all(table.as_bytes()).expect("the terminal is there");
        for form in &forms {
            assert!(form.median() / plain <= MOST, "{} takes too long for a key", form.name);
            // What the page itself does, it does in every round; what the machine does besides comes once.
            assert!(
                form.long_rounds() * 2 < ROUNDS,
                "{} has tasks of more than {LONGEST_TASK} ms",
                form.name
            );
        }
        page.turn_to(&forms[0].window);
    });
}

/// A box to type into, in a window of its own, with what was measured there.
struct Form {
    name: &'static str,
    label: &'static str,
    window: WindowHandle,
    keys: Vec<f64>,
    /// The longest of each round, where the browser told of one.
    longest_tasks: Vec<f64>,
}

impl Form {
    fn watch(page: &Page, name: &'static str, label: &'static str, window: WindowHandle) -> Form {
        page.script(WATCH, json!([]));
        Form { name, label, window, keys: Vec::new(), longest_tasks: Vec::new() }
    }

    fn type_all(&mut self, page: &Page) {
        page.turn_to(&self.window);
        let devtools = |name: &str, parameters: Value| page.browser.devtools(name, parameters);
        devtools("Page.bringToFront", json!({}));
        devtools("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }));
        page.fill(self.label, "");
        page.script("keys.length = tasks.length = 0", json!([]));
        page.focus_on(self.label);
        // Each frame asks what is under the pointer, so it rests at the same place in each form.
        devtools("Input.dispatchMouseEvent", json!({ "type": "mouseMoved", "x": 2, "y": 2 }));
        devtools("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER }));
        for (at, letter) in TEXT.chars().enumerate() {
            let key = letter.to_string();
            let down = json!({ "type": "keyDown", "key": key, "text": key, "unmodifiedText": key });
            devtools("Input.dispatchKeyEvent", down);
            devtools("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": key }));
            evaluate(page, &format!("new Promise((done) => keys.length > {at} ? done() : shown = done)"));
        }
        // What is still to come of the last key belongs to it.
        evaluate(page, "new Promise((done) => requestIdleCallback(() => requestIdleCallback(() => done())))");
        devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 1 }));
        assert_eq!(page.value(self.label), TEXT);
        let measured = page.script("return { keys, tasks }", json!([]));
        let keys = numbers(&measured["keys"]);
        assert_eq!(keys.len(), TEXT.len(), "each key is measured");
        self.keys.extend(keys);
        self.longest_tasks.extend(numbers(&measured["tasks"]).into_iter().reduce(f64::max));
    }

    fn median(&self) -> f64 {
        let mut keys = self.keys.clone();
        keys.sort_by(f64::total_cmp);
        keys[keys.len() / 2]
    }

    fn slowest(&self) -> f64 {
        self.keys.iter().copied().fold(0.0, f64::max)
    }

    /// Browsers tell only of tasks from 50 ms on.
    fn longest_task(&self) -> String {
        let longest = self.longest_tasks.iter().copied().reduce(f64::max);
        longest.map_or("below 50".to_owned(), |longest| format!("{longest:.0}"))
    }

    /// Rounds in which a task took longer than the owner allows.
    fn long_rounds(&self) -> usize {
        self.longest_tasks.iter().filter(|task| **task > LONGEST_TASK).count()
    }
}

/// Without the driver's own scripts, which would be measured too.
pub fn evaluate(page: &Page, expression: &str) {
    let answer =
        page.browser.devtools("Runtime.evaluate", json!({ "expression": expression, "awaitPromise": true }));
    assert!(answer["exceptionDetails"].is_null(), "{answer}");
}

pub fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}
