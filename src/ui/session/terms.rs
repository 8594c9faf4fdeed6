//! What the way to a server changes of the first form: who has the token, what the proxy wants for itself, and whether
//! a stranger would see it.

use leptos::prelude::*;

use super::Session;
use crate::provider::{Ask, Face};
use crate::transport::Proxy;
use crate::transport::proxy::ACCESS_TOKEN;
use crate::words::say;

/// The tick by which somebody lets a stranger see a secret, as errors name it.
pub const UNDERSTOOD: &str = "understood";

/// What is asked of whoever connects, as things stand.
pub struct Terms {
    pub face: Face,
    /// Known already, and not asked.
    pub fixed: Vec<(String, String)>,
    /// The key of a stranger's proxy that nobody has let see a secret since the page was opened.
    pub stranger: Option<String>,
}

impl Session {
    /// The proxy to the server that is chosen in the form.
    pub fn proxy_chosen(self) -> Option<Proxy> {
        let server = self.server_chosen();
        self.desk.settings.track();
        self.desk.way(&self.provider(), &server).ok().map(|way| way.proxy)
    }

    /// The face of the provider, with what the way there asks besides, and without what it has.
    pub fn face_asked(self) -> Face {
        let mut face = self.face();
        let Some(proxy) = self.proxy_chosen() else { return face };
        if proxy.has_token() {
            face.ways.clear();
        }
        if proxy.template().access_token {
            let (label, hint) = (say::connect_access().text(), say::connect_access_hint(proxy.name()).text());
            face.asks.push(Ask { key: ACCESS_TOKEN.to_string(), label, hint: Some(hint), secret: true });
        }
        face
    }

    pub fn terms(self) -> Terms {
        let unknown = |proxy: &Proxy| !self.desk.keyring.with_value(|keyring| keyring.allows(proxy));
        let stranger = self.proxy_chosen().filter(unknown).map(|proxy| proxy.key());
        Terms { face: self.face_asked(), fixed: self.fixed(), stranger }
    }

    /// Whether the relay has the credential, so that a refusal is no fault of what was typed.
    pub(super) fn is_with_relay(self) -> bool {
        let has_token = self.way().is_ok_and(|way| way.proxy.has_token());
        has_token && self.provider().credential().is_some()
    }
}
