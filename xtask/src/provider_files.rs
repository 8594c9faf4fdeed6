//! The provider files, as far as automation reads them: where the servers are and what is called there.
//! The page's own reader reads them, so that both agree on every word.

use std::{collections::BTreeSet, fs, path::Path};

use memberdesk::desk::config::Config;
use memberdesk::provider::{
    Provider,
    call::Call as PageCall,
    fault::Fault,
    server::Server as PageServer,
    sign_in::Scheme,
    template::{Part, Template},
};

/// One provider file.
#[derive(Clone, Debug)]
pub struct ProviderFile {
    pub id: String,
    provider: Provider,
}

/// A server that a provider file names.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    pub slug: String,
    /// None if the file says "ask": the owner gives it.
    pub address: Option<String>,
    /// It is asked for names and nothing else.
    pub is_reference: bool,
}

/// A request that the page may make.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    pub path: String,
    pub method: String,
}

impl ProviderFile {
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}.", path.display()))?;
        let provider =
            Provider::parse(&text).map_err(|faults| faulty(&path.display().to_string(), &faults))?;
        Ok(Self { id: provider.id.clone(), provider })
    }

    /// Every provider file of a folder, by name.
    pub fn read_all(folder: &Path) -> Result<Vec<Self>, String> {
        let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}.", folder.display()))?;
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| {
            let name = path.to_string_lossy();
            name.ends_with(".json") && !name.ends_with(".schema.json")
        });
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    /// The servers that an owner named beside the file's.
    pub fn serve_more(&mut self, config: &Config) -> Result<(), String> {
        let misfits = config.misfits(&self.provider);
        if !misfits.is_empty() {
            return Err(faulty("The configuration", &misfits));
        }
        let more = config.more_servers(&self.provider);
        self.provider.offer(more);
        Ok(())
    }

    pub fn servers(&self) -> Vec<Server> {
        let is_reference = |slug: &str| self.provider.server(slug).is_none();
        let server = |server: &PageServer| Server {
            is_reference: is_reference(&server.slug),
            slug: server.slug.clone(),
            address: server.address.clone(),
        };
        self.provider.places().map(server).collect()
    }

    /// Everything that the page may ask there: of the members, or for names.
    pub fn calls(&self, is_reference: bool) -> BTreeSet<Call> {
        self.page_calls(is_reference)
            .map(|(_, call)| Call { path: path(call), method: call.method.as_str().to_owned() })
            .collect()
    }

    fn page_calls(&self, is_reference: bool) -> impl Iterator<Item = (&str, &PageCall)> {
        self.provider.calls().into_iter().filter(move |(name, _)| (*name == "reference") == is_reference)
    }

    /// The names of the headers that a request there may carry.
    pub fn request_headers(&self, is_reference: bool) -> BTreeSet<String> {
        let own = self.page_calls(is_reference).flat_map(|(_, call)| &call.headers);
        let everywhere = match &self.provider.reference {
            Some(reference) if is_reference => &reference.headers,
            _ => &self.provider.headers,
        };
        let own = own.chain(everywhere).map(|(name, _)| name.clone());
        let ways = self.provider.sign_in.iter().filter(|_| !is_reference);
        let sign_in = ways.filter_map(|way| match &way.scheme {
            Scheme::Bearer => Some("Authorization".to_owned()),
            Scheme::ApiKey { header } => Some(header.clone()),
            // What it gives goes as the credential of another way.
            Scheme::Exchange(_) => None,
        });
        let always = ["Accept", "Content-Type"].map(str::to_owned);
        unique(always.into_iter().chain(own).chain(sign_in))
    }

    /// The names of the headers that the page reads in an answer.
    pub fn response_headers(&self) -> BTreeSet<String> {
        let always = ["Retry-After", "Link", "Date"].into_iter();
        let own = self.provider.answers.headers().chain(self.provider.pace.headers());
        unique(always.chain(own).map(str::to_owned))
    }
}

/// All that is wrong with a file, a line for each.
pub fn faulty(file: &str, faults: &[Fault]) -> String {
    let lines = faults.iter().map(|fault| format!("\n  {}  {} {}", fault.pointer, fault.says, fault.cure));
    format!("{file} has faults:{}", lines.collect::<String>())
}

/// A call's path and query as the file has them, names in braces.
fn path(call: &PageCall) -> String {
    let text = |template: &Template| {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Name(name) => format!("{{{name}}}"),
        };
        template.parts().iter().map(part).collect::<String>()
    };
    match &call.query {
        Some(query) => format!("{}?{}", text(&call.path), text(query)),
        None => text(&call.path),
    }
}

/// Header names differ in more than case.
fn unique(names: impl Iterator<Item = String>) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    names.filter(|name| seen.insert(name.to_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::root;

    fn file(name: &str) -> ProviderFile {
        ProviderFile::read(&root().join("providers").join(name)).expect("a provider file")
    }

    #[test]
    fn every_call_of_a_file_is_found_with_its_names_in_braces() {
        let check = |name: &str, expected: &[&str]| {
            let calls = file(name).calls(false).into_iter().map(|call| [call.method, call.path].join(" "));
            assert_eq!(calls.collect::<Vec<_>>(), expected, "{name}");
        };
        check(
            "webex.json",
            &[
                "GET /v1/memberships/{membershipId}",
                "PUT /v1/memberships/{membershipId}",
                "GET /v1/memberships?roomId={roomId}&max=100",
                "GET /v1/people/me",
                "GET /v1/rooms/{roomId}",
                "GET /v1/rooms?sortBy=lastactivity&max=100",
            ],
        );
        check(
            "symbl.json",
            &[
                "POST /oauth2/token:generate",
                "GET /v1/conversations/{conversationId}/members",
                "PUT /v1/conversations/{conversationId}/members/{memberId}",
                "GET /v1/conversations?limit=1",
                "GET /v1/conversations?limit=100&order=desc",
            ],
        );
        let read = "?memberCode={memberCode}&partnerGUID={partnerGuid}";
        let respondent = "/IntegratedPanelService/api/Respondent";
        check("toluna.json", &[&format!("PUT {respondent}"), &format!("GET {respondent}/{read}")]);
        let names =
            file("toluna.json").calls(true).into_iter().map(|call| [call.method, call.path].join(" "));
        let data = "/IPUtilityService/ReferenceData";
        let expected = [format!("GET {data}/Cultures"), format!("POST {data}/QuestionsAndAnswersData")];
        assert_eq!(names.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn headers_come_from_sign_in_calls_and_answers() {
        let request = |name: &str| Vec::from_iter(file(name).request_headers(false));
        assert_eq!(request("webex.json"), ["Accept", "Authorization", "Content-Type"]);
        assert_eq!(request("symbl.json"), ["Accept", "Authorization", "Content-Type"]);
        assert_eq!(request("toluna.json"), ["Accept", "Content-Type"]);
        let names = Vec::from_iter(file("toluna.json").request_headers(true));
        assert_eq!(names, ["Accept", "Content-Type", "PARTNER_AUTH_KEY"]);
        let check = |name: &str, own: &[&str]| {
            let always = ["Date", "Link", "Retry-After"].iter().chain(own);
            let expected: BTreeSet<String> = always.map(|name| (*name).to_owned()).collect();
            assert_eq!(file(name).response_headers(), expected, "{name}");
        };
        check("webex.json", &["trackingid"]);
        check("flashapply.json", &["X-RateLimit-Remaining", "X-RateLimit-Reset", "x-request-id"]);
        check("toluna.json", &["TOLUNA_WEBAPI_RESPONSE_DETAIL"]);
    }

    #[test]
    fn a_server_to_ask_for_has_no_address() {
        let servers = file("aitable.json").servers();
        let own = servers.iter().find(|server| server.slug == "aitable-own").expect("it is there");
        assert_eq!(own.address, None);
        assert!(servers.iter().any(|server| server.address.is_some()));
    }
}
