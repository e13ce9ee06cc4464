//! The texts that a finding gives to paste.

use super::dns_console::DnsConsole;
use super::remedy::{PastePlace, Remedy};
use crate::facts::Facts;
use crate::lookup::{PolicyPath, policy_url};
use crate::name::labels::{POLICY_PATH, Txt, tlsa_name};
use crate::providers::mx_line::{FIRST_MAX_AGE, Lines};
use crate::published::policy::mx_pattern::MxPattern;
use crate::published::policy::{self, Mode};
use crate::published::{announce, tls_rpt};
use crate::rules::step::ToPaste;

/// Adds what a check wants pasted.
pub(super) fn add(facts: &Facts<'_>, console: &DnsConsole<'_>, wanted: &ToPaste, remedy: &mut Remedy) {
    match wanted {
        ToPaste::Host(txt) => host(facts, console, *txt, remedy),
        ToPaste::NewValue(txt) => value(*txt, new_value(facts, *txt), remedy),
        ToPaste::CorrectedValue(txt) => value(*txt, corrected_value(facts, *txt), remedy),
        ToPaste::MergedReports => value(Txt::TlsRpt, merged_reports(facts), remedy),
        ToPaste::MovedValue(txt, at) => value(*txt, moved_value(facts, *txt, *at), remedy),
        ToPaste::Value(txt, given) => value(*txt, Some(given.clone()), remedy),
        ToPaste::PolicyAddress => {
            let address = facts.domain.map(|domain| policy_url(&domain.policy_host(), PolicyPath::WellKnown));
            remedy.paste(PastePlace::PolicyAddress, address.unwrap_or_default());
        }
        ToPaste::FirstPolicy => {
            let first = Lines::for_hosts(facts.mail_hosts()).policy(Mode::Testing, FIRST_MAX_AGE);
            if let (Some(domain), Some(policy)) = (facts.domain, first) {
                remedy.paste(PastePlace::PolicyAddress, policy_url(&domain.policy_host(), PolicyPath::WellKnown));
                remedy.paste(PastePlace::PolicyText, policy);
            }
        }
        ToPaste::PolicyOff => {
            // Without mx lines, chasquid and Stalwart refuse a policy in mode none, and go on enforcing the one before.
            let lines = Lines::for_hosts(facts.mail_hosts());
            remedy.paste(PastePlace::PolicyText, policy::render(Mode::None, lines.patterns(), FIRST_MAX_AGE));
        }
        ToPaste::LinesFor(hosts) => {
            let lines = Lines::for_hosts(hosts.iter().map(String::as_str));
            remedy.paste(PastePlace::PolicyLines, policy::mx_lines(lines.patterns()));
        }
        ToPaste::LineForEach(hosts) => {
            let lines = policy::mx_lines(hosts.iter().map(String::as_str));
            remedy.paste(PastePlace::PolicyLine, lines.trim_end());
        }
        ToPaste::MissingLines(host) => remedy.paste(PastePlace::PolicyLines, missing_lines(facts, host)),
        ToPaste::SplitLines(list) => {
            let names = list.split([' ', '\t', ',', ';']).filter(|name| MxPattern::parse(name).is_ok());
            remedy.paste(PastePlace::PolicyLines, policy::mx_lines(names));
        }
        ToPaste::Line(line) => remedy.paste(PastePlace::PolicyLine, *line),
        ToPaste::Ttl(seconds) => remedy.paste(PastePlace::Ttl, *seconds),
        ToPaste::ContentType => remedy.paste(PastePlace::ContentType, "text/plain; charset=utf-8"),
        ToPaste::PolicyUrl => remedy.paste(PastePlace::PolicyUrl, format!("https://{}{POLICY_PATH}", facts.host.name)),
        ToPaste::PolicyHost => remedy.paste(PastePlace::PolicyHost, facts.host.name.clone()),
        ToPaste::MxRecord(data) => remedy.paste(PastePlace::MxRecord, *data),
        ToPaste::TlsaName(host) => remedy.paste(PastePlace::TlsaName, tlsa_name(host)),
    }
}

fn value(txt: Txt, made: Option<String>, remedy: &mut Remedy) {
    remedy.paste(PastePlace::TxtValue(txt), made.unwrap_or_default());
}

/// The host of a TXT record, and its full name where the console may want that.
fn host(facts: &Facts<'_>, console: &DnsConsole<'_>, txt: Txt, remedy: &mut Remedy) {
    remedy.paste(PastePlace::TxtHost(txt), console.host(txt.label()));
    if let Some(domain) = facts.domain.filter(|_| !console.is_known()) {
        remedy.paste(PastePlace::TxtFullName(txt), format!("{}.{domain}", txt.label()));
    }
}

/// A new record: with a fresh id, or a mailbox of the domain's own. None in a lint for reports, where no domain is known.
pub(super) fn new_value(facts: &Facts<'_>, txt: Txt) -> Option<String> {
    match txt {
        Txt::Announce => Some(announce::render(&facts.fresh_id)),
        Txt::TlsRpt => facts.domain.map(|domain| tls_rpt::render([format!("mailto:tls-reports@{domain}").as_str()])),
    }
}

/// The judged record as it should be: its own id or addresses where they can be kept, else new ones.
fn corrected_value(facts: &Facts<'_>, txt: Txt) -> Option<String> {
    match txt {
        Txt::Announce => {
            facts.announce.judged().and_then(announce::AnnounceRecord::corrected).or_else(|| new_value(facts, txt))
        }
        Txt::TlsRpt => {
            let record = facts.tlsrpt.judged()?;
            let has_none = record.issues.iter().any(|issue| issue.kind == tls_rpt::TlsRptFault::RuaMissing);
            record.corrected().or_else(|| new_value(facts, txt).filter(|_| has_none))
        }
    }
}

/// Addresses that one record is given which takes the place of several.
const MERGED_LIMIT: usize = 16;

/// One TLS-RPT record with the addresses of all that begin with the version.
fn merged_reports(facts: &Facts<'_>) -> Option<String> {
    let counted = facts.tlsrpt.records.iter().filter(|record| record.begins_with_version());
    let mut uris: Vec<&str> = Vec::new();
    for uri in counted.flat_map(|record| record.rua.iter().map(|rua| rua.span.of(&record.text))) {
        if uris.len() < MERGED_LIMIT && !uris.contains(&uri) {
            uris.push(uri);
        }
    }
    (!uris.is_empty()).then(|| tls_rpt::render(uris))
}

/// What to write at the right place, of a record that was found at another.
fn moved_value(facts: &Facts<'_>, txt: Txt, at: usize) -> Option<String> {
    match txt {
        Txt::Announce => {
            let found = &facts.misplaced.announce.get(at)?.text;
            let record = announce::parse(found.clone());
            if record.is_valid() {
                return Some(found.clone());
            }
            record.corrected().or_else(|| new_value(facts, txt))
        }
        Txt::TlsRpt => {
            let found = &facts.misplaced.tlsrpt.get(at)?.text;
            Some(tls_rpt::parse(found.clone()).corrected().unwrap_or_else(|| found.clone()))
        }
    }
}

/// The lines that allow a host and its provider's others, less those that the policy has.
fn missing_lines(facts: &Facts<'_>, host: &str) -> String {
    let is_there = |line: &&str| {
        let has = |policy: &policy::Policy<'_>| policy.mx.iter().any(|mx| mx.value.as_str().eq_ignore_ascii_case(line));
        facts.policy.as_ref().is_some_and(has)
    };
    policy::mx_lines(Lines::for_hosts([host]).patterns().filter(|line| !is_there(line)))
}
