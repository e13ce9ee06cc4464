//! English: why a policy is proposed or none is, what to mind about it, and what the records beside it are for.

use super::hosting::hosting;
use crate::advice::proposal::{NoPolicy, NotKnown, NotNeeded, NotPossible, Note};
use crate::advice::records::RecordWhy;

/// Why there is no policy to serve, and what to do first.
pub(in crate::advice) fn no_policy(why: NoPolicy) -> &'static str {
    match why {
        NoPolicy::NotNeeded(NotNeeded::NoSuchDomain) => "{domain} does not exist, so it needs no policy.",
        NoPolicy::NotNeeded(NotNeeded::NullMx) => {
            "{domain} says that it takes no mail (a null MX record), so it needs no policy."
        }
        NoPolicy::NotNeeded(NotNeeded::NoMx) => {
            "{domain} has no MX records and no address, so no mail reaches it and it needs no policy."
        }
        NoPolicy::NotPossible(NotPossible::NoHostNames) => {
            "None of the MX records names a mail server in a form that a policy can list. Give each mail server a plain host \
             name, such as mail.example.com, and put that into the MX records first."
        }
        NoPolicy::NotPossible(NotPossible::TooManyServers) => {
            "There are more mail servers than a policy can list. Ask whoever runs them which few MX records are enough."
        }
        NoPolicy::NotKnown(NotKnown::BrokenSignatures) => {
            "The DNSSEC signatures of the domain are broken, and no policy can make up for that: senders that check them find \
             neither the policy nor the mail servers. Mend the signatures first, as the check of this domain says, then ask \
             again."
        }
        NoPolicy::NotKnown(NotKnown::MailServers) => {
            "The domain's mail servers could not be looked up just now. Please try again in a while."
        }
        NoPolicy::NotKnown(NotKnown::NewServers) => {
            "Microsoft 365 gives each domain a mail server of its own, and only its admin centre shows which. Open Settings, \
             Domains, {domain}, DNS records there, and copy the name in the MX record: it ends in mail.protection.outlook.com \
             or in mx.microsoft. Then make this plan again with that name. Until then, change neither the policy nor the MX \
             records."
        }
    }
}

/// What to mind about a policy.
pub(in crate::advice) fn note(note: &Note) -> &'static str {
    match note {
        Note::ListsDomainItself => {
            "The domain has no MX records, so mail goes to the domain's own address, and the policy lists the domain itself. \
             It is clearer to add an MX record that names the mail server; ask again once it is there."
        }
        Note::OnlyNames { .. } => {
            "These lines are the names in your MX records and no more: {hosts}. Ask whoever runs these servers whether each \
             has a certificate for that name, and keep mode: testing until the reports are clean."
        }
        Note::Unlistable { .. } => {
            "A policy cannot list these MX records, since they are not host names: {hosts}. Change them to host names before \
             you enforce the policy."
        }
    }
}

/// What it means to leave record and policy to the mail provider.
pub(in crate::advice) const DELEGATION: &str = "Tuta serves the policy of its customers. With these two aliases (CNAME \
                                                records) you need no web space and no file, and Tuta decides on the policy.";

/// Why a record is to be there.
pub(in crate::advice) fn record(why: &RecordWhy) -> &'static str {
    match why {
        RecordWhy::TellsOfPolicy => {
            "It tells senders that there is a policy, and by a new id that the policy has changed. Set it after the file is \
             in its place, and have only one record under this name that begins with v=STSv1."
        }
        RecordWhy::TellsOfSamePolicy => {
            "It tells senders that there is a policy. Leave it as it is while the policy file stays the same; when the file \
             changes, give the record a new id."
        }
        RecordWhy::AliasStays => {
            "This name is an alias, so whoever runs the other name says when the policy has changed."
        }
        RecordWhy::AliasHasToGo { .. } => {
            "This name is now an alias (CNAME) for {target}, so whoever runs that name decides the id. To publish your own \
             record, delete the alias first: the two cannot stand side by side."
        }
        RecordWhy::AsksForReports => "It asks senders for a daily report of what went wrong with encryption.",
        RecordWhy::ProposesMailbox => {
            "It asks senders for a daily report of what went wrong with encryption. The mailbox in it is a proposal: put in \
             one that you read, or the address of a reporting service."
        }
        RecordWhy::ProviderServesFile => {
            "The provider then serves the policy file. Nothing else may stand under this name."
        }
        RecordWhy::ProviderSetsId => {
            "The provider then says when its policy has changed. Nothing else may stand under this name."
        }
        RecordWhy::FileIsServed => {
            "The policy host leads to your policy file already. Change this only to serve it from here."
        }
        RecordWhy::LeadsTo(way) => hosting(way).record,
    }
}
