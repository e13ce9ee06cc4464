//! The place where something is built, and what of that place rustc is not to write into it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::tool::{command, output, root, target_dir};

/// Where it is built: a folder with the sources, and the one where cargo puts what it makes of them.
pub(crate) struct Place {
    pub(crate) sources: PathBuf,
    pub(crate) target: PathBuf,
}

impl Place {
    /// The repository that this program is from.
    pub(crate) fn here() -> Result<Self> {
        Ok(Self { sources: root().to_owned(), target: target_dir()? })
    }

    /// Where what is shipped comes to be.
    pub(crate) fn dist(&self) -> PathBuf {
        self.sources.join("dist")
    }
}

/// The compiler's flags: every path that a panic could name begins at the crate or at the repository. These are the
/// prefixes that cargo's `trim-paths` takes away, which is not stable. They change only with the machine, so they make no
/// build new.
pub(crate) fn flags(place: &Place) -> Result<String> {
    let version = output(command("rustc").arg("-vV"))?;
    let commit =
        version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).context("rustc names no commit")?;
    let mut prefixes = vec![
        (place.sources.clone(), String::new()),
        (place.target.clone(), "target".to_owned()),
        // Where the component rust-src is installed, the standard library's files have a path of this machine.
        (sysroot()?.join("lib/rustlib/src/rust"), format!("/rustc/{commit}")),
    ];
    // The sources of a registry's crates, in a folder by the registry's name. There are some: this program needed them.
    if let Ok(registries) = fs::read_dir(cargo_home()?.join("registry/src")) {
        let mut folders = registries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
        folders.sort();
        prefixes.extend(folders.into_iter().map(|folder| (folder, String::new())));
    }
    let flags = prefixes.iter().map(|(from, to)| Ok(format!("--remap-path-prefix={}={to}", utf8(from)?)));
    // Flags that the machine sets besides are left out: they would make another WASM.
    Ok(flags.collect::<Result<Vec<_>>>()?.join("\x1f"))
}

pub(crate) fn cargo_home() -> Result<PathBuf> {
    let home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo"));
    std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(home).context("neither CARGO_HOME nor HOME is set")
}

pub(crate) fn sysroot() -> Result<PathBuf> {
    Ok(output(command("rustc").args(["--print", "sysroot"]))?.trim().into())
}

fn utf8(path: &Path) -> Result<&str> {
    path.to_str().with_context(|| format!("{} is not UTF-8", path.display()))
}
