use super::*;

#[test]
fn the_rule_for_local_networks_is_blamed_only_where_it_can_apply() {
    let check = |page: &str, place: &str, local: LocalNetwork, expected| {
        let situation = Situation { page: Some(address(page)), place: Some(address(place)), ..relay() };
        let finding = Finding::Silence(NoAnswer::Failed, local);
        assert_eq!(
            climb(&situation, &[(Probe::Presence, finding), (Probe::Read, failed())]).0,
            expected,
            "{page} {place}"
        );
    };
    let (public, denied, asks) = ("https://members.example.com", LocalNetwork::Denied, LocalNetwork::Asks);
    for place in [
        "https://127.0.0.1:8443",
        "https://localhost",
        "https://10.1.2.3",
        "https://172.20.0.1",
        "https://192.168.1.5",
        "https://[fd00::1]",
        "https://[::1]",
        "https://relay",
        "https://relay.local",
        "https://relay.corp.internal",
    ] {
        check(public, place, denied, Verdict::LocalNetworkDenied);
        check(public, place, asks, Verdict::LocalNetworkAsks);
        check(public, place, LocalNetwork::Allowed, Verdict::Unreachable);
        check(public, place, LocalNetwork::NoRule, Verdict::Unreachable);
    }
    check(public, "https://relay.example.com", denied, Verdict::Unreachable);
    check(public, "https://192.0.2.1", denied, Verdict::Unreachable);
    check("http://localhost:8080", "https://127.0.0.1", denied, Verdict::Unreachable);
    check("https://10.0.0.1", "https://10.0.0.1/relay", denied, Verdict::Unreachable);
    // From one place in the network to another nobody is asked, and from there to this computer somebody is.
    check("https://10.0.0.1", "https://10.0.0.2/relay", asks, Verdict::Unreachable);
    check("https://10.0.0.1", "https://127.0.0.1/relay", asks, Verdict::LocalNetworkAsks);
}

/// A name tells nothing of where it leads.
#[test]
fn where_the_network_is_forbidden_to_the_page_an_ordinary_name_may_be_in_it() {
    let means = |local| {
        let finding = Finding::Silence(NoAnswer::Failed, local);
        let (verdict, steps) = climb(&relay(), &[(Probe::Presence, finding), (Probe::Read, failed())]);
        assert_eq!(verdict, Verdict::Unreachable);
        Diagnosis { situation: relay(), steps, verdict }.means().text()
    };
    for (local, is_named) in
        [(LocalNetwork::Denied, true), (LocalNetwork::Asks, false), (LocalNetwork::NoRule, false)]
    {
        let text = means(local);
        assert!(text.contains("certificate"), "{text}");
        assert_eq!(text.contains("local network access"), is_named, "{local:?}: {text}");
    }
}

/// It says of itself what it is, and refuses a site in the same words in which it says everything else.
#[test]
fn what_takes_requests_in_an_envelope_is_asked_what_it_is() {
    let scotch = situation(Through::Envelope);
    let read = |finding: Finding, expected: Verdict| check(&scotch, &[(Probe::Read, finding)], expected);
    let own = r#"{"success":true,"data":{"sessionFingerprint":"x","isProtected":true}}"#;
    read(answer(200, &[], own), Verdict::Healthy);
    let refused = r#"{"success":false,"data":{"message":"(Proxy Error) Request failed."}}"#;
    read(answer(200, &[], refused), Verdict::OriginRefused);
    read(failed(), Verdict::OriginRefused);
    read(answer(200, &HTML, "<!doctype html>"), Verdict::WebPage);
    read(answer(200, &[], "{}"), Verdict::MarkerMissing);
    read(answer(502, &[], ""), Verdict::ProxyDown);
    read(late(), Verdict::NoAnswer);
}
