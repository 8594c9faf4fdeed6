//! What goes out of the page besides requests: files, the clipboard, paper, and the person. Chromium only.

use std::fs;

use serde_json::{Value, json};

use crate::{
    browser::{Browser, Engine},
    page::Page,
};

/// Nobody looks at the printer, and a browser without a screen has none.
const COUNT: &str = "window.printed = 0; window.print = () => { window.printed += 1; };";

/// Before the page is opened.
pub(crate) fn begin(browser: &Browser) {
    if browser.engine != Engine::Chromium {
        return;
    }
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": COUNT }));
    let folder = browser.downloads();
    fs::create_dir_all(&folder).expect("the folder can be made");
    let allow = json!({ "behavior": "allow", "downloadPath": folder });
    browser.devtools("Browser.setDownloadBehavior", allow);
}

impl Page {
    /// Waits for a file that was saved: its name, and the text in it. Each is given once.
    #[track_caller]
    pub fn downloaded(&self) -> (String, String) {
        let folder = self.browser.downloads();
        self.until("a file that was saved", async |_| {
            let saved = fs::read_dir(&folder).into_iter().flatten().flatten();
            let mut names: Vec<String> =
                saved.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
            // The browser gives a file its name when all of it is there.
            names.retain(|name| !name.ends_with(".crdownload") && !name.starts_with(".org.chromium"));
            names.sort();
            let Some(name) = names.into_iter().next() else { return Ok(None) };
            let path = folder.join(&name);
            let text = String::from_utf8_lossy(&fs::read(&path).expect("the file is there")).into_owned();
            // Until then an empty one may keep its place.
            if text.is_empty() {
                return Ok(None);
            }
            fs::remove_file(&path).expect("the file can be removed");
            Ok(Some((name, text)))
        })
    }

    /// What was copied last. Only the tests may read it: the page never asks for that.
    #[track_caller]
    pub fn clipboard(&self) -> String {
        let read = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        self.browser.devtools("Browser.grantPermissions", read);
        // A browser gives it only to the page that has the focus.
        self.browser.devtools("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }));
        let script = "const [done] = arguments;
            navigator.clipboard.readText().then((text) => done({ text }), (error) => done({ error: String(error) }));";
        let answer: Value = self.until("to read the clipboard", async |client| {
            client.execute_async(script, Vec::new()).await.map(Some)
        });
        self.browser.devtools("Browser.resetPermissions", json!({}));
        match answer["text"].as_str() {
            Some(text) => text.to_owned(),
            None => panic!("the clipboard: {}", answer["error"]),
        }
    }

    /// How often the page asked to be printed since it was loaded.
    #[track_caller]
    pub fn prints(&self) -> u64 {
        self.script("return window.printed", json!([])).as_u64().expect("a number")
    }

    /// Whether leaving would bring up the browser's question now. A browser asks only on behalf of pages that were
    /// used, and its driver answers at once: whether it would ask is all that can be seen.
    #[track_caller]
    pub fn asks_before_leaving(&self) -> bool {
        let asks = "const event = new Event('beforeunload', { cancelable: true });
            dispatchEvent(event); return event.defaultPrevented;";
        self.script(asks, json!([])) == json!(true)
    }
}
