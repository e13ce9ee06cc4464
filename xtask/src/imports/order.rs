//! The one direction that imports have: between crates, and between the folders of core.

/// Each crate's folder, and those of the workspace's crates that it may import.
const CRATES: [(&str, &[&str]); 9] = [
    ("crates/core", &[]),
    ("crates/js", &["crates/core"]),
    ("crates/view", &["crates/core"]),
    ("crates/edge", &["crates/core", "crates/view", "crates/js"]),
    ("crates/web", &["crates/core", "crates/view", "crates/js"]),
    ("xtask", &["crates/core", "crates/view"]),
    ("lab", &["crates/core"]),
    ("fuzz", &["crates/core"]),
    ("work", &["crates/core"]),
];

/// What the folders and files below stand in.
const CORE: &str = "crates/core/src/";

/// The folders and files of core, from low to high: each imports from itself and from what is before it.
const FLOORS: [&str; 18] = [
    "text",
    "name",
    "lookup",
    "published",
    "evidence",
    "providers",
    "facts",
    "plan",
    "report",
    "rules",
    "verdict",
    "mend",
    "evaluate",
    "lint",
    "advice",
    "tls_report",
    "api",
    "scenario",
];

/// What is wrong with an import of one file from another, by their paths.
pub(super) fn fault(from: &str, to: &str) -> Option<String> {
    let (mine, theirs) = (crate_of(from), crate_of(to));
    if mine != theirs {
        let Some((_, may)) = CRATES.iter().find(|(folder, _)| *folder == mine) else {
            return Some(format!("{mine} is not among the CRATES of xtask/src/imports/order.rs"));
        };
        return match may {
            _ if may.contains(&theirs) => None,
            [] => Some(format!("{mine} imports no other crate of the workspace")),
            _ => Some(format!("{mine} imports only {}", may.join(", "))),
        };
    }
    let (from, to) = (floor(room(from)?)?, floor(room(to)?)?);
    (from < to).then(|| "a lower floor of core imports a higher one".to_owned())
}

/// The folder or file of core that a file is in, where it has no floor.
pub(super) fn without_floor(file: &str) -> Option<&str> {
    room(file).filter(|room| floor(room).is_none())
}

fn crate_of(file: &str) -> &str {
    let parts = if file.starts_with("crates/") { 2 } else { 1 };
    let end = file.match_indices('/').nth(parts - 1).map_or(file.len(), |(at, _)| at);
    &file[..end]
}

/// The folder of core that a file is in, or the file's own name, which is its folder's.
fn room(file: &str) -> Option<&str> {
    let room = file.strip_prefix(CORE)?.split('/').next()?;
    Some(room.strip_suffix(".rs").unwrap_or(room))
}

/// How high it stands. What the crate shows to others is above all: within it, everything is imported from where it is.
fn floor(room: &str) -> Option<usize> {
    if room == "lib" { Some(FLOORS.len()) } else { FLOORS.iter().position(|floor| *floor == room) }
}
