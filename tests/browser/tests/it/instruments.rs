//! What the other tests measure with finds what it should: pages that are wrong on purpose, judged.

use browser_tests::{axe::Scheme, in_chromium, page::Page};

const FAULTY: &str = r#"<!doctype html><html><meta charset="utf-8"><title>Faulty</title>
<link rel="stylesheet" href="faulty.css">
<main><h3>Too deep</h3><input class="nameless"><fieldset><input type="radio" aria-label="Yes"></fieldset>
<p class="dark">Dark on dark</p><p class="forced">Pale on pale</p>
<p class="cut">Words that are longer than the box that they stand in</p>
<p class="wide">Words that go on beyond the window</p>
<p class="below"><button>Covered</button><span class="cover"></span></p>
<button class="away">Away</button></main><nav></nav><nav></nav>"#;

const STYLE: &str = "
    .cut { width: 3rem; height: 3rem; overflow: hidden; white-space: nowrap; }
    .wide { width: 30rem; }
    .below { position: relative; }
    .cover { position: absolute; inset: 0; background: white; }
    .away { position: absolute; left: -100rem; }
    @media (prefers-color-scheme: dark) { .dark { background: #222; color: #333; } }
    @media (forced-colors: active) { .forced { background: #eee; color: #ddd; forced-color-adjust: none; } }
";

#[test]
fn what_shuts_people_out_is_found() {
    in_chromium(|page, site| {
        site.write("faulty.html", FAULTY);
        site.write("faulty.css", STYLE);
        page.open("faulty.html");

        let light = page.axe(1280, Scheme::Light);
        assert_found(&light, &["html-has-lang", "label", "page-has-heading-one"]);
        assert!(!light.iter().any(|finding| finding.starts_with("color-contrast")), "{light:#?}");
        let contrast = |scheme| {
            let found = page.axe(1280, scheme).into_iter();
            found.filter(|finding| finding.starts_with("color-contrast")).collect::<Vec<_>>()
        };
        assert_found(&contrast(Scheme::Dark), &[" at .dark:"]);
        assert_found(&contrast(Scheme::Forced), &[" at .forced:"]);

        assert_eq!(
            page.lost_at_400_percent().iter().map(|lost| before_numbers(lost)).collect::<Vec<_>>(),
            [
                "the page is",
                "p.cut “Words that are longer than the box that they stand in” is cut off:",
                "button. “Covered” is covered by span.cover “”",
                "button.away “Away” cannot be scrolled into view",
            ]
        );
        assert_eq!(
            page.untold(),
            [
                "textbox has no name, in main “”",
                r#"radio "Yes" stands in no group with a name"#,
                "two landmarks are navigation",
                "0 headings of the first level",
                r#"heading 3 "Too deep" follows a heading of level 0"#,
            ]
        );
    });
}

const EXITS: &str = r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>Exits</title>
<script src="exits.js" defer></script>
<h1>Exits</h1><button id="save">Save</button><button id="copy">Copy</button><button id="print">Print</button>"#;

const EXITS_SCRIPT: &str = r#"
    const press = (id, act) => document.getElementById(id).addEventListener("click", act);
    press("save", () => {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob(["Name;Wörter\n"], { type: "text/csv" }));
        link.download = "members.csv";
        link.click();
    });
    press("copy", () => navigator.clipboard.writeText("Zoë 🚀"));
    press("print", () => print());
    addEventListener("beforeunload", (event) => { if (window.printed) event.preventDefault(); });
"#;

#[test]
fn what_leaves_the_page_is_seen() {
    in_chromium(|page, site| {
        site.write("exits.html", EXITS);
        site.write("exits.js", EXITS_SCRIPT);
        page.open("exits.html");
        for _ in 0..2 {
            page.press("Save");
            assert_eq!(page.downloaded(), ("members.csv".to_owned(), "Name;Wörter\n".to_owned()));
        }
        page.press("Copy");
        copies(page, "Zoë 🚀");
        assert_eq!((page.prints(), page.asks_before_leaving()), (0, false));
        page.press("Print");
        assert_eq!((page.prints(), page.asks_before_leaving()), (1, true));
    });
}

#[track_caller]
fn copies(page: &Page, text: &str) {
    page.wait_for("the words to be copied", || page.clipboard() == text);
}

#[track_caller]
fn assert_found(found: &[String], wanted: &[&str]) {
    for words in wanted {
        assert!(found.iter().any(|finding| finding.contains(words)), "{words} is not in {found:#?}");
    }
}

/// Sizes differ with the fonts of the machine.
fn before_numbers(lost: &str) -> &str {
    lost.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default().trim_end()
}
