//! What a caller wants to know of reports.

use crate::name::DomainName;
use crate::report::Report;
use crate::text::time::Timestamp;

/// What sums are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// The domain that they are to be about. Without one it is the domain of `check`, or the only one that the reports name;
    /// where they name several, everything is summed.
    pub domain: Option<&'q DomainName>,
    /// A check of the same domain: causes are tied to what it found.
    pub check: Option<&'q Report>,
    /// Today, for what is recent.
    pub now: Timestamp,
}
