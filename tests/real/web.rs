//! What a browser's fetch does, over real connections and without a browser.

use std::io::Read;
use std::time::Duration;

use memberdesk::transport::{NoAnswer, Response, Signed};
use ureq::{Agent, Body, Error, http};

/// The statuses that fetch takes for a redirect, whether or not they say where to.
const REDIRECTS: [u16; 5] = [301, 302, 303, 307, 308];

pub struct Web(Agent);

impl Web {
    pub fn new() -> Web {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent("")
            .accept("")
            .build();
        Web(config.new_agent())
    }

    /// Sends a signed request and waits for the whole answer, its body included, at most as long as `limit`.
    pub fn send(&self, signed: Signed, limit: Duration) -> Result<Response, NoAnswer> {
        let parts = signed.into_parts();
        let mut request = http::Request::builder().method(parts.method.as_str()).uri(&parts.url);
        for (name, value) in &parts.headers {
            // A header goes in Latin-1, one byte for each character.
            let bytes: Vec<u8> =
                value.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
            request = request.header(name, bytes);
        }
        let refused = |error: http::Error| NoAnswer::BadAddress(error.to_string());
        let answer = match parts.body {
            Some(body) => self.run(request.body(body).map_err(refused)?, limit),
            None => self.run(request.body(()).map_err(refused)?, limit),
        };
        let answer = answer.map_err(|error| match error {
            Error::Timeout(_) => NoAnswer::TimedOut,
            Error::BadUri(words) => NoAnswer::BadAddress(words),
            _ => NoAnswer::Failed,
        })?;
        let response = read(answer, &parts.url)?;
        if REDIRECTS.contains(&response.status) {
            Err(NoAnswer::Redirected)
        } else {
            parts.reading.read(response)
        }
    }

    fn run<S: ureq::AsSendBody>(
        &self,
        request: http::Request<S>,
        limit: Duration,
    ) -> Result<http::Response<Body>, Error> {
        let request = self.0.configure_request(request).timeout_global(Some(limit)).build();
        self.0.run(request)
    }
}

fn read(answer: http::Response<Body>, url: &str) -> Result<Response, NoAnswer> {
    let status = answer.status().as_u16();
    let latin = |value: &http::HeaderValue| value.as_bytes().iter().map(|byte| char::from(*byte)).collect();
    let headers = answer.headers().iter().map(|(name, value)| (name.to_string(), latin(value))).collect();
    let mut bytes = Vec::new();
    let whole = answer.into_body().into_reader().read_to_end(&mut bytes);
    whole.map_err(|error| match ureq::Error::from(error) {
        Error::Timeout(_) => NoAnswer::TimedOut,
        _ => NoAnswer::CutBody { status },
    })?;
    let text = String::from_utf8_lossy(&bytes);
    let body = text.strip_prefix('\u{FEFF}').unwrap_or(&text).to_string();
    Ok(Response { status, headers, body, url: Some(url.to_string()), timing: Default::default() })
}
