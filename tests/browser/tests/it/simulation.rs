//! What is said of simulated providers, and where it is not.

use browser_tests::{in_chromium, site::Site};
use serde_json::json;

use crate::{settings::RELAY, steps::configure};

#[test]
fn simulated_providers_are_called_so_on_every_page() {
    const NOBODY: &str = "Simulated providers: nobody real is changed.";
    in_chromium(|page, site| {
        page.open("#/settings");
        page.heading("Settings");
        page.lacks(NOBODY);
        // Samples alone do not say it: what stands behind the proxy is the owner's to say.
        configure(page, site, "samples", Site::samples());
        page.lacks(NOBODY);
        page.lacks("Simulated on this machine.");
        page.press("Test Webex");
        page.sees("Webex was reached.");
        configure(page, site, "simulated", json!(true));
        page.sees(NOBODY);
        page.sees("Simulated on this machine.");
        // Of a server that the owner does not name it is not said, but it can be tried.
        page.sees("Test AITable in China (vika.cn)");
        page.press("Test the proxy");
        page.sees("The proxy answers.");
        page.press("Test Webex");
        page.sees("Webex (simulated) was reached.");
        for hash in ["", "#/webex", "#/nowhere"] {
            page.open(hash);
            page.sees(NOBODY);
        }
        page.browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }));
        page.sees(NOBODY);
        page.lacks("Settings");
        page.browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "" }));
        // Another proxy may lead to somebody real.
        page.open("#/settings");
        page.choose("Proxy", RELAY);
        page.fill("Address of the proxy", &site.address("relay"));
        page.press("Test Webex");
        page.sees("Webex was reached.");
        page.press("Save the settings");
        page.sees("Settings saved");
        page.lacks(NOBODY);
        page.lacks("Simulated on this machine.");
    });
}
