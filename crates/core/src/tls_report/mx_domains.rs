//! Which mail domain a DANE policy is of. It names a mail server, and senders as Postfix report it under that server's name
//! (RFC 8460 §4.4, RFC 7672 §2.2.1).

use super::model::{Policy, PolicyType, Report};
use crate::report;
use crate::text::order;

/// The mail servers of the domains that reports, or a check, name.
pub(super) struct MxDomains<'r> {
    /// Hosts, and what stands behind the star of a pattern, each with a domain; in order.
    hosts: Vec<(&'r str, &'r str)>,
    /// Domains with other policies than those of DANE, in order.
    mail: Vec<&'r str>,
}

impl<'r> MxDomains<'r> {
    pub(super) fn read(reports: &[&'r Report], check: Option<&'r report::Report>) -> Self {
        let (mut hosts, mut mail) = (Vec::new(), Vec::new());
        for policy in reports.iter().flat_map(|report| &report.policies).filter(|policy| is_of_mail(policy)) {
            mail.push(policy.domain.as_str());
            let failing = policy.failures.iter().map(|failure| failure.mx_host.as_str());
            let allowed = policy.mx_hosts.lines().chain(policy.values("mx"));
            let allowed = allowed.map(|host| host.strip_prefix('*').unwrap_or(host));
            hosts.extend(failing.chain(allowed).map(|host| (host, policy.domain.as_str())));
        }
        if let Some(check) = check {
            mail.push(check.domain.as_str());
            hosts.extend(check.mx.iter().map(|mx| (mx.host.trim_end_matches('.'), check.domain.as_str())));
        }
        order::sort_long(&mut hosts, &|one, other| one < other);
        hosts.dedup();
        order::sort_long(&mut mail, &|one, other| one < other);
        mail.dedup();
        Self { hosts, mail }
    }

    /// The domain that a policy of a report is of; `asked` is the one that is asked about.
    pub(super) fn of(&self, report: &'r Report, policy: &'r Policy, asked: Option<&'r str>) -> &'r str {
        let named = policy.domain.as_str();
        let is_mail = asked == Some(named) || self.mail.binary_search(&named).is_ok();
        if policy.policy_type != PolicyType::Tlsa || named.is_empty() || is_mail {
            return named;
        }
        if let Some(asked) = asked {
            let is_below = named.strip_suffix(asked).is_some_and(|before| before.ends_with('.'));
            if is_below || self.of_host(named).any(|domain| domain == asked) {
                return asked;
            }
        }
        let mut beside =
            report.policies.iter().filter(|policy| is_of_mail(policy)).map(|policy| policy.domain.as_str());
        match beside.next() {
            Some(first) if beside.all(|domain| domain == first) => return first,
            None if !report.domain.is_empty() => return &report.domain,
            _ => {}
        }
        let mut domains = self.of_host(named);
        domains.next().filter(|first| domains.all(|domain| domain == *first)).unwrap_or(named)
    }

    fn of_host(&self, host: &'r str) -> impl Iterator<Item = &'r str> {
        let parent = host.find('.').and_then(|dot| host.get(dot..)).unwrap_or_default();
        [host, parent].into_iter().flat_map(|key| {
            let start = self.hosts.partition_point(|(host, _)| *host < key);
            self.hosts.iter().skip(start).take_while(move |(host, _)| *host == key).map(|(_, domain)| *domain)
        })
    }
}

fn is_of_mail(policy: &Policy) -> bool {
    policy.policy_type != PolicyType::Tlsa && !policy.domain.is_empty()
}
