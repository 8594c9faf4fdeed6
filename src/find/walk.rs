mod event;
mod page;

pub use event::{Event, Step, Wanted};
use page::Page;

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use crate::change::answer::{Listener, Reason, Verdict};
use crate::change::driver::Moment;
use crate::change::export::moment as instant;
use crate::change::identity::Identity;
use crate::change::outgoing::Outgoing;
use crate::provider::Provider;
use crate::provider::explain::Means;
use crate::provider::find::Period;
use crate::provider::list::{Listing, Lookup};
use crate::transport::{Between, NoAnswer, Request, Response, Wait, retry};

use super::list::List;
use super::missing::Missing;
use super::pages::Pages;
use super::step::searched;

/// Nobody waits for more pages than these, at three a second five minutes. The first of each part does not count.
const PAGES: u32 = 1_000;
/// A browser holds so many without effort, and nobody chooses from more.
const ENTRIES: usize = 50_000;
/// Each node costs two calls: at five a second, these take a quarter of an hour.
const NODES: usize = 2_000;
/// Of what an entry has in its turn, nobody chooses from more.
const INNER: usize = 2_000;
/// What fails so often in a row is not the fault of a part.
const FAILURES: u32 = 5;

/// The way through one list of a provider, as a machine without a clock, a network or a screen.
///
/// It is told what happened and says what to do next, as the driver of a change does. It only reads. What was found
/// is there at any moment, and what was not is said.
#[derive(Clone, Debug)]
pub struct Walk {
    provider: Arc<Provider>,
    server: String,
    between: Between,
    lookup: Arc<Lookup>,
    /// What one entry is called.
    label: String,
    period: Option<Period>,
    known: Known,
    /// What the step adds to the query of its call.
    added: Vec<(String, String)>,
    stage: Stage,
    list: List,
    missing: Vec<Missing>,
    nameless: usize,
    /// The nodes of the tree that wait, and those that were met.
    waiting: VecDeque<Node>,
    met: BTreeSet<String>,
    /// Pages besides the first of each part.
    pages: u32,
    /// How often in a row the provider asked to wait, and how many parts in a row could not be read.
    tries: u32,
    failures: u32,
}

/// What the calls can name, and how far back the list goes.
#[derive(Clone, Debug)]
struct Known {
    connection: Identity,
    more: Vec<(String, String)>,
    days: Option<u64>,
}

#[derive(Clone, Debug)]
enum Stage {
    Start,
    Reading(Part, Request),
    /// A page has come, and not all of it is taken.
    Taking(Box<Page>),
    /// Time to pass, or a credential.
    Held(Part),
    Done,
}

/// One list on the way: the nodes below a node, or the entries of a node; without a tree, the entries.
#[derive(Clone, Debug)]
struct Part {
    node: Option<Node>,
    is_of_nodes: bool,
    pages: Pages,
}

#[derive(Clone, Debug)]
struct Node {
    id: String,
    /// The names above it, and its own; the root has none.
    path: Vec<String>,
}

impl Walk {
    /// Nothing if there is no such step, or if something that its calls name is not known.
    pub fn new(provider: Arc<Provider>, server: &str, between: Between, wanted: Wanted) -> Option<Walk> {
        let step = provider.steps().get(wanted.step)?.clone();
        let search = step.search.as_ref().map(|search| search.parameter.clone());
        let added = search.zip(searched(&step, &wanted.text)).into_iter().collect();
        let known = Known { connection: wanted.connection, more: wanted.known, days: wanted.days };
        let walk = Walk::through(provider, server, between, step.lookup, step.label, known)?;
        Some(Walk { added, period: step.period, ..walk })
    }

    /// Through the list that a value is chosen from, which is called so. `connection` is what names the member, and
    /// `more` what was chosen at the server that is asked for names only.
    pub fn choices(
        provider: Arc<Provider>,
        server: &str,
        between: Between,
        lookup: &Lookup,
        label: &str,
        connection: Identity,
        more: Vec<(String, String)>,
    ) -> Option<Walk> {
        let known = Known { connection, more, days: None };
        Walk::through(provider, server, between, lookup.clone(), label.to_string(), known)
    }

    fn through(
        provider: Arc<Provider>,
        server: &str,
        between: Between,
        lookup: Lookup,
        label: String,
        known: Known,
    ) -> Option<Walk> {
        let is_secret = |name: &str| match &provider.reference {
            Some(reference) if lookup.is_reference => reference.is_secret(name),
            _ => provider.secrets().any(|field| field.key == name),
        };
        let is_known = |name: &str| is_secret(name) || known.name(name).is_some_and(|text| !text.is_empty());
        if !lookup.names().all(is_known) {
            return None;
        }
        Some(Walk {
            provider,
            server: server.to_string(),
            between,
            lookup: Arc::new(lookup),
            label,
            period: None,
            known,
            added: Vec::new(),
            stage: Stage::Start,
            list: List::default(),
            missing: Vec::new(),
            nameless: 0,
            waiting: VecDeque::new(),
            met: BTreeSet::new(),
            pages: 0,
            tries: 0,
            failures: 0,
        })
    }

    /// What was found so far.
    pub fn list(&self) -> &List {
        &self.list
    }

    /// What is missing so far.
    pub fn missing(&self) -> Vec<Missing> {
        let nameless = (self.nameless > 0).then_some(Missing::Nameless(self.nameless));
        self.missing.iter().cloned().chain(nameless).collect()
    }

    /// It goes through a list at the server that is asked for names only.
    pub fn is_of_reference(&self) -> bool {
        self.lookup.is_reference
    }

    pub fn is_done(&self) -> bool {
        matches!(self.stage, Stage::Done)
    }

    /// How many parts of the list were gone through, and how many are known so far; nothing of a list without parts.
    pub fn progress(&self) -> Option<(usize, usize)> {
        let known = self.met.len();
        let under_way = usize::from(!self.is_done());
        (known > 0).then(|| (known.saturating_sub(self.waiting.len() + under_way), known))
    }

    /// What to do next; nothing if the event does not fit the moment.
    pub fn next(&mut self, event: Event, moment: Moment) -> Option<Step> {
        let stage = std::mem::replace(&mut self.stage, Stage::Done);
        match (stage, event) {
            (Stage::Start, Event::Start) => Some(self.begin(moment)),
            (Stage::Held(part), Event::GoOn) => Some(self.ask(part)),
            (Stage::Taking(page), Event::GoOn) => Some(self.take(page)),
            (Stage::Reading(part, request), Event::Answered(answer)) => {
                Some(self.answered(part, request, answer, moment))
            }
            (Stage::Reading(part, _), Event::Unsigned(fault)) => {
                let reason = Reason::unsigned(&self.provider, &fault);
                if fault.secret().is_some() {
                    self.stage = Stage::Held(part);
                    return Some(Step::SignIn(reason));
                }
                Some(self.give_up(reason))
            }
            (Stage::Start | Stage::Reading(..) | Stage::Taking(_) | Stage::Held(_), Event::Stop) => {
                self.miss(Missing::Stopped);
                Some(Step::Done)
            }
            (stage, _) => {
                self.stage = stage;
                None
            }
        }
    }

    fn begin(&mut self, moment: Moment) -> Step {
        if let Some(period) = &self.period {
            const DAY: u64 = 86_400_000;
            let days = self.known.days.unwrap_or(period.days);
            let from = moment.now.saturating_sub(days.saturating_mul(DAY));
            self.added
                .extend([(period.from.clone(), instant(from)), (period.to.clone(), instant(moment.now))]);
        }
        match &self.lookup.tree {
            Some(tree) => {
                self.meet(Node { id: tree.root.clone(), path: Vec::new() });
                self.go_on()
            }
            None => self.ask(Part { node: None, is_of_nodes: false, pages: Pages::default() }),
        }
    }

    /// Asks for the next page of a part.
    fn ask(&mut self, part: Part) -> Step {
        let lookup = self.lookup.clone();
        let listing = part.listing(&lookup);
        let added = if part.is_of_nodes { &[][..] } else { &self.added };
        let node = lookup.tree.as_ref().zip(part.node.as_ref());
        let node = node.map(|(tree, node)| (tree.gives.clone(), node.id.clone()));
        let more: Vec<(String, String)> = self.known.more.iter().cloned().chain(node).collect();
        let query = |own| part.pages.query(listing, added, own);
        let (provider, call, connection) = (&self.provider, &listing.call, &self.known.connection);
        let asked = match lookup.is_reference {
            true => Outgoing::reference(provider, &lookup, call, &more, query),
            false => Outgoing::list(provider, &self.server, call, connection, &more, query),
        };
        match asked {
            Ok(outgoing) => {
                self.stage = Stage::Reading(part, outgoing.request().clone());
                Step::Read(outgoing)
            }
            Err(fault) => self.fail(part, Reason::setup(fault.fault.words(&self.label))),
        }
    }

    fn answered(
        &mut self,
        part: Part,
        request: Request,
        answer: Result<Response, NoAnswer>,
        moment: Moment,
    ) -> Step {
        let (provider, identity) = (&*self.provider, &self.known.connection);
        let on = if self.lookup.is_reference { "reference" } else { "find" };
        let listener =
            Listener { provider, on, identity, between: self.between.clone(), now: moment.now / 1000 };
        match (listener.verdict(&answer), answer) {
            (Verdict::Yes(json), Ok(response)) => {
                self.take(Box::new(Page::new(part, request, response, json)))
            }
            (Verdict::Busy(reason, wait) | Verdict::Stopped(reason, wait), _) => {
                self.busy(part, reason, wait, moment)
            }
            (Verdict::No(reason), _) if reason.means == Means::SignIn => {
                self.stage = Stage::Held(part);
                Step::SignIn(reason)
            }
            (verdict, _) => match verdict.reason() {
                Some(reason) => self.fail(part, reason),
                None => self.end(part),
            },
        }
    }

    fn busy(&mut self, part: Part, reason: Reason, wait: Wait, moment: Moment) -> Step {
        self.tries += 1;
        match retry::again(self.tries, wait, moment.dice) {
            Some(time) => {
                self.stage = Stage::Held(part);
                Step::Wait { time, reason }
            }
            None => self.fail(part, reason),
        }
    }

    /// The rest of a page is taken after whatever else has come up.
    fn pause(&mut self, page: Box<Page>) -> Step {
        self.stage = Stage::Taking(page);
        Step::Yield
    }

    /// A node of the tree, each once.
    fn meet(&mut self, node: Node) {
        if self.met.contains(&node.id) {
            return;
        }
        if self.met.len() == NODES {
            return self.miss(Missing::TooMany);
        }
        self.met.insert(node.id.clone());
        self.waiting.push_back(node);
    }

    /// A part is read as far as it goes.
    fn end(&mut self, part: Part) -> Step {
        if let Some((said, gave)) = part.pages.fewer() {
            self.miss(Missing::Fewer { part: part.name(), said, gave });
        }
        match part.is_of_nodes {
            true => self.ask(Part { is_of_nodes: false, pages: Pages::default(), ..part }),
            false => self.go_on(),
        }
    }

    /// The next node: first what is below it, where that is another list, then its own entries.
    fn go_on(&mut self) -> Step {
        let is_of_nodes = !self.lookup.is_of_nodes();
        match self.waiting.pop_front() {
            Some(node) => self.ask(Part { node: Some(node), is_of_nodes, pages: Pages::default() }),
            None => self.done(),
        }
    }

    /// A part that cannot be read does not stand in the way of others.
    fn fail(&mut self, part: Part, reason: Reason) -> Step {
        self.tries = 0;
        self.failures += 1;
        if self.failures == FAILURES || part.node.is_none() {
            return self.give_up(reason);
        }
        self.miss(Missing::Part { name: part.name(), reason });
        self.end(part)
    }

    fn give_up(&mut self, reason: Reason) -> Step {
        self.miss(match self.list.items() {
            [] => Missing::All(reason),
            _ => Missing::Part { name: None, reason },
        });
        self.done()
    }

    fn done(&mut self) -> Step {
        self.stage = Stage::Done;
        Step::Done
    }

    /// What is missing is said once.
    fn miss(&mut self, missing: Missing) {
        if !self.missing.contains(&missing) {
            self.missing.push(missing);
        }
    }
}

impl Part {
    /// The list that it goes through.
    fn listing<'l>(&self, lookup: &'l Lookup) -> &'l Listing {
        match &lookup.tree {
            Some(tree) if self.is_of_nodes => tree.list.as_ref().unwrap_or(&lookup.list),
            _ => &lookup.list,
        }
    }

    fn name(&self) -> Option<String> {
        self.node.as_ref()?.path.last().cloned()
    }
}

impl Known {
    /// What a name in a call stands for.
    fn name(&self, name: &str) -> Option<&str> {
        let own = self.more.iter().find(|(other, _)| other == name).map(|(_, text)| text.as_str());
        self.connection.get(name).or(own)
    }
}

#[cfg(test)]
mod tests;
