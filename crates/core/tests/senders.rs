//! What each real sender makes of a policy: the plain reader of RFC 8461 finds it or not, and others differ where the
//! catalogue says so.

use std::collections::BTreeSet;

use mta_sts_core::Timestamp;
use mta_sts_core::evaluate;
use mta_sts_core::evidence::{Cause, Evidence, Response};
use mta_sts_core::facts::Facts;
use mta_sts_core::lookup::RecordType;
use mta_sts_core::published::announce::{self, AnnounceFault, FormFault};
use mta_sts_core::published::policy::mx_pattern::MxPatternFault;
use mta_sts_core::published::policy::{self, PolicyFault};
use mta_sts_core::published::tag_list::Candidate;
use mta_sts_core::report::{Acceptance, Verdict};
use mta_sts_core::scenario::{CHECKED_AT, ENFORCE, World, examples};
use mta_sts_core::verdict::senders::{self, But, Obstacle, Reaction, Sender, Use, Want};

const SENDERS: [Sender; 14] = [
    Sender::Rfc8461,
    Sender::PostfixTlspol,
    Sender::PostfixMtaStsResolver,
    Sender::Postfix,
    Sender::Mox,
    Sender::Chasquid,
    Sender::Mimecast,
    Sender::KumoMta,
    Sender::Stalwart,
    Sender::Maddy,
    Sender::Halon,
    Sender::Google,
    Sender::Microsoft,
    Sender::MailCheck,
];

fn now() -> Timestamp {
    CHECKED_AT.parse().expect("a time")
}

fn judge(evidence: &Evidence) -> Vec<(Sender, Reaction)> {
    senders::judge(&Facts::read(evidence, now()))
}

fn reactions(world: &World) -> Vec<(Sender, Reaction)> {
    judge(&world.check())
}

fn protected() -> World {
    World::protected("shop.com.au")
}

fn reaction(world: &World, wanted: Sender) -> Reaction {
    let all = reactions(world);
    let (_, reaction) = all.into_iter().find(|(sender, _)| *sender == wanted).expect("every sender is in the table");
    reaction
}

fn served_as(content_type: Option<&str>) -> World {
    let content_type = content_type.map(str::to_owned);
    protected().response(Response { status: 200, content_type, body: ENFORCE.into(), ..Response::default() })
}

/// What each sender does with something: yes, no, or nobody knows.
fn row(world: &World) -> String {
    let letter = |(_, reaction): &(Sender, Reaction)| match reaction.acceptance() {
        Acceptance::Usable => 'y',
        Acceptance::Unusable => 'n',
        Acceptance::Unknown => '?',
    };
    reactions(world).iter().map(letter).collect()
}

/// A row of a table of faults: what stands in the file or the record, and a letter for each sender but the two that follow
/// the RFC to the letter, in the order of [`SENDERS`].
type Row = (String, &'static str);

/// A policy file with this fault, and what each sender makes of it.
#[rustfmt::skip]
fn of_policy_fault(fault: PolicyFault) -> Row {
    use MxPatternFault as Mx;
    use PolicyFault as Fault;
    let with = |from: &str, to: &str| ENFORCE.replace(from, to);
    let mx = |value: &str| ENFORCE.replace("max_age", &format!("mx: {value}\nmax_age"));
    match fault {
        //                      postfix-tlspol, postfix-mta-sts-resolver, Postfix, mox, chasquid, Mimecast, KumoMTA, Stalwart,
        //                      maddy, Halon, Google, Microsoft
        Fault::Bom =>              (format!("\u{feff}{ENFORCE}"), "nnnnnyyynn??"),
        Fault::Utf16 =>            (ENFORCE.chars().flat_map(|c| [c, '\0']).collect(), "nnnnn??nnn??"),
        // It has no text: `bytes_that_are_not_utf_8_have_an_entry_for_each_sender` has its row.
        Fault::NotUtf8 =>          (String::new(), ""),
        Fault::CrOnly =>           (with("\n", "\r"), "ny?nnynnnn??"),
        Fault::BlankLine =>        (with("mode", "\nmode"), "ny?nyyyyny??"),
        Fault::LeadingSpace =>     (with("mode", " mode"), "nnnnyyyyny??"),
        Fault::Comment =>          (with("max_age", "# our servers\nmax_age"), "ny?nyynyny??"),
        Fault::LineInvalid =>      (with("max_age", "our servers\nmax_age"), "ny?nyynyny??"),
        Fault::LinesJoined =>      (with("mode: enforce\n", "mode: enforce; "), "nnnnnnnnn???"),
        Fault::YamlList =>         (with("mx: mx1", "mx:\n- mx1"), "ny?nyynnny??"),
        Fault::KeyCase =>          (with("mode", "Mode"), "nnnnnnnyn?nn"),
        Fault::KeyTypo =>          (with("max_age", "nmx: a\nmax_age"), "yyyyyyyyyyyy"),
        Fault::KeyUnknown =>       (with("max_age", "note: a\nmax_age"), "yyyyyyyyyyyy"),
        Fault::KeyDuplicate =>     (with("max_age", "mode: enforce\nmax_age"), "yyyyyynyyyyy"),
        Fault::VersionMissing =>   (with("version: STSv1\n", ""), "nnnnnynynnnn"),
        Fault::VersionInvalid =>   (with("STSv1", "STSv2"), "nnnnnynnnnnn"),
        Fault::VersionNotFirst =>  (format!("{}version: STSv1\n", &ENFORCE[15..]), "yyyyyyyyyyny"),
        Fault::ModeMissing =>      (with("mode: enforce\n", ""), "nnnnnnnyn?nn"),
        Fault::ModeInvalid =>      (with("enforce", "forced"), "nnnnnnnnn?nn"),
        Fault::MaxAgeMissing =>    (with("max_age: 2592000\n", ""), "nnnnnynynynn"),
        Fault::MaxAgeInvalid =>    (with("2592000", "30d"), "nnnnnnnynynn"),
        Fault::MaxAgeTooLong =>    (with("2592000", "31557601"), "yn?ynyyyyyn?"),
        Fault::MxMissing =>        (ENFORCE.lines().filter(|line| !line.starts_with("mx")).flat_map(|line| [line, "\n"]).collect(), "nnnnnnnnn?nn"),
        Fault::LegacyJson =>       ("{\"version\": \"STSv1\", \"mode\": \"enforce\"}".to_owned(), "nnnnnnnnnnnn"),
        Fault::RecordPasted =>     ("v=STSv1; id=1;".to_owned(), "nnnnnnnnnnnn"),
        Fault::MxPattern(Mx::TrailingDot) =>  (mx("mx9.shop.com.au."), "yyynyyyyyy??"),
        Fault::MxPattern(Mx::Port) =>         (mx("mx9.shop.com.au:25"), "ny?nyyyyny??"),
        Fault::MxPattern(Mx::Ip) =>           (mx("192.0.2.1"), "ny?yyyyyyy??"),
        Fault::MxPattern(Mx::IpLiteral) =>    (mx("[192.0.2.1]"), "ny?nyyyyyy??"),
        Fault::MxPattern(Mx::List) =>         (mx("mx8.shop.com.au, mx9.shop.com.au"), "ny?nyyyyyy??"),
        Fault::MxPattern(Mx::Priority) =>     (mx("10 mx9.shop.com.au"), "ny?nyyyyyy??"),
        Fault::MxPattern(Mx::UrlOrAddress) => (mx("mail@shop.com.au"), "ny?nyyyyyy??"),
        Fault::MxPattern(Mx::BadWildcard) =>  (mx("mx.*.shop.com.au"), "ny?nyyyyyy??"),
        Fault::MxPattern(Mx::LeadingDot) =>   (mx(".shop.com.au"), "ny?nyyyyyy??"),
        Fault::MxPattern(Mx::NonAscii) =>     (mx("bücher.shop.com.au"), "ny?nyyyyyy??"),
        Fault::MxPattern(Mx::InvalidLabel) => (mx("mx_9.shop.com.au"), "ny?nyyyyyy??"),
    }
}

/// The next of all faults, so that none is without a row.
fn after_policy_fault(fault: PolicyFault) -> Option<PolicyFault> {
    use MxPatternFault as Mx;
    use PolicyFault as Fault;
    Some(match fault {
        Fault::Bom => Fault::Utf16,
        Fault::Utf16 | Fault::NotUtf8 => Fault::CrOnly,
        Fault::CrOnly => Fault::BlankLine,
        Fault::BlankLine => Fault::LeadingSpace,
        Fault::LeadingSpace => Fault::Comment,
        Fault::Comment => Fault::LineInvalid,
        Fault::LineInvalid => Fault::LinesJoined,
        Fault::LinesJoined => Fault::YamlList,
        Fault::YamlList => Fault::KeyCase,
        Fault::KeyCase => Fault::KeyTypo,
        Fault::KeyTypo => Fault::KeyUnknown,
        Fault::KeyUnknown => Fault::KeyDuplicate,
        Fault::KeyDuplicate => Fault::VersionMissing,
        Fault::VersionMissing => Fault::VersionInvalid,
        Fault::VersionInvalid => Fault::VersionNotFirst,
        Fault::VersionNotFirst => Fault::ModeMissing,
        Fault::ModeMissing => Fault::ModeInvalid,
        Fault::ModeInvalid => Fault::MaxAgeMissing,
        Fault::MaxAgeMissing => Fault::MaxAgeInvalid,
        Fault::MaxAgeInvalid => Fault::MaxAgeTooLong,
        Fault::MaxAgeTooLong => Fault::MxMissing,
        Fault::MxMissing => Fault::LegacyJson,
        Fault::LegacyJson => Fault::RecordPasted,
        Fault::RecordPasted => Fault::MxPattern(Mx::TrailingDot),
        Fault::MxPattern(Mx::TrailingDot) => Fault::MxPattern(Mx::Port),
        Fault::MxPattern(Mx::Port) => Fault::MxPattern(Mx::Ip),
        Fault::MxPattern(Mx::Ip) => Fault::MxPattern(Mx::IpLiteral),
        Fault::MxPattern(Mx::IpLiteral) => Fault::MxPattern(Mx::List),
        Fault::MxPattern(Mx::List) => Fault::MxPattern(Mx::Priority),
        Fault::MxPattern(Mx::Priority) => Fault::MxPattern(Mx::UrlOrAddress),
        Fault::MxPattern(Mx::UrlOrAddress) => Fault::MxPattern(Mx::BadWildcard),
        Fault::MxPattern(Mx::BadWildcard) => Fault::MxPattern(Mx::LeadingDot),
        Fault::MxPattern(Mx::LeadingDot) => Fault::MxPattern(Mx::NonAscii),
        Fault::MxPattern(Mx::NonAscii) => Fault::MxPattern(Mx::InvalidLabel),
        Fault::MxPattern(Mx::InvalidLabel) => return None,
    })
}

/// An announce record with this fault, and what each sender makes of it.
#[rustfmt::skip]
fn of_announce_fault(fault: AnnounceFault) -> Row {
    use AnnounceFault as Fault;
    use FormFault as Form;
    let (record, row) = match fault {
        //                      postfix-tlspol, postfix-mta-sts-resolver, Postfix, mox, chasquid, Mimecast, KumoMTA, Stalwart,
        //                      maddy, Halon, Google, Microsoft
        Fault::Form(Form::VersionMissing) =>       ("id=1;", "nnnnnnnnnnnn"),
        Fault::Form(Form::VersionCase) =>          ("v=stsv1; id=1;", "nnnnnynynn??"),
        Fault::Form(Form::VersionSpacing) =>       (" v=STSv1; id=1;", "nnnnnyyyyn??"),
        Fault::Form(Form::VersionUnsupported) =>   ("v=STSv2; id=1;", "nnnnnnnnnnnn"),
        Fault::Form(Form::MissingSemicolon) =>     ("v=STSv1 id=1;", "nnnnnynnnn??"),
        Fault::Form(Form::SpaceBeforeSemicolon) => ("v=STSv1 ; id=1;", "yyyynyyyyn??"),
        Fault::Form(Form::Quote) =>                ("\"v=STSv1; id=1;\"", "nnnnnnnnnn??"),
        Fault::Form(Form::NonAscii) =>             ("v=STSv1; id=1é;", "nnnnyyyyyy??"),
        Fault::Form(Form::Control) =>              ("v=STSv1; id=1;\n", "ny?nyynyyy??"),
        Fault::Form(Form::EmptyField) =>           ("v=STSv1;; id=1;", "ny?nyyyyyy??"),
        Fault::Form(Form::NoEquals) =>             ("v=STSv1; id=1; a;", "ny?nyynyny??"),
        Fault::Form(Form::NameInvalid) =>          ("v=STSv1; id=1; ?a=b;", "ny?nyyyyyy??"),
        Fault::Form(Form::ValueInvalid) =>         ("v=STSv1; id=1; a=b c;", "ny?nyyyyny??"),
        Fault::Form(Form::Spacing) =>              ("v=STSv1; id=1; a = b;", "ny?nyyyyny??"),
        Fault::Form(Form::TrailingSpace) =>        ("v=STSv1; id=1 ", "ny?nyyyyyy??"),
        Fault::Form(Form::Joined) =>               ("v=STSv1; id=1v=TLSRPTv1; rua=mailto:a@b.com", "ny?nynyyny??"),
        Fault::Form(Form::JoinedApart) =>          ("v=STSv1; id=1; v=TLSRPTv1; rua=mailto:a@b.com", "yn?yynnnny??"),
        Fault::IdPlaceholder =>                    ("v=STSv1; id=YYYYMMDD;", "yyyyyyyyyyyy"),
        Fault::PolicyText =>                       ("version: STSv1 mode: enforce", "nnnnnnnnnnnn"),
        Fault::IdMissing =>                        ("v=STSv1;", "nnnnynnnnynn"),
        Fault::IdCase =>                           ("v=STSv1; ID=1;", "nnnnynnyny??"),
        Fault::IdInvalid =>                        ("v=STSv1; id=a-b;", "ny?nyyyyyy??"),
        Fault::IdTooLong =>                        ("v=STSv1; id=123456789012345678901234567890123;", "ny?nyyyyyy??"),
        Fault::IdSpacing =>                        ("v=STSv1; id = 1;", "nnnnynyyny??"),
        Fault::IdDuplicate =>                      ("v=STSv1; id=1; id=2;", "yyynyyyyyyyy"),
    };
    (record.to_owned(), row)
}

/// The next of all faults, so that none is without a row.
fn after_announce_fault(fault: AnnounceFault) -> Option<AnnounceFault> {
    use AnnounceFault as Fault;
    use FormFault as Form;
    Some(match fault {
        Fault::Form(Form::VersionMissing) => Fault::Form(Form::VersionCase),
        Fault::Form(Form::VersionCase) => Fault::Form(Form::VersionSpacing),
        Fault::Form(Form::VersionSpacing) => Fault::Form(Form::VersionUnsupported),
        Fault::Form(Form::VersionUnsupported) => Fault::Form(Form::MissingSemicolon),
        Fault::Form(Form::MissingSemicolon) => Fault::Form(Form::SpaceBeforeSemicolon),
        Fault::Form(Form::SpaceBeforeSemicolon) => Fault::Form(Form::Quote),
        Fault::Form(Form::Quote) => Fault::Form(Form::NonAscii),
        Fault::Form(Form::NonAscii) => Fault::Form(Form::Control),
        Fault::Form(Form::Control) => Fault::Form(Form::EmptyField),
        Fault::Form(Form::EmptyField) => Fault::Form(Form::NoEquals),
        Fault::Form(Form::NoEquals) => Fault::Form(Form::NameInvalid),
        Fault::Form(Form::NameInvalid) => Fault::Form(Form::ValueInvalid),
        Fault::Form(Form::ValueInvalid) => Fault::Form(Form::Spacing),
        Fault::Form(Form::Spacing) => Fault::Form(Form::TrailingSpace),
        Fault::Form(Form::TrailingSpace) => Fault::Form(Form::Joined),
        Fault::Form(Form::Joined) => Fault::Form(Form::JoinedApart),
        Fault::Form(Form::JoinedApart) => Fault::IdPlaceholder,
        Fault::IdPlaceholder => Fault::PolicyText,
        Fault::PolicyText => Fault::IdMissing,
        Fault::IdMissing => Fault::IdCase,
        Fault::IdCase => Fault::IdInvalid,
        Fault::IdInvalid => Fault::IdTooLong,
        Fault::IdTooLong => Fault::IdSpacing,
        Fault::IdSpacing => Fault::IdDuplicate,
        Fault::IdDuplicate => return None,
    })
}

/// A row with the plain reader in front, and the checker that follows the RFC behind.
fn whole_row(is_usable: bool, between: &str) -> String {
    let by_rfc = if is_usable { "y" } else { "n" };
    [by_rfc, between, by_rfc].concat()
}

#[test]
fn each_fault_of_a_policy_file_has_an_entry_for_each_sender() {
    let mut wrong = Vec::new();
    for fault in std::iter::successors(Some(PolicyFault::Bom), |fault| after_policy_fault(*fault)) {
        let (text, between) = of_policy_fault(fault);
        let parsed = policy::parse(text.as_bytes());
        assert!(parsed.issues.iter().any(|issue| issue.kind == fault), "{fault:?}: {:?}", parsed.issues);
        let (expected, found) = (whole_row(parsed.is_usable(), between), row(&protected().policy(&text)));
        assert_eq!(expected.len(), SENDERS.len(), "{fault:?}");
        if found != expected {
            wrong.push(format!("{fault:?}: {found}, and not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn bytes_that_are_not_utf_8_have_an_entry_for_each_sender() {
    let world = protected().policy_bytes(&[ENFORCE.as_bytes(), b"note: \xff\n"].concat());
    assert_eq!(row(&world), whole_row(false, "ny?nyyyyyy??"));
}

#[test]
fn each_fault_of_an_announce_record_has_an_entry_for_each_sender() {
    let mut wrong = Vec::new();
    let first = AnnounceFault::Form(FormFault::VersionMissing);
    for fault in std::iter::successors(Some(first), |fault| after_announce_fault(*fault)) {
        let (text, between) = of_announce_fault(fault);
        let parsed = announce::parse(text.clone());
        assert!(parsed.issues.iter().any(|issue| issue.kind == fault), "{fault:?}: {:?}", parsed.issues);
        let (expected, found) = (whole_row(parsed.is_valid(), between), row(&protected().announce(&text)));
        assert_eq!(expected.len(), SENDERS.len(), "{fault:?}");
        if found != expected {
            wrong.push(format!("{fault:?}: {found}, and not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn several_records_are_counted_as_each_sender_counts_them() {
    let both = |one: &str, another: &str| protected().announce(one).also_announce(another);
    let good = "v=STSv1; id=2;";
    let table = [
        ("two", both("v=STSv1; id=1;", good), "nnnnnynyynnnnn"),
        ("a space before one's semicolon", both("v=STSv1 ; id=1;", good), "ynnnnynyynyyyy"),
        ("another version", both("v=STSv10; id=1;", good), "yyn?yyy?ynyyyy"),
        ("SPF", both("v=spf1 -all", good), "yyyyyyynynyyyy"),
    ];
    for (name, world, expected) in table {
        assert_eq!(row(&world), expected, "{name}");
    }
    let spaced = both("v=STSv1 ; id=1;", good);
    // Both begin with the version, so the step says which one goes.
    let report = evaluate(&spaced.check(), now());
    let other = report.findings.iter().find(|finding| finding.rule == "record-unrelated-txt").expect("told");
    let steps: Vec<&String> = other.fix.iter().flat_map(|fix| &fix.steps).collect();
    assert!(steps.iter().any(|step| step.contains("v=STSv1 ; id=1;")), "{steps:?}");
    assert!(!steps.iter().any(|step| step.contains(good)), "{steps:?}");
    assert_eq!(reaction(&spaced, Sender::PostfixTlspol), Reaction::Refuses(vec![Want::OneAnnounceRecord]));
    assert_eq!(reaction(&spaced, Sender::Maddy), Reaction::Refuses(vec![Want::OneTxt]));
}

fn policy(from: &str, to: &str) -> World {
    protected().policy(&ENFORCE.replace(from, to))
}

#[test]
fn what_stands_around_a_policy_counts_as_each_sender_has_it() {
    let ascii = |content_type: &str, text: &str| {
        let content_type = Some(content_type.to_owned());
        let body = ENFORCE.replace("max_age", &format!("note: {text}\nmax_age")).as_str().into();
        protected().response(Response { status: 200, content_type, body, ..Response::default() })
    };
    let off = |mx: &str| protected().policy(&format!("version: STSv1\nmode: none\n{mx}max_age: 86400\n"));
    let long = |at: &str| {
        let filler = (0..1100).map(|n| format!("note{n}: a\n")).collect::<Vec<_>>().concat();
        protected().policy(&ENFORCE.replace(at, &format!("{filler}{at}")))
    };
    let table = [
        ("all well", protected(), "yyyyyyyyyyyyyy"),
        ("two seconds", protected().fetch_takes(2000), "yyyyyyyyyyyyyy"),
        ("over two seconds", protected().fetch_takes(2001), "yny?yyyyyyyyyy"),
        ("over four", protected().fetch_takes(4500), "ynnnyyyyyyyyyy"),
        ("over five", protected().fetch_takes(5001), "ynnnyyyyyynyyy"),
        ("html by name", served_as(Some("text/html")), "ynnnynynynyyyy"),
        ("no type", served_as(None), "ynnnynynynyyyy"),
        ("type in capitals", served_as(Some("Text/Plain;charset=UTF-8")), "yyyyyyynyyyyyy"),
        ("no charset", ascii("text/plain", "a"), "yyyyyyyyyyyyyy"),
        ("no charset, not ASCII", ascii("text/plain", "é"), "yyn?yyyyyyyyyy"),
        ("a charset, not ASCII", ascii("text/plain; charset=utf-8", "é"), "yyyyyyyyyyyyyy"),
        ("a second colon", policy("max_age", "note: a:b\nmax_age"), "yyyyyyyyynyyyy"),
        ("a line of blanks", policy("mode", " \nmode"), "yny?nyynyny??y"),
        ("one server indented", policy("max_age", " mx: mx9.shop.com.au\nmax_age"), "nny?nyyyyyy??n"),
        ("off, with a server", off("mx: mx1.mail-host.net\n"), "yyyyyyyyyyyyyy"),
        ("off, without", off(""), "yyyyynyynyyyyy"),
        ("max_age 0", policy("2592000", "0"), "yyyyynyyyyynyy"),
        ("max_age under a day", policy("2592000", "86399"), "yyyyyyyyyyynyy"),
        ("max_age of a day", policy("2592000", "86400"), "yyyyyyyyyyyyyy"),
        ("a server without a line", protected().mx(30, "mx3.other-host.net"), "yyyyyyyyyyynyy"),
        ("much before what counts", long("max_age"), "yyyyynyyyyyyyy"),
        ("twice, the last one unreadable", policy("max_age", "mode: forced\nmax_age"), "yyn?nnnnnn?yyy"),
        ("no number at all", policy("2592000", "99999999999"), "nnnnnnnyyyynnn"),
        ("a number of 32 bits", policy("2592000", "4294967295"), "nyn?nnnyyyyn?n"),
    ];
    for (name, world, expected) in table {
        assert_eq!(row(&world), expected, "{name}");
    }
}

#[test]
fn what_the_rfc_refuses_all_refuse_and_say_why() {
    let table = [
        ("no record", protected().without_announce(), Obstacle::NoRecord),
        ("an SPF record", protected().announce("v=spf1 -all"), Obstacle::NoRecord),
        ("another version", protected().announce("v=STSv2; id=1;"), Obstacle::UnreadableRecord),
        ("no host", protected().without_host(), Obstacle::NoAddress),
        ("a private host", protected().host("10.0.0.1"), Obstacle::NoAddress),
        ("a bad certificate", protected().fetch_fails(Cause::Tls), Obstacle::NoFetch),
        ("not found", protected().status(404, ""), Obstacle::OtherAnswer),
        ("a web page", protected().status(200, "<p>Welcome</p>"), Obstacle::UnreadablePolicy),
        ("JSON", protected().policy("{\"mode\": \"enforce\"}"), Obstacle::UnreadablePolicy),
        ("broken signatures", protected().bogus("_mta-sts.shop.com.au", RecordType::Txt), Obstacle::Signatures),
    ];
    for (name, world, obstacle) in table {
        for (sender, reaction) in reactions(&world) {
            assert_eq!(reaction, Reaction::Kept(obstacle), "{name}: {sender:?}");
            assert_eq!(reaction.acceptance(), Acceptance::Unusable);
        }
    }
}

#[test]
fn the_last_of_two_counts_for_one_sender_and_the_first_for_the_rest() {
    let testing_last = protected().policy(&ENFORCE.replace("max_age", "mode: testing\nmax_age"));
    assert_eq!(reaction(&testing_last, Sender::Mox), Reaction::Uses(Use::Enforces));
    assert_eq!(reaction(&testing_last, Sender::PostfixMtaStsResolver), Reaction::Uses(Use::Reports));
    // The other way round it is the only one that finds a policy.
    let good_last = protected().policy(&ENFORCE.replace("max_age", "mode: enforce\nmax_age").replacen(
        "mode: enforce",
        "mode: forced",
        1,
    ));
    assert_eq!(reaction(&good_last, Sender::Rfc8461), Reaction::Kept(Obstacle::UnreadablePolicy));
    assert_eq!(reaction(&good_last, Sender::PostfixMtaStsResolver), Reaction::Uses(Use::Enforces));
}

#[test]
fn what_a_sender_takes_otherwise_than_written_is_told() {
    let keeps = |sender, world: &World| match reaction(world, sender) {
        Reaction::UsesBut(_, But::KeepsFor { seconds }) => Some(seconds),
        _ => None,
    };
    let enforced = |max_age: &str| policy("2592000", max_age);
    let tested = |max_age: &str| protected().policy(&ENFORCE.replace("enforce", "testing").replace("2592000", max_age));
    let (week, day, year) = (604_800, 86_400, 31_557_600);
    assert_eq!(keeps(Sender::PostfixTlspol, &enforced("31557601")), Some(year));
    assert_eq!(keeps(Sender::Mimecast, &enforced("31557601")), Some(year));
    assert_eq!(keeps(Sender::Mimecast, &enforced("86400")), Some(week));
    assert_eq!(keeps(Sender::Mimecast, &enforced("604800")), None);
    assert_eq!(keeps(Sender::Mimecast, &tested("60")), Some(day));
    assert_eq!(keeps(Sender::Stalwart, &enforced("3599")), Some(day));
    assert_eq!(keeps(Sender::Stalwart, &enforced("3600")), None);
    assert_eq!(keeps(Sender::Stalwart, &enforced("31557601")), Some(day));
    assert_eq!(keeps(Sender::Mox, &enforced("31557601")), None);
    // A line that is passed over is told where the rest is a policy.
    let indented = policy("max_age", " mx: mx9.shop.com.au\nmax_age");
    for sender in [Sender::PostfixMtaStsResolver, Sender::Maddy] {
        assert_eq!(reaction(&indented, sender), Reaction::UsesBut(Use::Enforces, But::SkipsIndented), "{sender:?}");
    }
    // All else that it wants, it wants of such a policy too.
    let slow = enforced("31557601").fetch_takes(2001);
    assert_eq!(reaction(&slow, Sender::PostfixTlspol), Reaction::Refuses(vec![Want::Within { seconds: 2 }]));
}

#[test]
fn postfix_does_what_its_add_ons_do() {
    assert_eq!(reaction(&protected(), Sender::Postfix), Reaction::ByAddOn(Acceptance::Usable));
    assert_eq!(reaction(&protected().fetch_takes(2001), Sender::Postfix), Reaction::ByAddOn(Acceptance::Unknown));
    let unmarked = served_as(None);
    assert_eq!(reaction(&unmarked, Sender::Postfix), Reaction::Refuses(vec![Want::PlainText]));
}

#[test]
fn every_reason_is_told_and_a_mode_that_is_off_too() {
    let slow_and_unmarked = served_as(None).fetch_takes(2500);
    let reasons = vec![Want::Within { seconds: 2 }, Want::PlainText];
    assert_eq!(reaction(&slow_and_unmarked, Sender::PostfixTlspol), Reaction::Refuses(reasons));
    let off = protected().policy("version: STSv1\nmode: none\nmx: mx1.mail-host.net\nmax_age: 86400\n");
    for (sender, reaction) in reactions(&off).into_iter().filter(|(sender, _)| *sender != Sender::Postfix) {
        let expected = if sender == Sender::MailCheck { Use::Accepts } else { Use::SwitchesOff };
        assert_eq!(reaction, Reaction::Uses(expected), "{sender:?}");
        assert_eq!(reaction.acceptance(), Acceptance::Usable);
    }
    let bare = protected().policy("version: STSv1\nmode: none\nmax_age: 86400\n");
    assert_eq!(reaction(&bare, Sender::Chasquid), Reaction::Refuses(vec![Want::MxInNoneOrKeeps]));
    assert_eq!(reaction(&bare, Sender::Stalwart), Reaction::Refuses(vec![Want::MxInNone]));
}

#[test]
fn advice_warns_and_refuses_nothing() {
    let table = [
        ("enforce", 1_209_600, Use::Accepts),
        ("enforce", 1_209_599, Use::WarnsOfMaxAge),
        ("testing", 86_400, Use::Accepts),
        ("testing", 86_399, Use::WarnsOfMaxAge),
        ("none", 60, Use::Accepts),
    ];
    for (mode, max_age, expected) in table {
        let policy = ENFORCE.replace("enforce", mode).replace("2592000", &max_age.to_string());
        let reaction = reaction(&protected().policy(&policy), Sender::MailCheck);
        assert_eq!(reaction, Reaction::Uses(expected), "{mode} {max_age}");
    }
}

#[test]
fn what_was_not_seen_is_not_known() {
    let unseen = [
        protected().no_answer("_mta-sts.shop.com.au", RecordType::Txt),
        protected().server_failure("_mta-sts.shop.com.au", RecordType::Txt, 22, ""),
        protected().fetch_fails(Cause::Unknown),
    ];
    for world in unseen {
        for (sender, reaction) in reactions(&world) {
            assert_eq!(reaction, Reaction::Unknown, "{sender:?}");
            assert_eq!(reaction.acceptance(), Acceptance::Unknown);
        }
    }
    let mut evidence = protected().check();
    evidence.observations.clear();
    assert!(judge(&evidence).iter().all(|(_, reaction)| *reaction == Reaction::Unknown));
}

#[test]
fn the_plain_reader_agrees_with_the_verdict() {
    for example in examples() {
        let all = reactions(&example.world);
        assert_eq!(all.iter().map(|(sender, _)| *sender).collect::<Vec<_>>(), SENDERS);
        let report = evaluate(&example.world.check(), now());
        let finds = match report.verdict {
            Verdict::NotApplicable | Verdict::NoSuchDomain | Verdict::Missing | Verdict::Broken => Acceptance::Unusable,
            Verdict::Inconclusive => Acceptance::Unknown,
            _ => Acceptance::Usable,
        };
        assert_eq!(all[0].1.acceptance(), finds, "{}: {:?}", example.domain, all[0].1);
    }
}

#[test]
fn the_report_has_each_sender_by_its_name_with_what_it_makes_of_the_policy() {
    for example in examples() {
        let told = evaluate(&example.world.check(), now()).senders;
        let all = reactions(&example.world);
        assert_eq!(told.len(), all.len(), "{}", example.domain);
        for (sender, (_, reaction)) in told.iter().zip(&all) {
            assert_eq!(sender.verdict, reaction.acceptance(), "{}: {}", example.domain, sender.name);
            assert!(!sender.name.is_empty() && !sender.why.is_empty(), "{}: {sender:?}", example.domain);
        }
        let names: BTreeSet<&str> = told.iter().map(|sender| sender.name.as_str()).collect();
        assert_eq!(names.len(), told.len(), "each has a name of its own");
    }
}
