//! The policy host and what it answers.

use super::rule::Draft;
use super::rule::Kind;
use super::rule::Rule;
use super::rule::Sink;
use super::source::rfc;
use super::source::sts;
use crate::evidence::{Cause, Dns, Failure, Fetch, Response};
use crate::facts::Facts;
use crate::lookup::POLICY_LIMIT;
use crate::lookup::public_address::is_public;
use crate::name::labels::POLICY_PATH;

/// Two Postfix add-ons stop at 2 and 4 seconds.
const SLOW_MS: u32 = 2000;

pub(crate) static RULES: &[Rule] = &[
    Rule {
        id: "policy-host-missing",
        kind: Kind::Error,
        grammar: false,
        title: "The policy host has no address",
        what: super::rule::documented("Whether the name mta-sts, in front of the domain, leads to a web server."),
        why: super::rule::explained(
            "Your DNS record tells senders to fetch a policy, but the web address where it should be leads nowhere. \
              Senders then carry on as if you had no MTA-STS at all.",
        ),
        steps: super::rule::to_mend(&[
            "Choose a web host for the policy file: any host that can serve one text file over HTTPS will do.",
            "Open {dns} and add a record for the host {policy host} that points to it: an A record, an AAAA record or a CNAME, \
             as the web host says.",
            "Open the policy's address in a browser: it must show the file, with no certificate warning.",
        ]),
        source: sts("3.2"),
        check: |facts, out| {
            if is_announced(facts) && facts.host.has_none() && facts.host.aliases().is_empty() {
                draft(facts, out).detail("Neither an A nor an AAAA record is there.");
            }
        },
    },
    Rule {
        id: "policy-host-cname-dangling",
        kind: Kind::Error,
        grammar: false,
        title: "The policy host points at a name that leads nowhere",
        what: super::rule::documented("Whether the CNAME of the policy host ends at an address."),
        why: super::rule::explained(
            "The name of your policy host is an alias of another name, and that one has no address. Senders cannot fetch \
              the policy, so they ignore MTA-STS. If a stranger can register the other name, they could publish a policy \
              in your place.",
        ),
        steps: super::rule::to_mend(&[
            "Find out who runs the name that the CNAME points to, and whether you still use that service.",
            "If you do, ask for the right target and correct the CNAME. If you do not, point {policy host} at a host that you use.",
        ]),
        source: sts("8.2"),
        check: |facts, out| {
            if let (true, Some(alias)) = (is_announced(facts) && facts.host.has_none(), facts.host.aliases().last()) {
                draft(facts, out).detail(format!("The chain ends at {}, which has no address.", alias.target));
            }
        },
    },
    Rule {
        id: "policy-host-takeover-risk",
        kind: Kind::Error,
        grammar: false,
        title: "A stranger could publish your policy",
        what: super::rule::documented(
            "Whether the policy host answers with the “nothing here” page of a hosting service.",
        ),
        why: super::rule::explained(
            "Your policy host points at a hosting service where nobody has claimed the name. Anyone with an account \
              there may be able to claim it, publish a policy for your domain, and so stop your mail.",
        ),
        steps: super::rule::to_mend(&[
            "Sign in to the hosting service and add the host {policy host} to your own site there.",
            "If you no longer use that service, open {dns} and remove the record of the host {policy host} now.",
        ]),
        source: sts("10.3"),
        check: |facts, out| {
            if let Some(service) = unclaimed_at(facts).filter(|_| is_announced(facts)) {
                draft(facts, out).detail(format!("The answer is the page that {service} shows for an unclaimed name."));
            }
        },
    },
    Rule {
        id: "policy-host-private-address",
        kind: Kind::Error,
        grammar: false,
        title: "The policy host has a private address",
        what: super::rule::documented("Whether all addresses of the policy host can be reached from the internet."),
        why: super::rule::explained(
            "The address works only inside a private network. Senders on the internet cannot fetch the policy from it, so \
              they ignore MTA-STS.",
        ),
        steps: super::rule::to_mend(&[
            "Open {dns} and change the record of the host {policy host} to the public address of your web host.",
        ]),
        source: rfc(6890, "2.2.2"),
        check: |facts, out| {
            let private = facts.host.addresses().filter(|address| !is_public(*address));
            let list: Vec<String> = private.map(|address| address.to_string()).collect();
            if !list.is_empty() && is_announced(facts) {
                draft(facts, out)
                    .detail(format!("Not a public address: {}. The policy was not fetched.", list.join(", ")));
            }
        },
    },
    Rule {
        id: "policy-host-ipv6-only",
        kind: Kind::Warning,
        grammar: false,
        title: "The policy host is reached over IPv6 only",
        what: super::rule::documented("Whether the policy host has an IPv4 address."),
        why: super::rule::explained(
            "Many mail servers still have no IPv6. They cannot fetch your policy, so they send as if you had none.",
        ),
        steps: super::rule::to_mend(&[
            "Ask your web host for an IPv4 address, and add it in {dns} as an A record for the host {policy host}.",
        ]),
        source: sts("3.3"),
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
        title: "The address of the policy host could not be looked up",
        what: super::rule::documented("Whether the DNS answers for the policy host."),
        why: super::rule::explained(
            "We could not find out where the policy is served. This can be a passing fault; senders that meet it too \
              cannot fetch your policy.",
        ),
        steps: super::rule::to_mend(&[
            "Check again in a few minutes.",
            "If it stays, ask {dns host} why {policy host} cannot be looked up.",
        ]),
        source: sts("3.3"),
        check: |facts, out| {
            for dns in [facts.host.v4, facts.host.v6] {
                if let Some(detail) = super::dns_trouble::dns_trouble(dns) {
                    draft(facts, out).detail(detail);
                    return;
                }
            }
        },
    },
    Rule {
        id: "policy-connect-failed",
        kind: Kind::Error,
        grammar: false,
        title: "The connection to the policy host fails",
        what: super::rule::documented("Whether a connection to the policy host's HTTPS port can be made, and holds."),
        why: super::rule::explained(
            "Senders get no answer from the web server that should serve your policy, so they ignore MTA-STS.",
        ),
        steps: super::rule::to_mend(&[
            "Check that the web server for the host {policy host} is running.",
            "Open port 443 (HTTPS) in its firewall, for everybody.",
            "Check in {dns} that the record of the host {policy host} has the server's present address.",
            "If all of that is right, look into the web server's error log: it may break connections off before it answers.",
        ]),
        source: sts("3.3"),
        check: |facts, out| failed(facts, out, &[Cause::Connection]),
    },
    Rule {
        id: "policy-timeout",
        kind: Kind::Error,
        grammar: false,
        title: "The policy host does not answer in time",
        what: super::rule::documented("Whether the policy comes within a few seconds."),
        why: super::rule::explained(
            "Senders wait only a short time for a policy, some just 2 seconds. When nothing comes, they carry on as if you \
              had no MTA-STS.",
        ),
        steps: super::rule::to_mend(&[
            "Open the policy's address in a browser and see whether it comes at once.",
            "If not, ask the web host why, or move this one file to static hosting, which answers at once.",
        ]),
        source: sts("3.3"),
        check: |facts, out| {
            if let (true, Fetch::Failed { failure: Failure { cause: Cause::Timeout, detail }, took_ms }) =
                (is_announced(facts), facts.fetch)
            {
                draft(facts, out).detail(match detail {
                    Some(detail) => format!("The request ended with: {}", clip(detail)),
                    None => format!("There was no complete answer within {} seconds.", seconds(took_ms)),
                });
            }
        },
    },
    Rule {
        id: "policy-slow",
        kind: Kind::Warning,
        grammar: false,
        title: "The policy host is slow",
        what: super::rule::documented("Whether the policy comes within 2 seconds."),
        why: super::rule::explained(
            "Two widely used add-ons for the Postfix mail server give up after 2 and after 4 seconds. Those senders will \
              not see your policy.",
        ),
        steps: super::rule::to_mend(&[
            "Serve the file from static hosting or a content delivery network, which answers at once.",
        ]),
        source: sts("3.3"),
        check: |facts, out| {
            if let Fetch::Response { took_ms, .. } = facts.fetch
                && took_ms > SLOW_MS
                && is_announced(facts)
            {
                draft(facts, out).detail(format!("The file took {} seconds from here.", seconds(took_ms)));
            }
        },
    },
    Rule {
        id: "policy-fetch-error",
        kind: Kind::Inconclusive,
        grammar: false,
        title: "The policy could not be fetched from here",
        what: super::rule::documented("Whether the policy can be fetched."),
        why: super::rule::explained(
            "The request failed in a way that does not tell whose fault it was. Senders may or may not meet the same.",
        ),
        steps: super::rule::to_mend(&[
            "Check again in a few minutes.",
            "Open the policy's address in a browser: does the file show?",
        ]),
        source: sts("3.3"),
        check: |facts, out| failed(facts, out, &[Cause::Unknown, Cause::Resolver, Cause::Malformed]),
    },
    Rule {
        id: "policy-redirect",
        kind: Kind::Error,
        grammar: false,
        title: "The policy's address redirects",
        what: super::rule::documented("Whether the policy is served at its own address, without a redirect."),
        why: super::rule::explained(
            "Senders are not allowed to follow a redirect for the policy, wherever it leads. They find no policy, and ignore \
              MTA-STS. A browser does follow it, so this is easy to miss.",
        ),
        steps: super::rule::to_mend(&[
            "In your web host, switch off redirects for the host {policy host}: to www, to another domain, or to a page in another \
             language.",
            "Serve the file itself at the exact address, with status 200.",
        ]),
        source: sts("3.3"),
        check: |facts, out| {
            if let Some(response) = answered(facts, |status| (300..400).contains(&status)) {
                let target = response.location.as_deref().map(|to| format!(" to {}", clip(to))).unwrap_or_default();
                draft(facts, out).detail(format!("The host answers {}{target}.", response.status));
            }
        },
    },
    Rule {
        id: "policy-not-found",
        kind: Kind::Error,
        grammar: false,
        title: "There is no policy file at its address",
        what: super::rule::documented("Whether the file is at /.well-known/mta-sts.txt on the policy host."),
        why: super::rule::explained(
            "The web server is there, but not the file. Senders find no policy, and ignore MTA-STS.",
        ),
        steps: super::rule::to_mend(&[
            "Put the file at exactly /.well-known/mta-sts.txt on the host {policy host}.",
            "If you did upload it: many tools leave out folders whose name begins with a dot. Upload .well-known by itself, \
             or change that setting.",
        ]),
        source: sts("3.2"),
        check: |facts, out| {
            if let Some(response) = answered(facts, |status| matches!(status, 404 | 410))
                && unclaimed_at(facts).is_none()
            {
                draft(facts, out).detail(format!("The host answers {}.", response.status));
            }
        },
    },
    Rule {
        id: "policy-forbidden",
        kind: Kind::Error,
        grammar: false,
        title: "The web server refuses to give out the policy",
        what: super::rule::documented(
            "Whether the policy may be fetched by anyone, without a password or a test for robots.",
        ),
        why: super::rule::explained(
            "Mail servers that ask for your policy are turned away, so they ignore MTA-STS. A mail server cannot sign in, \
              nor prove that it is human.",
        ),
        steps: super::rule::to_mend(&[
            "Let /.well-known/mta-sts.txt through: no password, no country block, no limit on requests.",
            "If a protection service stands in front, exempt the host {policy host} from its bot challenges.",
        ]),
        source: sts("3.3"),
        check: |facts, out| {
            if let Some(response) = answered(facts, |status| matches!(status, 401 | 403 | 407 | 429)) {
                draft(facts, out).detail(format!("The host answers {}.", response.status));
            }
        },
    },
    Rule {
        id: "policy-server-error",
        kind: Kind::Error,
        grammar: false,
        title: "The policy host reports an error of its own",
        what: super::rule::documented("Whether the web server can serve the policy."),
        why: super::rule::explained(
            "The web server failed to serve the file, so senders find no policy and ignore MTA-STS.",
        ),
        steps: super::rule::to_mend(&[
            "Look into the web server's error log, or ask the web host.",
            "Check again once it is mended.",
        ]),
        source: sts("3.3"),
        check: |facts, out| {
            if let Some(response) = answered(facts, |status| status >= 500) {
                draft(facts, out).detail(format!("The host answers {}.", response.status));
            }
        },
    },
    Rule {
        id: "policy-status-other",
        kind: Kind::Error,
        grammar: false,
        title: "The policy comes with the wrong status",
        what: super::rule::documented("Whether the policy is served with status 200."),
        why: super::rule::explained(
            "Senders accept a policy only with the status 200 (OK). With any other they find none, and ignore MTA-STS.",
        ),
        steps: super::rule::to_mend(&["Have the web server answer with status 200 and the whole file."]),
        source: sts("3.3"),
        check: |facts, out| {
            let other = |status| !matches!(status, 200 | 300..=399 | 401 | 403 | 404 | 407 | 410 | 429 | 500..);
            if let Some(response) = answered(facts, other) {
                draft(facts, out).detail(format!("The host answers {}.", response.status));
            }
        },
    },
    Rule {
        id: "policy-content-type-wrong",
        kind: Kind::Warning,
        grammar: false,
        title: "The policy is not marked as plain text",
        what: super::rule::documented("Whether the policy is served as text/plain."),
        why: super::rule::explained(
            "Some senders, among them two add-ons for the Postfix mail server, refuse a policy that is marked as anything \
              but plain text.",
        ),
        steps: super::rule::to_mend(&[
            "Set the content type of the file to text/plain; charset=utf-8 in your web host.",
        ]),
        source: sts("3.2"),
        check: |facts, out| {
            if let Some(response) = answered(facts, |status| status == 200)
                && facts.serves_policy()
                && !response.media_type().eq_ignore_ascii_case("text/plain")
            {
                let served = response
                    .content_type
                    .as_deref()
                    .map_or("with no Content-Type".to_owned(), |t| format!("as {}", clip(t)));
                draft(facts, out)
                    .detail(format!("The file is served {served}."))
                    .copy("Content-Type", "text/plain; charset=utf-8");
            }
        },
    },
    Rule {
        id: "policy-charset-odd",
        kind: Kind::Warning,
        grammar: false,
        title: "The policy names an unusual character set",
        what: super::rule::documented("Whether the character set of the policy is UTF-8 or ASCII."),
        why: super::rule::explained(
            "The standard knows only utf-8 and us-ascii here. A sender that is strict about it may refuse the policy.",
        ),
        steps: super::rule::to_mend(&[
            "Set the content type of the file to text/plain; charset=utf-8 in your web host.",
        ]),
        source: sts("3.2"),
        check: |facts, out| {
            let Some(response) = answered(facts, |status| status == 200) else { return };
            if let Some(charset) = charset(response)
                && facts.serves_policy()
                && !["utf-8", "us-ascii"].iter().any(|usual| charset.eq_ignore_ascii_case(usual))
            {
                draft(facts, out)
                    .detail(format!("charset={}", clip(charset)))
                    .copy("Content-Type", "text/plain; charset=utf-8");
            }
        },
    },
    Rule {
        id: "policy-html-served",
        kind: Kind::Error,
        grammar: true,
        title: "A web page is served instead of the policy",
        what: super::rule::documented("Whether the file is a policy and not a web page."),
        why: super::rule::explained(
            "The address answers with a web page, often the site's own start page or “not found” page. Senders cannot read \
              it as a policy, and ignore MTA-STS.",
        ),
        steps: super::rule::to_mend(&[
            "Upload the policy as a plain text file, made with a text editor and not with the website builder.",
            "If the site shows its start page for every unknown address, switch that off for the host {policy host}.",
        ]),
        source: sts("3.2"),
        check: |facts, out| {
            if facts.policy.as_ref().is_some_and(|policy| policy.looks_like_html)
                && (facts.domain.is_none() || is_announced(facts))
            {
                draft(facts, out);
            }
        },
    },
    Rule {
        id: "policy-empty",
        kind: Kind::Error,
        grammar: true,
        title: "The policy file is empty",
        what: super::rule::documented("Whether there is anything in the policy file."),
        why: super::rule::explained(
            "The file is there, but nothing is in it. Senders find no policy, and ignore MTA-STS.",
        ),
        steps: super::rule::to_mend(&[
            "Upload the file again, and open its address in a browser: it must show the policy's lines.",
        ]),
        source: sts("3.2"),
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
        title: "The policy file is too large",
        what: super::rule::documented("Whether the policy file is at most 64 KiB, 65,536 bytes."),
        why: super::rule::explained(
            "Senders stop reading a policy at 64 KiB and then ignore it. A real policy has a few hundred bytes.",
        ),
        steps: super::rule::to_mend(&[
            "Leave only the policy's own lines in the file: version, mode, one mx line for each mail server, max_age.",
        ]),
        source: sts("3.3"),
        check: |facts, out| {
            let cut = matches!(facts.fetch, Fetch::Response { response, .. } if response.truncated);
            let long = facts.policy.as_ref().is_some_and(|policy| policy.text.len() > POLICY_LIMIT);
            if (cut && is_announced(facts)) || long {
                draft(facts, out).detail(format!("More than {POLICY_LIMIT} bytes."));
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
        let draft = draft(facts, out).copy("The policy's address", format!("https://{}{POLICY_PATH}", facts.host.name));
        if let Some(detail) = &failure.detail {
            draft.detail(format!("The request ended with: {}", clip(detail)));
        }
    }
}

/// Seconds with one decimal, without the weight of formatting floating point.
fn seconds(ms: u32) -> String {
    format!("{}.{}", ms / 1000, ms % 1000 / 100)
}

/// What hosting services answer for a name that no customer has claimed.
static UNCLAIMED: &[(&str, &str)] = &[
    ("GitHub Pages", "There isn't a GitHub Pages site here"),
    ("Amazon S3", "<Code>NoSuchBucket</Code>"),
    ("Netlify", "Not Found - Request ID"),
    ("Vercel", "DEPLOYMENT_NOT_FOUND"),
    ("Heroku", "herokucdn.com/error-pages/no-such-app"),
    ("Azure", "404 Web Site not found"),
    ("Fastly", "Fastly error: unknown domain"),
];

fn unclaimed_at(facts: &Facts<'_>) -> Option<&'static str> {
    let Fetch::Response { response, .. } = facts.fetch else { return None };
    if response.status == 200 {
        return None;
    }
    let body = response.body.to_text();
    UNCLAIMED.iter().find(|(_, mark)| body.contains(mark)).map(|(service, _)| *service)
}

fn charset(response: &Response) -> Option<&str> {
    let parameters = response.content_type.as_deref()?.split(';').skip(1);
    let mut pairs = parameters.filter_map(|parameter| parameter.split_once('='));
    let (_, charset) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(charset.trim().trim_matches('"'))
}

/// Text from outside, bounded.
fn clip(text: &str) -> String {
    crate::text::clip::clip(text, 200)
}
