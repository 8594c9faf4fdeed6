//! The language that the page speaks: English from the start, another one read from a file when somebody wants it.

use crate::browser::{document, json, language, own};
use crate::desk::language::direction;
use crate::provider::translation::Translation;
use crate::provider::tree::Tree;
use crate::words::{self, Catalogue, Said};

/// Speaks in these words from now on; English without any.
pub fn speak(catalogue: Option<Catalogue>) {
    words::speak(catalogue);
    let tag = words::language();
    document::set_language(&tag, direction(&tag));
}

/// The words of a language; nothing for English, and where its file does not come.
pub async fn catalogue(tag: &str) -> Option<Catalogue> {
    if tag == "en" {
        return None;
    }
    let file = json::parse(&own::text(&["texts/", tag, ".json"].concat()).await.ok()?)?;
    let said = |(key, value): (String, json::Json)| {
        let forms = || value.entries().into_iter().filter_map(|(form, text)| Some((form, text.text()?)));
        let said = value.text().map_or_else(|| Said::Counted(forms().collect()), Said::Plain);
        (key, said)
    };
    Some(Catalogue::new(tag, file.entries().into_iter().map(said).collect(), language::plural))
}

/// The words of a provider in a language; nothing for English, and where there are none.
pub async fn of_provider(id: &str, tag: &str) -> Option<Translation> {
    if tag == "en" {
        return None;
    }
    let text = own::text(&["texts/", id, ".", tag, ".json"].concat()).await.ok()?;
    Some(Translation::of(&json::parse(&text)?))
}
