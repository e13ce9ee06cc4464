//! Where records and policy files end up by mistake. They are looked for there only when the right place is empty or odd.

use super::{Lookup, PolicyPath};
use crate::name::public_suffix::is_public_suffix;
use crate::name::{DomainName, NAME_LIMIT};

/// A label that nobody publishes: an answer for it is a wildcard's (RFC 4592). Fixed, since core has no dice.
const UNUSED_LABEL: &str = "no-such-name-mta-sts-check";

/// Names at which announce records end up: the domain itself, the policy host, an underscore for the hyphen, and the
/// domain twice, where a console adds it to what was typed.
pub(crate) fn announce_names(domain: &DomainName) -> Vec<String> {
    let doubled = format!("{}.{domain}", domain.announce_name());
    fitting(vec![domain.to_string(), domain.policy_host().to_string(), format!("_mta_sts.{domain}"), doubled])
}

/// Where the domain one label up has its announce record; none where that is a name that strangers share.
pub(crate) fn parent_name(domain: &DomainName) -> Option<String> {
    let parent = domain.parent()?;
    (!is_public_suffix(parent.as_str())).then(|| parent.announce_name())
}

/// Names at which TLS-RPT records end up: that of an old draft, its labels in the wrong order or joined, the domain
/// itself, and the domain twice.
pub(crate) fn tlsrpt_names(domain: &DomainName) -> Vec<String> {
    let doubled = format!("{}.{domain}", domain.tlsrpt_name());
    let prefixed = ["_smtp-tlsrpt", "_tls._smtp", "_smtp_tls"].map(|prefix| format!("{prefix}.{domain}"));
    let mut names = vec![domain.to_string()];
    names.extend(prefixed);
    names.push(doubled);
    fitting(names)
}

/// Names at which the policy host's address ends up: the domain twice, an underscore for the hyphen, neither of them, and the
/// announce record's own name.
pub(crate) fn policy_hosts(domain: &DomainName) -> Vec<String> {
    let wrong = ["mta_sts", "mtasts", "_mta-sts"].map(|label| format!("{label}.{domain}"));
    let mut names = vec![format!("{}.{domain}", domain.policy_host())];
    names.extend(wrong);
    fitting(names)
}

/// A name of the domain that only a wildcard answers.
pub(crate) fn unused_name(domain: &DomainName) -> String {
    format!("{UNUSED_LABEL}.{domain}")
}

/// Where a policy file ends up: at the top of the policy host, or on the domain's own web site.
pub(crate) fn policy_addresses(domain: &DomainName) -> [Lookup; 2] {
    [
        Lookup::Policy { host: domain.policy_host(), path: PolicyPath::Root },
        Lookup::Policy { host: domain.clone(), path: PolicyPath::WellKnown },
    ]
}

/// Names that DNS can hold.
fn fitting(mut names: Vec<String>) -> Vec<String> {
    names.retain(|name| name.len() <= NAME_LIMIT);
    names
}
