//! Every scenario, grouped by what it is about.

mod advised;
mod announce_record;
mod dane;
mod delegation;
mod dnssec;
mod domain;
mod hostile_dns;
mod hostile_host;
mod inside;
mod live_mx;
mod misplaced;
mod mode;
mod mx_records;
mod policy_fetch;
mod policy_host;
mod tls;
mod tlsrpt;

use crate::scenario::Scenario;

pub(crate) fn all() -> Vec<Scenario> {
    [
        dnssec::scenarios(),
        mode::scenarios(),
        domain::scenarios(),
        announce_record::scenarios(),
        misplaced::scenarios(),
        dane::scenarios(),
        delegation::scenarios(),
        policy_host::scenarios(),
        tls::scenarios(),
        policy_fetch::scenarios(),
        mx_records::scenarios(),
        live_mx::scenarios(),
        tlsrpt::scenarios(),
        advised::scenarios(),
        inside::scenarios(),
        inside::other_ways(),
        hostile_host::scenarios(),
        hostile_dns::scenarios(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const VERDICTS: [&str; 10] = [
        "enforced",
        "at-risk",
        "blocking",
        "testing",
        "disabled",
        "broken",
        "missing",
        "not-applicable",
        "no-such-domain",
        "inconclusive",
    ];
    /// Names that mean nothing in public DNS, so the product refuses them (RFC 6761, RFC 7686, RFC 8375).
    const SPECIAL: [&str; 6] = ["test", "example", "invalid", "localhost", "onion", "local"];

    #[test]
    fn names_and_domains_are_unique() {
        let all = all();
        let names: HashSet<_> = all.iter().map(|scenario| scenario.name).collect();
        let domains: HashSet<_> = all.iter().map(|scenario| &scenario.domain).collect();
        assert_eq!((names.len(), domains.len()), (all.len(), all.len()));
    }

    #[test]
    fn every_scenario_says_what_must_and_what_must_not_be_found() {
        for scenario in all() {
            assert!(!scenario.must.is_empty() && !scenario.must_not.is_empty(), "{}", scenario.name);
            assert!(scenario.must.iter().all(|rule| !scenario.must_not.contains(rule)), "{}", scenario.name);
            assert!(VERDICTS.contains(&scenario.verdict), "{}: {}", scenario.name, scenario.verdict);
        }
    }

    #[test]
    fn no_domain_is_special_use() {
        for scenario in all() {
            let last = scenario.domain.rsplit('.').next().unwrap();
            assert!(scenario.domain.contains('.') && !SPECIAL.contains(&last), "{}", scenario.domain);
            assert!(!scenario.domain.starts_with("example."), "{}", scenario.domain);
        }
    }

    #[test]
    fn domains_are_written_as_dns_has_them() {
        for scenario in all() {
            assert!(
                scenario.domain.is_ascii() && scenario.domain == scenario.domain.to_lowercase(),
                "{}",
                scenario.domain
            );
        }
    }
}
