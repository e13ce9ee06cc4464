//! English: what whoever operates a record or the policy file behind an alias is asked.

use crate::rules::step::Ask;

/// A whole sentence: what is whose, and what to ask.
macro_rules! ask {
    ($what:literal, $ask:literal) => {
        concat!(
            "{alias} is an alias (CNAME) for {target}, so only {operator} can change ",
            $what,
            ": ask them ",
            $ask,
            "."
        )
    };
}

/// Of a record.
pub(in crate::mend) fn for_record(ask: Ask) -> &'static str {
    match ask {
        Ask::LeaveOneRecord => ask!("the record", "to leave only the one record there"),
        Ask::ShortenTtl => ask!("the record", "to set its TTL to 3600, which is one hour"),
        Ask::PutRecordBack => ask!("the record", "to put it back with a new id"),
        Ask::SetToValue => ask!("the record", "to set it to the value below, with your own mailbox in it"),
        Ask::NewId => ask!("the record", "to give it a new id"),
        _ => ask!("the record", "to mend it"),
    }
}

/// Of the policy file.
pub(in crate::mend) fn for_file(ask: Ask) -> &'static str {
    match ask {
        Ask::Enforce => {
            ask!("the policy file", "to change mode: testing to mode: enforce in it, when the reports are clean")
        }
        Ask::TestAgain => {
            ask!("the policy file", "to change the mode in it to testing, if you want your mail protected again")
        }
        Ask::ShortenMaxAge => ask!("the policy file", "to set max_age in it to 86400 (one day) or less"),
        Ask::AllowServers => ask!("the policy file", "to let it allow your mail servers"),
        Ask::AllowServer => ask!("the policy file", "to let it allow this server, if it should take your mail"),
        Ask::AllowRealName => ask!("the policy file", "to let it allow the real host's name"),
        Ask::DropOldServers => {
            ask!("the policy file", "to take the old provider's mail servers out of it when the move is done")
        }
        Ask::TestIfFailing => {
            ask!("the policy file", "to change the mode in it to testing, if they do or if none come")
        }
        Ask::EnforceAgain => ask!("the policy file", "to change the mode in it back to enforce, if it was not"),
        Ask::PutBack => {
            ask!("the policy file", "to put it back as it was, or with mode: none if it was meant to go")
        }
        Ask::ReplaceFile => ask!("the policy file", "to replace it with the text below"),
        _ => ask!("the policy file", "to mend it"),
    }
}

/// Of what is served with the policy file.
pub(in crate::mend) fn for_server(ask: Ask) -> &'static str {
    match ask {
        Ask::ServeAtAddress => ask!("what is served there", "to serve the file at the address below"),
        _ => ask!("what is served there", "to mend it"),
    }
}
