//! Requests as they must arrive at a provider, byte by byte.

use simulated::{Server, aitable, flashapply, symbl, toluna, webex};

/// Everything that arrived since the start or the last reset, and nothing else.
#[track_caller]
pub fn assert_arrived(server: &Server, expected: &[String]) {
    let arrived: Vec<String> =
        server.arrived().iter().map(|arrived| String::from_utf8_lossy(&arrived.raw).into_owned()).collect();
    assert_eq!(arrived, expected);
}

/// What the last request that writes brought.
#[track_caller]
pub fn last_body(server: &Server) -> String {
    let arrived = server.arrived();
    let last = arrived.iter().rfind(|arrived| arrived.method != "GET").expect("a write");
    String::from_utf8_lossy(&last.body).into_owned()
}

pub fn webex_get(server: &Server, path: &str) -> String {
    format!("{}\r\n", head(server, "GET", path, webex::TOKEN))
}

pub fn webex_put(server: &Server, id: &str, body: &str) -> String {
    let path = format!("/v1/memberships/{id}");
    with_body(&head(server, "PUT", &path, webex::TOKEN), body)
}

/// One look at a membership: the record, and the space that it is in.
pub fn webex_read(server: &Server, id: &str, room: &str) -> [String; 2] {
    [webex_get(server, &format!("/v1/memberships/{id}")), webex_get(server, &format!("/v1/rooms/{room}"))]
}

pub fn aitable_test(server: &Server) -> String {
    format!("{}\r\n", head(server, "GET", "/fusion/v1/spaces", aitable::TOKEN))
}

/// One look at a member of the space with everything in it.
pub fn aitable_read(server: &Server, id: &str) -> String {
    let path = format!("/fusion/v1/spaces/{}/members/{id}?sensitiveData=true", aitable::SPACE);
    format!("{}\r\n", head(server, "GET", &path, aitable::TOKEN))
}

pub fn aitable_put(server: &Server, id: &str, body: &str) -> String {
    let path = format!("/fusion/v1/spaces/{}/members/{id}", aitable::SPACE);
    with_body(&head(server, "PUT", &path, aitable::TOKEN), body)
}

pub fn symbl_test(server: &Server) -> String {
    format!("{}\r\n", head(server, "GET", "/v1/conversations?limit=1", symbl::TOKEN))
}

/// One look at the members of a conversation.
pub fn symbl_read(server: &Server, conversation: &str) -> String {
    let path = format!("/v1/conversations/{conversation}/members");
    format!("{}\r\n", head(server, "GET", &path, symbl::TOKEN))
}

pub fn symbl_put(server: &Server, conversation: &str, id: &str, body: &str) -> String {
    let path = format!("/v1/conversations/{conversation}/members/{id}");
    with_body(&head(server, "PUT", &path, symbl::TOKEN), body)
}

/// The sign-in of an app, which has no token yet.
pub fn symbl_exchange(server: &Server) -> String {
    let body = format!(
        r#"{{"type":"application","appId":"{}","appSecret":"{}"}}"#,
        symbl::APP_ID,
        symbl::APP_SECRET
    );
    with_body(&open_head(server, "POST", "/oauth2/token:generate", "application/json"), &body)
}

pub fn flashapply_read(server: &Server, id: &str) -> String {
    format!("{}\r\n", head(server, "GET", &format!("/v1/members/{id}"), flashapply::TOKEN))
}

pub fn flashapply_patch(server: &Server, id: &str, body: &str) -> String {
    with_body(&head(server, "PATCH", &format!("/v1/members/{id}"), flashapply::TOKEN), body)
}

const TOLUNA: &str = "application/json;version=2.0";

/// One look at a member of the panel of the United Kingdom, by the code as it stands in an address.
pub fn toluna_read(server: &Server, code: &str) -> String {
    let path =
        format!("/IntegratedPanelService/api/Respondent/?memberCode={code}&partnerGUID={}", toluna::PANEL_UK);
    format!("{}\r\n", open_head(server, "GET", &path, TOLUNA))
}

/// A change: what it names, and last the secret, which is put in just before it leaves.
pub fn toluna_put(server: &Server, panel: &str, code: &str, change: &str) -> String {
    let body = format!(r#"{{"MemberCode":"{code}",{change},"PartnerGUID":"{panel}"}}"#);
    with_body(&open_head(server, "PUT", "/IntegratedPanelService/api/Respondent", TOLUNA), &body)
}

fn head(server: &Server, method: &str, path: &str, token: &str) -> String {
    let head = open_head(server, method, path, "application/json");
    format!("{head}Authorization: Bearer {token}\r\n")
}

/// The head of a request that has no header for a secret.
fn open_head(server: &Server, method: &str, path: &str, accept: &str) -> String {
    let address = server.address();
    let host = address.trim_start_matches("http://");
    format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: memberdesk-relay\r\nAccept: {accept}\r\n"
    )
}

fn with_body(head: &str, body: &str) -> String {
    let length = body.len();
    format!("{head}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}")
}
