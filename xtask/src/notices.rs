//! The notices of others' code that is shipped: who wrote it, and on what terms it may be passed on.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::place::Place;
use crate::tool::{WASM, command, output};

/// The file, in the site and in the package.
pub(crate) const FILE: &str = "third-party.txt";

/// The crates that are shipped, with all that they are made from.
const SHIPPED: [&str; 2] = ["mta-sts-edge", "mta-sts-web"];

const HEAD: &str = "\
Code of others that is in the WebAssembly and the scripts of mta-sts-check, and the terms on which it is passed on.
mta-sts-check itself is licensed under MIT or Apache-2.0, at your choice.

The Rust standard library is in all of it: Copyright (c) The Rust Project Contributors, MIT OR Apache-2.0,
https://github.com/rust-lang/rust/blob/master/COPYRIGHT
";

/// Every notice, from the files that each crate was published with.
pub(crate) fn text(place: &Place) -> Result<String> {
    in_folder(&place.sources)
}

fn in_folder(sources: &Path) -> Result<String> {
    let mut cargo = command("cargo");
    cargo.args(["metadata", "--locked", "--format-version", "1", "--filter-platform", WASM]);
    let metadata = serde_json::from_str(&output(cargo.current_dir(sources))?)?;
    let mut linked = BTreeSet::new();
    for package in SHIPPED {
        // One after the other, as they are built: each with the features that it asks for.
        let mut cargo = command("cargo");
        cargo.args(["tree", "--locked", "--package", package, "--target", WASM, "--edges", "normal,no-proc-macro"]);
        cargo.args(["--prefix", "none", "--no-dedupe", "--format", "{p}"]);
        linked.extend(output(cargo.current_dir(sources))?.lines().filter_map(name_and_version));
    }
    of(&metadata, &linked)
}

/// A crate's name and version, as a line of `cargo tree` has them.
fn name_and_version(line: &str) -> Option<(String, String)> {
    let mut words = line.split(' ');
    Some((words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned()))
}

fn of(metadata: &Value, linked: &BTreeSet<(String, String)>) -> Result<String> {
    let mut crates = BTreeMap::new();
    let mut by_text: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let [name, version, licence] =
            ["name", "version", "license"].map(|key| package[key].as_str().unwrap_or_default());
        // Ours have no source.
        if package["source"].is_null() || !linked.contains(&(name.to_owned(), version.to_owned())) {
            continue;
        }
        let title = format!("{name} {version}");
        let folder = Path::new(package["manifest_path"].as_str().unwrap_or_default()).parent();
        let texts = texts(folder.context("a manifest is in a folder")?, licence)?;
        if texts.is_empty() && !licence.contains("MIT") && !licence.contains("Apache") {
            bail!("{title} is {licence}, and came without a notice");
        }
        crates.insert(title.clone(), licence.to_owned());
        for text in texts {
            by_text.entry(text).or_default().insert(title.clone());
        }
    }
    let mut out = HEAD.to_owned();
    for (title, licence) in &crates {
        writeln!(out, "\n{title}: {licence}")?;
    }
    for (text, titles) in by_text {
        let titles: Vec<String> = titles.into_iter().collect();
        write!(out, "\n{}\n{}\n\n{text}\n", "-".repeat(80), titles.join(", "))?;
    }
    Ok(out)
}

/// The notices of a crate. Where there is a choice, MIT: it is short.
fn texts(folder: &Path, licence: &str) -> Result<Vec<String>> {
    let names = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        if path.is_file() && names.iter().any(|known| name.starts_with(known)) {
            files.push((name, path));
        }
    }
    let has_choice = licence.contains("MIT") && (licence.contains(" OR ") || licence.contains('/'));
    let is_mit = |name: &str| name.contains("MIT") || name == "COPYRIGHT" || name == "NOTICE";
    if has_choice && files.iter().any(|(name, _)| name.contains("MIT")) {
        files.retain(|(name, _)| is_mit(name));
    }
    files.sort();
    let read = |(_, path): &(String, std::path::PathBuf)| {
        Ok(fs::read_to_string(path)?.replace("\r\n", "\n").trim().to_owned())
    };
    files.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tool::root;

    #[test]
    fn what_is_shipped_has_its_notices() {
        let text = in_folder(root()).unwrap();
        for name in ["domain ", "serde ", "wasm-bindgen ", "worker ", "maud ", "der "] {
            assert!(text.lines().any(|line| line.starts_with(name) && line.contains(": ")), "{name}");
        }
        assert!(
            text.contains("NLnet Labs") && text.contains("Redistributions in binary form"),
            "BSD-3-Clause of `domain`"
        );
        for name in ["mta-sts-core", "syn ", "serde_derive ", "schemars ", "proptest "] {
            assert!(!text.lines().any(|line| line.starts_with(name)), "{name} is not shipped");
        }
        assert!(!text.contains(root().to_str().unwrap()), "no path of this machine");
    }
}
