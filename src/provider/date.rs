//! Dates as providers write them. Here a date is always `YYYY-MM-DD` (RFC 3339, full-date).

/// How one provider spells a date, in tokens: `YYYY`, `MM` and `DD` have all their digits, `M` and `D` as many
/// as they need, `MMMM` and `dddd` are English names of months and days. All else stands for itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Format(Vec<Part>);

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Year,
    Month { padded: bool },
    MonthName,
    Day { padded: bool },
    DayName,
    Text(char),
}

const TOKENS: [(&str, Part); 7] = [
    ("YYYY", Part::Year),
    ("MMMM", Part::MonthName),
    ("dddd", Part::DayName),
    ("MM", Part::Month { padded: true }),
    ("DD", Part::Day { padded: true }),
    ("M", Part::Month { padded: false }),
    ("D", Part::Day { padded: false }),
];

pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Format {
    /// Refuses one that does not name a year, a month and a day once each.
    pub fn parse(text: &str) -> Option<Format> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let token = TOKENS.iter().find(|(token, _)| rest.starts_with(token));
            let (length, part) = match token {
                Some((token, part)) => (token.len(), part.clone()),
                None => (letter.len_utf8(), Part::Text(letter)),
            };
            parts.push(part);
            rest = &rest[length..];
        }
        let count = |is: fn(&Part) -> bool| parts.iter().filter(|part| is(part)).count();
        let whole = count(|part| *part == Part::Year) == 1
            && count(|part| matches!(part, Part::Month { .. } | Part::MonthName)) == 1
            && count(|part| matches!(part, Part::Day { .. })) == 1;
        whole.then_some(Format(parts))
    }

    /// The date that a text of this form means, as `YYYY-MM-DD`.
    pub fn read(&self, text: &str) -> Option<String> {
        let (mut year, mut month, mut day) = (0, 0, 0);
        let mut rest = text;
        for part in &self.0 {
            rest = match part {
                Part::Text(letter) => rest.strip_prefix(*letter)?,
                Part::Year => number(rest, 4, true, &mut year)?,
                Part::Month { padded } => number(rest, 2, *padded, &mut month)?,
                Part::Day { padded } => number(rest, 2, *padded, &mut day)?,
                Part::MonthName => {
                    let (index, name) =
                        MONTHS.iter().enumerate().find(|(_, name)| rest.starts_with(*name))?;
                    month = index as u32 + 1;
                    &rest[name.len()..]
                }
                Part::DayName => rest.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()),
            };
        }
        (rest.is_empty()).then(|| iso(year, month, day)).flatten()
    }

    /// A date in this form; nothing if it is none.
    pub fn write(&self, date: &str) -> Option<String> {
        let (year, month, day) = parts(date)?;
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Year => text.push_str(&padded(year, 4)),
                Part::Month { padded: true } => text.push_str(&padded(month, 2)),
                Part::Month { padded: false } => text.push_str(&month.to_string()),
                Part::MonthName => text.push_str(MONTHS.get(month as usize - 1)?),
                Part::Day { padded: true } => text.push_str(&padded(day, 2)),
                Part::Day { padded: false } => text.push_str(&day.to_string()),
                // The day's name is for reading: no form that is written needs it.
                Part::DayName => return None,
                Part::Text(letter) => text.push(*letter),
            }
        }
        Some(text)
    }
}

/// Year, month and day of a `YYYY-MM-DD` that is a day of the calendar.
pub fn parts(date: &str) -> Option<(u32, u32, u32)> {
    let bytes = date.as_bytes();
    let shaped = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten();
    if !shaped || !date.is_ascii() {
        return None;
    }
    let (year, month, day) = (digits(&date[..4])?, digits(&date[5..7])?, digits(&date[8..])?);
    iso(year, month, day).map(|_| (year, month, day))
}

/// `YYYY-MM-DD`, if there is such a day.
pub fn iso(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let is_day = (1..=9999).contains(&year) && (1..=last).contains(&day);
    is_day.then(|| [padded(year, 4), padded(month, 2), padded(day, 2)].join("-"))
}

/// The day of a moment, in milliseconds since 1970, at Greenwich.
pub fn of_moment(milliseconds: u64) -> String {
    let mut days = milliseconds / 86_400_000;
    let mut year = 1970;
    let length = |year: u32| if iso(year, 2, 29).is_some() { 366 } else { 365 };
    while days >= length(year) && year < 9999 {
        days -= length(year);
        year += 1;
    }
    let all = (1..=12).flat_map(|month| (1..=31).filter_map(move |day| iso(year, month, day)));
    all.into_iter().nth(days as usize).unwrap_or_default()
}

fn padded(number: u32, width: usize) -> String {
    let digits = number.to_string();
    ["0".repeat(width.saturating_sub(digits.len())), digits].concat()
}

/// Reads up to `most` digits, exactly so many if it is padded.
fn number<'t>(text: &'t str, most: usize, padded: bool, into: &mut u32) -> Option<&'t str> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if length == 0 || (padded && length < most) {
        return None;
    }
    *into = text[..length].parse().ok()?;
    Some(&text[length..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_in_every_spelling_and_written_in_one() {
        let check = |format: &str, text: &str, date: Option<&str>| {
            let format = Format::parse(format).expect("a format");
            assert_eq!(format.read(text).as_deref(), date, "{text}");
        };
        check("YYYY-MM-DD", "1992-06-21", Some("1992-06-21"));
        check("YYYY/M/D", "1992/6/21", Some("1992-06-21"));
        check("M/D/YYYY", "6/21/1992", Some("1992-06-21"));
        check("M/D/YYYY", "06/21/1992", Some("1992-06-21"));
        check("dddd, MMMM D, YYYY", "Tuesday, July 11, 2000", Some("2000-07-11"));
        check("YYYY-MM-DDT00:00:00", "1992-06-21T00:00:00", Some("1992-06-21"));
        check("M/D/YYYY", "2/29/2023", None);
        check("M/D/YYYY", "2/29/2024", Some("2024-02-29"));
        check("M/D/YYYY", "21/6/1992", None);
        check("YYYY-MM-DD", "1992-6-21", None);
        check("M/D/YYYY", "6/21/1992 ", None);
        let format = Format::parse("MM/DD/YYYY").expect("a format");
        assert_eq!(format.write("1992-06-01").as_deref(), Some("06/01/1992"));
        assert_eq!(format.write("1992-13-01"), None);
        for wrong in ["", "YYYY", "MM/DD", "MM/MM/DD/YYYY", "D MMMM"] {
            assert_eq!(Format::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_moment_is_a_day() {
        assert_eq!(of_moment(0), "1970-01-01");
        assert_eq!(of_moment(951_782_400_000), "2000-02-29");
        assert_eq!(of_moment(1_800_000_000_000), "2027-01-15");
    }
}
