//! Every provider that is known: from MX and NS records to who it is, what to publish, and what to do in which console.

mod known;

use std::collections::BTreeSet;

use known::{DNS, KNOWN, MAIL};
use mta_sts_core::Timestamp;
use mta_sts_core::advice::{Goal, PolicyDecision, RecordAction, Sentence, advise, decide};
use mta_sts_core::evaluate;
use mta_sts_core::evidence::{Cause, Record};
use mta_sts_core::lint;
use mta_sts_core::lookup::RecordType;
use mta_sts_core::mend::remedy::{Mended, PastePlace};
use mta_sts_core::name::labels::Txt;
use mta_sts_core::providers::mx_line::LineSource;
use mta_sts_core::providers::{self, Provider};
use mta_sts_core::published::policy::mx_pattern::MxPattern;
use mta_sts_core::report::{Finding, Report};
use mta_sts_core::rules::step::{Step, Target};
use mta_sts_core::scenario::{CHECKED_AT, World};

const DOMAIN: &str = "shop.com.au";

fn now() -> Timestamp {
    CHECKED_AT.parse().expect("a time")
}

fn report(world: &World) -> Report {
    evaluate(&world.check(), now())
}

/// What was found and what mends it, beside the same in words.
struct Told {
    mended: Mended,
    finding: Finding,
}

fn told(world: &World) -> Vec<Told> {
    let evidence = world.check();
    let both = evaluate::mended(&evidence, now()).into_iter().zip(evaluate(&evidence, now()).findings);
    both.map(|(mended, finding)| Told { mended, finding }).collect()
}

fn of<'t>(told: &'t [Told], rule: &str) -> &'t Told {
    told.iter().find(|told| told.mended.judged.rule.id == rule).unwrap_or_else(|| panic!("{rule} is told"))
}

impl Told {
    /// What is to be pasted at a place, in any of the ways to mend it.
    fn pasted(&self, place: PastePlace) -> Vec<&str> {
        self.mended.remedies.iter().flat_map(|remedy| remedy.pasted(place)).collect()
    }

    /// What the domain's providers offer.
    fn offers(&self) -> Vec<&'static str> {
        self.mended.remedies.iter().filter_map(|remedy| remedy.offer).collect()
    }

    /// The steps of the rule's own way, each with its sentence.
    fn own_steps(&self) -> Vec<(Step, &str)> {
        let Some((own, fix)) = self.mended.remedies.iter().zip(&self.finding.fix).find(|(own, _)| own.offer.is_none())
        else {
            return Vec::new();
        };
        own.steps.iter().map(|todo| todo.step).zip(fix.steps.iter().map(String::as_str)).collect()
    }

    /// The sentence of the first step that is like this.
    fn sentence(&self, is: impl Fn(Step) -> bool) -> &str {
        let step = self.own_steps().into_iter().find(|(step, _)| is(*step));
        step.unwrap_or_else(|| panic!("{:?}", self.mended)).1
    }
}

/// Whether a sentence names a host, which is no part of another name.
fn names(sentence: &str, host: &str) -> bool {
    sentence.split([' ', ',', ':']).any(|word| word.trim_end_matches('.') == host)
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
        let told = told(&world);
        let missing = of(&told, "record-missing");
        let [policy] = missing.pasted(PastePlace::PolicyText).try_into().expect("one policy");
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
        let is_known = KNOWN.contains(provider);
        let is_unverified = proposal.lines.iter().any(|line| line.source == LineSource::Live);
        assert_eq!(is_unverified, !is_known, "{hosts:?}");
        let mut sentences = decision.plan.tasks.iter().flat_map(|task| &task.sentences);
        let asks = sentences.any(|sentence| matches!(sentence, Sentence::AskForCertificates { .. }));
        assert_eq!(asks, !is_known, "{hosts:?}");
        assert!(missing.own_steps().len() >= 3, "{:?}", missing.mended);
    }
}

#[test]
fn a_domain_without_mx_records_gets_a_policy_for_its_own_address() {
    let world = World::new(DOMAIN).address(DOMAIN, "203.0.113.25");
    let told = told(&world);
    let missing = of(&told, "record-missing");
    assert_eq!(missing.pasted(PastePlace::PolicyText), [policy_of("testing", &[DOMAIN], 86_400)]);
    let url = "https://mta-sts.shop.com.au/.well-known/mta-sts.txt";
    assert_eq!(missing.pasted(PastePlace::PolicyAddress), [url]);
    let PolicyDecision::Serve(proposal) = decide(&world.check(), now(), &Goal::RollOut).policy else {
        panic!("a policy")
    };
    assert_eq!(missing.pasted(PastePlace::PolicyText), [proposal.text]);
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
    assert!(report.findings.iter().any(|finding| finding.rule == "mx-mixed-providers"), "{:?}", report.findings);
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
    let lines = |world: &World, rule: &str| {
        let told = told(world);
        of(&told, rule).pasted(PastePlace::PolicyLines).concat()
    };
    assert_eq!(lines(&google, "mx-some-unmatched"), "mx: *.aspmx.l.google.com\n");

    let microsoft = enforced(&["shop.a-v1.mx.microsoft"], "mx: *.mx.microsoft\n");
    for rule in ["mx-none-match", "mx-pattern-wildcard-depth"] {
        assert_eq!(lines(&microsoft, rule), "mx: shop.a-v1.mx.microsoft\n", "{rule}");
    }
}

#[test]
fn what_a_mail_provider_offers_stands_beside_the_rule_s_own_steps() {
    let missing = |hosts: &[&str]| {
        let mut told = told(&with_mx(hosts));
        told.swap_remove(told.iter().position(|told| told.mended.judged.rule.id == "record-missing").expect("told"))
    };
    let tuta = missing(&["mail.tutanota.de"]);
    assert_eq!(tuta.offers(), ["tuta-serves-the-policy"]);
    assert_eq!(tuta.pasted(PastePlace::AliasHost), ["_mta-sts", "mta-sts"]);
    assert_eq!(tuta.pasted(PastePlace::AliasTarget), ["mta-sts.tutanota.de"; 2]);

    let google = missing(&["smtp.google.com"]);
    assert_eq!(google.offers(), ["google-guide"]);
    assert!(google.finding.fix[1].steps[0].contains("https://support.google.com/a/answer/9276511"));

    assert_eq!(missing(&["mx1.mail-host.net"]).mended.remedies.len(), 1);
    let mixed = missing(&["mail.tutanota.de", "mx1.mail-host.net"]);
    assert_eq!(mixed.mended.remedies.len(), 1, "Tuta's policy would not allow the other server");
}

#[test]
fn tuta_does_not_offer_what_the_domain_has_taken() {
    let offered = |world: World, rule: &str| of(&told(&world), rule).offers().contains(&"tuta-serves-the-policy");
    let (record, host, theirs) = ("_mta-sts.shop.com.au", "mta-sts.shop.com.au", "mta-sts.tutanota.de");
    let mail = || with_mx(&["mail.tutanota.de"]);
    let to_tuta = || mail().alias(record, theirs);
    assert!(!offered(to_tuta(), "record-cname-dangling"), "the same alias again mends nothing");
    assert!(offered(mail().alias(record, "gone.elsewhere.net"), "record-cname-dangling"));
    let announced = || to_tuta().txt(theirs, "v=STSv1; id=1;");
    assert!(offered(announced(), "policy-host-missing"), "half of it is there");
    assert!(!offered(announced().alias(host, "gone.tutanota.de").alias(host, theirs), "policy-host-cname-dangling"));
    let whole = announced().alias(host, theirs).address(theirs, "203.0.113.7");
    assert!(!offered(whole.status(404, "Nothing here"), "policy-not-found"));
}

/// A domain whose mail is at Tuta, and whose record and file are at these names of Tuta's.
fn at_tuta(record: &str, host: &str) -> World {
    with_mx(&["mail.tutanota.de"])
        .alias("_mta-sts.shop.com.au", record)
        .txt(record, "v=STSv1; id=1;")
        .alias("mta-sts.shop.com.au", host)
        .address(host, "203.0.113.7")
        .policy(&policy_of("enforce", &["mail.tutanota.de"], 604_800))
}

#[test]
fn either_ending_of_tuta_s_names_is_right_and_no_alias_that_works_is_replaced() {
    for (record, host) in [
        ("mta-sts.tutanota.de", "mta-sts.tutanota.de"),
        ("_mta-sts.tutanota.com", "mta-sts.tutanota.com"),
        ("mta-sts.tutanota.de", "mta-sts.tutanota.com"),
    ] {
        let world = at_tuta(record, host);
        let all = told(&world);
        assert!(all.iter().all(|told| told.mended.judged.rule.id != "delegation-partial"), "{record}");
        assert!(all.iter().all(|told| !told.offers().contains(&"tuta-serves-the-policy")), "{record}");
        let PolicyDecision::Serve(proposal) = decide(&world.check(), now(), &Goal::RollOut).policy else {
            panic!("a policy")
        };
        assert_eq!(proposal.delegation, None, "{record}");
    }
    // Half of it is there, at either ending: only the other half is to be added.
    for record in ["mta-sts.tutanota.de", "_mta-sts.tutanota.com"] {
        let half = with_mx(&["mail.tutanota.de"]).alias("_mta-sts.shop.com.au", record).txt(record, "v=STSv1; id=1;");
        let told = told(&half);
        let missing = of(&told, "policy-host-missing");
        assert_eq!(missing.pasted(PastePlace::AliasHost), ["mta-sts"], "{record}");
        let PolicyDecision::Serve(proposal) = decide(&half.check(), now(), &Goal::RollOut).policy else {
            panic!("a policy")
        };
        let delegation = proposal.delegation.expect("Tuta serves policies");
        let kept: Vec<&str> = delegation
            .iter()
            .filter(|record| record.action == RecordAction::Keep)
            .map(|record| record.value.as_str())
            .collect();
        assert_eq!(kept, [record]);
    }
}

/// A protected domain whose record and file are at a hosted MTA-STS service, with one more alias behind that of the file.
fn at_service(record: &str, host: &str, behind: Option<&str>) -> World {
    let end = behind.unwrap_or(host);
    let world = World::protected(DOMAIN).without_announce().without_host();
    let world = world.alias("_mta-sts.shop.com.au", record).txt(record, "v=STSv1; id=1;");
    let world = world.alias("mta-sts.shop.com.au", host).address(end, "203.0.113.7");
    behind.map_or(world.clone(), |behind| world.alias(host, behind))
}

#[test]
fn at_a_hosted_service_the_owner_logs_in_and_the_id_changes_by_itself() {
    let services = [
        (
            "shop_com_au__mta_sts.easydmarc.pro",
            "shop_com_au_mta_sts.easydmarc.pro",
            Some("mta.easydmarc.com"),
            "EasyDMARC",
        ),
        ("_mta-sts.abc.sdmarc.net", "mta-sts.abc.sdmarc.net", None, "Sendmarc"),
        ("shop.powerdmarc.com", "policy.powerdmarc.com", None, "a hosted MTA-STS service"),
    ];
    for (record, host, behind, name) in services {
        let unmatched = at_service(record, host, behind).mx(30, "mx3.other-host.net");
        let all = told(&unmatched);
        assert!(all.iter().all(|told| told.mended.judged.rule.id != "delegation-partial"), "{name}");
        let steps = of(&all, "mx-some-unmatched").own_steps();
        let [(Step::AskForFile(_), file), (Step::ThenNewIdOfTheirs, id), ..] = steps.as_slice() else {
            panic!("{name}: {steps:?}")
        };
        assert!(file.contains(host) && file.contains(name), "{file}");
        assert!(id.contains(record) && id.contains(name), "{id}");
        // Nobody asks a service by letter for what its customers do themselves.
        let letter = "ask them";
        assert!(!file.contains(letter) && !id.contains("ask "), "{file} {id}");
        let plan = advise(&unmatched.check(), now(), &Goal::RollOut).plan;
        let text: Vec<&str> = plan.steps.iter().flat_map(|step| &step.text).map(String::as_str).collect();
        assert!(text.iter().any(|text| text.contains(host)), "{text:?}");
        assert!(text.iter().all(|text| !text.contains(letter)), "{text:?}");
    }
}

#[test]
fn two_aliases_to_names_of_no_web_host_are_one_service() {
    let is_partial = |record: &str, host: &str| {
        let all = told(&at_service(record, host, None));
        all.iter().any(|told| told.mended.judged.rule.id == "delegation-partial")
    };
    assert!(!is_partial("shop.records-keeper.net", "shop.files-keeper.org"));
    for web_host in ["shop.github.io", "shop.netlify.app", "d123.cloudfront.net", "shop.azurestaticapps.net"] {
        assert!(is_partial("shop.records-keeper.net", web_host), "{web_host}");
    }
    assert!(is_partial("mta-sts.tutanota.de", "shop.files-keeper.org"), "Tuta does not serve from there");
}

#[test]
fn cloudflare_s_policy_is_served_before_it_is_announced_and_said_to_be_enforced() {
    let mail = || with_mx(&["route1.mx.cloudflare.net"]);
    let announced_by_itself = told(&mail());
    let missing = of(&announced_by_itself, "record-missing");
    let ([_, remedy], [_, fix]) = (missing.mended.remedies.as_slice(), missing.finding.fix.as_slice()) else {
        panic!("{:?}", missing.mended)
    };
    assert_eq!(remedy.offer, Some("cloudflare-policy"));
    let places: Vec<PastePlace> = remedy.paste.iter().map(|paste| paste.place).collect();
    assert_eq!(places, [PastePlace::Worker, PastePlace::WorkerDomain, PastePlace::AliasHost, PastePlace::AliasTarget]);
    let text = |place| remedy.pasted(place).collect::<String>();
    assert_eq!(text(PastePlace::WorkerDomain), "mta-sts.shop.com.au");
    assert_eq!(text(PastePlace::AliasTarget), "_mta-sts.mx.cloudflare.net");
    // RFC 8461 §8.1: the file first, then the record; and before either, what it comes to.
    let first =
        |is: &dyn Fn(&str) -> bool| fix.steps.iter().position(|step| is(step)).unwrap_or_else(|| panic!("{fix:?}"));
    assert_eq!(first(&|step| step.contains("mode: enforce")), 0);
    assert!(first(&|step| names(step, "mta-sts")) < first(&|step| names(step, "_mta-sts")), "{fix:?}");

    let taken = || {
        let target = "_mta-sts.mx.cloudflare.net";
        mail().alias("_mta-sts.shop.com.au", target).txt(target, "v=STSv1; id=20230615T153000;")
    };
    let taken = told(&taken());
    let missing = of(&taken, "policy-host-missing");
    assert_eq!((missing.offers(), missing.mended.remedies.len()), (vec!["cloudflare-file"], 2));
    let places: Vec<PastePlace> = missing.mended.remedies[1].paste.iter().map(|paste| paste.place).collect();
    assert_eq!(places, [PastePlace::Worker, PastePlace::WorkerDomain], "the alias is there");
    assert!(missing.finding.fix[1].steps[0].contains("mode: enforce"), "{:?}", missing.finding.fix);
}

#[test]
fn microsoft_s_dane_is_offered_as_far_as_it_is_not_there() {
    let dane = |world: World| {
        let told = told(&world);
        let dane = of(&told, "dane-absent");
        (dane.offers().concat(), dane.pasted(PastePlace::Command).join("\n"))
    };
    let enable = "Enable-SmtpDaneInbound -DomainName shop.com.au";
    let both = format!("Enable-DnssecForVerifiedDomain -DomainName shop.com.au\n{enable}");
    let old = || with_mx(&["shop-com-au.mail.protection.outlook.com"]);
    assert_eq!(dane(old()), ("microsoft-dnssec-and-dane".to_owned(), both.clone()));
    let signed = old().signed().unsigned("_25._tcp.shop-com-au.mail.protection.outlook.com");
    assert_eq!(dane(signed), ("microsoft-new-server-and-dane".to_owned(), both));

    let new = "shop-com-au.a-v1.mx.microsoft";
    assert_eq!(dane(with_mx(&[new]).signed()).1, enable, "the server is there");
    assert_eq!(dane(with_mx(&[new])).1, "", "and the domain unsigned");

    // With DANE there, only the domain's own DNSSEC is missing, and the rule says so.
    let there = with_mx(&[new]).signed().unsigned(DOMAIN).tlsa(new, 3, 1, &[7; 32]);
    let told = told(&there);
    let insecure = of(&told, "dane-mx-insecure");
    assert_eq!((insecure.mended.remedies.len(), insecure.offers()), (1, vec![]));
}

#[test]
fn each_dns_host_is_known_and_its_steps_lead_there() {
    for (servers, id, place) in DNS {
        let world = with_ns(DOMAIN, servers);
        let host = report(&world).providers.dns.expect("a DNS host that is known");
        assert_eq!(host.id, *id, "{servers:?}");
        let told = told(&world);
        for (txt, rule, host_to_type, full_name) in [
            (Txt::Announce, "record-missing", "_mta-sts", "_mta-sts.shop.com.au"),
            (Txt::TlsRpt, "tlsrpt-missing", "_smtp._tls", "_smtp._tls.shop.com.au"),
        ] {
            let missing = of(&told, rule);
            let add = missing.sentence(|step| step.target() == Target::NewRecord(txt));
            // The company, and the place in its console where that is known.
            let place = place.trim_start_matches("at ").split(['(', ')']).map(str::trim);
            for name in place.filter(|name| !name.is_empty()).chain([DOMAIN, &host.name]) {
                assert!(add.contains(name), "{name}: {add}");
            }
            let once = missing.sentence(|step| step == Step::DomainOnce(txt));
            assert!([host_to_type, full_name, DOMAIN].iter().all(|name| names(once, name)), "{once}");
            assert!(once.contains(&host.name), "{once}");
            assert_eq!(missing.pasted(PastePlace::TxtHost(txt)), [host_to_type]);
            assert_eq!(missing.pasted(PastePlace::TxtFullName(txt)), [""; 0]);
        }
    }
}

#[test]
fn of_an_unknown_dns_host_no_more_is_said_than_is_known() {
    let world = with_ns(DOMAIN, &["ns1.shop-hosting.net"]);
    assert_eq!(report(&world).providers.dns, None);
    let told = told(&world);
    let missing = of(&told, "record-missing");
    // What the console adds is not known, so the full name is given beside the host.
    let once = missing.sentence(|step| step == Step::DomainOnce(Txt::Announce));
    assert!(names(once, "_mta-sts.shop.com.au") && !names(once, "_mta-sts") && !names(once, DOMAIN), "{once}");
    assert_eq!(missing.pasted(PastePlace::TxtFullName(Txt::Announce)), ["_mta-sts.shop.com.au"]);
    let sign = of(&told, "dnssec-unsigned").sentence(|step| step == Step::Sign);
    assert!(!names(sign, DOMAIN), "whose console it is is not known: {sign}");
}

#[test]
fn route_53_gets_its_quotation_marks() {
    let told = told(&with_ns(DOMAIN, &["ns-123.awsdns-45.com"]));
    let missing = of(&told, "record-missing");
    let [value] = missing.pasted(PastePlace::TxtValue(Txt::Announce)).try_into().expect("one value");
    assert!(value.starts_with("v=STSv1; id=") && value.ends_with(';'), "{value}");
    let texts: Vec<&str> = missing.finding.fix.iter().flat_map(|fix| &fix.copy).map(|copy| &*copy.text).collect();
    assert!(texts.contains(&&*format!("\"{value}\"")) && !texts.contains(&value), "{texts:?}");
}

#[test]
fn names_are_relative_to_the_zone_that_they_are_in() {
    let world = World::new("mail.shop.com.au")
        .zone(DOMAIN)
        .record(DOMAIN, RecordType::Ns, Record::Ns("amy.ns.cloudflare.com".to_owned()))
        .mx(10, "mx1.mail-host.net");
    let found = report(&world);
    assert_eq!(found.providers.dns.as_ref().map(|host| host.id.as_str()), Some("cloudflare"));
    let told = told(&world);
    let missing = of(&told, "record-missing");
    assert_eq!(missing.pasted(PastePlace::TxtHost(Txt::Announce)), ["_mta-sts.mail"]);
    let once = missing.sentence(|step| step == Step::DomainOnce(Txt::Announce));
    assert!(["_mta-sts.mail", DOMAIN, "_mta-sts.mail.shop.com.au"].iter().all(|name| names(once, name)), "{once}");
    assert!(once.contains("Cloudflare"), "{once}");

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
    for (world, rule) in [
        (world.clone().status(404, "Nothing here"), "policy-not-found"),
        (world.clone().status(301, ""), "policy-redirect"),
    ] {
        let told = told(&world);
        let steps = of(&told, rule).own_steps();
        assert!(steps.iter().any(|(_, sentence)| names(sentence, "mta-sts.mail")), "{rule}: {steps:?}");
        assert!(!steps.iter().any(|(_, sentence)| names(sentence, "mta-sts")), "{rule}: {steps:?}");
    }
    let advice = advise(&world.check(), now(), &Goal::RollOut);
    let worker = advice.hosting.iter().find(|way| way.id == "cloudflare-worker").expect("a Worker");
    assert!(names(&worker.steps[0], "mta-sts.mail"), "{}", worker.steps[0]);
}

#[test]
fn dane_records_are_asked_for_where_the_mail_server_s_dns_is() {
    let world = World::protected(DOMAIN).tlsa("mx1.mail-host.net", 1, 1, &[7; 32]);
    let told = told(&world);
    let [(step, sentence)] = of(&told, "dane-unusable").own_steps().try_into().expect("one step");
    assert_eq!(step, Step::Own(Target::Elsewhere), "{sentence}");
    // Usage, selector and matching type of the records that are wanted (RFC 7672 §3.1).
    assert!(sentence.contains("3 1 1"), "{sentence}");
}

#[test]
fn a_policy_that_is_switched_off_is_changed_with_a_new_id() {
    let off = "version: STSv1\nmode: none\nmax_age: 604800\n";
    let told = told(&World::protected(DOMAIN).policy(off));
    let long = of(&told, "policy-none-long-max-age");
    assert!(names(long.sentence(Step::wants_new_id), "_mta-sts"), "{:?}", long.own_steps());
    assert_eq!(long.pasted(PastePlace::TxtValue(Txt::Announce)), ["v=STSv1; id=20261124T0930;"]);
}

#[test]
fn a_policy_that_is_switched_off_is_not_tested_again_without_mail_servers() {
    let bare = "version: STSv1\nmode: none\nmax_age: 86400\n";
    let named = "version: STSv1\nmode: none\nmx: mx1.mail-host.net\nmax_age: 86400\n";
    let off = |policy| told(&World::protected(DOMAIN).policy(policy));
    let (bare, named) = (off(bare), off(named));
    let (bare, named) = (of(&bare, "policy-mode-none"), of(&named, "policy-mode-none"));
    assert_eq!((bare.mended.judged.steps_of(), named.mended.judged.steps_of()), (Some("without-mx"), None));
    assert_eq!(bare.pasted(PastePlace::PolicyLines), ["mx: mx1.mail-host.net\nmx: mx2.mail-host.net\n"]);
    assert_eq!(named.pasted(PastePlace::PolicyLines), [""; 0]);
    for told in [bare, named] {
        assert_eq!(told.pasted(PastePlace::TxtValue(Txt::Announce)), ["v=STSv1; id=20261124T0930;"]);
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
    let told = told(&world);
    let left = of(&told, "delegation-policy-not-for-mx");
    let steps: Vec<Step> = left.own_steps().into_iter().map(|(step, _)| step).collect();
    assert_eq!(steps, [Step::Own(Target::Dns), Step::Own(Target::Dns), Step::Own(Target::Elsewhere)]);
    assert!(left.own_steps().iter().all(|(_, sentence)| !sentence.contains("Tuta")), "{:?}", left.own_steps());
    assert_eq!(left.pasted(PastePlace::TxtValue(Txt::Announce)), ["v=STSv1; id=20261124T0930;"]);
}

#[test]
fn dnssec_is_switched_on_where_it_is_offered_and_asked_for_where_it_is_not_known() {
    // The sentence of the step, with the company's name taken out.
    let sign = |server: &str, name: &str| {
        let told = told(&with_ns(DOMAIN, &[server]));
        let (step, sentence) = of(&told, "dnssec-unsigned").own_steps()[0];
        assert!(step == Step::Sign && sentence.contains(name) && sentence.contains(DOMAIN), "{sentence}");
        sentence.replace(name, "")
    };
    let (cloudflare, namecheap) =
        (sign("amy.ns.cloudflare.com", "Cloudflare"), sign("dns1.registrar-servers.com", "Namecheap"));
    let (ventraip, crazy_domains) = (
        sign("ns1.nameserver.net.au", "VentraIP, or a reseller of Synergy Wholesale"),
        sign("ns1.crazydomains.com", "Crazy Domains"),
    );
    assert_eq!(cloudflare, namecheap, "both are known to offer it");
    assert_eq!(ventraip, crazy_domains, "of both it is not known");
    assert_ne!(cloudflare, ventraip);
}

#[test]
fn the_web_host_of_the_policy_gets_steps_of_its_own() {
    let announced = |target: &str| {
        with_mx(&["mx1.mail-host.net"])
            .announce("v=STSv1; id=1;")
            .alias("mta-sts.shop.com.au", target)
            .address(target, "203.0.113.80")
    };
    let offers = |world: &World, rule: &str| of(&told(world), rule).offers();
    for (target, offered) in [
        ("shop.github.io", vec!["github-pages-dot-folder"]),
        ("shop.netlify.app", vec!["netlify-or-vercel-file"]),
        ("web.shop-hosting.net", vec![]),
        ("shop.notgithub.io", vec![]),
    ] {
        assert_eq!(offers(&announced(target).status(404, "Nothing here"), "policy-not-found"), offered, "{target}");
    }
    let refused = announced("shop.s3-website-us-east-1.amazonaws.com").fetch_fails(Cause::Connection);
    assert_eq!(offers(&refused, "policy-connect-failed"), ["s3-https"]);
}

#[test]
fn whatever_changes_the_policy_file_comes_with_a_new_id_to_paste() {
    let mut asked = 0;
    for scenario in mta_sts_core::scenario::scenarios() {
        let report = report(&scenario.world);
        let mut seen = BTreeSet::new();
        for told in told(&scenario.world).iter().filter(|told| seen.insert(told.mended.judged.rule.id)) {
            let asks = told.own_steps().iter().any(|(step, _)| step.wants_new_id());
            let behind_alias = report.record.as_ref().is_some_and(|record| record.cname.is_some());
            if asks && !behind_alias {
                let values = told.pasted(PastePlace::TxtValue(Txt::Announce));
                let Some([value]) = values.first_chunk() else { panic!("{}: {:#?}", scenario.name, told.mended) };
                let id = lint::record(value);
                assert!(id.valid && id.usable, "{value}");
                assert!(report.record.as_ref().is_none_or(|record| record.raw != *value), "{}", scenario.name);
                asked += 1;
            }
            for policy in told.pasted(PastePlace::WholePolicy) {
                let found = lint::policy(policy.as_bytes(), |_| None);
                assert!(found.valid && found.usable, "{}: {policy}", scenario.name);
            }
        }
    }
    assert!(asked > 30, "{asked}");
}

#[test]
fn a_policy_that_was_tested_is_given_enforced_where_it_fits() {
    let given = |world: &World| {
        let told = told(world);
        let policies = of(&told, "policy-mode-testing").pasted(PastePlace::WholePolicy);
        assert!(policies.len() <= 1, "{policies:?}");
        policies.first().map(|policy| (*policy).to_owned())
    };
    let testing = "version: STSv1\nmode: testing\nmx: mx1.mail-host.net\nmx: mx2.mail-host.net\nmax_age: 86400\n";
    let fitting = World::protected(DOMAIN).policy(testing);
    let enforced = testing.replace("testing", "enforce").replace("86400", "604800");
    assert_eq!(given(&fitting), Some(enforced), "remembered for a week");
    // Nothing that would at once be found fault with; the order of the lines, and a longer time, stay.
    let orders = [
        ("max_age:86400\nversion: STSv1\nmx: *.mail-host.net\nmode: testing", "604800"),
        ("version: STSv1\nmode: testing\nmax_age: 2592000\nmx: *.mail-host.net\n", "2592000"),
    ];
    for (testing, age) in orders {
        let policy = given(&World::protected(DOMAIN).policy(testing)).expect("one");
        assert_eq!(policy, testing.replace("testing", "enforce").replace("86400", age));
        let found = lint::policy(policy.as_bytes(), |_| None).findings;
        assert!(found.iter().all(|finding| finding.rule != "policy-max-age-short"), "{policy}");
    }
    assert_eq!(given(&fitting.mx(30, "backup.other-host.net")), None, "it does not fit");
}
