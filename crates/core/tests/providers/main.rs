//! Every provider that is known: from MX and NS records to who it is, what to publish, and what to do in which console.

mod known;

use std::collections::BTreeSet;

use known::{DNS, KNOWN, MAIL};
use mta_sts_core::Timestamp;
use mta_sts_core::advice::{Goal, PolicyDecision, Sentence, advise, decide};
use mta_sts_core::evaluate;
use mta_sts_core::evidence::{Cause, Record};
use mta_sts_core::lint;
use mta_sts_core::lookup::RecordType;
use mta_sts_core::providers::{self, Provider};
use mta_sts_core::published::policy::mx_pattern::MxPattern;
use mta_sts_core::report::{Finding, Report};
use mta_sts_core::scenario::{CHECKED_AT, World};

const DOMAIN: &str = "shop.com.au";

fn now() -> Timestamp {
    CHECKED_AT.parse().expect("a time")
}

fn report(world: &World) -> Report {
    evaluate(&world.check(), now())
}

fn finding<'r>(report: &'r Report, rule: &str) -> &'r Finding {
    report.findings.iter().find(|finding| finding.rule == rule).unwrap_or_else(|| panic!("{rule} in {report:#?}"))
}

/// What is to be pasted under a label, in any of the finding's ways to mend it.
fn pasted(finding: &Finding, label: &str) -> Vec<String> {
    let copies = finding.fix.iter().flat_map(|fix| &fix.copy);
    copies.filter(|copy| copy.label == label).map(|copy| copy.text.clone()).collect()
}

fn steps(finding: &Finding) -> String {
    finding.fix.iter().flat_map(|fix| &fix.steps).cloned().collect::<Vec<_>>().join("\n")
}

/// A domain with mail servers and nothing of MTA-STS.
fn with_mx(hosts: &[&str]) -> World {
    hosts.iter().fold(World::new(DOMAIN), |world, host| world.mx(10, host).address(host, "192.0.2.25"))
}

/// A domain with these name servers and nothing else to it but mail.
fn with_ns(zone: &str, servers: &[&str]) -> World {
    let ns = |world: World, server: &&str| world.record(zone, RecordType::Ns, Record::Ns((*server).to_owned()));
    servers.iter().fold(with_mx(&["mx1.mail-host.net"]).zone(zone), ns)
}

fn policy_of(mode: &str, lines: &[&str], max_age: u32) -> String {
    format!("version: STSv1\nmode: {mode}\nmx: {}\nmax_age: {max_age}\n", lines.join("\nmx: "))
}

#[test]
fn every_provider_is_among_those_that_the_tests_know() {
    let ids = |providers: &mut dyn Iterator<Item = Provider>| providers.map(|provider| provider.id).collect();
    let (mail, dns): (BTreeSet<String>, BTreeSet<String>) =
        (ids(&mut providers::mail_providers()), ids(&mut providers::dns_hosts()));
    assert_eq!(mail, MAIL.iter().map(|(_, id, _)| (*id).to_owned()).collect());
    assert_eq!(dns, DNS.iter().map(|(_, id, _)| (*id).to_owned()).collect());
}

#[test]
fn each_mail_provider_is_known_and_gets_a_policy_that_fits() {
    for (hosts, provider, lines) in MAIL {
        let world = with_mx(hosts);
        let report = report(&world);
        let ids: Vec<&str> = report.providers.mail.iter().map(|provider| provider.id.as_str()).collect();
        assert_eq!(ids, [*provider], "{hosts:?}");

        // The finding and the advice say the same.
        let missing = finding(&report, "record-missing");
        let [policy] = pasted(missing, "Text of the policy file").try_into().expect("one policy");
        let decision = decide(&world.check(), now(), &Goal::RollOut);
        let PolicyDecision::Serve(proposal) = &decision.policy else { panic!("{:?}", decision.policy) };
        assert_eq!(policy, proposal.text, "{hosts:?}");
        assert_eq!(policy, policy_of("testing", lines, 86_400), "{hosts:?}");

        // What comes out is read as it is meant, and allows those hosts.
        let found = lint::policy(policy.as_bytes(), |_| None);
        assert!(found.valid && found.usable && found.corrected.is_none(), "{policy}{:?}", found.findings);
        let patterns: Vec<MxPattern> = lines.iter().map(|line| MxPattern::parse(line).expect(line)).collect();
        for host in *hosts {
            assert!(patterns.iter().any(|pattern| pattern.matches(host)), "{host}");
        }

        // Unverified lines are tested, and enforced only once their owner has been asked.
        let mut sentences = decision.plan.tasks.iter().flat_map(|task| &task.sentences);
        let asks = sentences.any(|sentence| matches!(sentence, Sentence::AskForCertificates { .. }));
        assert_eq!(asks, !KNOWN.contains(provider), "{hosts:?}");
        assert!(missing.fix[0].steps.len() >= 3, "{:?}", missing.fix);
    }
}

#[test]
fn a_domain_without_mx_records_gets_a_policy_for_its_own_address() {
    let world = World::new(DOMAIN).address(DOMAIN, "203.0.113.25");
    let report = report(&world);
    let missing = finding(&report, "record-missing");
    assert_eq!(pasted(missing, "Text of the policy file"), [policy_of("testing", &[DOMAIN], 86_400)]);
    let url = "https://mta-sts.shop.com.au/.well-known/mta-sts.txt";
    assert_eq!(pasted(missing, "Address of the policy file"), [url]);
    let PolicyDecision::Serve(proposal) = decide(&world.check(), now(), &Goal::RollOut).policy else {
        panic!("a policy")
    };
    assert_eq!(pasted(missing, "Text of the policy file"), [proposal.text]);
}

#[test]
fn a_policy_of_these_lines_protects_the_domain() {
    for (hosts, _, lines) in MAIL {
        let world = with_mx(hosts)
            .announce("v=STSv1; id=20261101T0800;")
            .host("203.0.113.80")
            .policy(&policy_of("enforce", lines, 2_592_000));
        let report = report(&world);
        assert_eq!(report.verdict, mta_sts_core::report::Verdict::Enforced, "{hosts:?}");
        let about_lines = |finding: &&Finding| {
            finding.rule.starts_with("mx-pattern-") && finding.outcome == mta_sts_core::report::Outcome::Fail
        };
        assert_eq!(report.findings.iter().find(about_lines), None, "{hosts:?}");
    }
}

#[test]
fn a_name_that_only_looks_like_a_provider_s_is_nobody_s() {
    for host in [
        "mx.notzoho.com",
        "zoho.com.evil.net",
        "aspmx.l.google.com.evil.net",
        "mail-protection-outlook.com",
        "mimecast.com.au",
        "ec2-1-2-3-4.us-east-1.compute.amazonaws.com",
    ] {
        assert_eq!(report(&with_mx(&[host])).providers.mail, [], "{host}");
    }
}

#[test]
fn a_gateway_comes_before_the_mailboxes_behind_it() {
    let report = report(&with_mx(&["au-smtp-inbound-1.mimecast.com", "shop-com-au.mail.protection.outlook.com"]));
    let ids: Vec<&str> = report.providers.mail.iter().map(|provider| provider.id.as_str()).collect();
    assert_eq!(ids, ["mimecast", "microsoft"]);
    finding(&report, "mx-mixed-providers");
}

#[test]
fn a_forgotten_server_gets_the_lines_of_its_provider() {
    let enforced = |hosts: &[&str], lines: &str| {
        with_mx(hosts)
            .announce("v=STSv1; id=1;")
            .host("203.0.113.80")
            .policy(&format!("version: STSv1\nmode: enforce\n{lines}max_age: 2592000\n"))
    };
    let google = enforced(&["aspmx.l.google.com", "alt1.aspmx.l.google.com"], "mx: aspmx.l.google.com\n");
    let report_of = report(&google);
    assert_eq!(
        pasted(finding(&report_of, "mx-some-unmatched"), "Lines for the policy file"),
        ["mx: *.aspmx.l.google.com\n"]
    );

    let microsoft = enforced(&["shop.a-v1.mx.microsoft"], "mx: *.mx.microsoft\n");
    let report_of = report(&microsoft);
    for rule in ["mx-none-match", "mx-pattern-wildcard-depth"] {
        let lines = pasted(finding(&report_of, rule), "Lines for the policy file");
        assert_eq!(lines, ["mx: shop.a-v1.mx.microsoft\n"], "{rule}");
    }
}

#[test]
fn what_a_mail_provider_offers_stands_beside_the_rule_s_own_steps() {
    let tuta = report(&with_mx(&["mail.tutanota.de"]));
    let missing = finding(&tuta, "record-missing");
    assert_eq!(pasted(missing, "Host of the CNAME record"), ["_mta-sts", "mta-sts"]);
    assert_eq!(pasted(missing, "Target of the CNAME record"), ["_mta-sts.tutanota.com", "mta-sts.tutanota.com"]);

    let google = report(&with_mx(&["smtp.google.com"]));
    assert!(steps(finding(&google, "record-missing")).contains("answer/9276511"));

    let nobody = report(&with_mx(&["mx1.mail-host.net"]));
    assert_eq!(finding(&nobody, "record-missing").fix.len(), 1);
    let mixed = report(&with_mx(&["mail.tutanota.de", "mx1.mail-host.net"]));
    assert_eq!(finding(&mixed, "record-missing").fix.len(), 1, "Tuta's policy would not allow the other server");
}

#[test]
fn tuta_does_not_offer_what_the_domain_has_taken() {
    let offered = |world: World, rule: &str| {
        let report = report(&world);
        finding(&report, rule).fix.iter().any(|fix| fix.title.contains("Tuta"))
    };
    let (record, host) = ("_mta-sts.shop.com.au", "mta-sts.shop.com.au");
    let mail = || with_mx(&["mail.tutanota.de"]);
    let to_tuta = || mail().alias(record, "_mta-sts.tutanota.com");
    assert!(!offered(to_tuta(), "record-cname-dangling"), "the same alias again mends nothing");
    assert!(offered(mail().alias(record, "gone.elsewhere.net"), "record-cname-dangling"));
    let announced = || to_tuta().txt("_mta-sts.tutanota.com", "v=STSv1; id=1;");
    assert!(offered(announced(), "policy-host-missing"), "half of it is there");
    assert!(!offered(announced().alias(host, "mta-sts.tutanota.com"), "policy-host-cname-dangling"));
    let whole = announced().alias(host, "mta-sts.tutanota.com").address("mta-sts.tutanota.com", "203.0.113.7");
    assert!(!offered(whole.status(404, "Nothing here"), "policy-not-found"));
}

#[test]
fn cloudflare_s_policy_is_served_before_it_is_announced_and_said_to_be_enforced() {
    let mail = || with_mx(&["route1.mx.cloudflare.net"]);
    let report_of = report(&mail());
    let fix = &finding(&report_of, "record-missing").fix[1];
    let labels: Vec<&str> = fix.copy.iter().map(|copy| copy.label.as_str()).collect();
    assert_eq!(
        labels,
        ["Worker", "Custom domain of the Worker", "Host of the CNAME record", "Target of the CNAME record"]
    );
    assert_eq!((&*fix.copy[1].text, &*fix.copy[3].text), ("mta-sts.shop.com.au", "_mta-sts.mx.cloudflare.net"));
    let at =
        |text: &str| fix.steps.iter().position(|step| step.contains(text)).unwrap_or_else(|| panic!("{text}: {fix:?}"));
    assert_eq!(at("enforced at once"), 0);
    // RFC 8461 §8.1: the file first, then the record; and nothing stands beside an alias.
    assert!(at("delete the records of the host mta-sts,") < at("delete what stands under the host _mta-sts"));

    let taken = || {
        let target = "_mta-sts.mx.cloudflare.net";
        mail().alias("_mta-sts.shop.com.au", target).txt(target, "v=STSv1; id=20230615T153000;")
    };
    let report_of = report(&taken());
    let [_, worker] = finding(&report_of, "policy-host-missing").fix.as_slice() else { panic!("{report_of:#?}") };
    assert!(worker.copy.iter().all(|copy| copy.label.contains("Worker")), "the alias is there: {worker:?}");
    assert!(worker.steps[0].contains("enforced at once"));
}

#[test]
fn microsoft_s_dane_is_offered_as_far_as_it_is_not_there() {
    let dane = |world: World| {
        let report = report(&world);
        let dane = finding(&report, "dane-absent").clone();
        (pasted(&dane, "Command"), steps(&dane))
    };
    let both =
        ["Enable-DnssecForVerifiedDomain -DomainName shop.com.au", "Enable-SmtpDaneInbound -DomainName shop.com.au"];
    let old = || with_mx(&["shop-com-au.mail.protection.outlook.com"]);
    let (commands, told) = dane(old());
    assert_eq!(commands, both);
    assert!(told.contains("It needs DNSSEC first."), "{told}");
    let (commands, told) = dane(old().signed().unsigned("_25._tcp.shop-com-au.mail.protection.outlook.com"));
    assert_eq!(commands, both);
    assert!(!told.contains("DNSSEC"), "the domain is signed: {told}");

    let new = "shop-com-au.a-v1.mx.microsoft";
    assert_eq!(dane(with_mx(&[new]).signed()).0, both[1..], "the server is there");
    assert_eq!(dane(with_mx(&[new])).0, [""; 0], "and the domain unsigned");

    // With DANE there, only the domain's own DNSSEC is missing, and the rule says so.
    let there = with_mx(&[new]).signed().unsigned(DOMAIN).tlsa(new, 3, 1, &[7; 32]);
    let report = report(&there);
    let finding = finding(&report, "dane-mx-insecure");
    assert_eq!((finding.fix.len(), pasted(finding, "Command")), (1, vec![]));
}

#[test]
fn each_dns_host_is_known_and_its_steps_lead_there() {
    for (servers, id, place) in DNS {
        let report = report(&with_ns(DOMAIN, servers));
        assert_eq!(report.providers.dns.as_ref().map(|host| host.id.as_str()), Some(*id), "{servers:?}");
        for (rule, host, label) in [
            ("record-missing", "_mta-sts", "_mta-sts.shop.com.au"),
            ("tlsrpt-missing", "_smtp._tls", "_smtp._tls.shop.com.au"),
        ] {
            let finding = finding(&report, rule);
            let steps = steps(finding);
            assert!(steps.contains(&format!("pen the DNS settings of shop.com.au {place} and")), "{steps}");
            assert!(steps.contains(&format!("Type only {host} as the host: ")), "{steps}");
            assert!(steps.contains(&format!("its full name must be {label}, with the domain in it once")), "{steps}");
            assert_eq!(pasted(finding, "Host of the TXT record"), [host]);
            assert_eq!(pasted(finding, "Host, where the console wants the full name"), [""; 0]);
        }
    }
}

#[test]
fn of_an_unknown_dns_host_no_more_is_said_than_is_known() {
    let report = report(&with_ns(DOMAIN, &["ns1.shop-hosting.net"]));
    assert_eq!(report.providers.dns, None);
    let missing = finding(&report, "record-missing");
    assert!(steps(missing).contains("Many consoles add the domain to the host by themselves."));
    assert_eq!(pasted(missing, "Host, where the console wants the full name"), ["_mta-sts.shop.com.au"]);
    assert!(steps(finding(&report, "dnssec-unsigned")).contains("See whether your DNS host offers DNSSEC"));
}

#[test]
fn route_53_gets_its_quotation_marks() {
    let report = report(&with_ns(DOMAIN, &["ns-123.awsdns-45.com"]));
    let missing = finding(&report, "record-missing");
    let value = pasted(missing, "Value of the TXT record, quotation marks included");
    assert!(
        matches!(value.as_slice(), [one] if one.starts_with("\"v=STSv1; id=") && one.ends_with(";\"")),
        "{value:?}"
    );
    assert_eq!(pasted(missing, "Value of the TXT record"), [""; 0]);
}

#[test]
fn names_are_relative_to_the_zone_that_they_are_in() {
    let world = World::new("mail.shop.com.au")
        .zone(DOMAIN)
        .record(DOMAIN, RecordType::Ns, Record::Ns("amy.ns.cloudflare.com".to_owned()))
        .mx(10, "mx1.mail-host.net");
    let found = report(&world);
    assert_eq!(found.providers.dns.as_ref().map(|host| host.id.as_str()), Some("cloudflare"));
    let missing = finding(&found, "record-missing");
    assert_eq!(pasted(missing, "Host of the TXT record"), ["_mta-sts.mail"]);
    let steps = steps(missing);
    assert!(
        steps.contains("Type only _mta-sts.mail as the host: Cloudflare adds shop.com.au to it by itself."),
        "{steps}"
    );
    assert!(steps.contains("_mta-sts.mail.shop.com.au, with the domain in it once"), "{steps}");

    let advice = advise(&world.check(), now(), &Goal::RollOut);
    let hosts: Vec<&str> = advice.records.iter().map(|record| record.host.as_str()).collect();
    assert_eq!(hosts, ["_mta-sts.mail", "_smtp._tls.mail"]);
    let plan = decide(&world.check(), now(), &Goal::RollOut).plan;
    let sentences = plan.tasks.iter().flat_map(|task| &task.sentences);
    let texts = advice.plan.steps.iter().flat_map(|step| &step.text);
    let mut setting = sentences.zip(texts).filter(|(sentence, _)| **sentence == Sentence::SetAnnounceRecord);
    let is_relative = |text: &str| text.contains("_mta-sts.mail") && !text.contains("_mta-sts.mail.shop.com.au");
    assert!(setting.clone().count() > 0 && setting.all(|(_, text)| is_relative(text)), "{advice:?}");
    assert!(advice.hosting.iter().filter_map(|way| way.record.as_ref()).all(|record| record.host == "mta-sts.mail"));
}

#[test]
fn the_policy_host_too_is_relative_to_the_zone() {
    let world = World::protected("mail.shop.com.au").zone(DOMAIN);
    let not_found = report(&world.clone().status(404, "Nothing here"));
    let told = steps(finding(&not_found, "policy-not-found"));
    assert!(told.contains("on the host mta-sts.mail."), "{told}");
    let redirected = report(&world.clone().status(301, ""));
    let told = steps(finding(&redirected, "policy-redirect"));
    assert!(told.contains("for the host mta-sts.mail: to www"), "{told}");
    for rule in mta_sts_core::rules::all() {
        let own = mta_sts_core::rules::explanation(rule).steps;
        let fixed = own.iter().find(|step| step.contains("host mta-sts") || step.contains("why mta-sts"));
        assert_eq!(fixed, None, "{} knows no zone", rule.id);
    }
    let advice = advise(&world.check(), now(), &Goal::RollOut);
    let worker = advice.hosting.iter().find(|way| way.id == "cloudflare-worker").expect("a Worker");
    let said = &worker.steps[0];
    assert!(said.contains("mta-sts.mail") && !said.contains("mta-sts.mail.shop.com.au"), "{said}");
}

#[test]
fn dane_records_are_asked_for_where_the_mail_server_s_dns_is() {
    let world = World::protected(DOMAIN).tlsa("mx1.mail-host.net", 1, 1, &[7; 32]);
    let told = steps(finding(&report(&world), "dane-unusable"));
    assert!(
        told.starts_with("Ask whoever runs the mail server to publish TLSA records that begin with 3 1 1"),
        "{told}"
    );
}

#[test]
fn a_policy_that_is_switched_off_is_changed_with_a_new_id() {
    let off = "version: STSv1\nmode: none\nmax_age: 604800\n";
    let report = report(&World::protected(DOMAIN).policy(off));
    let long = finding(&report, "policy-none-long-max-age");
    assert!(steps(long).contains("give the _mta-sts record a new id"), "{}", steps(long));
    assert_eq!(pasted(long, "Value of the TXT record"), ["v=STSv1; id=20261124T0930;"]);
}

#[test]
fn a_policy_that_is_switched_off_is_not_tested_again_without_mail_servers() {
    let bare = "version: STSv1\nmode: none\nmax_age: 86400\n";
    let named = "version: STSv1\nmode: none\nmx: mx1.mail-host.net\nmax_age: 86400\n";
    let off = |policy| report(&World::protected(DOMAIN).policy(policy));
    let (bare, named) = (off(bare), off(named));
    let (bare, named) = (finding(&bare, "policy-mode-none"), finding(&named, "policy-mode-none"));
    assert!(steps(bare).contains("write an mx line for each of your mail servers"), "{}", steps(bare));
    assert_eq!(pasted(bare, "Lines for the policy file"), ["mx: mx1.mail-host.net\nmx: mx2.mail-host.net\n"]);
    assert!(!steps(named).contains("write an mx line"), "{}", steps(named));
    for finding in [bare, named] {
        assert_eq!(pasted(finding, "Value of the TXT record"), ["v=STSv1; id=20261124T0930;"]);
    }
}

#[test]
fn a_provider_that_was_left_is_not_asked_for_a_new_id() {
    let world = World::protected(DOMAIN)
        .without_mx()
        .mx(10, "smtp.google.com")
        .moved("_mta-sts.shop.com.au", "_mta-sts.tutanota.com")
        .moved("mta-sts.shop.com.au", "mta-sts.tutanota.com")
        .policy(&policy_of("enforce", &["mail.tutanota.de"], 604_800));
    let report = report(&world);
    let left = finding(&report, "delegation-policy-not-for-mx");
    assert!(!steps(left).contains("ask Tuta") && steps(left).contains("TXT record of your own"), "{}", steps(left));
    assert_eq!(pasted(left, "Value of the TXT record"), ["v=STSv1; id=20261124T0930;"]);
}

#[test]
fn dnssec_is_switched_on_where_it_is_offered_and_asked_for_where_it_is_not_known() {
    let told = |server: &str| steps(finding(&report(&with_ns(DOMAIN, &[server])), "dnssec-unsigned"));
    assert!(told("amy.ns.cloudflare.com").starts_with("Switch DNSSEC on for shop.com.au at Cloudflare."));
    assert!(told("ns1.nameserver.net.au").starts_with("Ask VentraIP whether they can sign shop.com.au"));
}

#[test]
fn the_web_host_of_the_policy_gets_steps_of_its_own() {
    let announced = |target: &str| {
        with_mx(&["mx1.mail-host.net"])
            .announce("v=STSv1; id=1;")
            .alias("mta-sts.shop.com.au", target)
            .address(target, "203.0.113.80")
    };
    let not_found =
        |target: &str| steps(finding(&report(&announced(target).status(404, "Nothing here")), "policy-not-found"));
    assert!(not_found("shop.github.io").contains(".nojekyll"));
    assert!(not_found("shop.netlify.app").contains("fallback page"));
    assert!(!not_found("web.shop-hosting.net").contains("nojekyll"));
    assert!(!not_found("shop.notgithub.io").contains("nojekyll"));
    let refused = report(&announced("shop.s3-website-us-east-1.amazonaws.com").fetch_fails(Cause::Connection));
    assert!(steps(finding(&refused, "policy-connect-failed")).contains("no HTTPS"));
}

#[test]
fn whatever_changes_the_policy_file_comes_with_a_new_id_to_paste() {
    let mut asked = 0;
    for scenario in mta_sts_core::scenario::scenarios() {
        let report = report(&scenario.world);
        let mut seen = BTreeSet::new();
        for finding in report.findings.iter().filter(|finding| seen.insert(finding.rule.as_str())) {
            let asks = steps(finding).contains("record a new id, so that senders");
            let behind_alias = report.record.as_ref().is_some_and(|record| record.cname.is_some());
            if asks && !behind_alias {
                let values = pasted(finding, "Value of the TXT record");
                let Some([value]) = values.first_chunk() else { panic!("{}: {finding:#?}", scenario.name) };
                let id = lint::record(value);
                assert!(id.valid && id.usable, "{value}");
                assert!(report.record.as_ref().is_none_or(|record| record.raw != *value), "{}", scenario.name);
                asked += 1;
            }
            for policy in pasted(finding, "The whole policy file") {
                let found = lint::policy(policy.as_bytes(), |_| None);
                assert!(found.valid && found.usable, "{}: {policy}", scenario.name);
            }
        }
    }
    assert!(asked > 30, "{asked}");
}

#[test]
fn a_policy_that_was_tested_is_given_enforced_where_it_fits() {
    let testing = "version: STSv1\nmode: testing\nmx: mx1.mail-host.net\nmx: mx2.mail-host.net\nmax_age: 86400\n";
    let fitting = report(&World::protected(DOMAIN).policy(testing));
    let [policy] = pasted(finding(&fitting, "policy-mode-testing"), "The whole policy file").try_into().expect("one");
    assert_eq!(policy, testing.replace("testing", "enforce").replace("86400", "604800"), "remembered for a week");
    // Nothing that would at once be found fault with; the order of the lines, and a longer time, stay.
    let orders = [
        ("max_age:86400\nversion: STSv1\nmx: *.mail-host.net\nmode: testing", "604800"),
        ("version: STSv1\nmode: testing\nmax_age: 2592000\nmx: *.mail-host.net\n", "2592000"),
    ];
    for (testing, age) in orders {
        let report = report(&World::protected(DOMAIN).policy(testing));
        let [policy] =
            pasted(finding(&report, "policy-mode-testing"), "The whole policy file").try_into().expect("one");
        assert_eq!(policy, testing.replace("testing", "enforce").replace("86400", age));
        let found = lint::policy(policy.as_bytes(), |_| None).findings;
        assert!(found.iter().all(|finding| finding.rule != "policy-max-age-short"), "{policy}");
    }
    let misfit = report(&World::protected(DOMAIN).policy(testing).mx(30, "backup.other-host.net"));
    assert_eq!(pasted(finding(&misfit, "policy-mode-testing"), "The whole policy file"), [""; 0]);
}
