use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::{own, storage};
use crate::desk::config::Config;
use crate::desk::route::Route;
use crate::desk::settings::{Kept, Settings};
use crate::provider::Provider;
use crate::provider::fault::Fault;
use crate::transport::Keyring;

use super::session::Session;

/// What every page may need: the owner's choices, the person's, the secrets of this visit, and where one is.
#[derive(Clone, Copy)]
pub struct Desk {
    pub config: StoredValue<Config>,
    pub settings: RwSignal<Settings>,
    /// Kept settings could not be understood, and were left as they are.
    pub unknown_settings: bool,
    pub keyring: StoredValue<Keyring>,
    pub route: RwSignal<Route>,
    providers: StoredValue<Vec<Arc<Provider>>>,
    sessions: StoredValue<Vec<(String, Session)>>,
    /// What is made here lives as long as the page does.
    owner: StoredValue<Owner>,
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
            route,
            providers: StoredValue::new(Vec::new()),
            sessions: StoredValue::new(Vec::new()),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// A provider's file, read once.
    pub async fn provider(self, id: &str) -> Result<Arc<Provider>, FileFaults> {
        let known = self
            .providers
            .with_value(|all| all.iter().find(|provider| provider.id == id).cloned());
        if let Some(provider) = known {
            return Ok(provider);
        }
        let file = ["providers/", id, ".json"].concat();
        let text = own::text(&file)
            .await
            .map_err(|says| FileFaults::missing(&file, says))?;
        let provider = Provider::parse(&text).map_err(|faults| FileFaults {
            file: file.clone(),
            faults,
        })?;
        if provider.id != id {
            let says = ["The file says that it is about “", &provider.id, "”."].concat();
            let cure = "Give the file and its “id” the same name.".to_string();
            return Err(FileFaults {
                file,
                faults: vec![Fault {
                    pointer: "/id".to_string(),
                    says,
                    cure,
                }],
            });
        }
        let provider = Arc::new(provider);
        self.providers.update_value(|all| all.push(provider.clone()));
        Ok(provider)
    }

    /// Where one stands with a provider. It outlives a visit to another page.
    pub fn session(self, provider: &Arc<Provider>) -> Session {
        let known = self.sessions.with_value(|all| {
            all.iter()
                .find(|(id, _)| *id == provider.id)
                .map(|(_, session)| *session)
        });
        known.unwrap_or_else(|| {
            let session = self
                .owner
                .get_value()
                .with(|| Session::new(self, provider.clone()));
            self.sessions
                .update_value(|all| all.push((provider.id.clone(), session)));
            session
        })
    }
}

impl FileFaults {
    pub fn missing(file: &str, says: String) -> FileFaults {
        let cure = "Put the file beside the page, and load the page again.".to_string();
        FileFaults {
            file: file.to_string(),
            faults: vec![Fault {
                pointer: String::new(),
                says,
                cure,
            }],
        }
    }
}
