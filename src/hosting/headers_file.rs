//! A file `_headers`, as Netlify and Cloudflare Pages read it.

use super::{FOR_EVER, Policy, SEALED};

/// Both let a browser keep a file only as long as they say that it is the newest, unless told otherwise. Where several
/// rules fit, one host joins the values of a header and the other takes the last: so no header stands in two.
pub fn text(policy: &Policy) -> String {
    let lines = policy.headers_over_tls().into_iter().map(|(name, value)| format!("  {name}: {value}\n"));
    let sealed = SEALED.map(|ending| format!("/*.{ending}\n  Cache-Control: {FOR_EVER}\n"));
    ["/*\n".to_owned(), lines.collect(), sealed.concat()].concat()
}
