use leptos::prelude::*;

use crate::provider::act::Act;
use crate::ui::component::button::Button;
use crate::ui::live::some;
use crate::ui::session::Session;
use crate::words::say;

/// What for: an act that is prepared for the member who is chosen next. Pressed again, it is not.
pub fn purpose(session: Session) -> AnyView {
    let provider = session.provider();
    let prepares = session.linked.act;
    let button = |act: &Act| {
        let (own, id) = (act.id.clone(), act.id.clone());
        let pressed = Memo::new(move |_| prepares.with(|act| act.as_ref() == Some(&own)));
        let press = move |()| prepares.set((!pressed.get_untracked()).then(|| id.clone()));
        view! { <Button words=act.label.clone() kind="compact" pressed on_press=Callback::new(press)/> }
    };
    // What goes alone has its own place and its own words, on the form.
    let often = || provider.acts.iter().filter(|act| !act.alone);
    let all = often().map(button).collect_view();
    some((often().count() > 0).then(|| {
        view! {
            <div class="cluster" data-gap="small" role="group" aria-label=say::find_purpose().text()>
                <p class="quiet">{say::find_purpose()}</p>
                {all}
            </div>
        }
    }))
}
