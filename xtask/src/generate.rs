//! Files that are made from Rust: worked examples and TypeScript declarations. They are kept in the repository, since
//! people read and link to them; `--check` says which are stale.

use std::fs;

use anyhow::{Result, bail};
use mta_sts_core::scenario::examples;
use mta_sts_core::typescript;
use mta_sts_view::ExampleLink;
use serde_json::json;

use crate::tool::root;

const DECLARATIONS: &str = "crates/web/src/types.d.ts";

/// Writes every file.
pub(crate) fn write() -> Result<()> {
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
    let stale: Vec<String> = files()?.into_iter().filter(is_stale).map(|(path, _)| path).collect();
    if !stale.is_empty() {
        bail!("Stale: {}. Run `cargo xtask generate`.", stale.join(", "));
    }
    Ok(())
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
    let mut files = vec![(DECLARATIONS.to_owned(), typescript::declarations())];
    let mut index = Vec::new();
    for example in examples() {
        let evidence = serde_json::to_string_pretty(&example.world.check())? + "\n";
        files.push((format!("www/examples/{}.json", example.domain), evidence));
        index.push(json!({ "domain": example.domain, "title": example.title, "verdict": example.verdict }));
    }
    files.push(("www/examples/index.json".to_owned(), serde_json::to_string_pretty(&index)? + "\n"));
    Ok(files)
}
