//! English: the words of advice. A word in braces is an argument of what the words are for, or something that is known of the
//! domain's console, as in `mend`'s table.

mod hosting;
mod policy;
mod summary;
mod task;

pub(super) use hosting::{HostingWords, hosting};
pub(super) use policy::{DELEGATION, no_policy, note, record};
pub(super) use summary::summary;
pub(super) use task::{sentence, title};
