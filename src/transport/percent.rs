//! Percent-encoding (RFC 3986), and what an address may be made of.

use crate::words::{Words, say};

/// Why a text cannot be one segment of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentFault {
    /// An empty id would ask for the list instead of the member.
    Empty,
    /// Browsers resolve `.` and `..`, encoded ones too: another path would be asked for.
    Dots,
    Control,
}

impl SegmentFault {
    pub fn words(self, label: impl Into<Words>) -> Words {
        match self {
            SegmentFault::Empty => say::fault_missing(label),
            SegmentFault::Dots => say::id_dots(label),
            SegmentFault::Control => say::id_invisible(label),
        }
    }
}

/// Any text as exactly one segment of a path. Encode once, here, and never decode.
pub fn segment(text: &str) -> Result<String, SegmentFault> {
    match text {
        "" => Err(SegmentFault::Empty),
        "." | ".." => Err(SegmentFault::Dots),
        _ if text.chars().any(char::is_control) => Err(SegmentFault::Control),
        _ => Ok(encode(text)),
    }
}

/// Any text as one name or value in a query.
pub fn query_value(text: &str) -> String {
    encode(text)
}

/// Everything but RFC 3986's unreserved characters as `%XX` of its UTF-8 bytes.
pub(in crate::transport) fn encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if is_unreserved(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out
}

/// A path that a browser sends as it stands, and that stays below the place it is put under: starts
/// with `/`, has no `.` or `..` (encoded or not), no empty segment but the last, only path characters.
pub(in crate::transport) fn is_path(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('/') else {
        return false;
    };
    let last = rest.split('/').count() - 1;
    let segments_hold = rest
        .split('/')
        .enumerate()
        .all(|(at, segment)| (at == last || !segment.is_empty()) && !is_dots(segment));
    segments_hold && text.bytes().all(is_path_byte) && has_whole_triplets(text)
}

/// A query that a browser sends as it stands.
pub(in crate::transport) fn is_query(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic() && !b"#\"<>".contains(&byte))
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

fn is_path_byte(byte: u8) -> bool {
    is_unreserved(byte) || b"!$&'()*+,;=:@%/".contains(&byte)
}

/// Whether a browser would resolve this segment instead of sending it.
pub(in crate::transport) fn is_dots(segment: &str) -> bool {
    let mut rest = segment;
    let mut dots = 0;
    while let Some(after) = [".", "%2e", "%2E"].iter().find_map(|dot| rest.strip_prefix(dot)) {
        rest = after;
        dots += 1;
    }
    rest.is_empty() && (dots == 1 || dots == 2)
}

fn has_whole_triplets(text: &str) -> bool {
    text.split('%').skip(1).all(|after| {
        let bytes = after.as_bytes();
        bytes.len() >= 2 && bytes[0].is_ascii_hexdigit() && bytes[1].is_ascii_hexdigit()
    })
}
