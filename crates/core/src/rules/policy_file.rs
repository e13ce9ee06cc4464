//! The text of the policy file.

use super::rule::Check;
use super::rule::Draft;
use super::rule::Kind;
use super::rule::Rule;
use super::rule::Sink;
use super::source::sts;
use crate::evidence::Fetch;
use crate::facts::Facts;
use crate::published::policy::{Fault, Mode, Parsed};
use crate::text::clip::clip;
use crate::text::span::Span;

const DAY: u32 = 86_400;
const WEEK: u32 = 7 * DAY;

/// Said after every change to the file.
pub(super) const NEW_ID: &str =
    "Save the file, then give the {announce} record a new id, so that senders fetch the new policy.";

pub(crate) static RULES: &[Rule] = &[
    Rule {
        id: "policy-ok",
        kind: Kind::Pass,
        grammar: false,
        title: "The policy file is well formed",
        what: super::rule::documented("Whether the whole policy file can be read as the standard has it."),
        why: super::rule::explained("Every line is as senders expect it, so each of them reads the same policy."),
        steps: &[],
        source: sts("3.2"),
        check: |facts, out| {
            let whole = !matches!(facts.fetch, Fetch::Response { response, .. } if response.truncated);
            if let Some(policy) = facts.policy.as_ref().filter(|policy| policy.is_valid() && whole) {
                let (mode, age) =
                    (policy.mode.map_or("", |mode| mode.value.as_str()), policy.max_age.map_or(0, |age| age.value));
                out.report().detail(format!("mode {mode}, max_age {age} seconds, {} mx patterns.", policy.mx.len()));
            }
        },
    },
    fault(
        "policy-bom",
        "The policy file begins with an invisible mark",
        "Whether the file begins with a byte-order mark.",
        "Some editors put three invisible bytes in front of a text. Senders then cannot read the first line, and ignore the \
         policy.",
        &[
            "Save the file again as “UTF-8 without BOM”; in Notepad, choose the encoding UTF-8, not “UTF-8 with BOM”.",
            NEW_ID,
        ],
        |facts, out| each(Fault::Bom, facts, out),
    ),
    fault(
        "policy-utf16",
        "The policy file is saved in the wrong encoding",
        "Whether the file is UTF-8 text, and not UTF-16.",
        "The file is saved as UTF-16, with two bytes for each letter. Senders cannot read a line of it, and ignore the policy.",
        &["Save the file again with the encoding UTF-8; some editors call UTF-16 “Unicode”.", NEW_ID],
        |facts, out| each(Fault::Utf16, facts, out),
    ),
    fault(
        "policy-cr-only",
        "The lines of the policy file end the wrong way",
        "Whether lines end with LF or CRLF.",
        "The lines end with a bare carriage return, as on very old Macs. To senders the whole file is one line, which they \
         cannot read.",
        &["Set the line ends to “Unix (LF)” or “Windows (CRLF)” in your editor, and save again.", NEW_ID],
        |facts, out| each(Fault::CrOnly, facts, out),
    ),
    Rule {
        kind: Kind::Warning,
        ..fault(
            "policy-blank-line",
            "The policy file has a blank line",
            "Whether there are blank lines between or after the policy's lines.",
            "The standard has no blank lines in a policy. Most senders skip them, but some refuse the whole file.",
            &["Delete the blank line.", NEW_ID],
            |facts, out| each(Fault::BlankLine, facts, out),
        )
    },
    Rule {
        kind: Kind::Warning,
        ..fault(
            "policy-leading-space",
            "A line of the policy begins with a space",
            "Whether every line begins at its left edge.",
            "The standard has no space in front of a line. Some senders do not recognise such a line.",
            &["Delete the spaces or tabs in front of the line.", NEW_ID],
            |facts, out| each(Fault::LeadingSpace, facts, out),
        )
    },
    fault(
        "policy-comment",
        "The policy file has a comment",
        "Whether there are comments that begin with #, on a line of their own or behind a value.",
        "A policy cannot have comments. A sender that follows the standard finds a line it cannot read, and ignores the whole \
         policy.",
        &["Delete the # and what follows it on the line.", NEW_ID],
        |facts, out| each(Fault::Comment, facts, out),
    ),
    fault(
        "policy-line-invalid",
        "A line of the policy cannot be read",
        "Whether every line is a key, a colon and a value.",
        "Every line must be a key, a colon and a value, such as “mode: testing”. With a line that is anything else, senders may \
         ignore the whole policy.",
        &[
            "Write the line as key: value. Use a colon and not an equals sign, with no space before it and no quotation marks.",
            NEW_ID,
        ],
        |facts, out| {
            let Some(policy) = &facts.policy else { return };
            for issue in policy.issues.iter().filter(|issue| issue.kind == Fault::LineInvalid) {
                let draft = at(policy, issue.span, out);
                if issue.span.of(&policy.text).trim_end().ends_with(':') {
                    draft.title("A line of the policy has no value");
                }
            }
        },
    ),
    fault(
        "policy-key-case",
        "A key of the policy has capital letters",
        "Whether the keys are in lower case.",
        "Keys must be in lower case. Senders do not recognise this one, so the line counts for nothing.",
        &["Write the key in lower case: version, mode, mx or max_age.", NEW_ID],
        |facts, out| each(Fault::KeyCase, facts, out),
    ),
    Rule {
        kind: Kind::Warning,
        grammar: false,
        ..fault(
            "policy-key-typo",
            "A key of the policy looks misspelt",
            "Whether an unknown key is close to a known one.",
            "Senders skip keys that they do not know, so this line counts for nothing.",
            &["Correct the spelling. The keys are version, mode, mx and max_age, with an underscore.", NEW_ID],
            |facts, out| each(Fault::KeyTypo, facts, out),
        )
    },
    Rule {
        kind: Kind::Info,
        grammar: false,
        ..fault(
            "policy-key-unknown",
            "The policy has a key that the standard does not know",
            "Whether there are other keys than the standard's four.",
            "Other keys are allowed, and senders skip them. Nothing is wrong, as long as you did not mean one of the \
             standard's.",
            &[],
            |facts, out| each(Fault::KeyUnknown, facts, out),
        )
    },
    Rule {
        kind: Kind::Warning,
        grammar: false,
        ..fault(
            "policy-key-duplicate",
            "A key of the policy is given twice",
            "Whether version, mode and max_age are given once.",
            "By the standard the first one counts. Some senders take the last one, and some refuse the policy.",
            &["Delete the line that you do not mean.", NEW_ID],
            |facts, out| each(Fault::KeyDuplicate, facts, out),
        )
    },
    fault(
        "policy-version-missing",
        "The policy does not say its version",
        "Whether there is a version line.",
        "Without the version line the file is not a policy, and senders ignore it.",
        &["Add the line “version: STSv1” at the top of the file.", NEW_ID],
        |facts, out| missing(Fault::VersionMissing, "version: STSv1", facts, out),
    ),
    fault(
        "policy-version-invalid",
        "The policy's version is not one that senders know",
        "Whether the version is STSv1, with exactly these letters.",
        "The only version is STSv1. With anything else, or other capitals, senders ignore the policy.",
        &["Write the line as “version: STSv1”.", NEW_ID],
        |facts, out| each(Fault::VersionInvalid, facts, out),
    ),
    Rule {
        kind: Kind::Warning,
        grammar: false,
        ..fault(
            "policy-version-not-first",
            "The version is not the first line",
            "Whether version is the first line.",
            "The standard allows any order, but Google's instructions want the version first.",
            &["Move the version line to the top.", NEW_ID],
            |facts, out| each(Fault::VersionNotFirst, facts, out),
        )
    },
    fault(
        "policy-mode-missing",
        "The policy does not say its mode",
        "Whether there is a mode line.",
        "The mode tells senders what to do when something is wrong. Without it they ignore the policy.",
        &[
            "Add the line mode: testing. When reports have been clean for a week or two, change it to mode: enforce.",
            NEW_ID,
        ],
        |facts, out| missing(Fault::ModeMissing, "mode: testing", facts, out),
    ),
    fault(
        "policy-mode-invalid",
        "The policy's mode is not one that senders know",
        "Whether the mode is testing, enforce or none, in lower case.",
        "Senders know the modes testing, enforce and none, in lower case. With any other word they ignore the policy.",
        &["Write the mode as testing, enforce or none.", NEW_ID],
        |facts, out| each(Fault::ModeInvalid, facts, out),
    ),
    fault(
        "policy-max-age-missing",
        "The policy does not say how long it lasts",
        "Whether there is a max_age line.",
        "max_age tells senders how long to remember the policy. Without it they ignore the policy.",
        &["Add the line max_age: 1209600, which is two weeks in seconds.", NEW_ID],
        |facts, out| missing(Fault::MaxAgeMissing, "max_age: 1209600", facts, out),
    ),
    fault(
        "policy-max-age-invalid",
        "The policy's max_age is not a plain number",
        "Whether max_age is a number of seconds, in digits alone.",
        "max_age counts seconds, in digits alone: no unit, sign, point or comma. Senders cannot read this one, and ignore the \
         policy.",
        &["Write the number of seconds: max_age: 1209600 is two weeks.", NEW_ID],
        |facts, out| each(Fault::MaxAgeInvalid, facts, out),
    ),
    fault(
        "policy-max-age-too-long",
        "The policy's max_age is longer than a year",
        "Whether max_age is at most 31557600 seconds.",
        "The longest time that the standard allows is a year, 31557600 seconds. Some senders refuse a policy with more.",
        &["Lower max_age to 31557600 or less; a few weeks are enough, such as 2592000.", NEW_ID],
        |facts, out| each(Fault::MaxAgeTooLong, facts, out),
    ),
    Rule {
        kind: Kind::Warning,
        grammar: false,
        ..fault(
            "policy-max-age-too-short",
            "Senders forget the policy within a day",
            "Whether max_age is at least a day.",
            "Between two of your mails a sender may forget the policy, and with it the protection. Some large senders ignore a \
             policy that lasts less than a day.",
            &["Raise max_age to 604800 (a week) or more.", NEW_ID],
            |facts, out| max_age(|age, mode| age < DAY && mode != Mode::None, facts, out),
        )
    },
    Rule {
        kind: Kind::Warning,
        grammar: false,
        ..fault(
            "policy-max-age-short",
            "Senders forget the policy within a week",
            "Whether an enforced policy lasts a week or more.",
            "A sender that writes to you less than once in that time starts without protection each time. Weeks are usual.",
            &["Raise max_age to 1209600 (two weeks) or more.", NEW_ID],
            |facts, out| max_age(|age, mode| (DAY..WEEK).contains(&age) && mode == Mode::Enforce, facts, out),
        )
    },
    Rule {
        kind: Kind::Info,
        grammar: false,
        ..fault(
            "policy-max-age-modest",
            "The policy could last longer",
            "Whether an enforced policy lasts two weeks or more.",
            "A week works. Two weeks or more also protect mail from senders who write to you rarely.",
            &["When everything has worked for a while, raise max_age to 1209600 (two weeks) or more.", NEW_ID],
            |facts, out| max_age(|age, mode| (WEEK..2 * WEEK).contains(&age) && mode == Mode::Enforce, facts, out),
        )
    },
    fault(
        "policy-mx-missing",
        "The policy names no mail server",
        "Whether there is an mx line, unless the mode is none.",
        "The policy must name the servers that take your mail. Without any, senders ignore it.",
        &["Add a line for each of your mail servers, such as “mx: mail.example.com”.", NEW_ID],
        |facts, out| {
            let hosts = crate::published::policy::mx_lines(facts.mx.hosts.iter().map(|mx| mx.host.as_str()));
            missing(Fault::MxMissing, hosts.trim_end(), facts, out);
        },
    ),
    fault(
        "policy-legacy-json",
        "The policy is in the JSON form of an old draft",
        "Whether the policy is in the text form.",
        "Before the standard was finished, policies were written in JSON. Today's senders cannot read that form, and ignore it.",
        &["Write the policy as plain lines: version, mode, an mx line for each mail server, and max_age.", NEW_ID],
        |facts, out| each(Fault::LegacyJson, facts, out),
    ),
    fault(
        "policy-record-pasted",
        "The DNS record was pasted into the policy file",
        "Whether the file holds the policy, and not the text of the _mta-sts record.",
        "The text that begins with v=STSv1 belongs in the DNS. The policy file needs lines of its own, so senders find no \
         policy here.",
        &[
            "Keep that text in the TXT record at _mta-sts.",
            "Put the policy's lines into the file: version, mode, an mx line for each mail server, and max_age.",
        ],
        |facts, out| each(Fault::RecordPasted, facts, out),
    ),
];

/// A fault of the text: an error that the grammar forbids, unless the rule says otherwise.
pub(super) const fn fault(
    id: &'static str,
    title: &'static str,
    what: &'static str,
    why: &'static str,
    steps: &'static [&'static str],
    check: Check,
) -> Rule {
    Rule {
        id,
        kind: Kind::Error,
        grammar: true,
        title,
        what: super::rule::documented(what),
        why: super::rule::explained(why),
        steps: super::rule::to_mend(steps),
        source: sts("3.2"),
        check,
    }
}

/// One finding for each fault of a kind, at its place, quoting the text.
pub(super) fn each(fault: Fault, facts: &Facts<'_>, out: &mut Sink<'_>) {
    let Some(policy) = &facts.policy else { return };
    for issue in policy.issues.iter().filter(|issue| issue.kind == fault) {
        at(policy, issue.span, out);
    }
}

fn at<'s>(policy: &Parsed<'_>, span: Span, out: &'s mut Sink<'_>) -> Draft<'s> {
    let draft = out.report().at(span, &policy.text);
    let text = span.of(&policy.text);
    let whole = span.end - span.start == policy.text.len();
    if whole || text.trim_matches(['\u{feff}', '\r', ' ', '\t']).is_empty() {
        draft
    } else {
        draft.subject(clip(text, 100))
    }
}

/// A finding for something that is missing, with the line to add.
fn missing(fault: Fault, line: &str, facts: &Facts<'_>, out: &mut Sink<'_>) {
    let Some(policy) = &facts.policy else { return };
    if let Some(issue) = policy.issues.iter().find(|issue| issue.kind == fault) {
        let draft = out.report().at(issue.span, &policy.text);
        if !line.is_empty() {
            draft.copy("Line for the policy file", line);
        }
    }
}

fn max_age(is_odd: impl Fn(u32, Mode) -> bool, facts: &Facts<'_>, out: &mut Sink<'_>) {
    let Some(policy) = &facts.policy else { return };
    if let (Some(max_age), Some(mode)) = (policy.max_age, policy.mode)
        && is_odd(max_age.value, mode.value)
    {
        at(policy, max_age.span, out).detail(format!("max_age is {} seconds.", max_age.value));
    }
}
