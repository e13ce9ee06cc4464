//! What a plan takes of a finding: the rule's own way to mend it, as the report gives it.

use crate::mend::dns_console::DnsConsole;
use crate::mend::remedy::{Paste, PastePlace};
use crate::mend::words::paste;
use crate::name::labels::Txt;
use crate::report::{Finding, Fix, Outcome, PolicyChange};

/// The rule's own way to mend a finding.
pub(super) struct OwnWay<'f> {
    pub(super) finding: &'f Finding,
    pub(super) fix: &'f Fix,
    /// What is pasted with it.
    pub(super) paste: Vec<Paste>,
}

impl<'f> OwnWay<'f> {
    /// Of a fault, where the rule has a way of its own to mend it.
    pub(super) fn of(console: &DnsConsole<'_>, finding: &'f Finding) -> Option<Self> {
        let fix = finding.fix.first().filter(|fix| finding.outcome == Outcome::Fail && fix.offer.is_none())?;
        let paste = fix.copy.iter().filter_map(|copy| paste(console, copy)).collect();
        Some(Self { finding, fix, paste })
    }

    /// What is pasted at a place.
    pub(super) fn pasted(&self, place: PastePlace) -> impl Iterator<Item = &str> {
        self.paste.iter().filter(move |paste| paste.place == place).map(|paste| paste.text.as_str())
    }

    /// Whether this is what it does to the policy file that is served.
    pub(super) fn does(&self, change: PolicyChange) -> bool {
        self.fix.policy == Some(change)
    }
}

/// What the check gives to paste for a record now: a tested policy is enforced later.
pub(super) fn value_now(console: &DnsConsole<'_>, findings: &[Finding], txt: Txt) -> Option<String> {
    let own = findings.iter().filter_map(|finding| OwnWay::of(console, finding));
    own.filter(|own| !own.does(PolicyChange::Enforce))
        .find_map(|own| own.pasted(PastePlace::TxtValue(txt)).next().map(str::to_owned))
}
