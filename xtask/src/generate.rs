//! Files that are made from Rust: worked examples and TypeScript declarations. They are kept in the repository, since
//! people read and link to them; `--check` says which are stale.

use std::fs;

use anyhow::{Result, bail};
use mta_sts_core::scenario::examples;
use mta_sts_core::typescript;
use mta_sts_view::ExampleLink;
use serde_json::json;

use crate::tool::root;
use crate::tree::Tree;

const DECLARATIONS: &str = "crates/web/src/types.d.ts";

/// Holds nothing but files that are made here.
const EXAMPLES: &str = "www/examples";

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

/// Files of examples that are no more.
fn left_over(files: &[(String, String)]) -> Result<Vec<String>> {
    let folder = root().join(EXAMPLES);
    let there = if folder.exists() { Tree::read(&folder)? } else { Tree::default() };
    let paths = there.paths().map(|path| format!("{EXAMPLES}/{path}"));
    Ok(paths.filter(|path| !files.iter().any(|(made, _)| made == path)).collect())
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
        files.push((format!("{EXAMPLES}/{}.json", example.domain), evidence));
        index.push(json!({ "domain": example.domain, "title": example.title, "verdict": example.verdict }));
    }
    files.push((format!("{EXAMPLES}/index.json"), serde_json::to_string_pretty(&index)? + "\n"));
    Ok(files)
}
