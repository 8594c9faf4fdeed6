use crate::words::{Words, say};

/// From so many minutes before its end on, a sign-in is counted down.
const SHOWN: u64 = 60;

/// From so many minutes before its end on, it is time to be done.
const SOON: u64 = 5;

const MINUTE: u64 = 60_000;

/// How long a sign-in is still good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Countdown {
    /// Longer than anybody counts.
    Long,
    /// So many minutes, a part of one counted as a whole one.
    Minutes(usize),
    /// The same, and they are few.
    Soon(usize),
    Over,
}

impl Countdown {
    /// Both in milliseconds since 1970.
    pub fn of(ends: u64, now: u64) -> Countdown {
        let left = ends.saturating_sub(now).div_ceil(MINUTE);
        let count = usize::try_from(left).unwrap_or(usize::MAX);
        match left {
            0 => Countdown::Over,
            1..=SOON => Countdown::Soon(count),
            left if left <= SHOWN => Countdown::Minutes(count),
            _ => Countdown::Long,
        }
    }

    /// What is said of a sign-in that ends at this time of the day; nothing as long as it is good for long.
    pub fn words(self, time: &str) -> Words {
        match self {
            Countdown::Long => Words::none(),
            Countdown::Minutes(count) | Countdown::Soon(count) => say::until_left(time, count),
            Countdown::Over => say::until_over(),
        }
    }
}

#[cfg(test)]
mod tests;
