//! The page as a screen reader has it: the accessibility tree, as lines of text.
//!
//! A line is a role with its name and what else is said: `heading 1 "Settings"`,
//! `textbox "Token" invalid, described by "Error: Enter the token."`. Text that no element takes for its name stands as
//! `text "…"`. Things without a meaning of their own leave no line.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::page::Page;

/// A screen reader says only what these are called, not what they are made of.
const NAMED_BY_CONTENT: [&str; 15] = [
    "heading",
    "link",
    "button",
    "radio",
    "checkbox",
    "switch",
    "tab",
    "option",
    "menuitem",
    "columnheader",
    "rowheader",
    "cell",
    "gridcell",
    "term",
    "DisclosureTriangle",
];

/// The words in these are the names of others, and are said there.
const WORDS_OF_OTHERS: [&str; 3] = ["LabelText", "Legend", "caption"];

const CONTROLS: [&str; 16] = [
    "button",
    "link",
    "textbox",
    "searchbox",
    "combobox",
    "checkbox",
    "radio",
    "switch",
    "spinbutton",
    "slider",
    "listbox",
    "option",
    "menuitem",
    "tab",
    "DisclosureTriangle",
    "Date",
];

const LANDMARKS: [&str; 8] =
    ["banner", "navigation", "main", "contentinfo", "complementary", "region", "search", "form"];

/// These leave no line: they only hold others, or are how letters look.
const SILENT: [&str; 17] = [
    "none",
    "generic",
    "InlineTextBox",
    "LineBreak",
    "ListMarker",
    "RootWebArea",
    "LayoutTable",
    "Iframe",
    "paragraph",
    "rowgroup",
    "row",
    "definition",
    "listitem",
    "strong",
    "emphasis",
    "code",
    "mark",
];

/// Words that are emphasised differently are still one text.
const INLINE: [&str; 4] = ["strong", "emphasis", "code", "mark"];

/// One thing that a screen reader can come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stop {
    pub role: String,
    pub name: String,
    /// The hint or the problem that belongs to it.
    pub description: String,
    /// As in `checked`, `invalid`, `expanded`.
    pub states: Vec<String>,
    /// Of a heading.
    pub level: Option<u64>,
    /// How a change in it is announced: `polite` or `assertive`.
    pub live: Option<String>,
    /// The roles around it with their names, from the outside in.
    pub within: Vec<(String, String)>,
    /// Whether it is in a live region.
    pub announced: bool,
    /// The number of the paragraph, or the like, that it stands in.
    block: String,
}

impl Stop {
    pub fn line(&self) -> String {
        let level = self.level.map(|level| format!(" {level}")).unwrap_or_default();
        let name = if self.name.is_empty() { String::new() } else { format!(" \"{}\"", self.name) };
        let mut said = self.states.clone();
        said.extend(self.live.iter().map(|live| format!("live {live}")));
        if !self.description.is_empty() {
            said.push(format!("described by \"{}\"", self.description));
        }
        let said = if said.is_empty() { String::new() } else { format!(" {}", said.join(", ")) };
        [&self.role, &*level, &name, &said].concat()
    }

    fn is(&self, roles: &[&str]) -> bool {
        roles.contains(&self.role.as_str())
    }
}

impl Page {
    /// What a screen reader meets, from the top to the end. Chromium only.
    #[track_caller]
    pub fn reading(&self) -> Vec<String> {
        self.stops().iter().map(Stop::line).collect()
    }

    /// The same with its parts. Chromium only.
    #[track_caller]
    pub fn stops(&self) -> Vec<Stop> {
        let answer = self.browser.devtools("Accessibility.getFullAXTree", json!({}));
        let nodes = answer["nodes"].as_array().expect("a tree has nodes");
        let by_id = nodes.iter().map(|node| (text(&node["nodeId"]), node)).collect();
        let tree = Tree { by_id };
        let mut stops = Vec::new();
        if let Some(root) = nodes.first() {
            tree.walk(root, &Place::default(), &mut stops);
        }
        stops
    }

    /// The words that are announced when they change: those in live regions. Chromium only.
    #[track_caller]
    pub fn announced(&self) -> String {
        let stops = self.stops();
        let live = stops.iter().filter(|stop| stop.announced && !stop.name.is_empty());
        live.map(|stop| stop.name.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// What a screen reader cannot tell, wherever one is: nameless controls, groups and landmarks, and headings out
    /// of order. Chromium only.
    #[track_caller]
    pub fn untold(&self) -> Vec<String> {
        let stops = self.stops();
        let mut untold = Vec::new();
        for stop in &stops {
            let line = stop.line();
            if stop.is(&CONTROLS) && stop.name.is_empty() {
                let around = stop.within.iter().map(|(role, name)| format!("{role} “{name}”"));
                untold.push(format!("{line} has no name, in {}", around.collect::<Vec<_>>().join(", ")));
            }
            let group = |(role, _): &&(String, String)| role == "group" || role == "radiogroup";
            let asked = stop.within.iter().rfind(group).is_some_and(|(_, name)| !name.is_empty());
            if stop.role == "radio" && !asked {
                untold.push(format!("{line} stands in no group with a name"));
            }
        }
        untold.extend(landmarks(&stops));
        untold.extend(headings(&stops));
        untold
    }
}

fn landmarks(stops: &[Stop]) -> Vec<String> {
    let mut untold = Vec::new();
    for role in LANDMARKS {
        let all: Vec<&Stop> = stops.iter().filter(|stop| stop.role == role).collect();
        for (at, one) in all.iter().enumerate() {
            if all[..at].iter().any(|other| other.name == one.name) {
                untold.push(format!("two landmarks are {}", one.line()));
            }
        }
        if role == "main" && all.len() != 1 {
            untold.push(format!("{} main landmarks", all.len()));
        }
    }
    untold
}

fn headings(stops: &[Stop]) -> Vec<String> {
    let mut untold = Vec::new();
    let first = stops.iter().filter(|stop| stop.level == Some(1) && stop.role == "heading").count();
    if first != 1 {
        untold.push(format!("{first} headings of the first level"));
    }
    let mut before = 0;
    for stop in stops.iter().filter(|stop| stop.role == "heading") {
        let level = stop.level.unwrap_or_default();
        if level > before + 1 {
            untold.push(format!("{} follows a heading of level {before}", stop.line()));
        }
        if stop.name.is_empty() {
            untold.push(format!("{} has no words", stop.line()));
        }
        before = level;
    }
    untold
}

/// The nodes as the browser gives them, flat, with their children by number.
struct Tree<'a> {
    by_id: HashMap<&'a str, &'a Value>,
}

/// Where one is in the tree.
#[derive(Clone, Default)]
struct Place {
    within: Vec<(String, String)>,
    block: String,
    announced: bool,
}

impl Tree<'_> {
    fn walk(&self, node: &Value, place: &Place, stops: &mut Vec<Stop>) {
        let stop = stop(node, place);
        let ignored = node["ignored"] == true;
        if !ignored && stop.is(&WORDS_OF_OTHERS) {
            return;
        }
        let silent = ignored || (stop.is(&SILENT) && stop.live.is_none());
        let words_are_said = stop.is(&NAMED_BY_CONTENT) && !stop.name.is_empty();
        let mut inside = place.clone();
        inside.announced |= stop.live.is_some();
        if !ignored && !stop.is(&INLINE) {
            inside.block = text(&node["nodeId"]).to_owned();
        }
        if !silent {
            inside.within.push((stop.role.clone(), stop.name.clone()));
            push(stop, stops);
        }
        let before = stops.len();
        for id in node["childIds"].as_array().into_iter().flatten() {
            if let Some(child) = self.by_id.get(text(id)) {
                self.walk(child, &inside, stops);
            }
        }
        if words_are_said {
            let mut below = stops.split_off(before);
            below.retain(|stop| stop.role != "text");
            stops.append(&mut below);
        }
    }
}

fn push(stop: Stop, stops: &mut Vec<Stop>) {
    if stop.role == "text" {
        if stop.name.trim().is_empty() {
            return;
        }
        if let Some(last) = stops.last_mut().filter(|last| last.role == "text" && last.block == stop.block) {
            last.name = [last.name.trim_end(), stop.name.trim_start()].join(" ");
            return;
        }
    }
    stops.push(stop);
}

fn stop(node: &Value, place: &Place) -> Stop {
    let property = |name: &str| {
        let all = node["properties"].as_array().into_iter().flatten();
        all.filter(|property| property["name"] == name).map(|property| &property["value"]["value"]).next()
    };
    let is = |name: &str| property(name).is_some_and(|value| *value == true || *value == "true");
    let role = match text(&node["role"]["value"]) {
        "StaticText" => "text",
        role => role,
    };
    let mut states: Vec<String> =
        ["checked", "invalid", "expanded", "selected", "disabled", "required", "focused"]
            .into_iter()
            .filter(|name| is(name))
            .map(str::to_owned)
            .collect();
    if property("expanded").is_some_and(|value| *value == false) {
        states.push("collapsed".to_owned());
    }
    // A region says how it is announced; what stands in it says it again.
    let live = property("live").and_then(Value::as_str).filter(|live| *live != "off");
    let root = ["status", "alert", "log", "timer"].contains(&role) || property("root").is_none();
    Stop {
        role: role.to_owned(),
        name: text(&node["name"]["value"]).to_owned(),
        description: text(&node["description"]["value"]).to_owned(),
        states,
        level: property("level").filter(|_| role == "heading").and_then(Value::as_u64),
        live: live.filter(|_| root).map(str::to_owned),
        within: place.within.clone(),
        announced: place.announced,
        block: place.block.clone(),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
