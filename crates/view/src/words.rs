//! English: sentences that are put together from what is known, and those that the scripts of several pages say. A word in
//! braces is put in by [`say`], or by the script. Another language is another such table.

use maud::{Markup, PreEscaped};
use mta_sts_core::lookup::{Lookup, RecordType};
use mta_sts_core::report::link::Link;
use mta_sts_core::text::template::fill;

use crate::state::State;

/// What is asked of a domain, and of none in particular.
pub(crate) const ASKED: &str = "Is mail to {domain} protected?";
pub(crate) const ASKED_OF_YOURS: &str = "Is mail to your domain protected?";

/// What is told while a domain is checked, and of its link when that is given away.
pub(crate) const CHECKING: &str = "Checking {domain}…";
pub(crate) const SHARED: &str = "The link is copied.";
pub(crate) const NOT_SHARED: &str = "The link could not be copied. It is {link}";

/// What is told of a text to paste.
pub(crate) const COPIED: &str = "Copied";
pub(crate) const SELECTED: &str = "Selected";
pub(crate) const COPY_IT: &str = "The text is selected. Copy it with the keyboard or the menu.";

/// What is told where the checker gave no answer.
pub(crate) const NO_CONNECTION: &str = "The checker cannot be reached from here just now. What you typed is still there: check your connection, then try again.";
pub(crate) const BROKE_OFF: &str =
    "The check broke off before it was done. What you typed is still there: please try again.";

/// What is looked up still.
pub(crate) const STILL: &str = "Still looking up {what}.";
/// Several things: those before the last, parted by `BETWEEN`, and the last.
pub(crate) const AND: &str = "{others} and {last}";
pub(crate) const BETWEEN: &str = ", ";

/// What to do next, and where it is to be found.
pub(crate) const BEGIN: &str = "Begin with “{title}”, under {link}.";

/// How many findings stand so.
pub(crate) fn counted(state: State, count: u32) -> &'static str {
    match (state, count) {
        (State::Bad, 1) => "{count} problem",
        (State::Bad, _) => "{count} problems",
        (State::Warning, 1) => "{count} warning",
        (State::Warning, _) => "{count} warnings",
        (State::Note, 1) => "{count} note",
        (State::Note, _) => "{count} notes",
        (State::Good, _) => "{count} in order",
        (State::Unknown | State::Waiting | State::Absent, _) => "{count} not known",
    }
}

/// What a lookup is of, which serves a link of the chain.
pub(crate) fn looked_up(lookup: &Lookup, link: Link) -> &'static str {
    match (link, lookup) {
        (_, Lookup::Dns(question)) if question.rtype == RecordType::Ns => "the name servers",
        (Link::Record, _) => "the announce record",
        (Link::PolicyHost, _) => "the policy host",
        (Link::Certificate, _) => "the certificate",
        (Link::PolicyFile, _) => "the policy file",
        (Link::Reports, _) => "where reports go",
        (Link::MailServers | Link::Dnssec, _) => "the mail servers",
    }
}

/// What a link of the chain is called.
pub(crate) fn name(link: Link) -> &'static str {
    match link {
        Link::Record => "Announce record",
        Link::PolicyHost => "Policy host",
        Link::Certificate => "Certificate",
        Link::PolicyFile => "Policy file",
        Link::MailServers => "Mail servers",
        Link::Reports => "Reports",
        Link::Dnssec => "DNSSEC",
    }
}

/// What a link of the chain is for, in a few words.
pub(crate) fn purpose(link: Link) -> &'static str {
    match link {
        Link::Record => "tells senders that there is a policy",
        Link::PolicyHost => "serves the policy over the web",
        Link::Certificate => "proves that the host is yours",
        Link::PolicyFile => "says which mail servers to trust",
        Link::MailServers => "take the mail in",
        Link::Reports => "tell you when encryption fails",
        Link::Dnssec => "guards the answers of the DNS",
    }
}

/// A sentence with what is known in place of its words in braces. The sentence is ours, and none has a character that HTML
/// wants written otherwise.
pub(crate) fn say(sentence: &'static str, word: impl Fn(&str) -> Markup) -> Markup {
    PreEscaped(fill(sentence, |name, out| out.push_str(&word(name).into_string())))
}
