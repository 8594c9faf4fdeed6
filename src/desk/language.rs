/// The language to speak, by a rule that boot.js has too, to know whether the first program is of use: the one that
/// the person chose, else the first that the browser would like and the owner offers, else the first that is offered.
/// All are BCP 47 tags; of `de-AT`, the `de` counts where that is all.
pub fn choose(chosen: Option<&str>, offered: &[String], liked: &[String]) -> String {
    let liked = || liked.iter().find_map(|tag| find(tag, offered));
    let first = || offered.first().cloned().unwrap_or_else(|| "en".to_string());
    chosen.and_then(|tag| find(tag, offered)).or_else(liked).unwrap_or_else(first)
}

/// A language among those that are offered.
pub(super) fn find(wanted: &str, offered: &[String]) -> Option<String> {
    let plain = wanted.split('-').next().unwrap_or_default();
    let exact = offered.iter().find(|own| own.eq_ignore_ascii_case(wanted));
    exact.or_else(|| offered.iter().find(|own| own.eq_ignore_ascii_case(plain))).cloned()
}

/// Languages and scripts that are written from right to left.
const LEFTWARD: [&str; 21] = [
    "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi", "arab",
    "hebr", "thaa", "syrc", "nkoo", "adlm",
];

/// To which side a language is written, as the attribute `dir` has it: by its script where the tag names one.
pub fn direction(tag: &str) -> &'static str {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    // A script has four letters; what stands behind a single letter is of another kind.
    let script = parts
        .take_while(|part| part.len() > 1)
        .find(|part| part.len() == 4 && !part.starts_with(|own: char| own.is_ascii_digit()));
    if LEFTWARD.contains(&script.unwrap_or(language)) { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::{choose, direction};

    #[test]
    fn the_person_chooses_then_the_browser_then_the_owner() {
        let check = |chosen, offered: &str, liked: &str, expected: &str| {
            let list = |text: &str| text.split_whitespace().map(str::to_string).collect::<Vec<_>>();
            assert_eq!(
                choose(chosen, &list(offered), &list(liked)),
                expected,
                "{chosen:?} {offered} {liked}"
            );
        };
        check(Some("de"), "en de", "en", "de");
        check(None, "en de", "de-AT en", "de");
        check(None, "en de", "fr DE", "de");
        check(None, "de en", "fr", "de");
        check(Some("fr"), "en de", "de", "de");
        check(None, "pt pt-BR", "pt-br", "pt-BR");
        check(None, "", "", "en");
    }

    #[test]
    fn a_language_is_written_to_the_side_of_its_script() {
        let check = |tag: &str, expected: &str| assert_eq!(direction(tag), expected, "{tag}");
        ["ar", "he", "fa", "ur-PK", "AR-eg", "az-Arab", "ku-Arab-IQ", "yi"]
            .iter()
            .for_each(|tag| check(tag, "rtl"));
        ["en", "de-AT", "ur-Latn", "de-1996", "zh-Hant", "en-x-arab", "az", ""]
            .iter()
            .for_each(|tag| check(tag, "ltr"));
    }
}
