use crate::provider::Provider;
use crate::provider::call::Call;
use crate::provider::list::Lookup;
use crate::provider::sign_in::{Exchange, SignIn};
use crate::transport::{Keyring, Method, Proxy, Request, SignFault, Signed, Target, Text, sign};

use super::compose::{ComposeFault, bare, bare_reference, compose, exchange, reference};
use super::identity::Identity;
use super::plan::Approved;

/// A request that may leave the page: one that only reads, or one that an approved plan stands behind.
///
/// Its makers are private to this room, and it is the only thing that is ever signed. So a request that
/// writes without check, plan and consent does not compile.
#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing {
    request: Request,
}

impl Outgoing {
    /// The read of a record, or of something that goes with it.
    pub(super) fn read(request: Request) -> Outgoing {
        debug_assert_eq!(request.method, Method::Get, "a provider file can only read with GET");
        Outgoing { request }
    }

    /// The read of a page of a list. `page` says its query, and nothing else of the call.
    pub fn list(
        provider: &Provider,
        server: &str,
        call: &Call,
        connection: &Identity,
        more: &[(String, String)],
        page: impl FnOnce(Text) -> Text,
    ) -> Result<Outgoing, ComposeFault> {
        let request = compose(provider, server, call, connection, more, None)?;
        Ok(Outgoing::read(Request { query: page(request.query), ..request }))
    }

    /// The same at the server that is asked for names only. Such a list may be asked for with a body: nothing is changed
    /// there, and nothing that could change a record goes along.
    pub fn reference(
        provider: &Provider,
        lookup: &Lookup,
        call: &Call,
        known: &[(String, String)],
        page: impl FnOnce(Text) -> Text,
    ) -> Result<Outgoing, ComposeFault> {
        let request = reference(provider, lookup, call, known)?;
        Ok(Outgoing { request: Request { query: page(request.query), ..request } })
    }

    pub(super) fn write(approved: &Approved) -> Outgoing {
        Outgoing { request: approved.plan().request().clone() }
    }

    /// The harmless read that tells whether a credential works.
    pub fn test(
        provider: &Provider,
        server: &str,
        sign_in: &SignIn,
        connection: &Identity,
    ) -> Option<Outgoing> {
        let call = &sign_in.test.as_ref()?.call;
        let request: Result<Request, ComposeFault> = compose(provider, server, call, connection, &[], None);
        request.ok().map(Outgoing::read)
    }

    /// The same read without the credential or any other secret, to learn whether the provider is reached at all:
    /// its refusal shows that too. Where the file has no such read, the one of a record, with the file's own examples
    /// for what names it. Nothing if its path needs a name that the file has no example for.
    pub fn probe(provider: &Provider, server: &str) -> Option<Outgoing> {
        if provider.names.as_ref().is_some_and(|place| place.slug == server) {
            let request = bare_reference(provider).filter(|request| request.method == Method::Get);
            return request.map(Outgoing::read);
        }
        let test = provider.credential().and_then(|way| way.test.as_ref()).map(|test| &test.call);
        let calls = test.into_iter().chain([&provider.read.call]);
        let mut requests = calls.filter_map(|call| bare(provider, server, call));
        requests.find(|request| request.method == Method::Get).map(Outgoing::read)
    }

    /// What a relay is asked to learn whether it is there. It concerns no provider.
    pub fn health() -> Outgoing {
        let request = Request {
            method: Method::Get,
            provider: String::new(),
            server: String::new(),
            account: String::new(),
            path: Text::plain("/healthz"),
            query: Text::default(),
            headers: vec![("Accept".to_string(), Text::plain("application/json"))],
            body: None,
        };
        Outgoing::read(request)
    }

    /// The exchange of what was typed for a credential. It changes no record.
    pub fn exchange(
        provider: &Provider,
        server: &str,
        way: &Exchange,
        connection: &Identity,
    ) -> Result<Outgoing, ComposeFault> {
        exchange(provider, server, way, connection).map(|request| Outgoing { request })
    }

    pub fn request(&self) -> &Request {
        &self.request
    }

    pub fn sign(&self, target: &Target, proxy: &Proxy, keyring: &Keyring) -> Result<Signed, SignFault> {
        sign(&self.request, target, proxy, keyring)
    }
}

#[cfg(test)]
mod tests;
