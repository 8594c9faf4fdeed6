//! How long to wait before asking again.
//!
//! In: what a provider says ([`retry_after`], [`reset`]), what to do when it says nothing ([`backoff`]), and
//! how often that is done ([`again`]).
//! Deliberately not in: whether to ask again. A change that may have been applied is read first.

mod date;

#[cfg(test)]
mod tests;

use std::time::Duration;

/// How often one call is tried in all.
pub const MAX_TRIES: u32 = 4;

const LEAST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// RFC 9111, 1.2.2: a greater number of seconds counts as this one.
const MOST_SECONDS: u64 = 1 << 31;

/// A wait, or one so long that a person must decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    For(Duration),
    /// Over an hour: a person may rather come back later.
    Ask(Duration),
}

/// What a `Retry-After` header asks for: seconds, or a date in one of HTTP's three forms.
///
/// A date is compared with the answer's own `Date`, because a computer's clock may be wrong; without
/// one, with `now` (seconds since 1970). What is neither gives the fallback. Never less than a second:
/// a provider that says 0 has just said no.
pub fn retry_after(value: Option<&str>, date: Option<&str>, now: u64, fallback: Duration) -> Wait {
    let moment = moment(date, now);
    let told = value.and_then(|value| match digits(value) {
        Some(seconds) => Some(seconds),
        None => date::parse(value, moment).map(|then| then.saturating_sub(moment)),
    });
    wait(told, fallback)
}

/// What a header like `X-RateLimit-Reset` asks for: the moment, in seconds since 1970, at which the
/// count starts again. Some say it in milliseconds, some say the seconds left: the size tells.
pub fn reset(value: Option<&str>, date: Option<&str>, now: u64, fallback: Duration) -> Wait {
    /// 2001 in seconds, 1973 in milliseconds: nothing in use lies on the wrong side of them.
    const FIRST_MOMENT: u64 = 1_000_000_000;
    const FIRST_MILLISECOND: u64 = 100_000_000_000;
    let moment = moment(date, now);
    let told = value.and_then(digits).map(|number| match number {
        0..FIRST_MOMENT => number,
        FIRST_MOMENT..FIRST_MILLISECOND => number.saturating_sub(moment),
        _ => number.div_ceil(1000).saturating_sub(moment),
    });
    wait(told, fallback)
}

/// How long to wait when the provider does not say: anything up to 1 s · 2ⁿ, at most a minute, so that
/// those who were refused together do not come back together. The first attempt is 0; the dice is any
/// number.
pub fn backoff(attempt: u32, dice: u32) -> Duration {
    let most = 1000_u64 << attempt.min(6);
    let milliseconds = (most.min(60_000) * u64::from(dice)) >> 32;
    Duration::from_millis(milliseconds)
}

/// How long to wait before a call that was told to wait is made once more: so many times in a row it was told so.
/// Nothing if that was often enough, or if the wait is one for a person to decide.
pub fn again(tries: u32, wait: Wait, dice: u32) -> Option<Duration> {
    match wait {
        // Those who were refused together shall not come back together.
        Wait::For(time) if tries < MAX_TRIES => Some(time + backoff(tries.saturating_sub(1), dice)),
        _ => None,
    }
}

fn wait(told: Option<u64>, fallback: Duration) -> Wait {
    let wait = told.map_or(fallback, |told| Duration::from_secs(told.min(MOST_SECONDS))).max(LEAST);
    if wait > LONGEST { Wait::Ask(wait) } else { Wait::For(wait) }
}

fn moment(date: Option<&str>, now: u64) -> u64 {
    date.and_then(|date| date::parse(date, now)).unwrap_or(now)
}

/// A number of digits alone: no sign, no point, no list. One too great for us is as great as it gets.
fn digits(value: &str) -> Option<u64> {
    let value = value.trim();
    let all = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| value.parse().unwrap_or(u64::MAX))
}
