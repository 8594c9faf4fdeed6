//! A list of things that must succeed, one after the other, with the time each took.

use std::time::{Duration, Instant};

#[derive(Debug, Default)]
pub struct Steps(Vec<(String, Duration)>);

impl Steps {
    /// Announces the step, does it, and stops everything if it fails.
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
        println!("\n=== {name}");
        let start = Instant::now();
        let done = work();
        self.0.push((name.to_owned(), start.elapsed()));
        done.map_err(|problem| format!("{}\nFAILED: {name}. {problem}", self.table()))
    }

    /// What was done, and how long it took.
    pub fn table(&self) -> String {
        let total = self.0.iter().map(|(_, took)| *took).sum();
        let rows = self.0.iter().map(|(name, took)| line(name, *took));
        rows.chain([line("together", total)]).collect::<Vec<_>>().join("\n")
    }
}

fn line(name: &str, took: Duration) -> String {
    format!("{name:<58} {:>3}:{:02}", took.as_secs() / 60, took.as_secs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_its_step_and_shows_the_table() {
        let mut steps = Steps::default();
        steps.step("first", || Ok(())).expect("it succeeds");
        let failure = steps.step("second", || Err("It broke.".to_owned())).expect_err("it fails");
        assert!(failure.contains("first") && failure.contains("FAILED: second. It broke."), "{failure}");
        assert!(failure.contains("together"), "{failure}");
    }
}
