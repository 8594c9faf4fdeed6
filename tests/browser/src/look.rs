//! The page in windows of other sizes, in other colours, and as a picture.

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use serde_json::json;

use crate::{axe::Scheme, page::Page};

/// Of pictures: small files whose words can be read.
const QUALITY: u32 = 50;

impl Page {
    /// How wide the page becomes in a window of this width. Chromium only.
    #[track_caller]
    pub fn width_at(&self, width: u32) -> u64 {
        self.look_at(width, 700, 1, Scheme::Light);
        let wide = self.script("return document.documentElement.scrollWidth", json!([]));
        self.look_as_usual();
        wide.as_u64().unwrap_or_default()
    }

    /// A picture of all of the page, small, as WebP. Chromium only.
    #[track_caller]
    pub fn picture(&self, width: u32, scheme: Scheme) -> Vec<u8> {
        self.look_at(width, 700, 1, scheme);
        let height = self.script("return document.documentElement.scrollHeight", json!([]));
        self.look_at(width, height.as_u64().unwrap_or(700), 1, scheme);
        let format = json!({ "format": "webp", "quality": QUALITY });
        let picture = self.browser.devtools("Page.captureScreenshot", format);
        self.look_as_usual();
        let picture = picture["data"].as_str().expect("a picture");
        BASE64.decode(picture).expect("the browser writes Base64")
    }

    /// A window of this size at this scale, in these colours.
    #[track_caller]
    pub(crate) fn look_at(&self, width: u32, height: u64, scale: u32, scheme: Scheme) {
        self.browser.devtools("Emulation.setEmulatedMedia", json!({ "features": scheme.features() }));
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": false });
        self.browser.devtools("Emulation.setDeviceMetricsOverride", size);
    }

    #[track_caller]
    pub(crate) fn look_as_usual(&self) {
        self.browser.devtools("Emulation.clearDeviceMetricsOverride", json!({}));
        self.browser.devtools("Emulation.setEmulatedMedia", json!({ "features": [] }));
    }
}
