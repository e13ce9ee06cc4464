//! English: what changed since earlier checks of the same domain. Without snapshots of them only the first rule can speak.

use crate::rules::words::{CaseExplanation, CaseTitle, Checked, Explanation, Title};

pub(super) static TITLES: &[Title] = &[
    Title {
        rule: "history-id-older-than-policy",
        title: "The policy file is newer than the id",
        detail: "The id is {id}, and the file is from {since}.",
        cases: &[],
    },
    Title {
        rule: "history-policy-changed-id-same",
        title: "The policy changed, but its id did not",
        detail: "The id {id} was there on {then} with another policy.",
        cases: &[CaseTitle {
            case: "refused",
            title: "",
            detail: "The id {id} was there on {then} with another policy. It does not allow {host}.",
        }],
    },
    Title {
        rule: "history-id-changed-policy-same",
        title: "The id is new, and the policy is the same",
        detail: "The id was {before}, and is {id}.",
        cases: &[],
    },
    Title {
        rule: "history-record-before-policy",
        title: "The id was changed before the policy",
        detail: "The id {id} was there on {then} with another policy.",
        cases: &[CaseTitle {
            case: "refused",
            title: "",
            detail: "The id {id} was there on {then} with another policy. It does not allow {host}.",
        }],
    },
    Title {
        rule: "history-enforce-without-testing",
        title: "The policy was enforced with little or no testing",
        detail: "It was first seen on {enforced}, and was already enforced.",
        cases: &[CaseTitle {
            case: "tested",
            title: "",
            detail: "It was first seen in testing on {tested}, and enforced on {enforced}.",
        }],
    },
    Title {
        rule: "history-testing-stale",
        title: "The policy has been in testing for months",
        detail: "It was already in testing mode on {since}.",
        cases: &[],
    },
    Title {
        rule: "history-mode-weakened",
        title: "The policy is no longer enforced",
        detail: "The mode was enforce on {then}, and is {mode} now.",
        cases: &[],
    },
    Title {
        rule: "history-removed-too-early",
        title: "The record or the policy file is gone too early",
        detail: "Senders may keep the policy until {until}.",
        cases: &[],
    },
    Title {
        rule: "history-mx-changed",
        title: "The mail servers have changed",
        detail: "New: {new}. Gone: {gone}.",
        cases: &[
            CaseTitle { case: "only-new", title: "", detail: "New: {new}." },
            CaseTitle { case: "only-gone", title: "", detail: "Gone: {gone}." },
        ],
    },
    Title {
        rule: "history-policy-flapping",
        title: "The policy file comes and goes",
        detail: "It was gone on {gone}, was there again after that, and was gone once more on {again}.",
        cases: &[],
    },
];

pub(super) static EXPLANATIONS: &[Explanation] = &[
    Explanation {
        rule: "history-id-older-than-policy",
        why: "Senders fetch the policy again only when they see a new id. The id reads as a date, and the web \
              host says that the file was changed later. If its text has changed since then, senders that know \
              the old one do not notice.",
        steps: &[
            "Was the text of the policy file changed after the day in the id? Then {new id}.",
            "If the same text was only uploaded again, perhaps with the rest of a web site, all is well.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "history-policy-changed-id-same",
        why: "Senders fetch the policy again only when they see a new id. Those that know the old policy keep \
              it until it runs out.",
        steps: &[
            "Now {new id}, one that it has never had.",
            "If you did so within the last hour, check again later: DNS servers may still have a copy of the \
             old record.",
        ],
        cases: &[CaseExplanation {
            case: "refused",
            why: "Senders fetch the policy again only when they see a new id. Those that know the old policy keep \
                  it until it runs out. It is enforced and does not allow all of your mail servers, so they refuse to \
                  deliver to the rest.",
            steps: &[],
        }],
    },
    Explanation {
        rule: "history-id-changed-policy-same",
        why: "A new id makes senders fetch the policy again, and they find the same one. That does no harm. If \
              the policy is still to be changed, it needs another new id after that.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "history-record-before-policy",
        why: "The new id was there while the old policy was still served. Senders that looked then took the old \
              policy for the new one, and keep it until it runs out.",
        steps: &[
            "Now {new id}, one that it has never had.",
            "If you did so within the last hour, check again later: DNS servers may still have a copy of the \
             old record.",
        ],
        cases: &[CaseExplanation {
            case: "refused",
            why: "Senders fetch the policy again only when they see a new id. Those that know the old policy keep \
                  it until it runs out. It is enforced and does not allow all of your mail servers, so they refuse to \
                  deliver to the rest.",
            steps: &[],
        }],
    },
    Explanation {
        rule: "history-enforce-without-testing",
        why: "In testing mode senders report what is wrong and deliver all the same. Once a policy is enforced, \
              the same faults stop mail.",
        steps: &[
            "Read the TLS reports of the coming days: do they show failures for your own mail servers?",
            "If they do, or if none come, change the mode to testing, and {new id}. Enforce the policy again \
             after two weeks without failures.",
        ],
        cases: &[CaseExplanation {
            case: "without-reports",
            why: "In testing mode senders report what is wrong and deliver all the same. Once a policy is enforced, \
                  the same faults stop mail, and nobody would tell you: the domain asks for no TLS reports.",
            steps: &[],
        }],
    },
    Explanation {
        rule: "history-testing-stale",
        why: "While it is tested, a policy protects nothing: mail is delivered even without encryption. A week \
              or two of reports without failures is enough of a test.",
        steps: &["Look at the TLS reports of the last two weeks: do they show failures for your own mail servers?"],
        cases: &[],
    },
    Explanation {
        rule: "history-mode-weakened",
        why: "Mail to your domain was forced to use encryption, and no longer is. If nobody meant that, \
              somebody changed the policy by mistake, or without your knowledge.",
        steps: &[
            "Was it meant? Then there is nothing to do.",
            "If not, find out who changed the policy file. Change its mode back to enforce, and then {new id}.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "history-removed-too-early",
        why: "Senders keep a policy for as long as its max_age said, even when the record or the file is gone. \
              Until then they deliver only to the mail servers that it names. If those change, mail is refused, \
              and without both the record and the file you cannot tell senders to let the policy go.",
        steps: &[
            "Was it removed by mistake? Then put back the policy file as it was.",
            "Was it meant? Then serve the text below as the policy file: it switches MTA-STS off.",
            "Keep both until no sender can still know the old policy, and then delete them.",
        ],
        cases: &[
            CaseExplanation {
                case: "live-host-refused",
                why: "Senders keep a policy for as long as its max_age said, even when the record or the file is gone. \
                      This one does not allow {host}, which takes your mail now: they refuse to deliver to it. Without \
                      both the record and the file you cannot tell them to let the policy go.",
                steps: &[
                    "Serve the text below as the policy file: it switches MTA-STS off. Do not put the old file back: \
                      senders would go on refusing mail.",
                    "Keep both until no sender can still know the old policy, and then delete them.",
                ],
            },
            CaseExplanation {
                case: "only-tested",
                why: "Senders keep a policy for as long as its max_age said, even when the record or the file is gone. \
                      This one was only tested, so no mail is refused, but senders may go on reporting failures.",
                steps: &[],
            },
        ],
    },
    Explanation {
        rule: "history-mx-changed",
        why: "When mail servers change, the policy must name the new ones, before they take mail. If nobody \
              meant to change them, find out who did.",
        steps: &[],
        cases: &[],
    },
    Explanation {
        rule: "history-policy-flapping",
        why: "A sender that looks at the wrong moment finds no policy, and delivers without its protection, or \
              goes on with an old one.",
        steps: &[
            "Open the address of the policy file in a browser several times, also from another network. It must \
             always show the same text.",
            "If it does not, ask your web host. Often several servers answer for the host {policy host}, and \
             one of them lacks the file.",
        ],
        cases: &[],
    },
];

pub(super) static CHECKED: &[Checked] = &[
    Checked {
        rule: "history-id-older-than-policy",
        what: "Whether the policy file was changed after the day in the record's id, going by the date that its \
               web host gives.",
    },
    Checked {
        rule: "history-policy-changed-id-same",
        what: "Whether the record got an id that it never had before when the policy changed.",
    },
    Checked {
        rule: "history-id-changed-policy-same",
        what: "Whether the policy changed when the record got a new id.",
    },
    Checked { rule: "history-record-before-policy", what: "Whether the policy was changed before the record's id." },
    Checked {
        rule: "history-enforce-without-testing",
        what: "Whether a new policy was in testing mode for a week before it was enforced.",
    },
    Checked { rule: "history-testing-stale", what: "Whether a policy has been in testing mode for more than 90 days." },
    Checked { rule: "history-mode-weakened", what: "Whether a policy that was enforced still is." },
    Checked {
        rule: "history-removed-too-early",
        what: "Whether the record and the policy file stay in place until no sender can still know an earlier policy.",
    },
    Checked { rule: "history-mx-changed", what: "Whether the mail servers in the DNS are those of the last check." },
    Checked {
        rule: "history-policy-flapping",
        what: "Whether checks of the last 30 days found the policy file gone more than once, and there in between.",
    },
];
