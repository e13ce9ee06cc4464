//! Who operates a domain's records and its policy file, where these are behind an alias (RFC 8461 §8.2): nobody but them can
//! change what is there.

use super::Facts;
use crate::evidence::Alias;
use crate::name::public_suffix::is_public_suffix;
use crate::name::{DomainName, is_within};
use crate::providers;
use crate::text::part;

/// The ends of the aliases behind which others keep what senders look for.
#[derive(Clone, Copy, Default)]
pub(crate) struct Operators<'f> {
    /// Of the announce record.
    pub(crate) announce: Option<Operator<'f>>,
    /// Of the TLS-RPT record.
    pub(crate) tls_rpt: Option<Operator<'f>>,
    /// Of the policy file.
    pub(crate) file: Option<Operator<'f>>,
}

/// Whoever operates the name at the end of an alias.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Operator<'f> {
    /// That name.
    pub(crate) target: &'f str,
    /// Whether it is below the domain itself, so that whoever operates the domain operates it too.
    pub(crate) is_own: bool,
}

impl<'f> Operators<'f> {
    /// Nobody else.
    pub(crate) const NONE: Self = Self { announce: None, tls_rpt: None, file: None };

    /// Those of the domain that the facts are about.
    pub(crate) fn of(facts: &Facts<'f>) -> Self {
        let Some(domain) = facts.domain else { return Self::NONE };
        // A wildcard that is an alias is nobody's choice for this name: a record of its own takes precedence.
        let record = |aliases| Operator::of(aliases, domain).filter(|_| !facts.misplaced.is_wildcard);
        Self {
            announce: record(facts.announce.aliases()),
            tls_rpt: record(facts.tlsrpt.aliases()),
            file: of_policy(facts, domain),
        }
    }
}

impl<'f> Operator<'f> {
    /// Whoever the end of a chain of aliases belongs to, by the first name of theirs.
    fn of(aliases: &'f [Alias], domain: &DomainName) -> Option<Self> {
        let end = aliases.last()?.target.as_str();
        if is_within(end, domain.as_str()) {
            return Some(Self { target: end, is_own: true });
        }
        outside(aliases, domain).next().map(|target| Self { target, is_own: false })
    }
}

/// Who keeps the announce record, where its name is an alias of one outside the domain.
pub(crate) fn of_record<'f>(facts: &Facts<'f>, domain: &DomainName) -> Option<&'f str> {
    Operator::of(facts.announce.aliases(), domain).filter(|operator| !operator.is_own).map(|operator| operator.target)
}

/// Who keeps the policy file: every alias of the chain is looked at. A web host that serves the domain's own file is no
/// operator: no name of its says anything of MTA-STS, and none is of the record's operator.
pub(crate) fn of_policy<'f>(facts: &Facts<'f>, domain: &DomainName) -> Option<Operator<'f>> {
    let operator = Operator::of(facts.host.aliases(), domain).filter(|operator| !operator.is_own)?;
    let names = || outside(facts.host.aliases(), domain);
    let of_record = || outside(facts.announce.aliases(), domain);
    let says_so = |name: &str| ["mta-sts", "mta_sts", "mtasts"].iter().any(|part| part::has(name, part));
    let is_hosted = |name: &str| says_so(name) || providers::hosted_policies(name).is_some();
    let is_same = |name: &str| of_record().any(|record| organisation(record) == organisation(name));
    // Whoever leaves both to others, and none of them is a web host, leaves them to one service.
    let company = |aliases| outside(aliases, domain).find_map(providers::operator);
    let leaves_both = || {
        of_record().next().is_some()
            && company(facts.announce.aliases()) == company(facts.host.aliases())
            && !names().any(providers::serves_sites)
    };
    (names().any(|name| is_hosted(name) || is_same(name)) || leaves_both()).then_some(operator)
}

/// The targets of a chain of aliases that are neither the domain nor below it.
fn outside<'f>(aliases: &'f [Alias], domain: &DomainName) -> impl Iterator<Item = &'f str> {
    aliases.iter().map(|alias| alias.target.as_str()).filter(|target| !is_within(target, domain.as_str()))
}

/// The last labels of a name: enough to see that two names are of one company.
fn organisation(name: &str) -> &str {
    let mut dots = name.rmatch_indices('.').map(|(at, _)| at);
    let second = dots.nth(1);
    match second {
        Some(at) if !is_public_suffix(part::from(name, at + 1)) => part::from(name, at + 1),
        Some(_) => dots.next().map_or(name, |at| part::from(name, at + 1)),
        None => name,
    }
}
