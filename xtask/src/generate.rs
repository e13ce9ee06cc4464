//! Files that are made from Rust: the pages of the rules, worked examples, TypeScript declarations and the API's description.
//! They are kept in the repository, in a folder of their own, since people read and link to them; `--check` says which are
//! stale.

use std::fs;

use anyhow::{Context, Result, bail};
use mta_sts_core::api::DESCRIPTION_FILE;
use mta_sts_core::api::catalogue;
use mta_sts_core::api::problem;
use mta_sts_core::api::types;
use mta_sts_core::rules::rule::Rule;
use mta_sts_core::rules::{CATALOGUE_FILE, Section, sections};
use mta_sts_core::scenario::{examples, rule_examples};
use mta_sts_view::ExampleLink;
use serde_json::json;

use crate::openapi;
use crate::report_examples;
use crate::tool::root;
use crate::tree::Tree;

/// Holds nothing but what is made here, and a note that says so.
const FOLDER: &str = "generated";
const NOTE: &str = "generated/README.md";

/// What of it the site has, at the same paths.
pub(crate) const SITE: &str = "generated/site";

const DECLARATIONS: &str = "generated/types.d.ts";

/// Worked examples, as saved evidence.
const EXAMPLES: &str = "generated/site/examples";

/// The pages of the rules.
const RULES: &str = "generated/site/rules";

/// The pages that a problem's `type` leads to.
const PROBLEMS: &str = "generated/site/problems";

/// Writes every file, and removes what an earlier run made and this one would not.
pub(crate) fn write() -> Result<()> {
    for path in left_over(&files()?)? {
        fs::remove_file(root().join(path))?;
    }
    for (path, text) in files()? {
        let path = root().join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder"))?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// Fails where a file is not what would be written.
pub(crate) fn check() -> Result<()> {
    let is_stale = |(path, text): &(String, String)| fs::read_to_string(root().join(path)).ok().as_ref() != Some(text);
    let files = files()?;
    let mut stale = left_over(&files)?;
    stale.extend(files.into_iter().filter(is_stale).map(|(path, _)| path));
    if !stale.is_empty() {
        bail!("Stale: {}. Run `cargo xtask generate`.", stale.join(", "));
    }
    Ok(())
}

/// Files that an earlier run made and this one would not.
fn left_over(files: &[(String, String)]) -> Result<Vec<String>> {
    let folder = root().join(FOLDER);
    let there = if folder.exists() { Tree::read(&folder)? } else { Tree::default() };
    let paths = there.paths().map(|path| format!("{FOLDER}/{path}"));
    Ok(paths.filter(|path| path != NOTE && !files.iter().any(|(made, _)| made == path)).collect())
}

/// The worked examples, for the home page.
pub(crate) fn example_links() -> Vec<ExampleLink> {
    let link = |example: mta_sts_core::scenario::Example| ExampleLink {
        domain: example.domain.to_owned(),
        title: example.title.to_owned(),
        verdict: example.verdict,
    };
    examples().into_iter().map(link).collect()
}

/// Each file's path from the root, and its text.
fn files() -> Result<Vec<(String, String)>> {
    let mut files = vec![(DECLARATIONS.to_owned(), types::declarations())];
    let mut index = Vec::new();
    for example in examples() {
        let evidence = serde_json::to_string_pretty(&example.world.check())? + "\n";
        files.push((format!("{EXAMPLES}/{}.json", example.domain), evidence));
        index.push(json!({ "domain": example.domain, "title": example.title, "verdict": example.verdict }));
    }
    for (name, text) in report_examples::files()? {
        files.push((format!("{EXAMPLES}/reports/{name}"), text));
    }
    files.push((format!("{EXAMPLES}/index.json"), serde_json::to_string_pretty(&index)? + "\n"));
    files.push((format!("{RULES}/index.html"), in_lines(&mta_sts_view::rule_index_page())));
    files.push((format!("{SITE}{CATALOGUE_FILE}"), serde_json::to_string(&catalogue::entries())? + "\n"));
    let description = serde_json::to_string_pretty(&openapi::document()?)? + "\n";
    files.push((format!("{SITE}{DESCRIPTION_FILE}"), description));
    for kind in &problem::TYPES {
        files.push((format!("{PROBLEMS}/{}.html", kind.id), in_lines(&mta_sts_view::problem_page(kind))));
    }
    for example in rule_examples() {
        let page = mta_sts_view::rule_page(section_of(example.rule)?, &example);
        files.push((format!("{RULES}/{}.html", example.rule.id), in_lines(&page)));
    }
    Ok(files)
}

/// A page in lines, so that a change of it can be read; a space is nothing where these stand.
fn in_lines(page: &str) -> String {
    let breaks = [
        "<title", "<meta", "<link", "<script", "<body", "<main", "<nav", "<section", "<h1", "<h2", "<li", "<figure",
        "<footer",
    ];
    breaks.iter().fold(page.to_owned(), |page, tag| page.replace(tag, &format!("\n{tag}"))) + "\n"
}

fn section_of(rule: &Rule) -> Result<&'static Section> {
    let has = |section: &&Section| section.rules.iter().any(|other| other.id == rule.id);
    sections().find(has).with_context(|| format!("{} is in no section", rule.id))
}
