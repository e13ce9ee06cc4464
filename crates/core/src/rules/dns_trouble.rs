//! Why a lookup gave no definite answer.

use super::english::resolver as english;
use super::rule::{Detail, Draft};
use crate::evidence::{Dns, ExtendedError};
use crate::text::clip::clip;
use crate::text::template::fill;

/// Why a lookup gave no definite answer, for an engineer.
pub(crate) enum Trouble {
    /// The resolver answered with an rcode, and perhaps extended errors.
    Answered(String, String),
    /// Nothing came; what the network said of it, where it said anything.
    Nothing(Option<String>),
}

/// The trouble with an answer; none where there is one, or where DNSSEC is at fault.
pub(crate) fn dns_trouble(dns: Dns<'_>) -> Option<Trouble> {
    match dns {
        Dns::Pending | Dns::Answer(_) | Dns::Bogus { .. } => None,
        Dns::Unanswered(answer) => {
            let errors: Vec<String> = answer.extended_errors.iter().take(3).map(extended_error).collect();
            Some(Trouble::Answered(answer.rcode.to_string(), errors.join("; ")))
        }
        Dns::Failed(failure) => Some(Trouble::Nothing(failure.detail.as_ref().map(|detail| clip(detail, 200)))),
    }
}

impl Trouble {
    /// Says it in a finding.
    pub(super) fn tell<'d>(&self, draft: Draft<'d>) -> Draft<'d> {
        match self {
            Self::Answered(rcode, errors) if errors.is_empty() => {
                draft.with("rcode", rcode).detail(Detail::ResolverAnswered)
            }
            Self::Answered(rcode, errors) => {
                draft.with("rcode", rcode).with("errors", errors).detail(Detail::ResolverAnsweredWith)
            }
            Self::Nothing(Some(end)) => draft.with("end", end).detail(Detail::NothingCame),
            Self::Nothing(None) => draft.detail(Detail::NothingCameInTime),
        }
    }
}

/// An extended error (RFC 8914) in words: the registered name of its code, and what the resolver added.
pub(crate) fn extended_error(error: &ExtendedError) -> String {
    let text = clip(&error.text, 120);
    let name = english::extended_error(error.code);
    let sentence = match (name, text.as_str()) {
        (None, "") => english::EXTENDED_ERROR,
        (None, _) => return text,
        (Some(name), "") => return name.to_owned(),
        (Some(_), _) => english::EXTENDED_ERROR_WITH,
    };
    fill(sentence, |word, out| match word {
        "code" => out.push_str(&error.code.to_string()),
        "name" => out.push_str(name.unwrap_or_default()),
        _text => out.push_str(&text),
    })
}
