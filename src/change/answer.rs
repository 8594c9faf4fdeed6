use serde_json::Value as Json;

use crate::provider::Provider;
use crate::provider::answers::Source;
use crate::provider::condition::{Condition, Facts};
use crate::provider::explain::{Applied, Clue, Means, code};
use crate::transport::{Between, NoAnswer, Response, Sent, SignFault, Voice, Wait, retry};
use crate::words::{Words, say};

use super::identity::Identity;
use super::record::{Answered, holds};
use super::redact::redact;

/// Why something was not a yes, in words for a person: what happened, and what to do. What a provider file says is
/// in it as it stands there.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    pub means: Means,
    pub says: Words,
    pub cure: Words,
    /// The field or key that it is about.
    pub field: Option<String>,
    /// The provider's own sentence.
    pub message: Option<String>,
    /// What the provider's support asks for.
    pub reference: Option<String>,
    pub status: Option<u16>,
    /// It happened on the way: the provider itself did not say it.
    pub on_way: bool,
}

impl Reason {
    /// A reason that the page itself has, before anybody was asked.
    pub fn setup(says: impl Into<Words>) -> Reason {
        Reason {
            means: Means::Setup,
            says: says.into(),
            cure: Words::none(),
            field: None,
            message: None,
            reference: None,
            status: None,
            on_way: false,
        }
    }

    /// A request that could not be signed, so that nobody was asked.
    pub fn unsigned(provider: &Provider, fault: &SignFault) -> Reason {
        let means = if fault.secret().is_some() { Means::SignIn } else { Means::Setup };
        Reason { means, ..Reason::setup(fault.words(provider.secret_label(fault.secret()))) }
    }

    /// What happened, and what to do, one after the other.
    pub fn words(&self) -> Words {
        Words::Several(vec![self.says.clone(), self.cure.clone()])
    }
}

/// What an answer, or the lack of one, comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    Yes(Json),
    /// The provider said no, and nothing was applied.
    No(Reason),
    /// Not now, says the provider: nothing was applied, and asking again after this is right.
    Busy(Reason, Wait),
    /// It did not get as far as the provider this time: asking again after this is right.
    Stopped(Reason, Wait),
    /// It certainly never reached the provider.
    NotSent(Reason),
    /// It may have been applied.
    Doubt(Reason),
}

impl Verdict {
    /// The same where nobody knows whether the answer is about what was sent.
    fn doubted(self) -> Verdict {
        match self {
            Verdict::No(reason) | Verdict::Busy(reason, _) => Verdict::Doubt(reason),
            other => other,
        }
    }

    /// Why it is not a yes.
    pub fn reason(self) -> Option<Reason> {
        match self {
            Verdict::Yes(_) => None,
            Verdict::No(reason)
            | Verdict::Busy(reason, _)
            | Verdict::Stopped(reason, _)
            | Verdict::NotSent(reason)
            | Verdict::Doubt(reason) => Some(reason),
        }
    }
}

/// What must be known to understand an answer.
pub struct Listener<'a> {
    pub provider: &'a Provider,
    /// The call it answers, by the name that `explain` uses.
    pub on: &'a str,
    pub identity: &'a Identity,
    pub between: Between,
    /// Seconds since 1970.
    pub now: u64,
}

impl Listener<'_> {
    pub fn verdict(&self, answer: &Result<Response, NoAnswer>) -> Verdict {
        match answer {
            Ok(response) => self.response(response),
            Err(NoAnswer::Proxy { code, sent }) => self.relay(None, *sent, code.as_deref()),
            Err(silence) => {
                let reason = self.silence(silence);
                match silence {
                    // Nobody says what stands behind the pointer: for a write, it may have been done.
                    NoAnswer::Redirected if self.on == "update" => Verdict::Doubt(reason),
                    NoAnswer::Redirected => Verdict::No(reason),
                    _ if silence.sent() == Sent::No => Verdict::NotSent(reason),
                    _ => Verdict::Doubt(reason),
                }
            }
        }
    }

    /// Why the provider was not reached; nothing if it answered itself, be it with a no.
    pub fn unreached(&self, answer: &Result<Response, NoAnswer>) -> Option<Reason> {
        let is_theirs = |response: &Response| {
            let json = self.body(response);
            self.voice(response, json.as_ref()) == Voice::Provider
        };
        self.verdict(answer).reason().filter(|_| !answer.as_ref().is_ok_and(is_theirs))
    }

    /// Who gave this answer.
    fn voice(&self, response: &Response, json: Option<&Json>) -> Voice {
        let known = |_: &Response| {
            let shape = self.provider.answers.shape.as_ref();
            json.is_some_and(|json| {
                let error = shape.is_some() && holds(shape, json, self.identity);
                // Of a change, likeness is not enough: a firewall's answer may look the same, and may come after it.
                if self.on == "update" && self.between.marks() {
                    return false;
                }
                // An empty body has no shape: what passed the relay has its mark.
                let says = !json.is_null() || !self.between.marks();
                error || (response.status < 300 && says && self.is_yes(json))
            })
        };
        Voice::of(response, &self.between, &known)
    }

    fn response(&self, response: &Response) -> Verdict {
        let json = self.body(response);
        match (self.voice(response, json.as_ref()), json) {
            (Voice::Relay { sent, code }, _) => self.relay(Some(response), sent, code.as_deref()),
            (Voice::WebPage, _) => {
                let (says, cure) = (say::reason_web_page(), say::reason_web_page_cure());
                Verdict::Doubt(reason(Means::Setup, says, cure, Some(response)))
            }
            (Voice::Stranger, _) => {
                let (says, cure) = (say::reason_stranger(), say::reason_stranger_cure());
                Verdict::Doubt(reason(Means::Setup, says, cure, Some(response)))
            }
            (Voice::Unknown, _) => {
                let (says, cure) = (say::reason_unmarked(), say::reason_check_proxy());
                Verdict::Doubt(reason(Means::Setup, says, cure, Some(response)))
            }
            (Voice::Provider, Some(json))
                if self.is_yes_to(response, &json)
                    && self.on == "update"
                    && !self.between.proves(response) =>
            {
                let (says, cure) = (say::reason_unproven(&self.provider.name), say::reason_look());
                Verdict::Doubt(reason(Means::Fault, says, cure, Some(response)))
            }
            (Voice::Provider, Some(json)) if self.is_yes_to(response, &json) => Verdict::Yes(json),
            (Voice::Provider, json) => {
                let verdict = self.provider(response, json.as_ref());
                match self.on {
                    // A proxy that goes after redirects may have asked somebody else after the change was made.
                    "update" if !self.between.proves(response) => verdict.doubted(),
                    _ => verdict,
                }
            }
        }
    }

    /// The body as JSON. An empty one is null, which only counts where a file says what it means.
    fn body(&self, response: &Response) -> Option<Json> {
        let told = !response.body.trim().is_empty() || self.yes().next().is_none();
        if told { response.json() } else { Some(Json::Null) }
    }

    /// What must hold of a yes to this call, besides its status.
    fn yes(&self) -> impl Iterator<Item = &Condition> {
        let update = self.provider.update.ok.as_ref().filter(|_| self.on == "update");
        self.provider.answers.ok.iter().chain(update)
    }

    /// Whether what the file says of every yes holds.
    fn is_ok(&self, json: Option<&Json>) -> bool {
        json.is_some_and(|json| holds(self.provider.answers.ok.as_ref(), json, self.identity))
    }

    fn is_yes_to(&self, response: &Response, json: &Json) -> bool {
        (200..300).contains(&response.status) && self.is_yes(json)
    }

    fn is_yes(&self, json: &Json) -> bool {
        self.yes().all(|condition| holds(Some(condition), json, self.identity))
    }

    /// The provider itself answered, and it was not a yes.
    fn provider(&self, response: &Response, json: Option<&Json>) -> Verdict {
        let answers = &self.provider.answers;
        // Of a body that is no JSON, the text itself may be the message.
        let text = || plain_text(&response.body).filter(|_| json.is_none());
        let message = find(&answers.message, response, json).or_else(text);
        let code = find(&answers.code, response, json);
        let facts = json.map(|json| Answered { json, identity: self.identity });
        let clue = Clue {
            on: self.on,
            status: response.status,
            code: code.as_deref(),
            message: message.as_deref(),
            body: facts.as_ref().map(|facts| facts as &dyn Facts),
        };
        let explained = self.provider.explain(&clue);
        let message = message.map(|text| sentence(&if answers.echoes { redact(&text) } else { text }));
        // A yes with a body that is not one explains nothing: what was meant to say so did not.
        let shaped = json.is_some_and(|json| {
            let shape = answers.shape.as_ref();
            shape.is_some() && holds(shape, json, self.identity)
        });
        let (means, applied) = match explained {
            Some(explain) => (explain.means, explain.applied_at(response.status)),
            None => match response.status {
                401 => (Means::SignIn, Applied::No),
                403 => (Means::Rights, Applied::No),
                404 | 410 => (Means::NotFound, Applied::No),
                408 | 425 => (Means::Fault, Applied::Maybe),
                409 | 412 => (Means::Conflict, Applied::No),
                423 | 429 | 503 => (Means::Busy, Applied::No),
                400..500 => (Means::Input, Applied::No),
                // Its own flag says no. Without one, nobody knows what an odd yes means.
                200..300 if shaped && !self.is_ok(json) => (Means::Input, Applied::No),
                _ => (Means::Fault, Applied::Maybe),
            },
        };
        let (says, cure) = match explained {
            Some(explain) => (Words::from(&explain.says), Words::from(&explain.cure)),
            None => self.generic(means, response.status),
        };
        let reason = Reason {
            means,
            says,
            cure,
            field: explained.and_then(|explain| explain.field.clone()).or_else(|| self.field(response, json)),
            message,
            reference: reference(self.provider, response),
            status: Some(response.status),
            on_way: false,
        };
        match (means, applied) {
            (Means::Busy, _) => Verdict::Busy(reason, self.wait(Some(response))),
            (_, Applied::No) => Verdict::No(reason),
            (_, Applied::Maybe) => Verdict::Doubt(reason),
        }
    }

    /// The field of ours that a refusal names in the provider's words.
    fn field(&self, response: &Response, json: Option<&Json>) -> Option<String> {
        let answers = &self.provider.answers;
        let theirs = find(&answers.field, response, json)?;
        let ours = answers.fields.iter().find(|(name, _)| *name == theirs).map(|(_, ours)| ours.as_str());
        let ours = ours.unwrap_or(&theirs);
        let mut keys = self.provider.identity.iter().chain(&self.provider.fields);
        keys.find(|field| field.key == ours).map(|field| field.key.clone())
    }

    /// How long the provider asks to wait.
    fn wait(&self, response: Option<&Response>) -> Wait {
        let pace = &self.provider.pace;
        let header = |name: &str| response.and_then(|response| response.header(name));
        let (after, date) = (header("Retry-After"), header("Date"));
        let reset = pace.reset.as_ref().and_then(|name| header(name)).filter(|_| after.is_none());
        match reset {
            Some(reset) => retry::reset(Some(reset), date, self.now, pace.fallback),
            None => retry::retry_after(after, date, self.now, pace.fallback),
        }
    }

    /// The relay answered by itself.
    fn relay(&self, response: Option<&Response>, sent: Sent, code: Option<&str>) -> Verdict {
        let name = &self.provider.name;
        let (says, cure) = match code {
            Some("rate_limited") if sent == Sent::No => {
                // It never left the relay, which holds back whoever asks too fast.
                let (says, cure) = (say::reason_proxy_busy(), say::reason_proxy_busy_cure());
                return Verdict::Stopped(reason(Means::Busy, says, cure, response), self.wait(response));
            }
            Some("bad_request") => (say::reason_proxy_request(), say::reason_proxy_request_cure()),
            Some("sign_in_needed") => (say::reason_proxy_sign_in(), say::reason_proxy_sign_in_cure()),
            Some("sign_in_refused") => (say::reason_proxy_barred(), say::reason_proxy_barred_cure()),
            Some("sign_in_down") => (say::reason_proxy_door(), say::reason_proxy_other_cure()),
            Some("origin_not_allowed") => (say::reason_proxy_origin(), say::reason_proxy_origin_cure()),
            Some("target_not_allowed") => (say::reason_proxy_target(name), say::reason_proxy_target_cure()),
            Some("method_not_allowed") => (say::reason_proxy_method(), say::reason_proxy_method_cure()),
            Some("upstream_unreachable") if sent == Sent::Maybe => {
                (say::reason_proxy_lost(name), say::reason_look())
            }
            Some("upstream_unreachable") => {
                (say::reason_proxy_unreachable(name), say::reason_proxy_unreachable_cure())
            }
            Some("access_token") => (say::reason_proxy_access(), say::reason_proxy_access_cure()),
            Some("upstream_timeout") => (say::reason_proxy_timeout(name), say::reason_later()),
            _ => (say::reason_proxy_other(), say::reason_proxy_other_cure()),
        };
        // It is about what was asked, not about the way.
        let on_way = code != Some("bad_request");
        let reason = Reason { on_way, ..reason(Means::Setup, says, cure, response) };
        match sent {
            Sent::No if code == Some("upstream_unreachable") => Verdict::Stopped(reason, self.wait(response)),
            Sent::No => Verdict::NotSent(reason),
            Sent::Maybe => Verdict::Doubt(reason),
        }
    }

    fn generic(&self, means: Means, status: u16) -> (Words, Words) {
        let name = &self.provider.name;
        match means {
            Means::SignIn => (say::reason_sign_in(name), say::reason_sign_in_cure()),
            Means::Rights => (say::reason_rights(name), say::reason_rights_cure()),
            Means::NotFound => (say::reason_not_found(name), say::reason_not_found_cure()),
            Means::Conflict => (say::reason_conflict(name), say::reason_conflict_cure()),
            Means::Busy => (say::reason_busy(name), say::reason_busy_cure()),
            Means::Input => (say::reason_input(name), say::reason_input_cure()),
            Means::Fault | Means::Setup if status < 300 => (say::reason_odd_yes(name), say::reason_look()),
            Means::Fault | Means::Setup => (say::reason_fault(name), say::reason_later()),
        }
    }

    fn silence(&self, silence: &NoAnswer) -> Reason {
        let (means, says, cure) = match silence {
            NoAnswer::Offline => (Means::Setup, say::reason_offline(), say::reason_offline_cure()),
            NoAnswer::NotAllowed => (Means::Setup, say::reason_policy(), say::reason_tell_owner()),
            NoAnswer::BadAddress(_) => {
                (Means::Setup, say::reason_bad_address(), say::reason_check_settings())
            }
            NoAnswer::Failed => (Means::Fault, say::reason_no_answer(), say::reason_no_answer_cure()),
            NoAnswer::TimedOut => {
                (Means::Fault, say::reason_timed_out(&self.provider.name), say::reason_later())
            }
            NoAnswer::Cancelled => (Means::Fault, say::reason_cancelled(), say::reason_look()),
            NoAnswer::Withdrawn => (Means::Setup, say::reason_withdrawn(), say::reason_nothing_changed()),
            NoAnswer::CutBody { .. } => (Means::Fault, say::reason_cut(), say::reason_later()),
            NoAnswer::Redirected => (Means::Setup, say::reason_moved(), say::reason_check_settings()),
            NoAnswer::Proxy { .. } => {
                (Means::Setup, say::reason_proxy_other(), say::reason_proxy_other_cure())
            }
        };
        let is_theirs = matches!(silence, NoAnswer::Cancelled | NoAnswer::Withdrawn);
        Reason { means, cure, on_way: !is_theirs, ..Reason::setup(says) }
    }
}

/// An answer in an envelope leaves no response behind.
fn reason(means: Means, says: Words, cure: Words, response: Option<&Response>) -> Reason {
    Reason {
        means,
        cure,
        reference: response.and_then(|own| own.header("X-Relay-Id")).map(str::to_string),
        status: response.map(|own| own.status),
        on_way: true,
        ..Reason::setup(says)
    }
}

/// So much of a provider's own sentence is shown, in characters.
const MOST_SAID: usize = 500;

/// A provider's words as they can be shown: in one line, not without end, and with nothing in them that nobody sees.
fn sentence(text: &str) -> String {
    let unseen =
        |c: &char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let seen = text.chars().filter(|c| !unseen(c)).map(|c| if c.is_control() { ' ' } else { c });
    cut(seen.collect::<String>().trim(), MOST_SAID)
}

/// The beginning of a text that may be endless.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => [&text[..end], " …"].concat(),
        None => text.to_string(),
    }
}

/// A short plain text, as some gateways answer with.
fn plain_text(body: &str) -> Option<String> {
    let line = body.trim();
    let plain = !line.is_empty() && line.chars().count() <= 300 && !line.contains(['<', '{', '\n']);
    plain.then(|| line.to_string())
}

/// What the provider's support asks for, as an answer has it.
pub fn reference(provider: &Provider, response: &Response) -> Option<String> {
    find(&provider.answers.reference, response, response.json().as_ref()).map(|text| sentence(&text))
}

/// The first source that has something.
fn find(sources: &[Source], response: &Response, json: Option<&Json>) -> Option<String> {
    let found = sources.iter().find_map(|source| match source {
        Source::Body(pointer) => pointer.of(json?).and_then(code),
        Source::Header(name) => response.header(name).map(str::to_string),
    });
    found.filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests;
