use serde_json::{Map, Number, Value as Json};

use crate::provider::field::{Field, Kind};
use crate::provider::items::{Items, Part, Rows, Shape};
use crate::provider::names::Names;
use crate::words::say;

use super::limits::limited;
use super::problem::Problem;

/// One row of a list. What it is called is for people; what counts is the id and what its parts hold.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: String,
    pub label: Option<String>,
    /// The texts of each part, in the order of the file.
    pub cells: Vec<Vec<String>>,
    /// The object that was read: what the file does not know of it goes back as it came.
    raw: Option<Json>,
    /// It was typed, so it may be no id at all.
    typed: bool,
}

impl PartialEq for Row {
    fn eq(&self, other: &Row) -> bool {
        let same =
            |a: &Vec<String>, b: &Vec<String>| a.len() == b.len() && a.iter().all(|text| b.contains(text));
        self.id == other.id
            && self.cells.len() == other.cells.len()
            && self.cells.iter().zip(&other.cells).all(|(a, b)| same(a, b))
    }
}

impl Row {
    pub fn new(id: impl Into<String>) -> Row {
        Row { id: id.into(), label: None, cells: Vec::new(), raw: None, typed: false }
    }

    /// A row as it is on file; nothing if it is not of the form that the file says.
    pub fn from_wire(items: &Items, wire: &Json) -> Option<Row> {
        if !wire.is_object() {
            return scalar(wire, items.whole).filter(|_| !items.is_grouped()).map(Row::new);
        }
        let id = scalar(items.id.as_ref()?.of(wire)?, items.whole)?;
        let label = items.name.as_ref().and_then(|name| name.of(wire)).and_then(Json::as_str);
        let label = label.filter(|label| !label.is_empty()).map(str::to_string);
        let cells = items.parts.iter().map(|part| cell(part, wire.get(&part.name)));
        let cells = cells.collect::<Option<Vec<_>>>()?;
        let raw = items.is_grouped().then(|| wire.clone());
        Some(Row { id, label, cells, raw, typed: false })
    }

    /// Reads the text form of a row: an id, or `id=part=part` with `+` between several values.
    pub fn parse(items: &Items, text: &str) -> Result<Row, Problem> {
        let mut texts = split(text, &['=']).into_iter().map(|text| text.trim().to_string());
        let mut row = Row::new(if items.is_grouped() {
            unescape(&texts.next().unwrap_or_default()).trim().to_string()
        } else {
            text.to_string()
        });
        row.typed = true;
        limited(&items.limits, &row.id)?;
        if items.whole && !is_whole(&row.id) {
            return Err(Problem::NotANumber);
        }
        for part in &items.parts {
            let text = texts.next().unwrap_or_default();
            // Words beside an id may have commas.
            let separators: &[char] = if part.value.is_some() { &['+'] } else { &['+', ','] };
            let values = split(&text, separators).into_iter().map(|value| spelled(part, &unescape(&value)));
            row.cells.push(values.filter(|value| !value.is_empty()).collect());
            part_fits(part, row.cells.last().map(Vec::as_slice).unwrap_or_default())?;
        }
        if items.is_grouped() && texts.next().is_some() {
            return Err(Problem::PatternMismatch(None));
        }
        Ok(row)
    }

    /// The text form, which [`Row::parse`] reads back.
    pub fn text(&self) -> String {
        if self.cells.is_empty() {
            return self.id.clone();
        }
        let cells = self
            .cells
            .iter()
            .map(|cell| cell.iter().map(|value| escape(value)).collect::<Vec<_>>().join("+"));
        std::iter::once(escape(&self.id)).chain(cells).collect::<Vec<_>>().join("=")
    }

    /// The row in words for a person: its label, or the file's words for its id and for what it holds.
    pub fn words(&self, field: &Field) -> String {
        let Kind::List(items) = &field.kind else { return self.id.clone() };
        // What was typed is no name: where the list does not have it, that is said, however far the list was read.
        let of_id = |names: &Names, id: &str| match self.typed && names.has_not(id) && field.word(id) == id {
            true => say::value_unknown(id).text(),
            false => field.name(names, id),
        };
        // The list tells apart what the record calls the same.
        let own = || self.label.clone().filter(|_| items.names.get(&self.id).is_none());
        let name = own().unwrap_or_else(|| of_id(&items.names, &self.id));
        let words = |part: &Part, text: &str| {
            let (id, beside) = id_in(part, text);
            let name = of_id(&part.names, id);
            beside.map_or_else(|| name.clone(), |beside| [&name, ": ", beside].concat())
        };
        let cells = items.parts.iter().zip(&self.cells);
        let cells = cells.flat_map(|(part, cell)| cell.iter().map(move |text| words(part, text)));
        let cells: Vec<String> = cells.collect();
        if cells.is_empty() { name } else { say::value_row(name, cells.join(", ")).text() }
    }

    /// The same row with what this one holds: an edit of a row keeps what the file does not know of it.
    pub fn edited(&self, new: &Row) -> Row {
        Row { cells: new.cells.clone(), ..self.clone() }
    }

    /// A row that was typed, as an edit of the one on file; one that was read is what it is.
    pub fn in_place_of(&self, on_file: &[Row]) -> Row {
        let own = on_file.iter().find(|own| own.id == self.id).filter(|_| self.raw.is_none());
        own.map_or_else(|| self.clone(), |own| own.edited(self))
    }

    /// What is sent for it, among the rows of one list. Parts without a value are left out.
    pub fn to_wire(&self, items: &Items, rows: &[Row]) -> Json {
        let Some(key) = &items.key else {
            return json(&self.id, items.whole);
        };
        let base = self.raw.as_ref().filter(|_| items.rows == Rows::Whole).and_then(Json::as_object);
        let mut object = base.cloned().unwrap_or_default();
        object.insert(key.name.clone(), json(&self.id, items.whole));
        for (part, cell) in items.parts.iter().zip(&self.cells) {
            // What nobody changed goes back as it came, with every digit.
            let read = self.raw.as_ref().and_then(|raw| raw.get(&part.name));
            if base.is_some() && self::cell(part, read).as_ref() == Some(cell) {
                continue;
            }
            let values: Vec<Json> = cell.iter().map(|text| value(part, text)).collect();
            let many = match part.shape {
                Shape::One => false,
                Shape::List => true,
                Shape::AsRead => self.holds_several(part, rows),
            };
            match (many, values.len()) {
                (true, _) => object.insert(part.name.clone(), Json::Array(values)),
                (false, 0) => object.shift_remove(&part.name),
                (false, _) => values.into_iter().next().and_then(|one| object.insert(part.name.clone(), one)),
            };
        }
        Json::Object(object)
    }

    /// A part that was read as one value cannot hold several.
    pub fn fits_its_shape(&self, items: &Items, rows: &[Row]) -> bool {
        items.parts.iter().zip(&self.cells).all(|(part, cell)| {
            cell.len() < 2 || part.shape != Shape::AsRead || self.holds_several(part, rows)
        })
    }

    /// Whether a part was read as a list: here, or else in another row. Where none was read, it is one.
    fn holds_several(&self, part: &Part, rows: &[Row]) -> bool {
        let read = |row: &Row| Some(row.raw.as_ref()?.get(&part.name)?.is_array());
        read(self).or_else(|| rows.iter().find_map(read)).unwrap_or(true)
    }
}

/// The id in the text form of a row.
pub fn id_of(text: &str) -> String {
    unescape(split(text, &['=']).first().map_or("", |id| id.trim()))
}

/// The text form as it stands in boxes, one for the id and one for each part.
pub fn boxes(items: &Items, text: &str) -> Vec<String> {
    let parts = split(text, &['=']);
    let plain = |index: usize, part: &String| {
        let part = part.replace("\\;", ";").replace("\\=", "=");
        let worded = items.parts.get(index - 1).is_some_and(|part| part.value.is_some());
        if worded { part.replace("\\,", ",") } else { part }
    };
    parts
        .iter()
        .enumerate()
        .map(|(index, part)| if index == 0 { unescape(part) } else { plain(index, part) })
        .collect()
}

/// The text form of what was typed into such boxes.
pub fn typed(items: &Items, boxes: &[String]) -> String {
    let text = |index: usize| boxes.get(index).map_or("", |text| text.trim());
    if !items.is_grouped() {
        return text(0).to_string();
    }
    let parts = (0..items.parts.len()).map(|index| {
        // In a box, `+` and `,` stand between values; what would end the row does not.
        text(index + 1).replace(';', "\\;").replace('=', "\\=")
    });
    std::iter::once(escape(text(0))).chain(parts).collect::<Vec<_>>().join("=")
}

/// What a part holds: no value, one, or several.
fn cell(part: &Part, wire: Option<&Json>) -> Option<Vec<String>> {
    let one = |wire: &Json| match &part.id {
        Some(id) if wire.is_object() => {
            let id = scalar(id.of(wire)?, part.whole)?;
            let beside = part.value.as_ref().and_then(|value| value.of(wire)).and_then(Json::as_str);
            Some(beside.filter(|text| !text.is_empty()).map_or(id.clone(), |text| [&id, ": ", text].concat()))
        }
        _ => scalar(wire, part.whole),
    };
    match wire {
        None | Some(Json::Null) => Some(Vec::new()),
        Some(Json::Array(values)) => values.iter().map(one).collect(),
        Some(wire) => one(wire).map(|text| vec![text]),
    }
}

/// The id in a value of a part, and the text beside it.
pub fn id_in<'t>(part: &Part, text: &'t str) -> (&'t str, Option<&'t str>) {
    match text.split_once(':').filter(|_| part.value.is_some()) {
        Some((id, beside)) => (id.trim(), Some(beside.trim())),
        None => (text, None),
    }
}

/// A value of a part as it is when it is read: a text beside an id has one space before it.
fn spelled(part: &Part, text: &str) -> String {
    match text.split_once(':').map(|(id, beside)| (id.trim(), beside.trim())).filter(|_| part.value.is_some())
    {
        None => text.trim().to_string(),
        Some((id, "")) => id.to_string(),
        Some((id, beside)) => [id, ": ", beside].concat(),
    }
}

fn part_fits(part: &Part, cell: &[String]) -> Result<(), Problem> {
    if cell.is_empty() {
        return Err(Problem::PartMissing(part.label.clone()));
    }
    if cell.len() > 1 && part.shape == Shape::One {
        return Err(Problem::OneOnly(part.label.clone()));
    }
    for text in cell {
        let (id, _) = id_in(part, text);
        if part.whole && !is_whole(id) {
            return Err(Problem::NotANumber);
        }
        limited(&part.limits, id)?;
    }
    Ok(())
}

/// One value of a part, in its wire form.
fn value(part: &Part, text: &str) -> Json {
    let Some(id) = &part.id else {
        return json(text, part.whole);
    };
    let (own, beside) = match (&part.value, text.split_once(':')) {
        (Some(place), Some((own, beside))) => (own.trim(), Some((place, beside.trim()))),
        _ => (text, None),
    };
    let mut object = Json::Object(Map::new());
    id.set(&mut object, json(own, part.whole));
    if let Some((place, beside)) = beside {
        place.set(&mut object, Json::String(beside.to_string()));
    }
    object
}

fn scalar(wire: &Json, whole: bool) -> Option<String> {
    match wire {
        Json::String(text) if !whole => Some(text.clone()),
        Json::Number(number) if whole => Some(number.to_string()),
        _ => None,
    }
}

fn json(text: &str, whole: bool) -> Json {
    match text.parse::<Number>() {
        Ok(number) if whole => Json::Number(number),
        _ => Json::String(text.to_string()),
    }
}

/// Zero or more, without a sign or leading zeros: an id.
fn is_whole(text: &str) -> bool {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits && (text == "0" || !text.starts_with('0'))
}

/// Splits at separators that have no `\` before them.
pub fn split(text: &str, separators: &[char]) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for letter in text.chars() {
        if separators.contains(&letter) && !escaped {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
        escaped = letter == '\\' && !escaped;
    }
    parts
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if ['\\', ';', ',', '=', '+', '\n'].contains(&letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        out.push(if letter == '\\' { letters.next().unwrap_or(letter) } else { letter });
    }
    out
}

#[cfg(test)]
mod tests;
