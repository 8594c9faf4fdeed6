use super::*;
use proptest::prelude::*;

fn calls_rule(key: &str, most: u32, per_ms: u64) -> Rule {
    Rule { key: key.into(), rate: Rate::Calls { most, per: Duration::from_millis(per_ms) } }
}

fn gap_rule(key: &str, ms: u64) -> Rule {
    Rule { key: key.into(), rate: Rate::Gap(Duration::from_millis(ms)) }
}

fn check(rules: &Rules, calls: &Calls, now_ms: u64, expected_ms: u64) {
    assert_eq!(wait(rules, calls, now_ms), Duration::from_millis(expected_ms), "at {now_ms}");
}

#[test]
fn so_many_calls_in_a_time() {
    let rules = Rules(vec![calls_rule("token", 2, 1000)]);
    let mut calls = Calls::default();
    check(&rules, &calls, 0, 0);
    calls.begin(&rules, 100);
    check(&rules, &calls, 100, 0);
    calls.begin(&rules, 400);
    check(&rules, &calls, 400, 700);
    check(&rules, &calls, 1099, 1);
    check(&rules, &calls, 1100, 0);
    calls.begin(&rules, 1100);
    check(&rules, &calls, 1100, 300);
    check(&rules, &calls, 5000, 0);
    // More have started than may: all but one must have stopped to count.
    [6000, 6100, 6200].into_iter().for_each(|start| calls.begin(&rules, start));
    check(&rules, &calls, 6200, 900);
}

#[test]
fn a_gap_counts_from_the_end_of_the_last_call() {
    let rules = Rules(vec![gap_rule("member 7", 1000)]);
    let mut calls = Calls::default();
    check(&rules, &calls, 0, 0);
    calls.begin(&rules, 0);
    check(&rules, &calls, 0, 1000);
    check(&rules, &calls, 5000, 1000);
    calls.end(&rules, 5000);
    check(&rules, &calls, 5000, 1000);
    check(&rules, &calls, 5999, 1);
    check(&rules, &calls, 6000, 0);
}

#[test]
fn another_key_does_not_wait() {
    let seven = Rules(vec![gap_rule("member 7", 1000)]);
    let eight = Rules(vec![gap_rule("member 8", 1000)]);
    let mut calls = Calls::default();
    calls.begin(&seven, 0);
    calls.end(&seven, 10);
    check(&eight, &calls, 10, 0);
    check(&seven, &calls, 10, 1000);
}

#[test]
fn the_longest_of_all_rules_holds() {
    let rules =
        Rules(vec![calls_rule("token", 1, 300), gap_rule("member 7", 1000), calls_rule("address", 1, 2000)]);
    let mut calls = Calls::default();
    calls.begin(&rules, 0);
    calls.end(&rules, 50);
    check(&rules, &calls, 100, 1900);
    check(&Rules(rules.0[..2].to_vec()), &calls, 100, 950);
    check(&Rules(rules.0[..1].to_vec()), &calls, 100, 200);
    check(&Rules::default(), &calls, 100, 0);
}

#[test]
fn a_hold_is_for_everybody() {
    let mut calls = Calls::default();
    calls.hold(5000);
    calls.hold(3000);
    check(&Rules::default(), &calls, 1000, 4000);
    check(&Rules(vec![gap_rule("x", 10)]), &calls, 4999, 1);
    check(&Rules::default(), &calls, 5000, 0);
}

#[test]
fn odd_rules_and_clocks_do_not_stop_a_job() {
    let none = Rules(vec![calls_rule("token", 0, 1000)]);
    let mut calls = Calls::default();
    check(&none, &calls, 0, 0);
    calls.begin(&none, 1_000_000);
    // The clock was set back.
    check(&none, &calls, 0, 1000);
    // An end without a beginning.
    calls.end(&Rules(vec![gap_rule("x", 10)]), 0);
    check(&Rules(vec![gap_rule("x", 10)]), &calls, 0, 0);
    let endless = Rules(vec![Rule { key: "x".into(), rate: Rate::Gap(Duration::MAX) }]);
    calls.begin(&endless, 5);
    calls.end(&endless, 5);
    assert!(wait(&endless, &calls, 5) > Duration::from_secs(1 << 31));
}

#[test]
fn what_no_longer_counts_is_dropped() {
    let mut calls = Calls::default();
    for member in 0..10_000_u64 {
        let rules = Rules(vec![calls_rule("token", 5, 1000), gap_rule(&member.to_string(), 1000)]);
        let now = member * 200;
        calls.begin(&rules, now);
        calls.end(&rules, now + 100);
        assert!(calls.slots.len() <= 12, "{}", calls.slots.len());
    }
}

#[test]
fn an_answer_that_says_that_no_calls_are_left_holds_everybody_until_the_count_starts_again() {
    const NOW: u64 = 1_800_000_000;
    let pace = |reset: Option<&str>, remaining: Option<&str>| Pace {
        reset: reset.map(str::to_string),
        remaining: remaining.map(str::to_string),
        ..Pace::default()
    };
    let both = pace(Some("X-RateLimit-Reset"), Some("X-RateLimit-Remaining"));
    let check = |pace: &Pace, headers: &[(&str, &str)], seconds: Option<u64>| {
        let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let response =
            Response { status: 200, headers, body: String::new(), url: None, timing: Default::default() };
        assert_eq!(told(pace, &response, NOW), seconds.map(Duration::from_secs), "{response:?}");
    };
    let none_left = ("x-ratelimit-remaining", "0");
    check(&both, &[none_left, ("X-RateLimit-Reset", "1800000042")], Some(42));
    check(&both, &[("X-RateLimit-Remaining", " 0 "), ("X-RateLimit-Reset", "42")], Some(42));
    check(&both, &[none_left, ("X-RateLimit-Reset", "1800000042000")], Some(42));
    // The moment has passed, by the answer's own clock or ours: a second is polite.
    check(&both, &[none_left, ("X-RateLimit-Reset", "1799999999")], Some(1));
    let clock = ("Date", "Fri, 15 Jan 2027 08:00:30 GMT");
    check(&both, &[none_left, ("X-RateLimit-Reset", "1800000042"), clock], Some(12));
    // Some are left, or nobody says how many.
    check(&both, &[("X-RateLimit-Remaining", "1"), ("X-RateLimit-Reset", "1800000042")], None);
    check(&both, &[("X-RateLimit-Remaining", "00"), ("X-RateLimit-Reset", "1800000042")], None);
    check(&both, &[("X-RateLimit-Remaining", "none"), ("X-RateLimit-Reset", "1800000042")], None);
    check(&both, &[("X-RateLimit-Reset", "1800000042")], None);
    // Nobody says when: it is asked again after a second.
    check(&both, &[none_left], Some(1));
    check(&both, &[none_left, ("X-RateLimit-Reset", "soon")], Some(1));
    // A wait of more than an hour is a person's to decide, when it is refused.
    check(&both, &[none_left, ("X-RateLimit-Reset", "1800003600")], Some(3600));
    check(&both, &[none_left, ("X-RateLimit-Reset", "1800003601")], None);
    let headers = &[none_left, ("X-RateLimit-Reset", "1800000042")];
    check(&pace(None, Some("X-RateLimit-Remaining")), headers, None);
    check(&pace(Some("X-RateLimit-Reset"), None), headers, None);
    check(&Pace::default(), headers, None);
}

proptest! {
    #[test]
    fn no_window_ever_has_too_many_calls(most in 1..6_u32, per in 1..2000_u64, steps in proptest::collection::vec(0..900_u64, 1..60)) {
        let rules = Rules(vec![calls_rule("token", most, per)]);
        let (mut calls, mut now, mut starts) = (Calls::default(), 0, Vec::new());
        for step in steps {
            now += step;
            now += wait(&rules, &calls, now).as_millis() as u64;
            prop_assert_eq!(wait(&rules, &calls, now), Duration::ZERO);
            calls.begin(&rules, now);
            starts.push(now);
        }
        for window in starts.windows(most as usize + 1) {
            prop_assert!(window[most as usize] - window[0] >= per);
        }
    }

    #[test]
    fn no_call_starts_within_a_gap(gap in 1..2000_u64, steps in proptest::collection::vec((0..900_u64, 0..900_u64), 1..60)) {
        let rules = Rules(vec![gap_rule("member", gap)]);
        let (mut calls, mut now, mut ended) = (Calls::default(), 0, None);
        for (idle, length) in steps {
            now += idle;
            now += wait(&rules, &calls, now).as_millis() as u64;
            if let Some(ended) = ended {
                prop_assert!(now - ended >= gap);
            }
            calls.begin(&rules, now);
            now += length;
            calls.end(&rules, now);
            ended = Some(now);
        }
    }
}
