use super::{Catalogue, Said, Words, say, speak};

fn german(key: &str, text: &str) -> Option<Catalogue> {
    let plural = |_: &str, count: usize| if count == 1 { "one" } else { "other" }.to_string();
    Some(Catalogue::new("de", vec![(key.to_string(), Said::Plain(text.to_string()))], plural))
}

#[test]
fn a_message_is_said_with_what_stands_in_its_places() {
    assert_eq!(say::connect_title("Webex").text(), "Connect to Webex");
}

#[test]
fn what_a_language_lacks_is_said_in_english() {
    let words = say::connect_title("Webex");
    speak(german("connect.title", "Mit {provider} verbinden"));
    assert_eq!(words.text(), "Mit Webex verbinden");
    assert_eq!(say::list_two("a", "b").text(), "a and b");
    speak(None);
    assert_eq!(words.text(), "Connect to Webex");
}

#[test]
fn what_stands_in_a_place_is_never_read_as_a_place() {
    assert_eq!(say::connect_title("{provider}{").text(), "Connect to {provider}{");
}

#[test]
fn several_are_strung_together_as_the_language_does() {
    let list = |all: &[&str]| Words::List(all.iter().map(|text| Words::from(*text)).collect()).text();
    assert_eq!(list(&[]), "");
    assert_eq!(list(&["a"]), "a");
    assert_eq!(list(&["a", "b"]), "a and b");
    assert_eq!(list(&["a", "b", "c", "d"]), "a, b, c and d");
}
