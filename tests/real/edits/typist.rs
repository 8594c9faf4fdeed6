//! Somebody who types something valid into some fields, by chance.

use memberdesk::change::draft::{Draft, Entry};
use memberdesk::change::record::Record;
use memberdesk::change::row::Row;
use memberdesk::provider::Provider;
use memberdesk::provider::date;
use memberdesk::provider::field::{Field, Kind};
use memberdesk::provider::items::{Items, Rows};
use memberdesk::provider::limits::Format;
use simulated::{aitable, flashapply};

use super::dice::Dice;

/// Texts that programs like to change: every script, marks of direction inside, signs of JSON, HTML and CSV.
const PIECES: [&str; 32] = [
    "a",
    "Zoë",
    "O’Brien",
    "O'Sullivan",
    "ليلى",
    "小明",
    "Łukasz",
    "🚀",
    "👩‍👩‍👧",
    "e\u{301}",
    "ﬁ",
    "ß",
    "İ",
    "\"",
    "\\",
    "\\u0041",
    "<b>",
    "&amp;",
    "{name}",
    "${x}",
    "%2F",
    "/",
    ";",
    ",",
    "=",
    "+",
    " ",
    " ",
    "\u{A0}",
    "\u{200F}",
    "null",
    "-0",
];

pub struct Typist {
    pub dice: Dice,
    /// Passwords that were typed and are with the secrets.
    pub password: Option<String>,
}

impl Typist {
    /// Something valid for some of the fields that a form of this record offers.
    pub fn draft(&mut self, provider: &Provider, record: &Record) -> Draft {
        let offered: Vec<&Field> = provider
            .offered()
            .filter(|field| field.when.as_ref().and_then(|when| when.holds(record)) != Some(false))
            .collect();
        self.password = None;
        let most = if self.dice.one_in(4) { offered.len() } else { 2 };
        let mut touched = self.dice.some_of(&offered, most);
        if touched.is_empty() {
            touched.push(self.dice.one_of(&offered));
        }
        touched.into_iter().map(|field| (field.key.clone(), self.entry(provider, field, record))).collect()
    }

    fn entry(&mut self, provider: &Provider, field: &Field, record: &Record) -> Entry {
        let held = record.held(field);
        if field.write_only {
            let text = self.text(24, 64);
            self.password = Some(text);
            return Entry::Hidden;
        }
        if field.cannot_clear().is_none() && self.dice.one_in(5) {
            return Entry::Clear;
        }
        match &field.kind {
            Kind::Flag => Entry::Text(self.dice.one_of(&["yes", "no", "true", "NO"]).to_string()),
            Kind::Number { .. } => Entry::Text(self.dice.below(100_000).to_string()),
            Kind::Date(_) => Entry::Text(self.date()),
            Kind::Text => Entry::Text(self.typed(field, record)),
            Kind::List(items) => self.list(provider, field, items, held.rows()),
        }
    }

    fn date(&mut self) -> String {
        let (year, month, day) =
            (1900 + self.dice.below(126), 1 + self.dice.below(12), 1 + self.dice.below(31));
        let number = |number: usize| u32::try_from(number).expect("a small number");
        date::iso(number(year), number(month), number(day)).unwrap_or_else(|| "2000-02-29".to_string())
    }

    fn typed(&mut self, field: &Field, record: &Record) -> String {
        let word = |dice: &mut Dice| {
            dice.one_of(&["ann", "zoe+rockets", "李娜", "o'brien", "łukasz", "a.b", "x_y-z"])
        };
        match field.limits.format {
            // Now and then the address of somebody else in the list, in other capitals.
            Some(Format::Email) if !record.siblings().is_empty() && self.dice.one_in(8) => {
                let other = &record.siblings()[self.dice.below(record.siblings().len())]["email"];
                let other = other.as_str().unwrap_or("nobody@example.com");
                other.to_uppercase()
            }
            Some(Format::Email) => {
                let (name, number) = (word(&mut self.dice), self.dice.below(1000));
                format!(
                    "{name}{number}@{}",
                    self.dice.one_of(&["example.com", "müller.example", "a.b.example.co"])
                )
            }
            Some(Format::Uri) => {
                let (name, number) = (word(&mut self.dice), self.dice.below(1000));
                format!("https://cdn.example.com/{name}.png?size={number}&v=1.0#{name}")
            }
            None if field.key == "organizationId" => {
                self.dice.one_of(&[flashapply::ORGANIZATION, flashapply::ORGANIZATION_OTHER]).to_string()
            }
            _ => {
                let least = field.limits.min_length.unwrap_or(1);
                let most = field.limits.max_length.unwrap_or(300);
                let most = if self.dice.one_in(6) { most } else { most.min(12) };
                self.text(least, most)
            }
        }
    }

    /// A text of so many UTF-16 units, without anything at its ends that does not count.
    fn text(&mut self, least: usize, most: usize) -> String {
        let units = |text: &str| text.encode_utf16().count();
        let wanted = (least + self.dice.below(most - least + 1)).max(2);
        let mut text = String::from("x");
        for _ in 0..wanted {
            let piece = self.dice.one_of(&PIECES);
            if units(&text) + units(piece) < wanted {
                text.push_str(piece);
            }
        }
        while units(&text) + 1 < wanted {
            text.push('z');
        }
        text + "é"
    }

    fn list(&mut self, provider: &Provider, field: &Field, items: &Items, held: &[Row]) -> Entry {
        let ids: Vec<String> = held.iter().map(|row| row.id.clone()).collect();
        let pool = pool(&provider.id, &field.key);
        if !items.is_grouped() {
            let all: Vec<String> = pool.iter().map(|id| id.to_string()).collect();
            let some = self.dice.some_of(&all, all.len());
            if !some.is_empty() && self.dice.one_in(3) {
                return Entry::Text(some.join(self.dice.one_of(&["; ", ",", "\n"])));
            }
            let remove = self.dice.some_of(&ids, ids.len());
            let add = some.into_iter().filter(|id| !remove.contains(id)).collect();
            return Entry::Adjust { add, remove };
        }
        let mut add: Vec<String> = Vec::new();
        let mut known: Vec<String> = pool.iter().map(|id| id.to_string()).chain(ids.clone()).collect();
        known.sort();
        known.dedup();
        for id in self.dice.some_of(&known, 3) {
            let row = held.iter().find(|row| row.id == id);
            add.push(self.row(&field.key, &id, row));
        }
        if items.rows == Rows::Whole && !add.is_empty() && self.dice.one_in(3) {
            return Entry::Text(add.join("; "));
        }
        let remove = match items.rows {
            Rows::Whole => {
                let left: Vec<String> = ids
                    .into_iter()
                    .filter(|id| !add.iter().any(|row| row.starts_with(&format!("{id}="))))
                    .collect();
                self.dice.some_of(&left, left.len())
            }
            Rows::Changed { .. } => Vec::new(),
        };
        Entry::Adjust { add, remove }
    }

    /// The text form of a row, with valid parts.
    fn row(&mut self, field: &str, id: &str, held: Option<&Row>) -> String {
        let number = |dice: &mut Dice| (2_000_000 + dice.below(1000)).to_string();
        let cell = match (field, id) {
            ("locations", _) => {
                let one = held.is_some_and(|row| row.cells.iter().all(|cell| cell.len() == 1));
                let most = if one { 1 } else { 3 };
                let roles = self.dice.some_of(&["admin", "editor", "viewer"], most);
                if roles.is_empty() { "viewer".to_string() } else { roles.join("+") }
            }
            (_, "1001007") => self.dice.one_of(&["2000246", "2000247"]).to_string(),
            ("registration", "1001032") => {
                format!("2224508: {}", self.dice.one_of(&["Besançon", "New York", "北京市", "São Paulo"]))
            }
            ("registration", _) => {
                let one = number(&mut self.dice);
                if self.dice.one_in(2) { one } else { format!("{one}+{}", 3_000_000 + self.dice.below(1000)) }
            }
            _ => number(&mut self.dice),
        };
        format!("{id}={cell}")
    }
}

/// Ids that the provider knows.
fn pool(provider: &str, field: &str) -> &'static [&'static str] {
    match (provider, field) {
        ("aitable", "teams") => &[
            aitable::TEAM_ENGINEERING,
            aitable::TEAM_PLATFORM,
            aitable::TEAM_APPS,
            aitable::TEAM_SALES,
            aitable::TEAM_OPERATIONS,
        ],
        ("aitable", "roles") => &[aitable::ROLE_DEVELOPER, aitable::ROLE_REVIEWER, aitable::ROLE_LEAD],
        ("flashapply", _) => {
            &[flashapply::LOCATION_BERLIN, flashapply::LOCATION_LAGOS, flashapply::LOCATION_TAIPEI]
        }
        ("toluna", "answers") => &["1001007", "1001101", "1001107", "1005145", "1077777"],
        ("toluna", _) => &["1001007", "1001032", "1012227", "1099999"],
        _ => &[],
    }
}
