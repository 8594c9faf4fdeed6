//! What a proxy says of its own, in the words of our relay.

use super::response::Sent;

/// Each word, and whether it is said before anybody was called. More than that only a mark tells.
pub const CODES: [(&str, Sent); 13] = [
    ("sign_in_needed", Sent::No),
    ("sign_in_refused", Sent::No),
    ("sign_in_down", Sent::No),
    ("origin_not_allowed", Sent::No),
    ("target_not_allowed", Sent::No),
    ("method_not_allowed", Sent::No),
    ("too_large", Sent::No),
    ("bad_request", Sent::No),
    ("rate_limited", Sent::No),
    ("access_token", Sent::Maybe),
    ("upstream_unreachable", Sent::Maybe),
    ("upstream_timeout", Sent::Maybe),
    ("failed", Sent::Maybe),
];

pub fn is_known(code: &str) -> bool {
    CODES.iter().any(|(own, _)| *own == code)
}

/// Whether nobody was called by then, whatever else is said.
pub(super) fn is_refusal(code: &str) -> bool {
    CODES.contains(&(code, Sent::No))
}
