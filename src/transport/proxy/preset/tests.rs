use super::*;

fn base(text: &str) -> ProxyBase {
    ProxyBase::parse(text).expect("a base")
}

#[test]
fn each_preset_is_a_proxy_and_is_recognised() {
    for preset in &PRESETS {
        for place in ["https://proxy.example", "https://proxy.example/", "/here", "relay"] {
            let name = match preset.asks {
                Asks::Parameter(_) => "target",
                Asks::Header(_) => "X-Else",
                Asks::Base(_) => "",
            };
            let proxy = Proxy::of(preset.at(base(place), name)).unwrap_or_else(|fault| {
                panic!("{} {fault:?}", preset.id);
            });
            let found = Preset::of(&proxy).map(|found| found.id);
            let expected = match (preset.id, proxy.base().and_then(|base| base.address())) {
                ("relay", None) => "same-site",
                // Somebody who typed a relay's address there meant a relay.
                ("same-site", Some(_)) => "relay",
                (id, _) => id,
            };
            assert_eq!(found, Some(expected), "{place}");
        }
        assert_eq!(Preset::find(preset.id).map(|found| found.id), Some(preset.id));
    }
    assert_eq!(Preset::of(&Proxy::none()).map(|found| found.id), None);
    let own = Template { public: true, ..Template::of(Kind::PathMap { base: base("/relay") }) };
    assert!(Preset::of(&Proxy::of(own).expect("a proxy")).is_none());
}

#[test]
fn the_address_of_a_project_is_enough() {
    let redocly = Preset::find("redocly").expect("a preset");
    for typed in ["https://p.example", "https://p.example/", "https://p.example/_api/cors"] {
        let found = redocly.at(base(typed), "").kind;
        assert_eq!(found.base().map(ProxyBase::as_str), Some("https://p.example/_api/cors"), "{typed}");
    }
}

#[test]
fn what_is_unsafe_is_said() {
    let check = |id: &str, public: bool, verifies: bool, writes: bool, proves: bool| {
        let template = Preset::find(id).expect("a preset").at(base("https://proxy.example"), "x");
        let told = (template.public, template.verifies, template.writes);
        assert_eq!(told, (public, verifies, writes), "{id}");
        assert_eq!(!template.follows || template.final_url.is_some(), proves, "{id}");
        let warnings = [public, !verifies, !writes, !proves].into_iter().filter(|holds| *holds).count();
        assert_eq!(template.warnings().len(), warnings, "{id}");
    };
    check("same-site", false, true, true, true);
    check("relay", false, true, true, true);
    check("cors-anywhere", false, true, true, true);
    check("corsproxy-io", true, true, true, false);
    check("scalar", false, false, true, true);
    check("proxyscotch", false, true, true, false);
    check("redocly", false, true, true, false);
    check("stoplight", false, true, true, false);
    check("trunk", false, true, true, false);
    check("allorigins", true, true, false, false);
    for preset in &PRESETS {
        assert!((preset.about)().text().ends_with('.'), "{}", preset.id);
        assert!(!preset.unfit || !preset.at(base("/x"), "x").writes, "{}", preset.id);
    }
}
