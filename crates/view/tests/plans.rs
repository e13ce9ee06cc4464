//! Holds the plans to what is promised of them: each can be shown for every goal, every text of it to copy is there, and
//! nothing from outside becomes markup.

use mta_sts_core::Timestamp;
use mta_sts_core::advice::{Advice, Goal, GoalName, LiveState, MoveTo, PolicyAdvice, advise, advise_ahead};
use mta_sts_core::api::problem::Problem;
use mta_sts_core::name::DomainName;
use mta_sts_core::scenario::{CHECKED_AT, World, examples};
use mta_sts_view::{Pinned, plan, plan_problem, plan_title, site_pages};

fn now() -> Timestamp {
    CHECKED_AT.parse().expect("a time")
}

fn goals() -> [Goal; 4] {
    [
        Goal::RollOut,
        Goal::Removal { longest_max_age: None },
        Goal::Removal { longest_max_age: Some(7_776_000) },
        Goal::Move(MoveTo::typed("mx1.new-host.net mx2.new-host.net").expect("two hosts")),
    ]
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Fails unless the whole of the advice is shown.
fn assert_whole(advice: &Advice, html: &str) {
    let shows = |text: &str| assert!(html.contains(&escaped(text)), "{}: {text} is not in\n{html}", advice.domain);
    let heading = format!("data-focus>{}</h2>", escaped(&plan_title(advice)));
    assert!(html.contains(&heading), "{}: {heading} is not in\n{html}", advice.domain);
    for step in &advice.plan.steps {
        assert!(html.contains(&format!("<time datetime=\"{}\"", step.date)), "{}: {}", advice.domain, step.date);
        shows(&step.title);
        for copy in &step.copy {
            shows(&copy.text);
        }
    }
    let is_known = advice.live.state != LiveState::Unknown;
    if !is_known {
        assert!(!html.contains("data-copy"), "{}: what is there might be better than any text", advice.domain);
    } else if let (GoalName::RollOut, PolicyAdvice::Serve(proposal)) = (advice.plan.goal, &advice.policy) {
        shows(&proposal.url);
        shows(&proposal.text);
        for record in &advice.records {
            shows(&record.name);
            shows(&record.value);
        }
        for way in &advice.hosting {
            shows(&way.name);
            for file in &way.files {
                shows(&file.path);
                shows(&file.content);
            }
            for sentence in way.steps.iter().chain(&way.traps) {
                shows(sentence);
            }
        }
    }
    assert_eq!(html.contains("data-calendar="), !advice.plan.calendar.is_empty(), "{}", advice.domain);
}

#[test]
fn every_worked_example_has_its_plans_shown_whole() {
    for example in examples() {
        let evidence = example.world.check();
        for goal in goals() {
            let advice = advise(&evidence, now(), &goal);
            let html = plan(&advice, false);
            assert_whole(&advice, &html);
            assert_eq!(html.matches("<h2").count(), 1, "{}: one heading", example.domain);
            assert!(!html.contains(" style=") && !html.contains("<script"), "{html}");
            let figures = html.matches("<figure").count();
            assert_eq!(html.matches("data-copy").count(), figures, "each text to paste has its button");
        }
    }
}

#[test]
fn a_removal_or_a_move_shows_no_policy_to_roll_out() {
    let evidence = World::protected("protected.example").check();
    for goal in goals().into_iter().skip(1) {
        let html = plan(&advise(&evidence, now(), &goal), false);
        assert!(!html.contains("id=\"serve\"") && html.contains("<ol class=\"m-steps\""), "{goal:?}: {html}");
    }
}

#[test]
fn steps_are_numbered_through_their_days() {
    let html =
        plan(&advise(&World::new("shop.example").mx(10, "mail.shop.example").check(), now(), &Goal::RollOut), false);
    let mut next = 1;
    for list in html.split("<ol class=\"m-steps\" start=\"").skip(1) {
        let (start, rest) = list.split_once('"').expect("a number");
        assert_eq!(start, next.to_string());
        next += rest.split("</ol>").next().map_or(0, |steps| steps.matches("<li>").count());
    }
    assert!(next > 6, "{next}");
    assert!(html.contains("<time datetime=\"2026-11-24\">"), "{html}");
}

#[test]
fn what_was_not_looked_up_is_not_said_to_have_been_seen() {
    let domain = DomainName::from_ascii("new-shop.com").expect("a domain");
    for provider in MoveTo::providers() {
        let advice = advise_ahead(domain.clone(), now(), &MoveTo::parse(&provider.id).expect("a provider"));
        let html = plan(&advice, true);
        assert_whole(&advice, &html);
        assert!(html.contains("<p data-ahead>") && !html.contains("<dl class=\"facts\""), "{html}");
    }
    let seen = advise(&World::protected("protected.example").check(), now(), &Goal::RollOut);
    let seen = plan(&seen, false);
    assert!(
        !seen.contains("data-ahead") && seen.contains("<dl class=\"facts\"") && seen.contains("id=\"serve\""),
        "{seen}"
    );
}

#[test]
fn a_domain_that_is_not_there_can_be_planned_ahead() {
    let html = plan(&advise(&World::new("shop.example").nonexistent().check(), now(), &Goal::RollOut), false);
    assert!(html.contains("href=\"/build?domain=shop.example&amp;from=nothing\""), "{html}");
    let null = plan(&advise(&World::new("shop.example").mx(0, "").check(), now(), &Goal::RollOut), false);
    assert!(!null.contains("from=nothing"), "a domain that refuses mail says so on purpose: {null}");
}

#[test]
fn text_from_outside_is_text() {
    let hostile = "<script>alert(1)</script>\u{202e}.net";
    let world = World::new("shop.example").mx(10, hostile).mx(20, "mail.shop.example");
    for goal in goals() {
        let html = plan(&advise(&world.check(), now(), &goal), false);
        assert!(!html.contains("<script") && !html.contains('\u{202e}'), "{html}");
    }
}

#[test]
fn a_problem_leads_to_the_plan_of_the_domain_that_was_meant() {
    let problem: Problem = DomainName::parse("sam@shop.com", |_| None).expect_err("a mail address").into();
    assert!(plan_problem(&problem).contains("href=\"/build?domain=shop.com\""));
}

#[test]
fn the_page_offers_every_provider_and_asks_one_question_at_first() {
    let page =
        site_pages(&Pinned::default()).into_iter().find(|page| page.file == "build.html").expect("the page").html;
    for provider in MoveTo::providers() {
        let option = format!("<option value=\"{}\">{}</option>", provider.id, provider.name);
        assert_eq!(page.matches(&option).count(), 2, "{option}");
    }
    for part in page.split("data-when=\"").skip(1) {
        let (when, rest) = part.split_once('"').expect("a condition");
        let hidden = rest.starts_with(" hidden");
        assert_eq!(hidden, when != "goal=roll-out", "{when}: only what the first answer asks is shown");
    }
}
