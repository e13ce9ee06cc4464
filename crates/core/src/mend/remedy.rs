//! A way to mend a finding, as types: steps, and texts to paste.

use crate::name::labels::Txt;
use crate::report::PolicyChange;
use crate::rules::rule::Judged;
use crate::rules::step::{Step, Target};

/// A finding with the ways to mend it, still without words.
#[derive(Clone, Debug)]
pub struct Mended {
    /// What was found.
    pub judged: Judged,
    /// The ways: the rule's own first, then what the domain's providers offer.
    pub remedies: Vec<Remedy>,
}

/// One way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// The offer that it is; none where it is the rule's own way, which holds anywhere.
    pub offer: Option<&'static str>,
    /// What to do, in order.
    pub steps: Vec<ToDo>,
    /// What is pasted with it.
    pub paste: Vec<Paste>,
    /// The record whose steps are for the name of the domain's own that its alias leads to.
    pub at_own_name: Option<Txt>,
}

/// A step in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ToDo {
    /// What to do.
    pub step: Step,
    /// Of a sentence of the rule's own, which of them.
    pub own: usize,
}

/// A text to paste.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Paste {
    /// Where it goes.
    pub place: PastePlace,
    /// The text; of a record's value without the quotation marks that a console may want.
    pub text: String,
}

/// Where a text to paste goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PastePlace {
    /// The host of a TXT record, relative to the zone.
    TxtHost(Txt),
    /// The full name of a TXT record.
    TxtFullName(Txt),
    /// The value of a TXT record.
    TxtValue(Txt),
    /// The time to live of a record.
    Ttl,
    /// The address that the policy file gets.
    PolicyAddress,
    /// A new policy file.
    PolicyText,
    /// The policy file, in place of the one that is there.
    WholePolicy,
    /// The policy file of a plan, whether one is there or not.
    PolicyFile,
    /// A line of the policy file.
    PolicyLine,
    /// Lines of the policy file.
    PolicyLines,
    /// The address of the policy, to look at.
    PolicyUrl,
    /// The media type of the policy file.
    ContentType,
    /// The policy host's name.
    PolicyHost,
    /// An MX record.
    MxRecord,
    /// The mail server in an MX record.
    MxHost,
    /// The name of TLSA records.
    TlsaName,
    /// The host of an alias.
    AliasHost,
    /// The target of an alias.
    AliasTarget,
    /// The script of a Cloudflare Worker.
    Worker,
    /// The custom domain of that Worker.
    WorkerDomain,
    /// A command.
    Command,
}

impl PastePlace {
    /// Every place.
    pub const ALL: [Self; 24] = [
        Self::TxtHost(Txt::Announce),
        Self::TxtHost(Txt::TlsRpt),
        Self::TxtFullName(Txt::Announce),
        Self::TxtFullName(Txt::TlsRpt),
        Self::TxtValue(Txt::Announce),
        Self::TxtValue(Txt::TlsRpt),
        Self::Ttl,
        Self::PolicyAddress,
        Self::PolicyText,
        Self::WholePolicy,
        Self::PolicyFile,
        Self::PolicyLine,
        Self::PolicyLines,
        Self::PolicyUrl,
        Self::ContentType,
        Self::PolicyHost,
        Self::MxRecord,
        Self::MxHost,
        Self::TlsaName,
        Self::AliasHost,
        Self::AliasTarget,
        Self::Worker,
        Self::WorkerDomain,
        Self::Command,
    ];

    /// Its permanent name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TxtHost(Txt::Announce) => "record-host",
            Self::TxtHost(Txt::TlsRpt) => "tlsrpt-host",
            Self::TxtFullName(Txt::Announce) => "record-full-name",
            Self::TxtFullName(Txt::TlsRpt) => "tlsrpt-full-name",
            Self::TxtValue(Txt::Announce) => "record-value",
            Self::TxtValue(Txt::TlsRpt) => "tlsrpt-value",
            Self::Ttl => "ttl",
            Self::PolicyAddress => "policy-address",
            Self::PolicyText => "policy-text",
            Self::WholePolicy => "whole-policy",
            Self::PolicyFile => "policy-file",
            Self::PolicyLine => "policy-line",
            Self::PolicyLines => "policy-lines",
            Self::PolicyUrl => "policy-url",
            Self::ContentType => "content-type",
            Self::PolicyHost => "policy-host",
            Self::MxRecord => "mx-record",
            Self::MxHost => "mx-host",
            Self::TlsaName => "tlsa-name",
            Self::AliasHost => "alias-host",
            Self::AliasTarget => "alias-target",
            Self::Worker => "worker",
            Self::WorkerDomain => "worker-domain",
            Self::Command => "command",
        }
    }

    /// The place of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.name() == name)
    }
}

impl Remedy {
    /// The rule's own way.
    pub(super) fn of(steps: &'static [Step]) -> Self {
        Self { offer: None, steps: placed(steps), paste: Vec::new(), at_own_name: None }
    }

    /// Whether any step does this.
    pub fn has(&self, step: Step) -> bool {
        self.steps.iter().any(|todo| todo.step == step)
    }

    /// What it does to the policy file that is served.
    pub(super) fn policy_change(&self) -> Option<PolicyChange> {
        let is_of_file = |todo: &ToDo| matches!(todo.step.target(), Target::File | Target::FileAndId);
        if self.has(Step::Enforce) {
            Some(PolicyChange::Enforce)
        } else if self.has(Step::FileServesAll) {
            Some(PolicyChange::Keep)
        } else {
            self.steps.iter().any(is_of_file).then_some(PolicyChange::Edit)
        }
    }

    /// What is pasted at a place.
    pub fn pasted(&self, place: PastePlace) -> impl Iterator<Item = &str> {
        self.paste.iter().filter(move |paste| paste.place == place).map(|paste| paste.text.as_str())
    }

    /// Adds a text to paste; an empty one is none.
    pub(super) fn paste(&mut self, place: PastePlace, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.paste.push(Paste { place, text });
        }
    }
}

impl ToDo {
    /// A step that is no sentence of the rule's own.
    pub(super) fn of(step: Step) -> Self {
        Self { step, own: 0 }
    }
}

/// Steps in their places: each that is a rule's own is the next of its sentences.
pub(super) fn placed(steps: &[Step]) -> Vec<ToDo> {
    let mut next = 0;
    let place = |step: &Step| {
        let own = next;
        next += usize::from(matches!(step, Step::Own(_)));
        ToDo { step: *step, own }
    };
    steps.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_by_its_name() {
        for place in PastePlace::ALL {
            assert_eq!(PastePlace::named(place.name()), Some(place));
        }
        assert_eq!(PastePlace::named(""), None);
    }
}
