//! A domain that nothing was looked up of: it does not exist yet, or there is no network.

use super::decision::Decision;
use super::goal::MoveTo;
use super::proposal::PolicyDecision;
use crate::evidence::{Answer, Evidence, Observation, Outcome, Rcode, Record};
use crate::lookup::{Lookup, Question, RecordType};
use crate::name::DomainName;
use crate::text::time::Timestamp;

/// What would be seen of a domain whose mail goes there, and which has nothing else.
pub(super) fn imagined(domain: DomainName, now: Timestamp, mail: &MoveTo) -> Evidence {
    let host = domain.policy_host();
    let absent = || Answer { rcode: Rcode::NAME_ERROR, ..Answer::default() };
    let mx = hosts(mail).map(|exchange| Record::Mx { preference: 10, exchange }).collect();
    let answers = [
        (domain.announce_name(), RecordType::Txt, absent()),
        (host.as_str().to_owned(), RecordType::A, absent()),
        (host.as_str().to_owned(), RecordType::Aaaa, absent()),
        (domain.as_str().to_owned(), RecordType::Mx, Answer { records: mx, ..Answer::default() }),
        (domain.tlsrpt_name(), RecordType::Txt, absent()),
    ];
    let observations = answers.map(|(name, rtype, answer)| Observation {
        lookup: Lookup::Dns(Question::new(name, rtype)),
        outcome: Outcome::Answer(answer),
        took_ms: 0,
    });
    Evidence { observations: observations.into(), ..Evidence::new(domain, now) }
}

/// Takes out of a decision what was made up to get there, so that it is not told as if it had been seen.
pub(super) fn forget_made_up(decision: &mut Decision, mail: &MoveTo) {
    let live = &mut decision.live;
    live.mx.retain(|host| mail.lines().lines.iter().any(|line| line.hosts.contains(host)));
    live.not_allowed.clone_from(&live.mx);
    if let PolicyDecision::Serve(proposal) = &mut decision.policy {
        for line in &mut proposal.lines {
            line.hosts.retain(|host| live.mx.contains(host));
        }
    }
}

/// MX hosts that call for these very lines.
fn hosts(mail: &MoveTo) -> impl Iterator<Item = String> {
    let made_up = |pattern: &str| match pattern.strip_prefix('*') {
        Some(base) => format!("mx{base}"),
        None => pattern.to_owned(),
    };
    mail.lines().lines.iter().flat_map(move |line| match line.hosts.as_slice() {
        [] => vec![made_up(&line.pattern)],
        hosts => hosts.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advice::decision;
    use crate::advice::goal::Goal;
    use crate::evaluate::findings;
    use crate::facts::Facts;
    use crate::mend::dns_console::DnsConsole;

    /// What a check finds there must not change the plan, which is made without.
    #[test]
    fn no_finding_changes_a_plan_ahead() {
        let now: Timestamp = "2026-11-24T09:30:00Z".parse().expect("a time");
        let providers = MoveTo::providers().into_iter().map(|provider| provider.id);
        let typed = [
            "mx1.mail-host.net",
            "mx1.mail-host.net,mx2.mail-host.net,mx3.other-host.org",
            "shop.com.au,mail.shop.com.au",
            "shop-example.mail.protection.outlook.com,aspmx.l.google.com,mx1.mail-host.net",
            "google,proton,tuta,fastmail",
            "mx.net,localhost.localdomain,a.b.c.d.e.example",
        ];
        let mut tried = 0;
        for to in providers.chain(typed.map(str::to_owned)) {
            let Ok(mail) = MoveTo::parse(&to) else { panic!("{to}") };
            for domain in ["shop.com.au", "mail.shop.com.au", "xn--bcher-laden-thb.de", "mx1.mail-host.net"] {
                let domain = DomainName::from_ascii(domain).expect("a domain");
                let evidence = imagined(domain, now, &mail);
                let facts = Facts::read(&evidence, now);
                let console = DnsConsole::of(&facts);
                let found = findings(&evidence, now);
                let with = |found| decision::of(&evidence.domain, &facts, &console, found, now, &Goal::RollOut);
                assert_eq!(with(&found), with(&[]), "{to}");
                tried += usize::from(!found.is_empty());
            }
        }
        assert!(tried > 40, "{tried}");
    }
}
