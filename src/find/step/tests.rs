use super::{next, searched};
use crate::provider::Provider;

fn provider(id: &str) -> Provider {
    let path = [env!("CARGO_MANIFEST_DIR"), "/providers/", id, ".json"].concat();
    Provider::parse(&std::fs::read_to_string(path).expect("a provider file")).expect("a provider")
}

#[test]
fn the_next_step_is_the_first_of_what_is_needed_and_not_known() {
    let check = |id: &str, known: &[&str], expected: Option<usize>| {
        assert_eq!(next(&provider(id), |name| known.contains(&name)), expected, "{id} {known:?}");
    };
    check("webex", &[], Some(0));
    check("webex", &["roomId"], Some(1));
    // The space is only the way to the member.
    check("webex", &["membershipId"], None);
    check("aitable", &[], Some(0));
    check("aitable", &["spaceId"], Some(1));
    // Here it names the member too.
    check("aitable", &["unitId"], Some(0));
    check("aitable", &["spaceId", "unitId"], None);
    check("symbl", &["conversationId"], Some(1));
    check("toluna", &["panel"], None);
    check("flashapply", &[], None);
}

#[test]
fn an_address_is_sent_to_the_provider_and_a_name_is_not() {
    let webex = provider("webex");
    let [space, person] = webex.steps() else { panic!("two steps") };
    let check = |typed: &str, expected: Option<&str>| {
        assert_eq!(searched(person, typed).as_deref(), expected, "{typed}");
    };
    check(" Ada <ada@example.com>", Some("ada@example.com"));
    check("ada", None);
    check("ada@example", None);
    check("", None);
    assert_eq!(searched(space, "ada@example.com"), None);
}
