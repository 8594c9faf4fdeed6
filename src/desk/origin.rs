use std::time::Duration;

use crate::provider::Face;
use crate::transport::{Address, Proxies, Proxy};
use crate::words::{Words, say};

use super::config::{Config, TIME_LIMIT};
use super::language;
use super::settings::{Settings, Theme};

/// Who decided what is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The person in front of the page.
    Person,
    /// Their browser, by what it prefers.
    Browser,
    /// The owner of the page.
    Owner,
    /// The provider's file.
    File,
    /// Nobody: it is as the page comes.
    Page,
}

/// What is in force, and who decided it. It is derived each time, and never kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decided<T> {
    pub value: T,
    pub origin: Origin,
}

impl Origin {
    pub fn words(self) -> Words {
        match self {
            Origin::Person => say::settings_from_person(),
            Origin::Browser => say::settings_from_browser(),
            Origin::Owner => say::settings_from_owner(),
            Origin::File => say::settings_from_file(),
            Origin::Page => say::settings_from_page(),
        }
    }

    fn of<T>(self, value: T) -> Decided<T> {
        Decided { value, origin: self }
    }
}

/// The proxy to a provider's server. What a person chose takes the place of the one for all, unless the owner locks
/// it; the owner's exceptions stay.
pub fn proxy(config: &Config, settings: &Settings, provider: &str, server: &str) -> Decided<Proxy> {
    let Proxies { default, .. } = &config.proxies;
    match (config.proxies.exception(provider, server), &settings.proxy) {
        (Some(exception), _) => Origin::Owner.of(exception.clone()),
        (None, Some(own)) if !config.locks_proxy => Origin::Person.of(own.chosen_by_person()),
        (None, _) if config.names_proxy => Origin::Owner.of(default.clone()),
        (None, _) => Origin::Page.of(default.clone()),
    }
}

/// The address of a provider's server, if anybody knows it.
pub fn address(
    config: &Config,
    settings: &Settings,
    provider: &Face,
    server: &str,
) -> Option<Decided<Address>> {
    let of = |list: &[(String, Address)]| {
        list.iter().find(|(slug, _)| slug == server).map(|(_, address)| address.clone())
    };
    let place = provider.places().find(|place| place.slug == server);
    let known = place.and_then(|place| place.address.as_deref());
    // Only where the file says "ask": what is kept in a browser must not lead a token elsewhere.
    let asks = place.is_some_and(|place| place.address.is_none());
    let typed = of(&settings.servers).filter(|_| asks).map(|address| Origin::Person.of(address));
    let owners = || of(&config.servers).map(|address| Origin::Owner.of(address));
    let files = || known.and_then(|known| Address::parse(known).ok()).map(|address| Origin::File.of(address));
    typed.or_else(owners).or_else(files)
}

/// How long an answer may take.
pub fn time_limit(config: &Config, settings: &Settings) -> Decided<Duration> {
    let own = settings.time_limit.map(|limit| Origin::Person.of(limit));
    own.unwrap_or_else(|| owners_time_limit(config))
}

/// The same if the person says nothing of it.
pub fn owners_time_limit(config: &Config) -> Decided<Duration> {
    let owners = config.time_limit.map(|limit| Origin::Owner.of(limit));
    owners.unwrap_or(Origin::Page.of(TIME_LIMIT))
}

/// Light or dark; nothing for as the system has it.
pub fn theme(settings: &Settings) -> Decided<Option<Theme>> {
    let origin = if settings.theme.is_some() { Origin::Person } else { Origin::Page };
    origin.of(settings.theme)
}

/// The language to speak.
pub fn language(config: &Config, settings: &Settings, liked: &[String]) -> Decided<String> {
    let find = |tag: &str| language::find(tag, &config.languages);
    let own = settings.language.as_deref().and_then(find).map(|tag| Origin::Person.of(tag));
    let browsers = || liked.iter().find_map(|tag| find(tag)).map(|tag| Origin::Browser.of(tag));
    let first = language::choose(None, &config.languages, &[]);
    match config.languages.len() {
        // Where there is no choice, nobody made one.
        ..2 if first == "en" => Origin::Page.of(first),
        ..2 => Origin::Owner.of(first),
        _ => own.or_else(browsers).unwrap_or(Origin::Owner.of(first)),
    }
}

#[cfg(test)]
mod tests;
