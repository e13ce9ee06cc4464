//! What to do about a finding, as types: what a step changes, what is pasted with it, whom to ask. The words for each stand
//! in the tables of a language (`english`), by rule and step.

pub use crate::providers::offer::Lacks;

use crate::name::labels::Txt;

/// What a step changes. Asking whoever operates something behind an alias, pasting and leaving out go by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// The TXT record that is there.
    Record(Txt),
    /// A TXT record that is not there yet: nothing may stand beside it.
    NewRecord(Txt),
    /// The policy file that is there.
    File,
    /// A policy file that is not there yet.
    NewFile,
    /// The policy file, and then the announce record's id.
    FileAndId,
    /// The announce record's id.
    Id,
    /// The web server of the policy file, or its certificate.
    Server,
    /// Another record of the domain: an alias, an MX record, the policy host's address.
    Dns,
    /// The signing of a zone.
    Signing,
    /// What somebody else runs: a mail server, its certificate, its DNS.
    Elsewhere,
    /// Nothing: it looks, waits or decides.
    Nothing,
}

/// One thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A sentence of the rule's own, or of its case's: the next one in its table.
    Own(Target),
    /// Find the TXT records at the name, in the domain's DNS.
    FindRecords(Txt),
    /// Open the TXT record for a change.
    EditRecord(Txt),
    /// Replace the record's value with the text that is pasted.
    ReplaceValue(Txt),
    /// Add a TXT record with the host and the value that are pasted.
    AddRecord(Txt),
    /// The same, with a mailbox of one's own in the value.
    AddReportRecord,
    /// Choose a mailbox for reports.
    ChooseMailbox,
    /// How not to put the domain into the host twice.
    DomainOnce(Txt),
    /// Save the policy file, then give the record a new id.
    SaveThenNewId,
    /// Now that the file has changed, give the record a new id.
    ThenNewId,
    /// Change the mode of the tested policy to enforce.
    Enforce,
    /// For the time being, change the mode back to testing.
    TestMeanwhile,
    /// Put the announce record back, with a new id.
    PutRecordBack,
    /// The same, where only one thing was to be done before.
    ThenPutRecordBack,
    /// Switch DNSSEC on.
    Sign,
    /// Check again in a few minutes.
    CheckAgain,
    /// Made by `mend`: delete the alias, beside which nothing can stand.
    DeleteAliasFirst(Txt),
    /// Made by `mend`: the record is the domain's own, under another name.
    RecordIsAtOwnName(Txt),
    /// Made by `mend`: ask whoever operates the alias's end to change the record.
    AskForRecord(Txt, Ask),
    /// Made by `mend`: ask whoever operates the policy file to change it.
    AskForFile(Ask),
    /// Made by `mend`: ask whoever operates the policy file to change what is served with it.
    AskForServer(Ask),
    /// Made by `mend`: the file is the same for all of a provider's customers, and is not changed for one.
    FileServesAll,
    /// Made by `mend`: when they have changed the file, see to a new id.
    ThenNewIdOfTheirs,
    /// Made by `mend`: or keep the record oneself.
    TakeRecord(Txt),
    /// Made by `mend`: or serve the file oneself.
    TakeFile,
    /// Made by `mend`: or serve the file oneself, and then see to a new id.
    TakeFileThenNewId,
}

impl Step {
    /// What it changes.
    pub const fn target(self) -> Target {
        match self {
            Self::Own(changes) => changes,
            Self::FindRecords(txt)
            | Self::EditRecord(txt)
            | Self::ReplaceValue(txt)
            | Self::RecordIsAtOwnName(txt)
            | Self::AskForRecord(txt, _) => Target::Record(txt),
            Self::AddRecord(txt) | Self::DomainOnce(txt) | Self::TakeRecord(txt) => Target::NewRecord(txt),
            Self::AddReportRecord => Target::NewRecord(Txt::TlsRpt),
            Self::SaveThenNewId | Self::Enforce | Self::AskForFile(_) => Target::File,
            Self::TakeFile => Target::NewFile,
            Self::TestMeanwhile | Self::TakeFileThenNewId => Target::FileAndId,
            Self::ThenNewId | Self::PutRecordBack | Self::ThenPutRecordBack | Self::ThenNewIdOfTheirs => Target::Id,
            Self::AskForServer(_) => Target::Server,
            Self::DeleteAliasFirst(_) => Target::Dns,
            Self::Sign => Target::Signing,
            Self::ChooseMailbox | Self::CheckAgain | Self::FileServesAll => Target::Nothing,
        }
    }

    /// Whether it puts back the announce record that is gone.
    pub const fn puts_record_back(self) -> bool {
        matches!(self, Self::PutRecordBack | Self::ThenPutRecordBack)
    }

    /// Whether it wants a new id of the record that is there, without which no sender looks at a changed file again (RFC
    /// 8461 §3.1).
    pub const fn wants_new_id(self) -> bool {
        match self {
            Self::SaveThenNewId => true,
            Self::PutRecordBack | Self::ThenPutRecordBack => false,
            _ => matches!(self.target(), Target::Id | Target::FileAndId),
        }
    }
}

/// What whoever operates a record or the policy file behind an alias is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ask {
    /// To correct what the finding is about.
    Correct,
    /// To leave only one record at the name.
    LeaveOneRecord,
    /// To set the record's TTL to an hour.
    ShortenTtl,
    /// To serve the file at the right address.
    ServeAtAddress,
    /// To enforce the policy, when reports are clean.
    Enforce,
    /// To change the mode from none to testing, if mail is to be protected.
    TestAgain,
    /// To set `max_age` to a day or less.
    ShortenMaxAge,
    /// To let the policy allow the domain's mail servers.
    AllowServers,
    /// To let it allow one server, if that should take mail.
    AllowServer,
    /// To let it allow the host that an alias leads to.
    AllowRealName,
    /// To take the old provider's servers out of it when a move is done.
    DropOldServers,
    /// To test again, if reports show failures or none come.
    TestIfFailing,
    /// To enforce again, if that was changed by mistake.
    EnforceAgain,
    /// To put the file back, or with mode none.
    PutBack,
    /// To put the record back with a new id.
    PutRecordBack,
    /// To set the record to the text that is pasted, with a mailbox of one's own.
    SetToValue,
    /// To give the record a new id.
    NewId,
    /// To replace the file with the text that is pasted.
    ReplaceFile,
}

/// What is pasted, as a check knows it; `mend` makes the text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ToPaste {
    /// The host of a TXT record: relative to the zone, and in full where the console may want it so.
    Host(Txt),
    /// The value of a new TXT record.
    NewValue(Txt),
    /// The judged record's value, corrected; a new one where it cannot be.
    CorrectedValue(Txt),
    /// One TLS-RPT record with the addresses of all.
    MergedReports,
    /// The value of a record that was found at another name, by its place among these.
    MovedValue(Txt, usize),
    /// The value of a record.
    Value(Txt, String),
    /// The address of the policy file.
    PolicyAddress,
    /// The policy to begin with, in mode testing, and its address.
    FirstPolicy,
    /// The policy that says that there is none: mode none.
    PolicyOff,
    /// Lines that allow these hosts.
    LinesFor(Vec<String>),
    /// A line for each of these hosts, by its own name, as a policy without any needs them.
    LineForEach(Vec<String>),
    /// Lines that allow this host and its provider's others, less those that the policy has.
    MissingLines(String),
    /// The names of a list, a line for each.
    SplitLines(String),
    /// One line of a policy file.
    Line(&'static str),
    /// The time to live of a record, in seconds.
    Ttl(&'static str),
    /// The media type of the policy file.
    ContentType,
    /// The address of the policy, to look at.
    PolicyUrl,
    /// The policy host's name.
    PolicyHost,
    /// Data of an MX record.
    MxRecord(&'static str),
    /// The name of a mail server, as an MX record has it.
    MxHost(String),
    /// The name of a mail server's TLSA records.
    TlsaName(String),
}

/// A reason for which TLS reports count failed sessions (RFC 8460 §4.3), as far as rules look at what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reported {
    /// `starttls-not-supported`
    StarttlsNotSupported,
    /// `certificate-host-mismatch`
    CertificateHostMismatch,
    /// `certificate-expired`
    CertificateExpired,
    /// `certificate-not-trusted`
    CertificateNotTrusted,
    /// `validation-failure`
    ValidationFailure,
    /// `tlsa-invalid`
    TlsaInvalid,
    /// `dnssec-invalid`
    DnssecInvalid,
    /// `dane-required`
    DaneRequired,
    /// `sts-policy-fetch-error`
    StsPolicyFetchError,
    /// `sts-policy-invalid`
    StsPolicyInvalid,
    /// `sts-webpki-invalid`
    StsWebpkiInvalid,
    /// No reason is given.
    NotTold,
    /// A reason that the RFC does not know.
    Other,
    /// Whatever the reason, where the sender applied DANE.
    UnderDane,
}
