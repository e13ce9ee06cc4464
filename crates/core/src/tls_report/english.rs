//! English: every word about TLS reports, by type. Another language is another such table; nothing but what is shown would
//! change. Each is a whole sentence or more of them, but for the few clauses that stand at a place of their own in one.

mod causes;
mod enforce;
mod files;

pub(super) use causes::{Explanation, REFUSED, cause, reason_code};
pub(super) use enforce::{
    CAUSES, LEAST_SHARE, NAMELESS_SENDER, NAMES_AND_MORE, OWN_SERVERS, RATE, SERVERS, consequence, reason,
};
pub(super) use files::{error, oddity};
