use leptos::prelude::*;

use crate::ui::live::some;

/// One field of a change, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub label: String,
    pub from: String,
    pub to: String,
    /// What was read back, with a word for it and the tone of that word.
    pub now: Option<(String, &'static str, &'static str)>,
}

/// What will change, or did: field by field, before and after.
#[component]
pub fn Changes(caption: String, rows: Vec<Row>) -> impl IntoView {
    let settled = rows.iter().any(|row| row.now.is_some());
    let headings: &[&str] = if settled {
        &["Field", "On file before", "You asked for", "Now on file"]
    } else {
        &["Field", "On file now", "After"]
    };
    let labels = (headings[1], headings[2]);
    let heading = |text: &&'static str| view! { <th role="columnheader" scope="col">{*text}</th> };
    let row = move |row: Row| {
        let now = row.now.map(|(words, tag, tone)| {
            view! {
                <td class="changes__now" role="cell" data-label="Now on file">
                    {words} {" "} <span class="tag" data-tone=tone>{tag}</span>
                </td>
            }
        });
        view! {
            <tr role="row">
                <th class="changes__field" role="rowheader" scope="row">{row.label}</th>
                <td class="changes__from" role="cell" data-label=labels.0>{row.from}</td>
                <td class="changes__to" role="cell" data-label=labels.1>{row.to}</td>
                {some(now)}
            </tr>
        }
    };
    view! {
        <table class="changes" role="table">
            <caption>{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">{headings.iter().map(heading).collect_view()}</tr>
            </thead>
            <tbody role="rowgroup">{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
