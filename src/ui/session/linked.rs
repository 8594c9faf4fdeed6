//! Where a link leads: to a server, a member, an act. It fills in what somebody would have typed, and sends nothing.

use leptos::prelude::*;

use crate::browser::document;
use crate::desk::config::Leads;
use crate::desk::link::Link;
use crate::desk::route::Route;
use crate::provider::act::Act;
use crate::provider::field::Field;

use super::{Session, Stage};

/// Where the keys of a link are true: the server or the owner's connection, if it says which, and what it says of it.
#[derive(Clone, Default)]
struct Place {
    at: Option<String>,
    known: Vec<(String, String)>,
}

/// What a link asked for, as far as it is still to come.
#[derive(Clone, Copy)]
pub struct Linked {
    /// The link that was followed last: each is followed once.
    followed: StoredValue<String>,
    /// The member is read as soon as one is connected.
    pub names: RwSignal<bool>,
    /// Where its keys are true.
    place: StoredValue<Place>,
    /// Its keys were left out, since they may name somebody else here.
    pub lost: RwSignal<bool>,
    /// The act to prepare for the member, by its id.
    pub act: RwSignal<Option<String>>,
    /// What of it is not known here.
    pub unknown: RwSignal<Vec<String>>,
    /// The names of the secrets in it: each was seen by whoever saw the link.
    pub secrets: RwSignal<Vec<String>>,
    /// A link that would take away what was entered, until somebody decides.
    pub waits: RwSignal<Option<String>>,
}

impl Default for Linked {
    fn default() -> Linked {
        Linked {
            followed: StoredValue::new(String::new()),
            names: RwSignal::new(false),
            place: StoredValue::new(Place::default()),
            lost: RwSignal::new(false),
            act: RwSignal::new(None),
            unknown: RwSignal::new(Vec::new()),
            secrets: RwSignal::new(Vec::new()),
            waits: RwSignal::new(None),
        }
    }
}

impl Linked {
    /// Another member is chosen: the link is over, and may be followed again.
    pub fn forget(self) {
        self.followed.set_value(String::new());
        self.names.set(false);
        self.place.set_value(Place::default());
        self.lost.set(false);
        self.unknown.set(Vec::new());
        self.secrets.set(Vec::new());
    }
}

impl Session {
    /// Goes where a link leads, unless that takes away what was entered, or a change that is on its way.
    pub fn follow(self, text: &str) {
        if text.is_empty() || self.linked.followed.with_value(|own| own == text) {
            return;
        }
        if untrack(|| self.is_busy() || self.is_unsaved()) {
            self.linked.waits.set(Some(text.to_string()));
            document::focus(&[".notice[data-tone=warning]"]);
        } else {
            self.go(text);
        }
    }

    /// Goes where a link leads; never away from a change of which nobody knows what came of it.
    pub fn go(self, text: &str) {
        if untrack(|| self.is_busy()) {
            return;
        }
        let provider = self.provider();
        let mut link = Link::parse(&provider, text);
        let leads = self.desk.config.with_value(|config| config.leads(&provider, &link));
        let is_lost = leads == Leads::Nowhere;
        let lost = is_lost && !link.keys.is_empty();
        if is_lost {
            link.lose_place();
        }
        // What is not known may be a secret too: neither stays in the address.
        if is_lost || !(link.unknown.is_empty() && link.secrets.is_empty()) {
            let known = Route::Provider(provider.id.clone(), link.text(&provider));
            document::replace_hash(&known.hash());
        }
        self.linked.waits.set(None);
        self.linked.followed.set_value(text.to_string());
        self.linked.unknown.set(std::mem::take(&mut link.unknown));
        self.linked.secrets.set(std::mem::take(&mut link.secrets));
        self.linked.lost.set(lost);
        // What for was chosen here, and is for whomever one goes to from here.
        let is_chosen = self.stage.with_untracked(|stage| matches!(stage, Stage::Find { .. }));
        let purpose = (is_chosen && (is_lost || link.own_keys(&provider).next().is_some()))
            .then(|| self.linked.act.get_untracked());
        self.linked.act.set(link.act.take().or(purpose.flatten()));
        let at = match leads {
            Leads::To(at) => {
                let known = self.known.get_untracked();
                let named = self.named(&at).filter(|_| !self.is_at(&at) || known.is_empty());
                self.turn(at.clone(), named.map_or(known, |own| own.known));
                // Where it only takes the first server, somebody may choose another one.
                let says = link.server.is_some() || link.connection.is_some() || self.named(&at).is_some();
                says.then_some(at)
            }
            Leads::Anywhere | Leads::Nowhere => None,
        };
        // What the owner says of it need not be typed.
        let fixed = untrack(|| self.fixed());
        link.keys.retain(|(key, _)| !fixed.iter().any(|(own, _)| own == key));
        let is_own = |(key, _): &(String, String)| provider.identity.iter().any(|field| field.key == *key);
        let (own, known): (Vec<_>, Vec<_>) = link.keys.into_iter().partition(is_own);
        self.linked.place.set_value(Place { at, known: known.clone() });
        known.into_iter().for_each(|(key, text)| self.credential.typed.put(&key, text));
        let is_there = |field: &Field| own.iter().any(|(key, _)| *key == field.key);
        self.linked.names.set(provider.identity.iter().all(is_there));
        self.typed.set(own);
        self.form.set(None);
        if self.is_led_here() && self.is_connected() {
            self.arrive();
        } else {
            self.stage.set(Stage::Connect);
        }
    }

    /// A member is chosen that this link leads to, perhaps the one that was followed last: it is followed anew,
    /// unless that member is just being changed.
    pub fn revisit(self, text: &str) {
        if self.is_between() {
            self.linked.forget();
        }
        // Where the address is this one already, the browser goes nowhere.
        if document::hash() == Route::Provider(self.provider().id.clone(), text.to_string()).hash() {
            self.follow(text);
        }
    }

    /// Whether one is where the keys of the link are true.
    fn is_led_here(self) -> bool {
        let Place { at, known } = self.linked.place.get_value();
        let here = self.known.get_untracked();
        at.is_none_or(|at| self.is_at(&at)) && known.iter().all(|entry| here.contains(entry))
    }

    /// Where one goes once connected: to the member that a link names, or to the question which member it is.
    pub fn arrive(self) {
        self.drop_held();
        self.finding.forget();
        self.credential.typed.server.set(self.at.get_value());
        // One has gone elsewhere than the link leads: there its keys may name somebody else.
        if !self.is_led_here() {
            self.linked.lost.set(self.typed.with_untracked(|typed| !typed.is_empty()));
            self.linked.names.set(false);
            self.linked.act.set(None);
            self.typed.set(Vec::new());
        }
        self.linked.place.set_value(Place::default());
        if self.linked.names.try_update(std::mem::take) == Some(true) {
            self.open();
        } else {
            self.stage.set(Stage::Find { attempted: false, refused: None });
        }
    }

    /// Prepares the act of a link, once there is a member for it.
    pub(super) fn act_of_link(self) {
        let id = self.linked.act.try_update(Option::take).flatten();
        if let Some(act) = id.and_then(|id| self.provider().act(&id).cloned()) {
            self.act(&act);
        }
    }

    /// The address of the member on the screen, with an act or without: for a bookmark, or for a colleague.
    pub fn address(self, act: Option<&Act>) -> String {
        let provider = self.provider();
        let member = self.driver(|driver| Link::to(&provider, &self.server(), driver.identity()));
        let link = Link { act: act.map(|act| act.id.clone()), ..member.unwrap_or_default() };
        let route = Route::Provider(provider.id.clone(), link.text(&provider));
        [document::address(), route.hash()].concat()
    }

    /// Whether something was entered and not sent.
    pub fn is_unsaved(self) -> bool {
        !self.is_between() && self.form.get().is_some_and(|form| form.is_touched())
    }

    /// Before a change, or after one.
    fn is_between(self) -> bool {
        self.stage.with(|stage| matches!(stage, Stage::Connect | Stage::Find { .. } | Stage::Result(_)))
    }
}
