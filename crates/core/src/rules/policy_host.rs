//! The policy host and what it answers.

use super::delegation::half_delegated;
use super::dns_trouble::dns_trouble;
use super::rule::{Case, Detail, Draft, Kind, Rule, Sink};
use super::source::{rfc, sts};
use super::step::{Ask, Lacks, Reported, Step, Target, ToPaste};
use super::txt_record::ZONE_ADDED;
use crate::evidence::{Cause, Dns, Failure, Fetch, Response};
use crate::facts::Facts;
use crate::lookup::POLICY_LIMIT;
use crate::lookup::public_address::is_public;
use crate::name::{has_usual_ending, without_zone};
use crate::providers;
use crate::report::Severity;
use crate::report::link::Link;
use crate::text::part;

/// Two Postfix add-ons stop at 2 and 4 seconds.
const SLOW_MS: u32 = 2000;

/// The record is with a provider, who serves the policy file too where the policy host leads there.
const HALF: Case = Case::done("half", &[Step::Own(Target::Dns), Step::Own(Target::Dns)]);
/// Another name has the address.
const ELSEWHERE: Case = Case::done("elsewhere", &[Step::Own(Target::Dns)]);

const NO_CONTENT_TYPE: Case = Case::said("no-content-type");
/// There are two headers.
const TWICE: Case = Case::done("twice", &[Step::Own(Target::Server)]);
/// It is asked to sign in.
const LOGIN: Case = Case::done("login", &[Step::Own(Target::Server)]);
/// It is asked to prove that it is no robot.
const BOT_CHECK: Case = Case::done("bot-check", &[Step::Own(Target::Server)]);

/// Parts of addresses at which one signs in.
const LOGIN_WORDS: [&str; 12] = [
    "login",
    "logon",
    "signin",
    "sso",
    "oauth",
    "oauth2",
    "saml",
    "saml2",
    "auth",
    "authorize",
    "cloudflareaccess",
    "cas",
];

/// What the pages have that ask for such proof: of Cloudflare, Imperva, Sucuri, AWS, `DataDome` and DDoS-Guard, and of those who
/// show pictures.
const BOT_CHECKS: [&str; 9] = [
    "challenge-platform",
    "_cf_chl",
    "cf-chl",
    "_Incapsula_Resource",
    "sucuri_cloudproxy",
    "awswaf",
    "datadome",
    "ddos-guard",
    "captcha",
];

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "policy-host-missing",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyHost),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[Step::Own(Target::Server), Step::Own(Target::Server), Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[Lacks::Policy, Lacks::File],
        cases: &[HALF, ELSEWHERE],
        check: |facts, out| {
            if is_announced(facts) && facts.host.has_none() && facts.host.aliases().is_empty() {
                let draft = draft(facts, out);
                if let Some(name) = &facts.misplaced.host {
                    draft.case(ELSEWHERE).with("name", clip(name));
                } else if let Some(operator) = half_delegated(facts) {
                    draft.case(HALF).with("operator", clip(operator));
                }
            }
        },
    },
    Rule {
        id: "policy-host-cname-dangling",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyHost),
        source: sts("8.2"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[Step::Own(Target::Nothing), Step::Own(Target::Dns)],
        ask: Ask::Correct,
        lacks: &[Lacks::Policy, Lacks::File],
        cases: &[ZONE_ADDED],
        check: |facts, out| {
            let leads_nowhere = facts.host.has_none() && !facts.misplaced.is_host_wildcard;
            if let (true, Some(alias)) = (is_announced(facts) && leads_nowhere, facts.host.aliases().last()) {
                let draft = draft(facts, out).with("target", &alias.target);
                let meant = facts.domain.and_then(|domain| without_zone(&alias.target, domain.as_str()));
                if let Some(meant) = meant.filter(|meant| has_usual_ending(meant)) {
                    draft.case(ZONE_ADDED).with("name", clip(meant));
                }
            }
        },
    },
    Rule {
        id: "policy-host-takeover-risk",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyHost),
        source: sts("10.3"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[Step::Own(Target::Elsewhere), Step::Own(Target::Dns)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if let Some(service) = unclaimed_at(facts).filter(|_| is_announced(facts)) {
                draft(facts, out).with("service", service);
            }
        },
    },
    Rule {
        id: "policy-host-private-address",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyHost),
        source: rfc(6890, "2.2.2"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let private = facts.host.addresses().filter(|address| !is_public(*address));
            let list: Vec<String> = private.map(|address| address.to_string()).collect();
            if !list.is_empty() && is_announced(facts) {
                draft(facts, out).with("addresses", list.join(", "));
            }
        },
    },
    Rule {
        id: "policy-host-ipv6-only",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::PolicyHost),
        source: sts("3.3"),
        reported_as: &[],
        steps: &[Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let no_v4 = matches!(facts.host.v4, Dns::Answer(answer) if answer.records.is_empty());
            if no_v4 && facts.host.addresses().next().is_some() && is_announced(facts) {
                draft(facts, out);
            }
        },
    },
    Rule {
        id: "policy-host-dns-error",
        kind: Kind::Inconclusive,
        grammar: false,
        link: Some(Link::PolicyHost),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[Step::CheckAgain, Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            for dns in [facts.host.v4, facts.host.v6] {
                if let Some(trouble) = dns_trouble(dns).filter(|_| !facts.is_unserved()) {
                    trouble.tell(draft(facts, out));
                    return;
                }
            }
        },
    },
    Rule {
        id: "policy-connect-failed",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyHost),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[
            Step::Own(Target::Server),
            Step::Own(Target::Server),
            Step::Own(Target::Server),
            Step::Own(Target::Server),
        ],
        ask: Ask::Correct,
        lacks: &[Lacks::Https],
        cases: &[],
        check: |facts, out| failed(facts, out, &[Cause::Connection]),
    },
    Rule {
        id: "policy-timeout",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyHost),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[Step::Own(Target::Server), Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[Lacks::Https],
        cases: &[],
        check: |facts, out| {
            if let (true, Fetch::Failed { failure: Failure { cause: Cause::Timeout, detail }, took_ms }) =
                (is_announced(facts), facts.fetch)
            {
                let draft = draft(facts, out);
                match detail {
                    Some(detail) => draft.detail(Detail::RequestEnded).with("end", clip(detail)),
                    None => draft.with("seconds", seconds(took_ms)),
                };
            }
        },
    },
    Rule {
        id: "policy-slow",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::PolicyHost),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if let Fetch::Response { took_ms, .. } = facts.fetch
                && took_ms > SLOW_MS
                && is_announced(facts)
            {
                draft(facts, out).with("seconds", seconds(took_ms));
            }
        },
    },
    Rule {
        id: "policy-fetch-error",
        kind: Kind::Inconclusive,
        grammar: false,
        link: Some(Link::PolicyHost),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[Step::CheckAgain, Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| failed(facts, out, &[Cause::Unknown, Cause::Resolver, Cause::Malformed]),
    },
    Rule {
        id: "policy-redirect",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[Step::Own(Target::Server), Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[Lacks::PlainAnswer],
        cases: &[LOGIN],
        check: |facts, out| {
            if let Some(response) = answered(facts, |status| (300..400).contains(&status)) {
                let draft = draft(facts, out).count("status", response.status);
                let draft = if response.location.as_deref().is_some_and(is_login) { draft.case(LOGIN) } else { draft };
                match &response.location {
                    Some(target) => draft.with("target", clip(target)),
                    None => draft.detail(Detail::HostAnswered),
                };
            }
        },
    },
    Rule {
        id: "policy-not-found",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[Step::Own(Target::Server), Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[Lacks::Policy, Lacks::File, Lacks::FileAtAddress, Lacks::PlainAnswer],
        cases: &[],
        check: |facts, out| {
            if let Some(response) = answered(facts, |status| matches!(status, 404 | 410))
                && unclaimed_at(facts).is_none()
            {
                draft(facts, out).detail(Detail::HostAnswered).count("status", response.status);
            }
        },
    },
    Rule {
        id: "policy-forbidden",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[Step::Own(Target::Server), Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[Lacks::Access],
        cases: &[LOGIN, BOT_CHECK],
        check: |facts, out| {
            if let Some(response) = answered(facts, |status| matches!(status, 401 | 403 | 407 | 429)) {
                let draft = draft(facts, out).detail(Detail::HostAnswered).count("status", response.status);
                walled(response, draft);
            }
        },
    },
    Rule {
        id: "policy-server-error",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[Step::Own(Target::Server), Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[BOT_CHECK],
        check: |facts, out| {
            if let Some(response) = answered(facts, |status| status >= 500) {
                let draft = draft(facts, out).detail(Detail::HostAnswered).count("status", response.status);
                if is_bot_check(response) {
                    draft.case(BOT_CHECK);
                }
            }
        },
    },
    Rule {
        id: "policy-status-other",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError],
        steps: &[Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let other = |status| !matches!(status, 200 | 300..=399 | 401 | 403 | 404 | 407 | 410 | 429 | 500..);
            if let Some(response) = answered(facts, other) {
                draft(facts, out).detail(Detail::HostAnswered).count("status", response.status);
            }
        },
    },
    Rule {
        id: "policy-content-type-wrong",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyFetchError, Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[Lacks::ContentType],
        cases: &[NO_CONTENT_TYPE, TWICE],
        check: |facts, out| {
            let Some(response) = answered(facts, |status| status == 200) else { return };
            let is_plain = response.media_type().eq_ignore_ascii_case("text/plain");
            if facts.serves_policy() && (!is_plain || response.has_two_media_types()) {
                let draft = draft(facts, out).paste(ToPaste::ContentType);
                let draft = if response.has_two_media_types() { draft.case(TWICE) } else { draft };
                // Of two, senders read the first.
                let draft = if is_plain { draft.severity(Severity::Info) } else { draft };
                match &response.content_type {
                    Some(served) => draft.with("type", clip(served)),
                    None => draft.case(NO_CONTENT_TYPE),
                };
            }
        },
    },
    Rule {
        id: "policy-charset-odd",
        kind: Kind::Warning,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let Some(response) = answered(facts, |status| status == 200) else { return };
            if let Some(charset) = charset(response)
                && facts.serves_policy()
                // The second spelling of each is understood everywhere.
                && !["utf-8", "utf8", "us-ascii", "ascii"].iter().any(|usual| charset.eq_ignore_ascii_case(usual))
            {
                draft(facts, out).with("charset", clip(charset)).paste(ToPaste::ContentType);
            }
        },
    },
    Rule {
        id: "policy-html-served",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::Server), Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[Lacks::PlainAnswer],
        cases: &[LOGIN, BOT_CHECK],
        check: |facts, out| {
            if facts.policy.as_ref().is_some_and(|policy| policy.looks_like_html)
                && (facts.domain.is_none() || is_announced(facts))
            {
                let draft = draft(facts, out);
                if let Fetch::Response { response, .. } = facts.fetch {
                    walled(response, draft);
                }
            }
        },
    },
    Rule {
        id: "policy-empty",
        kind: Kind::Error,
        grammar: true,
        link: Some(Link::PolicyFile),
        source: sts("3.2"),
        reported_as: &[Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            if facts.policy.as_ref().is_some_and(|policy| policy.is_empty)
                && (facts.domain.is_none() || is_announced(facts))
            {
                draft(facts, out);
            }
        },
    },
    Rule {
        id: "policy-too-large",
        kind: Kind::Error,
        grammar: false,
        link: Some(Link::PolicyFile),
        source: sts("3.3"),
        reported_as: &[Reported::StsPolicyFetchError, Reported::StsPolicyInvalid],
        steps: &[Step::Own(Target::Server)],
        ask: Ask::Correct,
        lacks: &[],
        cases: &[],
        check: |facts, out| {
            let cut = matches!(facts.fetch, Fetch::Response { response, .. } if response.truncated);
            let long = facts.policy.as_ref().is_some_and(|policy| policy.text.len() > POLICY_LIMIT);
            if (cut && is_announced(facts)) || long {
                draft(facts, out).count("limit", POLICY_LIMIT);
            }
        },
    },
];

/// Whether anything says that there should be a policy, be it the policy itself: without that, whatever a wildcard or a
/// web server has for the name mta-sts is nobody's fault.
pub(super) fn is_announced(facts: &Facts<'_>) -> bool {
    if facts.serves_policy() {
        return true;
    }
    match facts.announce.dns {
        // What could not be looked up accuses nobody.
        Dns::Pending | Dns::Failed(_) | Dns::Unanswered(_) => false,
        Dns::Bogus { .. } => true,
        Dns::Answer(_) => facts.is_announced(),
    }
}

pub(super) fn draft<'s>(facts: &Facts<'_>, out: &'s mut Sink<'_>) -> Draft<'s> {
    let draft = out.report();
    if facts.host.name.is_empty() { draft } else { draft.subject(facts.host.name.clone()) }
}

/// The host's response, where a policy is announced and the status is of the asked kind.
fn answered<'e>(facts: &Facts<'e>, status: impl Fn(u16) -> bool) -> Option<&'e Response> {
    match facts.fetch {
        Fetch::Response { response, .. } if status(response.status) && is_announced(facts) => Some(response),
        _ => None,
    }
}

pub(super) fn failed(facts: &Facts<'_>, out: &mut Sink<'_>, causes: &[Cause]) {
    let Fetch::Failed { failure, .. } = facts.fetch else { return };
    // One that is not the domain's accuses nobody, and leaves the verdict open.
    let is_own = matches!(failure.cause, Cause::Timeout | Cause::Connection | Cause::Tls);
    if causes.contains(&failure.cause) && (is_announced(facts) || !is_own) {
        let draft = draft(facts, out).paste(ToPaste::PolicyUrl);
        if let Some(detail) = &failure.detail {
            draft.detail(Detail::RequestEnded).with("end", clip(detail));
        }
    }
}

/// Whether a redirect leads to where one signs in.
fn is_login(location: &str) -> bool {
    let address = location.split('?').next().unwrap_or_default();
    address
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| LOGIN_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

fn is_bot_check(response: &Response) -> bool {
    let body = response.body.to_text();
    BOT_CHECKS.iter().any(|mark| part::has(&body, mark))
}

/// Says what keeps senders from the file, as far as the page that they get shows it.
fn walled(response: &Response, draft: Draft<'_>) {
    if is_bot_check(response) {
        draft.case(BOT_CHECK);
    } else if part::has(&response.body.to_text(), "type=\"password\"") {
        draft.case(LOGIN);
    }
}

/// Seconds with one decimal, without the weight of formatting floating point.
fn seconds(ms: u32) -> String {
    format!("{}.{}", ms / 1000, ms % 1000 / 100)
}

/// The web host that answers as for a name that no customer has claimed.
fn unclaimed_at(facts: &Facts<'_>) -> Option<&'static str> {
    let Fetch::Response { response, .. } = facts.fetch else { return None };
    if response.status == 200 {
        return None;
    }
    providers::unclaimed_at(&response.body.to_text())
}

fn charset(response: &Response) -> Option<&str> {
    let parameters = response.content_types().next()?.split(';').skip(1);
    let mut pairs = parameters.filter_map(|parameter| parameter.split_once('='));
    let (_, charset) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(charset.trim().trim_matches('"'))
}

/// Text from outside, bounded.
fn clip(text: &str) -> String {
    crate::text::clip::clip(text, 200)
}
