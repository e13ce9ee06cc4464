//! `cargo xtask imports`: imports go one way. No file imports another that leads back to it, no crate imports one that is
//! built on it, and in core no lower folder imports a higher one. Tests are held to it like all other code.
//!
//! An import is a `use`, or a path in code that begins at a module: `crate::`, `super::`, `self::`, a module's own child, or
//! one that it has imported. It counts for the file of the last module on the path. `mod x;` is none.

mod graph;
mod module_tree;
mod order;
mod source_file;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use self::graph::Graph;
use self::module_tree::Modules;
use crate::tool::root;

/// Folders that are a crate each, and the one that has a crate in each of its folders.
const CRATES: [&str; 3] = ["fuzz", "lab", "xtask"];
const MORE_CRATES: &str = "crates";

/// Prints every import that goes the wrong way, or those of files below one folder; an error where there is one.
pub(crate) fn check(arguments: &[&str]) -> Result<()> {
    let below = match arguments {
        [] => String::new(),
        [folder] => format!("{}/", folder.trim_end_matches('/')),
        _ => bail!("cargo xtask imports [FOLDER]"),
    };
    let (crates, files) = workspace()?;
    let mut faults = faults(&crates, &files)?;
    faults.retain(|fault| fault.file.starts_with(&below));
    for fault in &faults {
        println!("{}\n", fault.told);
    }
    if !faults.is_empty() {
        bail!("Imports that go the wrong way: {}.", faults.len());
    }
    println!("Imports go one way.");
    Ok(())
}

/// An import, or several, that should not be.
#[derive(Debug)]
struct Fault {
    /// The file that imports, or of a circle the first by name.
    file: String,
    told: String,
}

/// What is wrong with the imports of these crates: first circles, then what imports upwards.
fn faults(crates: &[String], files: &BTreeMap<String, String>) -> Result<Vec<Fault>> {
    let graph = Graph::new(Modules::read(crates, files)?.imports());
    let mut faults: Vec<Fault> = graph.circles().iter().map(|circle| round(&graph, circle)).collect();
    for (from, to, names) in graph.edges() {
        let told = order::fault(from, to).map(|fault| format!("{from} imports {names} from {to}: {fault}"));
        faults.extend(told.map(|told| Fault { file: from.to_owned(), told }));
    }
    let mut rooms = BTreeMap::new();
    for file in files.keys() {
        rooms.extend(order::without_floor(file).map(|room| (room, file)));
    }
    faults.extend(rooms.into_iter().map(|(room, file)| Fault {
        file: file.clone(),
        told: format!("crates/core/src/{room} is not among the FLOORS of xtask/src/imports/order.rs"),
    }));
    Ok(faults)
}

/// A circle, with what is imported at each of its steps.
fn round(graph: &Graph, circle: &[&str]) -> Fault {
    let mut lines = vec!["a circle:".to_owned()];
    for (at, from) in circle.iter().enumerate() {
        let to = circle[(at + 1) % circle.len()];
        lines.push(format!("  {from} imports {} from {to}", graph.names(from, to)));
    }
    Fault { file: circle[0].to_owned(), told: lines.join("\n") }
}

/// The folders of the workspace's crates, and the text of each Rust file and manifest in them.
fn workspace() -> Result<(Vec<String>, BTreeMap<String, String>)> {
    let mut crates: Vec<String> = CRATES.map(str::to_owned).into();
    for entry in fs::read_dir(root().join(MORE_CRATES)).context(MORE_CRATES)? {
        let entry = entry?;
        // Git leaves an empty folder where a crate has moved away.
        if entry.path().join("Cargo.toml").exists() {
            let name = entry.file_name().into_string().ok().context("a crate's name is not UTF-8")?;
            crates.push(format!("{MORE_CRATES}/{name}"));
        }
    }
    crates.sort();
    let mut files = BTreeMap::new();
    for folder in &crates {
        read_into(&mut files, folder)?;
    }
    Ok((crates, files))
}

/// Reads a folder of the repository and those in it, but for what cargo builds.
fn read_into(files: &mut BTreeMap<String, String>, folder: &str) -> Result<()> {
    for entry in fs::read_dir(root().join(folder)).with_context(|| folder.to_owned())? {
        let entry = entry?;
        let name = entry.file_name().into_string().ok().context("a file's name is not UTF-8")?;
        let path = format!("{folder}/{name}");
        if entry.file_type()?.is_dir() {
            if name != "target" {
                read_into(files, &path)?;
            }
        } else if name == "Cargo.toml" || Path::new(&name).extension().is_some_and(|is| is == "rs") {
            files.insert(path.clone(), fs::read_to_string(entry.path()).context(path)?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
