//! English: what is said of steps that several rules share, of whoever operates what is behind an alias, of a domain's console,
//! and of texts to paste. Each is a whole sentence, or a clause that sentences have in braces.

mod asking;
mod offers;

use super::remedy::PastePlace;
use crate::name::labels::Txt;
use crate::rules::step::Step;
pub(super) use asking::{HOW, SETS_ID_ITSELF, ask};
pub(super) use offers::offer;

/// The sentence of a step. Those that are a rule's own are in the rule's table, and some depend on the console.
pub(super) fn step(step: Step) -> Option<&'static str> {
    Some(match step {
        Step::Own(_) | Step::DomainOnce(_) | Step::Sign | Step::TakeRecord(Txt::Announce) => return None,
        Step::FindRecords(_) => "Open {dns} and find the TXT records with the host {record}.",
        Step::EditRecord(_) => "Open {dns} and edit the TXT record with the host {record}.",
        Step::ReplaceValue(Txt::Announce) => "Replace its value with the text below, exactly as it stands, {quotes}.",
        Step::ReplaceValue(Txt::TlsRpt) => {
            "Write a new one: v=TLSRPTv1; then a space, rua=mailto: and the address for reports, {quotes}."
        }
        Step::AddRecord(_) => "Open {dns} and add a TXT record with the host and the value below.",
        Step::AddReportRecord => {
            "Open {dns} and add a TXT record with the host and the value below, with your own mailbox in it."
        }
        Step::ChooseMailbox => {
            "Choose a mailbox for the reports that somebody reads, or a service that reads them for you."
        }
        Step::SaveThenNewId => "Save the file, then {new id}, so that senders fetch the new policy.",
        Step::ThenNewId => "Then {new id}, so that senders fetch the new policy.",
        Step::Enforce => "When they are clean, change mode: testing to mode: enforce in the policy file.",
        Step::TestMeanwhile => {
            "If you cannot do so at once, change mode to testing in the file, and {new id}: mail then flows while you correct \
             the list."
        }
        Step::PutRecordBack => {
            "In either case, then put back the TXT record with the host {announce}, with a new id as in the value below."
        }
        Step::ThenPutRecordBack => {
            "Then put back the TXT record with the host {announce}, with a new id as in the value below."
        }
        Step::CheckAgain => "Check again in a few minutes.",
        Step::DeleteAliasFirst(_) => {
            "Open {dns} and delete the CNAME record with the host {record} first: nothing can stand beside an alias."
        }
        Step::RecordIsAtOwnName(_) => {
            "{alias} is an alias (CNAME) for a name of your own: the record to change is the one with the host {own name}."
        }
        Step::AskForRecord(..) => asking::RECORD,
        Step::AskForFile(_) => asking::FILE,
        Step::AskForServer(_) => asking::SERVER,
        Step::ThenNewIdOfTheirs => "After that, {new id}, so that senders fetch the new policy.",
        Step::TakeRecord(Txt::TlsRpt) => TAKE_RECORD,
        Step::TakeFile => {
            "Or serve the file yourself: put it on a web host of your own, open {dns}, and replace the CNAME record with the \
             host {policy host} by a record that leads to that web host."
        }
        Step::TakeFileThenNewId => {
            "Or serve the file yourself: put it on a web host of your own, open {dns}, and replace the CNAME record with the \
             host {policy host} by a record that leads to that web host. Then {new id}."
        }
    })
}

/// How a record is taken back from whoever operates it behind an alias.
pub(super) const TAKE_RECORD: &str = "Or keep the record yourself: open {dns}, delete the CNAME record with the host {record}, and add \
                                      a TXT record with the same host and the value below.";

/// The same, where the policy file is theirs too: an id of one's own for a file that others change would be wrong before long.
pub(super) const TAKE_RECORD_AND_FILE: &str = "Or keep both the policy file and the record yourself. Serve the file first: put it on a web host of your \
                                               own, open {dns}, and replace the CNAME record with the host {policy host} by a record that leads to that \
                                               web host. Then delete the CNAME record with the host {record}, and add a TXT record with the same host and \
                                               the value below.";

/// What a record at a name of the domain's own is called, where its name is an alias of it.
pub(super) const OWN_RECORD: &str = "{alias} is an alias (CNAME) for {target}, a name of your own. Open {dns} and change the TXT record with the \
                                     host {own name}, not one with the host {alias}.";

/// Where a domain's DNS is changed.
pub(super) mod dns {
    /// Of no domain in particular.
    pub(crate) const GENERAL: &str = "the DNS settings of the domain";
    /// At a console that is not known.
    pub(crate) const UNKNOWN: &str = "the DNS settings of {zone}";
    /// At a company's.
    pub(crate) const AT: &str = "the DNS settings of {zone} at {dns host}";
    /// At a company's, with the console's own words for the place.
    pub(crate) const AT_PLACE: &str = "the DNS settings of {zone} at {dns host} ({place})";
    /// Who runs it, where that is not known.
    pub(crate) const HOST: &str = "your DNS host";
    /// The domain, where none is known.
    pub(crate) const DOMAIN: &str = "the domain";
}

/// How a value is typed.
pub(super) const QUOTES: [&str; 2] = ["without quotation marks", "with the quotation marks around it"];

/// The trap that most people fall into: the console adds the zone, and they type it too. By whether the console is known, and
/// whether the domain is.
pub(super) fn domain_once(is_console_known: bool, is_domain_known: bool) -> &'static str {
    match (is_console_known, is_domain_known) {
        (true, true) => {
            "Type only {record} as the host: {dns host} adds {zone} to it by itself. Look at the saved record: its full name \
             must be {full name}, with the domain in it once."
        }
        (true, false) => {
            "Type only {record} as the host: {dns host} adds {zone} to it by itself. Look at the saved record: its name must \
             have the domain in it once."
        }
        (false, true) => {
            "Many consoles add the domain to the host by themselves. Look at the saved record: its full name must be {full \
             name}, with the domain in it once."
        }
        (false, false) => {
            "Many consoles add the domain to the host by themselves. Look at the saved record: its name must have the domain \
             in it once."
        }
    }
}

/// How DNSSEC is switched on.
pub(super) mod sign {
    /// At a company that is known to offer it.
    pub(crate) const OFFERED: &str = "Switch DNSSEC on for {zone} at {dns host}.";
    /// At a company of which that is not known.
    pub(crate) const PERHAPS: &str = "Ask {dns host} whether they can sign {zone} with DNSSEC, and to switch it on.";
    /// At whoever runs the DNS.
    pub(crate) const UNKNOWN: &str = "See whether your DNS host offers DNSSEC, and switch it on there.";
}

/// What to do for a new id: an order, which stands within other sentences as one of several.
pub(super) mod new_id {
    /// The record is the domain's own.
    pub(crate) const OWN: &str = "give the {announce} record a new id";
    /// It is, at another name.
    pub(crate) const AT_OWN_NAME: &str = "give the TXT record with the host {own name} a new id";
    /// A company operates it.
    pub(crate) const OF_COMPANY: &str = "ask {operator} to give the record at {target} a new id";
    /// A service operates it that customers change their policies at.
    pub(crate) const OF_SERVICE: &str = "leave the new id at {target} to {operator}, which sets it by itself";
    /// Somebody operates it.
    pub(crate) const OF_SOMEBODY: &str = "ask whoever runs {target} to give the record there a new id";
}

/// Records beside the one that counts, where none is quoted.
pub(super) const OTHERS: &str = "every other TXT record there";

/// Whoever operates a name that a sentence has named before.
pub(super) const SOMEBODY: &str = "whoever runs that name";

/// What a text to paste is called; of a value, by whether the console wants quotation marks.
pub(super) fn label(place: PastePlace, has_quotes: bool) -> &'static str {
    match place {
        PastePlace::TxtHost(_) => "Host of the TXT record",
        PastePlace::TxtFullName(_) => "Host, where the console wants the full name",
        PastePlace::TxtValue(_) if has_quotes => "Value of the TXT record, quotation marks included",
        PastePlace::TxtValue(_) => "Value of the TXT record",
        PastePlace::Ttl => "TTL",
        PastePlace::PolicyAddress => "Address of the policy file",
        PastePlace::PolicyText => "Text of the policy file",
        PastePlace::WholePolicy => "The whole policy file",
        PastePlace::PolicyFile => "Policy file",
        PastePlace::PolicyLine => "Line for the policy file",
        PastePlace::PolicyLines => "Lines for the policy file",
        PastePlace::PolicyUrl => "The policy's address",
        PastePlace::ContentType => "Content-Type",
        PastePlace::PolicyHost => "Name of the policy host",
        PastePlace::MxRecord => "MX record",
        PastePlace::TlsaName => "Name of the TLSA records",
        PastePlace::AliasHost => "Host of the CNAME record",
        PastePlace::AliasTarget => "Target of the CNAME record",
        PastePlace::Worker => "Worker",
        PastePlace::WorkerDomain => "Custom domain of the Worker",
        PastePlace::Command => "Command",
    }
}
