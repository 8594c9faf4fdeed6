//! One column for each provider: what can happen to a change, from the question which member it is to the word for
//! what came of it. Each prints its column.

use std::io::{Write, stderr};

use browser_tests::{browser::Engine, on_site, page::Page, site::Site};
use serde_json::json;
use simulated::{Canned, Effect, Fault, Hold, Server, aitable, flashapply, symbl, toluna, webex};

use crate::steps::{
    UNITED_KINGDOM, connect_to_aitable, connect_to_symbl, connect_to_toluna, connect_to_webex, find_at_symbl,
    on_read, open_at_flashapply, status,
};

const UNDERSTOOD: &str = "I understand, and want to go on";
const FAULT: &str = r#"{"message":"Something went wrong on our side.","error":"Something went wrong."}"#;

/// How a provider's member is found, changed and sent.
struct Column {
    provider: &'static str,
    member: &'static str,
    server: fn(&Site) -> &Server,
    method: &'static str,
    /// A part of the path by which the record is read.
    read: &'static str,
    connect: fn(&Page),
    find: fn(&Page),
    edit: fn(&Page),
    title: &'static str,
    /// A colleague changes what we are about to change, and what the member is called then.
    moves: fn(&Server) -> &'static str,
    /// Another change, with a risk, and up to the last button.
    risk: fn(&Page) -> &'static str,
    risk_comes_to: &'static str,
    /// A change that is refused, up to the last button, and the field at which that is said.
    refused: fn(&Page, &Server) -> &'static str,
    secret: (&'static str, &'static str),
}

/// When a fault takes the provider's part.
#[derive(Clone, Copy, PartialEq)]
enum Made {
    /// The change was made.
    Yes,
    /// It was not, and nobody sent it again.
    No,
    /// What was sent last was made, after a no.
    Again,
}

#[test]
fn every_ending_at_webex() {
    show(&Column {
        provider: "Webex",
        member: "membership",
        server: |site| &site.webex,
        method: "PUT",
        read: "/memberships/",
        connect: connect_to_webex,
        find: |page| find_membership(page, webex::MODERATED_MEMBER, "ليلى حسن"),
        edit: |page| page.choose("Moderator of the space", "Yes, a moderator"),
        title: "ليلى حسن",
        // Nobody moderates the space any more, so now this is a risk.
        moves: |server| {
            server.edit(webex::MODERATED, "/isModerator", json!(false));
            server.edit(webex::MODERATED_OWNER, "/isModerator", json!(false));
            "ليلى حسن"
        },
        risk: |page| {
            find_membership(page, webex::UNMODERATED, "Siobhán O'Brien");
            page.choose("Moderator of the space", "Yes, a moderator");
            page.press("Check the change");
            page.tick(UNDERSTOOD);
            "Update Siobhán O'Brien in Webex"
        },
        risk_comes_to: "Confirmed",
        refused: |page, server| {
            find_membership(page, webex::MODERATED_MEMBER, "ليلى حسن");
            page.choose("Moderator of the space", "Yes, a moderator");
            page.press("Check the change");
            let body = r#"{"message":"A rule forbids it.","trackingId":"ROUTER_1"}"#;
            server.fail(Fault::once_on("PUT", status(409, body)));
            page.press("Update ليلى حسن in Webex");
            "Moderator of the space"
        },
        secret: ("Access token", webex::TOKEN),
    });
}

#[test]
fn every_ending_at_aitable() {
    show(&Column {
        provider: "AITable",
        member: "member",
        server: |site| &site.aitable,
        method: "PUT",
        read: "/members/",
        connect: |page| {
            connect_to_aitable(page);
            page.fill("Space ID", aitable::SPACE);
        },
        find: |page| find(page, "Unit ID of the member", aitable::MEMBER, "John"),
        edit: |page| page.fill("Name in this space", "John Okafor"),
        title: "John",
        moves: |server| {
            server.edit(aitable::MEMBER, "/name", json!("Johnny"));
            "Johnny"
        },
        risk: |page| {
            find(page, "Unit ID of the member", aitable::MEMBER, "John");
            page.press("Remove Platform");
            page.press("Check the change");
            page.tick(UNDERSTOOD);
            "Update John in AITable"
        },
        risk_comes_to: "Confirmed",
        refused: |page, _| {
            find(page, "Unit ID of the member", aitable::MEMBER, "John");
            page.fill("Another team", "nosuchteam01");
            page.press("Check the change");
            page.press("Update John in AITable");
            "Teams"
        },
        secret: ("API token", aitable::TOKEN),
    });
}

#[test]
fn every_ending_at_symbl() {
    show(&Column {
        provider: "Symbl.ai",
        member: "conversation member",
        server: |site| &site.symbl,
        method: "PUT",
        read: "/members",
        connect: connect_to_symbl,
        find: |page| find_at_symbl(page, symbl::CONVERSATION, symbl::MEMBER, "John"),
        edit: |page| page.fill("E-mail address", "john.okafor@example.com"),
        title: "John",
        moves: |server| {
            server.edit(symbl::MEMBER, "/email", json!("johnny@example.com"));
            "John"
        },
        risk: |page| {
            find_at_symbl(page, symbl::CONVERSATION_SPEAKERS, symbl::MEMBER_SPEAKER_2, "Speaker 2");
            page.fill("E-mail address", "john@example.com");
            page.press("Check the change");
            page.fill("To go on, type Speaker 2", "Speaker 2");
            "Update Speaker 2 in Symbl.ai"
        },
        risk_comes_to: "Confirmed",
        refused: |page, server| {
            find_at_symbl(page, symbl::CONVERSATION, symbl::MEMBER, "John");
            page.fill("Name", "Jon");
            page.press("Check the change");
            server.fail(Fault::once_on("PUT", status(400, r#"{"message":"Not a name."}"#)));
            page.press("Update John in Symbl.ai");
            "Name"
        },
        secret: ("Access token", symbl::TOKEN),
    });
}

#[test]
fn every_ending_at_flashapply() {
    show(&Column {
        provider: "FlashApply",
        member: "organization member",
        server: |site| &site.flashapply,
        method: "PATCH",
        read: "/members/",
        connect: |page| {
            open_at_flashapply(page, flashapply::MEMBER, "Siobhán O’Brien");
            page.press("Choose another organization member");
        },
        find: |page| find(page, "Member ID", flashapply::MEMBER, "Siobhán O’Brien"),
        edit: |page| page.fill("E-mail address", "siobhan@example.com"),
        title: "Siobhán O’Brien",
        moves: |server| {
            server.edit(flashapply::MEMBER, "/email", json!("siobhan.walsh@example.com"));
            "Siobhán O’Brien"
        },
        risk: |page| {
            find(page, "Member ID", flashapply::MEMBER_INACTIVE, "Łukasz Żółć");
            page.press("Remove loc_lagos (viewer)");
            page.press("Check the change");
            page.tick(UNDERSTOOD);
            "Update Łukasz Żółć in FlashApply"
        },
        risk_comes_to: "Confirmed",
        refused: |page, _| {
            find(page, "Member ID", flashapply::MEMBER, "Siobhán O’Brien");
            page.fill("E-mail address", "nadia.okafor@example.com");
            page.press("Check the change");
            page.press("Update Siobhán O’Brien in FlashApply");
            "E-mail address"
        },
        secret: ("API key", flashapply::TOKEN),
    });
}

#[test]
fn every_ending_at_toluna() {
    show(&Column {
        provider: "Toluna",
        member: "panel member",
        server: |site| &site.toluna,
        method: "PUT",
        read: "Respondent",
        connect: |page| connect_to_toluna(page, UNITED_KINGDOM),
        find: |page| find(page, "Member code", toluna::MEMBER, toluna::MEMBER),
        edit: |page| page.fill("Postcode", "SW1A 2AA"),
        title: toluna::MEMBER,
        moves: |server| {
            server.edit(toluna::MEMBER, "/PostalCode", json!("SW1A 0AA"));
            toluna::MEMBER
        },
        risk: |page| {
            find(page, "Member code", toluna::MEMBER_YEAR_FIRST, toluna::MEMBER_YEAR_FIRST);
            page.choose("Test member", "Yes, a test member");
            page.press("Check the change");
            page.tick(UNDERSTOOD);
            "Update AUniquePartnerCode in Toluna"
        },
        risk_comes_to: "Accepted",
        refused: |page, server| {
            find(page, "Member code", toluna::MEMBER_INACTIVE, toluna::MEMBER_INACTIVE);
            page.fill("Postcode", "CF10 1EQ");
            page.press("Check the change");
            let body = r#"{"Message":"An invalid property: PostalCode."}"#;
            server.fail(Fault::once_on("PUT", status(400, body)));
            page.press("Update IP-Inactive-5 in Toluna");
            "Postcode"
        },
        secret: ("Partner GUID of the panel", toluna::PANEL_UK),
    });
}

#[track_caller]
fn find(page: &Page, label: &str, id: &str, title: &str) {
    page.fill(label, id);
    page.press("Show what is on file");
    page.heading(title);
}

#[track_caller]
fn find_membership(page: &Page, id: &str, title: &str) {
    find(page, "Membership ID", id, title);
}

/// All of a column in one visit, with a limit of time that can be waited for.
fn show(column: &Column) {
    let site = Site::start();
    let mut config = site.config();
    config["time_limit"] = "PT2S".into();
    site.write("config.json", &config.to_string());
    on_site(Engine::Chromium, site, |page, site| {
        (column.connect)(page);
        let mut run = Run { column, page, server: (column.server)(site), lines: Vec::new() };
        run.all();
        let heading = format!("\nWhat a change at {} came to:\n\n", column.provider);
        // Past the test runner, which keeps to itself what a passing test prints.
        let table = [heading, run.lines.concat(), "\n".to_owned()].concat();
        stderr().write_all(table.as_bytes()).expect("the terminal is there");
    });
}

struct Run<'a> {
    column: &'a Column,
    page: &'a Page,
    server: &'a Server,
    lines: Vec<String>,
}

impl Run<'_> {
    fn all(&mut self) {
        let busy = Canned::new(429, FAULT).with("Retry-After", "1");

        self.case("plain", "Confirmed", Made::Yes, |run| run.send(None));
        self.case("with a risk", self.column.risk_comes_to, Made::Yes, |run| {
            let send = (run.column.risk)(run.page);
            run.page.press(send);
        });
        self.refused();
        self.case("yes, and no effect", "Differs", Made::No, |run| run.send(Some(Effect::NoEffect)));
        self.case("moved meanwhile", "Confirmed", Made::Yes, |run| run.moved());
        self.case("401 in the middle", "Confirmed", Made::Again, |run| {
            run.send(Some(status(401, FAULT)));
            run.page.heading("Sign in again to go on");
            let (label, secret) = run.column.secret;
            run.page.fill(label, secret);
            run.page.press("Connect");
        });
        self.case("429, in a second again", "Confirmed", Made::Again, |run| {
            run.send(Some(Effect::InsteadBefore(busy.clone())));
        });
        self.case("cut before", "Differs", Made::No, |run| run.send(Some(Effect::CutBefore)));
        self.case("cut after", "Confirmed", Made::Yes, |run| run.send(Some(Effect::CutAfter)));
        self.case("cut after, and not read", "Unknown", Made::Yes, |run| run.unread());
        self.case("no answer in time", "Confirmed", Made::Yes, |run| {
            let hold = Hold::new();
            run.send(Some(Effect::HoldAfter(hold.clone())));
            hold.arrived();
            run.ending();
            hold.release();
        });
        self.case("a web page before", "Differs", Made::No, |run| run.send(Some(Effect::Html)));
        self.case("a web page after", "Confirmed", Made::Yes, |run| {
            run.send(Some(Effect::InsteadAfter(Canned::web_page())));
        });
    }

    /// From the question which member it is to a word, and back to that question.
    #[track_caller]
    fn case(&mut self, name: &str, word: &str, made: Made, act: impl FnOnce(&Run)) {
        self.server.reset();
        act(self);
        let came = self.ending();
        let (writes, applied) = self.note(name, &came);
        assert_eq!(came, word, "{name}");
        let expected = match made {
            Made::Yes => (1, 1),
            Made::No => (1, 0),
            Made::Again => (2, 1),
        };
        assert_eq!((writes, applied), expected, "{name}: so many writes, and so many of them made");
        // What is made is never denied, and what is not made is never claimed.
        assert!(!(applied > 0 && ["Refused", "Not sent"].contains(&came.as_str())), "{name}");
        assert!(!(applied == 0 && ["Confirmed", "Accepted"].contains(&came.as_str())), "{name}");
        self.leave();
    }

    /// A refusal that is about a field is said there.
    #[track_caller]
    fn refused(&mut self) {
        self.server.reset();
        let label = (self.column.refused)(self.page, self.server);
        self.page.until(&format!("the refusal at “{label}”"), async |client| {
            Ok(client.title().await?.starts_with("Error: ").then_some(()))
        });
        let id = self.page.attribute(label, "id");
        let error = format!("return document.getElementById('{id}-error') !== null");
        assert_eq!(self.page.script(&error, json!([])), json!(true), "it is said beside “{label}”");
        let (writes, applied) = self.note("refused", &format!("Refused, at “{label}”"));
        assert_eq!((writes, applied), (1, 0));
        self.page.press(&format!("Choose another {}", self.column.member));
        // What was refused is still on the form, and would be lost.
        self.page.press("Go on without it");
        self.page.heading(&format!("Which {}?", self.column.member));
    }

    /// The plain change; its write comes to this.
    #[track_caller]
    fn send(&self, effect: Option<Effect>) {
        self.check();
        if let Some(effect) = effect {
            self.server.fail(Fault::once_on(self.column.method, effect));
        }
        self.press(self.column.title);
    }

    /// Up to the last button.
    #[track_caller]
    fn check(&self) {
        (self.column.find)(self.page);
        (self.column.edit)(self.page);
        self.page.press("Check the change");
        self.page.heading(&format!("Check the change to {}", self.column.title));
    }

    #[track_caller]
    fn press(&self, title: &str) {
        self.page.press(&format!("Update {title} in {}", self.column.provider));
    }

    /// The record is not as it was: that is asked about before anything is sent.
    #[track_caller]
    fn moved(&self) {
        self.check();
        let title = (self.column.moves)(self.server);
        self.press(self.column.title);
        self.page.sees("Something has changed since you looked");
        assert_eq!(self.server.counters().writes, 0);
        if self.page.words().contains(UNDERSTOOD) {
            self.page.tick(UNDERSTOOD);
        }
        self.press(title);
    }

    /// The answer is lost, and so is the reading afterwards.
    #[track_caller]
    fn unread(&self) {
        self.check();
        // Both faults are only queued once the page reads the record for the last time before sending.
        let hold = Hold::new();
        self.server.fail(on_read(self.column.read, Effect::HoldBefore(hold.clone())));
        self.press(self.column.title);
        hold.arrived();
        self.server.fail(Fault::once_on(self.column.method, Effect::CutAfter));
        self.server.fail(on_read(self.column.read, status(500, FAULT)));
        hold.release();
    }

    /// The word that a change came to: the title of the last page begins with it.
    #[track_caller]
    fn ending(&self) -> String {
        let words = ["Confirmed", "Accepted", "Differs", "Refused", "Not sent", "Unknown"];
        self.page.until("a word for what came of it", async |client| {
            let title = client.title().await?;
            let word = title.split_once(": ").map(|(word, _)| word.to_owned());
            Ok(word.filter(|word| words.contains(&word.as_str())))
        })
    }

    /// A line of the column: how many writes there were, and how many of them were made.
    #[track_caller]
    fn note(&mut self, name: &str, came: &str) -> (usize, usize) {
        let counters = self.server.counters();
        let (writes, applied) = (counters.writes, counters.applied);
        self.lines.push(format!("{name:<26} {came:<36} writes {writes}, made {applied}\n"));
        assert!(applied <= 1, "{name}: made once at most");
        assert_eq!(counters.too_fast, 0, "{name}: never faster than the provider allows");
        (writes, applied)
    }

    #[track_caller]
    fn leave(&self) {
        self.page.press(&format!("Choose another {}", self.column.member));
        self.page.heading(&format!("Which {}?", self.column.member));
    }
}
