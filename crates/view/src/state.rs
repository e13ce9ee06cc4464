//! How something stands: always a picture and a word, never a colour alone.

use maud::{Markup, html};
use mta_sts_core::report::{Finding, Outcome, Severity, Verdict};

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Good,
    Note,
    Warning,
    Bad,
    /// It could not be looked at.
    Unknown,
    /// It is being looked at.
    Waiting,
    /// Nothing is there.
    Absent,
}

impl State {
    /// How a finding stands.
    pub(crate) fn of(finding: &Finding) -> Self {
        match (finding.outcome, finding.severity) {
            (Outcome::Pass, _) => Self::Good,
            (Outcome::Inconclusive, _) => Self::Unknown,
            (Outcome::Fail, Severity::Error) => Self::Bad,
            (Outcome::Fail, Severity::Warning) => Self::Warning,
            (Outcome::Fail, Severity::Info) => Self::Note,
        }
    }

    /// It in a word or two.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Good => "Good",
            Self::Note => "Worth knowing",
            Self::Warning => "Warning",
            Self::Bad => "Problem",
            Self::Unknown => "Not known",
            Self::Waiting => "Looking",
            Self::Absent => "Nothing found",
        }
    }

    /// The class that gives it its colour.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Good => "m-good",
            Self::Note => "m-note",
            Self::Warning => "m-warning",
            Self::Bad => "m-bad",
            Self::Unknown => "m-unknown",
            Self::Waiting => "m-waiting",
            Self::Absent => "m-absent",
        }
    }

    /// Its picture, which a word has to stand beside.
    pub(crate) fn icon(self) -> Markup {
        let path = match self {
            Self::Good => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM5 8.2l2.1 2.1L11 6.2",
            Self::Note => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 7.3v4M8 4.9v.1",
            Self::Warning => "M8 1.8 1.2 13.8h13.6ZM8 6.2v3.4M8 11.7v.1",
            Self::Bad => "M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3ZM5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6",
            Self::Unknown => {
                "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM6 6.2a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4M8 11.6v.1"
            }
            Self::Waiting => "M8 1.5a6.5 6.5 0 1 0 6.5 6.5",
            Self::Absent => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM5 8h6",
        };
        html! {
            svg.m-icon.m-spin[self == Self::Waiting] viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.6"
                stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false" { path d=(path) {} }
        }
    }
}

/// A verdict in words.
pub(crate) struct Words {
    pub(crate) state: State,
    /// For the badge.
    pub(crate) word: &'static str,
    /// What it means for the mail.
    pub(crate) meaning: &'static str,
}

/// The words for a verdict.
pub(crate) fn words(verdict: Verdict) -> Words {
    let (state, word, meaning) = match verdict {
        Verdict::Enforced => (
            State::Good,
            "Enforced",
            "Senders that follow MTA-STS deliver only over an encrypted connection, and only to the servers that the policy names.",
        ),
        Verdict::AtRisk => (
            State::Warning,
            "At risk",
            "Senders that follow MTA-STS will not deliver to a server that the policy leaves out. While the others answer, little \
             is noticed; when they do not, mail is held up or comes back.",
        ),
        Verdict::Blocking => (
            State::Bad,
            "Blocking mail",
            "Senders that follow MTA-STS, large providers among them, cannot deliver until the policy is put right. \
             This is urgent.",
        ),
        Verdict::Testing => (
            State::Note,
            "Testing",
            "Senders report what would go wrong, and deliver all the same. That is a good first step, not yet protection.",
        ),
        Verdict::Disabled => (
            State::Absent,
            "Switched off",
            "The policy says so itself, which is the right way to stop using MTA-STS. Nobody is made to encrypt.",
        ),
        Verdict::Broken => (
            State::Bad,
            "Broken",
            "Most mail still arrives, but without the protection that was meant. The problems below say what to mend.",
        ),
        Verdict::Missing => (
            State::Absent,
            "Not set up",
            "Mail still arrives, and is often encrypted, but somebody in between can switch the encryption off \
             unnoticed. MTA-STS closes that gap.",
        ),
        Verdict::NotApplicable => {
            (State::Absent, "No mail here", "MTA-STS protects mail on its way to a domain, so none is needed.")
        }
        Verdict::Inconclusive => (
            State::Unknown,
            "Not known",
            "Something that the answer hangs on could not be looked up. That need not be a fault of the domain.",
        ),
    };
    Words { state, word, meaning }
}

/// The word for every verdict, as a query string, for a script that kept verdicts by their names:
/// `enforced=Enforced&at-risk=At risk&…`.
#[cfg(feature = "pages")]
pub(crate) fn words_by_slug() -> String {
    Verdict::ALL.map(|verdict| format!("{}={}", verdict.as_str(), words(verdict).word)).join("&")
}
