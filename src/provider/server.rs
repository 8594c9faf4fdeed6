use super::reader::Place;

/// One place where a provider can be reached. Its slug is the path at the relay, so two servers never mix.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    pub slug: String,
    pub label: String,
    /// `None`: only the owner knows it ("ask").
    pub address: Option<String>,
    /// A test server is marked on every page and receipt.
    pub test: bool,
}

impl Server {
    pub fn read(slug: &str, place: &Place) -> Option<Server> {
        if !is_slug(slug) {
            place.fault("This name cannot be a path.", "Use small letters, digits and -, as in live-2.");
        }
        let object = place.object()?;
        let label = object.need_text("label");
        let address = object.need("address")?.text()?;
        let https = address.starts_with("https://") || address.starts_with("http://");
        if address != "ask" && (!https || address.ends_with('/')) {
            let cure = "Write https://host without a slash at the end, or “ask”.";
            object.place().fault("This address cannot be used.", cure);
        }
        let test = object.flag("test");
        object.done();
        let address = (address != "ask").then_some(address);
        Some(Server { slug: slug.to_string(), label, address, test })
    }
}

/// Small letters, digits and `-`: fit for a file name, an address and a path at the relay.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
