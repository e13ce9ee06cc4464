//! Ways to mend a finding that the domain's own providers offer: beside the rule's steps, which hold anywhere.

use crate::evidence::dnssec::Dnssec;
use crate::evidence::dnssec::dnssec;
use crate::facts::Facts;
use crate::facts::answers::leads_to;
use crate::facts::live_mx::MxHost;
use crate::mend::dns_console::Console;
use crate::name::labels::Txt;
use crate::providers::{CLOUDFLARE_ALIAS, TUTA_ALIASES};
use crate::report::{Copyable, Finding, Fix, Outcome};

/// What a provider offers for the findings of some rules.
struct Offer {
    rules: &'static [&'static str],
    /// Whether the domain is with that provider.
    fits: fn(&Facts<'_>) -> bool,
    title: &'static str,
    /// As the steps of a rule.
    steps: &'static [&'static str],
    /// Texts to paste.
    copy: fn(&Facts<'_>, &Console<'_>) -> Vec<Copyable>,
}

/// Findings that end where somebody else keeps record and policy.
const NO_POLICY: &[&str] = &[
    "record-missing",
    "record-missing-policy-served",
    "record-cname-dangling",
    "policy-host-missing",
    "policy-host-cname-dangling",
    "policy-not-found",
    "delegation-partial",
];

/// Names of the certificate that are not the policy host's.
const WRONG_CERTIFICATE: &[&str] = &[
    "policy-tls-name-mismatch",
    "policy-tls-handshake-failed",
    "policy-tls-failed",
    "policy-tls-untrusted",
    "delegation-cert-provider-name",
];

const NOT_THE_FILE: &[&str] = &["policy-not-found", "policy-html-served", "policy-redirect"];

static OFFERS: &[Offer] = &[
    Offer {
        rules: NO_POLICY,
        fits: |facts| facts.mx.is_all_at("tuta") && !is_taken(facts, TUTA_ALIASES),
        title: "Or let Tuta serve the policy",
        steps: &[
            "Open {dns} and delete what stands under the hosts {announce} and {policy host}.",
            "Add the two aliases (CNAME records) below, and nothing else under these hosts. Tuta then serves the policy file \
             and changes the id: you need no web space.",
        ],
        copy: |_, console| {
            let [announce, host] = TUTA_ALIASES;
            [alias(&console.host(Txt::Announce.label()), announce), alias(&console.host("mta-sts"), host)].concat()
        },
    },
    Offer {
        rules: NO_POLICY,
        fits: |facts| facts.mx.is_all_at("cloudflare") && !leads_to(CLOUDFLARE_ALIAS, facts.announce.aliases()),
        title: "Or follow the policy of Cloudflare Email Routing",
        steps: &[
            "Cloudflare's own policy says mode: enforce, so with these steps yours is enforced at once, with no time of testing.",
            PASSED_ON,
            "Open the policy's address in a browser: it must show the policy.",
            "Only then open {dns}, delete what stands under the host {announce}, and make it an alias (CNAME record) of the name \
             below. Cloudflare changes the id when its policy changes.",
        ],
        copy: |facts, console| {
            let mut copy = worker(facts);
            copy.extend(alias(&console.host(Txt::Announce.label()), CLOUDFLARE_ALIAS));
            copy
        },
    },
    Offer {
        rules: &["policy-host-missing", "policy-host-cname-dangling", "policy-not-found"],
        fits: |facts| leads_to(CLOUDFLARE_ALIAS, facts.announce.aliases()),
        title: "With Cloudflare Email Routing",
        steps: &[
            "The announce record is Cloudflare's, and its policy says mode: enforce: with the file it is enforced at once.",
            PASSED_ON,
        ],
        copy: |facts, _| worker(facts),
    },
    Offer {
        rules: NO_POLICY,
        fits: |facts| facts.mx.is_all_at("google"),
        title: "With Google Workspace",
        steps: &["Google takes the mail and leaves record and policy file to you, as above. Its own guide is at \
             https://support.google.com/a/answer/9276511."],
        copy: |_, _| Vec::new(),
    },
    Offer {
        rules: &["dane-absent"],
        fits: |facts| is_at_old_microsoft(facts) && dnssec(facts.mx.dns) != Dnssec::Secure,
        title: "With Microsoft 365",
        steps: &["DANE is on offer. It needs DNSSEC first. {sign}", NEW_MX[0], NEW_MX[1], NEW_MX[2], NEW_MX[3]],
        copy: |facts, _| [command("Enable-DnssecForVerifiedDomain", facts), dane_command(facts)].concat(),
    },
    Offer {
        rules: &["dane-absent"],
        fits: |facts| is_at_old_microsoft(facts) && dnssec(facts.mx.dns) == Dnssec::Secure,
        title: "With Microsoft 365",
        steps: NEW_MX,
        copy: |facts, _| [command("Enable-DnssecForVerifiedDomain", facts), dane_command(facts)].concat(),
    },
    Offer {
        rules: &["dane-absent"],
        fits: |facts| is_at_new_microsoft(facts) && dnssec(facts.mx.dns) == Dnssec::Secure,
        title: "With Microsoft 365",
        steps: &[
            "The mail server is one that can have DANE. Run the command below in Exchange Online PowerShell to switch it on.",
        ],
        copy: |facts, _| dane_command(facts),
    },
    web(
        &["policy-not-found"],
        |facts| hosted_at(&["github.io"], facts),
        "At GitHub Pages",
        &[
            "Add an empty file with the name .nojekyll beside the folder .well-known. Without it, GitHub Pages leaves out folders \
         whose name begins with a dot.",
            "See that the repository publishes this very host: one repository serves one.",
        ],
    ),
    web(
        WRONG_CERTIFICATE,
        |facts| hosted_at(&["github.io"], facts),
        "At GitHub Pages",
        &[
            "In the settings of the repository, enter the policy host's name as the custom domain of its Pages site.",
            "Wait until GitHub has the certificate, which can take a day. Set the announce record only then.",
        ],
    ),
    web(
        NOT_THE_FILE,
        |facts| hosted_at(&["netlify.app", "netlify.com", "vercel.app", "vercel-dns.com"], facts),
        "At Netlify or Vercel",
        &[
            "See that the folder .well-known is part of what is published: a build can leave out names that begin with a dot.",
            "Make exceptions for the policy host from redirects, and from a fallback page for addresses that do not exist.",
        ],
    ),
    web(
        &["policy-connect-failed", "policy-timeout", "policy-tls-failed", "policy-tls-handshake-failed"],
        hosted_by_s3_website,
        "At Amazon S3",
        &[
            "The website address of an S3 bucket speaks no HTTPS. Put CloudFront in front of it, and point the policy host there.",
        ],
    ),
    web(
        WRONG_CERTIFICATE,
        |facts| hosted_at(&["cloudfront.net"], facts),
        "At Amazon CloudFront",
        &[
            "Add the policy host's name as an alternate name of the distribution.",
            "Give the distribution a certificate for that name. It has to be in the region us-east-1.",
        ],
    ),
    web(
        &["policy-content-type-wrong"],
        |facts| hosted_at(&["cloudfront.net"], facts) || hosted_by_s3_website(facts),
        "At Amazon S3",
        &["Set the Content-Type of the object itself to text/plain, and let CloudFront forget its old copy."],
    ),
    web(
        WRONG_CERTIFICATE,
        |facts| hosted_at(&["azurewebsites.net"], facts),
        "At Azure",
        &[
            "Azure Functions gets no certificate for your name by itself. Azure Static Web Apps does: serve the file from there.",
        ],
    ),
    web(
        WRONG_CERTIFICATE,
        |facts| hosted_at(&["azurestaticapps.net"], facts),
        "At Azure Static Web Apps",
        &["Add the policy host's name as a custom domain of the app. The certificate then comes by itself."],
    ),
    web(
        &["policy-forbidden"],
        |facts| hosted_at(&["pages.dev", "workers.dev"], facts),
        "At Cloudflare",
        &["Exempt the policy host from bot challenges and from access rules: a mail server cannot solve them."],
    ),
    web(
        WRONG_CERTIFICATE,
        |facts| hosted_at(&["pages.dev", "workers.dev"], facts),
        "At Cloudflare",
        &[
            "Add the policy host's name as a custom domain of the Worker or the Pages project. An alias (CNAME) alone does not \
         bring a certificate.",
        ],
    ),
];

const PASSED_ON: &str = "Make a Worker of the text below. Open {dns}, delete the records of the host {policy host}, and give the Worker the policy \
     host as its custom domain. It passes on Cloudflare's own policy file.";

/// How Microsoft's customers come to a mail server that can have DANE, and to DANE, in a signed domain.
const NEW_MX: &[&str] = &[
    "Run the first command below in Exchange Online PowerShell. Microsoft answers with a new mail server for the domain.",
    "If you have an MTA-STS policy, let it allow that server too, give the record a new id, and wait a day.",
    "Publish the new server as an MX record, and remove the old one when mail arrives by the new one.",
    "Then run the second command. It switches DANE on.",
];

/// Cloudflare's own policy, passed on under the name of the customer's policy host.
const PASS_ON: &str = "\
export default {
  fetch: () => fetch(\"https://mta-sts.mx.cloudflare.net/.well-known/mta-sts.txt\"),
};
";

const fn web(
    rules: &'static [&'static str],
    fits: fn(&Facts<'_>) -> bool,
    title: &'static str,
    steps: &'static [&'static str],
) -> Offer {
    Offer { rules, fits, title, steps, copy: |_, _| Vec::new() }
}

/// Adds to a finding what the domain's providers offer.
pub(crate) fn add(facts: &Facts<'_>, console: &Console<'_>, finding: &mut Finding) {
    if finding.outcome != Outcome::Fail {
        return;
    }
    for offer in OFFERS {
        if offer.rules.contains(&finding.rule.as_str()) && (offer.fits)(facts) {
            finding.fix.push(Fix {
                title: offer.title.to_owned(),
                steps: offer.steps.iter().map(|step| console.fill(step)).collect(),
                copy: (offer.copy)(facts, console),
            });
        }
    }
}

/// Whether there is nothing left to do about an offer of two aliases: both are there, or one is and leads nowhere.
fn is_taken(facts: &Facts<'_>, [announce, host]: [&str; 2]) -> bool {
    let leads_nowhere = leads_to(announce, facts.announce.aliases()) && facts.announce.records.is_empty()
        || leads_to(host, facts.host.aliases()) && facts.host.has_none();
    leads_nowhere || facts.is_delegated_to([announce, host])
}

/// Whether Microsoft takes the mail at hosts that never have DANE.
fn is_at_old_microsoft(facts: &Facts<'_>) -> bool {
    facts.mx.is_all_at("microsoft") && !facts.mx.hosts.iter().any(is_new_microsoft)
}

/// Whether Microsoft takes the mail at hosts that can have DANE.
fn is_at_new_microsoft(facts: &Facts<'_>) -> bool {
    !facts.mx.hosts.is_empty() && facts.mx.hosts.iter().all(is_new_microsoft)
}

fn is_new_microsoft(mx: &MxHost<'_>) -> bool {
    mx.host.ends_with(".mx.microsoft")
}

fn worker(facts: &Facts<'_>) -> Vec<Copyable> {
    vec![copyable("Worker", PASS_ON.to_owned()), copyable("Custom domain of the Worker", facts.host.name.clone())]
}

fn dane_command(facts: &Facts<'_>) -> Vec<Copyable> {
    command("Enable-SmtpDaneInbound", facts)
}

/// A command of Exchange Online PowerShell that takes the domain.
fn command(name: &str, facts: &Facts<'_>) -> Vec<Copyable> {
    let command = |domain| copyable("Command", format!("{name} -DomainName {domain}"));
    facts.domain.map(command).into_iter().collect()
}

/// Whether the policy host is an alias that ends at one of these, at a label's boundary.
fn hosted_at(suffixes: &[&str], facts: &Facts<'_>) -> bool {
    let ends = |name: &str, suffix: &str| name.strip_suffix(suffix).is_some_and(|rest| rest.ends_with('.'));
    facts.host.aliases().iter().any(|alias| suffixes.iter().any(|suffix| ends(&alias.target, suffix)))
}

/// The website addresses of buckets: `name.s3-website-region.amazonaws.com`, with a dot for the hyphen in some regions.
fn hosted_by_s3_website(facts: &Facts<'_>) -> bool {
    let is_website = |name: &str| name.contains(".s3-website") && name.ends_with(".amazonaws.com");
    facts.host.aliases().iter().any(|alias| is_website(&alias.target))
}

fn alias(host: &str, target: &str) -> Vec<Copyable> {
    vec![
        copyable("Host of the CNAME record", host.to_owned()),
        copyable("Target of the CNAME record", target.to_owned()),
    ]
}

fn copyable(label: &str, text: String) -> Copyable {
    Copyable { label: label.to_owned(), text }
}
