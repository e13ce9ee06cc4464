//! English: the text of the policy file.

use crate::rules::words::{CaseTitle, Checked, Explanation, Title};

pub(super) static TITLES: &[Title] = &[
    Title {
        rule: "policy-ok",
        title: "The policy file is well formed",
        detail: "mode {mode}, max_age {seconds} seconds, {patterns} mx patterns.",
        cases: &[],
    },
    Title { rule: "policy-bom", title: "The policy file begins with an invisible mark", detail: "", cases: &[] },
    Title { rule: "policy-utf16", title: "The policy file is saved in the wrong encoding", detail: "", cases: &[] },
    Title { rule: "policy-cr-only", title: "The lines of the policy file end the wrong way", detail: "", cases: &[] },
    Title { rule: "policy-blank-line", title: "The policy file has a blank line", detail: "", cases: &[] },
    Title { rule: "policy-leading-space", title: "A line of the policy begins with a space", detail: "", cases: &[] },
    Title { rule: "policy-comment", title: "The policy file has a comment", detail: "", cases: &[] },
    Title {
        rule: "policy-line-invalid",
        title: "A line of the policy cannot be read",
        detail: "",
        cases: &[CaseTitle { case: "no-value", title: "A line of the policy has no value", detail: "" }],
    },
    Title { rule: "policy-key-case", title: "A key of the policy has capital letters", detail: "", cases: &[] },
    Title { rule: "policy-key-typo", title: "A key of the policy looks misspelt", detail: "", cases: &[] },
    Title {
        rule: "policy-key-unknown",
        title: "The policy has a key that the standard does not know",
        detail: "",
        cases: &[],
    },
    Title { rule: "policy-key-duplicate", title: "A key of the policy is given twice", detail: "", cases: &[] },
    Title { rule: "policy-version-missing", title: "The policy does not say its version", detail: "", cases: &[] },
    Title {
        rule: "policy-version-invalid",
        title: "The policy's version is not one that senders know",
        detail: "",
        cases: &[],
    },
    Title { rule: "policy-version-not-first", title: "The version is not the first line", detail: "", cases: &[] },
    Title { rule: "policy-mode-missing", title: "The policy does not say its mode", detail: "", cases: &[] },
    Title {
        rule: "policy-mode-invalid",
        title: "The policy's mode is not one that senders know",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "policy-max-age-missing",
        title: "The policy does not say how long it lasts",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "policy-max-age-invalid",
        title: "The policy's max_age is not a plain number",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "policy-max-age-too-long",
        title: "The policy's max_age is longer than a year",
        detail: "",
        cases: &[],
    },
    Title { rule: "policy-max-age-too-short", title: "Senders forget the policy within a day", detail: "", cases: &[] },
    Title { rule: "policy-max-age-short", title: "Senders forget the policy within a week", detail: "", cases: &[] },
    Title { rule: "policy-max-age-modest", title: "The policy could last longer", detail: "", cases: &[] },
    Title { rule: "policy-mx-missing", title: "The policy names no mail server", detail: "", cases: &[] },
    Title {
        rule: "policy-legacy-json",
        title: "The policy is in the JSON form of an old draft",
        detail: "",
        cases: &[],
    },
    Title {
        rule: "policy-record-pasted",
        title: "The DNS record was pasted into the policy file",
        detail: "",
        cases: &[],
    },
];

pub(super) static EXPLANATIONS: &[Explanation] = &[
    Explanation {
        rule: "policy-ok",
        why: "Every line is as senders expect it, so each of them reads the same policy.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "policy-bom",
        why: "Some editors put three invisible bytes in front of a text. Senders then cannot read the first \
              line, and ignore the policy.",
        steps: &[
            "Save the file again as “UTF-8 without BOM”; in Notepad, choose the encoding UTF-8, not “UTF-8 with BOM”.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "policy-utf16",
        why: "The file is saved as UTF-16, with two bytes for each letter. Senders cannot read a line of it, \
              and ignore the policy.",
        steps: &["Save the file again with the encoding UTF-8; some editors call UTF-16 “Unicode”."],
        cases: &[],
    },
    Explanation {
        rule: "policy-cr-only",
        why: "The lines end with a bare carriage return, as on very old Macs. To senders the whole file is one \
              line, which they cannot read.",
        steps: &["Set the line ends to “Unix (LF)” or “Windows (CRLF)” in your editor, and save again."],
        cases: &[],
    },
    Explanation {
        rule: "policy-blank-line",
        why: "The standard has no blank lines in a policy. Most senders skip them, but some refuse the whole file.",
        steps: &["Delete the blank line."],
        cases: &[],
    },
    Explanation {
        rule: "policy-leading-space",
        why: "The standard has no space in front of a line. Some senders do not recognise such a line.",
        steps: &["Delete the spaces or tabs in front of the line."],
        cases: &[],
    },
    Explanation {
        rule: "policy-comment",
        why: "A policy cannot have comments. A sender that follows the standard finds a line it cannot read, \
              and ignores the whole policy.",
        steps: &["Delete the # and what follows it on the line."],
        cases: &[],
    },
    Explanation {
        rule: "policy-line-invalid",
        why: "Every line must be a key, a colon and a value, such as “mode: testing”. With a line that is \
              anything else, senders may ignore the whole policy.",
        steps: &["Write the line as key: value. Use a colon and not an equals sign, with no space before it and no \
             quotation marks."],
        cases: &[],
    },
    Explanation {
        rule: "policy-key-case",
        why: "Keys must be in lower case. Senders do not recognise this one, so the line counts for nothing.",
        steps: &["Write the key in lower case: version, mode, mx or max_age."],
        cases: &[],
    },
    Explanation {
        rule: "policy-key-typo",
        why: "Senders skip keys that they do not know, so this line counts for nothing.",
        steps: &["Correct the spelling. The keys are version, mode, mx and max_age, with an underscore."],
        cases: &[],
    },
    Explanation {
        rule: "policy-key-unknown",
        why: "Other keys are allowed, and senders skip them. Nothing is wrong, as long as you did not mean one \
              of the standard's.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "policy-key-duplicate",
        why: "By the standard the first one counts. Some senders take the last one, and some refuse the policy.",
        steps: &["Delete the line that you do not mean."],
        cases: &[],
    },
    Explanation {
        rule: "policy-version-missing",
        why: "Without the version line the file is not a policy, and senders ignore it.",
        steps: &["Add the line “version: STSv1” at the top of the file."],
        cases: &[],
    },
    Explanation {
        rule: "policy-version-invalid",
        why: "The only version is STSv1. With anything else, or other capitals, senders ignore the policy.",
        steps: &["Write the line as “version: STSv1”."],
        cases: &[],
    },
    Explanation {
        rule: "policy-version-not-first",
        why: "The standard allows any order, but Google's instructions want the version first.",
        steps: &["Move the version line to the top."],
        cases: &[],
    },
    Explanation {
        rule: "policy-mode-missing",
        why: "The mode tells senders what to do when something is wrong. Without it they ignore the policy.",
        steps: &["Add the line mode: testing. When reports have been clean for two weeks, change it to mode: enforce."],
        cases: &[],
    },
    Explanation {
        rule: "policy-mode-invalid",
        why: "Senders know the modes testing, enforce and none, in lower case. With any other word they ignore \
              the policy.",
        steps: &["Write the mode as testing, enforce or none."],
        cases: &[],
    },
    Explanation {
        rule: "policy-max-age-missing",
        why: "max_age tells senders how long to remember the policy. Without it they ignore the policy.",
        steps: &["Add the line max_age: 1209600, which is two weeks in seconds."],
        cases: &[],
    },
    Explanation {
        rule: "policy-max-age-invalid",
        why: "max_age counts seconds, in digits alone: no unit, sign, point or comma. Senders cannot read this \
              one, and ignore the policy.",
        steps: &["Write the number of seconds: max_age: 1209600 is two weeks."],
        cases: &[],
    },
    Explanation {
        rule: "policy-max-age-too-long",
        why: "The longest time that the standard allows is a year, 31557600 seconds. Some senders refuse a \
              policy with more.",
        steps: &["Lower max_age to 31557600 or less; a few weeks are enough, such as 2592000."],
        cases: &[],
    },
    Explanation {
        rule: "policy-max-age-too-short",
        why: "Between two of your mails a sender may forget the policy, and with it the protection. Some large \
              senders ignore a policy that lasts less than a day.",
        steps: &["Raise max_age to 604800 (a week) or more."],
        cases: &[],
    },
    Explanation {
        rule: "policy-max-age-short",
        why: "A sender that writes to you less than once in that time starts without protection each time. \
              Weeks are usual.",
        steps: &["Raise max_age to 1209600 (two weeks) or more."],
        cases: &[],
    },
    Explanation {
        rule: "policy-max-age-modest",
        why: "A week works. Two weeks or more also protect mail from senders who write to you rarely.",
        steps: &["When everything has worked for a while, raise max_age to 1209600 (two weeks) or more."],
        cases: &[],
    },
    Explanation {
        rule: "policy-mx-missing",
        why: "The policy must name the servers that take your mail. Without any, senders ignore it.",
        steps: &["Add a line for each of your mail servers, such as “mx: mail.example.com”."],
        cases: &[],
    },
    Explanation {
        rule: "policy-legacy-json",
        why: "Before the standard was finished, policies were written in JSON. Today's senders cannot read that \
              form, and ignore it.",
        steps: &["Write the policy as plain lines: version, mode, an mx line for each mail server, and max_age."],
        cases: &[],
    },
    Explanation {
        rule: "policy-record-pasted",
        why: "The text that begins with v=STSv1 belongs in the DNS. The policy file needs lines of its own, so \
              senders find no policy here.",
        steps: &[
            "Keep that text in the TXT record at _mta-sts.",
            "Put the policy's lines into the file: version, mode, an mx line for each mail server, and max_age.",
        ],
        cases: &[],
    },
];

pub(super) static CHECKED: &[Checked] = &[
    Checked { rule: "policy-ok", what: "Whether the whole policy file can be read as the standard has it." },
    Checked { rule: "policy-bom", what: "Whether the file begins with a byte-order mark." },
    Checked { rule: "policy-utf16", what: "Whether the file is UTF-8 text, and not UTF-16." },
    Checked { rule: "policy-cr-only", what: "Whether lines end with LF or CRLF." },
    Checked { rule: "policy-blank-line", what: "Whether there are blank lines between or after the policy's lines." },
    Checked { rule: "policy-leading-space", what: "Whether every line begins at its left edge." },
    Checked {
        rule: "policy-comment",
        what: "Whether there are comments that begin with #, on a line of their own or behind a value.",
    },
    Checked { rule: "policy-line-invalid", what: "Whether every line is a key, a colon and a value." },
    Checked { rule: "policy-key-case", what: "Whether the keys are in lower case." },
    Checked { rule: "policy-key-typo", what: "Whether an unknown key is close to a known one." },
    Checked { rule: "policy-key-unknown", what: "Whether there are other keys than the standard's four." },
    Checked { rule: "policy-key-duplicate", what: "Whether version, mode and max_age are given once." },
    Checked { rule: "policy-version-missing", what: "Whether there is a version line." },
    Checked { rule: "policy-version-invalid", what: "Whether the version is STSv1, with exactly these letters." },
    Checked { rule: "policy-version-not-first", what: "Whether version is the first line." },
    Checked { rule: "policy-mode-missing", what: "Whether there is a mode line." },
    Checked { rule: "policy-mode-invalid", what: "Whether the mode is testing, enforce or none, in lower case." },
    Checked { rule: "policy-max-age-missing", what: "Whether there is a max_age line." },
    Checked { rule: "policy-max-age-invalid", what: "Whether max_age is a number of seconds, in digits alone." },
    Checked { rule: "policy-max-age-too-long", what: "Whether max_age is at most 31557600 seconds." },
    Checked { rule: "policy-max-age-too-short", what: "Whether max_age is at least a day." },
    Checked { rule: "policy-max-age-short", what: "Whether an enforced policy lasts a week or more." },
    Checked { rule: "policy-max-age-modest", what: "Whether an enforced policy lasts two weeks or more." },
    Checked { rule: "policy-mx-missing", what: "Whether there is an mx line, unless the mode is none." },
    Checked { rule: "policy-legacy-json", what: "Whether the policy is in the text form." },
    Checked {
        rule: "policy-record-pasted",
        what: "Whether the file holds the policy, and not the text of the _mta-sts record.",
    },
];
