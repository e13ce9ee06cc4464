//! A scenario: a domain with its zone and its policy host, and what a right checker says of it.

use crate::address;
use crate::certificate::Certificate;
use crate::forgery::Forgery;
use crate::policy_host::{Behaviour, PolicyHost, Response};
use crate::web_server::WebServer;
use crate::zone::{Servers, Signing, Zone, txt};

pub(crate) const RECORD: &str = "v=STSv1; id=20260512T093000;";

pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    /// The domain as a person types it.
    pub(crate) asked: String,
    /// The domain as DNS has it.
    pub(crate) domain: String,
    pub(crate) about: &'static str,
    /// The domain's own zone first (if it exists at all), then zones that it leans on.
    pub(crate) zones: Vec<Zone>,
    pub(crate) policy_host: Option<PolicyHost>,
    /// Where the policy host is a machine of its own instead.
    pub(crate) web_server: Option<WebServer>,
    /// What the resolver answers instead of the truth.
    pub(crate) forgeries: Vec<Forgery>,
    pub(crate) verdict: &'static str,
    /// Rules that the report must find.
    pub(crate) must: &'static [&'static str],
    /// Rules that it must not.
    pub(crate) must_not: &'static [&'static str],
    /// Texts that some finding must give to paste.
    pub(crate) pastes: &'static [&'static str],
}

/// The usual policy of a domain: its own mail host, thirty days.
pub(crate) fn policy(domain: &str, mode: &str) -> String {
    format!("version: STSv1\nmode: {mode}\nmx: mail.{domain}\nmax_age: 2592000\n")
}

impl Scenario {
    /// A domain in good order: enforced, reported on, reachable, unsigned. Each scenario then says where it differs.
    pub(crate) fn well(name: &'static str, domain: &str, about: &'static str) -> Self {
        Self::bare(name, domain, about)
            .set("@", "MX", "10 mail")
            .set("mail", "A", address::MAIL)
            .add("mail", "AAAA", address::MAIL_V6)
            .set("_mta-sts", "TXT", txt(RECORD))
            .set("_smtp._tls", "TXT", txt(&format!("v=TLSRPTv1; rua=mailto:tls-reports@{domain}")))
            .set("mta-sts", "A", address::POLICY_HOST)
            .add("mta-sts", "AAAA", address::POLICY_HOST_V6)
            .policy(policy(domain, "enforce"))
    }

    /// A domain that exists, with nothing in it.
    pub(crate) fn bare(name: &'static str, domain: &str, about: &'static str) -> Self {
        Self {
            name,
            asked: domain.to_owned(),
            domain: domain.to_owned(),
            about,
            zones: vec![Zone::new(domain)],
            policy_host: None,
            web_server: None,
            forgeries: Vec::new(),
            verdict: "enforced",
            must: &[],
            must_not: &[],
            pastes: &[],
        }
    }

    /// A domain that does not exist.
    pub(crate) fn absent(name: &'static str, domain: &str, about: &'static str) -> Self {
        Self { zones: Vec::new(), ..Self::bare(name, domain, about) }
    }

    /// What a person types, where it is not what DNS has.
    pub(crate) fn asked_as(mut self, asked: &str) -> Self {
        asked.clone_into(&mut self.asked);
        self
    }

    pub(crate) fn signed(self) -> Self {
        self.signing(Signing::Signed)
    }

    pub(crate) fn signing(mut self, signing: Signing) -> Self {
        self.own_zone().signing = signing;
        self
    }

    pub(crate) fn served_by(mut self, servers: Servers) -> Self {
        self.own_zone().servers = servers;
        self
    }

    /// Adds a record beside those of its name and type.
    pub(crate) fn add(mut self, owner: &str, kind: &str, data: impl Into<String>) -> Self {
        self.own_zone().add(owner, kind, data);
        self
    }

    /// Makes this the only record of its name and type.
    pub(crate) fn set(self, owner: &str, kind: &str, data: impl Into<String>) -> Self {
        self.unset(owner, kind).add(owner, kind, data)
    }

    pub(crate) fn unset(mut self, owner: &str, kind: &str) -> Self {
        self.own_zone().remove(owner, kind);
        self
    }

    /// Removes every record of a name.
    pub(crate) fn without(mut self, owner: &str) -> Self {
        self.own_zone().records.retain(|record| record.owner != owner);
        self
    }

    /// Another zone that the domain leans on, say a provider's.
    pub(crate) fn beside(mut self, zone: Zone) -> Self {
        self.zones.push(zone);
        self
    }

    /// Serves this text as the policy.
    pub(crate) fn policy(self, text: impl Into<Vec<u8>>) -> Self {
        self.responds(Response::policy(text))
    }

    pub(crate) fn responds(self, response: Response) -> Self {
        self.behaves(Behaviour::Respond(response))
    }

    pub(crate) fn behaves(mut self, behaviour: Behaviour) -> Self {
        let certificate = self.policy_host.map_or(Certificate::Valid, |host| host.certificate);
        self.policy_host = Some(PolicyHost { name: format!("mta-sts.{}", self.domain), certificate, behaviour });
        self
    }

    pub(crate) fn certificate(mut self, certificate: Certificate) -> Self {
        if let Some(host) = &mut self.policy_host {
            host.certificate = certificate;
        }
        self
    }

    /// Has the resolver give an answer that is not the truth.
    pub(crate) fn forged(mut self, forgery: Forgery) -> Self {
        self.forgeries.push(forgery);
        self
    }

    pub(crate) fn verdict(mut self, verdict: &'static str) -> Self {
        self.verdict = verdict;
        self
    }

    pub(crate) fn must(mut self, rules: &'static [&'static str]) -> Self {
        self.must = rules;
        self
    }

    pub(crate) fn must_not(mut self, rules: &'static [&'static str]) -> Self {
        self.must_not = rules;
        self
    }

    pub(crate) fn pastes(mut self, texts: &'static [&'static str]) -> Self {
        self.pastes = texts;
        self
    }

    /// The domain is no zone of its own, but a part of this one.
    pub(crate) fn in_zone(mut self, zone: Zone) -> Self {
        self.zones = vec![zone];
        self
    }

    fn own_zone(&mut self) -> &mut Zone {
        self.zones.first_mut().expect("a domain that exists has a zone")
    }
}
