//! What is to be done about domains one hop away from the plain case: the case that is told, and what is to be pasted, where a
//! wrong one would send somebody the wrong way.

use mta_sts_core::evaluate;
use mta_sts_core::evidence::Record;
use mta_sts_core::lookup::RecordType;
use mta_sts_core::mend::remedy::{Mended, PastePlace};
use mta_sts_core::name::labels::Txt;
use mta_sts_core::report::{Outcome, Report, Severity, Verdict};
use mta_sts_core::rules::step::{Step, Target};
use mta_sts_core::scenario::{CHECKED_AT, World, scenarios};

fn world(name: &str) -> World {
    scenarios().into_iter().find(|scenario| scenario.name == name).unwrap_or_else(|| panic!("{name}")).world
}

fn report(world: &World) -> Report {
    evaluate(&world.check(), CHECKED_AT.parse().expect("a time"))
}

fn mended(world: &World) -> Vec<Mended> {
    evaluate::mended(&world.check(), CHECKED_AT.parse().expect("a time"))
}

fn of<'m>(mended: &'m [Mended], rule: &str) -> &'m Mended {
    mended.iter().find(|found| found.judged.rule.id == rule).unwrap_or_else(|| panic!("{rule} in {mended:#?}"))
}

fn cases(found: &Mended) -> Vec<&'static str> {
    found.judged.cases.iter().map(|case| case.name).collect()
}

fn steps(found: &Mended) -> Vec<Step> {
    found.remedies.first().map(|own| own.steps.iter().map(|todo| todo.step).collect()).unwrap_or_default()
}

fn pasted(found: &Mended, place: PastePlace) -> Vec<&str> {
    found.remedies.first().map(|own| own.pasted(place).collect()).unwrap_or_default()
}

/// The rules that failed, but for what is only worth knowing.
fn failed(report: &Report) -> Vec<&str> {
    let bad = |f: &&mta_sts_core::report::Finding| f.outcome == Outcome::Fail && f.severity != Severity::Info;
    report.findings.iter().filter(bad).map(|finding| finding.rule.as_str()).collect()
}

#[test]
fn a_record_for_other_uses_is_not_touched_behind_an_alias() {
    let new = |txt, add| vec![Step::DeleteAliasFirst(txt), add, Step::DomainOnce(txt)];
    let tls_rpt = new(Txt::TlsRpt, Step::AddReportRecord);
    let announce = new(Txt::Announce, Step::AddRecord(Txt::Announce));

    let all = mended(&world("the TLS-RPT record's name is an alias of the domain itself"));
    let found = of(&all, "tlsrpt-not-tlsrpt");
    assert_eq!(steps(found), tls_rpt);
    assert_eq!(pasted(found, PastePlace::TxtHost(Txt::TlsRpt)), ["_smtp._tls"]);
    let mailbox = "v=TLSRPTv1; rua=mailto:tls-reports@shop.com.au";
    assert_eq!(pasted(found, PastePlace::TxtValue(Txt::TlsRpt)), [mailbox]);

    let all =
        mended(&world("the announce record's name is an alias of the domain itself, with the record among others"));
    let found = of(&all, "record-unrelated-txt");
    assert_eq!(steps(found), announce);
    assert_eq!(pasted(found, PastePlace::TxtValue(Txt::Announce)), ["v=STSv1; id=20261101T0800;"]);

    // A host of the domain is no other than the domain itself.
    let name = "_mta-sts.shop.com.au";
    let at_host =
        |host: &str| World::protected("shop.com.au").without_announce().alias(name, host).txt(host, "v=spf1 -all");
    for host in ["mta-sts.shop.com.au", "mail.shop.com.au"] {
        assert_eq!(steps(of(&mended(&at_host(host)), "record-not-sts")), announce, "{host}");
    }
    let all = mended(&world("the announce record's name is an alias of the policy host"));
    let found = of(&all, "record-cname-dangling");
    assert_eq!((cases(found), steps(found)), (vec!["own-host"], announce));
    assert_eq!(pasted(found, PastePlace::TxtHost(Txt::Announce)), ["_mta-sts"]);
    let reports = World::protected("shop.com.au").without_tls_rpt().alias("_smtp._tls.shop.com.au", "mail.shop.com.au");
    assert_eq!(steps(of(&mended(&reports), "tlsrpt-cname-dangling")), tls_rpt);
    // A name with an underscore is there for records like this.
    let all = mended(&at_host("_mta-sts.web.shop.com.au"));
    assert_eq!(steps(of(&all, "record-not-sts"))[0], Step::RecordIsAtOwnName(Txt::Announce));
}

#[test]
fn an_mx_record_with_a_wrong_name_is_given_the_right_one() {
    let appended = "the console added the domain to Google's server";
    let by_wildcard = "the console added the domain to Google's server, and a wildcard gives it an address";
    let microsoft = ["Microsoft's server is mistyped", "Microsoft's server has dots for hyphens"];
    let right = "shop-com-au.mail.protection.outlook.com.";
    let wrong =
        [(appended, "zone-added", "alt1.aspmx.l.google.com."), (by_wildcard, "zone-added", "alt1.aspmx.l.google.com.")];
    for (name, case, host) in wrong.into_iter().chain(microsoft.map(|name| (name, "meant", right))) {
        let world = world(name);
        let all = mended(&world);
        let found = of(&all, "mx-target-no-address");
        assert_eq!(cases(found).last(), Some(&case), "{name}");
        assert_eq!(pasted(found, PastePlace::MxHost), [host], "{name}");
        assert_eq!(steps(found), [Step::Own(Target::Dns)], "{name}");
        // One finding tells it, and none tells to change the policy for it.
        let report = report(&world);
        let of_mx: Vec<&str> = failed(&report).into_iter().filter(|rule| rule.starts_with("mx-")).collect();
        assert_eq!(of_mx, ["mx-target-no-address"], "{name}");
    }
    let google = |host: &str| World::protected("shop.com.au").mx(30, host).without(host, RecordType::A);
    for (typed, host) in [
        ("aspmx.1.google.com", "aspmx.l.google.com."),
        ("alt3.aspmx.google.com", "alt3.aspmx.l.google.com."),
        ("smtp.gogle.com", "smtp.google.com."),
        ("mail.shop.com.au.shop.com.au", "mail.shop.com.au."),
        ("shop-com-au.mail.protecton.outlook.com", right),
        ("mx1.hosting.net.shop.com.au", "mx1.hosting.net."),
    ] {
        let all = mended(&google(typed));
        let found = of(&all, "mx-target-no-address");
        assert_eq!(pasted(found, PastePlace::MxHost), [host], "{typed}");
        assert_eq!(found.judged.severity, Severity::Warning, "another server works");
    }
    // What cannot be told is not guessed.
    for typed in ["gone.mail-host.net", "mx1.eu.shop.com.au", "mail.shop.com.au"] {
        let all = mended(&google(typed));
        assert_eq!(pasted(of(&all, "mx-target-no-address"), PastePlace::MxHost), [""; 0], "{typed}");
    }
    let hyphen = World::protected("my-shop.com").without_mx().mx(0, "my-shop.mail.protection.outlook.com");
    let hyphen = hyphen.without("my-shop.mail.protection.outlook.com", RecordType::A);
    assert_eq!(pasted(of(&mended(&hyphen), "mx-target-no-address"), PastePlace::MxHost), [""; 0]);
}

#[test]
fn a_name_that_nobody_reaches_is_told_for_what_it_is() {
    for (name, case, severity) in [
        ("localhost as the mail server", "local", Severity::Error),
        ("a name of a home network", "local", Severity::Error),
        ("a name of the office's network, beside a good one", "local", Severity::Warning),
        ("a wildcard as the mail server", "no-host-name", Severity::Error),
        ("Microsoft's verification record is left beside the real one", "leftover", Severity::Warning),
    ] {
        let all = mended(&world(name));
        let found = of(&all, "mx-target-no-address");
        assert_eq!((cases(found).last(), found.judged.severity), (Some(&case), severity), "{name}");
    }
    let mut plain = World::protected("shop.com.au");
    for name in
        ["mail", "mx.local", "a.b.internal", "mail.lan", "server.home.arpa", "x.test", "mail.invalid", "a.localhost"]
    {
        plain = plain.mx(40, name);
    }
    let told = mended(&plain);
    let local =
        told.iter().filter(|found| found.judged.rule.id == "mx-target-no-address" && cases(found).contains(&"local"));
    assert_eq!(local.count(), 8);
    assert_eq!(report(&plain).verdict, Verdict::Enforced, "they put no mail at risk");
}

#[test]
fn where_no_mail_arrives_that_is_the_headline() {
    let usual = report(&World::protected("shop.com.au")).headline;
    for name in ["the one mail server has no address", "localhost as the mail server", "Microsoft's server is mistyped"]
    {
        let report = report(&world(name));
        assert_eq!(report.verdict, Verdict::Enforced, "{name}");
        assert!(report.headline != usual && report.headline.contains("shop.com.au"), "{name}: {}", report.headline);
        assert_ne!(report.delivery, self::report(&World::protected("shop.com.au")).delivery, "{name}");
        assert_eq!(report.next.map(|next| next.rule).as_deref(), Some("mx-target-no-address"), "{name}");
    }
}

#[test]
fn what_a_wildcard_answers_is_told_and_no_alias_is_deleted() {
    for name in [
        "a wildcard leads to the web site, and TLS reports were never asked for",
        "a wildcard leads to the domain itself, and TLS reports were never asked for",
    ] {
        let all = mended(&world(name));
        let found = of(&all, "tlsrpt-missing");
        assert_eq!(cases(found), ["wildcard"], "{name}");
        assert_eq!(steps(found), [Step::ChooseMailbox, Step::AddReportRecord, Step::DomainOnce(Txt::TlsRpt)], "{name}");
    }
    for name in [
        "a wildcard sends the policy host to the web site",
        "a wildcard alias sends the policy host to the web site, whose certificate is for other names",
    ] {
        let next = report(&world(name)).next.expect("something is to be done");
        assert_eq!(next.rule, "policy-host-wildcard-artefact", "{name}");
    }
    let redirect =
        World::protected("shop.com.au").without_host().wildcard(RecordType::A, Record::A([203, 0, 113, 7].into()));
    let nowhere = World::protected("shop.com.au").without_host().wildcard_alias("gone.hosting.net");
    let told = report(&nowhere);
    assert!(!failed(&told).contains(&"policy-host-cname-dangling"), "nobody chose that alias");
    assert_eq!(told.next.expect("a step").rule, "policy-host-wildcard-artefact");
    assert_eq!(report(&redirect.status(301, "")).next.expect("a step").rule, "policy-host-wildcard-artefact");
}

#[test]
fn an_added_zone_and_a_misspelt_host_are_named() {
    let last_case = |name: &str, rule: &str| {
        let all = mended(&world(name));
        let found = of(&all, rule);
        (cases(found).last().copied(), steps(found))
    };
    let both = "the console added the domain to the targets of both aliases";
    let dot = (Some("zone-added"), vec![Step::Own(Target::Dns)]);
    assert_eq!(last_case(both, "record-cname-dangling"), dot);
    assert_eq!(last_case(both, "policy-host-cname-dangling"), dot);
    assert_eq!(last_case("the console added the domain to a web host's name", "policy-host-cname-dangling"), dot);
    let loose = World::protected("shop.com.au")
        .without_announce()
        .alias("_mta-sts.shop.com.au", "_mta-sts.provider.shop.com.au");
    assert_eq!(cases(of(&mended(&loose), "record-cname-dangling")), ["zone-added"]);
    for name in [
        "the policy host at the domain twice",
        "an underscore in the policy host's name",
        "no hyphen in the policy host's name",
        "the policy host's address at the record's name",
    ] {
        assert_eq!(last_case(name, "policy-host-missing"), (Some("elsewhere"), vec![Step::Own(Target::Dns)]), "{name}");
    }
    let half = last_case("the record with a provider, and no policy host", "policy-host-missing");
    assert_eq!(half.0, Some("half"));
    let cloudflare = World::protected("shop.com.au").without_announce().without_host();
    let cloudflare = cloudflare.alias("_mta-sts.shop.com.au", "_mta-sts.mx.cloudflare.net");
    let cloudflare = cloudflare.txt("_mta-sts.mx.cloudflare.net", "v=STSv1; id=1;");
    assert_eq!(cases(of(&mended(&cloudflare), "policy-host-missing")), [""; 0], "the file is the customer's own there");
}

#[test]
fn name_servers_that_do_not_answer_are_no_broken_signatures() {
    let silent = report(&world("name servers that do not answer"));
    assert_eq!(silent.next.map(|next| next.rule).as_deref(), Some("mx-dns-error"));
    assert_eq!(cases(of(&mended(&world("name servers that do not answer")), "mx-dns-error")), ["unserved"]);
    let moment = World::protected("shop.com.au").server_failure("shop.com.au", RecordType::Mx, 22, "");
    assert_eq!(cases(of(&mended(&moment), "mx-dns-error")), [""; 0], "another name of the domain was answered");
}

#[test]
fn a_domain_that_does_not_exist_has_no_chain() {
    let name = "a name that does not exist, in a signed zone";
    let report = report(&world(name));
    assert_eq!((report.verdict, report.chain.len()), (Verdict::NoSuchDomain, 0));
    assert_eq!(report.findings.iter().map(|finding| finding.rule.as_str()).collect::<Vec<_>>(), ["domain-not-found"]);
    let next = report.next.expect("check the spelling");
    assert!(next.rule == "domain-not-found" && next.link.is_none());
    let www = self::report(&World::new("www.shpo.com.au").zone("com.au").nonexistent());
    assert_eq!(www.instead.map(|domain| domain.to_string()).as_deref(), Some("shpo.com.au"));
    let json = serde_json::to_value(self::report(&world(name))).expect("serializes");
    assert_eq!((&json["verdict"], &json["chain"]), (&"no-such-domain".into(), &serde_json::json!([])));
}

#[test]
fn a_web_server_is_not_offered_as_a_mail_server() {
    for (name, instead) in
        [("the name of the web site", Some("shop.com.au")), ("a web server, and no mail server", None)]
    {
        let world = world(name);
        let report = report(&world);
        assert_eq!(report.instead.as_ref().map(ToString::to_string).as_deref(), instead, "{name}");
        assert!(
            !report
                .findings
                .iter()
                .flat_map(|f| &f.fix)
                .flat_map(|fix| &fix.copy)
                .any(|copy| copy.text.contains("mx:")),
            "{name}"
        );
        let first = failed(&report).first().copied();
        assert!(instead.is_none() || first == Some("mx-missing-implicit"), "{name}: {first:?}");
    }
    let all = mended(&world("the name of the web site"));
    assert_eq!(cases(of(&all, "mx-missing-implicit")), ["is-host"]);
}
