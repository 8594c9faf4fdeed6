use super::*;

#[test]
fn only_real_dates_in_one_spelling_are_taken() {
    for fine in ["06/21/1992", "02/29/2000", "02/29/2024", "12/31/1999", "01/01/0001"] {
        assert!(Date::sent(fine).is_some(), "{fine}");
    }
    let wrong =
        ["6/21/1992", "06/21/92", "21/06/1992", "00/10/1992", "06/31/1992", "02/29/1900", "02/29/2023"];
    for wrong in
        wrong.into_iter().chain(["1992-06-21", "06-21-1992", " 06/21/1992", "+6/21/1992", "", "06/21/0000"])
    {
        assert_eq!(Date::sent(wrong), None, "{wrong}");
    }
}

#[test]
fn a_date_is_spelled_like_another() {
    let date = Date::sent("07/04/2000").expect("a date");
    for (like, spelled) in
        [("1992-06-21", "2000-07-04"), ("1992/6/21", "2000/7/4"), ("6/21/1992", "7/4/2000"), ("", "7/4/2000")]
    {
        assert_eq!(date.like(like), spelled);
        assert_eq!(Date::stored(spelled), Some(date));
    }
}

#[test]
fn weekdays_are_right() {
    for (sent, long) in [
        ("07/11/2000", "Tuesday, July 11, 2000"),
        ("01/01/1970", "Thursday, January 1, 1970"),
        ("02/29/2024", "Thursday, February 29, 2024"),
        ("12/31/1969", "Wednesday, December 31, 1969"),
        ("03/01/1900", "Thursday, March 1, 1900"),
    ] {
        assert_eq!(Date::sent(sent).map(Date::long).as_deref(), Some(long));
    }
}

#[test]
fn the_future_begins_after_today() {
    let future = |text| Date::sent(text).expect("a date").is_future();
    assert_eq!((future("01/01/2020"), future("12/31/9999")), (false, true));
}
