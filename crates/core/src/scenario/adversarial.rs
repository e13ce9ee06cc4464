//! What a stranger sends to keep the checker busy, in any size: work on it must grow like it, and no faster. The law is in
//! `tests/linear.rs`, and `cargo xtask bench work` prints the figures.

use serde::Serialize;

use super::world::{CHECKED_AT, World};
use crate::evaluate::{evaluate, evaluate_so_far};
use crate::evidence::dns::decode_answer;
use crate::evidence::{
    Alias, Answer, Certificate, Evidence, ExtendedError, Handshake, Observation, Outcome, Record, Response,
};
use crate::facts::Facts;
use crate::lint::{self, Lint};
use crate::lookup::{Lookup, PolicyPath, Question, RecordType};
use crate::name::DomainName;
use crate::published::{announce, policy, tls_rpt};
use crate::report::Report;
use crate::rules::{judge_section, sections};
use crate::text::octets::Octets;
use crate::text::time::Timestamp;
use crate::tls_report::{self, Summary};

const DOMAIN: &str = "shop.com.au";

/// One input, and what is done with it.
pub struct Trial {
    /// What does the work: a parser, a section of rules, a judge.
    pub worker: &'static str,
    /// What it works on.
    pub input: &'static str,
    work: Box<dyn Fn() -> Done>,
}

/// What comes of the work.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Done {
    /// Nothing that is answered to anybody.
    Nothing,
    /// Of a text.
    Lint(Box<Lint>),
    /// Of evidence.
    Report(Box<Report>),
    /// Of TLS reports.
    Summary(Box<Summary>),
}

impl Trial {
    fn new(worker: &'static str, input: &'static str, work: impl Fn() -> Done + 'static) -> Self {
        Self { worker, input, work: Box::new(work) }
    }

    /// Does the work.
    pub fn run(&self) -> Done {
        (self.work)()
    }
}

/// Every trial, with inputs of about so many bytes.
pub fn trials(size: usize) -> Vec<Trial> {
    let mut all = Vec::new();
    for (name, make) in POLICIES {
        let text = make(size);
        let (one, two, three, four) = (text.clone(), text.clone(), text.clone(), text);
        all.push(Trial::new("policy file, parsed", name, move || {
            policy::parse(one.as_bytes());
            Done::Nothing
        }));
        all.push(Trial::new("policy file, corrected", name, move || {
            policy::parse(two.as_bytes()).corrected(|_| None);
            Done::Nothing
        }));
        all.push(Trial::new("policy file, lint", name, move || {
            Done::Lint(Box::new(lint::policy(three.as_bytes(), |_| None)))
        }));
        all.push(judged(name, World::protected(DOMAIN).policy(&four).check()));
    }
    for (name, make) in RECORDS {
        let (record, report) = (make(size, "v=STSv1", "id=1"), make(size, "v=TLSRPTv1", "rua=mailto:a@shop.com.au"));
        for text in [record.clone(), report.clone()] {
            all.push(Trial::new("announce record, parsed", name, move || {
                announce::parse(text.clone());
                Done::Nothing
            }));
        }
        let text = record.clone();
        all.push(Trial::new("announce record, lint", name, move || Done::Lint(Box::new(lint::record(&text)))));
        let text = report.clone();
        all.push(Trial::new("TLS-RPT record, parsed", name, move || {
            tls_rpt::parse(text.clone());
            Done::Nothing
        }));
        let text = report.clone();
        all.push(Trial::new("TLS-RPT record, lint", name, move || Done::Lint(Box::new(lint::tls_rpt(&text)))));
        all.push(judged(name, World::protected(DOMAIN).announce(&record).tls_rpt(&report).check()));
    }
    for (name, make) in EVIDENCE {
        let evidence = make(size);
        let copy = evidence.clone();
        all.push(judged(name, evidence));
        all.push(Trial::new("a check under way", name, move || Done::Report(Box::new(evaluate_so_far(&copy, now())))));
    }
    let everything = everything(size);
    for section in sections() {
        let evidence = everything.clone();
        all.push(Trial::new("rules", section.id, move || {
            judge_section(section, &Facts::read(&evidence, now()));
            Done::Nothing
        }));
    }
    all.push(judged("everything at once", everything));
    for (name, make) in REPORTS {
        let text = make(size);
        all.push(Trial::new("TLS reports", name, move || {
            let domain = DomainName::from_ascii(DOMAIN).ok();
            let question = tls_report::Question { domain: domain.as_ref(), check: None, now: now() };
            Done::Summary(Box::new(tls_report::read([("", text.as_bytes())], &question)))
        }));
    }
    for (name, make) in MESSAGES {
        let (message, question) = (make(size), Question::new(DOMAIN, RecordType::Txt));
        all.push(Trial::new("DNS message", name, move || {
            let _ = decode_answer(&message, &question);
            Done::Nothing
        }));
    }
    all
}

fn judged(name: &'static str, evidence: Evidence) -> Trial {
    Trial::new("evaluate", name, move || Done::Report(Box::new(evaluate(&evidence, now()))))
}

fn now() -> Timestamp {
    CHECKED_AT.parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A text again and again, as often as fits.
fn repeated(text: &str, size: usize) -> String {
    text.repeat(size / text.len())
}

/// A line for each number, as many as fit.
fn numbered(size: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(size + 256);
    for number in 0.. {
        let line = line(number);
        if text.len() + line.len() > size {
            break;
        }
        text.push_str(&line);
    }
    text
}

fn within(start: &str, end: &str, size: usize, middle: impl Fn(usize) -> String) -> String {
    [start, &middle(size.saturating_sub(start.len() + end.len())), end].concat()
}

type Make<T> = &'static [(&'static str, fn(usize) -> T)];

const START: &str = "version: STSv1\nmode: enforce\nmax_age: 604800\n";

/// Policy files.
const POLICIES: Make<String> = &[
    ("bare CRs", |size| repeated("\r", size)),
    ("lines that end in CR", |size| repeated("mx: a.example\r", size)),
    ("CRs before LF", |size| repeated("\r\r\n", size)),
    ("blank lines", |size| repeated("\n", size)),
    ("blank lines of CRLF", |size| repeated("\r\n", size)),
    ("spaces", |size| repeated(" ", size)),
    ("spaces before a letter", |size| repeated(" ", size) + "a"),
    ("lines of spaces", |size| repeated("                                a \n", size)),
    ("comments", |size| repeated("#\n", size)),
    ("lines without a colon", |size| repeated("a\n", size)),
    ("one line", |size| repeated("a", size)),
    ("one value", |size| within(START, "\n", size, |size| "mx: ".to_owned() + &repeated("a.", size))),
    ("unknown keys", |size| numbered(size, |number| format!("key{number}: x\n"))),
    ("keys in capitals", |size| repeated("MX: a.example\n", size)),
    ("keys given twice", |size| repeated("mode: enforce\n", size)),
    ("versions", |size| repeated("version: STSv2\n", size)),
    ("hash signs", |size| repeated("mx: a #b\n", size)),
    ("exact patterns", |size| {
        within(START, "", size, |size| numbered(size, |number| format!("mx: m{number}.example.com\n")))
    }),
    ("wildcards", |size| within(START, "", size, |size| numbered(size, |number| format!("mx: *.w{number}.net\n")))),
    ("a pattern again and again", |size| within(START, "", size, |size| repeated("mx: mx1.mail-host.net\n", size))),
    ("patterns that are too broad", |size| within(START, "", size, |size| repeated("mx: *.com\n", size))),
    ("patterns with dots at the end", |size| {
        within(START, "", size, |size| numbered(size, |number| format!("mx: m{number}.example.com.\n")))
    }),
    ("a list of servers", |size| {
        within(START, "\n", size, |size| {
            "mx: ".to_owned() + &numbered(size, |number| format!("m{number}.example.com, "))
        })
    }),
    ("lists of servers", |size| {
        within(START, "", size, |size| numbered(size, |number| format!("mx: a{number}.net b.net c.net d.net\n")))
    }),
    ("names that are not ASCII", |size| within(START, "", size, |size| repeated("mx: b\u{fc}cher.example\n", size))),
    ("marks of order", |size| repeated("\u{feff}", size)),
    ("what is not UTF-8, read", |size| repeated("\u{fffd}", size)),
    ("NULs", |size| repeated("a: \0\n", size)),
    ("JSON", |size| ["{\"mode\": \"enforce\", \"mx\": [", &repeated("\"a.example\",", size), "]}"].concat()),
    ("brackets", |size| ["{", &repeated("[{", size)].concat()),
    ("a record", |size| ["v=STSv1; ", &repeated("mx=a.example; ", size)].concat()),
    ("a web page", |size| ["<html>", &repeated("<p>", size)].concat()),
    ("braces", |size| repeated("{sign}: {new id}\n", size)),
];

/// By size, version and a field.
type MakeRecord = fn(usize, &str, &str) -> String;

/// Records of both kinds, by version and a field of theirs.
const RECORDS: &[(&str, MakeRecord)] = &[
    ("fields", |size, version, field| [version, ";", &repeated(&[field, ";"].concat(), size)].concat()),
    ("other fields", |size, version, field| {
        [version, ";", field, ";", &numbered(size, |number| format!("f{number}=x;"))].concat()
    }),
    ("semicolons", |size, version, field| [version, ";", field, &repeated(";", size)].concat()),
    ("equals signs", |size, version, field| [version, ";", field, &repeated("=", size)].concat()),
    ("fields without a value", |size, version, field| [version, ";", field, ";", &repeated("a;", size)].concat()),
    ("blanks", |size, version, field| [version, ";", &repeated(" ", size), field].concat()),
    ("blanks before the version", |size, version, field| [&repeated(" ", size), version, ";", field].concat()),
    ("quotation marks", |size, version, field| [version, ";", field, &repeated("\" ", size)].concat()),
    ("backslashes", |size, version, field| [version, "\\;", field, &repeated("\\;", size)].concat()),
    ("what is not ASCII", |size, version, field| [version, ";", field, &repeated("\u{e9} ", size)].concat()),
    ("control characters", |size, version, field| [version, ";", field, &repeated("\u{1} ", size)].concat()),
    ("destinations", |size, version, field| {
        [version, ";", field, &numbered(size, |number| format!(",mailto:r{number}@d{number}.com"))].concat()
    }),
    ("destinations of one domain", |size, version, field| {
        [version, ";", field, &repeated(",mailto:reports@elsewhere.com", size)].concat()
    }),
    ("web addresses", |size, version, field| {
        [version, ";", field, &numbered(size, |number| format!(",https://h{number}.example.com/x"))].concat()
    }),
    ("web addresses, cut off", |size, version, _| {
        [version, ";rua=https://a.example/x", &repeated(";a", size)].concat()
    }),
    ("addresses without a scheme", |size, version, _| {
        [version, ";rua=a@b.com", &numbered(size, |number| format!(",r{number}@b.com"))].concat()
    }),
    ("exclamation marks", |size, version, field| [version, ";", field, &repeated(",mailto:a@b.com!1m", size)].concat()),
    ("commas", |size, version, field| [version, ";", field, &repeated(",", size)].concat()),
    ("fields of DMARC", |size, version, field| [version, ";", field, &repeated(";p=none", size)].concat()),
    ("a long name", |size, version, field| [version, ";", &repeated("a", size), field].concat()),
    ("percent signs", |size, version, field| [version, ";", field, &repeated("%41", size)].concat()),
    ("braces", |size, version, field| [version, ";", field, &repeated(";{sign}", size)].concat()),
];

/// Evidence, as anybody may send it to be judged.
const EVIDENCE: Make<Evidence> = &[
    ("mail servers", |size| mail_servers(size, "mx1.mail-host.net")),
    ("mail servers that no pattern allows", |size| mail_servers(size, "*.nobody.example")),
    ("mail servers, and as many patterns", |size| {
        let patterns = numbered(size / 2, |number| format!("mx: *.w{number}.net\n"));
        let world = World::protected(DOMAIN).policy(&[START, &patterns].concat());
        with_records(world.check(), DOMAIN, RecordType::Mx, servers(size / 2))
    }),
    ("mail servers with deep names", |size| {
        let world = World::protected(DOMAIN).policy(&[START, "mx: *.a.a.example\n"].concat());
        let deep = |number: usize| format!("m{number}.{}example", "a.".repeat(100));
        let records = (0..size / 250).map(|number| Record::Mx { preference: 1, exchange: deep(number) }).collect();
        with_records(world.check(), DOMAIN, RecordType::Mx, records)
    }),
    ("announce records", |size| with_texts(size, "_mta-sts", "v=STSv1; id=1;")),
    ("announce records that are none", |size| with_texts(size, "_mta-sts", "v=STSv1 id=1")),
    ("other texts", |size| with_texts(size, "_mta-sts", "x")),
    ("TLS-RPT records", |size| {
        let name = ["_smtp._tls.", DOMAIN].concat();
        let text =
            |number| Record::Txt(vec![Octets::from(&*format!("v=TLSRPTv1; rua=mailto:r{number}@d{number}.com"))]);
        with_records(World::protected(DOMAIN).check(), &name, RecordType::Txt, (0..size / 60).map(text).collect())
    }),
    ("strings of a text", |size| {
        let name = ["_mta-sts.", DOMAIN].concat();
        let text = Record::Txt(vec![Octets::from("v"); size / 4]);
        with_records(World::protected(DOMAIN).check(), &name, RecordType::Txt, vec![text])
    }),
    ("name servers", |size| {
        let server = |number| Record::Ns(format!("ns{number}.example.net"));
        with_records(World::protected(DOMAIN).check(), DOMAIN, RecordType::Ns, (0..size / 30).map(server).collect())
    }),
    ("addresses", |size| {
        let name = ["mta-sts.", DOMAIN].concat();
        let address =
            |number: usize| Record::A(std::net::Ipv4Addr::from_bits(0xcb00_0000 | u32::try_from(number).unwrap_or(0)));
        with_records(World::protected(DOMAIN).check(), &name, RecordType::A, (0..size / 16).map(address).collect())
    }),
    ("TLSA records", |size| {
        let tlsa = |number: usize| Record::Tlsa {
            usage: 3,
            selector: 1,
            matching: 1,
            data: Octets(number.to_be_bytes().repeat(4)),
        };
        let name = "_25._tcp.mx1.mail-host.net";
        with_records(World::protected(DOMAIN).check(), name, RecordType::Tlsa, (0..size / 40).map(tlsa).collect())
    }),
    ("aliases", |size| {
        let mut evidence = World::protected(DOMAIN).check();
        let alias =
            |number: usize| Alias { name: format!("a{number}.example"), target: format!("a{}.example", number + 1) };
        for observation in &mut evidence.observations {
            if let (Lookup::Dns(question), Outcome::Answer(answer)) = (&observation.lookup, &mut observation.outcome)
                && (question.name.starts_with("_mta-sts.") || question.name.starts_with("mta-sts."))
            {
                answer.aliases = (0..size / 80).map(alias).collect();
            }
        }
        evidence
    }),
    ("extended errors", |size| {
        let mut evidence = World::protected(DOMAIN).bogus(DOMAIN, RecordType::Mx).check();
        for observation in &mut evidence.observations {
            if let Outcome::Answer(answer) = &mut observation.outcome {
                let error = ExtendedError { code: 7, text: "signature expired".to_owned() };
                answer.extended_errors = vec![error; size / 400];
            }
        }
        evidence
    }),
    ("observations", |size| {
        let mut evidence = World::protected(DOMAIN).bogus(DOMAIN, RecordType::Mx).check();
        for number in 0..size / 80 {
            let lookup = Lookup::Dns(Question::new(format!("x{number}.{DOMAIN}"), RecordType::A));
            evidence
                .observations
                .insert(0, Observation { lookup, outcome: Outcome::Answer(Answer::default()), took_ms: 1 });
        }
        evidence
    }),
    ("earlier checks", |size| {
        let mut world = World::protected(DOMAIN).check();
        let Some(kept) = evaluate(&world, now()).snapshot else { return world };
        let at = |number: usize| {
            let ms = kept.time.as_millisecond() - 60_000 * i64::try_from(number + 1).unwrap_or(1);
            Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
        };
        let snapshot = |number: usize| crate::evidence::snapshot::Snapshot {
            time: at(number),
            id: Some(format!("id{number}")),
            policy_hash: Some(format!("{number:016x}")),
            ..kept.clone()
        };
        world.history = (0..size / 300).map(snapshot).collect();
        world
    }),
    ("names of earlier checks", |size| {
        let mut world = World::protected(DOMAIN).check();
        let Some(mut kept) = evaluate(&world, now()).snapshot else { return world };
        kept.mx = (0..size / 60).map(|number| format!("m{number}.example.com")).collect();
        kept.mx_hosts.clone_from(&kept.mx);
        kept.time = Timestamp::from_millisecond(kept.time.as_millisecond() - 1000).unwrap_or(kept.time);
        world.history = vec![kept];
        world
    }),
    ("names of a certificate", |size| {
        let names = (0..size / 30).map(|number| format!("n{number}.example.com")).collect();
        with_certificates(vec![certificate(names)])
    }),
    ("certificates", |size| with_certificates(vec![certificate(vec!["a.example".to_owned()]); size / 150])),
    ("a media type", |size| {
        let response = Response {
            status: 200,
            content_type: Some(repeated("text/plain;", size)),
            location: Some(repeated("a/", size / 2)),
            body: super::world::ENFORCE.into(),
            ..Response::default()
        };
        let mut evidence = World::protected(DOMAIN).check();
        for observation in &mut evidence.observations {
            if matches!(observation.lookup, Lookup::Policy { path: PolicyPath::WellKnown, .. }) {
                observation.outcome = Outcome::Response(response.clone());
            }
        }
        evidence
    }),
];

/// Files of TLS reports.
const REPORTS: Make<String> = &[
    ("reports", |size| numbered(size, |number| report(number, &policy_of(DOMAIN, "")))),
    ("reports that are the same", |size| repeated(&report(1, &policy_of(DOMAIN, "")), size)),
    ("policies", |size| report(1, numbered(size, |_| policy_of(DOMAIN, "") + ",").trim_end_matches(','))),
    ("policies of many domains", |size| {
        report(1, numbered(size, |number| policy_of(&format!("d{number}.com"), "") + ",").trim_end_matches(','))
    }),
    ("failures", |size| {
        let failure = |number| {
            format!(
                "{{\"result-type\":\"certificate-expired\",\"receiving-mx-hostname\":\"m{number}.shop.com.au\",\
                 \"sending-mta-ip\":\"192.0.2.1\",\"failed-session-count\":1}},"
            )
        };
        report(1, &policy_of(DOMAIN, numbered(size, failure).trim_end_matches(',')))
    }),
    ("causes that nobody knows", |size| {
        let failure = |number| format!("{{\"result-type\":\"cause-{number}\",\"failed-session-count\":1}},");
        report(1, &policy_of(DOMAIN, numbered(size, failure).trim_end_matches(',')))
    }),
    ("lines of a policy", |size| {
        let line = |number| format!("\"mx: m{number}.example.com\",");
        let lines = numbered(size, line);
        let policy = policy_of(DOMAIN, "");
        report(
            1,
            &policy.replace("\"policy-string\":[]", &format!("\"policy-string\":[{}]", lines.trim_end_matches(','))),
        )
    }),
    ("brackets", |size| repeated("[", size)),
    ("brackets in a report", |size| within("{\"policies\":", "}", size, |size| repeated("[", size))),
    ("objects in objects", |size| repeated("{\"a\":", size)),
    ("a text", |size| within("{\"organization-name\":\"", "\"}", size, |size| repeated("a", size))),
    ("escapes", |size| within("{\"organization-name\":\"", "\"}", size, |size| repeated("\\u0041", size))),
    ("halves of characters", |size| within("{\"organization-name\":\"", "\"}", size, |size| repeated("\\ud800", size))),
    ("backslashes in a name", |size| within("{\"", "\":1}", size, |size| repeated("\\\\", size))),
    ("names", |size| {
        within("{", "\"report-id\":\"1\"}", size, |size| numbered(size, |number| format!("\"n{number}\":1,")))
    }),
    ("a name again and again", |size| {
        within("{", "\"report-id\":\"1\"}", size, |size| repeated("\"report-id\":\"1\",", size))
    }),
    ("a number", |size| within("{\"report-id\":", "}", size, |size| repeated("9", size))),
    ("white space", |size| repeated(" ", size)),
    ("lines, and then no JSON", |size| repeated("\n", size) + "x"),
    ("values that are no reports", |size| repeated("1 ", size)),
    ("numbers in a list", |size| within("[", "1]", size, |size| repeated("1,", size))),
];

/// DNS messages.
const MESSAGES: Make<Vec<u8>> = &[
    ("texts", |size| message(size, |_| [b"\xc0\x0c\0\x10\0\x01\0\0\0\x3c\0\x02\x01x".as_slice()].concat())),
    ("aliases", |size| {
        message(size, |number| {
            let label = format!("a{number:05}");
            [b"\x06".as_slice(), label.as_bytes(), b"\0\0\x05\0\x01\0\0\0\x3c\0\x02\xc0\x0c"].concat()
        })
    }),
    ("pointers", |size| message(size, |_| b"\xc0\x0c".to_vec())),
];

/// A message about the domain with as many records in its answer as fit, and no more than a message has.
fn message(size: usize, record: impl Fn(usize) -> Vec<u8>) -> Vec<u8> {
    let mut bytes = b"\0\0\x81\x80\0\x01\0\0\0\0\0\0\x04shop\x03com\x02au\0\0\x10\0\x01".to_vec();
    let mut count = 0_u16;
    loop {
        let record = record(count.into());
        if bytes.len() + record.len() > size.min(65_535) || count == u16::MAX {
            break;
        }
        bytes.extend(record);
        count += 1;
    }
    bytes[6..8].copy_from_slice(&count.to_be_bytes());
    bytes
}

fn report(number: usize, policies: &str) -> String {
    format!(
        "{{\"organization-name\":\"Sender\",\"report-id\":\"r{number}\",\"contact-info\":\"a@b.com\",\"date-range\":\
         {{\"start-datetime\":\"2026-11-20T00:00:00Z\",\"end-datetime\":\"2026-11-20T23:59:59Z\"}},\"policies\":[{policies}]}}\n"
    )
}

fn policy_of(domain: &str, failures: &str) -> String {
    format!(
        "{{\"policy\":{{\"policy-type\":\"sts\",\"policy-string\":[],\"policy-domain\":\"{domain}\"}},\"summary\":\
         {{\"total-successful-session-count\":1,\"total-failure-session-count\":1}},\"failure-details\":[{failures}]}}"
    )
}

fn servers(size: usize) -> Vec<Record> {
    let host = |number: usize| Record::Mx { preference: 10, exchange: format!("mail.w{number}.example.net") };
    // Backwards, as no list comes that is sorted already.
    (0..size / 40).rev().map(host).collect()
}

fn mail_servers(size: usize, pattern: &str) -> Evidence {
    let world = World::protected(DOMAIN).policy(&[START, "mx: ", pattern, "\n"].concat());
    with_records(world.check(), DOMAIN, RecordType::Mx, servers(size))
}

fn with_texts(size: usize, label: &str, text: &str) -> Evidence {
    let name = [label, ".", DOMAIN].concat();
    let records = vec![Record::Txt(vec![text.into()]); size / (text.len() + 12)];
    let evidence = World::protected(DOMAIN).check();
    let wildcard = with_records(evidence, &name, RecordType::Txt, records.clone());
    // What a name answers that nobody publishes, too.
    let unused = crate::lookup::wrong_places::unused_name(&wildcard.domain);
    with_records(wildcard, &unused, RecordType::Txt, records)
}

/// Puts an answer with these records in the place of what came of a lookup.
fn with_records(mut evidence: Evidence, name: &str, rtype: RecordType, records: Vec<Record>) -> Evidence {
    let lookup = Lookup::Dns(Question::new(name, rtype));
    evidence.observations.retain(|seen| seen.lookup != lookup);
    let answer = Answer { records, ttl: 60, ..Answer::default() };
    evidence.observations.push(Observation { lookup, outcome: Outcome::Answer(answer), took_ms: 1 });
    evidence
}

fn certificate(names: Vec<String>) -> Certificate {
    Certificate {
        names,
        common_name: Some("a.example".to_owned()),
        issuer: "Nobody".to_owned(),
        self_issued: false,
        not_before: Timestamp::UNIX_EPOCH,
        not_after: now(),
    }
}

fn with_certificates(certificates: Vec<Certificate>) -> Evidence {
    let mut evidence = World::protected(DOMAIN).check();
    let host = evidence.domain.policy_host();
    let failed = crate::evidence::Failure { cause: crate::evidence::Cause::Tls, detail: None };
    for observation in &mut evidence.observations {
        if matches!(observation.lookup, Lookup::Policy { .. }) {
            observation.outcome = Outcome::Failed(failed.clone());
        }
    }
    let handshake = Handshake { version: Some(0x0303), alert: None, certificates };
    evidence.observations.push(Observation {
        lookup: Lookup::Handshake { host },
        outcome: Outcome::Handshake(handshake),
        took_ms: 1,
    });
    evidence
}

/// Evidence that gives every section of rules much to look at.
fn everything(size: usize) -> Evidence {
    let part = size / 4;
    let policy =
        [START, &numbered(part, |number| format!("MX: m{number}\nmx: *.w{number}.net.\nmx: v{number}.net\n"))].concat();
    let report =
        ["v=TLSRPTv1; rua=mailto:a@b.com", &numbered(part, |number| format!(",mailto:r{number}@d{number}.com"))];
    let record = ["v=STSv1; id=1;", &numbered(part, |number| format!("f{number};"))].concat();
    let world = World::protected(DOMAIN).policy(&policy).tls_rpt(&report.concat()).announce(&record);
    with_records(world.check(), DOMAIN, RecordType::Mx, servers(part))
}
