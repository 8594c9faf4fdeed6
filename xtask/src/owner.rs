//! What an owner wrote: `config.json` and the provider files beside it, read as the page reads them.

use std::{fs, path::Path};

use memberdesk::{desk::config::Config, provider::Provider};
use serde_json::json;

use crate::{
    process::root,
    provider_files::{self, faulty},
};

/// A configuration that the repository shows.
pub struct Example {
    /// What it is called in `deploy/`.
    pub file: &'static str,
    /// What makes it.
    pub command: &'static str,
    pub text: String,
}

/// Without a file, all the providers that we ship, as they come.
pub fn read(config: Option<&Path>) -> Result<(Config, Vec<Provider>), String> {
    let folder = config.and_then(Path::parent).map(|folder| folder.join("providers"));
    let folder = folder.filter(|folder| folder.is_dir()).unwrap_or_else(|| root().join("providers"));
    let providers = provider_files::read_all(&folder)?;
    let config = match config {
        Some(path) => {
            let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}.", path.display()))?;
            parsed(&text, &path.display().to_string())?
        }
        None => {
            let ids: Vec<&str> = providers.iter().map(|provider| provider.id.as_str()).collect();
            parsed(&json!({ "version": 1, "providers": ids }).to_string(), "The configuration")?
        }
    };
    Ok((config, providers))
}

fn parsed(text: &str, file: &str) -> Result<Config, String> {
    Config::parse(text).map_err(|faults| faulty(file, &faults))
}
