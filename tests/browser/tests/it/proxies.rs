//! Proxies of other makes, strangers among them, and a relay that has the token: each a real server on this machine.

use std::fs;

use browser_tests::{
    browser::{Browser, Engine, new_folder},
    in_chromium, on_site,
    page::Page,
    site::{PATH, Site},
    watch,
};
use memberdesk::relay::{Address, SignIn};
use serde_json::{Value, json};
use simulated::{
    Door, Effect, Fault, Ports, Server, Simulated,
    proxies::{self, Dialect},
    webex,
};

use crate::connections::{self, LIVE, TRIAL, with_a_trial};
use crate::steps::{SEND_A_MODERATOR, check_a_moderator, configure, connect_to_webex};

pub const ACCESS: &str = "own-0f3b-secret";

const UNDERSTOOD: &str = "I understand, and want to go on";

pub fn start(dialect: Dialect) -> Server {
    proxies::start(dialect).expect("a port is free")
}

/// A page that may call a proxy that is not on its own site, and its host.
pub fn abroad(site: &Site) -> (Server, Page) {
    // The site's own host allows no other in its policy; the policy in the page does.
    let host = start(Dialect::Bare { to: site.origin().to_owned() });
    let address = [&host.address().replace("127.0.0.1", "localhost"), PATH].concat();
    (host, Page::at(Browser::start(Engine::Chromium), address))
}

/// A visit to it. All else must be as ever.
#[track_caller]
pub fn visit(site: &Site, visit: impl FnOnce(&Page)) {
    let (_host, page) = abroad(site);
    visit(&page);
    watch::assert_quiet(&page);
    for secret in watch::SECRETS {
        watch::assert_secret_is_nowhere(&page, secret);
    }
    watch::assert_secret_is_nowhere(&page, ACCESS);
}

pub fn put_up(site: &Site, proxy: &Value) {
    let mut config = site.config();
    config["proxy"] = proxy.clone();
    site.write("config.json", &config.to_string());
}

/// Whether the token came by in anything that arrived.
fn has_token(server: &Server) -> bool {
    server.arrived().iter().any(|own| String::from_utf8_lossy(&own.raw).contains(webex::TOKEN))
}

/// Chooses one of the proxies that are known by their names.
#[track_caller]
pub fn choose(page: &Page, name: &str, address: &str) {
    page.open("#/settings");
    page.heading("Settings");
    page.choose("Proxy", "Another proxy");
    page.choose("Which one?", name);
    page.fill("Address of the proxy", address);
    page.press("Save the settings");
    page.sees("Settings saved");
    // Whom one was connected to before does not matter.
    page.reload();
    page.heading("Settings");
}

#[test]
fn a_proxy_that_carries_no_change_is_shown_with_the_reason_and_cannot_be_chosen() {
    in_chromium(|page, _| {
        page.open("#/settings");
        page.choose("Proxy", "Another proxy");
        page.sees("It cannot be chosen: it lets no token and no change through");
        let closed = "return [...document.querySelectorAll('input[type=radio]:disabled')]
            .map((own) => own.labels[0].innerText)";
        assert_eq!(page.script(closed, json!([])), json!(["AllOrigins"]));
        // Nothing was chosen yet.
        page.press("Save the settings");
        page.sees("There is a problem");
        page.sees("Choose which proxy it is.");
        page.choose("Which one?", "corsproxy.io");
        page.sees("says not to send tokens");
        // What is typed for one stays for another.
        page.fill("Address of the proxy", "https://proxy.example.com");
        page.choose("Which one?", "A gateway that takes the address in a header");
        assert_eq!(page.value("Address of the proxy"), "https://proxy.example.com");
        page.fill("Name of the header", "Host");
        page.press("Save the settings");
        page.sees("The proxy’s headers cannot set Host");
        page.fill("Name of the header", "X-Where");
        page.press("Save the settings");
        page.sees("Settings saved");
        page.reload();
        page.heading("Settings");
        assert_eq!(page.chosen("Which one?"), "A gateway that takes the address in a header");
        assert_eq!(page.value("Name of the header"), "X-Where");
    });
}

#[test]
fn a_template_in_ones_own_words_is_checked_and_kept() {
    in_chromium(|page, _| {
        const JSON: &str = "Description of the proxy (JSON)";
        page.open("#/settings");
        page.lacks(JSON);
        page.choose("Proxy", "Another proxy");
        page.choose("Which one?", "Advanced: in your own words");
        for (text, says) in [
            ("{", "This is not JSON."),
            (r#"{"kind":"magic"}"#, "/kind: This is not what belongs here."),
            (r#"{"kind":"none","tokens":1}"#, "/tokens: “tokens” is not a word that is known here."),
            (r#"{"kind":"prefix","base":"/c","token":"relay"}"#, "Only a relay of the kind path-map"),
        ] {
            page.fill(JSON, text);
            page.press("Save the settings");
            page.sees("There is a problem");
            page.sees(says);
            assert_eq!(page.value(JSON), text);
        }
        let own = r#"{"kind":"prefix","base":"/c","tls_verified":false}"#;
        page.fill(JSON, own);
        page.press("Save the settings");
        page.sees("Settings saved");
        page.sees("It does not check that it really talks to the provider");
        page.reload();
        page.heading("Settings");
        assert_eq!(page.value(JSON), own);
    });
}

/// Gives a token without having said that one understands who can read it, and is stopped.
#[track_caller]
fn connect_unasked(page: &Page) {
    page.sees("Whoever runs it can read the token and each record");
    page.fill("Access token", webex::TOKEN);
    page.press("Connect");
    page.sees("There is a problem");
    page.sees("Say that you understand who can read the token");
}

#[test]
fn a_stranger_gets_no_token_before_somebody_has_said_so_on_this_very_visit() {
    let (site, proxy) = (Site::start(), start(Dialect::Query("url")));
    let kind = json!({ "kind": "query", "base": proxy.address(), "parameter": "url", "public": true });
    put_up(&site, &kind);
    visit(&site, |page| {
        for _ in 0..2 {
            proxy.reset();
            page.open("#/webex");
            page.reload();
            page.heading("Connect to Webex");
            connect_unasked(page);
            assert_eq!(proxy.arrived().len(), 0, "nothing goes there unasked");
            page.tick(UNDERSTOOD);
            page.press("Connect");
            page.heading("Which membership?");
            assert!(has_token(&proxy));
            // It was said for as long as the page is open, and nothing of it is kept.
            page.open("#/settings");
            page.press("Sign out: Webex");
            page.sees("You are signed out: Webex.");
            page.open("#/webex");
            page.heading("Connect to Webex");
            page.lacks(UNDERSTOOD);
        }
    });
}

/// Nothing goes anywhere but to the site, which each visit makes sure of.
#[test]
fn any_proxy_elsewhere_that_somebody_chose_gets_no_token_unasked() {
    in_chromium(|page, _| {
        for name in [
            "cors-anywhere",
            "Scalar",
            "Proxyscotch (Hoppscotch)",
            "A proxy that takes the address in its query",
        ] {
            choose(page, name, "https://proxy.example");
            page.open("#/webex");
            page.heading("Connect to Webex");
            connect_unasked(page);
        }
        // What was typed stays in its box, and goes with it.
        page.open("#/settings");
        page.heading("Settings");
    });
}

#[test]
fn a_relay_that_is_called_public_asks_too() {
    let site = Site::start();
    put_up(&site, &json!({ "kind": "path-map", "base": "relay", "public": true }));
    on_site(Engine::Chromium, site, |page, site| {
        page.open("#/webex");
        page.sees("Whoever runs it can read the token and each record");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.sees("There is a problem");
        assert_eq!(site.webex.arrived().len(), 0);
        page.tick(UNDERSTOOD);
        page.press("Connect");
        page.heading("Which membership?");
    });
}

#[test]
fn where_the_relay_has_the_token_nobody_is_asked_for_it_and_no_request_has_one() {
    let behind = Simulated::start(Ports::default()).expect("ports are free");
    let value = format!("Bearer {}", webex::TOKEN);
    let adding =
        start(Dialect::Adding { to: behind.webex.address(), name: "Authorization", value: value.clone() });
    let address = adding.address();
    let site = Site::start_with(PATH, |relay| {
        let own = relay.upstreams.iter_mut().find(|own| own.slug == "webex").expect("it is there");
        own.address = Address::parse(&address).expect("an address");
    });
    put_up(&site, &json!({ "kind": "path-map", "base": "relay", "token": "relay" }));
    on_site(Engine::Chromium, site, |page, _| {
        page.open("#/webex");
        page.heading("Connect to Webex");
        page.sees("The proxy has the token and adds it, so there is none to enter.");
        page.lacks("Access token");
        page.press("Connect");
        make_a_moderator(page);
        assert_eq!(behind.webex.counters().applied, 1);
        let sent = adding.arrived();
        assert!(sent.len() > 3 && sent.iter().all(|own| own.header("Authorization").is_none()));
        // A token that is refused is the relay's affair, and nobody is asked for another.
        behind.webex.fail(Fault::once_on(
            "GET",
            crate::steps::status(401, r#"{"message":"It has ended.","trackingId":"ROUTER_1"}"#),
        ));
        page.open("#/settings");
        page.press("Sign out: Webex");
        page.open("#/webex");
        page.press("Connect");
        page.sees("Webex does not accept the token that the proxy adds.");
        page.lacks("Access token");
    });
}

/// Through nginx itself: it asks the sign-in, adds the token from the owner's file, and wants a header that no form of
/// another site can send.
#[test]
fn a_relay_that_has_the_token_works_for_those_who_signed_in_there() {
    let (door, secrets) = (Door::open().expect("a port is free"), new_folder("secrets"));
    let value = format!("Bearer {}", webex::TOKEN);
    let site = Site::start_with(PATH, |relay| {
        for upstream in relay.upstreams.iter().filter(|own| !own.credentials.is_empty()) {
            let line = format!("proxy_set_header Authorization \"{value}\";\n");
            fs::write(secrets.join(format!("{}.conf", upstream.slug)), line)
                .expect("the file can be written");
        }
        let (address, secrets) = (door.address(), secrets.display().to_string());
        relay.keep_tokens(SignIn { address, secrets });
    });
    put_up(
        &site,
        &json!({
            "kind": "path-map",
            "base": "relay",
            "token": "relay",
            "credentials": "include",
            "headers": { "X-Requested-With": "memberdesk" }
        }),
    );
    on_site(Engine::Chromium, site, |page, site| {
        page.open("#/webex");
        page.heading("Connect to Webex");
        page.lacks("Access token");
        page.press("Connect");
        page.sees("The proxy wants you to sign in first.");
        assert_eq!(site.webex.arrived().len(), 0);
        // Somebody signs in in another tab.
        page.script("document.cookie = 'door=open; path=/'", json!([]));
        page.press("Connect");
        make_a_moderator(page);
        assert_eq!(site.webex.counters().applied, 1);
        let arrived = site.webex.arrived();
        let got = |name: &str| arrived.iter().map(|own| own.header(name)).collect::<Vec<_>>();
        assert_eq!(got("Authorization"), vec![Some(value.as_str()); arrived.len()]);
        assert_eq!(got("Cookie"), vec![None; arrived.len()], "the cookie is the sign-in's alone");
        let sent = watch::relayed(page);
        let names = |name: &str| sent.iter().filter(|headers| headers.iter().any(|own| own == name)).count();
        assert_eq!((names("authorization"), names("x-requested-with")), (0, sent.len()), "{sent:?}");
        assert!(sent.len() > arrived.len(), "one was refused before the sign-in");
        page.reload();
        page.heading("Connect to Webex");
    });
    fs::remove_dir_all(&secrets).expect("nobody reads it any more");
}

#[test]
fn what_the_owner_locks_cannot_be_changed_and_what_was_chosen_before_does_not_count() {
    in_chromium(|page, site| {
        page.open("");
        let kept = r#"{"version":1,"proxy":{"kind":"prefix","base":"/nowhere"}}"#;
        page.script("localStorage.setItem('memberdesk.settings', arguments[0])", json!([kept]));
        configure(page, site, "proxy_locked", json!(true));
        page.sees("The owner of this page decides the proxy");
        page.sees("Now: the proxy on this site");
        page.lacks("Another proxy");
        page.press("Test the proxy");
        page.sees("The proxy answers.");
        page.press("Save the settings");
        page.sees("Settings saved");
        let settings = page.script("return localStorage.getItem('memberdesk.settings')", json!([]));
        assert!(settings.as_str().is_some_and(|text| text.contains("/nowhere")), "{settings}");
        connect_to_webex(page);
        assert_eq!(site.webex.counters().reads, 1);
    });
}

/// Somebody becomes a moderator, from the question which membership to the proof.
#[track_caller]
fn make_a_moderator(page: &Page) {
    page.heading("Which membership?");
    page.fill("Membership ID", webex::MODERATED_MEMBER);
    page.press("Show what is on file");
    page.heading("ليلى حسن");
    page.choose("Moderator of the space", "Yes, a moderator");
    page.press("Check the change");
    page.press(SEND_A_MODERATOR);
    page.heading("ليلى حسن was updated in Webex");
}

/// The same from the choice of the proxy.
#[track_caller]
fn goes_through(page: &Page, site: &Site, name: &str, dialect: Dialect) {
    let proxy = start(dialect);
    site.webex.reset();
    choose(page, name, &proxy.address());
    check_a_moderator(page);
    page.press(SEND_A_MODERATOR);
    page.heading("ليلى حسن was updated in Webex");
    assert_eq!(site.webex.counters().applied, 1);
    assert!(has_token(&proxy));
    assert_eq!(proxy.arrived().len(), site.webex.arrived().len() + preflights(&proxy));
}

fn preflights(server: &Server) -> usize {
    server.arrived().iter().filter(|own| own.method == "OPTIONS").count()
}

#[test]
fn a_change_goes_through_a_proxy_of_each_dialect() {
    let site = Site::start();
    visit(&site, |page| {
        goes_through(page, &site, "cors-anywhere", Dialect::CorsAnywhere);
        goes_through(page, &site, "A proxy that takes the address in its query", Dialect::Query("url"));
        let gateway = "A gateway that takes the address in a header";
        goes_through(page, &site, gateway, Dialect::Header("X-Target-URL"));
    });
}

#[test]
fn an_envelope_wants_a_secret_of_its_own_and_carries_a_change() {
    let (site, proxy) = (Site::start(), start(Dialect::Proxyscotch { access_token: ACCESS }));
    visit(&site, |page| {
        choose(page, "Proxyscotch (Hoppscotch)", &proxy.address());
        page.open("#/webex");
        page.heading("Connect to Webex");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.sees("There is a problem");
        assert_eq!(proxy.arrived().len(), 0);
        page.fill("Access token of the proxy", "another");
        page.press("Connect");
        page.sees("The proxy does not accept its own access token.");
        page.fill("Access token of the proxy", ACCESS);
        page.press("Connect");
        make_a_moderator(page);
        assert_eq!(site.webex.counters().applied, 1);
        let own = |sent: &simulated::Arrived| sent.header("Authorization").is_some();
        assert!(!proxy.arrived().iter().any(own), "it goes in the envelope");
    });
}

#[test]
fn a_look_that_a_proxy_made_of_a_change_is_no_success() {
    let (site, proxy) = (Site::start(), start(Dialect::CorsAnywhere));
    visit(&site, |page| {
        choose(page, "cors-anywhere", &proxy.address());
        check_a_moderator(page);
        let place = format!("/v1/memberships/{}", webex::MODERATED);
        let moved = Effect::Status {
            status: 302,
            headers: vec![("Location".to_owned(), place)],
            body: String::new(),
        };
        site.webex.fail(Fault::once_on("PUT", moved));
        page.press(SEND_A_MODERATOR);
        page.heading("ليلى حسن does not show the change so far in Webex");
        assert_eq!(site.webex.counters().applied, 0);
    });
}

#[test]
fn one_server_has_a_proxy_of_its_own() {
    let proxy = start(Dialect::Query("url"));
    let (site, trial) = with_a_trial();
    let mut config: Value = serde_json::from_str(&site.read("config.json")).expect("JSON");
    let own = json!({ "kind": "query", "base": proxy.address(), "parameter": "url" });
    config["proxies"] = json!({ "toluna-trial": own });
    site.write("config.json", &config.to_string());
    visit(&site, |page| {
        page.open("#/toluna");
        page.heading("Connect to Toluna");
        page.choose("Which one?", TRIAL);
        page.sees("A proxy stands between");
        page.choose("Which one?", LIVE);
        page.lacks("A proxy stands between");
        connections::connect(page, LIVE, simulated::toluna::PANEL_FRANCE);
        page.fill("Member code", simulated::toluna::MEMBER_REGISTRATION);
        page.press("Show what is on file");
        page.heading(simulated::toluna::MEMBER_REGISTRATION);
        assert_eq!((proxy.arrived().len(), trial.toluna.arrived().len()), (0, 0));
        page.press("Choose another panel member");
        page.press("Use another panel");
        connections::connect(page, TRIAL, simulated::toluna::PANEL_UK);
        page.fill("Member code", simulated::toluna::MEMBER);
        page.press("Show what is on file");
        page.heading(simulated::toluna::MEMBER);
        let live = site.toluna.arrived().len();
        assert!(!proxy.arrived().is_empty() && trial.toluna.counters().reads > 0);
        page.open("#/settings");
        page.sees(&format!("Through {}", proxy.address()));
        page.sees("Through the proxy on this site");
        assert_eq!(site.toluna.arrived().len(), live);
    });
}
