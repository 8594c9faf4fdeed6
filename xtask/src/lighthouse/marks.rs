//! What stands in a report of Lighthouse: a mark from 0 to 100 for each category, and what was found wanting.

use serde_json::Value;

pub struct Category {
    pub id: &'static str,
    name: &'static str,
    least: u64,
}

/// Speed depends on the machine, so it has a point or two to spare.
pub const CATEGORIES: [Category; 3] = [
    Category { id: "accessibility", name: "accessibility", least: 100 },
    Category { id: "best-practices", name: "best practices", least: 100 },
    Category { id: "performance", name: "performance", least: 98 },
];

/// The measures behind the performance, as Lighthouse calls them.
const MEASURES: [(&str, &str); 5] = [
    ("first-contentful-paint", "first paint"),
    ("largest-contentful-paint", "largest paint"),
    ("speed-index", "speed index"),
    ("total-blocking-time", "blocked"),
    ("cumulative-layout-shift", "shift"),
];

/// The report of one run.
#[derive(Debug)]
pub struct Marks(pub Value);

pub fn head() -> String {
    let names = CATEGORIES.iter().map(|category| format!("{:>18}", category.name));
    let measures = MEASURES.iter().map(|(_, name)| format!("{name:>15}"));
    [format!("{:<10}", "")].into_iter().chain(names).chain(measures).collect()
}

impl Marks {
    /// The run in the middle by its performance, which alone differs from run to run.
    pub fn median(all: &mut Vec<Marks>) -> Option<Marks> {
        all.sort_by_key(|marks| marks.mark("performance"));
        let middle = all.len() / 2;
        (middle < all.len()).then(|| all.swap_remove(middle))
    }

    pub fn are_short(&self) -> bool {
        CATEGORIES.iter().any(|category| self.mark(category.id) < category.least)
    }

    pub fn line(&self, place: &str) -> String {
        let marks = CATEGORIES.iter().map(|category| {
            let mark = self.mark(category.id);
            let short =
                if mark < category.least { format!(" (of {})", category.least) } else { String::new() };
            format!("{:>18}", format!("{mark}{short}"))
        });
        let measures = MEASURES.iter().map(|(id, _)| {
            let shown = self.0["audits"][id]["displayValue"].as_str().unwrap_or("?");
            format!("{:>15}", shown.replace('\u{a0}', " "))
        });
        [format!("{place:<10}")].into_iter().chain(marks).chain(measures).collect()
    }

    /// What Lighthouse found wanting in each category that has less than 100.
    pub fn complaints(&self, place: &str) -> Vec<String> {
        let wanting = CATEGORIES.iter().filter(|category| self.mark(category.id) < 100);
        wanting
            .flat_map(|category| self.wanting(category).map(move |says| format!("{place}: {says}")))
            .collect()
    }

    fn mark(&self, category: &str) -> u64 {
        let score = self.0["categories"][category]["score"].as_f64().unwrap_or_default();
        (score * 100.0).round() as u64
    }

    fn wanting(&self, category: &Category) -> impl Iterator<Item = String> {
        let audits = self.0["categories"][category.id]["auditRefs"].as_array().into_iter().flatten();
        audits.filter_map(|reference| {
            let audit = &self.0["audits"][reference["id"].as_str()?];
            let score = audit["score"].as_f64().filter(|score| *score < 1.0)?;
            let mut says = format!(
                "{} {score:.2} {} ({}) {}",
                category.name,
                audit["title"].as_str()?,
                audit["id"].as_str()?,
                audit["displayValue"].as_str().unwrap_or_default(),
            );
            for place in audit["details"]["items"].as_array().into_iter().flatten() {
                let place = brief(place);
                if !place.is_empty() {
                    says += &format!("\n    {place}");
                }
            }
            Some(says)
        })
    }
}

/// The parts of a finding that name it: where it is, and what is wrong there.
fn brief(place: &Value) -> String {
    let node = &place["node"];
    let parts =
        [&node["snippet"], &node["explanation"], &place["url"], &place["wastedMs"], &place["wastedBytes"]];
    let words = parts.iter().filter(|part| !part.is_null()).map(|part| match part {
        Value::String(text) => text.replace('\n', " "),
        other => other.to_string(),
    });
    words.collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn marks(performance: f64) -> Marks {
        Marks(json!({
            "categories": {
                "accessibility": { "score": 1, "auditRefs": [] },
                "best-practices": { "score": 1, "auditRefs": [] },
                "performance": { "score": performance, "auditRefs": [{ "id": "blocked" }, { "id": "fine" }] },
            },
            "audits": {
                "blocked": { "id": "blocked", "title": "Something waits", "score": 0.5, "displayValue": "90 ms",
                    "details": { "items": [{ "url": "boot.js", "wastedMs": 90 }] } },
                "fine": { "id": "fine", "title": "Nothing is wrong", "score": 1 },
            },
        }))
    }

    #[test]
    fn the_run_in_the_middle_counts() {
        let middle = Marks::median(&mut vec![marks(0.99), marks(0.5), marks(0.98)]).expect("there is one");
        assert_eq!(middle.mark("performance"), 98);
        assert!(!middle.are_short());
        assert!(Marks::median(&mut Vec::new()).is_none());
    }

    #[test]
    fn what_was_found_wanting_is_named_with_its_place() {
        let short = marks(0.97);
        assert!(short.are_short());
        assert!(short.line("#/").contains("97 (of 98)"), "{}", short.line("#/"));
        let complaints = short.complaints("#/");
        assert_eq!(complaints.len(), 1, "{complaints:?}");
        for words in ["#/: performance", "Something waits", "90 ms", "boot.js"] {
            assert!(complaints[0].contains(words), "{words}");
        }
        assert!(marks(1.0).complaints("#/").is_empty());
    }
}
