/// The language to speak, by a rule that boot.js has too, to know whether the first program is of use: the one that the person chose, else the first that the browser would like and the owner
/// offers, else the first that is offered. All are BCP 47 tags; of `de-AT`, the `de` counts where that is all.
pub fn choose(chosen: Option<&str>, offered: &[String], liked: &[String]) -> String {
    let find = |wanted: &str| {
        let plain = wanted.split('-').next().unwrap_or_default();
        let exact = offered.iter().find(|own| own.eq_ignore_ascii_case(wanted));
        exact.or_else(|| offered.iter().find(|own| own.eq_ignore_ascii_case(plain))).cloned()
    };
    let liked = || liked.iter().find_map(|tag| find(tag));
    let first = || offered.first().cloned().unwrap_or_else(|| "en".to_string());
    chosen.and_then(find).or_else(liked).unwrap_or_else(first)
}

#[cfg(test)]
mod tests {
    use super::choose;

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
}
