//! One call on its way, whoever makes it: no sooner than the provider's pace allows, and no longer than the time limit.

use std::time::Duration;

use leptos::prelude::*;

use crate::browser::clock;
use crate::browser::fetch::{Stop, send};
use crate::provider::Provider;
use crate::transport::pace::{self, Rules};
use crate::transport::{NoAnswer, Response, Signed};

use super::state::Desk;

/// Sends when the pace allows it, and counts the call. `paced` hears how many seconds are left until then.
pub async fn call(
    desk: Desk,
    provider: &Provider,
    rules: &Rules,
    signed: Signed,
    stop: &Stop,
    paced: &dyn Fn(Option<u64>),
) -> Result<Response, NoAnswer> {
    call_within(desk.time_limit(), desk, provider, rules, signed, stop, paced).await
}

/// The same with a time limit of its own.
pub async fn call_within(
    limit: Duration,
    desk: Desk,
    provider: &Provider,
    rules: &Rules,
    signed: Signed,
    stop: &Stop,
    paced: &dyn Fn(Option<u64>),
) -> Result<Response, NoAnswer> {
    if !pause(desk, rules, stop, paced).await {
        return Err(NoAnswer::Withdrawn);
    }
    let answer = send(signed, limit, stop).await;
    let now = clock::moment().now;
    let told = answer.as_ref().ok().and_then(|answer| pace::told(&provider.pace, answer, now / 1000));
    desk.calls.update_value(|calls| {
        // The clock is cut to whole milliseconds, and a pause must not be short of one.
        calls.end(rules, now + 1);
        if let Some(wait) = told {
            calls.hold(now + wait.as_millis() as u64);
        }
    });
    answer
}

/// Waits until another call is allowed, and counts it; no if it was stopped by then.
async fn pause(desk: Desk, rules: &Rules, stop: &Stop, paced: &dyn Fn(Option<u64>)) -> bool {
    loop {
        let now = clock::moment().now;
        let wait = desk.calls.with_value(|calls| pace::wait(rules, calls, now));
        paced((!wait.is_zero()).then(|| wait.as_millis().div_ceil(1000) as u64));
        if stop.is_stopped() {
            paced(None);
            return false;
        }
        if wait.is_zero() {
            desk.calls.update_value(|calls| calls.begin(rules, now));
            return true;
        }
        clock::pass(wait.min(Duration::from_secs(1))).await;
    }
}
