use super::{MOST, STEP, Window};

fn fitted(count: usize) -> Window {
    let mut window = Window::default();
    window.fit(count);
    window
}

#[test]
fn a_short_list_is_drawn_whole() {
    assert_eq!(fitted(3).range(), 0..3);
    assert_eq!(fitted(0).range(), 0..0);
}

#[test]
fn of_a_long_list_a_part_is_drawn_that_holds_the_option_in_hand() {
    let count = 10_000;
    let mut window = fitted(count);
    assert_eq!(window.range(), 0..STEP);
    for index in [1, STEP, 3 * STEP, count - 1, count - 2, 5_000, 0] {
        window.show(index, count);
        assert!(window.range().contains(&index), "{index} is not in {:?}", window.range());
        assert!(window.range().len() <= MOST, "{:?}", window.range());
    }
}

#[test]
fn scrolling_comes_to_both_ends_and_never_draws_too_many() {
    let count = 1_000;
    let mut window = fitted(count);
    while window.range().end < count {
        let before = window.range().end;
        window.lengthen(count);
        assert!(window.range().end > before && window.range().len() <= MOST);
    }
    while window.range().start > 0 {
        let before = window.range().start;
        window.lengthen_back();
        assert!(window.range().start < before && window.range().len() <= MOST);
    }
}

#[test]
fn a_list_that_became_short_is_drawn_from_its_start() {
    let mut window = fitted(1_000);
    window.show(900, 1_000);
    window.fit(5);
    assert_eq!(window.range(), 0..5);
}
