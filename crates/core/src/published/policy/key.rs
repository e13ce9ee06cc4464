//! What stands in a line of a policy: its key, and a comment.

use crate::text::part;

/// The keys of the standard (RFC 8461 §3.2).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Version,
    Mode,
    MaxAge,
    Mx,
}

impl Key {
    pub(super) const ALL: [(Self, &str); 4] =
        [(Self::Version, "version"), (Self::Mode, "mode"), (Self::MaxAge, "max_age"), (Self::Mx, "mx")];

    pub(super) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(key, _)| key)
    }
}

/// Where a comment begins that stands behind a value, or in its place. No value of the standard's keys has a `#`.
pub(super) fn comment(value: &str) -> Option<usize> {
    let at = value.find('#')?;
    (at == 0 || part::before(value, at).ends_with([' ', '\t'])).then_some(at)
}
