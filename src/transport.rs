//! Requests and answers as values: what will be asked, through which proxy, with which secret, who
//! answered, and how long to wait before the next.
//!
//! In: [`Request`] with its holes, [`Secret`] and [`Keyring`], [`Address`], [`Proxy`], [`sign`],
//! [`Response`] and how it is laid out to be looked at (`pretty`), how a list goes on ([`link`]), [`Voice`],
//! [`retry`], [`pace`].
//! Deliberately not in: sending. That is `browser::fetch`, and all it accepts is a [`Signed`].
//! No clock and no dice either: moments and random numbers come in as values.
//!
//! ```text
//! Request + Target + Proxy ─► RequestView            (shown, copied, kept: `$TOKEN` is all it has)
//! Request + Target + Proxy + Keyring ─► sign ─► Signed ─► fetch ─► Response | NoAnswer ─► Voice
//! ```

pub mod percent;
pub mod request;

pub mod address;
pub mod proxy;
pub mod snippet;
pub mod view;

pub mod secret;
pub mod sign;

pub mod reading;

pub mod code;
pub mod link;
pub mod pretty;
pub mod response;
pub mod voice;

pub mod pace;
pub mod retry;

pub use address::{Address, AddressFault, ProxyBase};
pub use percent::{SegmentFault, query_value, segment};
pub use proxy::{Kind, Proxies, Proxy, ProxyFault, SetupFault, Target, Template};
pub use request::{Escape, Method, Piece, Request, Text, body_json};
pub use response::{NoAnswer, Response, Sent, Timing};
pub use retry::Wait;
pub use secret::{Binding, Keyring, Secret, SecretFault};
pub use sign::{Parts, SignFault, Signed, sign};
pub use snippet::Language;
pub use view::RequestView;
pub use voice::{Between, Voice};
