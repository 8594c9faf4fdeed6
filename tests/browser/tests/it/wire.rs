//! Requests as they must arrive at a provider, byte by byte.

use simulated::{Server, aitable, webex};

/// Everything that arrived since the start or the last reset, and nothing else.
#[track_caller]
pub fn assert_arrived(server: &Server, expected: &[String]) {
    let arrived: Vec<String> =
        server.arrived().iter().map(|arrived| String::from_utf8_lossy(&arrived.raw).into_owned()).collect();
    assert_eq!(arrived, expected);
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

fn head(server: &Server, method: &str, path: &str, token: &str) -> String {
    let address = server.address();
    let host = address.trim_start_matches("http://");
    format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: memberdesk-relay\r\n\
         Accept: application/json\r\nAuthorization: Bearer {token}\r\n"
    )
}

fn with_body(head: &str, body: &str) -> String {
    let length = body.len();
    format!("{head}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}")
}
