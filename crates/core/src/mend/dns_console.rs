//! Where a domain's DNS is changed, as steps say it: who runs it, what its console wants, and names relative to the zone.
//!
//! Steps are written once, with words in braces for what depends on the domain; [`Console::fill`] puts it in.

use std::fmt::Write;

use crate::WHOLE;
use crate::facts::Facts;
use crate::facts::operators::{Keeper, Keepers};
use crate::name::DomainName;
use crate::name::labels::Txt;
use crate::providers::{self, DnsHost};

/// The console that a domain's DNS is changed in, as far as it is known.
pub(crate) struct Console<'f> {
    domain: Option<&'f DomainName>,
    /// The zone; where it is not known, the domain itself, which it mostly is.
    zone: Option<&'f str>,
    host: Option<&'static DnsHost>,
    keepers: Keepers<'f>,
}

/// How a policy file is served by its domain itself.
const OWN_FILE: &str = "put it on a web host of your own, open {dns}, and replace the CNAME record with the host {policy host} by \
     a record that leads to that web host";

impl<'f> Console<'f> {
    /// Of no domain in particular, as in the catalogue.
    pub(crate) const GENERAL: Self =
        Self { domain: None, zone: None, host: None, keepers: Keepers { record: None, reports: None, file: None } };

    /// Of the domain that the facts are about.
    pub(crate) fn of(facts: &Facts<'f>) -> Self {
        let domain = facts.domain;
        let zone = facts.zone.or(domain.map(DomainName::as_str));
        let host = facts.dns_host.as_ref().and_then(|host| providers::dns_host_by_id(&host.id));
        Self { domain, zone, host, keepers: if WHOLE { Keepers::of(facts) } else { Keepers::default() } }
    }

    /// A name below the domain, as the console wants it: relative to the zone.
    pub(crate) fn host(&self, label: &str) -> String {
        match self.below_zone() {
            Some(between) => format!("{label}.{between}"),
            None => label.to_owned(),
        }
    }

    /// Who keeps a TXT record, where its name is an alias.
    pub(crate) fn keeper(&self, txt: Txt) -> Option<Keeper<'f>> {
        match txt {
            Txt::Announce => self.keepers.record,
            Txt::TlsRpt => self.keepers.reports,
        }
    }

    /// Whether somebody else keeps the policy file.
    pub(crate) fn is_file_kept(&self) -> bool {
        self.keepers.file.is_some()
    }

    /// What is to be said before anybody is sent to a TXT record behind an alias: where it is, and who can change it. `ask` is
    /// what they are to be asked, as in `to mend it`.
    pub(crate) fn ask_for_record(&self, txt: Txt, ask: &str) -> Option<String> {
        let Keeper { target, is_own } = self.keeper(txt)?;
        let host = self.host(txt.label());
        Some(if is_own {
            self.fill(&format!(
                "{host} is an alias (CNAME) for {target}, a name of your own. Open {{dns}} and change the TXT record with the \
                 host {}, not one with the host {host}.",
                self.below(target)
            ))
        } else {
            format!("{}: ask them {ask}.", Self::only_they(&host, self.keeper(txt)?, "the record"))
        })
    }

    /// What to do for a new id, as part of a sentence, where the announce record is behind an alias.
    pub(crate) fn ask_for_id(&self) -> Option<String> {
        let keeper = self.keepers.record?;
        Some(match providers::keeper(keeper.target) {
            _ if keeper.is_own => {
                format!("give the TXT record with the host {} a new id", self.below(keeper.target))
            }
            Some(name) => format!("ask {name} to give the record at {} a new id", keeper.target),
            None => format!("ask whoever runs {} to give the record there a new id", keeper.target),
        })
    }

    /// What is to be said of the policy file, or of what else is served with it, where the policy host is behind an alias.
    pub(crate) fn ask_for_file(&self, what: &str, ask: &str) -> Option<String> {
        let theirs = Self::only_they(&self.host("mta-sts"), self.keepers.file?, what);
        Some(format!("{theirs}: ask them {ask}."))
    }

    /// The host of a TXT record of the domain's own that its name is an alias of.
    pub(crate) fn own_record(&self, txt: Txt) -> Option<&'f str> {
        self.keeper(txt).filter(|keeper| keeper.is_own).map(|keeper| self.below(keeper.target))
    }

    /// A name relative to the zone, where it is in it.
    fn below<'n>(&self, name: &'n str) -> &'n str {
        self.zone.and_then(|zone| name.strip_suffix(zone)?.strip_suffix('.')).unwrap_or(name)
    }

    fn only_they(host: &str, keeper: Keeper<'_>, what: &str) -> String {
        format!("{host} is an alias (CNAME) for {}, so only {} can change {what}", keeper.target, keeper.name())
    }

    /// How a TXT record is taken back from whoever keeps it behind an alias: the two cannot stand side by side (RFC 2181
    /// §10.1). None where nobody else does.
    pub(crate) fn take_record(&self, txt: Txt) -> Option<String> {
        let host = self.keeper(txt).filter(|keeper| !keeper.is_own).map(|_| self.host(txt.label()))?;
        Some(self.fill(&match (txt, self.keepers.file) {
            // An id of one's own for a file that others change would be wrong before long.
            (Txt::Announce, Some(_)) => format!(
                "Or keep both the policy file and the record yourself. Serve the file first: {OWN_FILE}. Then delete the CNAME \
                 record with the host {host}, and add a TXT record with the same host and the value below."
            ),
            _ => format!(
                "Or keep the record yourself: open {{dns}}, delete the CNAME record with the host {host}, and add a TXT record \
                 with the same host and the value below."
            ),
        }))
    }

    /// The same, of the policy file.
    pub(crate) fn take_file(&self) -> Option<String> {
        self.keepers.file.map(|_| self.fill(&format!("Or serve the file yourself: {OWN_FILE}.")))
    }

    /// Whether the console is known to add the zone to what is typed.
    pub(crate) fn is_known(&self) -> bool {
        self.host.is_some()
    }

    /// The value of a TXT record, as it is to be pasted, and what that is called.
    pub(crate) fn txt_value(&self, value: &str) -> (&'static str, String) {
        if self.host.is_some_and(|host| host.quotes) {
            let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
            ("Value of the TXT record, quotation marks included", format!("\"{escaped}\""))
        } else {
            ("Value of the TXT record", value.to_owned())
        }
    }

    /// A step with what depends on the domain in the place of the words in braces.
    pub(crate) fn fill(&self, step: &str) -> String {
        let mut filled = String::with_capacity(step.len());
        let mut rest = step;
        while let Some((before, (word, after))) =
            rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
        {
            filled.push_str(before);
            self.write(word, &mut filled);
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    fn write(&self, word: &str, out: &mut String) {
        // Writing to a String does not fail.
        let _ = match word {
            "dns" => self.settings(out),
            "announce" => out.write_str(&self.host(Txt::Announce.label())),
            "tlsrpt" => out.write_str(&self.host(Txt::TlsRpt.label())),
            "policy host" => out.write_str(&self.host("mta-sts")),
            "announce: once" => self.once(Txt::Announce, out),
            "tlsrpt: once" => self.once(Txt::TlsRpt, out),
            "quotes" => out.write_str(match self.host {
                Some(host) if host.quotes => "with the quotation marks around it",
                _ => "without quotation marks",
            }),
            "dns host" => out.write_str(self.host.map_or("your DNS host", |host| host.name)),
            "sign" => self.sign(out),
            _ => {
                debug_assert!(false, "no step has the word {word}");
                Ok(())
            }
        };
    }

    fn settings(&self, out: &mut String) -> std::fmt::Result {
        write!(out, "the DNS settings of {}", self.zone.unwrap_or("the domain"))?;
        match self.host {
            Some(DnsHost { name, place: Some(place), .. }) => write!(out, " at {name} ({place})"),
            Some(DnsHost { name, .. }) => write!(out, " at {name}"),
            None => Ok(()),
        }
    }

    /// The trap that most people fall into: the console adds the zone, and they type it too.
    fn once(&self, txt: Txt, out: &mut String) -> std::fmt::Result {
        let label = txt.label();
        let name = self.domain.map(|domain| format!("{label}.{domain}"));
        match (self.host, self.zone) {
            (Some(host), Some(zone)) => {
                write!(out, "Type only {} as the host: {} adds {zone} to it by itself.", self.host(label), host.name)?;
            }
            _ => out.write_str("Many consoles add the domain to the host by themselves.")?,
        }
        match name {
            Some(name) => {
                write!(out, " Look at the saved record: its full name must be {name}, with the domain in it once.")
            }
            None => out.write_str(" Look at the saved record: its name must have the domain in it once."),
        }
    }

    /// How DNSSEC is switched on.
    fn sign(&self, out: &mut String) -> std::fmt::Result {
        match self.host {
            Some(DnsHost { name, signs: true, .. }) => {
                write!(out, "Switch DNSSEC on for {} at {name}.", self.zone.unwrap_or("the domain"))
            }
            Some(DnsHost { name, .. }) => write!(
                out,
                "Ask {name} whether they can sign {} with DNSSEC, and to switch it on.",
                self.zone.unwrap_or("the domain")
            ),
            None => out.write_str("See whether your DNS host offers DNSSEC, and switch it on there."),
        }
    }

    /// What stands between the zone and a name below the domain; none where the domain is the zone.
    fn below_zone(&self) -> Option<&'f str> {
        let zone = self.zone?;
        self.domain?.as_str().strip_suffix(zone)?.strip_suffix('.')
    }
}
