//! Advice as a fragment: where a domain stands, what to do on which day, and every text that it takes.

use maud::{Markup, html};
use mta_sts_core::Date;
use mta_sts_core::advice::{
    Advice, Delegation, GoalName, Hosting, LineSource, Live, LiveState, MxLine, NotNeeded, PolicyAdvice,
    PolicyProposal, RecordAction, RecordAdvice, ScheduledStep,
};
use mta_sts_core::report::Copyable;

use crate::finding::to_paste;
use crate::published::duration;
use crate::state::State;
use crate::text;

/// Most names in a sentence.
const NAMES: usize = 10;

/// The whole of it. `ahead` says that nothing was looked up.
pub(crate) fn plan(advice: &Advice, ahead: bool) -> Markup {
    // The other goals have their texts in their steps. Where it is not known what is there, a text to paste could take the
    // place of an enforced policy.
    let proposal = match (advice.plan.goal, &advice.policy, advice.live.state) {
        (_, _, LiveState::Unknown) => None,
        (GoalName::RollOut, PolicyAdvice::Serve(proposal), _) => Some(proposal),
        _ => None,
    };
    html! {
        section.m-plan part="plan" data-domain=(advice.domain) data-goal=(advice.plan.goal.as_str()) {
            (stand(advice, ahead))
            @if !advice.plan.steps.is_empty() {
                h3 { "What to do, day by day" }
                @if proposal.is_some() { p { "How to put a policy file where it belongs: see " a href="#serve" { "Ways to serve the file" } "." } }
                (steps(&advice.plan.steps, advice.today))
            }
            @if let Some(proposal) = proposal {
                h3 { "The policy file" }
                (policy(proposal))
                h3 { "The DNS records" }
                @for one in &advice.records { (record(one)) }
                h3 #serve { "Ways to serve the file" }
                p { "Choose one. Each is ready for " strong { (advice.domain) } "; only what is in capitals you fill in yourself." }
                @if let Some(delegation) = &proposal.delegation { (delegated(delegation)) }
                @for way in &advice.hosting { (hosting(way)) }
            }
        }
    }
}

fn stand(advice: &Advice, ahead: bool) -> Markup {
    let (state, word) = standing(advice);
    html! {
        div class={ "m-verdict " (state.class()) } {
            p.m-badge { (state.icon()) span { (word) } }
            h2 tabindex="-1" data-focus { (title(advice)) }
            p { (text::prose(&advice.plan.summary)) }
            @if ahead {
                p data-ahead { "Nothing was looked up. The plan is for a domain that has no record and no policy yet; if it has, make the plan again with a lookup." }
            } @else { (seen(advice)) }
            @if !advice.plan.calendar.is_empty() {
                // They take a script, which shows them.
                ul.m-actions role="list" {
                    li { button type="button" data-calendar=(calendar_file(advice)) hidden { "Calendar file" } }
                    li { button type="button" data-print hidden { "Print" } }
                }
            }
        }
    }
}

/// What the plan is called.
pub(crate) fn title(advice: &Advice) -> String {
    let what = match (advice.plan.goal, advice.live.state) {
        (GoalName::Removal, _) => "Switch MTA-STS off for",
        (GoalName::Move, _) => "Move the mail of",
        _ if advice.plan.steps.is_empty() => "MTA-STS for",
        (GoalName::RollOut, LiveState::Testing) => "Enforce the policy of",
        (GoalName::RollOut, LiveState::Enforce) => "Improve the policy of",
        (GoalName::RollOut, _) => "Set up MTA-STS for",
    };
    format!("{what} {}", advice.domain)
}

/// The name of the file that the calendar is saved as.
fn calendar_file(advice: &Advice) -> String {
    format!("mta-sts-{}-{}.ics", advice.plan.goal.as_str(), advice.domain)
}

fn standing(advice: &Advice) -> (State, &'static str) {
    match (&advice.policy, advice.live.state) {
        (PolicyAdvice::NotNeeded { .. }, LiveState::Nothing | LiveState::Unknown) => (State::Absent, "No mail here"),
        (_, LiveState::Unknown) => (State::Unknown, "Not known"),
        (_, LiveState::Nothing) => (State::Absent, "Not set up"),
        (_, LiveState::Broken) => (State::Bad, "Broken"),
        (_, LiveState::None) => (State::Absent, "Switched off"),
        (_, LiveState::Testing) => (State::Note, "Testing"),
        (_, LiveState::Enforce) if !advice.live.not_allowed.is_empty() => {
            // In the words of the check.
            if advice.live.not_allowed.len() == advice.live.mx.len() {
                (State::Bad, "Blocking mail")
            } else {
                (State::Warning, "At risk")
            }
        }
        (_, LiveState::Enforce) => (State::Good, "Enforced"),
    }
}

/// What is there now.
fn seen(advice: &Advice) -> Markup {
    let live = &advice.live;
    html! {
        @if let PolicyAdvice::NotNeeded { reason: NotNeeded::NoSuchDomain | NotNeeded::NoMx, .. } = advice.policy {
            p {
                "Check the spelling. Is the domain new, or will it get mail soon? "
                a href={ "/build?domain=" (advice.domain) "&from=nothing" } { "Plan ahead, without a lookup" } "."
            }
        } @else {
            dl.facts {
                dt { "Published now" } dd { (published(live)) }
                @if !live.mx.is_empty() {
                    dt { "Mail servers" }
                    dd {
                        (names(&live.mx))
                        @let runs: Vec<&str> = advice.providers.mail.iter().map(|provider| provider.name.as_str()).collect();
                        @if !runs.is_empty() { " (" (text::inline(&runs.join(", "))) ")" }
                        @let left_out = matches!(live.state, LiveState::Testing | LiveState::Enforce) && !live.not_allowed.is_empty();
                        @if left_out { ". The policy leaves out " (names(&live.not_allowed)) "." }
                    }
                }
                @if let (Some(asked), false) = (live.tlsrpt, matches!(advice.policy, PolicyAdvice::NotNeeded { .. })) {
                    dt { "Reports" }
                    dd { @if asked { "Senders are asked to report when encryption fails." } @else { "Senders are not asked for reports." } }
                }
            }
        }
    }
}

fn published(live: &Live) -> Markup {
    let remembered = html! {
        @if let Some(seconds) = live.max_age { ", which senders remember for " (duration(seconds)) }
    };
    html! {
        @match live.state {
            LiveState::Unknown => "It could not be looked up.",
            LiveState::Nothing => "Neither a record nor a policy.",
            LiveState::Broken => "Something, but senders find no policy that they can use.",
            LiveState::None => { "A policy that is switched off (mode none)" (remembered) "." }
            LiveState::Testing => { "A policy in testing mode" (remembered) "." }
            LiveState::Enforce => { "An enforced policy" (remembered) "." }
        }
    }
}

/// Host names in a sentence.
fn names(hosts: &[String]) -> Markup {
    html! {
        @for (index, host) in hosts.iter().take(NAMES).enumerate() {
            @if index > 0 { ", " }
            code { (text::inline(host)) }
        }
        @if hosts.len() > NAMES { " and " (hosts.len() - NAMES) " more" }
    }
}

/// Steps by their days, numbered through.
fn steps(steps: &[ScheduledStep], today: Date) -> Markup {
    html! {
        @for day in steps.chunk_by(|one, next| one.date == next.date) {
            @let date = day[0].date;
            @let first = steps.iter().take_while(|step| step.date < date).count() + 1;
            h4 { time datetime=(date) { (day_name(date, today)) } }
            ol.m-steps start=(first) {
                @for step in day {
                    li {
                        strong { (text::prose(&step.title)) }
                        @for sentence in &step.text { p { (text::prose(sentence)) } }
                        @for copyable in &step.copy { (to_paste(copyable)) }
                    }
                }
            }
        }
    }
}

/// `Today, 24 November 2026`, `8 December 2026, in 14 days`.
fn day_name(date: Date, today: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let iso = date.to_string();
    let mut parts = iso.rsplit('-');
    let mut number = || parts.next().and_then(|part| part.parse::<usize>().ok());
    let (day, month) = (number(), number());
    let month = month.and_then(|month| MONTHS.get(month.checked_sub(1)?));
    let written = match (day, month, parts.next()) {
        (Some(day), Some(month), Some(year)) => format!("{day} {month} {year}"),
        _ => iso,
    };
    match date.days_after(today) {
        0 => format!("Today, {written}"),
        1 => format!("Tomorrow, {written}"),
        days => format!("{written}, in {days} days"),
    }
}

fn policy(proposal: &PolicyProposal) -> Markup {
    let file = Copyable::new("Policy file".to_owned(), &proposal.text);
    html! {
        p { "The policy that fits the mail servers of today. It is served at " code { (text::inline(&proposal.url)) } ", and nowhere else." }
        (to_paste(&file))
        p { "Why these mail servers:" }
        ul { @for line in &proposal.lines { li { code { (text::inline(&line.pattern)) } " " (source(line)) } } }
        @for note in &proposal.notes { p.m-notice { (State::Warning.icon()) span { (text::prose(note)) } } }
    }
}

fn source(line: &MxLine) -> Markup {
    let name = line.provider.as_ref().map_or("The provider", |provider| provider.name.as_str());
    html! {
        @match line.source {
            LineSource::Documented => { "as " (text::inline(name)) " documents it" }
            LineSource::Seen => { "as other customers of " (text::inline(name)) " have it" }
            LineSource::Live => { "is the name of the mail server, and no more is known of it" }
        }
        @if !line.hosts.is_empty() && line.hosts != [line.pattern.as_str()] { ", for " (names(&line.hosts)) }
    }
}

fn record(record: &RecordAdvice) -> Markup {
    let (state, action) = match record.action {
        RecordAction::Add => (State::Note, "Add"),
        RecordAction::Replace => (State::Warning, "Replace what is there"),
        RecordAction::Keep => (State::Good, "Keep it as it is"),
        RecordAction::Check => (State::Unknown, "Look whether one is there, then add or replace"),
    };
    let host = Copyable::new("Host, as most consoles want it".to_owned(), &record.host);
    let value = Copyable::new(format!("Value of the {} record", record.kind), &record.value);
    html! {
        div.m-record data-name=(text::attribute(&record.name)) {
            h4 { (text::inline(&record.kind)) " record " code { (text::inline(&record.name)) } }
            p class=(state.class()) { (state.icon()) " " span.m-word { (action) } }
            p { (text::prose(&record.why)) }
            (to_paste(&host))
            (to_paste(&value))
        }
    }
}

fn delegated(delegation: &Delegation) -> Markup {
    html! {
        details.m-block data-key="delegation" {
            summary { span.m-title { strong { "Leave it to the mail provider" } } }
            div {
                p { (text::prose(&delegation.why)) }
                @for one in &delegation.records { (record(one)) }
            }
        }
    }
}

fn hosting(way: &Hosting) -> Markup {
    html! {
        details.m-block data-key={ "hosting " (way.id) } {
            summary { span.m-title { strong { (text::inline(&way.name)) } } }
            div {
                ol { @for step in &way.steps { li { (text::prose(step)) } } }
                @for file in &way.files {
                    @if file.content.is_empty() {
                        p { "An empty file: " code { (text::inline(&file.path)) } }
                    } @else {
                        (to_paste(&Copyable::new(file.path.clone(), &file.content)))
                    }
                }
                @if let Some(one) = &way.record { (record(one)) }
                @for trap in &way.traps { p.m-notice { (State::Warning.icon()) span { (text::prose(trap)) } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use mta_sts_core::Timestamp;

    use super::*;

    #[test]
    fn a_day_is_written_out_with_how_far_it_is() {
        let today = "2026-11-24T09:30:00Z".parse::<Timestamp>().expect("a time").date();
        let on = |days| day_name(today.plus_days(days), today);
        assert_eq!([on(0), on(1)], ["Today, 24 November 2026", "Tomorrow, 25 November 2026"]);
        assert_eq!([on(7), on(39)], ["1 December 2026, in 7 days", "2 January 2027, in 39 days"]);
    }
}
