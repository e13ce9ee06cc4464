//! How much is shipped, and the budgets of the design.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::tool::root;

/// Files that are shipped together, and how many bytes they may have when packed. Of a folder: its scripts and WASM. A `*`
/// is the only folder there, whose name a tool makes up.
struct Parcel {
    name: &'static str,
    files: &'static [&'static str],
    limit_kib: usize,
}

/// What the first check loads.
const CHECK: [&str; 3] =
    ["dist/site/pkg/check.js", "dist/site/pkg/check_bg.wasm", "dist/site/pkg/snippets/*/src/bin/check"];

static PARCELS: &[Parcel] = &[
    Parcel {
        name: "the page itself (HTML, CSS, icon)",
        files: &["dist/site/index.html", "dist/site/site.css", "dist/site/favicon.svg"],
        limit_kib: 20,
    },
    Parcel {
        name: "site: JavaScript and WASM",
        files: &[
            "dist/site/site.js",
            "dist/site/page.js",
            "dist/site/recent.js",
            "dist/site/result.js",
            CHECK[0],
            CHECK[1],
            CHECK[2],
        ],
        limit_kib: 120,
    },
    Parcel { name: "widget: JavaScript and WASM", files: &["dist/site/widget/v1"], limit_kib: 120 },
    // What it costs a page in which nobody asks.
    Parcel { name: "widget, its script alone", files: &["dist/site/widget/v1/mta-sts-check.js"], limit_kib: 8 },
    // What a page loads when somebody asks for more than a check.
    Parcel {
        name: "texts, beside it: JavaScript and WASM",
        files: &["dist/site/edit.js", "dist/site/pkg/texts.js", "dist/site/pkg/texts_bg.wasm"],
        limit_kib: 150,
    },
    Parcel {
        name: "tools, beside it: JavaScript and WASM",
        files: &["dist/site/pkg/tools.js", "dist/site/pkg/tools_bg.wasm"],
        limit_kib: 150,
    },
    Parcel {
        name: "advice, beside it: JavaScript and WASM",
        files: &[
            "dist/site/build.js",
            "dist/site/save.js",
            "dist/site/pkg/advice.js",
            "dist/site/pkg/advice_bg.wasm",
            CHECK[2],
        ],
        limit_kib: 150,
    },
    Parcel {
        name: "reports, beside it: JavaScript and WASM",
        files: &[
            "dist/site/reports.js",
            "dist/site/save.js",
            "dist/site/pkg/reports.js",
            "dist/site/pkg/reports_bg.wasm",
            "dist/site/pkg/snippets/*/src/bin/reports",
        ],
        limit_kib: 150,
    },
    Parcel {
        name: "the page of the API, beside it",
        files: &["dist/site/api.html", "dist/site/api.js", "dist/site/page.js"],
        limit_kib: 32,
    },
    // Nobody downloads it.
    Parcel {
        name: "Worker: WASM and JavaScript",
        files: &[
            "dist/worker/index.js",
            "dist/worker/mta_sts_edge.js",
            "dist/worker/mta_sts_edge_bg.wasm",
            "dist/worker/snippets",
        ],
        limit_kib: 1024,
    },
];

/// Prints a table, with what is left of each budget; an error where one is passed.
pub(crate) fn check() -> Result<()> {
    println!("{:<38} {:>10} {:>10} {:>10} {:>10}", "shipped (bytes)", "raw", "gzip", "budget", "left");
    let mut over = Vec::new();
    for parcel in PARCELS {
        let (mut raw, mut packed) = (0, 0);
        for file in parcel.files {
            let size = size(&found(file)?)?;
            raw += size.0;
            packed += size.1;
        }
        let limit = parcel.limit_kib * 1024;
        let left = limit.checked_sub(packed);
        let told = left.map_or_else(|| "none".to_owned(), |left| left.to_string());
        println!("{:<38} {raw:>10} {packed:>10} {limit:>10} {told:>10}", parcel.name);
        if left.is_none() {
            over.push(parcel.name);
        }
    }
    if !over.is_empty() {
        bail!("Over budget: {}.", over.join(", "));
    }
    Ok(())
}

/// The place of a file or folder.
fn found(file: &str) -> Result<PathBuf> {
    let Some((before, after)) = file.split_once("/*/") else { return Ok(root().join(file)) };
    let before = root().join(before);
    let only = fs::read_dir(&before).with_context(|| before.display().to_string())?.next();
    let only = only.with_context(|| format!("{} is empty", before.display()))??;
    Ok(only.path().join(after))
}

/// How many bytes there are, raw and packed.
fn size(path: &Path) -> Result<(usize, usize)> {
    if path.is_dir() {
        let (mut raw, mut packed) = (0, 0);
        for entry in fs::read_dir(path)? {
            let path = entry?.path();
            let shipped = path.extension().is_some_and(|is| is == "js" || is == "wasm");
            if shipped || path.is_dir() {
                let size = size(&path)?;
                raw += size.0;
                packed += size.1;
            }
        }
        return Ok((raw, packed));
    }
    let bytes = fs::read(path).with_context(|| format!("{}; run `cargo xtask build` first", path.display()))?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&bytes)?;
    Ok((bytes.len(), encoder.finish()?.len()))
}
