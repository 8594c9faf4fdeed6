use super::*;
use proptest::prelude::*;

const FALLBACK: Duration = Duration::from_secs(15);
/// Sun, 06 Nov 1994 08:49:37 GMT, the moment of RFC 9110's examples.
const MOMENT: u64 = 784_111_777;

fn secs(seconds: u64) -> Wait {
    Wait::For(Duration::from_secs(seconds))
}

fn ask(seconds: u64) -> Wait {
    Wait::Ask(Duration::from_secs(seconds))
}

#[test]
fn a_provider_says_how_long_to_wait() {
    fn check(value: Option<&str>, expected: Wait) {
        assert_eq!(retry_after(value, None, MOMENT, FALLBACK), expected, "{value:?}");
    }
    // As recorded for Webex, cases 27 to 43.
    check(Some("30"), secs(30));
    check(Some("60"), secs(60));
    check(Some("0"), secs(1));
    check(Some("1"), secs(1));
    check(Some("300"), secs(300));
    check(Some("45"), secs(45));
    check(None, secs(15));
    check(Some("rand(30),add(30)"), secs(15));
    check(Some("invalid"), secs(15));
    check(Some("30.5"), secs(15));
    check(Some("30 seconds"), secs(15));
    check(Some("30,60"), secs(15));
    check(Some(""), secs(15));
    check(Some("None"), secs(15));
    check(Some("null"), secs(15));
    check(Some("-1"), secs(15));
    check(Some("999999"), ask(999_999));
    // And worse.
    check(Some(" 7 "), secs(7));
    check(Some("007"), secs(7));
    check(Some("7, 1"), secs(15));
    check(Some("+7"), secs(15));
    check(Some("NaN"), secs(15));
    check(Some("Infinity"), secs(15));
    check(Some("1e3"), secs(15));
    check(Some("٣"), secs(15));
    check(Some("3600"), secs(3600));
    check(Some("3601"), ask(3601));
    check(Some("99999999999999999999999"), ask(1 << 31));
}

#[test]
fn the_fallback_has_the_same_bounds() {
    fn check(fallback: Duration, expected: Wait) {
        assert_eq!(retry_after(None, None, MOMENT, fallback), expected);
    }
    check(Duration::ZERO, secs(1));
    check(Duration::from_millis(1500), Wait::For(Duration::from_millis(1500)));
    check(Duration::from_secs(7200), ask(7200));
}

#[test]
fn a_date_is_compared_with_the_answers_own() {
    fn check(value: &str, date: Option<&str>, now: u64, expected: Wait) {
        assert_eq!(retry_after(Some(value), date, now, FALLBACK), expected, "{value:?} {date:?}");
    }
    let later = "Sun, 06 Nov 1994 08:50:07 GMT";
    check(later, None, MOMENT, secs(30));
    check(later, Some("Sun, 06 Nov 1994 08:49:37 GMT"), 0, secs(30));
    check(later, Some("Sun, 06 Nov 1994 08:49:37 GMT"), MOMENT + 9_999_999, secs(30));
    check(later, Some("yesterday"), MOMENT, secs(30));
    check("Sunday, 06-Nov-94 08:50:07 GMT", None, MOMENT, secs(30));
    check("Sun Nov  6 08:50:07 1994", Some("Sun Nov  6 08:49:37 1994"), 0, secs(30));
    check("Sun, 06 Nov 1994 08:00:00 GMT", None, MOMENT, secs(1));
    check("Mon, 07 Nov 1994 08:49:37 GMT", None, MOMENT, ask(86_400));
    check("Sun, 06 Nov 1994 08:50:07 CET", None, MOMENT, secs(15));
}

#[test]
fn http_has_three_forms_of_a_date() {
    fn check(text: &str, expected: Option<u64>) {
        assert_eq!(date::parse(text, 1_750_000_000), expected, "{text:?}");
    }
    check("Sun, 06 Nov 1994 08:49:37 GMT", Some(MOMENT));
    check("Sunday, 06-Nov-94 08:49:37 GMT", Some(MOMENT));
    check("Sun Nov  6 08:49:37 1994", Some(MOMENT));
    check("Thu, 01 Jan 1970 00:00:00 GMT", Some(0));
    check("Thu, 29 Feb 2024 23:59:60 GMT", Some(1_709_251_200));
    check("Tue, 19 Jan 2038 03:14:08 GMT", Some(1 << 31));
    check("Fri Dec 31 23:59:59 1999", Some(946_684_799));
    check("Wednesday, 01-Jan-70 00:00:00 GMT", Some(3_155_760_000));
    check("Friday, 01-Jan-99 00:00:00 GMT", Some(915_148_800));
    check("Wed, 01 Jan 1969 00:00:00 GMT", Some(0));
    for bad in [
        "",
        "Sun",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT",
        "Wed, 29 Feb 2023 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:00 GMT",
        "Sun, 06 Nov 1994 08:49 GMT",
        "Sun, 06 Nov 1994 8:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37:00 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06 Nov +994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sunday, 06-Nov-94-1 08:49:37 GMT",
        "Sun, 06-Nov-94 08:49:37 GMT",
        "Xyz, 06 Nov 1994 08:49:37 GMT",
        "Sun Nov 006 08:49:37 1994",
        "1994-11-06T08:49:37Z",
    ] {
        check(bad, None);
    }
}

#[test]
fn a_count_starts_again_at_a_moment() {
    fn check(value: Option<&str>, expected: Wait) {
        let now = 1_750_000_000;
        assert_eq!(reset(value, None, now, FALLBACK), expected, "{value:?}");
    }
    check(Some("1750000042"), secs(42));
    check(Some("1749999999"), secs(1));
    check(Some("1750000042000"), secs(42));
    check(Some("1750000041001"), secs(42));
    check(Some("42"), secs(42));
    check(Some("1750010000"), ask(10_000));
    check(Some("soon"), secs(15));
    check(Some(""), secs(15));
    check(None, secs(15));
    let by_date = reset(Some("784111807"), Some("Sun, 06 Nov 1994 08:49:37 GMT"), 0, FALLBACK);
    assert_eq!(by_date, ask(784_111_807), "before 2001 there were no such headers");
    let by_date = reset(Some("1709251210"), Some("Thu, 29 Feb 2024 23:59:60 GMT"), 0, FALLBACK);
    assert_eq!(by_date, secs(10));
}

#[test]
fn nobody_comes_back_at_the_same_time() {
    fn check(attempt: u32, dice: u32, expected: u64) {
        assert_eq!(backoff(attempt, dice), Duration::from_millis(expected), "{attempt} {dice}");
    }
    check(0, 0, 0);
    check(0, 1 << 31, 500);
    check(0, u32::MAX, 999);
    check(1, 1 << 31, 1000);
    check(5, 1 << 31, 16_000);
    check(6, 1 << 31, 30_000);
    check(u32::MAX, u32::MAX, 59_999);
}

proptest! {
    #[test]
    fn any_header_gives_a_wait(value: String, date: String, now: u64) {
        retry_after(Some(&value), Some(&date), now, FALLBACK);
        reset(Some(&value), Some(&date), now, FALLBACK);
    }

    #[test]
    fn a_wait_is_between_a_second_and_an_hour(value: u64, fallback in 0..10_000_u64, now: u64) {
        let value = value.to_string();
        for wait in [retry_after, reset].map(|told| told(Some(&value), None, now, Duration::from_secs(fallback))) {
            match wait {
                Wait::For(wait) => prop_assert!((LEAST..=LONGEST).contains(&wait)),
                Wait::Ask(wait) => prop_assert!(wait > LONGEST),
            }
        }
    }

    #[test]
    fn a_form_written_is_read_again(moment in 0..4_102_444_800_u64) {
        // The other way round, by counting, to check the calendar.
        let days = moment / 86_400;
        let (mut year, mut rest) = (1970_u64, days);
        let length = |year: u64| match (year % 4, year % 100, year % 400) {
            (_, _, 0) => 366,
            (_, 0, _) => 365,
            (0, ..) => 366,
            _ => 365,
        };
        while rest >= length(year) {
            rest -= length(year);
            year += 1;
        }
        let february = length(year) - 337;
        let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let mut month = 0;
        while rest >= months[month] {
            rest -= months[month];
            month += 1;
        }
        let name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month];
        let (hour, minute, second) = (moment % 86_400 / 3600, moment % 3600 / 60, moment % 60);
        let text = format!("Mon, {:02} {name} {year} {hour:02}:{minute:02}:{second:02} GMT", rest + 1);
        prop_assert_eq!(date::parse(&text, 0), Some(moment));
    }

    #[test]
    fn backoff_stays_below_its_cap(attempt: u32, dice: u32) {
        prop_assert!(backoff(attempt, dice) < Duration::from_secs(60));
    }
}
