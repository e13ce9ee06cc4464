//! What becomes of a message now, when its sender goes by RFC 8461.

use crate::evidence::dnssec::Dnssec;
use crate::evidence::dnssec::dnssec;
use crate::facts::Facts;
use crate::report::{Report, Verdict};

/// What a sender that follows the RFC, and has no policy from earlier, would do with a message to the domain now (RFC 8461
/// §5). Hosts stand in the order in which they are tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery<'r> {
    /// It returns the message: the domain does not exist.
    NoSuchDomain,
    /// It returns the message: the domain takes no mail.
    TakesNoMail,
    /// It has nowhere to deliver to: no mail server and no address.
    Nowhere,
    /// It has mail servers, and can reach none of them.
    NoServerReached,
    /// Where it checks DNSSEC signatures, it cannot know where mail goes.
    Unverifiable,
    /// Something that it hangs on could not be looked up.
    Unknown,
    /// To the domain's own address, encrypted and with a valid certificate or not at all.
    SecurelyToOwnAddress,
    /// To one of these, in the same way.
    SecurelyTo {
        /// All of the domain's mail servers.
        allowed: Vec<&'r str>,
    },
    /// To some of the mail servers only.
    ToSomeOnly {
        /// Those that the policy leaves out.
        refused: Vec<&'r str>,
        /// Those that it allows.
        allowed: Vec<&'r str>,
    },
    /// To none: the policy allows none of the mail servers.
    ToNone,
    /// In any case, since the policy is only tested.
    Tested {
        /// Whether the domain asks for reports of what would be refused.
        is_reported: bool,
    },
    /// As if there were no MTA-STS: the policy says that it is off.
    SwitchedOff,
    /// As if there were no MTA-STS, but for senders that hold an earlier policy.
    WithoutPolicy,
}

impl<'r> Delivery<'r> {
    /// To the domain that a report is about, from the same facts.
    pub fn of(facts: &Facts<'_>, report: &'r Report) -> Self {
        if facts.mx.no_such_domain() {
            return Self::NoSuchDomain;
        }
        if facts.mx.has_nowhere() {
            return Self::Nowhere;
        }
        if facts.mx.is_never_reached() {
            return Self::NoServerReached;
        }
        if dnssec(facts.mx.dns) == Dnssec::Bogus {
            return Self::Unverifiable;
        }
        let hosts = |is_allowed: bool| {
            // The report's hosts are those of the facts, in the same order.
            let all = report.mx.iter().zip(&facts.mx.hosts).filter(|(_, seen)| !seen.is_never_reached());
            all.map(|(mx, _)| mx)
                .filter(|mx| mx.matched_by.is_some() == is_allowed)
                .map(|mx| mx.host.as_str())
                .collect()
        };
        match report.verdict {
            Verdict::Enforced if report.mx.is_empty() => Self::SecurelyToOwnAddress,
            Verdict::Enforced => Self::SecurelyTo { allowed: hosts(true) },
            Verdict::AtRisk => Self::ToSomeOnly { refused: hosts(false), allowed: hosts(true) },
            Verdict::Blocking => Self::ToNone,
            Verdict::Testing => Self::Tested { is_reported: report.tlsrpt.is_some() },
            Verdict::Disabled => Self::SwitchedOff,
            Verdict::Broken | Verdict::Missing => Self::WithoutPolicy,
            Verdict::NotApplicable => Self::TakesNoMail,
            Verdict::NoSuchDomain => Self::NoSuchDomain,
            Verdict::Inconclusive => Self::Unknown,
        }
    }
}
