//! How a list goes on, by the header `Link` (RFC 8288).
//!
//! In: the [`next`] link, and the [`query`] of it, which is all that is ever used: what is asked next goes to the
//! server and through the proxy that were asked before, whatever host the link names.

#[cfg(test)]
mod tests;

use super::percent::is_query;

/// The target of the first link whose relation is "next".
pub fn next(header: &str) -> Option<&str> {
    let mut rest = header;
    loop {
        let (_, after) = rest.split_once('<')?;
        let (target, after) = after.split_once('>')?;
        let (is_next, after) = relation(after);
        if is_next {
            return Some(target.trim());
        }
        rest = after;
    }
}

/// The query of a link to the same path; nothing if it leads elsewhere. A server may have a path of its own before
/// ours. What is said to be `null` is not said at all.
pub fn query(target: &str, path: &str) -> Option<String> {
    let target = target.split('#').next().unwrap_or_default();
    let (place, query) = target.split_once('?')?;
    let own = match place.split_once("//") {
        Some((_, rest)) => rest.split_at(rest.find('/').unwrap_or(rest.len())).1,
        None => place,
    };
    let said =
        |pair: &&str| !pair.is_empty() && pair.split_once('=').is_none_or(|(_, value)| value != "null");
    let query = query.split('&').filter(said).collect::<Vec<_>>().join("&");
    let leads_on = (place.is_empty() || own.ends_with(path)) && !query.is_empty() && is_query(&query);
    leads_on.then_some(query)
}

/// Whether the parameters of a link say that it is the next one, and what stands behind them.
fn relation(parameters: &str) -> (bool, &str) {
    let mut rest = parameters;
    let mut relation = None;
    let mut of_another = false;
    loop {
        rest = rest.trim_start();
        let Some(after) = rest.strip_prefix(';') else {
            let is_next = relation.is_some_and(|names: &str| {
                names.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case("next"))
            });
            return (is_next && !of_another, rest);
        };
        let end = after.find(['=', ';', ',']).unwrap_or(after.len());
        let (name, after) = after.split_at(end);
        let (value, after) = after.strip_prefix('=').map_or(("", after), value);
        match name.trim() {
            // The first counts.
            name if name.eq_ignore_ascii_case("rel") => relation = relation.or(Some(value)),
            // It is about something else than what was asked for.
            name if name.eq_ignore_ascii_case("anchor") => of_another = true,
            _ => {}
        }
        rest = after;
    }
}

/// The value of a parameter, in quotes or not, and what stands behind it.
fn value(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        let (value, rest) = text.split_at(end);
        return (value.trim(), rest);
    };
    let mut is_escaped = false;
    for (at, c) in quoted.char_indices() {
        match c {
            '"' if !is_escaped => return (&quoted[..at], &quoted[at + 1..]),
            _ => is_escaped = c == '\\' && !is_escaped,
        }
    }
    (quoted, "")
}
