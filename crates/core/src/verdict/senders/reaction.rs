//! Senders, and what each can make of a policy, as types.

use crate::report::Acceptance;

/// A sender. One is a checker that gives advice, and sends no mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// A plain reader of RFC 8461.
    Rfc8461,
    /// postfix-tlspol.
    PostfixTlspol,
    /// postfix-mta-sts-resolver.
    PostfixMtaStsResolver,
    /// Postfix, which reads no policy without an add-on such as these two.
    Postfix,
    /// mox.
    Mox,
    /// chasquid.
    Chasquid,
    /// Mimecast's library, as it reads where its owner asks for nothing more.
    Mimecast,
    /// `KumoMTA`.
    KumoMta,
    /// Stalwart.
    Stalwart,
    /// maddy.
    Maddy,
    /// Halon's script.
    Halon,
    /// Google, as far as its documentation says.
    Google,
    /// Microsoft, which documents that it follows policies, and not how strictly it reads them.
    Microsoft,
    /// `MailCheck` of the United Kingdom's National Cyber Security Centre, which only advises.
    MailCheck,
}

/// What a sender makes of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// It can use it.
    Uses(Use),
    /// It can use it, and not all as it is written.
    UsesBut(Use, But),
    /// What reads policies for it can use it, cannot, or one can and another cannot.
    ByAddOn(Acceptance),
    /// Every sender that follows the RFC is kept from it, and so is this one.
    Kept(Obstacle),
    /// It refuses it for what it wants besides, and does not find.
    Refuses(Vec<Want>),
    /// Nobody documents what it makes of such faults.
    Untold,
    /// Not everything was seen.
    Unknown,
}

/// What a sender does with a policy that it can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It enforces it.
    Enforces,
    /// It tests it, and reports.
    Reports,
    /// It does nothing: the mode is none.
    SwitchesOff,
    /// It only advises, and has nothing to say against it.
    Accepts,
    /// It only advises, and warns that `max_age` is short.
    WarnsOfMaxAge,
}

/// What a sender takes otherwise than it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum But {
    /// It remembers the policy for so long, whatever `max_age` says.
    KeepsFor {
        /// How many seconds.
        seconds: u32,
    },
    /// Lines that begin with white space do not count.
    SkipsIndented,
}

/// What keeps every sender from the policy, as far as it is the domain's own doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// DNSSEC signatures do not hold.
    Signatures,
    /// There are several announce records.
    SeveralRecords,
    /// The announce record cannot be read.
    UnreadableRecord,
    /// There is no announce record.
    NoRecord,
    /// The policy host has no address, or a private one.
    NoAddress,
    /// The policy file cannot be fetched.
    NoFetch,
    /// The policy host answers with something else.
    OtherAnswer,
    /// The policy file cannot be read.
    UnreadablePolicy,
}

/// What a sender wants, and the RFC does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// The policy within so many seconds.
    Within {
        /// How many.
        seconds: u32,
    },
    /// `text/plain`, which the RFC has as a SHOULD (§3.2).
    PlainText,
    /// The same, in small letters.
    ExactlyPlainText,
    /// Nothing but ASCII where no charset is given.
    Ascii,
    /// No other TXT record that begins with the version's letters.
    OneAnnounceRecord,
    /// No other TXT record at all.
    OneTxt,
    /// No second id.
    OneId,
    /// No white space before the version's semicolon.
    NoSpaceBeforeSemicolon,
    /// No blank line.
    NoBlankLine,
    /// No IP address in an `mx:` line.
    NoAddress,
    /// No line that breaks the grammar, even where the rest can be read.
    WholeGrammar,
    /// No key given twice.
    NoDuplicate,
    /// No second colon in a line.
    OneColon,
    /// The version on the first line.
    VersionFirst,
    /// A `max_age` that is not 0.
    SomeMaxAge,
    /// A `max_age` of a day at least, and of a year at most.
    MaxAgeInRange,
    /// An `mx:` line for every MX record.
    EveryMx,
    /// An `mx:` line in mode none, too.
    MxInNone,
    /// The same; without one it keeps the policy that it has.
    MxInNoneOrKeeps,
}

/// What a sender makes of a record or a file, by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Used,
    NotUsed,
    NotKnown,
}
