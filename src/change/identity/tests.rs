use super::{Identity, Named, Pasted, pasted};
use crate::change::problem::Problem;
use crate::provider::Provider;
use crate::transport::SegmentFault;

const MEMBERSHIP: &str = "Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVAvMGQwYzkxYjYtY2U2MC00NzI1LWI2ZDAtMzQ1NWQ1ZDExZWYzOmNkZTFkZDQwLTJmMGQtMTFlNS1iYTljLTdiNjU1NmQyMjA3Yg";
const SPACE: &str = "spcjXzqVrjaP3";
const UNIT: &str = "kD8tPcZ3fYxSjV9qWvL5X2TmQbN1nR6";

fn provider(id: &str) -> Provider {
    let path = [env!("CARGO_MANIFEST_DIR"), "/providers/", id, ".json"].concat();
    Provider::parse(&std::fs::read_to_string(path).expect("a provider file")).expect("a provider")
}

fn typed(keys: &[(&str, &str)]) -> Vec<(String, String)> {
    keys.iter().map(|(key, text)| (key.to_string(), text.to_string())).collect()
}

/// The keys of an identity; or the keys of its violations with their problems.
fn read(id: &str, keys: &[(&str, &str)]) -> Result<Vec<String>, Vec<(String, Problem)>> {
    match Identity::check(&provider(id), &typed(keys)) {
        Ok(identity) => Ok(identity.keys().map(|(_, text)| text.to_string()).collect()),
        Err(violations) => {
            Err(violations.into_iter().map(|violation| (violation.key, violation.problem)).collect())
        }
    }
}

#[test]
fn an_id_may_be_pasted_with_what_comes_along() {
    let check = |text: &str| {
        assert_eq!(read("webex", &[("membershipId", text)]), Ok(vec![MEMBERSHIP.to_string()]), "{text:?}");
    };
    check(MEMBERSHIP);
    check(&[" ", MEMBERSHIP, "\n"].concat());
    check(&["\u{00A0}", MEMBERSHIP, "\u{200B}"].concat());
    check(&["\u{FEFF}", &MEMBERSHIP[..40], "\u{00AD}", &MEMBERSHIP[40..]].concat());
    check(&["https://webexapis.com/v1/memberships/", MEMBERSHIP].concat());
}

#[test]
fn one_pasted_address_fills_every_key_that_it_names() {
    let address = ["https://aitable.ai/fusion/v1/spaces/", SPACE, "/members/", UNIT].concat();
    let check = |keys: &[(&str, &str)]| {
        let expected = Ok(vec![SPACE.to_string(), UNIT.to_string()]);
        assert_eq!(read("aitable", keys), expected, "{keys:?}");
    };
    check(&[("spaceId", &address), ("unitId", "")]);
    check(&[("spaceId", ""), ("unitId", &address)]);
    check(&[("spaceId", &address), ("unitId", &address)]);
    check(&[("spaceId", "old"), ("unitId", &address)]);
    check(&[("spaceId", &address.replace("aitable.ai", "vika.cn"))]);
    check(&[("spaceId", SPACE), ("unitId", UNIT)]);
}

#[test]
fn an_id_of_something_else_is_named_as_what_it_is() {
    let check = |id: &str, key: &str, text: &str, says: &str| {
        match pasted(&provider(id), key, text) {
            Pasted::Says(told) => assert!(told.contains(says), "{told}"),
            other => panic!("{text}: {other:?}"),
        }
        let violations = read(id, &[(key, text)]).expect_err(text);
        let of_key = violations.iter().find(|(name, _)| name == key);
        assert!(matches!(of_key, Some((_, Problem::WrongKind(_)))), "{violations:?}");
    };
    let room = "Y2lzY29zcGFyazovL3VzL1JPT00vY2RlMWRkNDAtMmYwZC0xMWU1LWJhOWMtN2I2NTU2ZDIyMDdi";
    let regional = "Y2lzY29zcGFyazovL3VybjpURUFNOnVzLXdlc3QtMl9yL1JPT00vY2RlMWRkNDAtMmYwZC0xMWU1LWJhOWMtN2I2NTU2ZDIyMDdi";
    let person = "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wZDBjOTFiNi1jZTYwLTQ3MjUtYjZkMC0zNDU1ZDVkMTFlZjM";
    let team = "Y2lzY29zcGFyazovL3VzL1RFQU0vY2RlMWRkNDAtMmYwZC0xMWU1LWJhOWMtN2I2NTU2ZDIyMDdi";
    check("webex", "membershipId", room, "ID of a space");
    check("webex", "membershipId", regional, "ID of a space");
    check("webex", "membershipId", &[room, "="].concat(), "ID of a space");
    check("webex", "membershipId", &[" ", room, "\u{00A0}"].concat(), "ID of a space");
    check("webex", "membershipId", person, "ID of a person");
    check("webex", "membershipId", team, "ID of a team.");
    check("aitable", "unitId", SPACE, "space ID");
    check("aitable", "unitId", "dstXzqVrjaP3abc", "datasheet");
    check("aitable", "spaceId", "dstXzqVrjaP3abc", "datasheet");
    check("aitable", "spaceId", "uskAbCdEfGhIjKlMnOpQrSt", "API token");
    check("aitable", "unitId", "uskAbCdEfGhIjKlMnOpQrSt", "API token");
    check("aitable", "unitId", "viwAbCdEfGhIj", "view");
}

#[test]
fn a_membership_of_another_region_is_a_membership() {
    let regional = "Y2lzY29zcGFyazovL3VybjpURUFNOnVzLXdlc3QtMl9yL01FTUJFUlNISVAvMGQwYzkxYjYtY2U2MC00NzI1LWI2ZDAtMzQ1NWQ1ZDExZWYzOmNkZTFkZDQwLTJmMGQtMTFlNS1iYTljLTdiNjU1NmQyMjA3Yg";
    let provider = provider("webex");
    let identity = Identity::check(&provider, &typed(&[("membershipId", regional)])).expect("an identity");
    assert!(identity.unusual(&provider).is_empty());
}

#[test]
fn an_id_that_looks_odd_is_said_and_not_refused() {
    let provider = provider("aitable");
    let keys = typed(&[("spaceId", "1234"), ("unitId", "m1")]);
    let identity = Identity::check(&provider, &keys).expect("an identity");
    let labels: Vec<&str> =
        identity.unusual(&provider).into_iter().map(|field| field.label.as_str()).collect();
    assert_eq!(labels, ["Space ID", "Unit ID of the member"]);
}

#[test]
fn what_cannot_be_one_part_of_an_address_is_refused() {
    let check = |text: &str, problem: Problem| {
        let violations = read("webex", &[("membershipId", text)]).expect_err(text);
        assert_eq!(violations, [("membershipId".to_string(), problem)], "{text:?}");
    };
    check("", Problem::ValueMissing);
    check(" \u{200B}", Problem::ValueMissing);
    check(".", Problem::NotASegment(SegmentFault::Dots));
    check("..", Problem::NotASegment(SegmentFault::Dots));
    check(" ..\u{00A0}", Problem::NotASegment(SegmentFault::Dots));
    check(".\u{200B}.", Problem::NotASegment(SegmentFault::Dots));
    check("a\nb", Problem::NotASegment(SegmentFault::Control));
    check("a\u{0}b", Problem::NotASegment(SegmentFault::Control));
    check(&"a".repeat(513), Problem::TooLong { most: 512, is: 513 });
    assert_eq!(read("webex", &[]).expect_err("nothing was typed").len(), 1);
    assert_eq!(read("aitable", &[]).expect_err("nothing was typed").len(), 2);
}

#[test]
fn what_looks_like_an_escape_stays_text() {
    for text in ["%2F", "%2e%2e", "a/b", "../..", "a?b=c", "a#b", "ä ö", "😀", "..."] {
        assert_eq!(read("webex", &[("membershipId", text)]), Ok(vec![text.to_string()]), "{text}");
    }
}

#[test]
fn what_must_be_known_before_any_call_is_a_part_of_the_identity() {
    let toluna = provider("toluna");
    let keys = typed(&[("panel", " United\u{00A0}Kingdom "), ("partnerGuid", "x"), ("memberCode", "c1")]);
    let identity = Identity::check(&toluna, &keys).expect("an identity");
    let told: Vec<(&str, &str)> = identity.keys().collect();
    // A secret is never one of its keys.
    assert_eq!(told, [("panel", "United\u{00A0}Kingdom"), ("memberCode", "c1")]);
    assert_eq!(identity.account(&toluna), "United\u{00A0}Kingdom");
    let connection = Identity::connection(&toluna, &keys).expect("a connection");
    assert_eq!(
        (connection.account(&toluna), connection.get("memberCode")),
        (identity.account(&toluna), None)
    );

    // One with a name is another account than one without, and than one of another name.
    let named = |name: &str| {
        let named = Named { name: name.to_string(), test: false, fixed: Vec::new() };
        identity.clone().at(Some(named)).account(&toluna)
    };
    assert_eq!(named("Live"), "Live\nUnited\u{00A0}Kingdom");
    assert_ne!(named("Live"), named("Testing"));

    let missing = |key: &str| (key.to_string(), Problem::ValueMissing);
    assert_eq!(read("toluna", &[("memberCode", "c1")]), Err(vec![missing("panel")]));
    assert_eq!(read("toluna", &[]), Err(vec![missing("panel"), missing("memberCode")]));
    let long = read("toluna", &[("panel", &"x".repeat(61)), ("memberCode", "c1")]);
    assert_eq!(long, Err(vec![("panel".to_string(), Problem::TooLong { most: 60, is: 61 })]));
    let violations = Identity::connection(&toluna, &typed(&[("panel", " ")])).expect_err("nothing was typed");
    assert_eq!(violations[0].words(&toluna).text(), "Enter “Name of the panel”.");
    for other in ["webex", "aitable", "symbl", "flashapply"] {
        let connection = Identity::connection(&provider(other), &[]).expect("nothing must be known");
        assert_eq!(connection.account(&provider(other)), "");
    }
}

#[test]
fn the_ids_of_the_other_three_are_read_as_their_files_say() {
    let check = |id: &str, keys: &[(&str, &str)], expected: &[&str]| {
        assert_eq!(read(id, keys), Ok(expected.iter().map(|text| text.to_string()).collect()), "{keys:?}");
    };
    let member = "https://api.symbl.ai/v1/conversations/42/members/a-1";
    check("symbl", &[("conversationId", member)], &["42", "a-1"]);
    check("symbl", &[("conversationId", " 42"), ("memberId", member)], &["42", "a-1"]);
    check(
        "symbl",
        &[("conversationId", "https://api.symbl.ai/v1/conversations/42"), ("memberId", "a")],
        &["42", "a"],
    );
    check("flashapply", &[("memberId", "https://x.example/v1/members/member_1")], &["member_1"]);
    let refused = |id: &str, keys: &[(&str, &str)], key: &str, says: &str| {
        let violations = read(id, keys).expect_err(id);
        let own = violations.iter().find(|(own, _)| own == key).expect(key);
        let (Problem::PatternMismatch(Some(told)) | Problem::WrongKind(told)) = &own.1 else {
            panic!("{own:?}")
        };
        assert!(told.contains(says), "{told}");
    };
    refused("symbl", &[("conversationId", "4 2"), ("memberId", "a")], "conversationId", "digits only");
    refused("symbl", &[("conversationId", "42"), ("memberId", "a/b")], "memberId", "none of / ? #");
    refused("flashapply", &[("memberId", "resume_7")], "memberId", "résumé");
    refused("flashapply", &[("memberId", "job_7")], "memberId", "ID of a job");
    refused("flashapply", &[("memberId", "a b")], "memberId", "no spaces");
}
