//! Why sessions failed, in plain words, and which rules of the catalogue look at that.

use serde::Serialize;

use super::domain_reports::FailedSessions;
use super::model::{PolicyType, ResultType};
use super::tally::{self, Tallies};
use crate::report::{self, Finding, Outcome};
use crate::rules::step::Reported;
use crate::rules::{self, Name};

/// Most causes that are told: the RFC knows eleven.
const CAUSES_LIMIT: usize = 30;
/// Most senders, hosts or texts of a cause.
const LIST_LIMIT: usize = 20;

/// A reason for failures.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "TlsReportCause"),
    schemars(rename = "TlsReportCause")
)]
pub struct Cause {
    /// As reports spell it (RFC 8460 §4.3); `not-told` where they do not say.
    pub result_type: String,
    /// A few plain words.
    pub title: String,
    /// What it means, for a person who runs a small business.
    pub why: String,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// How many sessions failed so.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub failed: u64,
    /// Who reports it.
    pub senders: Tallies,
    /// The MX hosts that it was seen at, where reports tell.
    pub mx_hosts: Tallies,
    /// The policies that the senders applied, by their kind.
    pub policy_types: Tallies,
    /// The last days with it, in UTC.
    pub days: Tallies,
    /// What senders say besides: codes and texts of errors.
    pub reasons: Tallies,
    /// The rules that look at this.
    pub points_at: Vec<Pointer>,
}

/// A rule that looks at a cause.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    ts(rename = "TlsReportPointer"),
    schemars(rename = "TlsReportPointer")
)]
pub struct Pointer {
    /// The rule's id.
    pub rule: String,
    /// The rule's title.
    pub title: String,
    /// The address of its page, from the root of the site.
    pub url: String,
    /// Whether the check of this domain found it; none where there is no check.
    pub found: Option<bool>,
}

/// What is said of a reason.
struct Explanation {
    title: &'static str,
    why: &'static str,
    steps: &'static [&'static str],
}

/// Every cause, the most frequent first, and how many more there are. `check` is of the same domain.
pub(super) fn all(failed: &[FailedSessions<'_>], check: Option<&report::Report>) -> (Vec<Cause>, u32) {
    let names = sum(failed.iter(), |failed| failed.result_type.as_str(), CAUSES_LIMIT);
    let cause = |tally: tally::Tally| {
        let of_cause = || failed.iter().filter(|failed| failed.result_type.as_str() == tally.name);
        let result_type = of_cause().next().map_or(&ResultType::NotTold, |failed| failed.result_type);
        let Explanation { title, why, steps } = explain(result_type);
        let under_dane = of_cause().any(|failed| failed.under.policy.policy_type == PolicyType::Tlsa);
        let days: Vec<String> = of_cause().filter_map(|failed| Some(failed.under.day?.to_string())).collect();
        let dated = of_cause().filter(|failed| failed.under.day.is_some()).zip(&days);
        Cause {
            title: (*title).to_owned(),
            why: (*why).to_owned(),
            steps: steps.iter().map(|&step| step.to_owned()).collect(),
            failed: tally.failed,
            senders: sum(of_cause(), |failed| failed.under.sender, LIST_LIMIT),
            mx_hosts: sum(of_cause().filter(|failed| !failed.host.is_empty()), |failed| failed.host, LIST_LIMIT),
            policy_types: sum(of_cause(), |failed| failed.under.policy.policy_type.as_str(), LIST_LIMIT),
            days: tally::latest(dated.map(|(failed, day)| failed.named(day)).collect(), LIST_LIMIT),
            reasons: sum(of_cause().filter(|failed| !failed.reason.is_empty()), |failed| failed.reason, LIST_LIMIT),
            points_at: pointers(reported(result_type), under_dane && !result_type.is_of_policy(), check),
            result_type: tally.name,
        }
    };
    (names.list.into_iter().map(cause).collect(), names.more)
}

fn sum<'s>(
    failed: impl Iterator<Item = &'s FailedSessions<'s>>,
    name: fn(&FailedSessions<'s>) -> &'s str,
    limit: usize,
) -> Tallies {
    tally::worst_first(failed.map(|failed| failed.named(name(failed))).collect(), limit)
}

/// The rules, those that were found first, then in the catalogue's order.
fn pointers(reason: Reported, under_dane: bool, check: Option<&report::Report>) -> Vec<Pointer> {
    let looks_at = |rule: &&Name| {
        rule.reported_as.contains(&reason) || under_dane && rule.reported_as.contains(&Reported::UnderDane)
    };
    let rules = || rules::NAMES.iter().filter(looks_at);
    let is_found = |rule: &Name| {
        let fails = |finding: &Finding| finding.rule == rule.id && finding.outcome == Outcome::Fail;
        check.map(|check| check.findings.iter().any(fails))
    };
    let mut pointers = Vec::new();
    for wanted in [true, false] {
        for rule in rules() {
            let found = is_found(rule);
            if (found == Some(true)) == wanted {
                pointers.push(Pointer {
                    rule: rule.id.to_owned(),
                    title: rule.title.to_owned(),
                    url: rule.path(),
                    found,
                });
            }
        }
    }
    pointers
}

/// A reason, as rules name it.
fn reported(result_type: &ResultType) -> Reported {
    match result_type {
        ResultType::StarttlsNotSupported => Reported::StarttlsNotSupported,
        ResultType::CertificateHostMismatch => Reported::CertificateHostMismatch,
        ResultType::CertificateExpired => Reported::CertificateExpired,
        ResultType::CertificateNotTrusted => Reported::CertificateNotTrusted,
        ResultType::ValidationFailure => Reported::ValidationFailure,
        ResultType::TlsaInvalid => Reported::TlsaInvalid,
        ResultType::DnssecInvalid => Reported::DnssecInvalid,
        ResultType::DaneRequired => Reported::DaneRequired,
        ResultType::StsPolicyFetchError => Reported::StsPolicyFetchError,
        ResultType::StsPolicyInvalid => Reported::StsPolicyInvalid,
        ResultType::StsWebpkiInvalid => Reported::StsWebpkiInvalid,
        ResultType::NotTold => Reported::NotTold,
        ResultType::Other(_) => Reported::Other,
    }
}

/// What is said of every reason that is not a sender's own.
static EXPLANATIONS: &[(ResultType, Explanation)] = &[
    (
        ResultType::StarttlsNotSupported,
        Explanation {
            title: "A mail server did not offer encryption",
            why: "The sender wanted to encrypt the connection and the mail server did not offer it (STARTTLS). Once the policy \
              is enforced, mail is not delivered to such a server. If the server offers it to others, it may have \
              had a fault for a while, or something on the way may have removed the offer, which is what MTA-STS \
              guards against.",
            steps: &[
                "See which mail servers the reports name, and whether all of them are still in use.",
                "Turn on STARTTLS at that server, with a certificate for its name, or ask whoever runs it to.",
                "If a firewall or spam filter stands in front of it, make sure that it lets STARTTLS through.",
            ],
        },
    ),
    (
        ResultType::CertificateHostMismatch,
        Explanation {
            title: "A mail server's certificate is for another name",
            why: "The certificate that the mail server showed does not have the name that the MX record has, or the server is \
              not one that the policy allows. Once the policy is enforced, mail is not delivered there.",
            steps: &[
                "Compare the mail servers that the reports name with the MX records and with the mx lines of the policy.",
                "Get each server a certificate with the name that is in its MX record, or put the name that is in the certificate \
             into the MX record.",
                "If the policy does not allow the server, add it to the policy, then change the id of the record.",
            ],
        },
    ),
    (
        ResultType::CertificateExpired,
        Explanation {
            title: "A mail server's certificate has expired",
            why: "The certificate that the mail server showed was past its last day. Once the policy is enforced, mail is not \
              delivered there until it is renewed.",
            steps: &[
                "Renew the certificate of the mail server that the reports name, or ask whoever runs it to.",
                "Make sure that it is renewed automatically in future, and that the mail server loads the new one.",
            ],
        },
    ),
    (
        ResultType::CertificateNotTrusted,
        Explanation {
            title: "A mail server's certificate is not trusted",
            why: "The certificate that the mail server showed is not from an authority that the sender trusts. Often it is one \
              that the server made for itself, or a certificate in between is missing. Once the policy is enforced, \
              mail is not delivered there.",
            steps: &[
                "Get a certificate from a public authority for the mail server that the reports name.",
                "Have the server send the whole chain: its own certificate and those in between.",
            ],
        },
    ),
    (
        ResultType::ValidationFailure,
        Explanation {
            title: "The connection was not good enough, for another reason",
            why: "The sender says only that the connection did not meet the policy. Often the mail server is not one that the \
              policy allows, or it speaks no version of TLS that the sender accepts. If the sender gives a code, that \
              tells more.",
            steps: &[
                "Compare the mail servers that the reports name with the mx lines of the policy.",
                "Look at the code that the sender gives, and show it to whoever runs the server.",
                "Make sure that the server speaks TLS 1.2 or 1.3.",
            ],
        },
    ),
    (
        ResultType::TlsaInvalid,
        Explanation {
            title: "DANE records do not match the mail server",
            why: "The domain publishes which certificate its mail servers have (DANE, TLSA records), and a server showed \
              another one. Senders that use DANE do not deliver there, whatever MTA-STS says.",
            steps: &[
                "Publish TLSA records for the certificate that the server has now, or remove the old ones.",
                "Before each change of certificate, publish the new record beside the old one.",
            ],
        },
    ),
    (
        ResultType::DnssecInvalid,
        Explanation {
            title: "DNSSEC signatures do not hold",
            why: "The sender asked for the domain's records and got none whose signatures hold. Senders that check them do \
              not deliver until that is mended, whatever MTA-STS says.",
            steps: &[
                "Ask whoever runs your DNS to look at the DNSSEC signatures of the domain and of the mail servers' names.",
                "After a move to another DNS provider, make sure that the registrar has the new provider's DS record.",
            ],
        },
    ),
    (
        ResultType::DaneRequired,
        Explanation {
            title: "A sender insists on DANE",
            why: "The sender delivers to this domain only with DANE, by an agreement of its own, and a mail server has no \
              TLSA record that DNSSEC protects.",
            steps: &[
                "Ask the sender whether that is still meant.",
                "If so, sign the domain with DNSSEC and publish TLSA records for every mail server.",
            ],
        },
    ),
    (
        ResultType::StsPolicyFetchError,
        Explanation {
            title: "The policy file could not be fetched",
            why: "The sender saw that there is a policy, but could not get the file. Mail still arrives, but such a sender does \
              not protect it; one that remembers an older policy keeps using that.",
            steps: &[
                "Check the domain here: it shows whether the file can be fetched now.",
                "If it can, find out whether the web host was down on the days in the reports, is slow, or turns some visitors away.",
            ],
        },
    ),
    (
        ResultType::StsPolicyInvalid,
        Explanation {
            title: "The policy file is not valid",
            why: "The sender got the policy file, but could not read it as a policy. Mail still arrives, but such a sender does \
              not protect it. Some senders are stricter than the standard.",
            steps: &[
                "Check the domain here: it shows what is wrong with the file, and what some senders do not like.",
                "Mend the file, then change the id of the record.",
            ],
        },
    ),
    (
        ResultType::StsWebpkiInvalid,
        Explanation {
            title: "The policy host's certificate is not valid",
            why: "The sender could not trust the certificate of the web server that the policy is on. Mail still arrives, \
              but such a sender does not protect it.",
            steps: &[
                "Check the domain here: it shows what is wrong with the certificate.",
                "Get a certificate for the policy host from a public authority, and make sure that it is renewed automatically.",
            ],
        },
    ),
    (
        ResultType::NotTold,
        Explanation {
            title: "Sessions failed, and no cause is given",
            why: "The reports count more failed sessions than they give causes for. That says little by itself; the causes \
              that other reports give are the likely ones.",
            steps: &["Look at the other causes first.", "If there are none, ask the contact that the report gives."],
        },
    ),
];

static OTHER: Explanation = Explanation {
    title: "A cause that is not in the standard",
    why: "The sender uses a word of its own for what went wrong. It is shown as it was sent.",
    steps: &["Look at the code or text that the sender gives, or ask the sender what it means."],
};

fn explain(result_type: &ResultType) -> &'static Explanation {
    EXPLANATIONS.iter().find(|(known, _)| known == result_type).map_or(&OTHER, |(_, explanation)| explanation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rule::Kind;

    #[test]
    fn every_cause_points_at_rules_that_are_not_good_news() {
        for cause in ResultType::KNOWN.into_iter().chain([ResultType::NotTold]) {
            let Explanation { title, why, steps } = explain(&cause);
            assert!(!title.is_empty() && why.ends_with('.') && !steps.is_empty(), "{}", cause.as_str());
            let pointers = pointers(reported(&cause), true, None);
            assert!(!pointers.is_empty(), "{}", cause.as_str());
            for pointer in pointers {
                let rule = rules::NAMES.iter().find(|rule| rule.id == pointer.rule).unwrap();
                assert!(rule.kind != Kind::Pass, "{}", rule.id);
                assert_eq!(pointer.url, format!("/rules/{}", rule.id));
            }
        }
    }
}
