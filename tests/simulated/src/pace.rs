//! Limits of a rate: token buckets, the usual way, pauses, and windows. Time comes in as a value.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// One bucket per key: it holds `size` calls and is refilled evenly, `size` in every `per`.
#[derive(Clone)]
pub(crate) struct Buckets {
    size: u32,
    per: Duration,
    levels: HashMap<String, Level>,
}

#[derive(Clone, Copy)]
struct Level {
    calls: f64,
    at: Instant,
}

impl Buckets {
    pub(crate) fn new(size: u32, per: Duration) -> Buckets {
        Buckets { size, per, levels: HashMap::new() }
    }

    /// Takes one call out of the bucket of this key, if there is one left.
    pub(crate) fn take(&mut self, key: &str, now: Instant) -> bool {
        let full = f64::from(self.size);
        let level = self.levels.entry(key.to_string()).or_insert(Level { calls: full, at: now });
        let passed = now.saturating_duration_since(level.at).as_secs_f64();
        level.calls = (level.calls + full * passed / self.per.as_secs_f64()).min(full);
        level.at = level.at.max(now);
        let left = level.calls >= 1.0;
        if left {
            level.calls -= 1.0;
        }
        left
    }
}

/// What a caller has to leave between one call and the next, per key.
#[derive(Clone)]
pub(crate) struct Pauses {
    least: Duration,
    /// When a call last came or was answered.
    latest: HashMap<String, Instant>,
}

impl Pauses {
    pub(crate) fn new(least: Duration) -> Pauses {
        Pauses { least, latest: HashMap::new() }
    }

    /// A call comes; false if it comes too early. That counts as a call, too.
    pub(crate) fn begin(&mut self, key: &str, now: Instant) -> bool {
        let passed = self.latest.get(key).map(|latest| now.saturating_duration_since(*latest));
        self.end(key, now);
        passed.is_none_or(|passed| passed >= self.least)
    }

    /// A call is answered, from when on the pause is measured.
    pub(crate) fn end(&mut self, key: &str, now: Instant) {
        let latest = self.latest.entry(key.to_string()).or_insert(now);
        *latest = now.max(*latest);
    }
}

/// So many calls until a time of day that callers are told, and then as many again. Times are seconds.
#[derive(Clone)]
pub(crate) struct Window {
    size: u32,
    per: i64,
    left: u32,
    ends: i64,
}

impl Window {
    pub(crate) fn new(size: u32, per: i64) -> Window {
        Window { size, per, left: size, ends: i64::MIN }
    }

    /// Takes one call, if there is one left.
    pub(crate) fn take(&mut self, now: i64) -> bool {
        let (left, _) = self.at(now);
        self.left = left.saturating_sub(1);
        left > 0
    }

    /// The calls that are left, and when there are as many as ever.
    pub(crate) fn at(&mut self, now: i64) -> (u32, i64) {
        if now >= self.ends {
            self.set(self.size, now + self.per);
        }
        (self.left, self.ends)
    }

    pub(crate) fn set(&mut self, left: u32, ends: i64) {
        (self.left, self.ends) = (left, ends);
    }
}

#[cfg(test)]
mod tests;
