//! What each recorded answer comes to.

use memberdesk::change::answer::Verdict;
use memberdesk::change::renewal::granted;
use memberdesk::provider::explain::Means;
use memberdesk::transport::Wait;
use serde_json::Value as Json;

use super::{case, provider_of, verdict};
use crate::sample::NOW;

pub fn replayed() -> impl Iterator<Item = &'static str> {
    let refused = REFUSALS.iter().map(|(id, ..)| *id).chain(WAITS.iter().map(|(id, _)| *id));
    refused.chain(LICENCES).chain(YES.iter().map(|(id, _)| *id))
}

/// Cases that are a yes, and the call they answer. Where a file says that nothing is a yes, an empty body is.
pub const YES: [(&str, &str); 55] = [
    ("webex-01", "update"),
    ("webex-02", "read"),
    ("webex-03", "find"),
    ("webex-05", "find"),
    ("webex-06", "room"),
    ("webex-09", "sign_in"),
    ("webex-12", "find"),
    ("webex-14", "find"),
    ("aitable-01", "update"),
    ("aitable-02", "update"),
    ("aitable-03", "read"),
    ("aitable-04", "read"),
    ("aitable-05", "find"),
    ("aitable-06", "find"),
    ("aitable-08", "find"),
    ("aitable-11", "update"),
    ("aitable-14", "update"),
    ("symbl-01", "update"),
    ("symbl-02", "update"),
    ("symbl-03", "update"),
    ("symbl-04", "read"),
    ("symbl-05", "read"),
    ("symbl-07", "read"),
    ("symbl-08", "update"),
    ("symbl-09", "read"),
    ("symbl-10", "read"),
    ("symbl-11", "read"),
    ("symbl-12", "sign_in"),
    ("symbl-13", "exchange"),
    ("symbl-14", "exchange"),
    ("flashapply-01", "update"),
    ("flashapply-02", "read"),
    ("flashapply-03", "update"),
    ("toluna-01", "update"),
    ("toluna-02", "update"),
    ("toluna-03", "update"),
    ("toluna-04", "update"),
    ("toluna-05", "update"),
    ("toluna-06", "update"),
    ("toluna-07", "update"),
    ("toluna-08", "update"),
    ("toluna-09", "update"),
    ("toluna-10", "update"),
    ("toluna-11", "update"),
    ("toluna-12", "update"),
    ("toluna-13", "update"),
    ("toluna-14", "update"),
    ("toluna-15", "read"),
    ("toluna-16", "read"),
    ("toluna-17", "read"),
    ("toluna-18", "read"),
    ("toluna-23", "update"),
    ("toluna-28", "update"),
    ("toluna-25", "reference"),
    ("toluna-27", "reference"),
];

#[test]
fn each_recorded_yes_is_one() {
    for (id, on) in YES {
        let Verdict::Yes(json) = verdict(id, on) else { panic!("{id}: {:?}", verdict(id, on)) };
        assert_eq!(json, case(id)["response"]["body"], "{id}");
    }
}

/// Cases that are a refusal: the call they answer, what they mean, the field, the provider's own sentence.
const REFUSALS: [(&str, &str, &str, &str, &str); 41] = [
    ("webex-15", "update", "no not_found", "membershipId", "The requested resource could not be found."),
    ("webex-16", "room", "no not_found", "membershipId", "The requested resource could not be found."),
    (
        "webex-17",
        "find",
        "no sign_in",
        "",
        "The request requires a valid access token set in the Authorization request header.",
    ),
    (
        "webex-18",
        "find",
        "no sign_in",
        "",
        "The request requires a valid access token set in the Authorization request header.",
    ),
    (
        "webex-19",
        "update",
        "no setup",
        "",
        "The request could not be understood by the server due to malformed syntax.",
    ),
    ("webex-20", "update", "no conflict", "isModerator", "User is already a participant in the room."),
    (
        "webex-21",
        "read",
        "no sign_in",
        "",
        "The request requires a valid access token set in the Authorization request header.",
    ),
    (
        "webex-22",
        "read",
        "no sign_in",
        "",
        "The request requires a valid access token set in the Authorization request header.",
    ),
    (
        "webex-23",
        "update",
        "no setup",
        "",
        "Unable to post message to room: \"The request payload is too big\"",
    ),
    (
        "webex-24",
        "update",
        "no setup",
        "",
        "You can not turn on 'allowAnyUserToBeCoHost' and 'allowFirstUserToBeCoHost' at the same time.",
    ),
    ("webex-25", "sign_in", "busy 15", "", "Rate limit exceeded. Please retry after 30 seconds."),
    ("webex-26", "read", "no rights", "", "Failed to get activity."),
    ("aitable-12", "update", "no input", "", "A role with the same name exists"),
    (
        "aitable-13",
        "update",
        "no rights",
        "roles",
        "This API is only available for the primary admin and sub-admins who can manage roles",
    ),
    ("aitable-15", "update", "doubt fault", "", "Server error"),
    ("aitable-16", "update", "no not_found", "unitId", "The unit specified by the unit ID does not exist"),
    ("aitable-17", "read", "no rights", "", "Forbidden"),
    ("aitable-18", "read", "no sign_in", "", ""),
    ("aitable-19", "update", "no sign_in", "", "Unauthorized"),
    (
        "aitable-21",
        "update",
        "no rights",
        "",
        "Access forbidden because your API usage exceeds the monthly rate",
    ),
    (
        "aitable-23",
        "update",
        "busy 1",
        "",
        "The API request rate for the current space is 5 queries per second (QPS). Upgrading the space allows for a higher call frequency. Contact us: sales@aitable.ai.",
    ),
    ("aitable-25", "update", "no not_found", "unitId", "The unit specified by the unit ID does not exist"),
    (
        "aitable-27",
        "update",
        "no rights",
        "",
        "This API is only available for the primary admin and sub-admins who can manage members",
    ),
    (
        "aitable-29",
        "update",
        "no input",
        "teams",
        "The team specified with the unitId E3jG1xNzR2iM4tL6XmYyKpFqWuV8vDc does not exist",
    ),
    (
        "aitable-31",
        "update",
        "no input",
        "roles",
        "The role specified with the unitId VS1SejiywaMWbiGMEHAohh62T9EPmmlh does not exist",
    ),
    ("aitable-33", "update", "doubt fault", "", "Server Error"),
    // A yes of which nothing is published but the status is none where the file says what a yes has.
    ("symbl-06", "update", "doubt fault", "", ""),
    ("symbl-15", "exchange", "no sign_in", "appSecret", ""),
    ("symbl-16", "read", "no sign_in", "", "Token validation failed for provided token."),
    (
        "symbl-17",
        "update",
        "busy 1",
        "",
        "This API has a limit of maximum of `X` number of concurrent jobs per account. If you are looking to scale, and need more concurrent jobs than this limit, please contact us at support@symbl.ai",
    ),
    (
        "symbl-18",
        "read",
        "no not_found",
        "conversationId",
        "The conversationId is either invalid or does not exist.",
    ),
    ("symbl-19", "update", "no not_found", "memberId", ""),
    ("flashapply-04", "update", "doubt fault", "", ""),
    ("flashapply-05", "update", "doubt fault", "", ""),
    ("flashapply-06", "read", "busy 5", "", ""),
    // What may repeat the record is shown without it.
    (
        "toluna-19",
        "read",
        "no not_found",
        "memberCode",
        "No member found with member code AUniquePartnerCode and partner Guid •••",
    ),
    // Version 1 answered, which nobody asked.
    ("toluna-20", "read", "no setup", "", ""),
    (
        "toluna-21",
        "update",
        "no conflict",
        "",
        "An IP Member for MemberCode AUniquePartnerCode and PartnerGUID ••• already exists. To update a Member, please use the PUT verb.",
    ),
    (
        "toluna-22",
        "update",
        "no input",
        "",
        "Cannot Register MemberCode:secret-member. An attribute is invalid: •••",
    ),
    ("toluna-24", "update", "no input", "", "PANEL_DOES_NOT_EXIST"),
    ("toluna-29", "update", "no not_found", "memberCode", ""),
];

#[test]
fn each_recorded_refusal_becomes_its_verdict() {
    for (id, on, expected, field, message) in REFUSALS {
        let verdict = verdict(id, on);
        let (word, reason) = match &verdict {
            Verdict::No(reason) => ("no ".to_string(), reason),
            Verdict::Doubt(reason) => ("doubt ".to_string(), reason),
            Verdict::Busy(reason, Wait::For(time)) => (time.as_secs().to_string(), reason),
            other => panic!("{id}: {other:?}"),
        };
        let means = match reason.means {
            Means::SignIn => "sign_in",
            Means::Rights => "rights",
            Means::NotFound => "not_found",
            Means::Input => "input",
            Means::Conflict => "conflict",
            Means::Busy => "busy",
            Means::Fault => "fault",
            Means::Setup => "setup",
        };
        let told = if means == "busy" { ["busy ", &word].concat() } else { [&word, means].concat() };
        assert_eq!(told, expected, "{id}");
        assert_eq!(reason.field.as_deref().unwrap_or_default(), field, "{id}");
        assert_eq!(reason.message.as_deref().unwrap_or_default(), message, "{id}");
        let tracking = case(id)["response"]["body"]["trackingId"].as_str().map(str::to_string);
        assert_eq!(reason.reference, tracking, "{id}");
    }
}

/// Cases of too many requests, and how long the page waits, in seconds. Another program falls back to 15 s as
/// the page does, waits a second at least as the page does, and sleeps eleven days if it is told to: the page
/// asks a person before it waits more than an hour.
const WAITS: [(&str, &str); 17] = [
    ("webex-27", "30"),
    ("webex-28", "60"),
    ("webex-29", "1"),
    ("webex-30", "1"),
    ("webex-31", "300"),
    ("webex-32", "45"),
    ("webex-33", "15"),
    ("webex-34", "15"),
    ("webex-35", "15"),
    ("webex-36", "15"),
    ("webex-37", "15"),
    ("webex-38", "15"),
    ("webex-39", "15"),
    ("webex-40", "15"),
    ("webex-41", "15"),
    // There it is one second; a number below nothing is no number here.
    ("webex-42", "15"),
    ("webex-43", "ask 999999"),
];

#[test]
fn each_recorded_wait_is_kept_to() {
    for (id, expected) in WAITS {
        let told = match verdict(id, "update") {
            Verdict::Busy(_, Wait::For(time)) => time.as_secs().to_string(),
            Verdict::Busy(_, Wait::Ask(time)) => ["ask ", &time.as_secs().to_string()].concat(),
            other => panic!("{id}: {other:?}"),
        };
        assert_eq!(told, expected, "{id}");
    }
}

/// Official instances of one provider's common error body, from its licences.
const LICENCES: [&str; 16] = [
    "webex-44", "webex-45", "webex-46", "webex-47", "webex-48", "webex-49", "webex-50", "webex-51",
    "webex-52", "webex-53", "webex-54", "webex-55", "webex-56", "webex-57", "webex-58", "webex-59",
];

#[test]
fn the_common_error_body_is_read_with_its_description_and_reference() {
    for id in LICENCES {
        let Verdict::No(reason) = verdict(id, "read") else { panic!("{id}") };
        let body = &case(id)["response"]["body"];
        assert_eq!(reason.message.as_deref(), body["errors"][0]["description"].as_str(), "{id}");
        assert_eq!(reason.reference.as_deref(), body["trackingId"].as_str(), "{id}");
        assert_eq!(reason.field.as_deref(), Some("membershipId"), "{id}");
    }
}

#[test]
fn a_published_token_is_granted_for_as_long_as_it_says() {
    let check = |id: &str, lives: u64| {
        let way = provider_of(id).sign_in.iter().find_map(|way| way.exchange()).expect("an exchange");
        let body: &Json = &case(id)["response"]["body"];
        let grant = granted(way, body, NOW / 1000).expect("a token");
        assert_eq!(grant.until, Some(NOW / 1000 + lives), "{id}");
    };
    check("symbl-13", 86_400);
    // One that was handed out before, with what is left of its time.
    check("symbl-14", 76_254);
}
