//! What two tasks take from Home to the proof, counted as a person does them: in the words of the README's tour.
//!
//! `cargo test -p browser-tests --test it -- tour --nocapture`

use std::{
    cell::Cell,
    io::{Write, stderr},
    time::Instant,
};

use browser_tests::{in_chromium, page::Page};
use serde_json::json;
use simulated::{aitable, webex};

/// A person: each press, each box that is typed into and each tick counts as one.
struct Person<'a> {
    page: &'a Page,
    count: Cell<usize>,
    begin: Instant,
}

impl<'a> Person<'a> {
    #[track_caller]
    fn at_home(page: &'a Page) -> Person<'a> {
        page.open("");
        page.heading("Change a member’s record, and be sure");
        Person { page, count: Cell::new(0), begin: Instant::now() }
    }

    fn counted(&self, interactions: usize) -> &Page {
        self.count.set(self.count.get() + interactions);
        self.page
    }

    #[track_caller]
    fn press(&self, name: &str) {
        self.counted(1).press(name);
    }

    #[track_caller]
    fn fill(&self, label: &str, text: &str) {
        self.counted(1).fill(label, text);
    }

    /// A part of the name is typed, and one chosen of those that fit.
    #[track_caller]
    fn pick(&self, label: &str, typed: &str, name: &str) {
        self.counted(2).pick(label, typed, name);
    }

    #[track_caller]
    fn tick(&self, label: &str) {
        self.counted(1).tick(label);
    }

    /// The proof is there.
    #[track_caller]
    fn sees_proof(&self, heading: &str, task: &str) {
        self.page.heading(heading);
        let (count, seconds) = (self.count.get(), self.begin.elapsed().as_secs_f64());
        let line = format!("{task}: {count} interactions, {seconds:.1} s of machine and provider\n");
        stderr().write_all(line.as_bytes()).expect("the terminal is there");
    }
}

#[test]
fn a_tour_makes_a_member_moderator_of_a_space_found_by_its_title() {
    in_chromium(|page, site| {
        let person = Person::at_home(page);
        person.press("Webex");
        person.fill("Access token", webex::TOKEN);
        person.press("Connect");
        person.pick("Space", "unicorn", webex::TITLE_UNMODERATED);
        person.pick("Person", "siob", "Siobhán O'Brien");
        person.press("Show what is on file");
        person.press("Make moderator");
        person.press("Check the change");
        person.tick("I understand, and want to go on");
        person.press("Update Siobhán O'Brien in Webex");
        person.sees_proof(
            "Siobhán O'Brien was updated in Webex",
            "make a member moderator of a space found by its title",
        );
        assert_eq!(site.webex.member(webex::UNMODERATED).expect("it is there")["isModerator"], true);
        assert_eq!(person.count.get(), 12, "the README says so");
    });
}

#[test]
fn a_tour_moves_a_member_to_a_team_found_by_its_name() {
    in_chromium(|page, site| {
        let person = Person::at_home(page);
        person.press("AITable");
        person.fill("API token", aitable::TOKEN);
        person.press("Connect");
        person.pick("Space", "nordlicht", aitable::SPACE_NAME);
        person.pick("Member", "john", "John");
        person.press("Show what is on file");
        person.press("Move to another team");
        person.pick("Another team", "night", "Night shift");
        person.press("Remove Platform");
        person.press("Check the change");
        person.press("Update John in AITable");
        person.sees_proof("John was updated in AITable", "move a member to a team found by its name");
        let member = site.aitable.member(aitable::MEMBER).expect("it is there");
        let teams: Vec<_> =
            member["teams"].as_array().expect("teams").iter().map(|team| &team["name"]).collect();
        assert_eq!(teams, [&json!("Night shift")]);
        assert_eq!(person.count.get(), 14, "the README says so");
    });
}
