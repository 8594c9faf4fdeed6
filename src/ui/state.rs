use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use crate::browser::{own, storage};
use crate::desk::config::Config;
use crate::desk::origin;
use crate::desk::route::Route;
use crate::desk::settings::{Kept, Settings};
use crate::desk::way::Way;
use crate::provider::fault::Fault;
use crate::provider::{Face, Provider};
use crate::transport::pace::Calls;
use crate::transport::{Keyring, ProxyFault};

use super::done::Dones;

/// What every page may need: the owner's choices, the person's, the secrets of this visit, and where one is.
#[derive(Clone, Copy)]
pub struct Desk {
    pub config: StoredValue<Config>,
    pub settings: RwSignal<Settings>,
    /// Kept settings could not be understood, and were left as they are.
    pub unknown_settings: bool,
    pub keyring: StoredValue<Keyring>,
    /// The calls that count towards a provider's pace.
    pub calls: StoredValue<Calls>,
    pub route: RwSignal<Route>,
    /// What was done last in this tab.
    pub dones: Dones,
    providers: StoredValue<Vec<Arc<Provider>>>,
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
        Desk {
            config: StoredValue::new(config),
            settings: RwSignal::new(settings),
            unknown_settings,
            keyring: StoredValue::new(Keyring::default()),
            calls: StoredValue::new(Calls::default()),
            route,
            dones: Dones::default(),
            providers: StoredValue::new(Vec::new()),
        }
    }

    /// A provider's file, read once.
    pub async fn provider(self, id: &str) -> Result<Arc<Provider>, FileFaults> {
        let known = self.providers.with_value(|all| all.iter().find(|provider| provider.id == id).cloned());
        if let Some(provider) = known {
            return Ok(provider);
        }
        let (file, text) = provider_file(id).await?;
        match Provider::parse(&text) {
            Err(faults) => Err(FileFaults { file, faults }),
            Ok(provider) => {
                named(id, &provider, &file)?;
                self.apart(&provider, &file)?;
                let provider = Arc::new(provider);
                self.providers.update_value(|all| all.push(provider.clone()));
                Ok(provider)
            }
        }
    }

    /// Two servers of one name would share a path at the relay, and an address.
    fn apart(self, provider: &Provider, file: &str) -> Result<(), FileFaults> {
        let taken = self.providers.with_value(|all| {
            let others = all.iter().filter(|other| other.id != provider.id);
            let mut slugs = others.flat_map(|other| &other.servers).map(|server| server.slug.clone());
            slugs.find(|slug| provider.server(slug).is_some())
        });
        let Some(slug) = taken else { return Ok(()) };
        let fault = Fault {
            pointer: ["/servers/", &slug].concat(),
            says: "Another provider has a server of this name.".to_string(),
            cure: "Give each server its own name.".to_string(),
        };
        Err(FileFaults { file: file.to_string(), faults: vec![fault] })
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

    /// How a provider's server is reached, as things stand.
    pub fn way(self, provider: &Face, server: &str) -> Result<Way, ProxyFault> {
        let settings = self.settings.get_untracked();
        self.config.with_value(|config| Way::find(config, &settings, provider, server))
    }
}

impl FileFaults {
    pub fn missing(file: &str, says: String) -> FileFaults {
        let cure = "Put the file beside the page, and load the page again.".to_string();
        FileFaults { file: file.to_string(), faults: vec![Fault { pointer: String::new(), says, cure }] }
    }
}

async fn provider_file(id: &str) -> Result<(String, String), FileFaults> {
    let file = ["providers/", id, ".json"].concat();
    match own::text(&file).await {
        Ok(text) => Ok((file, text)),
        Err(says) => Err(FileFaults::missing(&file, says.text())),
    }
}

/// A file is about the provider that it is named for.
fn named(id: &str, face: &Face, file: &str) -> Result<(), FileFaults> {
    if face.id == id {
        return Ok(());
    }
    let says = ["The file says that it is about “", &face.id, "”."].concat();
    let cure = "Give the file and its “id” the same name.".to_string();
    Err(FileFaults { file: file.to_string(), faults: vec![Fault { pointer: "/id".to_string(), says, cure }] })
}
