//! Ways to mend a finding that the domain's own providers offer: beside the rule's steps, which hold anywhere.

use super::dns_console::DnsConsole;
use super::english;
use super::remedy::{PastePlace, Remedy, ToDo};
use crate::evidence::dnssec::{Dnssec, dnssec};
use crate::facts::Facts;
use crate::facts::answers::{leads_to, leads_to_company_of};
use crate::name::labels::Txt;
use crate::providers;
use crate::providers::offer::{Fits, Gives, Lacks, Offer};
use crate::rules::step::{Step, Target};
use crate::text::part;

/// What the domain's providers offer for what is lacking.
pub(super) fn of(facts: &Facts<'_>, console: &DnsConsole<'_>, lacking: &[Lacks]) -> Vec<Remedy> {
    let is_wanted = |offer: &Offer| lacking.contains(&offer.lacks);
    let offers = providers::offers().filter(|(_, offer)| is_wanted(offer));
    offers
        .filter(|(provider, offer)| fits(facts, provider, offer.fits))
        .map(|(_, offer)| made(facts, console, offer))
        .collect()
}

fn made(facts: &Facts<'_>, console: &DnsConsole<'_>, offer: &Offer) -> Remedy {
    let own = |own| ToDo { step: Step::Own(Target::Elsewhere), own };
    let steps = (0..english::offer(offer.name).steps.len()).map(own).collect();
    let mut remedy = Remedy { offer: Some(offer.name), steps, paste: Vec::new(), at_own_name: None };
    let worker = |script: &str, remedy: &mut Remedy| {
        remedy.paste(PastePlace::Worker, script);
        remedy.paste(PastePlace::WorkerDomain, facts.host.name.clone());
    };
    let alias = |label: &str, target: &str, remedy: &mut Remedy| {
        remedy.paste(PastePlace::AliasHost, console.host(label));
        remedy.paste(PastePlace::AliasTarget, target);
    };
    match offer.gives {
        Gives::Nothing => {}
        Gives::Aliases([announce, host]) => {
            // An alias that works already stays.
            if !leads_to_company_of(announce, facts.announce.aliases()) || facts.announce.records.is_empty() {
                alias(Txt::Announce.label(), announce, &mut remedy);
            }
            if !leads_to_company_of(host, facts.host.aliases()) || facts.host.has_none() {
                alias("mta-sts", host, &mut remedy);
            }
        }
        Gives::Worker(script) => worker(script, &mut remedy),
        Gives::WorkerAndAlias(script, announce) => {
            worker(script, &mut remedy);
            alias(Txt::Announce.label(), announce, &mut remedy);
        }
        Gives::Commands(commands) => {
            for command in commands {
                let command = facts.domain.map(|domain| format!("{command} -DomainName {domain}"));
                remedy.paste(PastePlace::Command, command.unwrap_or_default());
            }
        }
    }
    remedy
}

fn fits(facts: &Facts<'_>, provider: &str, fits: Fits) -> bool {
    let has_its_mail = || facts.mx.is_all_at(provider);
    let is_signed = dnssec(facts.mx.dns) == Dnssec::Secure;
    match fits {
        Fits::ItsMail => has_its_mail(),
        Fits::ItsMailUnlessAliases(aliases) => has_its_mail() && !is_taken(facts, aliases),
        Fits::ItsMailUnlessRecord(target) => has_its_mail() && !leads_to(target, facts.announce.aliases()),
        Fits::RecordAt(target) => leads_to(target, facts.announce.aliases()),
        Fits::PolicyHostBelow(suffixes) => is_policy_host_below(suffixes, facts),
        Fits::PolicyHostAtBucket => is_policy_host_at_bucket(facts),
        Fits::PolicyHostAtBucketOrBelow(suffixes) => {
            is_policy_host_below(suffixes, facts) || is_policy_host_at_bucket(facts)
        }
        Fits::ItsMailNotBelow { zone, signed } => {
            has_its_mail() && !facts.mx.hosts.iter().any(|mx| is_below(&mx.host, zone)) && signed == is_signed
        }
        Fits::SignedMailBelow(zone) => {
            is_signed && !facts.mx.hosts.is_empty() && facts.mx.hosts.iter().all(|mx| is_below(&mx.host, zone))
        }
    }
}

/// Whether there is nothing left to do about an offer of two aliases: both are there, or one is and leads nowhere.
fn is_taken(facts: &Facts<'_>, [announce, host]: [&str; 2]) -> bool {
    let leads_nowhere = leads_to(announce, facts.announce.aliases()) && facts.announce.records.is_empty()
        || leads_to(host, facts.host.aliases()) && facts.host.has_none();
    leads_nowhere || facts.is_delegated_to([announce, host])
}

/// Whether the policy host is an alias that ends below one of these.
fn is_policy_host_below(suffixes: &'static str, facts: &Facts<'_>) -> bool {
    facts.host.aliases().iter().any(|alias| providers::names(suffixes).any(|suffix| is_below(&alias.target, suffix)))
}

/// Whether a name is below another, at a label's boundary.
fn is_below(name: &str, zone: &str) -> bool {
    name.strip_suffix(zone).is_some_and(|rest| rest.ends_with('.'))
}

fn is_policy_host_at_bucket(facts: &Facts<'_>) -> bool {
    let is_website = |name: &str| part::has(name, ".s3-website") && name.ends_with(".amazonaws.com");
    facts.host.aliases().iter().any(|alias| is_website(&alias.target))
}
