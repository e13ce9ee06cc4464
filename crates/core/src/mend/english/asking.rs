//! English: what whoever operates a record or the policy file behind an alias is asked.

use crate::rules::step::{Ask, Step};

/// What is whose, and what to ask: the sentences of all that others operate.
pub(in crate::mend) const RECORD: &str =
    "{alias} is an alias (CNAME) for {target}, so only {operator} can change the record: {how} {ask}.";
/// As [`RECORD`].
pub(in crate::mend) const FILE: &str =
    "{alias} is an alias (CNAME) for {target}, so only {operator} can change the policy file: {how} {ask}.";
/// As [`RECORD`].
pub(in crate::mend) const SERVER: &str =
    "{alias} is an alias (CNAME) for {target}, so only {operator} can change what is served there: {how} {ask}.";

/// How they are asked: by a letter, or, at a service that customers log in to, by the customer's own hand.
pub(in crate::mend) const HOW: [&str; 2] = ["ask them", "log in there"];

/// Where such a service keeps the announce record.
pub(in crate::mend) const SETS_ID_ITSELF: &str =
    "{alias} is an alias (CNAME) for {target}: leave the id there to {operator}, which changes it by itself.";

/// What they are asked: the end of such a sentence.
pub(in crate::mend) fn ask(step: Step) -> Option<&'static str> {
    match step {
        Step::AskForRecord(_, ask) => Some(for_record(ask)),
        Step::AskForFile(ask) => Some(for_file(ask)),
        Step::AskForServer(ask) => Some(for_server(ask)),
        _ => None,
    }
}

fn for_record(ask: Ask) -> &'static str {
    match ask {
        Ask::LeaveOneRecord => "to leave only the one record there",
        Ask::ShortenTtl => "to set its TTL to 3600, which is one hour",
        Ask::PutRecordBack => "to put it back with a new id",
        Ask::SetToValue => "to set it to the value below, with your own mailbox in it",
        Ask::NewId => "to give it a new id",
        _ => "to mend it",
    }
}

fn for_file(ask: Ask) -> &'static str {
    match ask {
        Ask::Enforce => "to change mode: testing to mode: enforce in it, when the reports are clean",
        Ask::TestAgain => "to change the mode in it to testing, if you want your mail protected again",
        Ask::ShortenMaxAge => "to set max_age in it to 86400 (one day) or less",
        Ask::AllowServers => "to let it allow your mail servers",
        Ask::AllowServer => "to let it allow this server, if it should take your mail",
        Ask::AllowRealName => "to let it allow the real host's name",
        Ask::DropOldServers => "to take the old provider's mail servers out of it when the move is done",
        Ask::TestIfFailing => "to change the mode in it to testing, if they do or if none come",
        Ask::EnforceAgain => "to change the mode in it back to enforce, if it was not",
        Ask::PutBack => "to put it back as it was, or with mode: none if it was meant to go",
        Ask::ReplaceFile => "to replace it with the text below",
        _ => "to mend it",
    }
}

fn for_server(ask: Ask) -> &'static str {
    match ask {
        Ask::ServeAtAddress => "to serve the file at the address below",
        _ => "to mend it",
    }
}
