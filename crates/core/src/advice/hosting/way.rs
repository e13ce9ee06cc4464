//! What a way of serving the policy file is made of.
//!
//! A text or a path has the policy host where it says `HOST`, its name as a label where it says `LABEL`, and the policy file,
//! with its last line feed, where it says `POLICY` at the end of a line; what only its owner knows stands in other capitals.
//! Whatever a platform or a server keeps under a name has the domain in that name: the next domain of the same owner must not
//! take its place.

/// A way of serving the policy file.
pub(super) struct Way {
    /// Stable, for scripts; its words are found by it.
    pub(super) id: &'static str,
    /// Files to make.
    pub(super) files: &'static [File],
    /// How the policy host comes to lead there.
    pub(super) leads: Leads,
}

/// A file to make.
pub(super) struct File {
    /// Where it goes.
    pub(super) path: &'static str,
    /// What it is made from.
    pub(super) text: &'static str,
}

/// How a name comes to lead to a host.
pub(super) enum Leads {
    /// By an alias of this name.
    Cname(&'static str),
    /// By the address of a server.
    Address,
    /// The platform sees to it.
    ByItself,
}

/// The text of a file that holds the policy and nothing else.
pub(super) const POLICY: &str = "POLICY\n";

pub(super) const fn file(path: &'static str, text: &'static str) -> File {
    File { path, text }
}
