//! Calendar dates, in the spellings that Toluna takes and gives.

use crate::clock;

const DAY: i64 = 86_400;
const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS: [&str; 12] = [
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    year: i64,
    month: i64,
    day: i64,
}

impl Date {
    /// A date as updates have it: exactly MM/DD/YYYY.
    pub(super) fn sent(text: &str) -> Option<Date> {
        let fits =
            |(at, byte): (usize, u8)| if at == 2 || at == 5 { byte == b'/' } else { byte.is_ascii_digit() };
        if text.len() != 10 || !text.bytes().enumerate().all(fits) {
            return None;
        }
        Date::new(&text[6..], &text[..2], &text[3..5])
    }

    /// A date in any of the spellings that records have: 1992-06-21, 1992/6/21, 6/21/1992.
    pub(super) fn stored(text: &str) -> Option<Date> {
        let parts: Vec<&str> = text.split(['-', '/']).collect();
        match parts[..] {
            [year, month, day] if year.len() == 4 => Date::new(year, month, day),
            [month, day, year] => Date::new(year, month, day),
            _ => None,
        }
    }

    fn new(year: &str, month: &str, day: &str) -> Option<Date> {
        let date = Date { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        date.start().filter(|_| date.year > 0).map(|_| date)
    }

    /// In the spelling of another date, so that a member keeps its own.
    pub(super) fn like(self, other: &str) -> String {
        let Date { year, month, day } = self;
        if other.contains('-') {
            format!("{year:04}-{month:02}-{day:02}")
        } else if other.find('/') == Some(4) {
            format!("{year}/{month}/{day}")
        } else {
            format!("{month}/{day}/{year}")
        }
    }

    /// As version 1 tells it: Tuesday, July 11, 2000.
    pub(super) fn long(self) -> String {
        // 1970 began on a Thursday.
        let weekday = (self.start().unwrap_or_default() / DAY + 4).rem_euclid(7);
        let name = |names: &[&'static str], at: i64| names[usize::try_from(at).unwrap_or_default()];
        format!("{}, {} {}, {}", name(&WEEKDAYS, weekday), name(&MONTHS, self.month - 1), self.day, self.year)
    }

    pub(super) fn is_future(self) -> bool {
        self.start().is_none_or(|start| start > clock::now())
    }

    /// Its first second; None if there is no such day.
    fn start(self) -> Option<i64> {
        clock::seconds(&format!("{:04}-{:02}-{:02}T00:00:00Z", self.year, self.month, self.day))
    }
}

#[cfg(test)]
mod tests;
