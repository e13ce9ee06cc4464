//! Where a rule is written.

use crate::report::Reference;

/// A section of an RFC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Number of the RFC.
    pub rfc: u16,
    /// Section, as in `3.1`.
    pub section: &'static str,
}

/// A section of RFC 8461, SMTP MTA Strict Transport Security.
pub(crate) const fn sts(section: &'static str) -> Source {
    Source { rfc: 8461, section }
}

/// A section of RFC 8460, SMTP TLS Reporting.
pub(crate) const fn tls_rpt(section: &'static str) -> Source {
    Source { rfc: 8460, section }
}

/// A section of any RFC.
pub(crate) const fn rfc(rfc: u16, section: &'static str) -> Source {
    Source { rfc, section }
}

impl Source {
    /// Label and address.
    pub fn reference(self) -> Reference {
        let Self { rfc, section } = self;
        Reference {
            label: format!("RFC {rfc} §{section}"),
            url: format!("https://www.rfc-editor.org/rfc/rfc{rfc}#section-{section}"),
        }
    }
}
