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
