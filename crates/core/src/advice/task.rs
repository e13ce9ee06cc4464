//! A plan as types: what is done on which day, what is said of it and what is pasted. `words.rs` puts it into words.

use super::goal::GoalName;
use super::proposal::NoPolicy;
use crate::mend::remedy::Paste;
use crate::report::Copyable;
use crate::rules::step::Step;
use crate::text::time::Date;

/// What is to be done over the next days and weeks, still without words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskPlan {
    /// What for.
    pub goal: GoalName,
    /// Where the domain stands and what comes.
    pub summary: Summary,
    /// In the order in which they are to be done; empty where there is nothing to do, or nothing can be said.
    pub tasks: Vec<Task>,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The earliest day for it, in UTC.
    pub date: Date,
    /// What it is.
    pub kind: TaskKind,
    /// What to do and why, in order.
    pub sentences: Vec<Sentence>,
    /// What is pasted with it.
    pub paste: Vec<Paste>,
    /// The finding of the check that it mends: its steps and texts are the task's.
    pub fix: Option<Fix>,
}

/// A finding that a task mends, in the words of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The id of its rule.
    pub rule: String,
    /// What is wrong.
    pub title: String,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// Texts to paste.
    pub copy: Vec<Copyable>,
}

/// What a task is. Each has a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskKind {
    /// Do what the check says about a finding.
    Fix,
    /// Check again: what is there could not be seen, and decides what comes next.
    CheckAgain,
    /// Mend the form of the policy file.
    RepairPolicy,
    /// Publish a TLS-RPT record.
    AskForReports,
    /// Give the announce record a new id, now that the file has changed.
    Announce,
    /// Make the policy host: a way to serve the file, its DNS record, its certificate.
    MakePolicyHost,
    /// Publish a policy that is tested.
    PublishTesting,
    /// Serve a policy that allows every mail server.
    AllowAllServers,
    /// See what reports say.
    LookAtReports,
    /// Name a host in every MX record.
    NameEveryServer,
    /// Enforce the policy that was tested.
    Enforce,
    /// Give the enforced policy a longer `max_age`.
    RememberForLonger,
    /// Test again, since the enforced policy cannot fit.
    GoBackToTesting,
    /// Put MX records back that are perhaps missing.
    PutMxRecordsBack,
    /// If none is missing, let the policy allow the domain itself.
    AllowDomainItself,
    /// Serve a policy in mode none.
    SwitchOff,
    /// Delete record and file.
    Delete,
    /// Change the MX records to the new provider's.
    ChangeMxRecords,
    /// Before a move, let the policy allow more servers.
    LetPolicyAllow(Allowed),
    /// The same, of a policy that does not work now.
    RepairAndAllow(Allowed),
    /// Wait until senders know the new policy.
    WaitForSenders,
    /// After a move, serve a policy without the old provider's servers.
    TakeOldProviderOut,
    /// After a move, enforce the policy again.
    EnforceAgain,
}

/// Which servers a policy allows before a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Allowed {
    /// The new ones: no others are known.
    NewServers,
    /// Those of the old provider and of the new one.
    BothProviders,
}

/// What a task says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Sentence {
    /// A step that findings have too.
    Step(Step),

    /// What is served could not be seen yet: check again, and make the plan again.
    PlanAgain,
    /// The policy that is served cannot be read whole: this one can.
    SameButReadable,

    /// Choose a mailbox, and what the reports in it are good for.
    ChooseMailbox,
    /// Set the TLS-RPT record to the value that is pasted.
    SetReportRecord,

    /// Put the text in the place of the policy file.
    ReplaceFile {
        /// Its address.
        url: String,
    },
    /// Serve the text as the policy file.
    ServeFile {
        /// Its address.
        url: String,
    },
    /// Check the domain again, by which it is seen that senders get the policy file.
    CheckFile,
    /// Set the id only after the file has changed.
    IdAfterFile,
    /// Set the announce record to the value that is pasted.
    SetAnnounceRecord,

    /// The policy host needs a DNS record and a certificate of its own: choose a way to serve the file.
    ChooseWay {
        /// The policy host.
        host: String,
    },
    /// Nothing may redirect or answer in its place.
    NothingInItsPlace,

    /// Nothing is refused in mode testing.
    TestingRefusesNothing,
    /// Look for failures in reports.
    LookForFailures,
    /// Mend what they show, and begin to count again.
    MendAndCountAgain,
    /// Some MX records name no host: change them first.
    NameServersFirst,
    /// Only if a report names the policy, and the last reports are clean: senders refuse from now on.
    EnforceIfClean,
    /// If no report came, none was sent: see to one first.
    SilenceIsNoProof,
    /// Before that, ask about the certificates of servers.
    AskForCertificates {
        /// The servers.
        hosts: Vec<String>,
    },
    /// If reports are still clean, let senders remember the policy.
    RememberIfClean,

    /// Senders refuse to deliver to MX records that name no host.
    NamelessServersAreRefused,
    /// Senders may refuse to deliver to servers that the policy leaves out.
    ServersAreRefused,
    /// If the servers that the policy names take the mail, add their MX records.
    AddMxRecordsBack,
    /// Only if the domain's own server takes the mail.
    OnlyIfOwnServer,

    /// What mode none does.
    NoneIsAsNoPolicy,
    /// The policy that earlier checks saw is forgotten.
    SeenIsForgotten,
    /// The policy that is served now is forgotten.
    ServedIsForgotten {
        /// How long senders remember it, in seconds.
        max_age: u32,
    },
    /// Every policy that was ever served is forgotten.
    LongestIsForgotten {
        /// The longest that senders remember one, in seconds.
        max_age: u32,
    },
    /// Some senders remember an enforced policy for a week at the least.
    KeptForAWeek,
    /// It is not known for how long senders remember a policy.
    LongestIsNotKnown {
        /// The longest that the RFC allows, in seconds.
        max_age: u32,
    },
    /// Delete the record, the policy host's records, and then the file.
    DeleteInOrder,
    /// The same, where an alias may be what there is to delete.
    DeleteAliasesInOrder,
    /// Until that day, record and file stay.
    KeepUntilThen,
    /// The TLS-RPT record may stay.
    ReportsMayStay,

    /// Set the MX records as the new provider says.
    SetMxRecords,
    /// The same, and each server has to be allowed by a line.
    SetAllowedMxRecords {
        /// The patterns of those lines.
        patterns: Vec<String>,
    },
    /// Earlier checks saw an enforced policy that senders may remember until that day.
    SeenIsRemembered,
    /// Nothing is published: wait if something was.
    WaitIfServedBefore {
        /// The day for the longest that the RFC allows.
        until: Date,
        /// That, in seconds.
        max_age: u32,
    },
    /// The policy is switched off: wait if another was served before that.
    WaitIfServedBeforeOff {
        /// The day for the longest that the RFC allows.
        until: Date,
        /// That, in seconds.
        max_age: u32,
    },
    /// The policy has to allow the new servers before mail goes there.
    AllowBeforeMail,
    /// What is published does not work: mend the rest of it, too.
    MendTheRest,
    /// During the move it is only tested.
    TestDuringMove,
    /// Change the MX records only if a check finds a working policy.
    OnlyIfPolicyWorks {
        /// The day on which senders have forgotten an earlier one.
        forgotten: Date,
        /// How long they remember it, in seconds.
        max_age: u32,
    },
    /// Whoever is in no hurry waits until every copy of the old policy has run out.
    WaitForCopies {
        /// The day on which they have.
        forgotten: Date,
    },
    /// Only if mail arrives at the new provider, and none at the old one.
    OnlyIfMailHasMoved,
    /// Only if reports since the move are clean.
    OnlyIfMoveIsClean,
}

/// Where a domain stands and what comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Summary {
    /// There is no policy to serve.
    NoPolicy(NoPolicy),
    /// What is published could not be looked at.
    NotLookedAt,

    /// A policy is tested from today on.
    StartTesting {
        /// What is there now.
        from: StartsFrom,
        /// The day from which it may be enforced; none where some MX records have to change first.
        enforce: Option<Date>,
    },
    /// What is published does not work, for a reason that hides the policy.
    Hidden,
    /// What is published does not work, and once it does, the policy is in force again.
    Repair,
    /// It was tested for long enough: it may be enforced today.
    TestedLongEnough {
        /// Since when.
        since: Date,
    },
    /// It is being tested.
    Testing {
        /// Since when, where that is known.
        since: Option<Date>,
        /// The day from which it may be enforced.
        enforce: Date,
    },
    /// It is being tested, and some MX records have to change before it can be enforced.
    TestingNamelessServers,
    /// It is enforced, and some MX records can never fit it.
    EnforcedOnNamelessServers,
    /// It is enforced, and there are no MX records.
    EnforcedWithoutMxRecords,
    /// It is enforced, and leaves out mail servers.
    EnforcedOnOthers,
    /// It is enforced and served by a provider to all of its customers, which sees to all of it.
    EnforcedByProvider,
    /// It is enforced, and should be remembered for longer.
    EnforcedForShort,
    /// It is enforced, and only reports are missing.
    EnforcedWithoutReports,
    /// It is enforced, and the check found something to fix.
    EnforcedWithFaults,
    /// It is enforced: there is nothing to do.
    Enforced,

    /// There is nothing to remove.
    NothingToRemove,
    /// Record and policy are gone, but senders may remember the policy.
    RemoveWhatIsGone {
        /// The day on which both may be deleted.
        delete: Date,
    },
    /// The policy is switched off already.
    RemoveWhatIsOff {
        /// The day on which record and file may be deleted.
        delete: Date,
    },
    /// Switch it off first.
    Remove {
        /// The day on which record and file may be deleted.
        delete: Date,
    },

    /// Mail goes there already, and no policy protects it.
    MovedWithoutPolicy,
    /// Mail goes there already, and the policy leaves out some of the servers.
    MovedToOthers,
    /// Mail goes there already, and the policy is right.
    Moved,
    /// Mail goes there already, and the policy still allows the old provider's servers.
    MovedButOldAllowed {
        /// The day from which they may be taken out.
        take_out: Date,
    },
    /// No policy is there, but senders may enforce one that earlier checks saw.
    MoveOnceForgotten {
        /// The day on which they have forgotten it.
        change: Date,
    },
    /// No policy stands in the way, as far as can be seen.
    MoveWithoutPolicy,
    /// The same: it is switched off.
    MoveWithPolicyOff,
    /// The policy has to allow the servers first.
    Move {
        /// Which.
        allowed: Allowed,
        /// The day from which the MX records may change.
        change: Date,
    },
    /// The same, of a policy that has to be repaired first.
    MoveAndRepair {
        /// Which servers.
        allowed: Allowed,
        /// The day from which the MX records may change.
        change: Date,
        /// The day from which they may if it cannot be repaired.
        forgotten: Date,
    },
}

/// What is there when a policy is first tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StartsFrom {
    /// Nothing.
    Nothing,
    /// Something that does not work.
    Broken,
    /// A policy in mode none.
    SwitchedOff,
}
