//! What a domain publishes, parsed: the value that could be read, every fault with its place, and the text corrected.

pub mod announce;
pub mod policy;
pub mod tag_list;
pub mod tls_rpt;
