//! Puts the answer into words: each sentence of a language's table, with what is known of the domain in its place.

use super::chain::By;
use super::changes::{Change, Changes};
use super::delivery::Delivery;
use super::english;
use super::senders::{But, Reaction, Sender, Want};
use super::standing::{Standing, Undelivered};
use crate::report::SenderVerdict;
use crate::report::chain::{ChainLink, LinkState};
use crate::report::link::Link;
use crate::text::template::fill;

/// Where a domain stands, in a sentence; of one that no mail reaches, that.
pub(crate) fn headline(standing: Standing, undelivered: Option<Undelivered>, domain: &str) -> String {
    let told = undelivered.filter(|_| standing.is_of_policy()).map(english::undelivered);
    fill(told.unwrap_or_else(|| english::headline(standing)), |word, out| match (word, standing) {
        ("domain", _) => out.push_str(domain),
        ("above", _) => out.push_str(domain.split_once('.').map_or(domain, |(_, above)| above)),
        ("missed", Standing::AtRisk { missed, .. }) => out.push_str(&missed.to_string()),
        ("servers", Standing::AtRisk { of, .. }) => out.push_str(&of.to_string()),
        _ => unknown(word),
    })
}

/// The links of the chain, each with a line.
pub(crate) fn chain(links: Vec<(Link, LinkState, By<'_>)>) -> Vec<ChainLink> {
    let summary = |by| match by {
        By::Finding(finding) => finding.title.clone(),
        By::Line(line) => english::link(line).to_owned(),
    };
    links.into_iter().map(|(link, state, by)| ChainLink { link, state, summary: summary(by) }).collect()
}

/// What becomes of a message, in plain sentences for a person.
pub(crate) fn delivery(delivery: &Delivery<'_>) -> String {
    fill(english::delivery(delivery), |word, out| match (word, delivery) {
        ("allowed", Delivery::SecurelyTo { allowed } | Delivery::ToSomeOnly { allowed, .. }) => {
            out.push_str(&any_of(allowed));
        }
        ("refused", Delivery::ToSomeOnly { refused, .. }) => out.push_str(&any_of(refused)),
        _ => unknown(word),
    })
}

/// The first three hosts, and how many more there are.
fn any_of(hosts: &[&str]) -> String {
    let named = |at: usize| hosts.get(at).copied().unwrap_or_default();
    fill(english::any_of(hosts.len()), |word, out| match word {
        "first" => out.push_str(named(0)),
        "second" => out.push_str(named(1)),
        "third" => out.push_str(named(2)),
        "more" => out.push_str(&hosts.len().saturating_sub(3).to_string()),
        _ => unknown(word),
    })
}

/// What changed, in plain sentences.
pub(crate) fn changes(Changes { since, changes }: &Changes) -> String {
    let template = if changes.is_empty() { english::NOTHING_CHANGED } else { english::CHANGED };
    fill(template, |word, out| match word {
        "day" => out.push_str(&since.to_string()),
        "changes" => out.push_str(&sentences(changes, change)),
        _ => unknown(word),
    })
}

fn change(change: Change) -> String {
    fill(english::change(change), |word, out| match (word, change) {
        ("was", Change::Mode { was, .. }) => out.push_str(was.as_str()),
        ("is", Change::Mode { is, .. }) => out.push_str(is.as_str()),
        _ => unknown(word),
    })
}

/// What senders make of the policy, each with its reasons.
pub(crate) fn senders(judged: &[(Sender, Reaction)]) -> Vec<SenderVerdict> {
    let in_words = |(sender, reaction): &(Sender, Reaction)| SenderVerdict {
        name: english::sender(*sender).to_owned(),
        verdict: reaction.acceptance(),
        why: why(reaction),
    };
    judged.iter().map(in_words).collect()
}

fn why(reaction: &Reaction) -> String {
    match reaction {
        Reaction::Uses(used) => english::used(*used).to_owned(),
        Reaction::UsesBut(used, but) => [english::used(*used), &taken_otherwise(*but)].join(english::BETWEEN),
        Reaction::ByAddOn(_) => english::BY_ADD_ON.to_owned(),
        Reaction::Kept(obstacle) => english::obstacle(*obstacle).to_owned(),
        Reaction::Refuses(wants) => sentences(wants, unmet),
        Reaction::Untold => english::UNTOLD.to_owned(),
        Reaction::Unknown => english::UNKNOWN.to_owned(),
    }
}

fn taken_otherwise(but: But) -> String {
    fill(english::but(but), |word, out| match (word, but) {
        ("seconds", But::KeepsFor { seconds }) => out.push_str(&seconds.to_string()),
        _ => unknown(word),
    })
}

fn unmet(want: Want) -> String {
    fill(english::unmet(want), |word, out| match (word, want) {
        ("seconds", Want::Within { seconds }) => out.push_str(&seconds.to_string()),
        _ => unknown(word),
    })
}

/// A sentence for each, one after the other.
fn sentences<T: Copy>(all: &[T], sentence: fn(T) -> String) -> String {
    let sentences: Vec<String> = all.iter().map(|one| sentence(*one)).collect();
    sentences.join(english::BETWEEN)
}

/// A word that nothing stands for is left out; a test of the table sees to it that there is none.
fn unknown(word: &str) {
    debug_assert!(false, "nothing stands for {word}");
}
