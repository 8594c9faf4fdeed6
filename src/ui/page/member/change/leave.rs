use leptos::prelude::*;

use crate::browser::document;
use crate::provider::act::Act;
use crate::ui::component::button::Button;
use crate::ui::component::notice::Notice;
use crate::ui::form::Form;
use crate::ui::live::live_some;
use crate::ui::session::{Session, Stage};
use crate::words::say;

/// A way off the form on which what was entered does not come along.
#[derive(Clone)]
pub enum Leaving {
    Another,
    Act(Act),
}

/// Asks before anything that was entered is lost.
#[derive(Clone, Copy)]
pub struct Leave {
    session: Session,
    form: Form,
    asked: RwSignal<Option<Leaving>>,
}

impl Leave {
    pub fn new(session: Session, form: Form) -> Leave {
        Leave { session, form, asked: RwSignal::new(None) }
    }

    /// Leaves at once where nothing was entered; otherwise it asks.
    pub fn ask(self, leaving: Leaving) {
        if untrack(|| self.form.is_touched()) {
            self.asked.set(Some(leaving));
            document::focus(&[".notice[data-tone=warning]"]);
        } else {
            self.go(leaving);
        }
    }

    fn go(self, leaving: Leaving) {
        self.session.leave_choices();
        match leaving {
            Leaving::Another => {
                self.session.linked.forget();
                self.session.stage.set(Stage::Find { attempted: false, refused: None });
            }
            Leaving::Act(act) => self.session.act(&act),
        }
    }

    pub fn notice(self) -> impl IntoView {
        live_some(move || {
            let leaving = self.asked.get()?;
            let go = move |()| {
                self.form.reset_all();
                self.go(leaving.clone());
            };
            let stay = move |()| {
                self.asked.set(None);
                document::focus(&[document::HEADING]);
            };
            Some(view! {
                <Notice tone="warning" title=say::form_unsent() found=true>
                    <p>{say::form_unsent_why()}</p>
                    <div class="cluster">
                        <Button words=say::form_stay() kind="secondary" on_press=Callback::new(stay)/>
                        <Button words=say::form_leave() kind="plain" on_press=Callback::new(go)/>
                    </div>
                </Notice>
            })
        })
    }
}
