use std::{collections::BTreeSet, fs, path::PathBuf};

use super::*;

fn provider(name: &str) -> Provider {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("providers").join([name, ".json"].concat());
    let text = fs::read_to_string(path).expect("a provider file");
    Provider::parse(&text).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn relay(config: &str, place: Place) -> Result<Relay, String> {
    let config = Config::parse(config).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let origins = ["https://desk.example.org".to_owned()];
    Relay::of(&config, &[provider("webex"), provider("toluna")], &origins, place)
}

fn beside(path: &str) -> Place {
    Place::BesidePage { folder: "/srv/memberdesk".into(), path: path.to_owned() }
}

#[test]
fn every_call_of_a_file_is_found_with_its_names_in_braces() {
    let check = |name: &str, is_reference: bool, expected: &[&str]| {
        let calls = calls(&provider(name), is_reference);
        let calls = calls.into_iter().map(|call| [call.method, call.path].join(" "));
        assert_eq!(calls.collect::<Vec<_>>(), expected, "{name}");
    };
    let webex = [
        "GET /v1/memberships/{membershipId}",
        "PUT /v1/memberships/{membershipId}",
        "GET /v1/memberships?roomId={roomId}&max=100",
        "GET /v1/people/me",
        "GET /v1/rooms/{roomId}",
        "GET /v1/rooms?sortBy=lastactivity&max=100",
    ];
    check("webex", false, &webex);
    let symbl = [
        "POST /oauth2/token:generate",
        "GET /v1/conversations/{conversationId}/members",
        "PUT /v1/conversations/{conversationId}/members/{memberId}",
        "GET /v1/conversations?limit=1",
        "GET /v1/conversations?limit=100&order=desc",
    ];
    check("symbl", false, &symbl);
    let respondent = "/IntegratedPanelService/api/Respondent";
    let read = format!("GET {respondent}/?memberCode={{memberCode}}&partnerGUID={{partnerGuid}}");
    check("toluna", false, &[&format!("PUT {respondent}"), &read]);
    let data = "/IPUtilityService/ReferenceData";
    let names = [format!("GET {data}/Cultures"), format!("POST {data}/QuestionsAndAnswersData")];
    check("toluna", true, &names.each_ref().map(String::as_str));
}

#[test]
fn headers_come_from_sign_in_calls_and_answers() {
    let request = |name: &str| Vec::from_iter(request_headers(&provider(name), false));
    assert_eq!(request("webex"), ["Accept", "Authorization", "Content-Type"]);
    assert_eq!(request("symbl"), ["Accept", "Authorization", "Content-Type"]);
    assert_eq!(request("toluna"), ["Accept", "Content-Type"]);
    let names = Vec::from_iter(request_headers(&provider("toluna"), true));
    assert_eq!(names, ["Accept", "Content-Type", "PARTNER_AUTH_KEY"]);
    let check = |name: &str, own: &[&str]| {
        let always = ["Date", "Link", "Retry-After"].iter().chain(own);
        let expected: BTreeSet<String> = always.map(|name| (*name).to_owned()).collect();
        assert_eq!(response_headers(&provider(name)), expected, "{name}");
    };
    check("webex", &["trackingid"]);
    check("flashapply", &["X-RateLimit-Remaining", "X-RateLimit-Reset", "x-request-id"]);
    check("toluna", &["TOLUNA_WEBAPI_RESPONSE_DETAIL"]);
}

#[test]
fn only_the_providers_that_the_owner_offers_are_reached() {
    let made = relay(r#"{ "version": 1, "providers": ["webex"] }"#, Place::Alone).expect("a relay");
    let slugs: Vec<&str> = made.upstreams.iter().map(|own| own.slug.as_str()).collect();
    assert_eq!(slugs, ["webex"]);
}

#[test]
fn each_server_of_a_named_connection_has_a_path_of_its_own() {
    let relay_of = |connection: &str| {
        let config = format!(
            r#"{{ "version": 1, "providers": ["toluna"],
                 "servers": {{ "toluna": {{ "address": "https://live.example.com" }} }},
                 "connections": [{{ "provider": "toluna", "name": "Trial", {connection} }}] }}"#
        );
        relay(&config, Place::Alone)
    };
    let trial = r#""server": "toluna-trial", "address": "https://trial.example.com""#;
    let made = relay_of(trial).expect("a relay");
    let servers = made.upstreams.iter().map(|own| (own.slug.as_str(), own.address.host.as_str()));
    let servers: Vec<_> = servers.collect();
    assert!(servers.contains(&("toluna", "live.example.com")), "{servers:?}");
    assert!(servers.contains(&("toluna-trial", "trial.example.com")), "{servers:?}");
    let own = relay_of(r#""server": "healthz", "address": "https://trial.example.com""#);
    assert!(own.is_err_and(|says| says.contains("healthz")));
    let wrong = relay_of(r#""server": "nowhere""#);
    assert!(wrong.is_err_and(|says| says.contains("/connections/0/server")));
}

#[test]
fn beside_the_page_it_stands_on_the_page_s_host() {
    let place = beside("/");
    let made = relay(r#"{ "version": 1, "providers": ["webex"] }"#, place).expect("a relay");
    let check = |program: Program, parts: &[&str]| {
        let text = made.text(program);
        for part in parts.iter().chain(&["\"base\": \"relay\" }", "https://desk.example.org/relay/healthz"]) {
            assert!(text.contains(part), "{part} in {text}");
        }
    };
    let nginx = [
        "server_name desk.example.org;",
        "\"~^https://desk\\.example\\.org$\" $http_origin;",
        "alias \"/srv/memberdesk/\";",
        "add_header Strict-Transport-Security",
    ];
    check(Program::Nginx, &nginx);
    check(
        Program::Caddy,
        &["\ndesk.example.org {", "root * \"/srv/memberdesk\"", "Strict-Transport-Security"],
    );
    check(Program::Worker, &["const BASE = \"/relay/\";"]);
}

#[test]
fn beside_the_page_it_stands_where_the_page_looks_for_it() {
    let check = |origin: &str, base: &str, expected: &str, parts: [&str; 3]| {
        let config = format!(
            r#"{{ "version": 1, "providers": ["webex"], "proxy": {{ "kind": "path-map", "base": "{base}" }} }}"#
        );
        let config = Config::parse(&config).unwrap_or_else(|faults| panic!("{faults:#?}"));
        let made = Relay::of(&config, &[provider("webex")], &[origin.to_owned()], beside("/console/"));
        let made = made.expect("a relay");
        assert_eq!(made.base, expected, "{base}");
        for (program, part) in Program::ALL.into_iter().zip(parts) {
            let text = made.text(program);
            for part in [part, &format!("{origin}{expected}healthz"), &format!("\"base\": \"{base}\" }}")] {
                assert!(text.contains(part), "{part} in {text}");
            }
        }
    };
    let (usual, other) = ("https://desk.example.org", "https://desk.example.org:8443");
    let worker = "const BASE = \"/console/relay/\";";
    let nginx = "listen 443 ssl http2;";
    check(usual, "relay", "/console/relay/", [nginx, "\ndesk.example.org {", worker]);
    let nginx = "listen [::]:8443 ssl http2;";
    check(other, "relay", "/console/relay/", [nginx, "\ndesk.example.org:8443 {", worker]);
    let worker = "const BASE = \"/way/in/\";";
    check(usual, "/way/in", "/way/in/", ["location /console/ {", "handle_path /console/* {", worker]);
    let own = r#"{ "version": 1, "providers": ["webex"], "proxy": { "kind": "path-map", "base": "." } }"#;
    assert!(relay(own, beside("/")).is_err_and(|says| says.contains("another path")));
}

#[test]
fn where_the_page_leaves_the_token_to_the_relay_people_sign_in_there() {
    let config = r#"{ "version": 1, "providers": ["webex"],
        "proxy": { "kind": "path-map", "base": "relay", "token": "relay", "credentials": "include" } }"#;
    let made = relay(config, beside("/console/")).expect("a relay");
    let fitting: Vec<Program> = Program::ALL.into_iter().filter(|program| made.fits(*program)).collect();
    assert_eq!(fitting, [Program::Nginx]);
    let text = made.text(Program::Nginx);
    assert!(text.contains("auth_request /console/relay/signed-in;"), "{text}");
    assert!(text.contains("https://desk.example.org/oauth2/start?rd=/console/ "), "{text}");
}

#[test]
fn a_header_for_the_relay_alone_may_come_and_goes_no_further() {
    let config = r#"{ "version": 1, "providers": ["webex"],
        "proxy": { "kind": "path-map", "base": "https://relay.example.com", "headers": { "X-Team": "desk" } } }"#;
    let made = relay(config, Place::Alone).expect("a relay");
    assert_eq!(contract::accepted(&made), "Accept, Authorization, Content-Type, X-Team");
    assert_eq!(made.text(Program::Nginx).matches("X-Team").count(), 1);
}

#[test]
fn an_origin_has_no_path() {
    for wrong in [
        "desk.example.org",
        "https://desk.example.org/",
        "https://a\"b",
        "https://",
        "https://Desk.example.org",
        "https://desk.example.org:443",
        "https://a:b:c",
    ] {
        assert!(checked_origin(wrong).is_err(), "{wrong}");
    }
    assert!(checked_origin("http://127.0.0.1:8080").is_ok());
}

#[test]
fn a_token_that_is_kept_takes_the_place_of_the_visitor_s() {
    let config = r#"{ "version": 1, "providers": ["webex", "toluna"] }"#;
    let mut made = relay(config, beside("/")).expect("a relay");
    assert!(made.text(Program::Nginx).contains("proxy_set_header Authorization $http_authorization;"));
    made.keep_tokens(SignIn::default());
    let text = made.text(Program::Nginx);
    assert!(text.contains("include /etc/nginx/secrets/webex.conf;"), "{text}");
    assert!(!text.contains("$http_authorization"), "{text}");
    // Its secret is a part of the address.
    assert!(!text.contains("/secrets/toluna.conf"), "{text}");
    let guarded = text.matches("    auth_request /relay/signed-in;").count();
    assert_eq!(guarded, made.upstreams.len());
}

#[test]
fn a_token_of_one_server_is_asked_for_at_no_other() {
    let exception =
        r#""webex": { "kind": "path-map", "base": "relay", "token": "relay", "credentials": "include" }"#;
    let config =
        format!(r#"{{ "version": 1, "providers": ["webex", "aitable"], "proxies": {{ {exception} }} }}"#);
    let config = Config::parse(&config).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let origins = ["https://desk.example.org".to_owned()];
    let made = Relay::of(&config, &[provider("webex"), provider("aitable")], &origins, beside("/"));
    let made = made.expect("a relay");
    assert!(made.sign_in.is_some());
    let text = made.text(Program::Nginx);
    assert!(text.contains("include /etc/nginx/secrets/webex.conf;"), "{text}");
    assert!(!text.contains("/secrets/aitable"), "{text}");
    assert_eq!(text.matches("    auth_request /relay/signed-in;").count(), 1);
    assert!(text.contains("with tokens of their own: aitable, aitable-cn."), "{text}");
    // Who brings a credential there has it passed on, and the page reaches all of them here.
    assert!(text.contains("connect-src 'self';"), "{text}");
    assert!(text.contains("proxy_set_header Authorization $http_authorization;"), "{text}");
}
