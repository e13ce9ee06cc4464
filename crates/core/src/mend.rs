//! What to do about what was found: for this domain, at its providers.

pub(crate) mod dns_console;
pub(crate) mod new_policy;
pub(crate) mod offers;
pub(crate) mod operated;
