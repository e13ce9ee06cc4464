//! Plans for a domain that nothing was looked up of.

use mta_sts_core::advice::{LineSource, LiveState, MoveTo, MoveToError, PolicyProposal, RecordAction, advise_ahead};
use mta_sts_core::lint;
use proptest::prelude::*;

use super::*;

fn ahead(to: &str) -> Advice {
    let domain = DomainName::from_ascii(DOMAIN).expect("a domain");
    advise_ahead(domain, now(), &MoveTo::parse(to).expect(to))
}

/// The policy of what is advised, in words.
fn proposed(advice: &Advice) -> &PolicyProposal {
    match &advice.policy {
        PolicyAdvice::Serve(proposal) => proposal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn from_nothing_it_is_what_a_domain_with_these_mail_servers_would_be_told() {
    let hosts = ["mx1.mail-host.net", "mx2.mail-host.net", "shop-example.mail.protection.outlook.com"];
    let seen = told(&with_mx(&hosts));
    let advice = ahead(&hosts.join(", "));
    assert_eq!((&advice.policy, &advice.records, &advice.plan), (&seen.policy, &seen.records, &seen.plan));
    assert_eq!(advice.hosting, seen.hosting);
    assert_eq!((advice.live.state, &advice.live.mx), (LiveState::Nothing, &seen.live.mx));
}

#[test]
fn every_provider_to_choose_from_gives_a_whole_plan() {
    let providers = MoveTo::providers();
    assert!(providers.windows(2).all(|pair| pair[0].name < pair[1].name), "by name: {providers:?}");
    for provider in providers {
        if provider.id == "microsoft" {
            // Its console alone shows the server.
            let advice = ahead("microsoft");
            assert!(
                matches!(advice.policy, PolicyAdvice::Unknown { .. }) && advice.plan.steps.is_empty(),
                "{advice:?}"
            );
            assert!(advice.records.is_empty() && advice.hosting.is_empty(), "{advice:?}");
            continue;
        }
        let advice = ahead(&provider.id);
        let proposal = proposed(&advice);
        assert_sound_policy(&proposal.text);
        assert_eq!(advice.providers.mail, [provider], "the mail is theirs, and nobody's besides");
        for line in &proposal.lines {
            assert!(line.source != LineSource::Live && line.hosts.is_empty(), "no host is made up: {line:?}");
        }
        assert!(advice.live.mx.is_empty() && advice.live.not_allowed.is_empty(), "{:?}", advice.live);
        assert!(advice.records.iter().all(|record| record.action == RecordAction::Add), "{:?}", advice.records);
        assert!(advice.plan.steps.len() >= 6 && !advice.hosting.is_empty(), "{:?}", advice.plan.summary);
        let made_up = advice.plan.steps.iter().flat_map(|step| &step.text).find(|text| text.contains("mx.mail."));
        assert_eq!(made_up, None);
    }
}

#[test]
fn a_provider_that_serves_policies_is_named_ahead_too() {
    assert!(proposed(&ahead("tuta")).delegation.is_some());
    assert!(proposed(&ahead("proton")).delegation.is_none());
}

#[test]
fn it_has_to_be_said_where_mail_goes() {
    for nowhere in ["", " , ", "nobody", "192.0.2.1", "*.mail-host.net"] {
        assert_eq!(MoveTo::parse(nowhere), Err(MoveToError::AsParameter), "{nowhere:?}");
    }
}

#[test]
fn names_are_read_as_people_type_them() {
    let typed = |text: &str| MoveTo::typed(text);
    let named = MoveTo::parse("mx1.mail-host.net,mx2.mail-host.net");
    for text in [
        "mx1.mail-host.net, mx2.mail-host.net",
        " MX1.mail-host.net.;mx2.mail-host.net",
        "mx1.mail-host.net\r\nmx2.mail-host.net\n",
    ] {
        assert_eq!(typed(text), named, "{text:?}");
    }
    assert_eq!(typed("google"), MoveTo::parse("google"));
    for text in ["", "our server", "192.0.2.1", "mx1.mail-host.net/"] {
        assert_eq!(typed(text), Err(MoveToError::AsTyped), "{text:?}");
    }
}

proptest! {
    #[test]
    fn whatever_is_named_comes_out_as_a_sound_policy(
        hosts in proptest::collection::vec("[a-zA-Z0-9]{1,12}(-[a-z]{1,4})?(\\.[a-z]{2,9}){1,4}\\.?", 1..20),
    ) {
        let Ok(mail) = MoveTo::parse(&hosts.join(",")) else { return Ok(()) };
        let domain = DomainName::from_ascii(DOMAIN).expect("a domain");
        let advice = advise_ahead(domain, now(), &mail);
        let policy = proposed(&advice);
        prop_assert!(lint::policy(policy.text.as_bytes(), |_| None).valid, "{}", policy.text);
        for host in &advice.live.mx {
            let allowed = policy.lines.iter().any(|line| MxPattern::parse(&line.pattern).is_ok_and(|p| p.matches(host)));
            prop_assert!(allowed, "{host} is not in {}", policy.text);
        }
        prop_assert!(advice.plan.calendar.ends_with("END:VCALENDAR\r\n"));
    }
}
