//! `cargo xtask reproduce`: what is shipped depends on the sources, the lock files and the compiler, and on nothing else of
//! the machine. It is built here and once more from a copy in another folder, and the two are compared byte for byte.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::build;
use crate::digest::{digest, sha256};
use crate::place::{Place, cargo_home, sysroot};
use crate::tool::{command, output, root};
use crate::tree::Tree;

/// The folders of `dist` that are given out.
const SHIPPED: [&str; 3] = ["worker", "site", "npm"];

/// Builds twice, and prints the one hash; an error where the two differ, or tell where they were built.
pub(crate) fn run() -> Result<()> {
    build::all()?;
    let copy = Copy::of_sources()?;
    let elsewhere = Place { sources: copy.0.join("sources of the other build"), target: copy.0.join("target") };
    build::at(&elsewhere)?;
    let here = Place::here()?;
    let (one, other) = (shipped(&here)?, shipped(&elsewhere)?);
    let differing = one.differing(&other);
    if !differing.is_empty() {
        bail!("Two builds of the same sources differ: {}.", differing.join(", "));
    }
    let telling = telling(&one, &[paths(&here)?, paths(&elsewhere)?].concat());
    if !telling.is_empty() {
        bail!("What is shipped tells where it was built: {}.", telling.join(", "));
    }
    let list = sums(&one);
    println!(
        "{} files, twice the same, with {}",
        list.lines().count(),
        output(command("rustc").arg("--version"))?.trim()
    );
    for line in list.lines().filter(|line| line.contains("  worker/")) {
        println!("{line}");
    }
    // What `sha256sum` says of the same list: a stranger needs no program of ours.
    println!("{}  all of dist/worker, dist/site and dist/npm", sha256(list.as_bytes()));
    Ok(())
}

/// What is put up, as paths below `dist`.
fn shipped(place: &Place) -> Result<Tree> {
    let mut tree = Tree::default();
    for folder in SHIPPED {
        tree.insert_all(folder, Tree::read(&place.dist().join(folder))?);
    }
    Ok(tree)
}

/// Paths that nobody who reads what is shipped is to learn.
fn paths(place: &Place) -> Result<Vec<PathBuf>> {
    Ok(vec![place.sources.clone(), place.target.clone(), cargo_home()?, sysroot()?])
}

/// The files that name one of these folders.
fn telling(tree: &Tree, folders: &[PathBuf]) -> Vec<String> {
    let mut told = Vec::new();
    // `/src` is in many a path that is no machine's.
    for folder in folders.iter().filter(|folder| folder.components().count() > 2) {
        let folder = folder.to_string_lossy();
        let names = |bytes: &[u8]| bytes.windows(folder.len()).any(|window| window == folder.as_bytes());
        told.extend(tree.files().filter(|(_, bytes)| names(bytes)).map(|(path, _)| format!("{path} names {folder}")));
    }
    told
}

/// A line for each file, as `sha256sum` prints it.
fn sums(tree: &Tree) -> String {
    let mut lines = String::new();
    for (path, bytes) in tree.files() {
        lines.extend([&sha256(bytes), "  ", path, "\n"]);
    }
    lines
}

/// A folder that is gone when this is dropped.
struct Copy(PathBuf);

impl Copy {
    /// What git has of the repository, as it lies here; by a name that the next run finds, should this one be ended.
    fn of_sources() -> Result<Self> {
        let name = format!("mta-sts-check-elsewhere-{}", digest(&[root().as_os_str().as_encoded_bytes()]));
        let copy = Self(std::env::temp_dir().join(name));
        copy.remove()?;
        let files = output(command("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]))?;
        for file in files.split_terminator('\0').filter(|file| root().join(file).exists()) {
            let to = copy.0.join("sources of the other build").join(file);
            fs::create_dir_all(to.parent().context("a file has a folder")?)?;
            fs::copy(root().join(file), to).with_context(|| file.to_owned())?;
        }
        Ok(copy)
    }

    fn remove(&self) -> std::io::Result<()> {
        if self.0.exists() { fs::remove_dir_all(&self.0) } else { Ok(()) }
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // The next run does, where this does not.
        let _ = self.remove();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_the_machine_is_found_in_any_file() {
        let mut tree = Tree::default();
        tree.insert("worker/a.wasm", b"\0/home/me/.cargo/registry/src/x/a.rs\0".to_vec());
        tree.insert("worker/b.wasm", b"\0crates/core/src/lib.rs\0".to_vec());
        assert_eq!(telling(&tree, &["/home/me/.cargo".into()]), ["worker/a.wasm names /home/me/.cargo"]);
        assert_eq!(telling(&tree, &["/home/you/.cargo".into(), "/src".into()]), [""; 0]);
    }

    #[test]
    fn a_list_of_sums_is_as_sha256sum_prints_it() {
        let mut tree = Tree::default();
        tree.insert("worker/empty", Vec::new());
        assert_eq!(sums(&tree), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  worker/empty\n");
    }
}
