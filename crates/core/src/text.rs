//! Text, bytes, numbers and time: knows no mail.

pub mod clip;
pub mod digest;
pub mod invisible;
pub(crate) mod letter;
pub mod octets;
pub mod order;
pub mod part;
pub mod span;
pub mod template;
pub mod time;
