//! Domains that TLS reports are mailed to, with what is known of their mail.

use super::answers::{mx_hosts, texts};
use super::host::Host;
use crate::evidence::{Dns, Evidence};
use crate::lookup::RecordType;
use crate::name::DomainName;
use crate::published::tls_rpt;

/// Domains of mailed TLS reports that are looked into.
const REPORT_DOMAIN_LIMIT: usize = 2;

/// A domain that TLS reports are mailed to.
pub struct ReportDomain {
    /// Its name.
    pub domain: DomainName,
    /// Whether it takes mail, where that is known.
    pub takes_mail: Option<bool>,
}

/// The domains that the TLS-RPT record mails reports to, other than the domain itself, the first few.
pub(crate) fn report_domains(dns: Dns<'_>, own: &DomainName) -> Vec<DomainName> {
    let mut domains: Vec<DomainName> = Vec::new();
    for destination in texts(dns).map(tls_rpt::parse).flat_map(|record| record.rua) {
        let tls_rpt::Destination::Mailto { domain, .. } = destination.value else { continue };
        match DomainName::from_ascii(&domain) {
            Ok(domain) if domain != *own && !domains.contains(&domain) => domains.push(domain),
            _ => {}
        }
        if domains.len() == REPORT_DOMAIN_LIMIT {
            break;
        }
    }
    domains
}

/// Whether mail can be delivered to a domain at all (RFC 5321 §5.1, RFC 7505); none where it cannot be told.
pub(super) fn takes_mail(evidence: &Evidence, domain: &DomainName) -> Option<bool> {
    let Dns::Answer(answer) = evidence.dns(domain.as_str(), RecordType::Mx) else { return None };
    if !answer.records.is_empty() {
        return Some(!mx_hosts(&answer.records).is_empty());
    }
    let own = Host::read(evidence, domain.as_str());
    if own.addresses().next().is_some() {
        return Some(true);
    }
    own.has_none().then_some(false)
}
