//! How fast a provider may be called.
//!
//! In: the [`Rules`] that hold for one call, the [`Calls`] there were, and how long to [`wait`].
//! Deliberately not in: a clock, and waiting itself. Moments are milliseconds of any one clock.

#[cfg(test)]
mod tests;

use std::time::Duration;

use crate::provider::answers::{Pace, Rate};

use super::response::Response;
use super::retry;

/// The rules that hold for one call. Their keys say with which other calls it shares them: all calls of
/// one token, of one address, or those about one member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules(pub Vec<Rule>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub key: String,
    pub rate: Rate,
}

/// The calls that still count. Those that do not are dropped, so it stays small however long a job is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    slots: Vec<Slot>,
    held_until: u64,
}

/// One call under one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Slot {
    rule: Rule,
    /// When it stops to count; `None` while the call is under way and its end decides.
    until: Option<u64>,
}

impl Rules {
    /// The rules of a provider for one call: at this server, about this member.
    pub fn of(pace: &Pace, server: &str, member: &str) -> Rules {
        let key = |kind: &str, about: &str| [kind, " ", server, " ", about].concat();
        let rules = [
            pace.member.map(|rate| Rule { key: key("member", member), rate }),
            pace.token.map(|rate| Rule { key: key("token", ""), rate }),
            pace.address.map(|rate| Rule { key: key("address", ""), rate }),
        ];
        Rules(rules.into_iter().flatten().collect())
    }
}

/// How long nobody may call, by what an answer says: no calls are left until the count starts again.
/// `now` is in seconds since 1970.
pub fn told(pace: &Pace, response: &Response, now: u64) -> Option<Duration> {
    let left = response.header(pace.remaining.as_ref()?)?;
    let reset = response.header(pace.reset.as_ref()?);
    match retry::reset(reset, response.header("Date"), now, Duration::ZERO) {
        retry::Wait::For(time) if left.trim() == "0" => Some(time),
        _ => None,
    }
}

/// How long to wait before a call under these rules may start. Ask again after waiting: another call may
/// have started, or one that counted from its end may still be under way.
pub fn wait(rules: &Rules, calls: &Calls, now_ms: u64) -> Duration {
    let held = Duration::from_millis(calls.held_until.saturating_sub(now_ms));
    let each = rules.0.iter().map(|rule| calls.wait(rule, now_ms));
    each.fold(held, Duration::max)
}

impl Calls {
    /// A call under these rules starts.
    pub fn begin(&mut self, rules: &Rules, now_ms: u64) {
        self.slots.retain(|slot| slot.until.is_none_or(|until| until > now_ms));
        for rule in &rules.0 {
            let until = match rule.rate {
                Rate::Calls { per, .. } => Some(now_ms + milliseconds(per)),
                Rate::Gap(_) => None,
            };
            self.slots.push(Slot { rule: rule.clone(), until });
        }
    }

    /// It has ended, with an answer or without.
    pub fn end(&mut self, rules: &Rules, now_ms: u64) {
        for rule in &rules.0 {
            if let Rate::Gap(gap) = rule.rate
                && let Some(slot) =
                    self.slots.iter_mut().find(|slot| slot.rule == *rule && slot.until.is_none())
            {
                slot.until = Some(now_ms + milliseconds(gap));
            }
        }
    }

    /// The provider asked everybody to wait (`Retry-After`): no call of any kind before this moment.
    pub fn hold(&mut self, until_ms: u64) {
        self.held_until = self.held_until.max(until_ms);
    }

    fn wait(&self, rule: &Rule, now_ms: u64) -> Duration {
        let (most, span) = match rule.rate {
            Rate::Calls { most, per } => (most.max(1) as usize, per),
            Rate::Gap(gap) => (1, gap),
        };
        let own = self.slots.iter().filter(|slot| slot.rule == *rule);
        let mut ends: Vec<u64> = own
            .map(|slot| slot.until.unwrap_or(now_ms + milliseconds(span)))
            .filter(|until| *until > now_ms)
            .collect();
        ends.sort_unstable();
        // When the first `len - most + 1` have stopped to count there is room for one more.
        let Some(last) = ends.len().checked_sub(most) else {
            return Duration::ZERO;
        };
        // A clock that was set back must not make anybody wait longer than the rule says.
        Duration::from_millis(ends[last] - now_ms).min(span)
    }
}

/// Rounded up: a millisecond too late is polite, one too early is refused.
fn milliseconds(span: Duration) -> u64 {
    u64::try_from(span.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX / 2)
}
