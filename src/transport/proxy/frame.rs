//! What a proxy puts around a path and a query.

use super::{LONGEST_URL, ProxyFault};
use crate::transport::percent::{encode, is_path, is_query};
use crate::transport::request::Text;

/// The beginning of a URL, and how what follows it is written. The same value draws the URL that is
/// shown and the URL that is sent, so the two cannot differ but in their holes.
pub(in crate::transport) struct Frame {
    start: String,
    write: fn(&str) -> String,
}

impl Frame {
    pub(super) fn raw(start: String) -> Frame {
        Frame { start, write: str::to_owned }
    }

    pub(super) fn encoded(mut start: String, address: &str) -> Frame {
        start.push_str(&encode(address));
        Frame { start, write: encode }
    }

    pub(in crate::transport) fn url(&self, path: &str, query: &str) -> Result<String, ProxyFault> {
        if !is_path(path) {
            return Err(ProxyFault::Path);
        }
        if !is_query(query) {
            return Err(ProxyFault::Query);
        }
        let url = self.join((self.write)(path), (self.write)(query));
        // It is ASCII by now, so bytes are characters.
        if url.len() > LONGEST_URL {
            return Err(ProxyFault::Long { length: url.len() });
        }
        Ok(url)
    }

    pub(in crate::transport) fn view(&self, path: &Text, query: &Text) -> String {
        self.join(path.view_with(self.write), query.view_with(self.write))
    }

    fn join(&self, path: String, query: String) -> String {
        let mark = if query.is_empty() { String::new() } else { (self.write)("?") };
        [self.start.as_str(), &path, &mark, &query].concat()
    }
}
