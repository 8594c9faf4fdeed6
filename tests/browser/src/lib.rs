//! What the browser tests stand on: a site as an owner puts it up, a browser, and the page as a person uses it.
//!
//! - `site`: the built page beside the relay, and the simulated providers behind it
//! - `gallery`: every component in each of its states
//! - `browser`: Chromium, Firefox or WebKitGTK with its driver
//! - `page`: what a person sees and does, by the words on the screen
//! - `lists`: what there is to choose from in lists
//! - `axe`, `look`, `zoom`, `tree`: the same page for people who see, point or read otherwise
//! - `tls`: a server with a certificate that nobody vouches for
//! - `exits`: what goes out of the page besides requests
//! - `watch`: what must hold on every visit, whatever it is about
//!
//! Deliberately not here: ids, classes and markup in tests, and waiting for time to pass.

pub mod axe;
pub mod browser;
mod exits;
pub mod gallery;
mod lists;
mod look;
pub mod page;
pub mod site;
pub mod tls;
pub mod tree;
pub mod watch;
mod zoom;

use browser::{Browser, Engine};
use page::Page;
use site::Site;

/// One visit in Chromium, after which nothing odd must have happened.
pub fn in_chromium(visit: impl FnOnce(&Page, &Site)) {
    on_site(Engine::Chromium, Site::start(), visit);
}

/// The same for any browser and any site.
#[track_caller]
pub fn on_site(engine: Engine, site: Site, visit: impl FnOnce(&Page, &Site)) {
    let page = Page::new(Browser::start(engine), &site);
    visit(&page, &site);
    watch::assert_clean(&page, &site);
}
