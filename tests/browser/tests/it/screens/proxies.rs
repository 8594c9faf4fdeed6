//! Proxies of any kind: how one is chosen, what is asked before a token goes there, and what is wrong on the way.

use browser_tests::site::Site;
use serde_json::json;
use simulated::webex;

use super::look;
use crate::proxies::{choose, put_up};
use crate::steps::{configure, connect_to_webex};

#[test]
fn proxies_are_open_to_everybody() {
    look(Site::start(), |screens| {
        let (page, take) = (screens.page, screens.take());
        choose(page, "cors-anywhere", "https://proxy.example");
        take("settings-proxies");
        page.open("#/webex");
        page.heading("Connect to Webex");
        page.sees("Whoever runs it can read the token and each record");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.sees("Say that you understand who can read the token");
        take("connect-stranger");
        page.script("localStorage.clear()", json!([]));
        configure(page, screens.site, "proxy_locked", json!(true));
        page.sees("The owner of this page decides the proxy");
        take("settings-locked");
        put_up(screens.site, &json!({ "kind": "path-map", "base": "relay", "token": "relay" }));
        page.open("#/webex");
        page.reload();
        page.sees("The proxy has the token and adds it");
        take("connect-relay-token");
        put_up(screens.site, &json!({ "kind": "path-map", "base": "nowhere" }));
        page.open("#/settings");
        page.reload();
        page.press("Check the ways to the providers");
        page.sees("All was looked at.");
        take("doctor-wrong");
        put_up(screens.site, &json!({ "kind": "path-map", "base": "relay" }));
        page.open("#/");
        page.reload();
        connect_to_webex(page);
    });
}
