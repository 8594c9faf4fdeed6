//! How much is transferred until the first form of a provider can be typed into, measured in the browser.

use std::io::{Write, stderr};

use browser_tests::in_chromium;
use serde_json::{Value, json};

/// The owner's figure, in bytes.
const MOST: u64 = 100_000;

/// Notes when the box is there.
const WATCH: &str = "
    new MutationObserver((_, watch) => {
        if (!document.querySelector('form input')) return;
        window.typable = performance.now();
        watch.disconnect();
    }).observe(document, { childList: true, subtree: true });
";

const ENTRIES: &str = "
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    return entries.map(({ name, startTime, transferSize, encodedBodySize, decodedBodySize }) =>
        ({ name, early: startTime <= window.typable, transferSize, encodedBodySize, decodedBodySize }));
";

/// Each provider, with the first box that can be typed into.
const FORMS: [(&str, &str); 5] = [
    ("webex", "Access token"),
    ("aitable", "API token"),
    ("symbl", "Access token"),
    ("flashapply", "API key"),
    ("toluna", "Name of the panel"),
];

#[test]
fn every_first_form_can_be_typed_into_after_100_kb() {
    for (provider, label) in FORMS {
        in_chromium(|page, site| {
            page.browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH }));
            page.open(&format!("#/{provider}"));
            page.fill(label, "typed");
            assert_eq!(page.value(label), "typed");
            let moment = page.script("return Math.round(window.typable)", json!([]));
            let entries = page.script(ENTRIES, json!([]));
            let entries = entries.as_array().expect("a list");
            let early: Vec<&Value> = entries.iter().filter(|entry| entry["early"] == true).collect();
            let total = sum(early.iter().copied());
            // The files are the same for all, but for one.
            let of_all = provider == FORMS[0].0;
            let mut table = format!(
                "\nTransferred until the form of {provider} can be typed into, after {moment} ms:\n\n"
            );
            for entry in &early {
                let name = entry["name"].as_str().unwrap_or_default();
                let name = name.split('#').next().unwrap_or_default().trim_start_matches(&site.address(""));
                let name = if name.is_empty() { "(the page)" } else { name };
                let (sent, raw) = (&entry["transferSize"], &entry["decodedBodySize"]);
                if of_all || name.starts_with("providers/") {
                    table += &format!("{name:<42} {sent:>8} bytes of {raw:>8}\n");
                }
            }
            table += &format!("{:<42} {:>8.1} KB, at most {} KB\n", "all", kilobytes(total), MOST / 1000);
            // Past the test runner, which keeps to itself what a passing test prints.
            stderr().write_all(table.as_bytes()).expect("the terminal is there");

            for entry in &early {
                let name = entry["name"].as_str().unwrap_or_default();
                let packed = entry["encodedBodySize"].as_u64() < entry["decodedBodySize"].as_u64();
                let small = entry["decodedBodySize"].as_u64() < Some(512);
                assert!(packed || small, "{name} comes compressed");
                let same = early.iter().filter(|other| other["name"] == entry["name"]).count();
                assert_eq!(same, 1, "{name} comes once");
            }
            assert!(total <= MOST, "{provider}: {:.1} KB", kilobytes(total));
        });
    }
}

fn sum<'a>(entries: impl Iterator<Item = &'a Value>) -> u64 {
    entries.filter_map(|entry| entry["transferSize"].as_u64()).sum()
}

fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1000.0
}
