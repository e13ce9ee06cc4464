//! Performs the lookups that core asks for. Three kinds of request go out and no fourth: to the configured DoH endpoint; for
//! the policy file of a host that core named; and a look at such a host's certificate.
//!
//! Where a policy host leads is looked up, and judged, before anything is fetched from it. But `fetch` takes a name, and the
//! runtime resolves it once more by a resolver of its own: a name can be public the first time and lead inside the second
//! (rebinding), and nothing in a Worker can pin the address. What is left to the platform there: on Cloudflare, a Worker does
//! not reach private addresses, its own network's included; under `wrangler dev`, workerd connects to whatever the system's
//! resolver says. What then goes inside is a TLS handshake that asks for `mta-sts.D`, on port 443, and only to a host that
//! has a certificate for that name a `GET` of the policy's path. The look at a certificate needs no such host, and it would
//! tell what is inside: so it connects to an address that was judged, and to no name.

use std::cell::RefCell;
use std::net::IpAddr;
use std::rc::Rc;
use std::time::Duration;

use futures_util::future::{Either, select};
use futures_util::pin_mut;
use js_sys::{Date, Uint8Array};
use mta_sts_core::decode_answer;
use mta_sts_core::encode_query;
use mta_sts_core::evidence::Response as Seen;
use mta_sts_core::evidence::fetch_failure::{failure_of_error, failure_of_status};
use mta_sts_core::evidence::tls::{ServerFlight, client_hello};
use mta_sts_core::evidence::{Cause, Failure, Handshake, Observation, Outcome};
use mta_sts_core::lookup::{Lookup, POLICY_LIMIT, Question, policy_url};
use mta_sts_core::name::DomainName;
use mta_sts_core::text::octets::Octets;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use worker::{
    AbortController, AbortSignal, Delay, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Response,
    ResponseBody, Result,
};

/// All of a check, in milliseconds.
const CHECK_MS: u32 = 8000;
/// One DNS query.
const DNS_MS: u32 = 4000;
/// The policy file.
const POLICY_MS: u32 = 6000;

/// A timer that comes so much too late, in milliseconds, tells that answers may have waited for us.
const LATE_MS: u32 = 1000;
/// Why a lookup was given less than its time, or none.
const OUT_OF_TIME: &str = "The time for the whole check ran out, because of what had to be looked up before.";

/// Media type of a DNS message (RFC 8484 §6).
const DNS_MESSAGE: &str = "application/dns-message";
/// Longest DNS message.
const DNS_MESSAGE_LIMIT: usize = 65_535;
/// Longest header value that is kept.
const HEADER_LIMIT: usize = 1024;

const AGENT: &str = concat!("mta-sts-check/", env!("CARGO_PKG_VERSION"), " (checks MTA-STS policies on request)");

/// Where and since when a check looks things up.
#[derive(Clone)]
pub(crate) struct Resolver {
    /// Address of the DoH endpoint (RFC 8484).
    pub endpoint: String,
    /// `Date.now()` at the start of the check.
    pub started_ms: f64,
    /// Whether Cloudflare runs this Worker, which tells an origin's faults by its own statuses.
    pub on_cloudflare: bool,
}

impl Resolver {
    /// Milliseconds since the check began.
    pub(crate) fn elapsed_ms(&self) -> u32 {
        whole_ms(Date::now() - self.started_ms)
    }

    /// Performs one lookup, within its own time and that of the whole check. A look at a certificate is taken at `address`.
    pub(crate) async fn perform(self, lookup: Lookup, address: Option<IpAddr>) -> Observation {
        let began = Date::now();
        let own = if matches!(lookup, Lookup::Dns(_)) { DNS_MS } else { POLICY_MS };
        let limit = own.min(CHECK_MS.saturating_sub(self.elapsed_ms()));
        if limit == 0 {
            // Nothing is sent whose answer could not be waited for.
            return Observation { lookup, outcome: ours(OUT_OF_TIME), took_ms: 0 };
        }
        let controller = AbortController::default();
        let signal = controller.signal();
        let outcome = {
            let work = async {
                match &lookup {
                    Lookup::Dns(question) => self.resolve(question, &signal).await,
                    Lookup::Handshake { host } => look_at_certificate(host, address, &signal).await,
                    Lookup::Policy { host, path } => self.fetch_policy(&policy_url(host, *path), &signal).await,
                }
            };
            let delay = Delay::from(Duration::from_millis(limit.into()));
            pin_mut!(work, delay);
            match select(work, delay).await {
                Either::Left((outcome, _)) => outcome,
                Either::Right(((), _)) => {
                    controller.abort();
                    timed_out(own, limit, whole_ms(Date::now() - began))
                }
            }
        };
        Observation { lookup, outcome, took_ms: whole_ms(Date::now() - began) }
    }

    async fn resolve(&self, question: &Question, signal: &AbortSignal) -> Outcome {
        let failed = |cause, detail| Outcome::Failed(Failure { cause, detail: Some(detail) });
        let query = match encode_query(question) {
            Ok(query) => query,
            Err(error) => return failed(Cause::Malformed, error.to_string()),
        };
        let answer = match self.ask(&query, signal).await {
            Ok(answer) => answer,
            Err(error) => return failed(Cause::Resolver, error.to_string()),
        };
        match decode_answer(&answer, question) {
            Ok(answer) => Outcome::Answer(answer),
            Err(error) => failed(Cause::Malformed, error.to_string()),
        }
    }

    /// Posts a query (RFC 8484 §4.1).
    async fn ask(&self, query: &[u8], signal: &AbortSignal) -> Result<Vec<u8>> {
        let headers = Headers::new();
        headers.set("Content-Type", DNS_MESSAGE)?;
        headers.set("Accept", DNS_MESSAGE)?;
        let mut init = RequestInit::new();
        init.with_method(Method::Post).with_headers(headers).with_redirect(RequestRedirect::Manual);
        init.with_body(Some(Uint8Array::from(query).into()));
        let request = Request::new_with_init(&self.endpoint, &init)?;
        let response = Fetch::Request(request).send_with_signal(signal).await?;
        if response.status_code() != 200 {
            return Err(format!("the resolver answered with HTTP status {}", response.status_code()).into());
        }
        let media_type = response.headers().get("Content-Type")?.unwrap_or_default();
        if !media_type.trim_start().to_ascii_lowercase().starts_with(DNS_MESSAGE) {
            return Err("what the resolver's address answered is not marked as a DNS message".into());
        }
        let (body, cut) = read(&response, DNS_MESSAGE_LIMIT).await?;
        if cut { Err("the resolver's answer is too long".into()) } else { Ok(body) }
    }

    /// Fetches a policy (RFC 8461 §3.3): no redirect is followed, and no more than its limit is read.
    async fn fetch_policy(&self, url: &str, signal: &AbortSignal) -> Outcome {
        let fetched = try_fetch_policy(url, signal).await;
        fetched.unwrap_or_else(|error| Outcome::Failed(failure_of_error(&error.to_string(), self.on_cloudflare)))
    }
}

/// What silence means: it is the other side's only where that had its whole time, and we were there to hear it.
fn timed_out(own: u32, limit: u32, waited: u32) -> Outcome {
    if waited > limit.saturating_add(LATE_MS) {
        ours("This service was too busy to take an answer in time.")
    } else if limit < own {
        ours(OUT_OF_TIME)
    } else {
        Outcome::Failed(Failure { cause: Cause::Timeout, detail: None })
    }
}

/// A lookup that was not made, since its servers were asked a lot.
pub(crate) fn refused(lookup: Lookup) -> Observation {
    let outcome = ours("This service asked these servers a lot in the last minute, and spares them now.");
    Observation { lookup, outcome, took_ms: 0 }
}

/// A failure that says nothing about anybody else.
fn ours(detail: &str) -> Outcome {
    Outcome::Failed(Failure { cause: Cause::Unknown, detail: Some(detail.to_owned()) })
}

#[wasm_bindgen(module = "/src/body.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn beginning(stream: &JsValue, limit: usize) -> std::result::Result<Uint8Array, JsValue>;
}

#[wasm_bindgen(module = "/src/socket.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn exchange(
        address: &str,
        port: u16,
        bytes: Vec<u8>,
        take: &Closure<dyn FnMut(Vec<u8>) -> bool>,
        signal: &JsValue,
    ) -> std::result::Result<(), JsValue>;
}

/// Asks a host for its certificate, and reads what it sends before encryption begins.
async fn look_at_certificate(host: &DomainName, address: Option<IpAddr>, signal: &AbortSignal) -> Outcome {
    let Some(address) = address else { return Outcome::Failed(Failure { cause: Cause::Unknown, detail: None }) };
    let address = match address {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => format!("[{v6}]"),
    };
    let flight = Rc::new(RefCell::new(ServerFlight::default()));
    let seen = Rc::clone(&flight);
    let take = Closure::new(move |bytes: Vec<u8>| seen.borrow_mut().take(&bytes));
    let ended = exchange(&address, 443, client_hello(host), &take, signal.as_ref()).await;
    let handshake = flight.take().finish();
    match ended {
        // Many hosts reset a connection that they have refused with an alert.
        Err(_) if handshake == Handshake::default() => {
            Outcome::Failed(Failure { cause: Cause::Connection, detail: None })
        }
        _ => Outcome::Handshake(handshake),
    }
}

async fn try_fetch_policy(url: &str, signal: &AbortSignal) -> Result<Outcome> {
    let headers = Headers::new();
    headers.set("Accept", "text/plain, */*;q=0.1")?;
    headers.set("User-Agent", AGENT)?;
    // RFC 8461 §3.3: HTTP caching must not be used.
    headers.set("Cache-Control", "no-cache")?;
    let mut init = RequestInit::new();
    init.with_headers(headers).with_redirect(RequestRedirect::Manual);
    let request = Request::new_with_init(url, &init)?;
    let response = Fetch::Request(request).send_with_signal(signal).await?;
    let status = response.status_code();
    if let Some(failure) = failure_of_status(status) {
        return Ok(Outcome::Failed(failure));
    }
    let header = |name: &str| response.headers().get(name).ok().flatten().map(|value| clip(&value));
    let (content_type, location, last_modified) = (header("Content-Type"), header("Location"), header("Last-Modified"));
    let (body, truncated) = read(&response, POLICY_LIMIT).await?;
    Ok(Outcome::Response(Seen { status, content_type, location, last_modified, body: Octets(body), truncated }))
}

/// At most `limit` bytes of a body, and whether there was more. The rest is not read.
async fn read(response: &Response, limit: usize) -> Result<(Vec<u8>, bool)> {
    // A response without a body has no stream.
    let ResponseBody::Stream(stream) = response.body() else { return Ok((Vec::new(), false)) };
    let mut body = beginning(stream, limit + 1).await?.to_vec();
    let cut = body.len() > limit;
    body.truncate(limit);
    Ok((body, cut))
}

fn clip(text: &str) -> String {
    text.chars().take(HEADER_LIMIT).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, and a clock set back is 0"
)]
fn whole_ms(ms: f64) -> u32 {
    ms.round() as u32
}
