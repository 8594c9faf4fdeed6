mod host;
mod relay;

use leptos::prelude::*;

use crate::browser::{clock, document, engine, lock, storage};
use crate::doctor::{self, Check, Circumstances, Finding, Guise, Probe, Standing, Step, Through, Verdict};
use crate::hosting::{Fit, Policy};
use crate::provider::Provider;
use crate::transport::Address;
use crate::ui::component::button::Button;
use crate::ui::component::checks::Checks;
use crate::ui::component::diagnosis::Diagnosis;
use crate::ui::component::heading::Heading;
use crate::ui::component::progress::Progress;
use crate::ui::doctor::{Patient, ask_own};
use crate::ui::live::{later, live, live_some};
use crate::ui::sessions::Sessions;
use crate::ui::state::Desk;
use crate::words::{Words, say};

use host::HostText;
use relay::RelayText;

/// A folder that a page may stand in, in the texts that are copied.
const FOLDER: &str = "/srv/memberdesk";

/// The headers that protect the page, if its host sends them.
const HEADERS: [&str; 6] = [
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
    "Strict-Transport-Security",
];

/// The ways that lead through one proxy, as far as they were looked at.
#[derive(Clone)]
struct Ways {
    key: String,
    through: Words,
    /// Of the proxy itself, and of the first server behind it.
    proxy: doctor::Diagnosis,
    servers: Vec<(Words, doctor::Diagnosis)>,
}

/// A self-check for whoever put up the page: what is right and what is not, on the page and on each way.
#[component]
pub fn DoctorPage(desk: Desk, sessions: Sessions) -> impl IntoView {
    document::set_title(&say::busy_page(say::doctor_title()).text());
    let page = RwSignal::new(Vec::<Check>::new());
    let ways = RwSignal::new(Vec::<Ways>::new());
    let busy = RwSignal::new(false);
    // What is left of an earlier run says nothing any more.
    let run = StoredValue::new(0_u32);
    let providers = RwSignal::new(None);
    let begin = move || {
        run.update_value(|run| *run += 1);
        let own = run.get_value();
        let is_current = move || run.try_get_value() == Some(own);
        ways.set(Vec::new());
        busy.set(true);
        later(async move {
            let all = providers_of(desk).await;
            let policy = desk.config.with_value(|config| Policy::of(config, &all));
            providers.try_set(Some(all));
            page.try_set(of_page(&policy).await);
            look(desk, sessions, ways, &is_current).await;
            if is_current() {
                busy.try_set(false);
            }
        });
    };
    begin();
    let again = Callback::new(move |()| begin());
    let progress =
        live_some(move || busy.get().then(|| view! { <Progress words=say::doctor_looking().text()/> }));
    let done = live_some(move || (!busy.get()).then(|| view! { <p>{say::doctor_looked()}</p> }));
    let of_page = live(move || view! { <Checks checks=page.get()/> });
    let of_ways = live(move || ways.get().into_iter().map(|ways| section(&ways, again)).collect_view());
    view! {
        <div class="stack" data-gap="large">
            <Heading title=say::doctor_title() lede=say::doctor_lede()/>
            <div class="cluster">
                <Button words=say::doctor_again() on_press=again/>
                {progress}
                <div role="status">{done}</div>
            </div>
            {of_ways}
            <section class="stack">
                <h2>{say::doctor_page()}</h2>
                {of_page}
            </section>
            <HostText desk providers/>
            <RelayText desk providers/>
        </div>
    }
}

/// One proxy, and the servers behind it.
fn section(ways: &Ways, again: Callback<()>) -> AnyView {
    let card = |diagnosis: &doctor::Diagnosis| {
        let circumstances = Circumstances { time: clock::text(clock::moment().now), browser: engine::name() };
        view! { <Diagnosis diagnosis=diagnosis.clone() circumstances on_again=again/> }
    };
    let mut checks = ways.proxy.checks();
    let reached = |(name, diagnosis): &(Words, doctor::Diagnosis)| match diagnosis.verdict {
        Verdict::Healthy => Check::new(say::check_provider(name.clone()), true),
        Verdict::ProviderPaused => Check { about: say::check_held(name.clone()), standing: Standing::Open },
        _ => Check::new(say::check_not_provider(name.clone()), false),
    };
    checks.extend(ways.servers.iter().map(reached));
    // What is wrong with the proxy is said once, and not for each server behind it.
    let mut said = Vec::<&doctor::Diagnosis>::new();
    for (_, diagnosis) in &ways.servers {
        let is_shared = |other: &&doctor::Diagnosis| {
            let says_the_same = other.verdict == diagnosis.verdict && other.means() == diagnosis.means();
            says_the_same && !is_of_provider(other) && !is_of_provider(diagnosis)
        };
        if diagnosis.verdict != Verdict::Healthy && !said.iter().any(is_shared) {
            said.push(diagnosis);
        }
    }
    let cards = said.into_iter().map(card).collect_view();
    view! {
        <section class="stack">
            <h2>{ways.through.clone()}</h2>
            {cards}
            <Checks checks/>
        </section>
    }
    .into_any()
}

/// Whether the way came as far as the provider.
fn is_of_provider(diagnosis: &doctor::Diagnosis) -> bool {
    diagnosis.situation.through == Through::Nobody
        || diagnosis.steps.iter().any(|step| step.probe == Probe::Provider)
}

/// Looks at the way to each server; at a proxy once.
async fn look(desk: Desk, sessions: Sessions, ways: RwSignal<Vec<Ways>>, is_current: &dyn Fn() -> bool) {
    for id in desk.config.with_value(|config| config.providers.clone()) {
        let Ok(provider) = desk.provider(&id).await else { continue };
        let places: Vec<_> = provider.places().cloned().collect();
        for server in places {
            if !is_current() {
                return;
            }
            let connection = sessions.connections(desk).into_iter().find(|one| {
                one.is_in_force() && one.beside.provider().id == id && one.beside.server() == server.slug
            });
            let patient = Patient {
                desk,
                provider: provider.clone(),
                server: server.slug.clone(),
                connection: connection.map(|one| one.beside),
            };
            // Nobody has said yet where it is.
            if patient.is_open() {
                continue;
            }
            let name = Words::from(patient.name());
            let key = patient.proxy().key();
            let known =
                ways.try_with_untracked(|all| all.iter().find(|own| own.key == key).cloned()).flatten();
            let is_new = known.is_none();
            let diagnosis = match &known {
                Some(known) => {
                    let shared = of_proxy(&known.proxy, &patient.guise());
                    patient.examine(shared, is_current).await
                }
                None => patient.examine(Vec::new(), is_current).await,
            };
            let Some(diagnosis) = diagnosis.filter(|_| is_current()) else { return };
            let mut own = known.unwrap_or_else(|| Ways {
                key: key.clone(),
                through: patient.through(),
                proxy: diagnosis.clone(),
                servers: Vec::new(),
            });
            own.servers.push((name, diagnosis.clone()));
            keep(ways, own.clone());
            if is_new {
                own.proxy = patient.complete(diagnosis).await;
                if !is_current() {
                    return;
                }
                keep(ways, own);
            }
        }
    }
}

fn keep(ways: RwSignal<Vec<Ways>>, own: Ways) {
    ways.try_update(|all| match all.iter_mut().find(|other| other.key == own.key) {
        Some(known) => *known = own,
        None => all.push(own),
    });
}

/// What was found of a proxy, as far as it holds for requests of this guise; without one each server is another place.
fn of_proxy(diagnosis: &doctor::Diagnosis, guise: &Guise) -> Vec<Step> {
    let is_same = diagnosis.situation.guise == *guise;
    let is_shared = |step: &&Step| {
        diagnosis.situation.through != Through::Nobody
            && !matches!(step.probe, Probe::Provider | Probe::Credential)
            && (is_same || matches!(step.probe, Probe::Presence | Probe::Read | Probe::Own))
    };
    diagnosis.steps.iter().filter(is_shared).cloned().collect()
}

/// Those whose files can be read.
async fn providers_of(desk: Desk) -> Vec<Provider> {
    let mut all = Vec::new();
    for id in desk.config.with_value(|config| config.providers.clone()) {
        if let Ok(provider) = desk.provider(&id).await {
            all.push((*provider).clone());
        }
    }
    all
}

/// Whether what the host sends fits `config.json`.
fn policy_check(policy: &Policy, sent: &str) -> Check {
    let list = |sites: Vec<String>| sites.join(", ");
    match policy.compare(sent) {
        Fit::Same => Check::new(say::check_policy(), true),
        Fit::Lacks(sites) => Check::new(say::check_policy_lacks(list(sites)), false),
        Fit::Exceeds(sites) => {
            Check { about: say::check_policy_exceeds(list(sites)), standing: Standing::Open }
        }
    }
}

/// The page's path on its site, from slash to slash.
fn path(page: &Address) -> String {
    [&page.as_str()[page.origin().len()..], "/"].concat()
}

/// What the browser and the host do for the page itself, and whether the host sends the policy that is needed.
async fn of_page(policy: &Policy) -> Vec<Check> {
    let mut checks = vec![
        Check::new(say::check_secure(), engine::is_secure()),
        Check::new(say::check_storage(), storage::works()),
        Check::new(say::check_locks(), lock::works()),
    ];
    let answer = match ask_own("").await {
        Finding::Answer(answer) => Some(answer),
        _ => None,
    };
    checks.extend(HEADERS.map(|name| Check::of_header(name, answer.as_ref())));
    let sent = answer.as_ref().and_then(|answer| answer.header("Content-Security-Policy"));
    checks.extend(sent.map(|sent| policy_check(policy, sent)));
    checks
}
