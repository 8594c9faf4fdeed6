use leptos::prelude::*;

use crate::ui::live::{act, some};
use crate::words::{Words, say};

/// One field of a change, in words.
pub struct Row {
    pub label: Words,
    pub from: Words,
    pub to: Words,
    /// What was read back, with a word for it and the tone of that word.
    pub now: Option<(Words, Words, &'static str)>,
    /// The way back to where it was typed.
    pub back: Option<Callback<()>>,
    /// What is to be known, or taken on, for this field.
    pub about: Vec<AnyView>,
}

/// What will change, or did: field by field, before and after.
#[component]
pub fn Changes(#[prop(into)] caption: String, rows: Vec<Row>) -> impl IntoView {
    let settled = rows.iter().any(|row| row.now.is_some());
    let goes_back = rows.iter().any(|row| row.back.is_some());
    let (from, to) = match settled {
        true => (say::result_before(), say::result_you_asked()),
        false => (say::check_now(), say::check_after()),
    };
    let labels = (from.text(), to.text(), say::result_now().text());
    let mut headings = vec![say::check_field().text(), labels.0.clone(), labels.1.clone()];
    headings.extend(settled.then(|| labels.2.clone()));
    let width = headings.len() + usize::from(goes_back);
    let heading = |text: String| view! { <th role="columnheader" scope="col">{text}</th> };
    let headings = headings.into_iter().map(heading).collect_view();
    // The way back needs a heading for those who hear the table, and a place for those who see it.
    let last = goes_back.then(|| {
        let words = say::check_back();
        view! {
            <th class="changes__back" role="columnheader" scope="col">
                <span class="visually-hidden">{words}</span>
            </th>
        }
    });
    let row = move |row: Row| {
        let now = row.now.map(|(words, tag, tone)| {
            view! {
                <td class="changes__now" role="cell" data-label=labels.2.clone()>
                    {words} {" "} <span class="tag" data-tone=tone>{tag}</span>
                </td>
            }
        });
        let name = say::check_back_to(row.label.clone()).text();
        let back = row.back.map(|back| {
            view! {
                <button
                    type="button"
                    class="button"
                    data-kind="plain"
                    aria-label=name
                    on:click=act(move |_| back.run(()))
                >
                    {say::check_back()}
                </button>
            }
        });
        let back = goes_back.then(|| view! { <td class="changes__back" role="cell">{some(back)}</td> });
        let about = (!row.about.is_empty()).then(|| {
            view! {
                <tr class="changes__about" role="row">
                    <td class="stack" data-gap="small" role="cell" colspan=width.to_string()>{row.about}</td>
                </tr>
            }
        });
        view! {
            <tbody role="rowgroup">
                <tr role="row">
                    <th class="changes__field" role="rowheader" scope="row">{row.label}</th>
                    <td class="changes__from" role="cell" data-label=labels.0.clone()>{row.from}</td>
                    <td class="changes__to" role="cell" data-label=labels.1.clone()>{row.to}</td>
                    {some(now)}
                    {some(back)}
                </tr>
                {some(about)}
            </tbody>
        }
    };
    view! {
        <table class="changes" role="table">
            <caption>{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">{headings} {some(last)}</tr>
            </thead>
            {rows.into_iter().map(row).collect_view()}
        </table>
    }
}
