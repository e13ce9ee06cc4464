//! What others keep behind an alias: there a step cannot send anybody to a record or file that is not theirs. It says whom
//! to ask, and how to keep it oneself (RFC 8461 §8.2).

use crate::facts::Facts;
use crate::mend::dns_console::Console;
use crate::name::labels::Txt;
use crate::published::announce as announce_record;
use crate::report::{Copyable, Finding, Outcome};
use crate::rules::history::PUT_BACK;
use crate::rules::{Rule, all, announce, certificate, mx_pattern, policy_file, policy_host, tlsrpt};

/// How steps ask for a new id.
const NEW_ID: &str = "give the {announce} record a new id";

/// What the steps of a rule change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Changes {
    /// The one record, with all of its steps.
    Record(Txt),
    /// The policy file, with all of its steps.
    File,
    /// The web server of the policy file, or its certificate.
    Server,
    /// Another record, which is to become the one: nothing can stand beside an alias (RFC 2181 §10.1).
    Beside(Txt),
    /// The policy file, with some of its steps.
    FileInPart,
    /// At most the id.
    Nothing,
}

/// Rules that look at something else than the policy file, and want it changed for that.
const IN_PART: &[&str] = &[
    "policy-mode-testing",
    "policy-mode-none",
    "policy-none-long-max-age",
    "mx-none-match",
    "mx-some-unmatched",
    "mx-target-cname",
    "mx-mixed-providers",
    "history-enforce-without-testing",
    "history-testing-stale",
    "history-mode-weakened",
    "history-removed-too-early",
];

/// Rules whose steps are about the alias itself, or about what leads there.
const OF_ALIASES: &[&str] = &[
    "record-cname-dangling",
    "tlsrpt-cname-dangling",
    "policy-host-cname-dangling",
    "policy-host-takeover-risk",
    "delegation-cert-provider-name",
];

impl Changes {
    fn of(rule: &Rule) -> Self {
        let is_in = |rules: &[Rule]| rules.iter().any(|other| other.id == rule.id);
        match rule.id {
            id if OF_ALIASES.contains(&id) => Self::Nothing,
            id if IN_PART.contains(&id) => Self::FileInPart,
            "policy-wrong-location" => Self::Server,
            "record-wrong-name" | "record-doubled-domain" => Self::Beside(Txt::Announce),
            "tlsrpt-wrong-name" => Self::Beside(Txt::TlsRpt),
            _ if is_in(announce::RULES) => Self::Record(Txt::Announce),
            _ if is_in(tlsrpt::RULES) => Self::Record(Txt::TlsRpt),
            _ if is_in(policy_file::RULES) || is_in(mx_pattern::RULES) => Self::File,
            _ if is_in(policy_host::RULES) || is_in(certificate::RULES) => Self::Server,
            _ => Self::Nothing,
        }
    }
}

/// What whoever keeps it is to be asked.
fn ask(rule: &Rule) -> &'static str {
    match rule.id {
        "record-multiple" | "record-unrelated-txt" | "tlsrpt-multiple" => "to leave only the one record there",
        "record-ttl-long" => "to set its TTL to 3600, which is one hour",
        "policy-wrong-location" => "to serve the file at the address below",
        "policy-mode-testing" | "history-testing-stale" => {
            "to change mode: testing to mode: enforce in it, when the reports are clean"
        }
        "policy-mode-none" => "to change the mode in it to testing, if you want your mail protected again",
        "policy-none-long-max-age" => "to set max_age in it to 86400 (one day) or less",
        "mx-none-match" => "to let it allow your mail servers",
        "mx-some-unmatched" => "to let it allow this server, if it should take your mail",
        "mx-target-cname" => "to let it allow the real host's name",
        "mx-mixed-providers" => "to take the old provider's mail servers out of it when the move is done",
        "history-enforce-without-testing" => "to change the mode in it to testing, if they do or if none come",
        "history-mode-weakened" => "to change the mode in it back to enforce, if it was not",
        "history-removed-too-early" => "to put it back as it was, or with mode: none if it was meant to go",
        _ => "to mend it",
    }
}

/// Puts asking in the place of steps that change what others keep.
pub(crate) fn mend(facts: &Facts<'_>, console: &Console<'_>, finding: &mut Finding) {
    let Some(rule) = all().find(|rule| rule.id == finding.rule && finding.outcome == Outcome::Fail) else { return };
    let Some(fix) = finding.fix.first_mut().filter(|_| !rule.steps.is_empty()) else { return };
    let changes = Changes::of(rule);
    let (mut steps, value) = match changes {
        Changes::Record(txt) => {
            let Some(keeper) = console.keeper(txt) else { return };
            if keeper.is_own {
                fix.steps = of_own_record(rule, txt, console);
                return;
            }
            let ask = console.ask_for_record(txt, ask(rule));
            (ask.into_iter().collect(), console.take_record(txt).map(|take| (take, txt)))
        }
        Changes::Beside(txt) => {
            if console.keeper(txt).is_some() {
                let host = console.host(txt.label());
                let step = format!(
                    "Open {{dns}} and delete the CNAME record with the host {host} first: nothing can stand beside an alias."
                );
                fix.steps.insert(0, console.fill(&step));
            }
            return;
        }
        Changes::File | Changes::FileInPart | Changes::Server if console.is_file_kept() => {
            of_file(rule, changes, console)
        }
        _ => {
            let Some(new_id) = console.ask_for_id() else { return };
            let put_back = console.ask_for_record(Txt::Announce, "to put it back with a new id").unwrap_or_default();
            if !rule.steps.iter().any(|step| step.contains(NEW_ID) || step.contains(PUT_BACK)) {
                return;
            }
            let step = |step: &&str| console.fill(&step.replace(NEW_ID, &new_id).replace(PUT_BACK, &put_back));
            (
                rule.steps.iter().map(step).collect(),
                console.take_record(Txt::Announce).map(|take| (take, Txt::Announce)),
            )
        }
    };
    if let Some((take, txt)) = value {
        steps.push(take);
        let is_value = |copy: &Copyable| copy.label.starts_with("Value of the TXT record");
        let new = || match txt {
            Txt::Announce => Some(announce_record::render(&facts.fresh_id)),
            Txt::TlsRpt => tlsrpt::new_record(facts),
        };
        if let Some(new) = if fix.copy.iter().any(is_value) { None } else { new() } {
            let (label, text) = console.txt_value(&new);
            fix.copy.push(Copyable { label: label.to_owned(), text });
        }
    }
    fix.steps = steps;
}

/// Steps where the record is the domain's own, under another name.
fn of_own_record(rule: &Rule, txt: Txt, console: &Console<'_>) -> Vec<String> {
    let (word, there) = match txt {
        Txt::Announce => ("{announce}", console.own_record(txt)),
        Txt::TlsRpt => ("{tlsrpt}", console.own_record(txt)),
    };
    let there = there.unwrap_or(txt.label());
    let note = format!(
        "{} is an alias (CNAME) for a name of your own: the record to change is the one with the host {there}.",
        console.host(txt.label())
    );
    std::iter::once(note).chain(rule.steps.iter().map(|step| console.fill(&step.replace(word, there)))).collect()
}

/// A step that is not about the policy file, with asking in the place of what it says of the announce record.
fn others(step: &str, console: &Console<'_>) -> String {
    if step == PUT_BACK {
        return console
            .ask_for_record(Txt::Announce, "to put it back with a new id")
            .unwrap_or_else(|| console.fill(step));
    }
    match console.ask_for_id() {
        Some(new_id) => console.fill(&step.replace(NEW_ID, &new_id)),
        None => console.fill(step),
    }
}

/// Steps where the policy file is somebody else's, and what is pasted with the last of them.
fn of_file(rule: &Rule, changes: Changes, console: &Console<'_>) -> (Vec<String>, Option<(String, Txt)>) {
    let is_theirs = |step: &str| {
        changes != Changes::FileInPart
            || ["policy file", "in the file", NEW_ID].iter().any(|words| step.contains(words))
    };
    let record_kept = console.keeper(Txt::Announce).is_some();
    let mut asking = Vec::new();
    let what = if changes == Changes::Server { "what is served there" } else { "the policy file" };
    asking.extend(console.ask_for_file(what, ask(rule)));
    if changes != Changes::Server && !rule.steps.contains(&PUT_BACK) {
        asking.push(others(&format!("When they have, {NEW_ID}, so that senders fetch the new policy."), console));
    }
    let mut steps = Vec::new();
    for step in rule.steps {
        if is_theirs(step) {
            steps.append(&mut asking);
        } else {
            steps.push(others(step, console));
        }
    }
    if record_kept {
        return (steps, console.take_record(Txt::Announce).map(|take| (take, Txt::Announce)));
    }
    let take = console.take_file().map(|take| console.fill(&format!("{take} Then {NEW_ID}.")));
    (steps, take.map(|take| (take, Txt::Announce)))
}
