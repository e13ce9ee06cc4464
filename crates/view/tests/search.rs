//! Holds what pages say of themselves to search engines and in link previews: each has a title and a description of its own.

use std::collections::BTreeMap;

use mta_sts_core::api::problem::TYPES;
use mta_sts_core::evaluate;
use mta_sts_core::rules::rule::Rule;
use mta_sts_core::rules::{Section, sections};
use mta_sts_core::scenario::{examples, rule_examples};
use mta_sts_view::api::ApiDocument;
use mta_sts_view::{
    Pinned, api_page, check_page, home_page, not_found_page, problem_page, rule_index_page, rule_page, site_pages,
};

/// Every page that search engines are welcome to, but for the results.
fn pages() -> Vec<String> {
    let section = |rule: &Rule| -> &'static Section {
        sections().find(|section| section.rules.iter().any(|other| other.id == rule.id)).expect("a section")
    };
    let mut pages = vec![home_page(&[]), rule_index_page(), api_page(&ApiDocument::default())];
    pages.extend(site_pages(&Pinned::default()).into_iter().map(|page| page.html));
    pages.extend(rule_examples().iter().map(|example| rule_page(section(example.rule), example)));
    pages.extend(TYPES.iter().map(problem_page));
    pages
}

/// The results of the worked examples.
fn results() -> Vec<String> {
    let result = |example: mta_sts_core::scenario::Example| {
        let evidence = example.world.check();
        check_page(&evaluate(&evidence, evidence.checked_at))
    };
    examples().into_iter().map(result).collect()
}

/// What stands between two marks.
fn between<'h>(html: &'h str, start: &str, end: &str) -> &'h str {
    let (_, rest) = html.split_once(start).unwrap_or_else(|| panic!("no {start} in {html}"));
    rest.split_once(end).expect("its end").0
}

fn title(html: &str) -> &str {
    between(html, "<title>", "</title>")
}

fn description(html: &str) -> &str {
    between(html, "<meta name=\"description\" content=\"", "\"")
}

#[test]
fn no_two_pages_have_one_title_or_one_description() {
    let (mut titles, mut descriptions) = (BTreeMap::new(), BTreeMap::new());
    let pages = pages();
    for page in &pages {
        assert!(!page.contains("noindex"), "{}", title(page));
        let before = titles.insert(title(page), description(page));
        assert_eq!(before, None, "{} is the title of two pages", title(page));
        let before = descriptions.insert(description(page), title(page));
        assert_eq!(before, None, "{} is the description of two pages", description(page));
    }
    for result in &results() {
        let before = titles.insert(title(result), "");
        assert_eq!(before, None, "{} is the title of two pages", title(result));
    }
}

#[test]
fn titles_and_descriptions_say_something_and_end() {
    for page in pages().iter().chain(&results()) {
        let (title, description) = (title(page).chars().count(), description(page).chars().count());
        assert!((3..=110).contains(&title), "{title}: {page}");
        assert!((20..=500).contains(&description), "{description}: {page}");
        assert!(!page.contains("name=\"description\" content=\"\""), "{page}");
    }
}

#[test]
fn what_is_made_once_has_an_address_and_what_is_made_for_a_domain_has_not() {
    for page in pages() {
        assert!(page.contains("<link rel=\"canonical\" href=\"/"), "{}: the build makes it whole", title(&page));
    }
    for page in results().iter().chain([&not_found_page()]) {
        assert!(!page.contains("canonical"), "{}: the Worker does not know where it is", title(page));
    }
}
