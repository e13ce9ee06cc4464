//! A folder's files in memory, by their paths in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::digest::digest;

/// Files by path, with `/` between its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tree {
    files: BTreeMap<String, Vec<u8>>,
}

impl Tree {
    /// Every file below a folder.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let mut tree = Self::default();
        for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let name = entry.file_name().into_string().ok().context("a file's name is not UTF-8")?;
            if entry.path().is_dir() {
                tree.insert_all(&name, Self::read(&entry.path())?);
            } else {
                tree.insert(&name, fs::read(entry.path())?);
            }
        }
        Ok(tree)
    }

    /// Makes a folder hold these files and no others. What is there already is left alone, so that whoever watches the
    /// folder sees what changed.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        let there = if folder.exists() { Self::read(folder)? } else { Self::default() };
        for path in there.files.keys().filter(|path| !self.files.contains_key(*path)) {
            fs::remove_file(folder.join(path))?;
        }
        for (path, bytes) in &self.files {
            if there.files.get(path) != Some(bytes) {
                let path = folder.join(path);
                fs::create_dir_all(path.parent().unwrap_or(folder))?;
                fs::write(&path, bytes).with_context(|| path.display().to_string())?;
            }
        }
        Ok(())
    }

    pub(crate) fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Every file, in the order of the paths.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The paths of files that the two do not both have with the same bytes.
    pub(crate) fn differing<'t>(&'t self, other: &'t Self) -> Vec<&'t str> {
        let paths: BTreeSet<&str> = self.paths().chain(other.paths()).collect();
        paths.into_iter().filter(|path| self.get(path) != other.get(path)).collect()
    }

    pub(crate) fn insert(&mut self, path: &str, bytes: Vec<u8>) {
        self.files.insert(path.to_owned(), bytes);
    }

    pub(crate) fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }

    /// Puts another tree below a folder of this one, or with no name into this one; its files win.
    pub(crate) fn insert_all(&mut self, folder: &str, other: Self) {
        for (path, bytes) in other.files {
            let path = if folder.is_empty() { path } else { format!("{folder}/{path}") };
            self.files.insert(path, bytes);
        }
    }

    /// Changes the text of a file.
    pub(crate) fn rewrite(&mut self, path: &str, change: impl FnOnce(&str) -> String) -> Result<()> {
        let bytes = self.files.get_mut(path).with_context(|| format!("{path} was not made"))?;
        *bytes = change(std::str::from_utf8(bytes)?).into_bytes();
        Ok(())
    }

    /// The files whose path is wanted.
    pub(crate) fn only(&self, wanted: impl Fn(&str) -> bool) -> Self {
        let files = self.files.iter().filter(|(path, _)| wanted(path));
        Self { files: files.map(|(path, bytes)| (path.clone(), bytes.clone())).collect() }
    }

    /// A short name for exactly these files.
    pub(crate) fn digest(&self) -> String {
        let parts: Vec<&[u8]> = self.files.iter().flat_map(|(path, bytes)| [path.as_bytes(), bytes]).collect();
        digest(&parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> Tree {
        let mut tree = Tree::default();
        for (path, text) in files {
            tree.insert(path, text.as_bytes().to_vec());
        }
        tree
    }

    #[test]
    fn a_folder_comes_to_hold_these_files_and_no_others() {
        let folder = std::env::temp_dir().join(format!("mta-sts-xtask-tree-{}", std::process::id()));
        tree(&[("a.txt", "1"), ("old/b.txt", "2")]).write(&folder).unwrap();
        let wanted = tree(&[("a.txt", "1"), ("new/deep/c.txt", "3")]);
        wanted.write(&folder).unwrap();
        let found = Tree::read(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found, wanted);
    }

    #[test]
    fn what_is_put_in_wins() {
        let mut site = tree(&[("site.js", "long")]);
        site.insert_all("", tree(&[("site.js", "short")]));
        site.insert_all("pkg", tree(&[("a.js", "x")]));
        assert_eq!(site, tree(&[("site.js", "short"), ("pkg/a.js", "x")]));
    }

    #[test]
    fn trees_differ_in_what_is_other_and_in_what_only_one_has() {
        let one = tree(&[("a", "1"), ("b", "2"), ("c", "3")]);
        assert_eq!(one.differing(&one.clone()), [""; 0]);
        assert_eq!(one.differing(&tree(&[("b", "2"), ("c", "4"), ("d", "5")])), ["a", "c", "d"]);
    }

    #[test]
    fn a_file_by_another_name_is_another_tree() {
        assert_ne!(tree(&[("a", "1")]).digest(), tree(&[("b", "1")]).digest());
    }
}
