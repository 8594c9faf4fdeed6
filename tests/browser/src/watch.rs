//! What must hold on every visit: nothing forbidden, no complaint in the console, no word to anybody else,
//! and no secret anywhere but in requests.

use serde_json::{Value, json};
use simulated::{aitable, flashapply, symbl, toluna, webex};

use crate::{
    browser::{Browser, Engine},
    page::Page,
    site::Site,
};

/// Notes what the page's policy forbids, and faults that nobody caught.
const LISTEN: &str = "
    window.heard = [];
    addEventListener('securitypolicyviolation', (event) =>
        heard.push(`${event.effectiveDirective} forbids ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`));
    addEventListener('error', (event) => heard.push(`error: ${event.message}`));
    addEventListener('unhandledrejection', (event) => heard.push(`rejection: ${event.reason}`));
";

/// All that is on the page and all that it keeps: each place with its text.
const TEXTS: &str = "
    const [done] = arguments;
    const texts = [];
    const add = (place, text) => texts.push([place, String(text ?? '')]);
    add('the document', document.documentElement.outerHTML);
    add('the text', document.documentElement.textContent);
    for (const box of document.querySelectorAll('input, textarea')) add(`the box ${box.id}`, box.value);
    add('the title', document.title);
    add('the address', location.href);
    add('the history', JSON.stringify(history.state));
    add('the name of the window', window.name);
    add('the cookies', document.cookie);
    add('localStorage', JSON.stringify({ ...localStorage }));
    add('sessionStorage', JSON.stringify({ ...sessionStorage }));
    // The browser's own list has the addresses of requests, and a provider may take its secret there.
    for (const entry of performance.getEntries()) add('the timeline', entry.name);
    const whole = (value) => {
        const seen = new Set();
        return JSON.stringify(value, (_, part) => {
            if (typeof part === 'bigint') return String(part);
            // Some lead back to themselves.
            const again = part && typeof part === 'object' && seen.size === seen.add(part).size;
            return again ? undefined : part;
        });
    };
    const plain = (value) => [Object.prototype, Array.prototype, null].includes(Object.getPrototypeOf(value));
    for (const name of Object.keys(window)) {
        const value = window[name];
        if (typeof value === 'string') add(`window.${name}`, value);
        else if (value && typeof value === 'object' && plain(value)) add(`window.${name}`, whole(value));
    }
    Promise.all([
        indexedDB.databases ? indexedDB.databases() : [],
        window.caches ? caches.keys() : [],
    ]).then((kept) => done({ texts, kept: kept.flat().length }), (error) => done({ texts, kept: String(error) }));
";

pub fn begin(browser: &Browser) {
    if browser.engine == Engine::Chromium {
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LISTEN }));
    }
}

/// Trunk writes an integrity on each preload, and Chromium has none for `as=fetch`; the boot file checks it instead.
const KNOWN: &str = "The `integrity` attribute is currently ignored for preload destinations";

/// What Chromium's console complains of, but for the statuses of answers, which are the providers' business.
pub fn notes(browser: &Browser) -> Vec<String> {
    let log = browser.log("browser").into_iter();
    log.filter(|entry| entry["source"] != "network")
        .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
        .filter(|message| !message.contains(KNOWN))
        .collect()
}

/// What people give the page to keep, at each provider.
pub const SECRETS: [&str; 7] = [
    webex::TOKEN,
    aitable::TOKEN,
    symbl::TOKEN,
    symbl::APP_SECRET,
    flashapply::TOKEN,
    toluna::PANEL_UK,
    toluna::PANEL_FRANCE,
];

#[track_caller]
pub fn assert_clean(page: &Page, site: &Site) {
    assert_quiet(page);
    assert_alone(page, site);
    for secret in SECRETS {
        assert_secret_is_nowhere(page, secret);
    }
}

/// The policy forbade nothing, and the console is empty.
#[track_caller]
pub fn assert_quiet(page: &Page) {
    if page.browser.engine == Engine::Chromium {
        assert_eq!(page.script("return window.heard", json!([])), json!([]));
        assert_eq!(notes(&page.browser), [""; 0]);
    }
}

/// Every request went to the page's own host.
#[track_caller]
pub fn assert_alone(page: &Page, site: &Site) {
    let own = format!("{}/", site.origin());
    let asked = requests(page);
    assert!(!asked.is_empty(), "some requests were seen");
    let foreign: Vec<&String> = asked.iter().filter(|address| !address.starts_with(&own)).collect();
    assert_eq!(foreign, [""; 0], "all requests go to {own}");
}

#[track_caller]
pub fn assert_secret_is_nowhere(page: &Page, secret: &str) {
    let found = texts(page).into_iter().filter(|(_, text)| text.contains(secret));
    let places: Vec<String> = found.map(|(place, _)| place).collect();
    assert_eq!(places, [""; 0], "a secret can be found");
}

/// All places on the page and in what it keeps, with what is there. It has no database and no cache.
#[track_caller]
pub fn texts(page: &Page) -> Vec<(String, String)> {
    let all = page
        .until("to search the page", async |client| client.execute_async(TEXTS, Vec::new()).await.map(Some));
    assert_eq!(all["kept"], 0, "there is a database or a cache");
    serde_json::from_value(all["texts"].clone()).expect("pairs of texts")
}

/// The names of the headers, in small letters, of each request to the relay since this was last asked for. Chromium only.
pub fn relayed(page: &Page) -> Vec<Vec<String>> {
    let headers = |entry: Value| {
        let message: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
        let request = &message["message"]["params"]["request"];
        let names = request["headers"].as_object()?.keys().map(|name| name.to_lowercase()).collect();
        request["url"].as_str()?.contains("/relay/").then_some(names)
    };
    page.browser.log("performance").into_iter().filter_map(headers).collect()
}

/// The addresses that the browser asked for.
fn requests(page: &Page) -> Vec<String> {
    if page.browser.engine != Engine::Chromium {
        let script = "return performance.getEntries().filter((entry) => /^(resource|navigation)$/.test(entry.entryType))
            .map((entry) => entry.name)";
        let names = page.script(script, json!([]));
        return serde_json::from_value(names).expect("a list of addresses");
    }
    let address = |entry: Value| {
        let message: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
        let message = &message["message"];
        let is_request = message["method"] == "Network.requestWillBeSent";
        let address = message["params"]["request"]["url"].as_str()?;
        (is_request && address.starts_with("http")).then(|| address.to_owned())
    };
    page.browser.log("performance").into_iter().filter_map(address).collect()
}
