//! Token buckets, the usual way to limit a rate. Time comes in as a value.

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

#[cfg(test)]
mod tests;
