//! Holds the pages to what is promised of them: every result can be shown, nothing from outside becomes markup, no page
//! needs more than the Content-Security-Policy allows, and the first page is small.

use std::collections::BTreeSet;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use mta_sts_core::api::problem::{Problem, TYPES};
use mta_sts_core::evaluate;
use mta_sts_core::lookup::Lookup;
use mta_sts_core::name::DomainName;
use mta_sts_core::plan::Plan;
use mta_sts_core::report::chain::{ChainLink, LinkState};
use mta_sts_core::report::link::Link;
use mta_sts_core::report::{Acceptance, Report, Verdict};
use mta_sts_core::rules::rule::Rule;
use mta_sts_core::rules::{self, Section, sections, title_of};
use mta_sts_core::scenario::{World, examples, rule_examples};
use mta_sts_view::{
    ExampleLink, Pinned, badge, check_page, form_page, home_page, not_found_page, problem, problem_page, result,
    rule_index_page, rule_page, site_pages,
};

fn report_of(world: &World) -> Report {
    let evidence = world.check();
    evaluate(&evidence, evidence.checked_at)
}

fn links() -> Vec<ExampleLink> {
    let link = |example: mta_sts_core::scenario::Example| ExampleLink {
        domain: example.domain.to_owned(),
        title: example.title.to_owned(),
        verdict: example.verdict,
    };
    examples().into_iter().map(link).collect()
}

fn mistyped() -> Problem {
    DomainName::parse("<b>someone@protected.example", |_| None).expect_err("a mail address").into()
}

fn pinned() -> Pinned {
    Pinned { address: "/widget/0.0.0/mta-sts-check.js".to_owned(), integrity: "sha384-".to_owned() }
}

/// Every page that there is.
fn pages() -> Vec<String> {
    let mut pages = vec![
        home_page(&links()),
        home_page(&[]),
        form_page("", None),
        form_page("\"><script>", Some(&mistyped())),
        not_found_page(),
    ];
    pages.extend(TYPES.iter().map(problem_page));
    pages.extend(examples().iter().map(|example| check_page(&report_of(&example.world))));
    pages.push(rule_index_page());
    pages.extend(site_pages(&pinned()).into_iter().map(|page| page.html));
    pages.extend(rule_pages().into_iter().map(|(_, page)| page));
    pages
}

/// The page of every rule.
fn rule_pages() -> Vec<(&'static Rule, String)> {
    let section = |rule: &Rule| -> &'static Section {
        sections().find(|section| section.rules.iter().any(|other| other.id == rule.id)).expect("a section")
    };
    rule_examples().iter().map(|example| (example.rule, rule_page(section(example.rule), example))).collect()
}

/// The tags of a page, without their brackets. Only maud's own markup holds an unescaped bracket.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or(rest))
}

/// What stands between two marks.
fn between<'h>(html: &'h str, start: &str, end: &str) -> &'h str {
    let (_, rest) = html.split_once(start).unwrap_or_else(|| panic!("no {start} in {html}"));
    rest.split_once(end).expect("its end").0
}

/// The names of a tag's attributes.
fn attributes(tag: &str) -> Vec<&str> {
    // Outside the quotes are names only.
    tag.split('"').step_by(2).flat_map(str::split_whitespace).map(|name| name.trim_end_matches('=')).skip(1).collect()
}

#[test]
fn every_worked_example_is_shown_whole() {
    for example in examples() {
        let report = report_of(&example.world);
        let page = check_page(&report);
        let headings = tags(&page).filter(|tag| *tag == "h1" || tag.starts_with("h1 ")).count();
        assert_eq!(headings, 1, "{}: one main heading", example.domain);
        assert!(page.contains("part=\"headline\" tabindex=\"-1\""), "{}: the headline takes the focus", example.domain);
        assert!(page.contains(&format!("/api/v1/check?domain={}", example.domain)), "{}: the JSON", example.domain);
        let shown = page.matches("part=\"finding\"").count();
        assert_eq!(shown, report.findings.len(), "{}: every finding once", example.domain);
        let bad = |class: &str| tags(&page).filter(|tag| tag.starts_with(class)).collect::<Vec<_>>();
        let errors = bad("details class=\"m-finding m-bad\"");
        assert_eq!(
            u32::try_from(errors.len()),
            Ok(report.counts.error),
            "{}: every error is a finding",
            example.domain
        );
        let worst =
            if errors.is_empty() { "<li class=\"m-warning\" data-link=" } else { "<li class=\"m-bad\" data-link=" };
        let links = page.split(worst).skip(1).filter(|rest| between(rest, ">", ">").starts_with("<details")).count();
        let opened = tags(&page).filter(|tag| tag.starts_with("details") && attributes(tag).contains(&"open")).count();
        assert_eq!(
            opened,
            2 * links,
            "{}: a link with the worst there is is open, and the first of it",
            example.domain
        );
    }
}

#[test]
fn every_verdict_has_its_own_words() {
    let verdicts = [
        Verdict::Enforced,
        Verdict::AtRisk,
        Verdict::Blocking,
        Verdict::Testing,
        Verdict::Disabled,
        Verdict::Broken,
        Verdict::Missing,
        Verdict::NotApplicable,
        Verdict::Inconclusive,
    ];
    let mut report = report_of(&World::protected("protected.example"));
    let home = home_page(&[]);
    let words = between(&home, "data-words=\"", "\"");
    let mut badges: Vec<String> = verdicts
        .iter()
        .map(|verdict| {
            report.verdict = *verdict;
            let html = result(&report, &[]);
            let badge = html.split("m-badge").nth(1).expect("a badge").split("</p>").next().expect("its end");
            assert!(badge.contains("<svg"), "{verdict:?} has a picture");
            let word = between(badge, "<span>", "</span>").to_owned();
            assert!(
                word.chars().all(|letter| letter.is_ascii_alphabetic() || letter == ' '),
                "{word:?} takes no escape"
            );
            let named = format!("{}={word}", between(&html, "data-verdict=\"", "\""));
            assert!(words.split("&amp;").any(|pair| pair == named), "{named} is not in {words}");
            word
        })
        .collect();
    badges.sort();
    badges.dedup();
    assert_eq!(badges.len(), verdicts.len(), "{badges:?}");
}

#[test]
fn what_a_script_knows_a_part_by_is_in_no_language() {
    let is_id = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let mut links = BTreeSet::new();
    for example in examples() {
        let page = check_page(&report_of(&example.world));
        for tag in tags(&page).filter(|tag| tag.starts_with("details")) {
            let key = between(tag, "data-key=\"", "\"");
            let (kind, rest) = key.split_once(' ').unwrap_or((key, ""));
            assert!(is_id(kind), "{key}");
            if kind == "step" {
                assert!(is_id(rest), "{key}");
                links.insert(rest.to_owned());
            }
        }
    }
    assert_eq!(links.len(), 7, "{links:?}");
}

#[test]
fn nothing_from_outside_becomes_markup() {
    let policy = "version: STSv1\nmode: <script>alert(1)</script>\nmx: \"><img src=x onerror=alert(1)>\nmx: a\u{202e}b.example\u{200b}\nmax_age: 1\n";
    let announce = "v=STSv1; id=<svg/onload=alert(1)>\u{2066};";
    let world = World::protected("protected.example").policy(policy).announce(announce);
    let html = check_page(&report_of(&world));
    assert!(tags(&html).all(|tag| !tag.starts_with("img") && !tag.starts_with("svg/")), "{html}");
    assert_eq!(html.matches("<script").count(), 1, "only the page's own");
    assert!(html.contains("&lt;script&gt;"), "the policy is shown as it stands");
    let hidden = |character: char| matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}');
    let visible: String = html.chars().filter(|character| hidden(*character)).collect();
    assert_eq!(visible, "", "no hidden character is left");
    assert!(html.contains("<span class=\"odd\">U+202E</span>"), "they are named");
}

#[test]
fn a_badge_says_its_verdict_to_everyone_and_holds_nothing_else() {
    let mut report = report_of(&World::protected("protected.example"));
    let shown = badge(&report);
    assert!(shown.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""), "{shown}");
    let name = between(&shown, " height=\"20\" role=\"img\" aria-label=\"", "\"><title>");
    let (before, word) = name.split_once("protected.example").expect("the domain");
    assert!(!before.is_empty() && word.contains(char::is_alphabetic), "{name}");
    assert_eq!(between(&shown, "<title>", "</title>"), report.headline);
    assert_eq!(shown.matches("</text>").count(), 2, "whose verdict, and which: {shown}");
    assert!(shown.len() < 1200, "{} bytes", shown.len());
    report.headline = "</title><script>alert(1)</script>]]>&\u{202e}\u{1b}[31m\0\u{ffff}".to_owned();
    let hostile = badge(&report);
    assert_eq!(
        tags(&hostile).map(|tag| tag.split(' ').next()).collect::<Vec<_>>(),
        tags(&shown).map(|tag| tag.split(' ').next()).collect::<Vec<_>>()
    );
    let title = "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;]]&gt;&amp;U+202EU+001B[31mU+0000U+FFFF</title>";
    assert!(hostile.contains(title), "{hostile}");
}

#[test]
fn a_long_policy_is_cut() {
    let policy = format!("version: STSv1\nmode: enforce\n{}max_age: 604800\n", "mx: mx1.mail-host.net\n".repeat(2_000));
    let html = check_page(&report_of(&World::protected("protected.example").policy(&policy)));
    let file = html.split("<ol class=\"m-file\"").nth(1).expect("the policy file");
    let (lines, rest) = file.split_once("</ol>").expect("its end");
    let left = 2_003 - lines.matches("<li>").count();
    let more = between(rest, "<p class=\"m-more\">", "</p>");
    assert!(more.contains(&left.to_string()), "the rest is counted: {more}");
    assert!(html.len() < 200_000, "{} bytes", html.len());
}

#[test]
fn faults_are_marked_where_they_stand() {
    let world = World::protected("protected.example")
        .policy("version: STSv1\nmode: Enforce\nmx: mx1.mail-host.net\nmax_age: 604800\n");
    let html = check_page(&report_of(&world));
    let file = html.split("m-file").nth(1).expect("the policy file").split("</ol>").next().expect("its end");
    assert_eq!(file.matches("<li>").count(), 4);
    let marked = file.split("<mark class=\"m-bad\"").nth(1).expect("a mark");
    assert!(marked.split("</mark>").next().is_some_and(|mark| mark.ends_with(">Enforce")), "{file}");
}

#[test]
fn it_says_which_senders_would_accept_the_policy() {
    let world = World::protected("protected.example").fetch_takes(3_000);
    let report = report_of(&world);
    let html = check_page(&report);
    let table =
        html.split("data-key=\"senders\"").nth(1).expect("the senders").split("</details>").next().expect("its end");
    assert_eq!(table.matches("<th scope=\"row\">").count(), report.senders.len());
    assert_eq!(table.matches("m-bad").count(), 1, "{table}");
    let mut refusing = report.senders.iter().filter(|sender| sender.verdict == Acceptance::Unusable);
    let (Some(tlspol), None) = (refusing.next(), refusing.next()) else { panic!("{:?}", report.senders) };
    assert_eq!(tlspol.name, "postfix-tlspol");
    let row = between(table, &tlspol.name, "</tr>");
    assert!(row.contains(&tlspol.why), "{row}");
    let nothing = check_page(&report_of(&World::new("nothing.example")));
    assert!(!nothing.contains("data-key=\"senders\""), "nothing to accept");
}

/// How a link of the chain stands on the page: its class, picture, name and line.
fn standing_of(html: &str, link: Link) -> String {
    let chain = html.split("<ol class=\"m-chain\"").nth(1).expect("a chain");
    let mark = format!("data-link=\"{}\"", link.as_str());
    let (before, after) = chain.split_once(&mark).expect("the link");
    let start = before.rfind("<li").expect("its start");
    let end = ["</summary>", "</div>"].into_iter().filter_map(|end| after.find(end)).min().expect("its end");
    format!("{}{mark}{}", &before[start..], &after[..end])
}

/// A link as the report has it.
fn link_of(report: &Report, link: Link) -> &ChainLink {
    report.chain.iter().find(|one| one.link == link).expect("the link")
}

/// The text of a piece of a page, without its tags.
fn text_of(html: &str) -> String {
    html.split('<').map(|rest| rest.split_once('>').map_or(rest, |(_, text)| text)).collect()
}

/// A sentence of a report as `text_of` finds it on a page.
fn shown(sentence: &str) -> String {
    sentence.replace('`', "").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[test]
fn every_link_of_the_chain_is_shown_with_what_the_report_says_of_it() {
    for example in examples() {
        let report = report_of(&example.world);
        let html = result(&report, &[]);
        assert_eq!(html.matches(" data-link=\"").count(), report.chain.len(), "{}", example.domain);
        for one in &report.chain {
            let standing = standing_of(&html, one.link);
            let classes: &[&str] = match one.state {
                LinkState::Good => &["m-good"],
                LinkState::Note => &["m-note", "m-absent"],
                LinkState::Warning => &["m-warning"],
                LinkState::Problem => &["m-bad"],
                LinkState::Unknown => &["m-unknown"],
                LinkState::Pending => &["m-waiting"],
            };
            assert!(classes.iter().any(|class| standing.contains(class)), "{}: {standing}", example.domain);
            assert!(text_of(&standing).contains(&shown(&one.summary)), "{}: {standing}", example.domain);
        }
    }
}

#[test]
fn a_change_is_told_at_the_link_of_the_chain_that_it_is_about() {
    let now = || World::protected("protected.example");
    let line = |world: &World, link: Link| standing_of(&result(&report_of(world), &[]), link);
    let title = |id: &str| rules::all().find(|rule| rule.id == id).map(title_of).expect("a rule");
    let longer = mta_sts_core::scenario::ENFORCE.replace("2592000", "5184000");
    let same_id = line(&now().seen(3, &now().policy(&longer)), Link::Record);
    assert!(same_id.contains(title("history-policy-changed-id-same")), "{same_id}");
    let gone = || now().status(404, "");
    let now_and_then = now().seen(9, &now()).seen(7, &gone()).seen(5, &now()).seen(3, &gone());
    let file = line(&now_and_then, Link::PolicyFile);
    assert!(file.contains(title("history-policy-flapping")), "{file}");
    let moved = now().seen(3, &now().mx(30, "mx3.mail-host.net"));
    let servers = line(&moved, Link::MailServers);
    assert!(servers.contains("m-good"), "what is only worth knowing takes nothing from what is in order: {servers}");
}

#[test]
fn what_is_wrong_with_the_policy_host_stands_at_the_link_that_it_is_about() {
    let standing = |report: &Report, link: Link| standing_of(&result(report, &[]), link);
    let now = || World::protected("protected.example");
    let well = report_of(&now());
    for link in [Link::PolicyHost, Link::Certificate, Link::PolicyFile] {
        assert!(standing(&well, link).contains("m-good"), "{link:?}");
    }
    let missing_file = report_of(&now().status(404, ""));
    assert!(standing(&missing_file, Link::PolicyHost).contains("m-good"), "the host does what it can");
    assert!(standing(&missing_file, Link::Certificate).contains("m-good"));
    assert!(standing(&missing_file, Link::PolicyFile).contains("m-bad"));
    let certificate = examples().into_iter().find(|example| example.domain == "wildcard-certificate.example");
    let certificate = report_of(&certificate.expect("a worked example").world);
    assert!(standing(&certificate, Link::Certificate).contains("m-bad"));
    assert!(standing(&certificate, Link::PolicyHost).contains("m-good"), "it can be reached");
    let lines = [&well, &missing_file, &certificate].map(|report| &link_of(report, Link::PolicyHost).summary);
    assert_eq!(BTreeSet::from(lines).len(), lines.len(), "each says how far the host went: {lines:?}");
    let refused = report_of(&now().fetch_fails(mta_sts_core::evidence::Cause::Connection));
    assert!(standing(&refused, Link::PolicyHost).contains("m-bad"));
    assert_eq!(link_of(&refused, Link::Certificate).state, LinkState::Unknown, "nobody got so far");
    assert!(standing(&refused, Link::Certificate).contains("m-unknown"), "nobody got so far");
    assert!(standing(&report_of(&World::new("nothing.example")), Link::Certificate).contains("m-absent"));
}

#[test]
fn no_page_needs_an_inline_style_or_script() {
    for page in pages() {
        for tag in tags(&page) {
            let forbidden = attributes(tag).into_iter().find(|name| *name == "style" || name.starts_with("on"));
            assert_eq!(forbidden, None, "<{tag}>");
            assert!(!tag.starts_with("style"), "<{tag}>");
        }
        for script in tags(&page).filter(|tag| tag.starts_with("script")) {
            let is_ours = script.starts_with("script type=\"module\" src=\"/") && script.ends_with(".js\"");
            assert!(is_ours, "<{script}>");
        }
    }
}

#[test]
fn while_lookups_run_the_result_says_so() {
    let domain = DomainName::from_ascii("protected.example").expect("a domain");
    let evidence = World::protected("protected.example").check();
    let mut plan = Plan::new(domain, evidence.checked_at);
    let pending = plan.next_lookups();
    let report = evaluate(plan.evidence(), evidence.checked_at);
    let html = result(&report, &pending);
    assert!(html.contains("aria-busy=\"true\"") && html.contains("role=\"status\""), "{html}");
    let status = |pending: &[Lookup]| text_of(between(&result(&report, pending), "role=\"status\">", "</p>"));
    let (whole, last) = (status(&pending), status(&pending[..1]));
    assert!(last.len() < whole.len(), "it names what is still to come: {last:?}, {whole:?}");
    assert!(standing_of(&html, Link::Record).contains("m-waiting"), "{html}");
    for one in &report.chain {
        let standing = standing_of(&html, one.link);
        assert_eq!(standing.contains("m-waiting"), one.state == LinkState::Pending, "{standing}");
        assert!(!standing.contains("m-absent"), "nothing is said to be absent before it is looked up: {standing}");
    }
    let done = result(&report_of(&World::protected("protected.example")), &[]);
    assert!(done.contains("aria-busy=\"false\"") && !done.contains("role=\"status\""), "{done}");
}

#[test]
fn a_problem_keeps_what_was_typed_and_links_to_what_was_meant() {
    let page = form_page("someone@protected.example", Some(&mistyped()));
    assert!(page.contains("value=\"someone@protected.example\""), "{page}");
    assert!(page.contains("href=\"/check?domain=protected.example\""), "{page}");
    assert!(page.contains("aria-invalid=\"true\""), "{page}");
    assert!(problem(&mistyped()).contains("role=\"alert\""));
}

#[test]
fn every_rule_has_a_page_with_its_four_parts_and_an_example() {
    let pages = rule_pages();
    let index = rule_index_page();
    assert_eq!(pages.len(), rules::all().count(), "a page for every rule");
    let (mut titles, mut parts) = (Vec::new(), None);
    for ((rule, page), example) in pages.iter().zip(rule_examples()) {
        assert!(index.contains(&format!("href=\"{}\"", rule.path())), "{} is not in the index", rule.id);
        assert!(page.contains(&format!("rel=\"canonical\" href=\"/rules/{}\"", rule.id)), "{}", rule.id);
        let headings: Vec<&str> =
            page.split("<h2>").skip(1).map(|rest| rest.split("</h2>").next().expect("its end")).collect();
        assert_eq!(headings.len(), 5, "{}: four parts and the references", rule.id);
        assert_eq!(headings, *parts.get_or_insert(headings.clone()), "{}: the same parts for every rule", rule.id);
        let section = page.split("<h2>").nth(4).expect("an example");
        let lists = [&example.history, &example.dns].into_iter().chain(example.policies.iter().map(|one| &one.lines));
        let lists = lists.filter(|lines| !lines.is_empty()).count();
        assert!(!example.dns.is_empty(), "{}: what is in the DNS", rule.id);
        assert_eq!(section.matches("<pre class=\"m-lines\"").count(), lists, "{}: {section}", rule.id);
        let says = section.split("<div class=\"m-problem ").nth(1).expect("what the check says");
        assert!(text_of(says).contains(&shown(&example.finding.title)), "{}: {says}", rule.id);
        assert!(page.contains(&format!("href=\"{}\"", rule.source.reference().url)), "{}: its reference", rule.id);
        titles.push(title_of(rule));
    }
    titles.sort_unstable();
    let twice: Vec<&&str> = titles.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
    assert!(twice.is_empty(), "titles of two pages: {twice:?}");
}

#[test]
fn a_finding_leads_to_the_page_of_its_rule() {
    let report = report_of(&World::protected("protected.example").announce("v=STSv1; id=a-b;"));
    let html = result(&report, &[]);
    for finding in &report.findings {
        assert!(html.contains(&format!("href=\"/rules/{}\"", finding.rule)), "{}", finding.rule);
    }
    assert!(rules::all().any(|rule| rule.path() == "/rules/record-id-invalid"), "the address is the rule's");
}

#[test]
fn the_first_page_and_those_of_the_rules_are_small() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/");
    let file = |name: &str| std::fs::read(format!("{folder}{name}")).expect(name);
    let shared = ["site.css", "site.js", "favicon.svg"].map(file);
    let sizes: Vec<usize> = shared.iter().map(|part| gzip_size(part)).collect();
    let mut pages = vec![home_page(&links()), rule_index_page()];
    pages.extend(rule_pages().into_iter().map(|(_, page)| page));
    for page in pages {
        let size = gzip_size(page.as_bytes());
        let title = page.split("</title>").next().and_then(|head| head.rsplit('>').next());
        assert!(sizes.iter().sum::<usize>() + size < 20 * 1024, "{title:?}: {size} with {sizes:?}");
    }
    assert!(shared[0].len() <= 16 * 1024, "the stylesheet has {} bytes", shared[0].len());
}

fn gzip_size(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("to memory");
    encoder.finish().expect("to memory").len()
}

#[test]
fn what_could_not_be_looked_up_is_never_called_absent() {
    for domain in ["bogus.example", "unreachable.example"] {
        let example = examples().into_iter().find(|example| example.domain == domain).expect("a worked example");
        let html = result(&report_of(&example.world), &[]);
        for link in [Link::Record, Link::PolicyHost, Link::MailServers, Link::Reports, Link::Dnssec] {
            let standing = standing_of(&html, link);
            assert!(!standing.contains("m-absent"), "{domain}: only a file may be absent: {standing}");
        }
    }
}
