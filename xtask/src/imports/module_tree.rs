//! The modules of every crate, and the file that a path leads to.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};

use super::source_file::{Binds, Source, Use};

/// How many imported names may lead to one another before a path is given up: `use a::a` would lead to itself for ever.
const HOPS: u32 = 8;

/// Every module of every crate.
#[derive(Default)]
pub(super) struct Modules {
    modules: Vec<Module>,
    /// The root of each library, by the name that other crates know it by.
    libraries: BTreeMap<String, Id>,
}

type Id = usize;

struct Module {
    /// The file that it stands in.
    file: String,
    parent: Option<Id>,
    children: BTreeMap<String, Id>,
    uses: Vec<Use>,
    paths: Vec<Vec<String>>,
}

/// A file names something that another file has.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Import {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) name: String,
}

impl Modules {
    /// Reads the crates whose folders these are, from all files by their paths.
    pub(super) fn read(crates: &[String], files: &BTreeMap<String, String>) -> Result<Self> {
        let mut modules = Self::default();
        for folder in crates {
            let manifest =
                files.get(&format!("{folder}/Cargo.toml")).with_context(|| format!("{folder} is no crate"))?;
            let name = manifest.lines().find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
            let name = name.with_context(|| format!("{folder}/Cargo.toml has no name"))?.replace('-', "_");
            for file in files.keys().filter(|file| is_root(folder, file)) {
                let at = file.rfind('/').map_or("", |end| &file[..end]);
                let root = modules.add_file(file, at, None, files)?;
                if *file == format!("{folder}/src/lib.rs") {
                    modules.libraries.insert(name.clone(), root);
                }
            }
        }
        let read: BTreeSet<&str> = modules.modules.iter().map(|module| module.file.as_str()).collect();
        match files.keys().find(|file| is_rust(file) && !read.contains(file.as_str())) {
            Some(file) => bail!("{file} is in no crate: no `mod` leads to it"),
            None => Ok(modules),
        }
    }

    /// Adds a file's module, and all below it. `folder` is where the files of its own modules are.
    fn add_file(
        &mut self,
        file: &str,
        folder: &str,
        parent: Option<Id>,
        files: &BTreeMap<String, String>,
    ) -> Result<Id> {
        let source = Source::parse(&files[file]).with_context(|| file.to_owned())?;
        self.add(source, file, folder, parent, files)
    }

    fn add(
        &mut self,
        source: Source,
        file: &str,
        folder: &str,
        parent: Option<Id>,
        files: &BTreeMap<String, String>,
    ) -> Result<Id> {
        let id = self.modules.len();
        self.modules.push(Module {
            file: file.to_owned(),
            parent,
            children: BTreeMap::new(),
            uses: source.uses,
            paths: source.paths,
        });
        for name in source.files {
            let below = format!("{folder}/{name}");
            let choices = [format!("{below}.rs"), format!("{below}/mod.rs")];
            let found = choices.iter().find(|choice| files.contains_key(*choice));
            let found = found.with_context(|| format!("{file} has `mod {name};`, and there is no {}", choices[0]))?;
            let child = self.add_file(found, &below, Some(id), files)?;
            self.modules[id].children.insert(name, child);
        }
        for (name, inner) in source.inline {
            let child = self.add(inner, file, &format!("{folder}/{name}"), Some(id), files)?;
            self.modules[id].children.insert(name, child);
        }
        Ok(id)
    }

    /// What files name of one another, each time that they do; what a file names of itself is no import.
    pub(super) fn imports(&self) -> Vec<Import> {
        let mut imports = Vec::new();
        for (id, module) in self.modules.iter().enumerate() {
            let uses = module.uses.iter().map(|leaf| (&leaf.path, leaf.binds == Binds::All));
            for (path, all) in uses.chain(module.paths.iter().map(|path| (path, false))) {
                let Some((to, rest)) = self.resolve(id, path, HOPS) else { continue };
                let to = &self.modules[to].file;
                if *to != module.file {
                    let name = if all { Some("*") } else { rest.first().or(path.last()).map(String::as_str) };
                    let name = name.unwrap_or_default().to_owned();
                    imports.push(Import { from: module.file.clone(), to: to.clone(), name });
                }
            }
        }
        imports
    }

    /// The last module on a path, and what of the path is behind it. A name that a module has from elsewhere (`pub use`) is
    /// that module's: whoever takes it there depends on the file that passes it on, and that file on where it is from.
    fn resolve<'p>(&self, from: Id, path: &'p [String], hops: u32) -> Option<(Id, &'p [String])> {
        let (first, mut rest) = path.split_first()?;
        let mut at = match first.as_str() {
            "crate" => self.root_of(from),
            "self" => from,
            "super" => self.modules[from].parent?,
            name => self.in_scope(from, name, hops).or_else(|| self.libraries.get(name).copied())?,
        };
        while let Some((name, after)) = rest.split_first() {
            let next = match name.as_str() {
                "super" => self.modules[at].parent,
                name => self.modules[at].children.get(name).copied(),
            };
            let Some(next) = next else { break };
            (at, rest) = (next, after);
        }
        Some((at, rest))
    }

    /// The module that a name alone is in another: its own child, one that it imports, or one of a module that it imports
    /// whole.
    fn in_scope(&self, id: Id, name: &str, hops: u32) -> Option<Id> {
        let module = &self.modules[id];
        let hops = hops.checked_sub(1)?;
        let whole = |path: &[String]| {
            let (to, rest) = self.resolve(id, path, hops)?;
            rest.is_empty().then_some(to)
        };
        let imported = |leaf: &Use| match &leaf.binds {
            Binds::Name(bound) if bound == name => whole(&leaf.path),
            Binds::All => whole(&leaf.path).and_then(|all| self.in_scope(all, name, hops)),
            Binds::Name(_) => None,
        };
        module.children.get(name).copied().or_else(|| module.uses.iter().find_map(imported))
    }

    fn root_of(&self, mut id: Id) -> Id {
        while let Some(parent) = self.modules[id].parent {
            id = parent;
        }
        id
    }
}

/// Whether cargo, or a manifest of ours, begins a crate with this file.
fn is_root(folder: &str, file: &str) -> bool {
    let Some(path) = file.strip_prefix(folder).and_then(|path| path.strip_prefix('/')) else { return false };
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["build.rs"] | ["src", "lib.rs" | "main.rs"] => true,
        ["src", "bin", rest @ ..] | ["tests" | "examples" | "benches" | "fuzz_targets", rest @ ..] => match rest {
            [file] => is_rust(file),
            [_, file] => *file == "main.rs",
            _ => false,
        },
        _ => false,
    }
}

fn is_rust(file: &str) -> bool {
    std::path::Path::new(file).extension().is_some_and(|is| is == "rs")
}
