//! English: every word of the verdict, of what becomes of a message, of what changed, of what senders make of the policy, and of the
//! chain. Each is a whole sentence, but for the chain's, which are titles; a list of hosts and several sentences after one another have entries of their own.

use super::chain::Line;
use super::changes::Change;
use super::delivery::Delivery;
use super::senders::{But, Obstacle, Sender, Use, Want};
use super::standing::{Standing, Undelivered};
use crate::published::policy::Mode;

/// What stands between two sentences.
pub(super) const BETWEEN: &str = " ";

/// Where a domain stands.
pub(super) fn headline(standing: Standing) -> &'static str {
    match standing {
        Standing::NoSuchDomain => "There is no domain {domain}. Check the spelling.",
        Standing::RefusesMail => "{domain} says that it takes no mail, so there is nothing to protect.",
        Standing::Looking => "Looking at {domain}…",
        Standing::Unseen => {
            "We could not look at all of {domain} just now, so there is no answer yet. Please try again."
        }
        Standing::Unserved => {
            "The name servers of {domain} do not answer for it, so nobody can look anything up there."
        }
        Standing::Missing => {
            "Mail to {domain} is not forced to use encryption: the domain publishes no MTA-STS policy."
        }
        Standing::Bogus { mx: false } => {
            "The DNSSEC signatures of {domain} are broken, so careful senders cannot look up its policy."
        }
        Standing::Bogus { mx: true } => {
            "The DNSSEC signatures of {domain} are broken, so careful senders cannot look up its policy or deliver mail."
        }
        Standing::Broken => {
            "{domain} has set up MTA-STS, but a mistake makes senders ignore it: mail is not forced to use encryption."
        }
        Standing::Mode(Mode::None) => "MTA-STS is switched off for {domain}: mail is not forced to use encryption.",
        Standing::Mode(Mode::Testing) => {
            "{domain} is only testing MTA-STS: problems are reported, but mail may still arrive without encryption."
        }
        Standing::Mode(Mode::Enforce) => "Mail to {domain} is forced to use encryption.",
        Standing::Blocking => {
            "Mail to {domain} is being refused now: the policy is enforced, and it allows none of the domain's mail servers."
        }
        Standing::AtRisk { missed: 1, .. } => {
            "{missed} of {servers} mail servers of {domain} is not in its policy, so mail to {domain} can be refused."
        }
        Standing::AtRisk { .. } => {
            "{missed} of {servers} mail servers of {domain} are not in its policy, so mail to {domain} can be refused."
        }
    }
}

/// Why no mail arrives.
pub(super) fn undelivered(why: Undelivered) -> &'static str {
    match why {
        Undelivered::NoServerReached => {
            "No mail can reach {domain}: none of its mail servers can be reached from the internet."
        }
        Undelivered::Nowhere => "No mail can reach {domain}: it has no mail server and no address.",
        Undelivered::IsHost => {
            "{domain} has no mail servers. Mail is usually sent to addresses at {above}: check {above}."
        }
    }
}

/// What becomes of a message.
pub(super) fn delivery(delivery: &Delivery<'_>) -> &'static str {
    match delivery {
        Delivery::NoSuchDomain => "The sender would return it: the domain does not exist.",
        Delivery::TakesNoMail => "The sender would return it: the domain takes no mail.",
        Delivery::Nowhere => "The sender could not deliver it: the domain has no mail server and no address.",
        Delivery::NoServerReached => {
            "The sender could not deliver it: none of the domain's mail servers can be reached from the internet."
        }
        Delivery::Unverifiable => {
            "A sender that checks DNSSEC signatures cannot find out where your mail goes: it keeps the message, tries again \
             for some days, and then returns it. One that does not check them goes by the policy, where it finds one."
        }
        Delivery::Unknown => "That cannot be told: something that it hangs on could not be looked up.",
        Delivery::SecurelyToOwnAddress => {
            "The sender would deliver it to the domain's own address, if that server encrypts the connection and its \
             certificate is valid. If not, the sender keeps the message, tries again for some days, and then returns it."
        }
        Delivery::SecurelyTo { .. } => {
            "The sender would deliver it to {allowed}, if that server encrypts the connection and its certificate is valid. \
             If not, the sender keeps the message, tries again for some days, and then returns it."
        }
        Delivery::ToSomeOnly { .. } => {
            "The sender would not hand it to {refused}, which the policy leaves out. It would deliver it to {allowed}, as \
             long as that works. When it does not, the message waits, and is returned after some days."
        }
        Delivery::ToNone => {
            "The sender would not deliver it: the policy allows none of your mail servers. It keeps the message, tries \
             again for some days, and then returns it."
        }
        Delivery::Tested { is_reported: true } => {
            "The sender would deliver it, encrypted or not. Where it finds something that would be refused under mode \
             enforce, it delivers all the same, and tells you of it in a report."
        }
        Delivery::Tested { is_reported: false } => {
            "The sender would deliver it, encrypted or not. Where it finds something that would be refused under mode \
             enforce, it delivers all the same, and tells nobody, since you ask for no reports."
        }
        Delivery::SwitchedOff => {
            "The sender would deliver it as if there were no MTA-STS: encrypted if your server offers that, and in the clear \
             if not."
        }
        Delivery::WithoutPolicy => {
            "The sender would deliver it as if there were no MTA-STS: encrypted if your server offers that, and in the clear \
             if not. A sender that still holds an earlier policy goes by that one until it runs out."
        }
    }
}

/// Any of so many hosts: the first three by name, and then how many more there are.
pub(super) fn any_of(hosts: usize) -> &'static str {
    match hosts {
        0 | 1 => "{first}",
        2 => "{first} or {second}",
        3 => "{first}, {second} or {third}",
        _ => "{first}, {second}, {third} or one of {more} more",
    }
}

/// That nothing changed since an earlier check.
pub(super) const NOTHING_CHANGED: &str = "Nothing has changed since the check of {day}.";

/// What changed since an earlier check.
pub(super) const CHANGED: &str = "Since the check of {day}: {changes}";

/// What changed.
pub(super) fn change(change: Change) -> &'static str {
    match change {
        Change::RecordCame => "There is an announce record now.",
        Change::RecordWent => "The announce record is gone.",
        Change::PolicyCame => "There is a policy file now.",
        Change::PolicyWent => "The policy file is gone.",
        Change::PolicyAndId => "The policy changed, and its id with it: senders will fetch the new one.",
        Change::PolicyWithoutId => {
            "The policy changed, but its id did not: senders that have the old one do not notice."
        }
        Change::IdWithoutPolicy => "The id changed, and the policy did not. That does no harm.",
        Change::Id => "The id changed.",
        Change::Mode { .. } => "Its mode was {was}, and is {is} now.",
        Change::MailServers => "The mail servers are others.",
    }
}

/// What a sender is called.
pub(super) fn sender(sender: Sender) -> &'static str {
    match sender {
        Sender::Rfc8461 => "RFC 8461",
        Sender::PostfixTlspol => "postfix-tlspol",
        Sender::PostfixMtaStsResolver => "postfix-mta-sts-resolver",
        Sender::Postfix => "Postfix with an add-on",
        Sender::Mox => "mox",
        Sender::Chasquid => "chasquid",
        Sender::Mimecast => "Mimecast's library",
        Sender::KumoMta => "KumoMTA",
        Sender::Stalwart => "Stalwart",
        Sender::Maddy => "maddy",
        Sender::Halon => "Halon",
        Sender::Google => "Google, by its documentation",
        Sender::Microsoft => "Microsoft, by its documentation",
        Sender::MailCheck => "NCSC MailCheck (advice)",
    }
}

/// What a sender does with a policy that it can use.
pub(super) fn used(used: Use) -> &'static str {
    match used {
        Use::Enforces => "It would find the policy and enforce it.",
        Use::Reports => "It would find the policy and only report problems.",
        Use::SwitchesOff => "It would find the policy, which switches MTA-STS off.",
        Use::Accepts => "It would accept the policy.",
        Use::WarnsOfMaxAge => "It would accept the policy, and warn that its max_age is short.",
    }
}

/// What a sender takes otherwise than it is written.
pub(super) fn but(but: But) -> &'static str {
    match but {
        But::KeepsFor { .. } => "It keeps the policy for {seconds} seconds, whatever max_age says.",
        But::SkipsIndented => "It skips lines that begin with a space: it delivers to no server that only they name.",
    }
}

/// What is said of Postfix, which reads no policy by itself.
pub(super) const BY_ADD_ON: &str = "It reads policies through an add-on, such as the two above. Before 3.10.5 it connects to \
    every mail server, and compares its certificate with all mx lines. Since then it can leave out servers that no line names \
    (smtp_tls_enforce_sts_mx_patterns).";

/// What is said where nobody documents what a sender makes of something.
pub(super) const UNTOLD: &str = "We know of no documentation that says how it treats these faults.";

/// What keeps every sender from the policy.
pub(super) fn obstacle(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Signatures => "The DNSSEC signatures do not hold.",
        Obstacle::SeveralRecords => "There is more than one _mta-sts record.",
        Obstacle::UnreadableRecord => "It cannot read the _mta-sts record.",
        Obstacle::NoRecord => "There is no _mta-sts record.",
        Obstacle::NoAddress => "The policy host has no address on the internet.",
        Obstacle::NoFetch => "It cannot fetch the policy.",
        Obstacle::OtherAnswer => "It gets another answer than the policy.",
        Obstacle::UnreadablePolicy => "It cannot read the policy file.",
    }
}

/// What a sender wants, where it is not so.
pub(super) fn unmet(want: Want) -> &'static str {
    match want {
        Want::Within { .. } => "It waits {seconds} seconds for the file, and the host took longer.",
        Want::PlainText => "It takes only a file that is marked as text/plain.",
        Want::ExactlyPlainText => "It takes only a file that is marked as text/plain, in small letters.",
        Want::Ascii => "The file gives no charset, so it reads it as ASCII, and other characters stop it.",
        Want::OneAnnounceRecord => "It counts other TXT records that begin with v=STSv1, so it finds more than one.",
        Want::OneTxt => "It refuses a second TXT record at _mta-sts.",
        Want::OneId => "It refuses a second id.",
        Want::NoSpaceBeforeSemicolon => "It refuses a space before the semicolon after v=STSv1.",
        Want::NoBlankLine => "It refuses a blank line.",
        Want::NoAddress => "It refuses an address in an mx line.",
        Want::WholeGrammar => "It refuses the whole file for one bad line.",
        Want::SomeMaxAge => "It refuses a max_age of 0.",
        Want::MaxAgeInRange => "It wants a max_age from 86400 (one day) to 31557600 (about a year).",
        Want::NoDuplicate => "It refuses a line that is given twice.",
        Want::OneColon => "It refuses a second colon in a line.",
        Want::EveryMx => "It wants an mx line for every MX record.",
        Want::MxInNone => "It wants an mx line in mode none, too.",
        Want::MxInNoneOrKeeps => "It wants an mx line in mode none, too. Without one it keeps the policy that it has.",
        Want::VersionFirst => "It wants version on the first line.",
    }
}

/// What is said where not everything was seen.
pub(super) const UNKNOWN: &str = "Not everything could be looked at.";

/// What is said of a link of the chain that no finding is about.
pub(super) fn link(line: Line) -> &'static str {
    match line {
        Line::Pending => "Still looking",
        Line::NotSeen => "It could not be looked up",
        Line::Bogus => "Its DNSSEC signatures do not hold",
        Line::ServesPolicy => "It answers with the policy",
        Line::Answers => "It answers",
        Line::IsReached => "It can be reached",
        Line::CertificateHolds => "It is valid, and names the policy host",
        Line::CertificateNotSeen => "The host was not reached, so its certificate was not seen",
        Line::NothingToCompareWith => "There is no usable policy to compare them with",
        Line::NotAnnounced => "No policy is announced",
        Line::Nothing => "Nothing was found",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::template::has_all;

    #[test]
    #[expect(clippy::too_many_lines, reason = "it names every line that there is")]
    fn a_sentence_ends_in_a_stop_and_has_no_word_that_nobody_fills() {
        let standings = [
            Standing::NoSuchDomain,
            Standing::RefusesMail,
            Standing::Bogus { mx: false },
            Standing::Bogus { mx: true },
            Standing::Looking,
            Standing::Unseen,
            Standing::Unserved,
            Standing::Missing,
            Standing::Broken,
            Standing::Mode(Mode::None),
            Standing::Mode(Mode::Testing),
            Standing::Mode(Mode::Enforce),
            Standing::Blocking,
        ];
        let at_risk = [1, 2].map(|missed| Standing::AtRisk { missed, of: 3 });
        let plain = [
            Delivery::NoSuchDomain,
            Delivery::TakesNoMail,
            Delivery::Nowhere,
            Delivery::NoServerReached,
            Delivery::Unverifiable,
            Delivery::Unknown,
            Delivery::SecurelyToOwnAddress,
            Delivery::ToNone,
            Delivery::Tested { is_reported: true },
            Delivery::Tested { is_reported: false },
            Delivery::SwitchedOff,
            Delivery::WithoutPolicy,
        ];
        let to_some = Delivery::ToSomeOnly { refused: Vec::new(), allowed: Vec::new() };
        let changes = [
            Change::RecordCame,
            Change::RecordWent,
            Change::PolicyCame,
            Change::PolicyWent,
            Change::PolicyAndId,
            Change::PolicyWithoutId,
            Change::IdWithoutPolicy,
            Change::Id,
            Change::MailServers,
        ];
        let uses = [Use::Enforces, Use::Reports, Use::SwitchesOff, Use::Accepts, Use::WarnsOfMaxAge];
        let obstacles = [
            Obstacle::Signatures,
            Obstacle::SeveralRecords,
            Obstacle::UnreadableRecord,
            Obstacle::NoRecord,
            Obstacle::NoAddress,
            Obstacle::NoFetch,
            Obstacle::OtherAnswer,
            Obstacle::UnreadablePolicy,
        ];
        let wants = [
            Want::PlainText,
            Want::ExactlyPlainText,
            Want::Ascii,
            Want::OneAnnounceRecord,
            Want::OneTxt,
            Want::OneId,
            Want::NoSpaceBeforeSemicolon,
            Want::OneColon,
            Want::EveryMx,
            Want::MxInNone,
            Want::MxInNoneOrKeeps,
            Want::NoBlankLine,
            Want::NoAddress,
            Want::WholeGrammar,
            Want::NoDuplicate,
            Want::VersionFirst,
            Want::SomeMaxAge,
            Want::MaxAgeInRange,
        ];
        let mut all: Vec<(&'static str, &[&str])> = vec![
            (delivery(&Delivery::SecurelyTo { allowed: Vec::new() }), &["allowed"]),
            (delivery(&to_some), &["refused", "allowed"]),
            (NOTHING_CHANGED, &["day"]),
            (change(Change::Mode { was: Mode::Testing, is: Mode::Enforce }), &["was", "is"]),
            (unmet(Want::Within { seconds: 2 }), &["seconds"]),
            (but(But::KeepsFor { seconds: 2 }), &["seconds"]),
            (but(But::SkipsIndented), &[]),
            (BY_ADD_ON, &[]),
            (UNTOLD, &[]),
            (UNKNOWN, &[]),
        ];
        all.extend(standings.map(|standing| (headline(standing), &["domain"][..])));
        all.extend(
            [Undelivered::NoServerReached, Undelivered::Nowhere, Undelivered::IsHost]
                .map(|why| (undelivered(why), &["domain", "above"][..])),
        );
        all.extend(at_risk.map(|standing| (headline(standing), &["domain", "missed", "servers"][..])));
        all.extend(plain.iter().map(|of| (delivery(of), &[][..])));
        all.extend(changes.map(|of| (change(of), &[][..])));
        all.extend(uses.map(|of| (used(of), &[][..])));
        all.extend(obstacles.map(|of| (obstacle(of), &[][..])));
        all.extend(wants.map(|of| (unmet(of), &[][..])));
        for (sentence, known) in all {
            assert!(sentence.ends_with(['.', '…']) && !sentence.contains("  "), "{sentence}");
            assert!(has_all(sentence, |word| known.contains(&word)), "{sentence}");
            assert!(!sentence.contains('\u{2019}'), "one apostrophe, as in the rules: {sentence}");
        }
        assert!(CHANGED.ends_with("{changes}") && has_all(CHANGED, |word| ["day", "changes"].contains(&word)));
    }

    #[test]
    fn a_list_names_as_many_hosts_as_there_are_and_three_at_most() {
        let words = ["first", "second", "third", "more"];
        for hosts in 1..6 {
            let names = words.map(|word| any_of(hosts).contains(&format!("{{{word}}}")));
            assert_eq!(names, [true, hosts > 1, hosts > 2, hosts > 3], "{hosts}");
            assert!(has_all(any_of(hosts), |word| words.contains(&word)));
        }
    }
}
