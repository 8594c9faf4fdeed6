//! What goes from one page to another: the same change for somebody else, and the field that one goes back to.

use leptos::prelude::*;

use crate::change::draft::Draft;
use crate::change::driver::{Driver, Standing};
use crate::change::record::Record;
use crate::change::repeat::fitting;
use crate::transport::{Request, RequestView, Target};

use super::{Session, Stage};
use crate::ui::form::Form;

impl Session {
    /// Begins the same change for another member.
    pub fn repeat(self, draft: Draft) {
        self.carried.set(Some(draft));
        self.stage.set(Stage::Find { attempted: false, refused: None });
    }

    /// A form for a record: with what comes along to it, or with the way back from a change, or as it is.
    pub(super) fn new_form(self, record: Record) -> Form {
        let provider = self.provider();
        let carried = self
            .carried
            .with_untracked(|carried| carried.as_ref().map(|carried| fitting(&provider, &record, carried).0));
        let draft = carried.unwrap_or_else(|| self.draft.get_value());
        self.owner.get_value().with(|| Form::new(provider, record, &draft))
    }

    /// Back to the form, to one of its fields.
    pub fn change_field(self, key: &str) {
        self.goal.set_value(Some(key.to_string()));
        self.leave_change();
    }

    /// The field that the next page begins at, if it is not its heading. It is asked for once.
    pub fn goal(self) -> Option<String> {
        self.goal.try_update_value(Option::take).flatten()
    }

    /// Whether a change is under way: it was sent and is not over, or it is about to be.
    pub fn is_under_way(self) -> bool {
        let is_sent = self.driver(Driver::standing) == Some(Standing::Sent);
        is_sent || (self.is_changing() && self.stage.with(|stage| matches!(stage, Stage::Busy(_))))
    }

    /// Whether a change that was approved is under way.
    pub fn is_changing(self) -> bool {
        self.driver(Driver::is_approved) == Some(true)
    }

    /// The server that is meant, as things stand.
    pub fn target(self) -> Option<Target> {
        self.way().ok().map(|way| way.target)
    }

    /// A request as it looks on its way, in its parts.
    pub fn request_view(self, request: &Request) -> Option<RequestView> {
        let way = self.way().ok()?;
        request.view(&way.target, &way.proxy).ok()
    }
}
