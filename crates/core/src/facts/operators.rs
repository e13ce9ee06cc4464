//! Who keeps a domain's records and its policy file, where these are behind an alias (RFC 8461 §8.2): nobody but them can
//! change what is there.

use crate::evidence::Alias;
use crate::facts::Facts;
use crate::name::{DomainName, is_within};
use crate::providers;

/// The ends of the aliases behind which others keep what senders look for.
#[derive(Clone, Copy, Default)]
pub(crate) struct Keepers<'f> {
    /// Of the announce record.
    pub(crate) record: Option<Keeper<'f>>,
    /// Of the TLS-RPT record.
    pub(crate) reports: Option<Keeper<'f>>,
    /// Of the policy file.
    pub(crate) file: Option<Keeper<'f>>,
}

/// Whoever runs the name at the end of an alias.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Keeper<'f> {
    /// That name.
    pub(crate) target: &'f str,
    /// Whether it is below the domain itself, so that whoever runs the domain runs it too.
    pub(crate) is_own: bool,
}

impl<'f> Keepers<'f> {
    /// Those of the domain that the facts are about.
    pub(crate) fn of(facts: &Facts<'f>) -> Self {
        let Some(domain) = facts.domain else { return Self::default() };
        // A wildcard that is an alias is nobody's choice for this name: a record of its own takes precedence.
        let record = |aliases| Keeper::of(aliases, domain).filter(|_| !facts.strays.is_wildcard);
        Self {
            record: record(facts.announce.aliases()),
            reports: record(facts.tlsrpt.aliases()),
            file: of_policy(facts, domain),
        }
    }
}

impl<'f> Keeper<'f> {
    fn of(aliases: &'f [Alias], domain: &DomainName) -> Option<Self> {
        let target = aliases.last()?.target.as_str();
        Some(Self { target, is_own: is_within(target, domain.as_str()) })
    }

    /// As a sentence calls them that has named the target before.
    pub(crate) fn name(self) -> &'static str {
        providers::keeper(self.target).unwrap_or("whoever runs that name")
    }
}

/// Who keeps the announce record, where its name is an alias of one outside the domain.
pub(crate) fn of_record<'f>(facts: &Facts<'f>, domain: &DomainName) -> Option<&'f str> {
    outside(facts.announce.aliases(), domain)
}

/// Who keeps the policy file. A web host that serves the domain's own file is no keeper: its name says nothing of
/// MTA-STS, and is not that of the record's keeper.
pub(crate) fn of_policy<'f>(facts: &Facts<'f>, domain: &DomainName) -> Option<Keeper<'f>> {
    let keeper = Keeper::of(facts.host.aliases(), domain).filter(|keeper| !keeper.is_own)?;
    let says_so = keeper.target.contains("mta-sts") || keeper.target.contains("mtasts");
    let same = of_record(facts, domain).is_some_and(|record| organisation(record) == organisation(keeper.target));
    (says_so || same).then_some(keeper)
}

/// The end of a chain of aliases, where it is neither the domain nor below it.
fn outside<'f>(aliases: &'f [Alias], domain: &DomainName) -> Option<&'f str> {
    Keeper::of(aliases, domain).filter(|keeper| !keeper.is_own).map(|keeper| keeper.target)
}

/// The last labels of a name: enough to see that two names are of one company.
fn organisation(name: &str) -> &str {
    let mut dots = name.rmatch_indices('.').map(|(at, _)| at);
    let second = dots.nth(1);
    match second {
        Some(at) if !crate::name::public_suffix::is_public_suffix(&name[at + 1..]) => &name[at + 1..],
        Some(_) => dots.next().map_or(name, |at| &name[at + 1..]),
        None => name,
    }
}
