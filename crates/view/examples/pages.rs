//! Writes the pages into a folder, to look at them: `cargo run -p mta-sts-view --example pages -- FOLDER`.

use std::path::PathBuf;
use std::{env, fs, io};

use mta_sts_core::Timestamp;
use mta_sts_core::api::problem::{Problem, TYPES};
use mta_sts_core::evaluate;
use mta_sts_core::name::DomainName;
use mta_sts_core::plan::Plan;
use mta_sts_core::scenario::examples;
use mta_sts_view::{ExampleLink, check_page, form_page, home_page, not_found_page, problem_page};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).expect("a folder to write to"));
    fs::create_dir_all(&folder)?;
    // From a file's address the site's own would lead to the root of the disk.
    let write = |name: &str, page: String| {
        let page = page.replace("\"/site.", "\"site.").replace("\"/favicon", "\"favicon");
        fs::write(folder.join(format!("{name}.html")), page)
    };
    let links: Vec<ExampleLink> = examples()
        .iter()
        .map(|example| ExampleLink {
            domain: example.domain.to_owned(),
            title: example.title.to_owned(),
            verdict: example.verdict,
        })
        .collect();
    write("home", home_page(&links))?;
    for example in examples() {
        let evidence = example.world.check();
        write(example.domain, check_page(&evaluate(&evidence, evidence.checked_at)))?;
    }
    let domain = DomainName::from_ascii("waiting.example").expect("a domain");
    let mut plan = Plan::new(domain, Timestamp::UNIX_EPOCH);
    let pending = plan.next_lookups();
    let report = evaluate(plan.evidence(), Timestamp::UNIX_EPOCH);
    let page = check_page(&report);
    let start = page.find("<section class=\"m-result\"").expect("a result");
    let end = page.rfind("</section>").expect("its end") + "</section>".len();
    write("waiting", format!("{}{}{}", &page[..start], mta_sts_view::result(&report, &pending), &page[end..]))?;
    let typed = "someone@protected.example";
    let problem: Problem = DomainName::parse(typed, |_| None).expect_err("a mail address").into();
    write("form", form_page(typed, Some(&problem)))?;
    write("not-found", not_found_page())?;
    write("problem-type", problem_page(&TYPES[0]))
}
