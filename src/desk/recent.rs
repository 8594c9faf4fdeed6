use serde_json::{Value as Json, json};

use crate::change::identity::Identity;
use crate::provider::Provider;

use super::link::Link;

/// So many are remembered of each provider, besides those that are pinned.
const MOST: usize = 20;

const VERSION: u64 = 1;

/// How far the owner lets the members be remembered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    Off,
    /// In memory: they go with the tab.
    #[default]
    Tab,
    /// A person may ask that this browser keeps them.
    Device,
}

/// The members that were looked at last, the newest first, each once. They go with the page, unless somebody asked
/// that this browser keeps them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recents(Vec<Member>);

/// A member in words, and the way to it. Nothing else of it is remembered.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    pub provider: String,
    pub title: String,
    /// What it was found in, by name, where it was. No browser keeps that.
    pub of: Option<String>,
    /// The text of the [`Link`] to it.
    pub link: String,
    pub pinned: bool,
}

impl Keeping {
    pub fn parse(name: &str) -> Option<Keeping> {
        match name {
            "off" => Some(Keeping::Off),
            "tab" => Some(Keeping::Tab),
            "device" => Some(Keeping::Device),
            _ => None,
        }
    }
}

impl Recents {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those that are pinned first; of one provider, or of all.
    pub fn shown(&self, provider: Option<&str>) -> Vec<Member> {
        let own = self.0.iter().filter(|member| provider.is_none_or(|id| member.provider == id));
        let (mut shown, rest): (Vec<_>, Vec<_>) = own.cloned().partition(|member| member.pinned);
        shown.extend(rest);
        shown
    }

    /// The ways to them, by which a list is told from another one; a pin does not count.
    pub fn links(&self) -> Vec<(String, String)> {
        self.0.iter().map(|own| (own.provider.clone(), own.link.clone())).collect()
    }

    pub fn is_pinned(&self, provider: &str, link: &str) -> bool {
        self.0.iter().any(|own| own.pinned && own.provider == provider && own.link == link)
    }

    /// The record of a member was read.
    pub fn note(
        &mut self,
        provider: &Provider,
        server: &str,
        member: &Identity,
        title: String,
        of: Option<String>,
    ) {
        let link = Link::to(provider, server, member).text(provider);
        let is_own = |own: &Member| own.provider == provider.id && own.link == link;
        let before = self.0.iter().find(|own| is_own(own));
        let pinned = before.is_some_and(|own| own.pinned);
        let of = of.or_else(|| before?.of.clone());
        self.0.retain(|own| !is_own(own));
        self.0.insert(0, Member { provider: provider.id.clone(), title, of, link, pinned });
        self.trim(&provider.id);
    }

    /// A member is gone, under whatever name the connection had. `server_of` says where a link leads; where that is not
    /// known any more, it may be there.
    pub fn forget(
        &mut self,
        provider: &Provider,
        server: &str,
        member: &Identity,
        server_of: impl Fn(&Link) -> Option<String>,
    ) {
        let gone = Link::to(provider, server, member);
        let is_gone = |own: &Member| {
            let link = Link::parse(provider, &own.link);
            own.provider == provider.id
                && server_of(&link).is_none_or(|own| own == server)
                && link.own_keys(provider).eq(gone.own_keys(provider))
        };
        self.0.retain(|own| !is_gone(own));
    }

    pub fn pin(&mut self, provider: &str, link: &str, pinned: bool) {
        let own = self.0.iter_mut().find(|own| own.provider == provider && own.link == link);
        if let Some(own) = own {
            own.pinned = pinned;
        }
        self.trim(provider);
    }

    /// The oldest go that are not pinned.
    fn trim(&mut self, provider: &str) {
        let mut count = 0;
        self.0.retain(|own| {
            let counts = own.provider == provider && !own.pinned;
            count += usize::from(counts);
            !counts || count <= MOST
        });
    }

    /// As this browser keeps it: what a member is called, and the link to it.
    pub fn text(&self) -> String {
        let member = |own: &Member| {
            let mut object = json!({ "provider": own.provider, "title": own.title, "link": own.link });
            if own.pinned {
                object["pinned"] = Json::Bool(true);
            }
            object
        };
        let members: Vec<Json> = self.0.iter().map(member).collect();
        json!({ "version": VERSION, "members": members }).to_string()
    }

    /// Nothing if another version kept it, or it is damaged: then it is left as it is.
    pub fn parse(text: &str) -> Option<Recents> {
        let kept: Json = serde_json::from_str(text).ok()?;
        if kept.get("version").and_then(Json::as_u64) != Some(VERSION) {
            return None;
        }
        let member = |own: &Json| {
            let text = |key: &str| own.get(key).and_then(Json::as_str).map(str::to_string);
            let pinned = own.get("pinned").is_some_and(|pinned| *pinned == Json::Bool(true));
            let (provider, title, link) = (text("provider")?, text("title")?, text("link")?);
            Some(Member { provider, title, of: None, link, pinned })
        };
        kept.get("members")?.as_array()?.iter().map(member).collect::<Option<Vec<_>>>().map(Recents)
    }
}

#[cfg(test)]
mod tests;
