use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use crate::browser::own::Missing;
use crate::browser::{clock, document, language as browser, own, storage};
use crate::desk::config::Config;
use crate::desk::language::choose;
use crate::desk::origin;
use crate::desk::route::Route;
use crate::desk::settings::{Kept, Settings};
use crate::desk::simulation::{is_simulated, leads_to_simulated};
use crate::desk::way::Way;
use crate::provider::fault::Fault;
use crate::provider::{Face, Provider};
use crate::transport::pace::Calls;
use crate::transport::{Address, Keyring, ProxyFault};
use crate::words::{self, Words, say};

use super::language;
use super::live::later;
use super::owners::Owners;
use super::recents::RecentMembers;

use crate::desk::history::History;

/// So often the page looks at the clock, for all that counts down by the minute.
const TICK: Duration = Duration::from_secs(15);

/// What every page may need: the owner's choices, the person's, the secrets of this visit, and where one is.
#[derive(Clone, Copy)]
pub struct Desk {
    pub config: StoredValue<Config>,
    pub settings: RwSignal<Settings>,
    /// Kept settings could not be understood, and were left as they are.
    pub unknown_settings: bool,
    pub keyring: StoredValue<Keyring>,
    /// Whose each credential is.
    pub owners: Owners,
    /// The calls that count towards a provider's pace.
    pub calls: StoredValue<Calls>,
    pub route: RwSignal<Route>,
    /// What was done last in this tab.
    pub history: RwSignal<History>,
    pub recents: RecentMembers,
    /// Milliseconds since 1970, a few seconds ago at most while the page is looked at.
    pub now: RwSignal<u64>,
    /// The language that is spoken, by its BCP 47 tag: what follows it is drawn anew in another one.
    pub language: RwSignal<String>,
    /// Each by the language of its words.
    providers: StoredValue<Vec<(String, Arc<Provider>)>>,
}

/// A file beside the page that cannot be used, with all that is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct FileFaults {
    pub file: String,
    pub faults: Vec<Fault>,
}

impl Desk {
    pub fn new(config: Config, route: RwSignal<Route>) -> Desk {
        let kept = storage::settings().map(|text| Settings::parse(&text));
        let (settings, unknown_settings) = match kept {
            None => (Settings::default(), false),
            Some(Kept::Read(settings)) => (settings, false),
            Some(Kept::Unknown) => (Settings::default(), true),
        };
        let recents = RecentMembers::new(config.recents);
        let now = RwSignal::new(clock::moment().now);
        later(async move {
            loop {
                clock::pass(TICK).await;
                now.set(clock::moment().now);
            }
        });
        Desk {
            config: StoredValue::new(config),
            settings: RwSignal::new(settings),
            unknown_settings,
            keyring: StoredValue::new(Keyring::default()),
            owners: Owners::default(),
            calls: StoredValue::new(Calls::default()),
            route,
            language: RwSignal::new(words::language()),
            history: RwSignal::new(History::default()),
            recents,
            now,
            providers: StoredValue::new(Vec::new()),
        }
    }

    /// Speaks the language that the person chose, or the best one of those that the owner offers.
    pub async fn greet(self) {
        let chosen = self.settings.with_untracked(|settings| settings.language.clone());
        let offered = self.config.with_value(|config| config.languages.clone());
        let tag = choose(chosen.as_deref(), &offered, &browser::preferred());
        language::speak(language::catalogue(&tag).await);
        self.spoken();
    }

    /// Another language is spoken from now on: all is drawn anew.
    pub fn spoken(self) {
        let spoken = words::language();
        if self.language.with_untracked(|before| *before != spoken) {
            self.language.set(spoken);
        }
    }

    /// A provider's file in the words of the language that is spoken, read once for each.
    pub async fn provider(self, id: &str) -> Result<Arc<Provider>, FileFaults> {
        let tag = words::language();
        let known = self.providers.with_value(|all| {
            let own = all.iter().find(|(own, provider)| *own == tag && provider.id == id);
            own.map(|(_, provider)| provider.clone())
        });
        if let Some(provider) = known {
            return Ok(provider);
        }
        let (file, text) = provider_file(id).await?;
        let own_words = || match Provider::parse(&text) {
            Ok(provider) => Ok(provider),
            Err(faults) => Err(FileFaults { file: file.clone(), faults }),
        };
        // Words that spoil the file are left aside: it can be used without them.
        let other_words = language::of_provider(id, &tag).await;
        let other_words = other_words.and_then(|words| Provider::parse(&words.apply(&text)).ok());
        let mut provider = other_words.map_or_else(own_words, Ok)?;
        named(id, &provider, &file)?;
        let misfits = self.config.with_value(|config| config.misfits(&provider));
        if !misfits.is_empty() {
            return Err(FileFaults { file: "config.json".to_string(), faults: misfits });
        }
        let more = self.config.with_value(|config| config.more_servers(&provider));
        provider.offer(more);
        self.apart(&provider, &file)?;
        let provider = Arc::new(provider);
        self.providers.update_value(|all| all.push((tag, provider.clone())));
        Ok(provider)
    }

    /// Two servers of one name would share a path at the relay, and an address.
    fn apart(self, provider: &Provider, file: &str) -> Result<(), FileFaults> {
        let taken = self.providers.with_value(|all| {
            let others = all.iter().map(|(_, other)| other).filter(|other| other.id != provider.id);
            let mut slugs = others.flat_map(|other| other.places()).map(|server| server.slug.clone());
            slugs.find(|slug| provider.places().any(|place| place.slug == *slug))
        });
        let Some(slug) = taken else { return Ok(()) };
        let place = ["/servers/", &slug].concat();
        Err(FileFaults::of(file, &place, say::fault_server_twice(), say::fault_server_twice_cure()))
    }

    /// Whether the owner offers this provider.
    pub fn offers(self, id: &str) -> bool {
        self.config.with_value(|config| config.providers.iter().any(|offered| offered == id))
    }

    /// How long an answer may take, as things stand.
    pub fn time_limit(self) -> Duration {
        let of =
            |settings: &Settings| self.config.with_value(|config| origin::time_limit(config, settings).value);
        self.settings.with_untracked(of)
    }

    /// Whether nobody real is reached, as things stand.
    pub fn is_simulated(self) -> bool {
        let simulated = |page| {
            self.settings
                .with(|settings| self.config.with_value(|config| is_simulated(config, settings, &page)))
        };
        page().is_some_and(simulated)
    }

    /// Whether this way leads to a server that the owner calls simulated.
    pub fn leads_to_simulated(self, way: &Way) -> bool {
        page().is_some_and(|page| self.config.with_value(|config| leads_to_simulated(config, way, &page)))
    }

    /// What a test of this way says that it reached: a simulated server is not called by the bare name of the real one.
    pub fn named(self, way: &Way, name: Words) -> Words {
        match self.leads_to_simulated(way) {
            true => say::settings_simulated(name),
            false => name,
        }
    }

    /// How a provider's server is reached, as things stand.
    pub fn way(self, provider: &Face, server: &str) -> Result<Way, ProxyFault> {
        let settings = self.settings.get_untracked();
        self.config.with_value(|config| Way::find(config, &settings, provider, server))
    }
}

impl FileFaults {
    pub fn missing(file: &str, missing: Missing) -> FileFaults {
        FileFaults::of(file, "", missing.words(), say::fault_put_file())
    }

    /// One fault, at a place in the file.
    fn of(file: &str, pointer: &str, says: Words, cure: Words) -> FileFaults {
        let fault = Fault { pointer: pointer.to_string(), says: says.text(), cure: cure.text() };
        FileFaults { file: file.to_string(), faults: vec![fault] }
    }
}

/// Where the page was fetched from.
pub fn page() -> Option<Address> {
    Address::parse(&document::address_of("./")?).ok()
}

async fn provider_file(id: &str) -> Result<(String, String), FileFaults> {
    let file = ["providers/", id, ".json"].concat();
    match own::text(&file).await {
        Ok(text) => Ok((file, text)),
        Err(missing) => Err(FileFaults::missing(&file, missing)),
    }
}

/// A file is about the provider that it is named for.
fn named(id: &str, face: &Face, file: &str) -> Result<(), FileFaults> {
    if face.id == id {
        return Ok(());
    }
    Err(FileFaults::of(file, "/id", say::fault_other_id(&face.id), say::fault_other_id_cure()))
}
