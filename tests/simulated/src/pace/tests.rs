use super::*;

/// How many of ten calls at once pass, after a wait.
fn passing(buckets: &mut Buckets, key: &str, now: Instant) -> usize {
    (0..10).filter(|_| buckets.take(key, now)).count()
}

#[test]
fn five_calls_pass_at_once_and_five_more_after_a_second() {
    let mut buckets = Buckets::new(5, Duration::from_secs(1));
    let start = Instant::now();
    assert_eq!(passing(&mut buckets, "a", start), 5);
    assert_eq!(passing(&mut buckets, "a", start + Duration::from_millis(199)), 0);
    assert_eq!(passing(&mut buckets, "a", start + Duration::from_millis(401)), 2);
    assert_eq!(passing(&mut buckets, "a", start + Duration::from_secs(60)), 5);
}

#[test]
fn each_key_has_its_own_bucket() {
    let mut buckets = Buckets::new(5, Duration::from_secs(1));
    let start = Instant::now();
    assert_eq!(passing(&mut buckets, "a", start), 5);
    assert_eq!(passing(&mut buckets, "b", start), 5);
}

#[test]
fn a_clock_that_steps_back_neither_fills_nor_empties() {
    let mut buckets = Buckets::new(5, Duration::from_secs(1));
    let start = Instant::now() + Duration::from_secs(10);
    assert_eq!(passing(&mut buckets, "a", start), 5);
    assert_eq!(passing(&mut buckets, "a", start - Duration::from_secs(5)), 0);
    assert_eq!(passing(&mut buckets, "a", start + Duration::from_millis(201)), 1);
}

#[test]
fn a_pause_is_measured_from_the_last_answer_or_call() {
    let mut pauses = Pauses::new(Duration::from_secs(1));
    let start = Instant::now();
    let at = |millis| start + Duration::from_millis(millis);
    assert!(pauses.begin("a", at(0)));
    assert!(!pauses.begin("a", at(999)), "the first is not even answered");
    assert!(pauses.begin("b", at(999)), "each key has its own pause");
    assert!(pauses.begin("a", at(1999)));
    pauses.end("a", at(3000));
    assert!(!pauses.begin("a", at(3999)));
    pauses.end("a", at(4500));
    assert!(!pauses.begin("a", at(5499)));
    assert!(pauses.begin("a", at(6499)));
}

#[test]
fn an_unanswered_call_is_in_the_way_only_for_as_long_as_a_pause() {
    let mut pauses = Pauses::new(Duration::from_secs(1));
    let start = Instant::now();
    assert!(pauses.begin("a", start));
    assert!(pauses.begin("a", start + Duration::from_secs(1)));
    pauses.end("a", start);
    assert!(!pauses.begin("a", start + Duration::from_millis(1500)), "a clock that steps back lifts nothing");
}

#[test]
fn a_window_is_full_again_when_its_time_has_come() {
    let mut window = Window::new(2, 60);
    assert_eq!(window.at(1000), (2, 1060));
    assert!(window.take(1010) && window.take(1059));
    assert!(!window.take(1059));
    assert_eq!(window.at(1059), (0, 1060));
    assert!(window.take(1060));
    assert_eq!(window.at(1061), (1, 1120));
    window.set(0, 1070);
    assert!(!window.take(1069) && window.take(1070));
}
