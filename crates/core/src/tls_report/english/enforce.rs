//! English: what speaks for enforcing and against it.

use crate::tls_report::safe_to_enforce::EnforceReason;

/// The mail servers, where no check tells whose they are and where one does, in a sentence that goes on: without names, and
/// with those of `{hosts}`.
pub(in crate::tls_report) const SERVERS: [&str; 2] = ["the mail servers", "the mail servers ({hosts})"];
pub(in crate::tls_report) const OWN_SERVERS: [&str; 2] = ["your own mail servers", "your own mail servers ({hosts})"];

/// Causes, at the end of a sentence: one, and several.
pub(in crate::tls_report) const CAUSES: [&str; 2] = ["cause: {causes}", "causes: {causes}"];

/// Names, where there are more than are told.
pub(in crate::tls_report) const NAMES_AND_MORE: &str = "{names} and {more} more";

/// How often a sender failed, in a list of such.
pub(in crate::tls_report) const RATE: &str = "{sender} in {failures} of {sessions} sessions ({share})";
pub(in crate::tls_report) const NAMELESS_SENDER: &str = "a sender without a name";
pub(in crate::tls_report) const LEAST_SHARE: &str = "less than 0.1 %";

/// The sentences of a reason.
#[expect(clippy::too_many_lines, reason = "a table")]
pub(in crate::tls_report) fn reason(reason: &EnforceReason) -> &'static str {
    match reason {
        EnforceReason::NoNumbers => "There are no reports with numbers in them, so nothing can be said.",
        EnforceReason::SeveralDomains { .. } => {
            "The reports are about several domains: {domains}. Ask about one of them."
        }
        EnforceReason::NoReports { .. } => "There are no reports about {domain}, so nothing can be said.",
        EnforceReason::NoNumbersAbout { .. } => {
            "There are no numbers in the reports, so nothing can be said about {domain}."
        }
        EnforceReason::OtherDomains { .. } => "The reports are about {others}, and none is about {domain}.",
        EnforceReason::NumbersAboutOthers { .. } => {
            "The reports with numbers in them are about {others}, and none of these is about {domain}."
        }
        EnforceReason::NoSessions { .. } => "The reports about {domain} count no sessions, so nothing can be said.",
        EnforceReason::NoPastDay => {
            "The reports about your MTA-STS policy give no day, or only days that are still to come."
        }
        EnforceReason::NeverApplied { not_found, dane, off, .. } => never_applied(*not_found > 0, *dane > 0, *off > 0),
        EnforceReason::FewDays { days: 1, .. } => "Reports about your policy cover one day, from {first} to {last}.",
        EnforceReason::FewDays { .. } => "Reports about your policy cover {days} days, from {first} to {last}.",
        EnforceReason::FewDaysWithSessions { days: 1, .. } => {
            "Of the {test days} days up to {last}, only 1 has sessions in a report. Wait until most of them do."
        }
        EnforceReason::FewDaysWithSessions { .. } => {
            "Of the {test days} days up to {last}, only {days} have sessions in a report. Wait until most of them do."
        }
        EnforceReason::Stale { .. } => {
            "The last report is about {last}, {days} days ago. Reports come daily: see whether they still arrive, and add \
             the newer ones."
        }
        EnforceReason::FewSessions { sessions: 1, .. } => {
            "In the {test days} days up to {last} the reports tell of 1 session under your policy. That is too few to judge \
             by: wait for {enough sessions} or more."
        }
        EnforceReason::FewSessions { .. } => {
            "In the {test days} days up to {last} the reports tell of {sessions} sessions under your policy. That is too few \
             to judge by: wait for {enough sessions} or more."
        }
        EnforceReason::OneSender { .. } => {
            "In the {test days} days up to {last}, no second sender reports more than one session under your policy. Senders \
             differ in what they accept: wait for reports from another one."
        }
        EnforceReason::Failures { failures: 1, sessions: 1, .. } => {
            "In the {test days} days up to {last}, 1 of 1 session failed at {servers}; {causes}. Who reports it: {who}."
        }
        EnforceReason::Failures { .. } => {
            "In the {test days} days up to {last}, {failures} of {sessions} sessions failed at {servers}; {causes}. Who \
             reports it: {who}."
        }
        EnforceReason::NoFailures { senders: 1, sessions: 1, .. } => {
            "In the {test days} days up to {last}, 1 sender reported 1 session under your policy, and none failed at \
             {servers}."
        }
        EnforceReason::NoFailures { senders: 1, .. } => {
            "In the {test days} days up to {last}, 1 sender reported {sessions} sessions under your policy, and none failed \
             at {servers}."
        }
        EnforceReason::NoFailures { .. } => {
            "In the {test days} days up to {last}, {senders} senders reported {sessions} sessions under your policy, and none \
             failed at {servers}."
        }
        EnforceReason::EarlierFailures { .. } => {
            "There were failures before that, the last of them on {day}; none has been reported since."
        }
        EnforceReason::PolicyNotRead { times: 1, .. } => {
            "In 1 session a sender could not fetch or read your policy ({causes}). Who reports it: {who}."
        }
        EnforceReason::PolicyNotRead { .. } => {
            "In {times} sessions senders could not fetch or read your policy ({causes}). Who reports it: {who}."
        }
        EnforceReason::FailuresElsewhere { failures: 1, day: None, .. } => {
            "1 session failed at a host that is not among your mail servers now ({hosts}). Who reports it: {who}."
        }
        EnforceReason::FailuresElsewhere { failures: 1, .. } => {
            "1 session failed at a host that is not among your mail servers now ({hosts}), on {day}. Who reports it: {who}."
        }
        EnforceReason::FailuresElsewhere { day: None, .. } => {
            "{failures} sessions failed at hosts that are not among your mail servers now ({hosts}). Who reports it: {who}."
        }
        EnforceReason::FailuresElsewhere { .. } => {
            "{failures} sessions failed at hosts that are not among your mail servers now ({hosts}), the last on {day}. Who \
             reports it: {who}."
        }
        EnforceReason::FutureDay { reports: 1, .. } => {
            "1 report is dated in the future ({day}; sender: {names}). Its day is taken as unknown: that sender's clock is wrong."
        }
        EnforceReason::FutureDay { .. } => {
            "{reports} reports are dated in the future (up to {day}; senders: {names}). Their days are taken as unknown: those \
             senders' clocks are wrong."
        }
        EnforceReason::PolicyChanged { .. } => {
            "Your policy changed: reports tell of the present one from {day} on. Earlier days are about another policy and do \
             not count."
        }
        EnforceReason::OtherPolicy => {
            "All reports are about another policy than the one that you publish now. Wait for reports about this one."
        }
        EnforceReason::FailuresUnderDane { failures, hosts } => match (failures, hosts.list.is_empty()) {
            (1, true) => "1 failure under DANE.",
            (1, false) => "1 failure under DANE ({hosts}).",
            (_, true) => "{failures} failures under DANE.",
            (_, false) => "{failures} failures under DANE ({hosts}).",
        },
        EnforceReason::PolicyNotFound { sessions: 1 } => {
            "In 1 session senders found no policy to apply: their mail arrives, and is protected only once they find it."
        }
        EnforceReason::PolicyNotFound { .. } => {
            "In {sessions} sessions senders found no policy to apply: their mail arrives, and is protected only once they \
             find it."
        }
        EnforceReason::ServersNotAllowed { hosts } if hosts.is_empty() => {
            "The policy does not allow all of your mail servers."
        }
        EnforceReason::ServersNotAllowed { .. } => "The policy does not allow {hosts}.",
        EnforceReason::NothingToEnforce { .. } => "There is no policy now that could be enforced. {headline}",
        EnforceReason::NotLookedUp => "What the domain publishes could not be looked up just now. Check it again.",
        EnforceReason::EnforcedAlready => "The policy is enforced already.",
    }
}

/// What follows from a reason, after its own sentence; for a policy that is enforced already, and for one that is not.
pub(in crate::tls_report) fn consequence(reason: &EnforceReason, is_enforced: bool) -> Option<&'static str> {
    Some(match reason {
        EnforceReason::FewDays { .. } if is_enforced => "That is too short to tell that no mail is refused.",
        EnforceReason::FewDays { .. } => "Test for {test days} days before you enforce it.",
        EnforceReason::Failures { is_enforced: true, .. } => {
            "Your policy was enforced already, so this mail was refused. Fix this now, or go back to mode testing until you have."
        }
        EnforceReason::Failures { can_be_chance: true, .. } => {
            "So few can be chance, or a server that is seldom used: find out which before you enforce the policy."
        }
        EnforceReason::Failures { can_be_chance: false, .. } => {
            "Once the policy is enforced, such mail is not delivered. Fix this first, and count the days from then on."
        }
        EnforceReason::PolicyNotRead { is_rare: true, .. } => "That is rare, and loses no mail.",
        EnforceReason::PolicyNotRead { is_rare: false, .. } => {
            "That loses no mail, but a policy that senders cannot fetch protects nothing: fix this first."
        }
        EnforceReason::FailuresElsewhere { is_over: true, .. } => "They are old and rare: no reason to wait.",
        EnforceReason::FailuresElsewhere { is_over: false, .. } if is_enforced => {
            "Such a sender sees other MX records than we do and refuses to deliver there. Find out why: an old DNS zone, \
             another view of it, or an attack."
        }
        EnforceReason::FailuresElsewhere { is_over: false, .. } => {
            "Such a sender sees other MX records than we do, and must not deliver there once the policy is enforced. Find out \
             why first: an old DNS zone, another view of it, or an attack."
        }
        EnforceReason::FailuresUnderDane { .. } => {
            "Such mail is not delivered today, and enforcing the policy does not change that; fix it all the same."
        }
        EnforceReason::ServersNotAllowed { .. } if is_enforced => "It is enforced, so mail is not delivered there.",
        EnforceReason::ServersNotAllowed { .. } => "Once it is enforced, mail is not delivered there.",
        _ => return None,
    })
}

/// In none of the sessions the policy was applied; the reasons that there are numbers of.
fn never_applied(not_found: bool, dane: bool, off: bool) -> &'static str {
    match (not_found, dane, off) {
        (false, false, false) => {
            "In none of the {sessions} sessions did a sender say that it applied your MTA-STS policy. That says nothing about \
             enforcing."
        }
        (true, false, false) => {
            "In none of the {sessions} sessions did a sender say that it applied your MTA-STS policy: in {not found} it found \
             no policy. That says nothing about enforcing."
        }
        (false, true, false) => {
            "In none of the {sessions} sessions did a sender say that it applied your MTA-STS policy: in {dane} it used DANE. \
             That says nothing about enforcing."
        }
        (false, false, true) => {
            "In none of the {sessions} sessions did a sender say that it applied your MTA-STS policy: in {off} the policy had \
             mode none, which switches it off. That says nothing about enforcing."
        }
        (true, true, false) => {
            "In none of the {sessions} sessions did a sender say that it applied your MTA-STS policy: in {not found} it found \
             no policy, in {dane} it used DANE. That says nothing about enforcing."
        }
        (true, false, true) => {
            "In none of the {sessions} sessions did a sender say that it applied your MTA-STS policy: in {not found} it found \
             no policy, in {off} the policy had mode none, which switches it off. That says nothing about enforcing."
        }
        (false, true, true) => {
            "In none of the {sessions} sessions did a sender say that it applied your MTA-STS policy: in {dane} it used DANE, \
             in {off} the policy had mode none, which switches it off. That says nothing about enforcing."
        }
        (true, true, true) => {
            "In none of the {sessions} sessions did a sender say that it applied your MTA-STS policy: in {not found} it found \
             no policy, in {dane} it used DANE, in {off} the policy had mode none, which switches it off. That says nothing \
             about enforcing."
        }
    }
}
