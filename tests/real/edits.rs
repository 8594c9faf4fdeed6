//! A thousand edits by chance at every provider: what nobody touched stays as it was, digit by digit, what was
//! touched is as asked, and what cannot be put back is known before it is sent.

mod dice;
mod seats;
mod typist;

use std::collections::BTreeMap;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use memberdesk::change::draft::{Draft, Entry};
use memberdesk::change::driver::{Ask, Event, Step};
use memberdesk::change::plan::{Difference, Plan};
use memberdesk::change::receipt::{Outcome, Receipt, Settled};
use memberdesk::change::undo::undo;
use memberdesk::change::value::{Held, Value};
use memberdesk::provider::Provider;
use memberdesk::provider::field::{Absent, Kind};
use serde_json::Value as Json;
use simulated::{Server, flashapply, webex};

use crate::line::{Line, provider};
use crate::members::server;

use dice::Dice;
use seats::{Seat, seats};
use typist::Typist;

/// Another seed gives other edits: `MEMBERDESK_SEED=7`, or `MEMBERDESK_SEED=now`.
const SEED: &str = "MEMBERDESK_SEED";
const EDITS: usize = 1000;

fn seed() -> u64 {
    match std::env::var(SEED).as_deref() {
        Err(_) => 20_270_115,
        Ok("now") => SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs(),
        Ok(number) => number.parse().expect("a number"),
    }
}

/// Tells the seed, and where it was, if something does not hold.
struct Place(u64, usize, &'static str);

impl Drop for Place {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{SEED}={}: edit {} at {}", self.0, self.1, self.2);
        }
    }
}

/// One provider, its members, and somebody who edits them.
struct Desk {
    provider: std::sync::Arc<Provider>,
    server: Server,
    seats: Vec<(Seat, Line)>,
    typist: Typist,
    /// How often what came of it, and how often each field was changed.
    tally: BTreeMap<String, usize>,
}

/// One edit that was sent: by whom, what was typed and promised, and what the provider held before and after.
struct Edit {
    who: usize,
    draft: Draft,
    plan: Plan,
    before: Stored,
    after: Stored,
}

/// Everything that the provider holds of the members that are edited.
type Stored = Vec<Option<Json>>;

impl Desk {
    fn new(id: &'static str, seed: u64) -> Desk {
        let (provider, server) = (provider(id), server(id));
        let line = |seat: Seat| {
            let line = Line::new(provider.clone(), &server.address(), &seat.member);
            (seat, line)
        };
        let seats = seats(id).into_iter().map(line).collect();
        let typist = Typist { dice: Dice::new(seed), password: None };
        Desk { provider, server, seats, typist, tally: BTreeMap::new() }
    }

    fn count(&mut self, what: &str) {
        *self.tally.entry(what.to_string()).or_default() += 1;
    }

    fn stored(&self) -> Stored {
        self.seats.iter().map(|(seat, _)| self.server.member(seat.member.key())).collect()
    }

    fn edit(&mut self) {
        if self.typist.dice.one_in(6) {
            self.server.reset();
        }
        let who = self.typist.dice.below(self.seats.len());
        let before = self.stored();
        if before[who].is_none() {
            return self.server.reset();
        }
        let (seat, line) = &mut self.seats[who];
        assert_eq!(line.open(), Step::Ask(Ask::Change));
        let record = line.driver().record().expect("a record").clone();
        let acts: Vec<_> = self.provider.acts.iter().filter(|act| act.fields.is_empty()).collect();
        let draft = match acts.first().filter(|_| self.typist.dice.one_in(50)) {
            Some(act) => Draft::of_act(&self.provider, act),
            None => self.typist.draft(&self.provider, &record),
        };
        if let Some(password) = &self.typist.password {
            line.enter_password("password", password);
        }
        let writes = self.server.counters().writes;
        let step = match self.typist.dice.one_in(2) {
            true => line.run(Event::Change(line.checked(&draft))),
            false => line.row(&draft),
        };
        let (plan, refused) = (line.plan.clone(), seat.refused);
        let after = self.stored();
        match step {
            Step::Ask(Ask::Mend(violations)) => {
                assert!(!violations.is_empty());
                assert_eq!((after, self.server.counters().writes), (before, writes), "nothing is sent");
                self.count("not sent");
            }
            Step::Done(receipt) => {
                self.count(receipt.outcome.mark());
                let plan = plan.expect("a plan that was shown");
                self.hold(&receipt, &Edit { who, draft, plan, before, after }, refused);
            }
            other => panic!("{draft:?}: {other:?}"),
        }
    }

    fn hold(&mut self, receipt: &Receipt, edit: &Edit, refused: bool) {
        let Edit { who, draft, plan, before, after } = edit;
        let who = *who;
        assert_eq!(receipt.sends, 1);
        for other in (0..before.len()).filter(|other| *other != who) {
            // The first moderator of a space brings the owner of the token with them.
            let owner = self.seats[other].0.member.key() == webex::UNMODERATED_OWNER;
            assert!(owner || before[other] == after[other], "nobody else was touched");
        }
        let old = before[who].as_ref().expect("a member");
        match &receipt.outcome {
            Outcome::Refused(reason) => {
                assert_eq!(before, after, "{reason:?}");
                let rule = match self.provider.id.as_str() {
                    // Another member has the address.
                    "flashapply" => reason.status == Some(409),
                    // The owner of the token is no moderator any more.
                    "webex" => reason.status == Some(403),
                    _ => false,
                };
                assert!(refused || rule, "{draft:?}: {reason:?}");
                return;
            }
            Outcome::Confirmed if receipt.gone => {
                let gone = after[who].as_ref().is_none_or(|stored| stored["IsPIIDataRegulated"] == true);
                assert!(gone && plan.gone(), "{receipt:?}");
                self.reversible(receipt, plan);
                return self.server.reset();
            }
            Outcome::Confirmed | Outcome::Accepted(None) => {}
            other => panic!("{draft:?}: {other:?}"),
        }
        let new = after[who].as_ref().expect("a member");
        let not_told = receipt.lines.iter().any(|line| line.settled() == Settled::NotTold);
        assert_eq!(not_told, receipt.outcome != Outcome::Confirmed, "{:?}", receipt.lines);
        for difference in plan.differences() {
            self.count(&difference.field);
            self.is_as_asked(difference, edit, old, new);
        }
        let touched: Vec<&str> = plan.differences().iter().map(|difference| &*difference.field).collect();
        assert_eq!(self.rest(new, &touched), self.rest(old, &touched), "{touched:?} alone were touched");
        self.reversible(receipt, plan);
        if self.typist.dice.one_in(3) {
            self.take_back(receipt, who, old);
        }
    }

    /// A record without what was touched, what the provider itself writes with each change, and what is as good as
    /// not there.
    fn rest(&self, stored: &Json, touched: &[&str]) -> Json {
        let mut rest = stored.clone();
        for field in &self.provider.fields {
            for at in field.at.iter().filter(|at| at.also.is_none()) {
                let stands_for_nothing =
                    matches!(&field.absent, Absent::Is(wire) if at.pointer.of(&rest) == Some(wire));
                if touched.contains(&field.key.as_str()) || stands_for_nothing {
                    at.pointer.remove(&mut rest);
                }
            }
        }
        if let Some(entries) = rest.as_object_mut().filter(|_| self.provider.id == "flashapply") {
            entries.shift_remove("updatedAt");
        }
        rest
    }

    /// What was touched is as asked, also where the provider does not tell.
    fn is_as_asked(&self, difference: &Difference, edit: &Edit, old: &Json, new: &Json) {
        let draft = &edit.draft;
        let field = self.provider.field(&difference.field).expect("a field");
        if field.write_only {
            let key = self.seats[edit.who].0.member.key();
            assert_eq!(flashapply::password(&self.server, key), self.typist.password);
            return;
        }
        let at = &field.at[0].pointer;
        let held = |stored: &Json| {
            let value = at.of(stored).and_then(|wire| Value::from_wire(field, wire).expect("a value"));
            value.map_or(Held::None, Held::Known)
        };
        assert_eq!(held(new), difference.to, "{}", field.key);
        if let (Kind::Text, Entry::Text(text)) = (&field.kind, draft.get(&field.key)) {
            assert_eq!(at.of(new), Some(&Json::from(text.as_str())), "letter by letter");
        }
        // What the file does not know of a row stays with it.
        let rows = |stored: &Json| at.of(stored).and_then(Json::as_array).cloned().unwrap_or_default();
        if let Kind::List(items) = &field.kind
            && let Some(key) = &items.key
        {
            let strange = |row: &Json| {
                let mut row = row.clone();
                let known = items.parts.iter().map(|part| &part.name);
                for name in known {
                    row.as_object_mut().expect("an object").shift_remove(name);
                }
                row
            };
            for row in rows(new) {
                let own = rows(old).into_iter().find(|old| old[&key.name] == row[&key.name]);
                let own = own.filter(|own| *own != row).map(|own| (strange(&own), strange(&row)));
                assert!(own.as_ref().is_none_or(|(old, new)| old == new), "{draft:?}: {own:?}");
            }
        }
    }

    /// What cannot be put back was said before it was sent.
    fn reversible(&mut self, receipt: &Receipt, plan: &Plan) {
        let undo = undo(&self.provider, receipt);
        for difference in plan.differences() {
            let lost = undo.lost.iter().any(|(field, _)| *field == difference.field);
            assert_eq!(difference.permanent, lost, "{difference:?}");
        }
        assert!(undo.lost.iter().all(|(_, reason)| reason.text().ends_with('.')), "{:?}", undo.lost);
        if !undo.lost.is_empty() {
            self.count("lost");
        }
    }

    /// Undoes it: all but what is lost is as it was.
    fn take_back(&mut self, receipt: &Receipt, who: usize, old: &Json) {
        let undo = undo(&self.provider, receipt);
        if undo.draft.is_empty() {
            return;
        }
        let step = self.seats[who].1.undo(receipt);
        let Step::Done(back) = step else { panic!("{:?}: {step:?}", undo.draft) };
        let new = self.stored()[who].clone().expect("a member");
        // Who takes a right from the owner of the token cannot give it back with that token.
        if let Outcome::Refused(reason) = &back.outcome
            && (self.provider.id.as_str(), reason.status) == ("webex", Some(403))
        {
            return self.count("undo refused");
        }
        assert_eq!(back.outcome, Outcome::Confirmed, "{:?}: {:?}", undo.draft, back.lines);
        let lost: Vec<&str> = undo.lost.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(self.rest(&new, &lost), self.rest(old, &lost), "all but {lost:?} was put back");
        self.count("undone");
    }
}

fn edit(id: &'static str) {
    let (seed, start) = (seed(), Instant::now());
    let mut desk = Desk::new(id, seed);
    for at in 0..EDITS {
        let place = Place(seed, at, id);
        desk.edit();
        drop(place);
    }
    eprintln!("{id}: {EDITS} edits in {:?}: {:?}", start.elapsed(), desk.tally);
    // A test in which nothing happens holds whatever is wrong.
    for field in desk.provider.offered() {
        assert!(desk.tally.get(&field.key).is_some_and(|count| *count >= 5), "{}", field.key);
    }
    let proved = ["confirmed", "accepted"].iter().filter_map(|word| desk.tally.get(*word)).sum::<usize>();
    assert!(proved > EDITS / 3 && desk.tally["undone"] > EDITS / 10, "{:?}", desk.tally);
}

#[test]
fn a_thousand_edits_at_symbl() {
    edit("symbl");
}

#[test]
fn a_thousand_edits_at_flashapply() {
    edit("flashapply");
}

#[test]
fn a_thousand_edits_at_toluna() {
    edit("toluna");
}

#[test]
fn a_thousand_edits_at_aitable() {
    edit("aitable");
}

#[test]
fn a_thousand_edits_at_webex() {
    edit("webex");
}
