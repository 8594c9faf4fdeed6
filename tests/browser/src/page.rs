//! The page as a person uses it: everything is named by the words on the screen.
//!
//! Each step waits until it can be done or seen, and says what was on the screen instead if that never comes.

use std::{
    fs,
    time::{Duration, Instant},
};

use fantoccini::{
    Client, Locator,
    actions::{InputSource, KeyAction, KeyActions},
    elements::Element,
    error::CmdError,
    key::Key,
    wd::WindowHandle,
};
use serde_json::{Value, json};
use xtask::process::target_folder;

use crate::{
    browser::{Browser, Engine},
    exits,
    site::Site,
    watch,
};

/// Long enough for a slow computer; a test that reaches it has failed.
const PATIENCE: Duration = Duration::from_secs(15);

/// Between two looks.
const BREATH: Duration = Duration::from_millis(20);

pub struct Page {
    pub browser: Browser,
    address: String,
}

impl Page {
    pub fn new(browser: Browser, site: &Site) -> Page {
        Page::at(browser, site.address(""))
    }

    /// At any address, of which `open` then names places.
    pub fn at(browser: Browser, address: String) -> Page {
        watch::begin(&browser);
        exits::begin(&browser);
        Page { browser, address }
    }

    /// Goes to a place on the page, as in `#/webex`.
    #[track_caller]
    pub fn open(&self, hash: &str) {
        let address = [&self.address, hash].concat();
        self.must("open the page", async |client| client.goto(&address).await);
    }

    #[track_caller]
    pub fn reload(&self) {
        self.must("load the page again", async |client| client.refresh().await);
    }

    /// The buttons of the browser itself.
    #[track_caller]
    pub fn back(&self) {
        self.must("go back", async |client| client.back().await);
    }

    #[track_caller]
    pub fn forward(&self) {
        self.must("go forward", async |client| client.forward().await);
    }

    /// The window that is in front.
    #[track_caller]
    pub fn window(&self) -> WindowHandle {
        self.must("name the window", async |client| client.window().await)
    }

    /// Opens another window of the same browser, which is in front from now on.
    #[track_caller]
    pub fn open_window(&self) -> WindowHandle {
        self.must("open a window", async |client| client.new_window(false).await);
        let handles = self.must("count the windows", async |client| client.windows().await);
        let new = handles.into_iter().last().expect("there is a window");
        self.turn_to(&new);
        watch::begin(&self.browser);
        new
    }

    #[track_caller]
    pub fn turn_to(&self, window: &WindowHandle) {
        self.must("turn to a window", async |client| client.switch_to_window(window.clone()).await);
    }

    /// Waits for the heading, which says where one is.
    #[track_caller]
    pub fn heading(&self, text: &str) {
        let path = format!("//h1[normalize-space(.)={}]", literal(text));
        self.find(&format!("the heading “{text}”"), &path);
    }

    /// Waits for words on the screen.
    #[track_caller]
    pub fn sees(&self, text: &str) {
        self.until(&format!("the words “{text}”"), async |client| {
            Ok(words(client).await?.contains(text).then_some(()))
        });
    }

    /// Waits until the number behind these words is seen to become smaller.
    #[track_caller]
    pub fn counts_down(&self, before: &str) {
        let left = async |client: &Client| -> Result<Option<u32>, CmdError> {
            let words = words(client).await?;
            let after = words.split_once(before).and_then(|(_, after)| after.split(' ').next());
            Ok(after.and_then(|number| number.parse().ok()))
        };
        let first = self.until(&format!("a number behind “{before}”"), left);
        self.until(&format!("a number below {first} behind “{before}”"), async |client| {
            Ok(left(client).await?.filter(|now| *now < first))
        });
    }

    /// These words are not on the screen now.
    #[track_caller]
    pub fn lacks(&self, text: &str) {
        let words = self.words();
        assert!(!words.contains(text), "“{text}” should not be in:\n{words}");
    }

    /// All words on the screen now.
    #[track_caller]
    pub fn words(&self) -> String {
        self.must("read the screen", async |client| words(client).await)
    }

    #[track_caller]
    pub fn title(&self) -> String {
        self.must("read the title", async |client| client.title().await)
    }

    /// The rows of the table of changes, cell by cell; without what can be pressed there, and what is said below a
    /// row.
    #[track_caller]
    pub fn rows(&self) -> Vec<Vec<String>> {
        self.until("a table", async |client| {
            let mut rows = Vec::new();
            for row in client.find_all(Locator::XPath("//tbody/tr[th]")).await? {
                let mut cells = Vec::new();
                for cell in row.find_all(Locator::XPath("./*[not(.//button)]")).await? {
                    cells.push(cell.text().await?);
                }
                rows.push(cells);
            }
            Ok((!rows.is_empty()).then_some(rows))
        })
    }

    /// Something is wrong with an answer: the title says so, the summary names it and has the focus, and the same
    /// words stand beside it.
    #[track_caller]
    pub fn problem(&self, label: &str, says: &str) {
        let summary = format!(
            "//section[.//h2[normalize-space(.)='There is a problem']]//li[normalize-space(.)={}]",
            literal(says)
        );
        self.find(&format!("“{says}” in the summary"), &summary);
        let id = self.attribute(label, "id");
        let beside =
            format!("//*[@id='{id}-error'][normalize-space(.)={}]", literal(&format!("Error: {says}")));
        self.find(&format!("“{says}” beside “{label}”"), &beside);
        self.until("a title that begins with “Error: ”", async |client| {
            Ok(client.title().await?.starts_with("Error: ").then_some(()))
        });
        self.until("the focus on the summary", async |client| {
            let text = client.active_element().await?.text().await?;
            Ok((text.starts_with("There is a problem") && text.contains(says)).then_some(()))
        });
    }

    /// What stands in a box.
    #[track_caller]
    pub fn value(&self, label: &str) -> String {
        self.until(&format!("the box “{label}”"), async |client| {
            let control = client.find(Locator::XPath(&control(label))).await?;
            control.prop("value").await
        })
    }

    /// The answer that is chosen.
    #[track_caller]
    pub fn chosen(&self, question: &str) -> String {
        let path = format!("{}//input[@type='radio']", fieldset(question));
        self.until(&format!("an answer to “{question}”"), async |client| {
            for radio in client.find_all(Locator::XPath(&path)).await? {
                if radio.is_selected().await? {
                    let id = radio.attr("id").await?.unwrap_or_default();
                    let label = client.find(Locator::Css(&format!("label[for='{id}']"))).await?;
                    return Ok(Some(label.text().await?));
                }
            }
            Ok(None)
        })
    }

    /// An attribute of the control that has this label, or of the group that asks this question.
    #[track_caller]
    pub fn attribute(&self, label: &str, name: &str) -> String {
        let path = format!("{} | {}", control(label), fieldset(label));
        self.until(&format!("“{label}”"), async |client| {
            client.find(Locator::XPath(&path)).await?.attr(name).await
        })
    }

    /// Types into a box, over what stands there.
    #[track_caller]
    pub fn fill(&self, label: &str, text: &str) {
        self.until(&format!("the box “{label}” to hold “{text}”"), async |client| {
            let control = client.find(Locator::XPath(&control(label))).await?;
            reveal(&control).await?;
            let before = control.prop("value").await?.unwrap_or_default();
            if before == text {
                return Ok(Some(()));
            }
            if !before.is_empty() {
                let all: String = [char::from(Key::Control), 'a', char::from(Key::Null)].iter().collect();
                control.send_keys(&all).await?;
                control.send_keys(&char::from(Key::Backspace).to_string()).await?;
            }
            control.send_keys(text).await?;
            Ok(None)
        });
    }

    /// Goes into a box, as a press on it does.
    #[track_caller]
    pub fn focus_on(&self, label: &str) {
        let path = control(label);
        self.until(&format!("the box “{label}”"), async |client| {
            let control = client.find(Locator::XPath(&path)).await?;
            reveal(&control).await?;
            stand_still(client, &control).await?;
            control.click().await.map(Some)
        });
    }

    /// Puts a text into a box all at once, as pasting does. Chromium only.
    #[track_caller]
    pub fn paste(&self, label: &str, text: &str) {
        self.focus_on(label);
        self.script("document.activeElement.select()", json!([]));
        self.browser.devtools("Input.insertText", json!({ "text": text }));
    }

    /// Chooses one of the answers to a question.
    #[track_caller]
    pub fn choose(&self, question: &str, answer: &str) {
        let path = format!("{}//label[normalize-space(.)={}]", fieldset(question), literal(answer));
        self.click(&format!("“{answer}” for “{question}”"), &path);
    }

    /// Presses a button, a link or a summary.
    #[track_caller]
    pub fn press(&self, name: &str) {
        self.click(&format!("“{name}” to press"), &pressable(name));
    }

    /// Presses twice, so fast that nothing can happen in between.
    #[track_caller]
    pub fn press_twice(&self, name: &str) {
        let path = pressable(name);
        self.until(&format!("“{name}” to press"), async |client| {
            let button = serde_json::to_value(client.find(Locator::XPath(&path)).await?)?;
            let script = "arguments[0].click(); arguments[0].click();";
            client.execute(script, vec![button]).await.map(Some)
        });
    }

    /// Ticks the box with this label.
    #[track_caller]
    pub fn tick(&self, label: &str) {
        let own = "@for=//input[@type='checkbox']/@id or .//input[@type='checkbox']";
        let path = format!("//label[normalize-space(.)={}][{own}]", literal(label));
        self.click(&format!("“{label}” to tick"), &path);
    }

    /// Presses one key, wherever the focus is.
    #[track_caller]
    pub fn key(&self, key: impl Into<char>) {
        let value = key.into();
        self.must("press a key", async |client| {
            let keys = KeyActions::new("keyboard".to_owned())
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value });
            client.perform_actions(keys).await
        });
    }

    /// Types with the keyboard, wherever the focus is.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        self.must("type", async |client| {
            let keys = KeyActions::new("keyboard".to_owned());
            let keys = text
                .chars()
                .fold(keys, |keys, value| keys.then(KeyAction::Down { value }).then(KeyAction::Up { value }));
            client.perform_actions(keys).await
        });
    }

    /// What a screen reader calls that which has the focus.
    #[track_caller]
    pub fn focused(&self) -> String {
        self.must("ask for the focus", async |client| {
            let element = client.active_element().await?;
            let id = String::from(element.element_id());
            self.browser.computed(&id, "computedlabel").await
        })
    }

    #[track_caller]
    pub fn focus_comes_to(&self, name: &str) {
        self.until(&format!("the focus on “{name}”"), async |client| {
            let id = String::from(client.active_element().await?.element_id());
            let focused = self.browser.computed(&id, "computedlabel").await?;
            Ok((focused == name).then_some(()))
        });
    }

    /// Runs a script, for what a person cannot do or see.
    #[track_caller]
    pub fn script(&self, script: &str, arguments: Value) -> Value {
        let arguments = match arguments {
            Value::Array(arguments) => arguments,
            other => vec![other],
        };
        self.must("run a script", async |client| client.execute(script, arguments.clone()).await)
    }

    /// Looks again and again until there is something.
    #[track_caller]
    pub fn until<T>(&self, wanted: &str, look: impl AsyncFn(&Client) -> Result<Option<T>, CmdError>) -> T {
        let start = Instant::now();
        let found = self.browser.run(async {
            loop {
                // The page may be drawn anew while it is looked at.
                let found = look(self.browser.client()).await;
                if let Ok(Some(found)) = found {
                    return Ok(found);
                }
                if start.elapsed() > PATIENCE {
                    return Err(found.err());
                }
                tokio::time::sleep(BREATH).await;
            }
        });
        found.unwrap_or_else(|error| self.fail(wanted, error))
    }

    /// Waits for something beyond the screen.
    #[track_caller]
    pub fn wait_for(&self, wanted: &str, holds: impl Fn() -> bool) {
        let start = Instant::now();
        while !holds() {
            if start.elapsed() > PATIENCE {
                self.fail(wanted, None);
            }
            std::thread::sleep(BREATH);
        }
    }

    #[track_caller]
    fn must<T>(&self, act: &str, work: impl AsyncFn(&Client) -> Result<T, CmdError>) -> T {
        match self.browser.run(work(self.browser.client())) {
            Ok(done) => done,
            Err(error) => self.fail(act, Some(error)),
        }
    }

    #[track_caller]
    fn find(&self, wanted: &str, path: &str) -> Element {
        self.until(wanted, async |client| {
            let found = client.find(Locator::XPath(path)).await?;
            Ok(found.is_displayed().await?.then_some(found))
        })
    }

    #[track_caller]
    pub(crate) fn click(&self, wanted: &str, path: &str) {
        self.until(wanted, async |client| {
            let found = client.find(Locator::XPath(path)).await?;
            // WebKit's driver does not scroll by itself where a box around it cuts off.
            let script = "arguments[0].scrollIntoView({ block: 'center' })";
            client.execute(script, vec![serde_json::to_value(&found)?]).await?;
            stand_still(client, &found).await?;
            found.click().await.map(Some)
        });
    }

    /// Says what was on the screen instead, and leaves a picture of it.
    #[track_caller]
    fn fail(&self, wanted: &str, error: Option<CmdError>) -> ! {
        let error = error.map(|error| match error {
            CmdError::Standard(error) => format!(" ({:?}: {})", error.error, first_line(&error.message)),
            error => format!(" ({error})"),
        });
        let client = self.browser.client();
        let focus = "return document.activeElement.cloneNode(false).outerHTML";
        let (title, words, focus, picture) = self.browser.run(async {
            (
                client.title().await.unwrap_or_default(),
                words(client).await.unwrap_or_default(),
                client.execute(focus, Vec::new()).await.unwrap_or_default(),
                client.screenshot().await.unwrap_or_default(),
            )
        });
        let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let path = target_folder().join(format!("browser-test/failed-{test}.png"));
        // The picture is a help; the words above it tell enough.
        _ = fs::write(&path, picture);
        let notes = if self.browser.engine == Engine::Chromium {
            watch::notes(&self.browser).join("\n")
        } else {
            String::new()
        };
        let error = error.unwrap_or_default();
        panic!(
            "wanted: {wanted}{error}\nbut the page “{title}” said:\n{words}\n{notes}\nfocus: {focus}\npicture: {}",
            path.display()
        )
    }
}

async fn words(client: &Client) -> Result<String, CmdError> {
    client.find(Locator::Css("body")).await?.text().await
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// The control that a label belongs to; not an answer to choose, which may have the name of a box.
pub(crate) fn control(label: &str) -> String {
    let label = format!("//label[normalize-space(.)={}]", literal(label));
    format!("//*[@id={label}/@for][not(@type='radio')] | {label}//input")
}

fn fieldset(question: &str) -> String {
    format!("//fieldset[legend[normalize-space(.)={}]]", literal(question))
}

fn pressable(name: &str) -> String {
    let name = literal(name);
    format!("//*[self::button or self::a or self::summary][@aria-label={name} or normalize-space(.)={name}]")
}

/// A text in XPath, which knows no escapes.
pub(crate) fn literal(text: &str) -> String {
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    let parts: Vec<String> = text.split('\'').map(|part| format!("'{part}'")).collect();
    format!("concat({})", parts.join(", \"'\", "))
}

/// Waits until a control stands where it stood a frame before: nobody presses what still moves.
async fn stand_still(client: &Client, control: &Element) -> Result<(), CmdError> {
    let script = "const [control, done] = arguments;
        const place = () => { const { x, y } = control.getBoundingClientRect(); return `${x} ${y}`; };
        const look = (before) => requestAnimationFrame(() => place() === before ? done() : look(place()));
        requestAnimationFrame(() => look(place()));
        // A window behind another one has no frames.
        setTimeout(done, 500);";
    client.execute_async(script, vec![serde_json::to_value(control)?]).await.map(drop)
}

/// Opens what a control is folded away in, as somebody does who looks for it.
async fn reveal(control: &Element) -> Result<(), CmdError> {
    match control.find(Locator::XPath("./ancestor::details[not(@open)]/summary")).await {
        Ok(summary) => summary.click().await,
        Err(_) => Ok(()),
    }
}
