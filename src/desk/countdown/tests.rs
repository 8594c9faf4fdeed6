use super::Countdown;

const MINUTE: u64 = 60_000;
const ENDS: u64 = 1_000 * MINUTE;

#[test]
fn minutes_are_counted_in_the_last_hour() {
    let check = |left: u64, expected: Countdown| assert_eq!(Countdown::of(ENDS, ENDS - left), expected);
    check(600 * MINUTE, Countdown::Long);
    check(60 * MINUTE + 1, Countdown::Long);
    check(60 * MINUTE, Countdown::Minutes(60));
    check(23 * MINUTE - 1, Countdown::Minutes(23));
    check(5 * MINUTE + 1, Countdown::Minutes(6));
    check(5 * MINUTE, Countdown::Soon(5));
    check(1, Countdown::Soon(1));
    check(0, Countdown::Over);
    assert_eq!(Countdown::of(ENDS, ENDS + MINUTE), Countdown::Over);
}

#[test]
fn what_is_left_is_said_in_words() {
    let check = |countdown: Countdown, says: &str| assert_eq!(countdown.words("14:30").text(), says);
    check(Countdown::Long, "");
    check(Countdown::Minutes(23), "Signed in until 14:30, 23 minutes left.");
    check(Countdown::Soon(1), "Signed in until 14:30, 1 minute left.");
    check(Countdown::Over, "The sign-in has ended.");
}
