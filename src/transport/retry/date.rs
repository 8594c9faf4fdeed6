//! HTTP's three forms of a date (RFC 9110, 5.6.7).

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// Seconds since 1970; 0 for what was before. `now` decides the century of a year of two digits.
pub(super) fn parse(text: &str, now: u64) -> Option<u64> {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    match words[..] {
        // Sun, 06 Nov 1994 08:49:37 GMT
        [name, day, month, year, time, "GMT"] => {
            is_day(name.strip_suffix(',')?, |day| &day[..3])?;
            moment(number(year, 4)?, month, number(day, 2)?, time)
        }
        // Sunday, 06-Nov-94 08:49:37 GMT
        [name, date, time, "GMT"] => {
            is_day(name.strip_suffix(',')?, |day| day)?;
            let mut parts = date.split('-');
            let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
            let year = whole_year(number(year, 2)?, now);
            parts.next().is_none().then_some(())?;
            moment(year, month, number(day, 2)?, time)
        }
        // Sun Nov  6 08:49:37 1994
        [name, month, day, time, year] => {
            is_day(name, |day| &day[..3])?;
            moment(number(year, 4)?, month, number(day, day.len().min(2))?, time)
        }
        _ => None,
    }
}

fn is_day(name: &str, form: impl Fn(&'static str) -> &'static str) -> Option<()> {
    DAYS.iter().any(|day| form(day) == name).then_some(())
}

/// A number of exactly so many digits.
fn number(text: &str, digits: usize) -> Option<u64> {
    let fits = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| fits)
}

/// A year of two digits that would be more than fifty years ahead is in the past.
fn whole_year(short: u64, now: u64) -> u64 {
    let this = 1970 + now / 31_556_952;
    let year = this - this % 100 + short;
    if year > this + 50 { year - 100 } else { year }
}

fn moment(year: u64, month: &str, day: u64, time: &str) -> Option<u64> {
    let month = 1 + MONTHS.iter().position(|name| *name == month)? as u64;
    if day == 0 || day > days_in(year, month) {
        return None;
    }
    let mut parts = time.split(':');
    let (hour, minute, second) =
        (number(parts.next()?, 2)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    // 60 is a leap second.
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    Some(days_since_1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second)
        .filter(|_| year >= 1970)
        .or(Some(0))
}

fn days_in(year: u64, month: u64) -> u64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_since_1970(year: u64, month: u64, day: u64) -> u64 {
    let years: u64 = (1970..year).map(|year| if is_leap(year) { 366 } else { 365 }).sum();
    let months: u64 = (1..month).map(|month| days_in(year, month)).sum();
    years + months + day - 1
}
