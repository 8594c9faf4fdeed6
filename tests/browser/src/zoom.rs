//! What is lost when somebody enlarges the page to 400 %: a window of 1280 × 1024 holds 320 × 256 then.

use serde_json::json;

use crate::{axe::Scheme, page::Page};

/// These are cut on purpose: the first for eyes that do not need it, the others because the words stand elsewhere
/// too.
const CUT: [&str; 2] = [".visually-hidden", ".crumbs__step"];

/// Everything is named by its words, because that is what a person misses.
const LOOK: &str = "
    const [cut] = arguments;
    const lost = [];
    const root = document.documentElement;
    const name = (element) => {
        const words = (element.innerText || element.value || element.id || '').trim().replace(/\\s+/g, ' ').slice(0, 60);
        return `${element.tagName.toLowerCase()}.${element.className} “${words}”`;
    };
    const shown = (element) => element.checkVisibility({ visibilityProperty: true });
    if (root.scrollWidth > innerWidth) lost.push(`the page is ${root.scrollWidth} wide in a window of ${innerWidth}`);

    for (const element of document.body.querySelectorAll('*')) {
        if (!shown(element) || element.closest(cut) || !element.textContent.trim()) continue;
        const { overflowX, overflowY } = getComputedStyle(element);
        const cuts = (overflow) => overflow === 'hidden' || overflow === 'clip';
        const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
        if (cuts(overflowX) && scrollWidth > clientWidth + 1)
            lost.push(`${name(element)} is cut off: ${scrollWidth} wide in ${clientWidth}`);
        if (cuts(overflowY) && scrollHeight > clientHeight + 1)
            lost.push(`${name(element)} is cut off: ${scrollHeight} high in ${clientHeight}`);
        // The words that a cell of a narrow table has from its stylesheet.
        const { content, display, height } = getComputedStyle(element, '::before');
        const says = content.startsWith('\"') && content.length > 2;
        if (says && display !== 'inline' && parseFloat(height) > clientHeight)
            lost.push(`${content} of ${name(element)} is cut off: ${height} high in ${clientHeight}`);
    }

    // Where the keyboard goes, as it goes there: the browser itself scrolls to what gets the focus.
    const before = document.activeElement;
    const stops = 'a[href], button, input, select, textarea, summary, [tabindex]';
    for (const stop of document.body.querySelectorAll(stops)) {
        if (stop.disabled || stop.tabIndex < 0 || !shown(stop)) continue;
        stop.focus();
        stop.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        const box = stop.getClientRects()[0];
        if (document.activeElement !== stop || !box) {
            lost.push(`${name(stop)} does not take the focus`);
            continue;
        }
        const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
        const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
        if (right <= left || bottom <= top) {
            lost.push(`${name(stop)} cannot be scrolled into view`);
            continue;
        }
        const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        const own = [stop, ...(stop.labels ?? [])].some((part) => part.contains(hit));
        // What takes no presses itself, as a drawn box does, leaves them to what it stands in.
        const around = hit?.contains(stop) && hit !== root && hit !== document.body;
        // An open list lies over what follows, and closes when one goes on.
        const list = hit?.closest('[role=listbox]');
        if (!own && !around && !list) lost.push(`${name(stop)} is covered by ${hit ? name(hit) : 'nothing'}`);
    }
    before?.focus?.({ preventScroll: true });
    scrollTo(0, 0);
    return lost;
";

impl Page {
    /// What a person misses at 400 %. Chromium only.
    #[track_caller]
    pub fn lost_at_400_percent(&self) -> Vec<String> {
        self.look_at(320, 256, 4, Scheme::Light);
        let lost = self.script(LOOK, json!([CUT.join(", ")]));
        self.look_as_usual();
        serde_json::from_value(lost).expect("a list")
    }
}
