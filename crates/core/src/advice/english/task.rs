//! English: what a task is called, and what it says.

use crate::advice::task::{Allowed, Sentence, TaskKind};

/// What a task is called.
pub(in crate::advice) fn title(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::AskForReports => "Ask for reports",
        TaskKind::Announce => "Then announce it with a new id",
        TaskKind::MakePolicyHost => "Give the policy file a home",
        TaskKind::PublishTesting => "Publish the policy in testing mode",
        TaskKind::AllowAllServers => "Let the policy allow all of your mail servers",
        TaskKind::LookAtReports => "Look at the reports",
        TaskKind::NameEveryServer => "Give every mail server a host name",
        TaskKind::Enforce => "Enforce the policy",
        TaskKind::RememberForLonger => "Let senders remember the policy for longer",
        TaskKind::GoBackToTesting => "Go back to testing mode",
        TaskKind::PutMxRecordsBack => "Put the MX records back, if they are missing",
        TaskKind::AllowDomainItself => "Otherwise let the policy allow the domain itself",
        TaskKind::SwitchOff => "Switch the policy off",
        TaskKind::Delete => "Delete the record, then the file",
        TaskKind::ChangeMxRecords => "Change the MX records",
        TaskKind::LetPolicyAllow(Allowed::NewServers) => "Let the policy allow the new mail servers",
        TaskKind::LetPolicyAllow(Allowed::BothProviders) => "Let the policy allow both providers",
        TaskKind::RepairAndAllow(Allowed::NewServers) => "Repair the policy, and let it allow the new mail servers",
        TaskKind::RepairAndAllow(Allowed::BothProviders) => "Repair the policy, and let it allow both providers",
        TaskKind::WaitForSenders => "Make sure that senders know the new policy",
        TaskKind::TakeOldProviderOut => "Take the old provider out of the policy",
        TaskKind::EnforceAgain => "Enforce the policy again",
    }
}

/// A sentence or two; none for a step that findings have too.
#[expect(clippy::too_many_lines, reason = "a table is as long as what it has words for")]
pub(in crate::advice) fn sentence(sentence: &Sentence) -> Option<&'static str> {
    Some(match sentence {
        Sentence::Step(_) => return None,

        Sentence::ChooseMailbox => {
            "Which mailbox shall get the reports? Choose one that exists and that somebody reads, or create it now. Senders \
             mail a report a day of what went wrong with encryption; without reports, testing tells you nothing."
        }
        Sentence::SetReportRecord => {
            "Open {dns} and add a TXT record with the host {tlsrpt} and the value below, with your own mailbox in it. If \
             there is a record under that host already, replace it."
        }

        Sentence::ReplaceFile { .. } => "Replace the policy file at {url} with the text below.",
        Sentence::ServeFile { .. } => "Serve the text below as the policy file, at {url}.",
        Sentence::CheckFile => {
            "Then check {domain} again here: the check must find this file and nothing wrong with it. A browser is no proof, \
             because it follows redirects and repairs certificate chains, and senders don't."
        }
        Sentence::IdAfterFile => {
            "Do this only after the file has changed: a sender that sees a new id fetches the file at once."
        }
        Sentence::SetAnnounceRecord => {
            "Open {dns} and set the TXT record with the host {announce} to the value below. It must be the only one there \
             that begins with v=STSv1."
        }

        Sentence::ChooseWay { .. } => {
            "Senders fetch the policy from {host}, so that name needs a DNS record and a certificate of its own. Choose one of \
             the ways to serve the file, and do what it says up to the file itself."
        }
        Sentence::NothingInItsPlace => {
            "Nothing may answer in its place: no redirect, no login, no bot protection, no page for unknown addresses."
        }

        Sentence::TestingRefusesNothing => {
            "In testing mode nothing is refused: senders deliver as before, and report what would have gone wrong."
        }
        Sentence::LookForFailures => {
            "Open the page of reports on this site (/reports) and drop the reports of the last two weeks there. Do they show \
             failures for your own mail servers: a wrong certificate, no encryption, a server that is not in the policy?"
        }
        Sentence::MendAndCountAgain => "Mend what they show, and count two weeks from that day.",
        Sentence::NameServersFirst => {
            "Some MX records name no host that a policy can list. Change them to host names, then ask for a new plan."
        }
        Sentence::EnforceIfClean => {
            "Only if at least one report of the last two weeks names this policy (from Google, for example), and none shows \
             failures: the page of reports on this site (/reports) tells you. From now on senders refuse to deliver where \
             encryption fails."
        }
        Sentence::SilenceIsNoProof => {
            "Has no report come? Then nothing was tested. Send yourself a message from Gmail, wait two days, and if still none \
             comes, check the record with the host {tlsrpt} and the mailbox in it."
        }
        Sentence::AskForCertificates { .. } => {
            "Before that, make sure with whoever runs {hosts} that each of these servers has a certificate for its name."
        }
        Sentence::RememberIfClean => {
            "If the reports are still clean, let senders remember the policy for thirty days. The longer they do, the \
             harder it is to hide it from them."
        }

        Sentence::NamelessServersAreRefused => {
            "Some MX records name no host that a policy can list, so senders refuse to deliver there. Go back to testing \
             until those records are changed."
        }
        Sentence::ServersAreRefused => {
            "The policy does not allow all of your mail servers, so mail can be refused now. This one does."
        }
        Sentence::AddMxRecordsBack => {
            "The policy names other mail servers, and the domain has no MX records any more. If those servers take your \
             mail, open {dns} and add the MX records that your mail provider gives you. Then leave the policy as it is, and \
             ask for a new plan."
        }
        Sentence::OnlyIfOwnServer => {
            "Only if the domain's own server takes your mail: it is often just the web server, which turns mail away."
        }

        Sentence::NoneIsAsNoPolicy => {
            "Mode none tells senders to treat the domain as if it had no policy. They forget it after a day. Keep the mx lines: \
             some senders refuse a policy without any, and go on enforcing the old one."
        }
        Sentence::SeenIsForgotten => {
            "By now every sender has forgotten the policy that earlier checks of this domain saw. If one with a longer \
             max_age was served before, wait that long instead: those who remember it would go on enforcing it."
        }
        Sentence::ServedIsForgotten { .. } => {
            "Your policy had a max_age of {max_age} seconds, so by now every sender has forgotten it. If an earlier one had a \
             longer max_age, wait that long instead: those who remember it would go on enforcing it."
        }
        Sentence::LongestIsForgotten { .. } => {
            "The longest max_age that was served is {max_age} seconds, so by now every sender has forgotten those policies."
        }
        Sentence::KeptForAWeek => {
            "Some senders remember an enforced policy for a week, even if its max_age is shorter. This day allows for them."
        }
        Sentence::LongestIsNotKnown { .. } => {
            "How long senders were told to remember the earlier policy cannot be seen, so this is the day for the longest \
             that the standard allows, {max_age} seconds. If you know the longest max_age that you served, count from the \
             day you switched to mode none instead."
        }
        Sentence::DeleteInOrder => {
            "Open {dns} and delete the TXT record with the host {announce} first, then the policy file, then the records of \
             the host {policy host}."
        }
        Sentence::DeleteAliasesInOrder => {
            "Open {dns} and delete the record with the host {announce} first, be it a TXT record or an alias (CNAME), then \
             the records of the host {policy host}, and the policy file where it is your own."
        }
        Sentence::KeepUntilThen => "Until this day the record and the file must stay as they are.",
        Sentence::ReportsMayStay => {
            "The record with the host {tlsrpt} may stay: reports are useful without a policy too."
        }

        Sentence::SetMxRecords => "Set the MX records as the new provider says.",
        Sentence::SetAllowedMxRecords { .. } => {
            "Set the MX records as the new provider says. Every mail server in them must be allowed by one of these lines: \
             {patterns}. If one is not, leave the MX records as they are and make this plan again with that server's name as \
             well: the policy has to allow it, under a new id, before mail goes there."
        }
        Sentence::SeenIsRemembered => {
            "Earlier checks of this domain saw an enforced policy. Until this day senders may remember it, and then they \
             deliver only to the mail servers that it names. If one with a longer max_age was served before, wait that long \
             instead."
        }
        Sentence::WaitIfServedBefore { .. } => {
            "Was a policy served before? Senders that remember it deliver only to the mail servers that it names. Then wait \
             until its max_age has passed since it was last served; if you do not know that either, until {until}, which is \
             enough for the longest that the standard allows, {max_age} seconds."
        }
        Sentence::WaitIfServedBeforeOff { .. } => {
            "Was another policy served before it was switched off? Senders that remember it deliver only to the mail servers \
             that it names. Then wait until its max_age has passed since it was last served; if you do not know that either, \
             until {until}, which is enough for the longest that the standard allows, {max_age} seconds."
        }
        Sentence::AllowBeforeMail => {
            "The policy has to allow the new mail servers before any mail goes there, and the old ones until none does."
        }
        Sentence::MendTheRest => {
            "What is published does not work now. Senders that saw an earlier policy may still enforce it, and only a \
             working record and file can tell them otherwise: mend what the check of this domain names, too."
        }
        Sentence::TestDuringMove => {
            "For the time of the move it goes back to testing mode: it is not known here whether the new servers have the \
             right certificates."
        }
        Sentence::OnlyIfPolicyWorks { .. } => {
            "Change the MX records only if the check of this domain finds a working policy now. If it cannot be repaired, \
             wait until {forgotten}: a sender that remembers an earlier policy for {max_age} seconds has forgotten it then. \
             If one with a longer max_age was ever served, wait that long instead."
        }
        Sentence::WaitForCopies { .. } => {
            "By now every sender that looks can see the new id. One that does not look again before its copy runs out may \
             delay mail; if you are in no hurry, change the MX records on {forgotten}, when every copy of the old policy has \
             run out."
        }
        Sentence::OnlyIfMailHasMoved => "Only if mail arrives at the new provider, and none at the old one any more.",
        Sentence::OnlyIfMoveIsClean => "Only if the reports since the move show no failures for the new mail servers.",
    })
}
