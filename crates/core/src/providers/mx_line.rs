//! Which `mx:` lines allow some MX hosts (RFC 8461 §3.2, §4.1): the provider's own where they are known, and otherwise the
//! very hosts.

use serde::Serialize;

pub use super::row::LineSource;

use super::row::{Family, ends_with, names};
use super::table::{DOCUMENTED_HOSTS, FAMILIES, TOLD_BY_ID};
use super::{self as providers, Provider};
use crate::lookup::POLICY_LIMIT;
use crate::name::DomainName;
use crate::published::policy::mx_pattern::MxPattern;
use crate::published::policy::{self, Mode};
use crate::text::part;

/// How long a policy is remembered at first, in seconds: a day, so that a mistake in it is soon forgotten.
pub(crate) const FIRST_MAX_AGE: u32 = 86_400;

/// How long a policy is remembered that has just been enforced, at the least, in seconds: a week.
pub(crate) const ENFORCED_MAX_AGE: u32 = 7 * FIRST_MAX_AGE;

/// One `mx:` line of a proposed policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct MxLine {
    /// The pattern, as it stands after `mx: `.
    pub pattern: String,
    /// The MX hosts that it was asked for and allows; empty where the provider wants the line besides.
    pub hosts: Vec<String>,
    /// Who runs them, where that is known.
    pub provider: Option<Provider>,
    /// How it is known to be right.
    pub source: LineSource,
}

/// The lines for some MX hosts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lines {
    /// Each pattern once, in the order of the hosts.
    pub(crate) lines: Vec<MxLine>,
    /// Names that no line can have, since they are not host names.
    pub(crate) unlistable: Vec<String>,
}

impl Lines {
    /// Lines that together allow each of the hosts that a line can name, in the order of the hosts.
    pub(crate) fn for_hosts<'h>(hosts: impl IntoIterator<Item = &'h str>) -> Self {
        let mut found = Self::default();
        for host in hosts {
            let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
            match FAMILIES.iter().find(|(_, family)| family.allows(&host)) {
                Some((provider, family)) => found.add_family(provider, family, Some(&host)),
                None if is_host(&host) => {
                    let source = if is_documented(&host) { LineSource::Documented } else { LineSource::Live };
                    found.add(&host, Some(&host), providers::of_mx_host(&host), source);
                }
                None if !found.unlistable.contains(&host) => found.unlistable.push(host),
                None => {}
            }
        }
        found
    }

    /// A policy file of these lines; none where there is no line, or the file would be longer than senders need read.
    pub(crate) fn policy(&self, mode: Mode, max_age: u32) -> Option<String> {
        let text = policy::render(mode, self.patterns(), max_age);
        (!self.lines.is_empty() && text.len() <= POLICY_LIMIT).then_some(text)
    }

    /// The lines that all customers of a provider have; none where they differ or are not known.
    pub(crate) fn for_provider(id: &str) -> Option<Self> {
        let mut found = Self::default();
        for (provider, family) in FAMILIES.iter().filter(|(provider, _)| *provider == id && TOLD_BY_ID.contains(&id)) {
            found.add_family(provider, family, None);
        }
        (!found.lines.is_empty()).then_some(found)
    }

    /// Ids of the providers that [`Lines::for_provider`] knows.
    pub(crate) fn provider_ids() -> &'static [&'static str] {
        TOLD_BY_ID
    }

    /// These lines, and those of the others that are not among them.
    pub(crate) fn and(mut self, other: Self) -> Self {
        for line in other.lines {
            if !self.lines.iter().any(|known| known.pattern == line.pattern) {
                self.lines.push(line);
            }
        }
        self
    }

    /// The patterns, in order.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|line| line.pattern.as_str())
    }

    /// Whether every line is known to be right, and no host is left out.
    pub(crate) fn is_known(&self) -> bool {
        self.unlistable.is_empty() && self.unknown().next().is_none()
    }

    /// The patterns of lines that are no more than the name of a host.
    pub(crate) fn unknown(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().filter(|line| line.source == LineSource::Live).map(|line| line.pattern.as_str())
    }

    fn add_family(&mut self, provider: &str, family: &Family, host: Option<&str>) {
        for pattern in names(family.lines) {
            let allowed = host.filter(|host| MxPattern::parse(pattern).is_ok_and(|pattern| pattern.matches(host)));
            self.add(pattern, allowed, providers::mail_by_id(provider), family.source);
        }
    }

    fn add(&mut self, pattern: &str, host: Option<&str>, provider: Option<Provider>, source: LineSource) {
        let at = self.lines.iter().position(|line| line.pattern == pattern).unwrap_or_else(|| {
            self.lines.push(MxLine { pattern: pattern.to_owned(), hosts: Vec::new(), provider, source });
            self.lines.len() - 1
        });
        if let (Some(line), Some(host)) = (self.lines.get_mut(at), host)
            && !line.hosts.iter().any(|known| known == host)
        {
            line.hosts.push(host.to_owned());
        }
    }
}

impl Family {
    fn allows(&self, host: &str) -> bool {
        // What is not a host name can fit a wildcard by accident.
        is_host(host) && names(self.lines).any(|line| MxPattern::parse(line).is_ok_and(|pattern| pattern.matches(host)))
    }
}

/// What is known of each pattern of a policy: as of the lines that its MX hosts call for, and else no more than its name.
pub(crate) fn described(patterns: &[String], lines: &Lines) -> Vec<MxLine> {
    let of = |pattern: &String| {
        let known = lines.lines.iter().find(|line| line.pattern.eq_ignore_ascii_case(pattern)).cloned();
        known.unwrap_or_else(|| {
            let parsed = MxPattern::parse(pattern).ok();
            let allows = |host: &&String| parsed.as_ref().is_some_and(|pattern| pattern.matches(host));
            let of_hosts = lines.lines.iter().find(|line| line.hosts.iter().any(|host| allows(&host)));
            let (provider, source) =
                of_hosts.map_or((None, LineSource::Live), |line| (line.provider.clone(), line.source));
            let hosts = lines.lines.iter().flat_map(|line| &line.hosts).filter(allows).cloned().collect();
            MxLine { pattern: pattern.clone(), hosts, provider, source }
        })
    };
    patterns.iter().map(of).collect()
}

/// Whether a pattern can name it, and it is no pattern itself.
pub(crate) fn is_host(name: &str) -> bool {
    name.contains('.') && MxPattern::parse(name).is_ok_and(|pattern| !pattern.is_wildcard())
}

/// Every line and mail server that providers document.
fn all_documented() -> impl Iterator<Item = &'static str> {
    FAMILIES.iter().map(|(_, family)| family.lines).chain(DOCUMENTED_HOSTS.iter().copied()).flat_map(names)
}

/// Whether all mail servers that are documented below a wildcard's name have more parts than it allows.
pub(crate) fn is_short_of_all(pattern: &MxPattern) -> bool {
    if !pattern.is_wildcard() || pattern.is_too_broad() {
        return false;
    }
    let documented = all_documented();
    let mut above = documented.filter_map(|name| name.strip_suffix(pattern.base())?.strip_suffix('.')).peekable();
    above.peek().is_some() && above.all(|above| above.contains('.'))
}

/// The host that a name which leads nowhere was probably meant to be: a provider's, and near it.
pub(crate) fn meant(host: &str, domain: &DomainName) -> Option<String> {
    // Microsoft's host for a domain has a hyphen for each of its dots, and nobody knows what for its hyphens.
    if !domain.as_str().contains('-') {
        let own = format!("{}.{MICROSOFT}", domain.as_str().replace('.', "-"));
        let end = host.match_indices('.').rev().nth(MICROSOFT.split('.').count() - 1);
        let is_near_end = end.is_some_and(|(at, _)| is_near(part::from(host, at + 1), MICROSOFT));
        if own != host && is_near_end {
            return Some(own);
        }
    }
    let lines = all_documented();
    let hosts = lines.filter(|line| !line.contains('*'));
    hosts.chain(GOOGLE).find(|known| *known != host && is_near(host, known)).map(str::to_owned)
}

/// Microsoft's mail servers, one for each domain, are below this.
const MICROSOFT: &str = "mail.protection.outlook.com";

/// Google's servers that its lines have by a wildcard.
const GOOGLE: [&str; 4] =
    ["alt1.aspmx.l.google.com", "alt2.aspmx.l.google.com", "alt3.aspmx.l.google.com", "alt4.aspmx.l.google.com"];

/// Whether two names differ in one place, by two characters at most.
fn is_near(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let least = one.len().min(other.len());
    let begin = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let end = one.iter().rev().zip(other.iter().rev()).take(least - begin).take_while(|(a, b)| a == b).count();
    one.len().max(other.len()) - begin - end <= 2
}

/// Whether a provider documents it, one by one.
fn is_documented(host: &str) -> bool {
    let is = |known: &str| ends_with(host, known) && host.split('.').count() == known.split('.').count();
    DOCUMENTED_HOSTS.iter().flat_map(|hosts| names(hosts)).any(is)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(hosts: &[&str]) -> Vec<String> {
        Lines::for_hosts(hosts.iter().copied()).patterns().map(str::to_owned).collect()
    }

    #[test]
    fn each_provider_gets_its_lines() {
        let cases: [(&[&str], &[&str]); 14] = [
            (&["smtp.google.com"], &["smtp.google.com"]),
            (
                &["aspmx.l.google.com", "alt1.aspmx.l.google.com", "aspmx2.googlemail.com"],
                &["aspmx.l.google.com", "*.aspmx.l.google.com", "aspmx2.googlemail.com"],
            ),
            (&["gmail-smtp-in.l.google.com"], &["gmail-smtp-in.l.google.com"]),
            (&["shop-example.mail.protection.outlook.com"], &["*.mail.protection.outlook.com"]),
            (&["shop-com.o-v1.mx.microsoft"], &["shop-com.o-v1.mx.microsoft"]),
            (&["a.b.mail.protection.outlook.com"], &["a.b.mail.protection.outlook.com"]),
            (&["Route1.MX.cloudflare.net."], &["*.mx.cloudflare.net"]),
            (&["in2-smtp.messagingengine.com"], &["in1-smtp.messagingengine.com", "in2-smtp.messagingengine.com"]),
            (&["mail.protonmail.ch", "mailsec.protonmail.ch"], &["mail.protonmail.ch", "mailsec.protonmail.ch"]),
            (&["mx01.mail.icloud.com"], &["mx01.mail.icloud.com", "mx02.mail.icloud.com"]),
            (&["aspmx1.migadu.com"], &["aspmx1.migadu.com", "aspmx2.migadu.com"]),
            (&["mxext2.mailbox.org"], &["mxext2.mailbox.org"]),
            (&["shop.in.tmes-anz.trendmicro.com"], &["*.in.tmes-anz.trendmicro.com"]),
            (&["mx.zoho.eu", "mx2.zoho.eu", "mx.zoho.eu"], &["mx.zoho.eu", "mx2.zoho.eu"]),
        ];
        for (hosts, expected) in cases {
            assert_eq!(patterns(hosts), expected, "{hosts:?}");
        }
    }

    #[test]
    fn only_what_is_documented_or_seen_counts_as_known() {
        let known = |host: &str| Lines::for_hosts([host]).is_known();
        assert!(known("alt4.aspmx.l.google.com") && known("aspmx5.googlemail.com") && known("mxext1.mailbox.org"));
        assert!(known("shop-com.o-v1.mx.microsoft") && known("in1-smtp.messagingengine.com"));
        assert!(!known("mx.zoho.com") && !known("mail.shop.example") && !known("shop.mx.microsoft"));
        assert!(!known("a.mimecast.com") && !known("aspmx1.googlemail.com"));
    }

    #[test]
    fn no_line_is_made_of_what_is_not_a_host_name() {
        let found = Lines::for_hosts([
            "192.0.2.1",
            "mail_1.example.com",
            "*.example.com",
            "-a.example.com",
            "*.mx.cloudflare.net",
            "x",
        ]);
        assert_eq!(found.lines, []);
        assert_eq!(found.unlistable.len(), 6);
        assert!(!found.is_known());
    }

    #[test]
    fn no_line_is_wider_than_one_provider() {
        for (provider, family) in FAMILIES {
            assert!(providers::mail_by_id(provider).is_some(), "{provider}");
            for line in names(family.lines) {
                let pattern = MxPattern::parse(line).expect(line);
                assert!(!pattern.is_too_broad() && pattern.base().matches('.').count() >= 2 || !pattern.is_wildcard());
            }
        }
        let Lines { lines, .. } = Lines::for_hosts(["shop-com.o-v1.mx.microsoft", "x.mail.protection.outlook.com"]);
        assert!(lines.iter().all(|line| line.pattern != "*.mx.microsoft"));
        assert!(lines.iter().all(|line| line.provider.as_ref().is_some_and(|provider| provider.id == "microsoft")));
    }

    #[test]
    fn a_provider_that_is_moved_to_is_known_by_its_id() {
        for id in Lines::provider_ids() {
            let lines = Lines::for_provider(id).expect(id);
            assert!(lines.is_known() && lines.lines.iter().all(|line| line.hosts.is_empty()), "{id}");
        }
        // Whose hosts differ from customer to customer has to be told by them.
        for id in ["zoho", "mimecast", "trend-micro", "mailbox-org", "nobody", ""] {
            assert_eq!(Lines::for_provider(id), None, "{id}");
        }
    }
}
