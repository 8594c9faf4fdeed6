//! The page's doctor on the ways that do not lead through the relay.

use browser_tests::{
    browser::{Browser, Engine},
    page::Page,
    site::{PATH, Site},
};
use serde_json::{Value, json};
use simulated::{Effect, Fault, Hold, On, proxies::Dialect};
use xtask::nginx::free_port;

use crate::proxies::{ACCESS, abroad, start, visit};
use crate::steps::{connect_to_webex, on_read, status};

use super::{look, verdict};

/// The self-check of the way to `provider` alone, through this proxy.
#[track_caller]
fn examine(page: &Page, site: &Site, number: usize, provider: (&str, &str), proxy: &Value) -> String {
    offer(site, number, provider.0, proxy);
    look(page, &format!("?{number}"));
    verdict(page, provider.1)
}

fn offer(site: &Site, number: usize, provider: &str, proxy: &Value) {
    let mut config = site.config();
    // Of two files of one second and one length, a host takes the second for the first.
    config["$note"] = json!(".".repeat(number));
    config["proxy"] = proxy.clone();
    config["providers"] = json!([provider]);
    config["samples"] = json!([]);
    site.write("config.json", &config.to_string());
}

/// Whatever Webex is asked from now on.
fn often(site: &Site, effect: Effect) {
    site.webex.fail(Fault { on: On::default(), times: 9, effect });
}

#[test]
fn each_kind_of_proxy_is_found_healthy_where_it_is() {
    let site = Site::start();
    let (prefix, query) = (start(Dialect::CorsAnywhere), start(Dialect::Query("url")));
    let (header, scotch) =
        (start(Dialect::Header("X-Target-URL")), start(Dialect::Proxyscotch { access_token: ACCESS }));
    let kinds = [
        json!({ "kind": "prefix", "base": prefix.address() }),
        json!({ "kind": "query", "base": query.address(), "parameter": "url" }),
        json!({ "kind": "header-target", "base": header.address(), "header": "X-Target-URL" }),
        json!({ "kind": "envelope", "base": scotch.address(), "access_token": true }),
        json!({ "kind": "none" }),
    ];
    visit(&site, |page| {
        for (number, kind) in kinds.iter().enumerate() {
            let found = examine(page, &site, number, ("webex", "Webex"), kind);
            assert_eq!(found, "healthy", "{kind}: {}", page.words());
        }
    });
}

#[test]
fn what_is_wrong_on_another_way_than_the_relays_is_named() {
    let site = Site::start();
    let (prefix, scotch) =
        (start(Dialect::CorsAnywhere), start(Dialect::Proxyscotch { access_token: ACCESS }));
    let page_host = start(Dialect::Bare { to: site.origin().to_owned() });
    let closed = format!("http://127.0.0.1:{}", free_port().expect("a port is free"));
    let of = |kind: &str, base: &str| json!({ "kind": kind, "base": base });
    // Chromium complains of what a provider does not let in, and no page can help that.
    let (_host, page) = abroad(&site);
    let mut number = 0;
    let mut check = |provider: (&str, &str), proxy: &Value, expected: &str| {
        number += 1;
        let found = examine(&page, &site, number, provider, proxy);
        assert_eq!(found, expected, "{proxy}: {}", page.words());
    };
    let webex = ("webex", "Webex");
    check(webex, &of("prefix", &closed), "unreachable");
    check(webex, &of("envelope", &closed), "unreachable");
    // A site that is no proxy answers there.
    check(webex, &of("envelope", &[&page_host.address(), PATH].concat()), "web-page");
    check(webex, &of("envelope", &prefix.address()), "marker-missing");
    // The provider lets no page in.
    check(("flashapply", "FlashApply"), &json!({ "kind": "none" }), "provider-closed");
    often(&site, Effect::CutBefore);
    check(webex, &of("prefix", &prefix.address()), "somebody-down");
    let mut known = of("prefix", &prefix.address());
    known["errors"] = json!([{
        "status": 404, "begins": "Not found because of proxy error", "code": "upstream_unreachable", "sent": "maybe"
    }]);
    check(webex, &known, "provider-unreachable");
    site.webex.reset();
    often(&site, status(503, ""));
    check(webex, &of("prefix", &prefix.address()), "somebody-down");
    // There nothing passes without its own secret, so only the proxy itself is asked.
    let own = json!({ "kind": "envelope", "base": scotch.address(), "access_token": true });
    check(webex, &own, "healthy");
}

/// The host of the tests allows the page's own site alone.
#[test]
fn what_the_host_sends_is_held_against_the_configuration() {
    let site = Site::start();
    // What is forbidden there, the browser complains of.
    let page = Page::new(Browser::start(Engine::Chromium), &site);
    look(&page, "?0");
    page.sees("The policy that the host sends fits config.json");
    page.sees("What the page’s host sends");
    offer(&site, 1, "webex", &json!({ "kind": "path-map", "base": "https://relay.example.com" }));
    look(&page, "?1");
    page.sees("The policy that the host sends forbids what config.json needs: https://relay.example.com");
    page.sees("Code: csp");
}

/// Without a credential all is well, and with one nothing comes in time.
#[test]
fn a_credential_that_is_not_answered_in_time_is_no_healthy_way() {
    let site = Site::start();
    offer(&site, 0, "webex", &json!({ "kind": "none" }));
    visit(&site, |page| {
        connect_to_webex(page);
        page.open("#/doctor");
        page.sees("All was looked at.");
        assert_eq!(verdict(page, "Webex"), "healthy", "{}", page.words());
        site.webex.fail(on_read("/v1/people/me", status(401, "{}")));
        site.webex.fail(on_read("/v1/people/me", Effect::HoldBefore(Hold::new())));
        page.press("Check again");
        page.sees("Code: provider-slow");
        page.sees("All was looked at.");
    });
}
