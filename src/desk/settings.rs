use std::time::Duration;

use serde_json::{Map, Value as Json, json};

use crate::provider::fault::Faults;
use crate::provider::reader::Place;
use crate::transport::{Address, Proxy};

use super::{config, proxy};

/// What the person in front of the page chose, kept in the browser. It holds no secret.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The proxy to use instead of the owner's.
    pub proxy: Option<Proxy>,
    /// Addresses that were typed for servers that only the person knows.
    pub servers: Vec<(String, Address)>,
    /// How long an answer may take, instead of what the owner decided.
    pub time_limit: Option<Duration>,
    /// Light or dark, whatever the system has.
    pub theme: Option<Theme>,
    /// The language to speak, by its BCP 47 tag.
    pub language: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

/// What became of kept settings.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    Read(Settings),
    /// Another version, or damaged. It is left where it is, and the page says so.
    Unknown,
}

const VERSION: u64 = 1;

impl Settings {
    pub fn text(&self) -> String {
        let mut object = json!({ "version": VERSION });
        if let Some(proxy) = &self.proxy {
            object["proxy"] = proxy::write(proxy);
        }
        let servers = self.servers.iter();
        let servers: Map<String, Json> = servers
            .map(|(slug, address)| (slug.clone(), Json::String(address.as_str().to_string())))
            .collect();
        object["servers"] = Json::Object(servers);
        if let Some(limit) = self.time_limit {
            object["time_limit"] = Json::String(["PT", &limit.as_secs().to_string(), "S"].concat());
        }
        if let Some(theme) = self.theme {
            object["theme"] = Json::String(theme.name().to_string());
        }
        if let Some(language) = &self.language {
            object["language"] = Json::String(language.clone());
        }
        object.to_string()
    }

    pub fn parse(text: &str) -> Kept {
        let Ok(value) = serde_json::from_str::<Json>(text) else {
            return Kept::Unknown;
        };
        if value.get("version").and_then(Json::as_u64) != Some(VERSION) {
            return Kept::Unknown;
        }
        let faults = Faults::default();
        let place = Place::new(&value, &faults);
        let proxy = match value.get("proxy") {
            Some(proxy) => match proxy::parse(proxy) {
                Ok(proxy) => Some(proxy),
                Err(_) => return Kept::Unknown,
            },
            None => None,
        };
        // What cannot be read is not guessed at.
        let time_limit = match value.get("time_limit") {
            Some(limit) => match config::time_limit(&Place::new(limit, &faults)) {
                Some(limit) => Some(limit),
                None => return Kept::Unknown,
            },
            None => None,
        };
        let theme = match value.get("theme") {
            Some(theme) => match theme.as_str().and_then(Theme::parse) {
                Some(theme) => Some(theme),
                None => return Kept::Unknown,
            },
            None => None,
        };
        let entries =
            place.object().and_then(|object| object.get("servers")).and_then(|place| place.object());
        let entries = entries.map(|entries| entries.entries()).unwrap_or_default();
        let address = |(slug, place): (&str, Place)| {
            let address = Address::parse(&place.text()?).ok()?;
            Some((slug.to_string(), address))
        };
        let servers = entries.into_iter().filter_map(address).collect();
        let language = value.get("language").and_then(Json::as_str).map(str::to_string);
        Kept::Read(Settings { proxy, servers, time_limit, theme, language })
    }
}

impl Theme {
    pub fn parse(name: &str) -> Option<Theme> {
        [Theme::Light, Theme::Dark].into_iter().find(|theme| theme.name() == name)
    }

    /// As it is kept, and as the stylesheet and the boot file know it.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

#[cfg(test)]
mod tests;
