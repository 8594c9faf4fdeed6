use std::collections::BTreeSet;
use std::time::Duration;

use crate::provider::explain::Means;
use crate::transport::proxy::preset::Preset;
use crate::transport::{Address, Between, Method, NoAnswer, Proxy, ProxyBase, Response, Timing};

use super::*;

mod guise;
mod places;

fn address(text: &str) -> Address {
    Address::parse(text).expect("an address")
}

const ALL: [Through; 5] =
    [Through::Nobody, Through::Relay, Through::Proxy, Through::Envelope, Through::Opaque];

fn situation(through: Through) -> Situation {
    Situation {
        page: Some(address("https://members.example.com/console")),
        between: match through {
            Through::Nobody => Between::Nobody,
            Through::Relay => Between::Relay,
            Through::Proxy | Through::Envelope | Through::Opaque => Between::Proxy,
        },
        online: true,
        through,
        place: Some(address("https://relay.example.com/way/in")),
        guise: guise(&["Authorization", "Content-Type"]),
        reads: ["Retry-After", "Link", "X-Quota", "X-Relay-Source"].map(str::to_string).to_vec(),
        impossible: false,
        goal: Some(Goal {
            name: "The club".to_string(),
            server: "club".to_string(),
            address: Some(address("https://api.club.example.com/v1")),
            has_read: true,
            has_credential: true,
        }),
    }
}

fn guise(headers: &[&str]) -> Guise {
    Guise {
        method: Method::Put,
        cookies: false,
        credential: headers.first().map(|name| name.to_string()),
        headers: headers.iter().map(|name| name.to_string()).collect(),
    }
}

fn relay() -> Situation {
    situation(Through::Relay)
}

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Finding {
    Finding::Answer(Response {
        status,
        headers: headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect(),
        body: body.to_string(),
        url: None,
        timing: Timing::default(),
    })
}

fn silence(silence: NoAnswer) -> Finding {
    Finding::Silence(silence, LocalNetwork::NoRule)
}

fn failed() -> Finding {
    silence(NoAnswer::Failed)
}

fn late() -> Finding {
    silence(NoAnswer::TimedOut)
}

const MARKS: [(&str, &str); 3] = [("X-Relay", "1"), ("X-Relay-Source", "proxy"), ("X-Relay-Sent", "no")];
const UPSTREAM: [(&str, &str); 3] =
    [("X-Relay", "1"), ("X-Relay-Source", "upstream"), ("X-Relay-Sent", "yes")];
const HTML: [(&str, &str); 1] = [("Content-Type", "text/html")];

fn healthy() -> Finding {
    let shown = [("Retry-After", "0"), ("Link", "<healthz>; rel=\"self\"")];
    // What any of them says of itself.
    answer(200, &[&MARKS[..], &shown].concat(), r#"{"relay":1,"success":true}"#)
}

fn own() -> Finding {
    answer(200, &[("Content-Type", "application/json")], "{}")
}

fn relays(status: u16, code: &str) -> Finding {
    answer(status, &MARKS, &[r#"{"error":{"source":"proxy","code":""#, code, r#""}}"#].concat())
}

/// What everything says when nothing is wrong.
fn usual(probe: Probe) -> Finding {
    match probe {
        Probe::Presence => Finding::Something,
        Probe::Own => own(),
        Probe::Provider => answer(401, &UPSTREAM, "{}"),
        Probe::Credential => Finding::Said(None, None),
        _ => healthy(),
    }
}

/// Climbs as a browser would, with these findings in the place of the usual ones.
fn climb(situation: &Situation, odd: &[(Probe, Finding)]) -> (Verdict, Vec<Step>) {
    let mut steps = Vec::new();
    loop {
        match next(situation, &steps) {
            Next::Done(verdict) => return (verdict, steps),
            Next::Ask(probe) => {
                let own = odd.iter().find(|(own, _)| *own == probe).map(|(_, finding)| finding.clone());
                steps.push(Step { probe, finding: own.unwrap_or_else(|| usual(probe)) });
                assert!(steps.len() < 10, "it comes to an end: {steps:?}");
            }
        }
    }
}

#[track_caller]
fn check(situation: &Situation, odd: &[(Probe, Finding)], expected: Verdict) {
    assert_eq!(climb(situation, odd).0, expected, "{odd:?}");
}

#[test]
fn each_fault_of_the_way_to_a_relay_is_named() {
    use Probe::{Authorization, Json, Own, Presence, Read, Write};
    let page = || answer(200, &HTML, "<!doctype html>");
    let portal = || answer(511, &HTML, "<!doctype html>");
    check(&relay(), &[], Verdict::Healthy);
    check(&relay(), &[(Presence, silence(NoAnswer::Offline))], Verdict::Offline);
    check(&relay(), &[(Presence, silence(NoAnswer::NotAllowed))], Verdict::Csp);
    check(&relay(), &[(Presence, silence(NoAnswer::BadAddress("no".to_string())))], Verdict::BadUrl);
    check(&relay(), &[(Presence, failed()), (Read, failed())], Verdict::Unreachable);
    check(&relay(), &[(Presence, failed())], Verdict::Healthy);
    let half = || silence(NoAnswer::CutBody { status: 200 });
    check(&relay(), &[(Presence, failed()), (Read, half())], Verdict::CutShort);
    check(&relay(), &[(Read, answer(200, &MARKS, "{\"rel"))], Verdict::CutShort);
    check(&relay(), &[(Presence, late())], Verdict::NoAnswer);
    check(&relay(), &[(Presence, failed()), (Read, failed()), (Own, failed())], Verdict::NoNetwork);
    check(&relay(), &[(Presence, failed()), (Read, failed()), (Own, page())], Verdict::CaptivePortal);
    check(&relay(), &[(Presence, failed()), (Read, failed()), (Own, portal())], Verdict::CaptivePortal);
    check(
        &relay(),
        &[(Presence, failed()), (Read, failed()), (Own, silence(NoAnswer::Redirected))],
        Verdict::CaptivePortal,
    );
    check(&relay(), &[(Read, failed())], Verdict::OriginRefused);
    check(&relay(), &[(Read, failed()), (Own, page())], Verdict::CaptivePortal);
    check(&relay(), &[(Read, relays(403, "origin_not_allowed"))], Verdict::OriginRefused);
    check(&relay(), &[(Read, relays(429, "rate_limited"))], Verdict::ProxyBusy);
    check(&relay(), &[(Read, late())], Verdict::NoAnswer);
    check(&relay(), &[(Read, silence(NoAnswer::Redirected))], Verdict::Redirects);
    check(&relay(), &[(Read, silence(NoAnswer::CutBody { status: 200 }))], Verdict::CutShort);
    check(&relay(), &[(Read, portal())], Verdict::CaptivePortal);
    check(&relay(), &[(Read, page())], Verdict::WebPage);
    check(&relay(), &[(Read, page()), (Own, page())], Verdict::CaptivePortal);
    check(&relay(), &[(Read, answer(502, &HTML, "<html>"))], Verdict::ProxyDown);
    check(&relay(), &[(Read, answer(200, &[], "{}"))], Verdict::MarkerMissing);
    check(&relay(), &[(Read, answer(404, &[], ""))], Verdict::MarkerMissing);
    check(&relay(), &[(Write, failed())], Verdict::MethodRefused);
    check(&relay(), &[(Write, relays(405, "method_not_allowed"))], Verdict::MethodRefused);
    check(&relay(), &[(Authorization, failed())], Verdict::AuthorizationRefused);
    check(&relay(), &[(Write, failed()), (Authorization, failed())], Verdict::PreflightRefused);
    check(&relay(), &[(Write, late()), (Authorization, late())], Verdict::PreflightHangs);
    check(&relay(), &[(Write, late())], Verdict::PreflightHangs);
    check(&relay(), &[(Write, failed()), (Authorization, silence(NoAnswer::Offline))], Verdict::Offline);
    check(&relay(), &[(Json, failed())], Verdict::ContentTypeRefused);
    check(&relay(), &[(Json, late())], Verdict::PreflightHangs);
    check(&relay(), &[(Read, answer(200, &[], r#"{"relay":1}"#))], Verdict::HeadersNotExposed);
    for marks in [&MARKS[..1], &MARKS[..2], &MARKS[1..]] {
        check(&relay(), &[(Read, answer(200, marks, r#"{"relay":1}"#))], Verdict::HeadersNotExposed);
    }
}

#[test]
fn each_fault_behind_a_relay_is_named() {
    let of = |finding: Finding, expected| check(&relay(), &[(Probe::Provider, finding)], expected);
    of(relays(403, "origin_not_allowed"), Verdict::OriginRefused);
    of(relays(401, "sign_in_needed"), Verdict::SignInNeeded);
    of(relays(403, "sign_in_refused"), Verdict::SignInRefused);
    of(relays(502, "sign_in_down"), Verdict::ProxyDown);
    of(relays(404, "target_not_allowed"), Verdict::TargetNotAllowed);
    of(relays(405, "method_not_allowed"), Verdict::MethodRefused);
    of(relays(502, "upstream_unreachable"), Verdict::ProviderUnreachable);
    of(relays(504, "upstream_timeout"), Verdict::ProviderSlow);
    of(relays(429, "rate_limited"), Verdict::ProxyBusy);
    of(relays(500, "odd"), Verdict::ProxyDown);
    of(answer(502, &UPSTREAM, "{}"), Verdict::ProviderDown);
    for status in [200, 401, 403, 404, 429] {
        of(answer(status, &UPSTREAM, "{}"), Verdict::Healthy);
    }
    of(answer(404, &[], "{}"), Verdict::MarkerMissing);
    of(answer(200, &HTML, "<html>"), Verdict::WebPage);
    of(failed(), Verdict::ProviderSilent);
    of(late(), Verdict::ProviderSlow);
    of(silence(NoAnswer::Redirected), Verdict::Redirects);
    of(silence(NoAnswer::CutBody { status: 200 }), Verdict::CutShort);
    let said = |means| (Probe::Credential, Finding::Said(Some(means), None));
    check(&relay(), &[said(Means::SignIn)], Verdict::Token);
    check(&relay(), &[said(Means::Rights)], Verdict::Healthy);
    check(&relay(), &[said(Means::NotFound)], Verdict::Healthy);
    check(&relay(), &[said(Means::Busy)], Verdict::ProviderPaused);
    check(&relay(), &[said(Means::Fault)], Verdict::ProviderDown);
    check(&relay(), &[said(Means::Setup)], Verdict::Healthy);
    check(&relay(), &[(Probe::Credential, Finding::Held)], Verdict::Healthy);
    check(&relay(), &[(Probe::Credential, failed())], Verdict::ProviderSilent);
    check(&relay(), &[(Probe::Credential, late())], Verdict::ProviderSlow);
}

#[test]
fn whoever_signs_in_at_the_relay_comes_back_to_the_page() {
    let opened = |place: Option<&str>| {
        let situation = Situation { place: place.map(address), ..relay() };
        let diagnosis = Diagnosis { situation, steps: Vec::new(), verdict: Verdict::SignInNeeded };
        diagnosis.remedies().into_iter().find_map(|remedy| match remedy {
            Remedy::Open(address) => Some(address),
            _ => None,
        })
    };
    let own = "https://members.example.com/oauth2/start?rd=%2Fconsole%2F";
    assert_eq!(opened(None).as_deref(), Some(own));
    let other = "https://relay.example.com/oauth2/start?rd=https%3A%2F%2Fmembers.example.com%2Fconsole%2F";
    assert_eq!(opened(Some("https://relay.example.com/way/in")).as_deref(), Some(other));
}

#[test]
fn what_is_wrong_before_anything_is_asked_is_named_without_asking() {
    let check = |change: fn(&mut Situation), expected| {
        let mut situation = relay();
        change(&mut situation);
        assert_eq!(next(&situation, &[]), Next::Done(expected));
    };
    check(|own| own.impossible = true, Verdict::BadUrl);
    check(|own| own.online = false, Verdict::Offline);
    check(|own| own.place = Some(address("http://relay.example.com")), Verdict::MixedContent);
    // A page in clear may, and this very computer is always near enough.
    let mut clear = relay();
    clear.place = Some(address("http://127.0.0.1:9000"));
    assert_eq!(next(&clear, &[]), Next::Ask(Probe::Presence));
    clear.page = Some(address("http://members.example.com"));
    clear.place = Some(address("http://relay.example.com"));
    assert_eq!(next(&clear, &[]), Next::Ask(Probe::Presence));
}

#[test]
fn on_one_site_nothing_is_blamed_on_permissions() {
    let same = Situation { place: None, ..relay() };
    check(&same, &[], Verdict::Healthy);
    check(&same, &[(Probe::Read, failed())], Verdict::Unreachable);
    check(&same, &[(Probe::Read, answer(200, &[], r#"{"relay":1}"#))], Verdict::MarkerMissing);
    assert_eq!(same.host(), "https://members.example.com");
}

#[test]
fn a_proxy_that_marks_nothing_is_asked_for_a_file_of_the_page() {
    let proxy = situation(Through::Proxy);
    // Its refusal to change the file is an answer that can be read.
    let refuses = || answer(405, &HTML, "<html>");
    check(
        &proxy,
        &[(Probe::Write, refuses()), (Probe::Json, refuses()), (Probe::Read, own())],
        Verdict::Healthy,
    );
    check(&proxy, &[(Probe::Write, failed())], Verdict::MethodRefused);
    let down = answer(502, &[], "");
    check(&proxy, &[(Probe::Read, own()), (Probe::Provider, down)], Verdict::SomebodyDown);
    // Some proxies say in plain text that there was no way on, with the status of a member that is not there.
    let bare = |status, body| [(Probe::Read, own()), (Probe::Provider, answer(status, &[], body))];
    check(&proxy, &bare(404, "Not found because of proxy error"), Verdict::SomebodyDown);
    check(&proxy, &bare(404, "{}"), Verdict::Healthy);
    check(&proxy, &bare(401, ""), Verdict::Healthy);
    // Whose words are known is known by them.
    let known = Preset::find("cors-anywhere").expect("a preset");
    let base = ProxyBase::parse("https://proxy.example.com").expect("an address");
    let known = Proxy::of(known.at(base, "")).expect("a proxy");
    let proxy = Situation { between: Between::of(&known), ..proxy };
    let own_error =
        answer(404, &[], "Not found because of proxy error: Error: connect ECONNREFUSED 127.0.0.1:9");
    check(&proxy, &[(Probe::Read, own()), (Probe::Provider, own_error)], Verdict::ProviderUnreachable);
}

#[test]
fn a_proxy_that_cannot_reach_the_page_is_judged_by_the_provider_s_answer() {
    use Probe::{Authorization, Json, Own, Presence, Provider, Read, Write};
    let proxy = situation(Through::Proxy);
    let said = || answer(401, &[], "{}");
    for probe in [Presence, Read, Write, Authorization, Json] {
        check(&proxy, &[(probe, late()), (Provider, said())], Verdict::Healthy);
        check(&proxy, &[(probe, late()), (Provider, answer(502, &[], ""))], Verdict::SomebodyDown);
    }
    let token = (Probe::Credential, Finding::Said(Some(Means::SignIn), None));
    check(&proxy, &[(Read, late()), (Provider, said()), token], Verdict::Token);
    // Where the provider does not answer either, or cannot be asked, the proxy hangs.
    check(&proxy, &[(Presence, late()), (Provider, late())], Verdict::NoAnswer);
    check(&proxy, &[(Read, late()), (Provider, failed())], Verdict::NoAnswer);
    check(&proxy, &[(Read, late()), (Provider, Finding::Held)], Verdict::NoAnswer);
    check(&proxy, &[(Write, late()), (Provider, late())], Verdict::PreflightHangs);
    let mut mute = proxy.clone();
    mute.goal.as_mut().expect("a goal").has_read = false;
    check(&mute, &[(Read, late())], Verdict::NoAnswer);
    // The network comes first, and a relay answers for itself.
    check(&proxy, &[(Read, late()), (Own, failed())], Verdict::NoNetwork);
    check(&relay(), &[(Read, late())], Verdict::NoAnswer);
    check(&relay(), &[(Write, late())], Verdict::PreflightHangs);
    let (verdict, steps) = climb(&proxy, &[(Read, late()), (Provider, said())]);
    let diagnosis = Diagnosis { situation: proxy, steps, verdict };
    assert!(diagnosis.checks().iter().all(|check| check.standing != Standing::Wrong), "{diagnosis:?}");
}

#[test]
fn a_provider_that_must_not_be_asked_now_is_not_called_down() {
    for through in ALL {
        check(&situation(through), &[(Probe::Provider, Finding::Held)], Verdict::ProviderPaused);
    }
    check(&relay(), &[(Probe::Credential, Finding::Held)], Verdict::Healthy);
}

#[test]
fn without_a_proxy_only_reads_go_to_the_provider() {
    let direct = situation(Through::Nobody);
    let (verdict, steps) = climb(&direct, &[(Probe::Provider, answer(401, &[], "{}"))]);
    assert_eq!(verdict, Verdict::Healthy);
    let asked: Vec<Probe> = steps.iter().map(|step| step.probe).collect();
    assert_eq!(asked, [Probe::Presence, Probe::Provider, Probe::Credential]);
    check(&direct, &[(Probe::Provider, failed())], Verdict::ProviderClosed);
    check(&direct, &[(Probe::Provider, answer(503, &[], "{}"))], Verdict::ProviderDown);
    check(&direct, &[(Probe::Presence, failed())], Verdict::Unreachable);
    // Of a proxy with a form of its own, nobody knows what a bare PUT would mean.
    let (_, steps) = climb(&situation(Through::Envelope), &[(Probe::Provider, answer(401, &[], "{}"))]);
    assert!(steps.iter().all(|step| step.probe != Probe::Write), "{steps:?}");
}

#[test]
fn a_provider_that_refuses_with_a_web_page_was_reached() {
    let refused = |status| (Probe::Provider, answer(status, &HTML, "<html>"));
    for through in [Through::Nobody, Through::Proxy, Through::Envelope] {
        for status in [401, 403] {
            check(&situation(through), &[refused(status)], Verdict::Healthy);
        }
        check(&situation(through), &[refused(200)], Verdict::WebPage);
        check(&situation(through), &[refused(404)], Verdict::WebPage);
    }
    // Where every answer is marked, what has no mark is somebody else's.
    check(&relay(), &[refused(401)], Verdict::WebPage);
}

#[test]
fn what_the_relay_has_said_already_is_not_asked_again() {
    let steps = [Step { probe: Probe::Provider, finding: relays(502, "upstream_unreachable") }];
    assert_eq!(next(&relay(), &steps), Next::Done(Verdict::ProviderUnreachable));
    // What has no mark may come from anywhere on the way, so all of it is looked at.
    let steps = [Step { probe: Probe::Provider, finding: answer(502, &[], "") }];
    assert_eq!(next(&relay(), &steps), Next::Ask(Probe::Presence));
}

#[test]
fn the_whole_ladder_takes_eight_seconds_at_most() {
    // Were each to answer at the last moment. Whatever does not answer ends it sooner.
    let ladder = Probe::OF_PROXY.iter().chain([&Probe::Provider]).map(|probe| probe.limit());
    let longest: Duration = ladder.sum();
    assert!(longest <= Duration::from_secs(8), "{longest:?}");
    assert!(Probe::Credential.limit() <= Duration::from_secs(3));
}

/// Everything that can be said.
fn diagnoses() -> Vec<Diagnosis> {
    let all = |through| {
        let situation = situation(through);
        let steps = vec![
            Step { probe: Probe::Presence, finding: Finding::Something },
            Step { probe: Probe::Provider, finding: answer(503, &UPSTREAM, "secret-body") },
        ];
        Verdict::ALL.map(|verdict| Diagnosis { situation: situation.clone(), steps: steps.clone(), verdict })
    };
    ALL.into_iter().flat_map(all).collect()
}

#[test]
fn every_verdict_says_what_it_means_who_can_mend_it_and_what_to_do() {
    let mut codes = BTreeSet::new();
    for diagnosis in diagnoses() {
        let (code, headline, means) = (diagnosis.verdict.code(), diagnosis.headline(), diagnosis.means());
        codes.insert(code);
        assert!(headline.text().len() > 10 && !headline.text().ends_with('.'), "{code}: {headline}");
        assert!(means.text().ends_with('.'), "{code}: {means}");
        assert_eq!(diagnosis.mender_words().is_none(), diagnosis.verdict == Verdict::Healthy, "{code}");
        assert!(!diagnosis.remedies().is_empty(), "{code}");
    }
    assert_eq!(codes.len(), Verdict::ALL.len());
}

#[test]
fn where_no_page_can_know_the_cause_all_of_them_are_named() {
    let words = |verdict| Diagnosis { situation: relay(), steps: Vec::new(), verdict }.means().text();
    for cause in ["switched off", "name", "certificate", "blocker", "breaks the connection"] {
        assert!(words(Verdict::Unreachable).contains(cause), "{cause}");
    }
    assert!(words(Verdict::OriginRefused).contains("another server or a firewall"));
    assert!(words(Verdict::NoAnswer).contains("firewall"));
    assert!(words(Verdict::HeadersNotExposed).contains("not set, or not exposed"));
}

#[test]
fn what_is_copied_for_it_has_no_path_no_body_and_no_odd_header() {
    let circumstances =
        Circumstances { time: "2026-12-10T14:05:09Z".to_string(), browser: "A browser".to_string() };
    for diagnosis in diagnoses() {
        let text = diagnosis.details(&circumstances);
        for secret in ["secret", "/way", "/console", "/v1", "?"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    let odd = [("X-Relay-Source", "Bearer abc"), ("X-Relay", "1")];
    let steps = vec![
        Step { probe: Probe::Presence, finding: Finding::Something },
        Step { probe: Probe::Read, finding: answer(200, &odd, "") },
        Step { probe: Probe::Write, finding: Finding::Silence(NoAnswer::TimedOut, LocalNetwork::Asks) },
        Step { probe: Probe::Own, finding: silence(NoAnswer::BadAddress("https://a/secret".to_string())) },
    ];
    let diagnosis = Diagnosis { situation: relay(), steps, verdict: Verdict::PreflightHangs };
    let expected = "code: preflight-hangs\ntime: 2026-12-10T14:05:09Z\npage: https://members.example.com\n\
                    proxy: https://relay.example.com\nserver: club\nprovider: https://api.club.example.com\n\
                    browser: A browser\nstep presence: answered\nstep read: status 200, x-relay 1, x-relay-source odd\n\
                    step write: timed out, local-network=asks\nstep own-site: bad address\n";
    assert_eq!(diagnosis.details(&circumstances), expected);
}

#[test]
fn a_self_check_shows_what_is_right_too() {
    let standings = |odd: &[(Probe, Finding)], situation: &Situation| {
        let find =
            |probe: Probe| odd.iter().find(|(own, _)| *own == probe).map(|(_, finding)| finding.clone());
        let steps = Probe::OF_PROXY.iter();
        let steps =
            steps.map(|probe| Step { probe: *probe, finding: find(*probe).unwrap_or_else(|| usual(*probe)) });
        let steps = steps.chain([Step { probe: Probe::Provider, finding: usual(Probe::Provider) }]);
        let steps = steps.chain([Step { probe: Probe::Credential, finding: usual(Probe::Credential) }]);
        let diagnosis = Diagnosis::of(situation.clone(), steps.collect()).expect("all was asked");
        let standings = diagnosis.checks().iter().map(|check| check.standing).collect::<Vec<_>>();
        (diagnosis.verdict, standings)
    };
    use Standing::{Open, Right, Wrong};
    let right = [Right, Right, Right, Right, Right, Right];
    assert_eq!(standings(&[], &relay()), (Verdict::Healthy, [&right[..], &[Right, Right]].concat()));
    // One that sends neither, or hides both.
    let older = [(Probe::Read, answer(200, &MARKS, r#"{"relay":1}"#))];
    assert_eq!(standings(&older, &relay()), (Verdict::Healthy, [&right[..], &[Open, Open]].concat()));
    let same = Situation { place: None, ..relay() };
    assert_eq!(standings(&[], &same), (Verdict::Healthy, [&right[..], &[Right, Right]].concat()));
    let odd = [(Probe::Write, failed()), (Probe::Json, failed())];
    let expected = [Right, Right, Wrong, Right, Wrong, Right, Right, Right];
    assert_eq!(standings(&odd, &relay()), (Verdict::MethodRefused, expected.to_vec()));
    let bare = Diagnosis { situation: relay(), steps: Vec::new(), verdict: Verdict::Offline };
    assert!(bare.checks().iter().all(|check| check.standing == Open));
}
