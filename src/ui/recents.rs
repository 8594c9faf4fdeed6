use leptos::prelude::*;

use crate::browser::storage;
use crate::desk::recent::{Keeping, Recents};

/// The members that were looked at last: those of this tab, or those that this browser keeps for every tab of it.
#[derive(Clone, Copy)]
pub struct RecentMembers {
    pub keeping: Keeping,
    pub all: RwSignal<Recents>,
    /// Somebody asked that this browser keeps them, and it does.
    pub kept: RwSignal<bool>,
}

impl RecentMembers {
    /// What this browser keeps against the owner's word is removed.
    pub fn new(keeping: Keeping) -> RecentMembers {
        let new =
            RecentMembers { keeping, all: RwSignal::new(Recents::default()), kept: RwSignal::new(false) };
        match keeping {
            Keeping::Device => {
                new.take(stored());
                storage::on_change(move || new.follow());
            }
            Keeping::Off | Keeping::Tab => storage::forget_recents(),
        }
        new
    }

    /// Which members they are. A pin leaves each where it stands, under whoever set it: it comes to the front at the
    /// next visit.
    pub fn listed(self) -> Memo<Vec<(String, String)>> {
        Memo::new(move |_| self.all.with(Recents::links))
    }

    /// Changes the list, and what this browser keeps of it.
    pub fn change(self, change: impl FnOnce(&mut Recents)) {
        if self.keeping == Keeping::Off {
            return;
        }
        if self.kept.get_untracked() {
            self.follow();
        }
        self.all.update(change);
        if self.kept.get_untracked() {
            self.keep();
        }
    }

    /// Keeps the list in this browser. No, if the browser forbids it.
    pub fn keep(self) -> bool {
        let all = self.all.get_untracked();
        // An empty list is kept by nobody: what comes to it later would be, unasked.
        let kept = !all.is_empty() && storage::keep_recents(&all.text());
        if !kept {
            storage::forget_recents();
        }
        self.kept.set(kept);
        kept
    }

    /// Keeps the list in this tab only.
    pub fn keep_no_more(self) {
        storage::forget_recents();
        self.kept.set(false);
    }

    pub fn forget(self) {
        self.keep_no_more();
        self.all.set(Recents::default());
    }

    /// What this browser keeps, every tab has. What was removed in one of them stays in none.
    fn follow(self) {
        let (stored, kept) = (stored(), self.kept.get_untracked());
        if stored.is_some() || kept {
            self.take(stored);
        }
    }

    fn take(self, stored: Option<Recents>) {
        self.kept.set(stored.is_some());
        self.all.set(stored.unwrap_or_default());
    }
}

fn stored() -> Option<Recents> {
    Recents::parse(&storage::recents()?)
}
