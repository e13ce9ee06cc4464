//! Where a domain's DNS is changed: who runs it, what its console wants, and names relative to the zone.

use crate::facts::Facts;
use crate::facts::operators::{Operator, Operators};
use crate::name::DomainName;
use crate::name::labels::Txt;
use crate::providers::{self, DnsHost};

/// The console that a domain's DNS is changed in, as far as it is known.
pub(crate) struct DnsConsole<'f> {
    pub(super) domain: Option<&'f DomainName>,
    /// The zone; where it is not known, the domain itself, which it mostly is.
    pub(super) zone: Option<&'f str>,
    pub(super) host: Option<&'static DnsHost>,
    operators: Operators<'f>,
}

impl<'f> DnsConsole<'f> {
    /// Of no domain in particular, as in the catalogue.
    pub(crate) const GENERAL: Self = Self { domain: None, zone: None, host: None, operators: Operators::NONE };

    /// Of the domain that the facts are about.
    pub(crate) fn of(facts: &Facts<'f>) -> Self {
        let domain = facts.domain;
        let zone = facts.zone.or(domain.map(DomainName::as_str));
        let host = facts.dns_host.as_ref().and_then(|host| providers::dns_host_by_id(&host.id));
        Self { domain, zone, host, operators: Operators::of(facts) }
    }

    /// A name below the domain, as the console wants it: relative to the zone.
    pub(crate) fn host(&self, label: &str) -> String {
        match self.below_zone() {
            Some(between) => format!("{label}.{between}"),
            None => label.to_owned(),
        }
    }

    /// Who operates a TXT record, where its name is an alias.
    pub(crate) fn operator(&self, txt: Txt) -> Option<Operator<'f>> {
        match txt {
            Txt::Announce => self.operators.announce,
            Txt::TlsRpt => self.operators.tls_rpt,
        }
    }

    /// Who operates a TXT record, where that is somebody else.
    pub(crate) fn other_operator(&self, txt: Txt) -> Option<Operator<'f>> {
        self.operator(txt).filter(|operator| !operator.is_own)
    }

    /// Who keeps the policy file, where that is somebody else.
    pub(crate) fn file_operator(&self) -> Option<Operator<'f>> {
        self.operators.file
    }

    /// A name, relative to the zone where it is in it.
    pub(super) fn below<'n>(&self, name: &'n str) -> &'n str {
        self.zone.and_then(|zone| name.strip_suffix(zone)?.strip_suffix('.')).unwrap_or(name)
    }

    /// Whether the console is known to add the zone to what is typed.
    pub(crate) fn is_known(&self) -> bool {
        self.host.is_some()
    }

    /// Whether it wants the value of a TXT record in quotation marks.
    pub(crate) fn wants_quotes(&self) -> bool {
        self.host.is_some_and(|host| host.quotes)
    }

    /// The value of a TXT record, as it is to be pasted.
    pub(crate) fn txt_value(&self, value: &str) -> String {
        if self.wants_quotes() {
            let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
            format!("\"{escaped}\"")
        } else {
            value.to_owned()
        }
    }

    /// The value of a TXT record, from how it is to be pasted.
    pub(crate) fn plain_value(&self, pasted: &str) -> String {
        let quoted = pasted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let Some(quoted) = quoted.filter(|_| self.wants_quotes()) else { return pasted.to_owned() };
        let mut value = String::new();
        let mut characters = quoted.chars();
        while let Some(character) = characters.next() {
            // What is behind a backslash stands for itself.
            value.extend(if character == '\\' { characters.next() } else { Some(character) });
        }
        value
    }

    /// What stands between the zone and a name below the domain; none where the domain is the zone.
    fn below_zone(&self) -> Option<&'f str> {
        let zone = self.zone?;
        self.domain?.as_str().strip_suffix(zone)?.strip_suffix('.')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_to_paste_leads_back_to_the_value() {
        let mut known = providers::dns_hosts().filter_map(|host| providers::dns_host_by_id(&host.id));
        let quotes = known.find(|host| host.quotes);
        for host in [quotes, None] {
            let console = DnsConsole { host, ..DnsConsole::GENERAL };
            for value in ["v=STSv1; id=1;", "", "\"", "\\", "\"v=STSv1\\; id=1\"", "a\\\"b\"\\"] {
                assert_eq!(console.plain_value(&console.txt_value(value)), value, "{}", host.is_some());
            }
        }
        assert!(quotes.is_some(), "some console wants quotation marks");
    }
}
