//! Where a proxy stands.

use super::{Address, AddressFault, check_letters, check_path};

/// The beginning of every request that goes through a proxy: an address, or a path on the site that
/// serves the page (`relay`, `./relay`, `/relay`), which needs no permission from the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyBase {
    place: Place,
    /// Whether it was written with a slash at the end. A proxy that takes the address as a query may
    /// tell `/cors/?url=` from `/cors?url=`, and a redirect between them breaks the request.
    slash: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Elsewhere(Address),
    /// Starts with `/` or `.`, has no slash at the end; empty for the root of the site.
    SameSite(String),
}

impl ProxyBase {
    pub fn parse(text: &str) -> Result<ProxyBase, AddressFault> {
        let text = text.trim();
        let slash = text.ends_with('/');
        if text.contains("://") {
            return Ok(ProxyBase { place: Place::Elsewhere(Address::parse(text)?), slash });
        }
        check_letters(text)?;
        let (lead, rest) = if let Some(rest) = text.strip_prefix("./") {
            (".", rest)
        } else if let Some(rest) = text.strip_prefix('/') {
            ("", rest)
        } else if text == "." {
            (".", "")
        } else if text.split('/').next().is_some_and(|first| first.contains([':', '.']) && first != "..") {
            return Err(AddressFault::LooksLikeHost);
        } else {
            (".", text)
        };
        if rest.starts_with('/') {
            return Err(AddressFault::DoubleSlash);
        }
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let mut path = String::from(lead);
        if !rest.is_empty() {
            path.push('/');
            path.push_str(rest);
            check_path(&path[lead.len()..])?;
        }
        Ok(ProxyBase { place: Place::SameSite(path), slash })
    }

    /// Without a slash at the end: what follows brings its own.
    pub fn as_str(&self) -> &str {
        match &self.place {
            Place::Elsewhere(address) => address.as_str(),
            Place::SameSite(path) => path,
        }
    }

    /// The same with the slash, where it was written or where a query would else stand alone.
    pub fn before_query(&self) -> String {
        let text = self.as_str();
        let slash = self.slash || matches!(text, "" | ".");
        [text, if slash { "/" } else { "" }].concat()
    }

    /// The address, unless the proxy is on the site that serves the page.
    pub fn address(&self) -> Option<&Address> {
        match &self.place {
            Place::Elsewhere(address) => Some(address),
            Place::SameSite(_) => None,
        }
    }
}
