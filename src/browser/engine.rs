//! What the browser is, and what it lets this page do.

/// As it names itself.
pub fn name() -> String {
    web_sys::window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default()
}

/// Whether the page came in a way that nobody can listen in on, or from this very computer: some powers need that.
pub fn is_secure() -> bool {
    web_sys::window().is_some_and(|window| window.is_secure_context())
}
