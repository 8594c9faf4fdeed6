use super::*;

#[track_caller]
fn check(words: &[&str], expected: Result<Asked, &str>) {
    let asked = parse(words.iter().map(|word| word.to_string())).map_err(|problem| problem.to_string());
    assert_eq!(asked, expected.map_err(str::to_string));
}

#[test]
fn ports_are_read_and_the_usual_ones_fill_in() {
    check(&[], Ok(Asked::Run(USUAL)));
    let own =
        [USUAL.webex, USUAL.aitable, USUAL.symbl, USUAL.flashapply, USUAL.toluna, USUAL.toluna_reference];
    assert_eq!(own, [8101, 8102, 8103, 8104, 8105, 8106]);
    check(&["--symbl", "9003"], Ok(Asked::Run(Ports { symbl: 9003, ..USUAL })));
    check(&["--flashapply", "0"], Ok(Asked::Run(Ports { flashapply: 0, ..USUAL })));
    check(&["--toluna-reference", "0"], Ok(Asked::Run(Ports { toluna_reference: 0, ..USUAL })));
    check(&["--aitable", "0"], Ok(Asked::Run(Ports { aitable: 0, ..USUAL })));
    check(
        &["--webex", "9001", "--aitable", "9002"],
        Ok(Asked::Run(Ports { webex: 9001, aitable: 9002, ..USUAL })),
    );
    check(&["--webex", "1", "--help"], Ok(Asked::Help));
}

#[test]
fn mistakes_are_named() {
    check(&["--zoom", "1"], Err("“--zoom” is not an option."));
    check(&["--webex"], Err("--webex needs a port after it."));
    check(&["--webex", "70000"], Err("“70000” after --webex is not a port: use a number from 0 to 65535."));
    check(&["--webex", "1", "--webex", "2"], Err("--webex is given twice."));
}
