//! The widget: as one script with its styles and its WASM beside it, under an address that moves and one that stays; and,
//! with the browser package, in npm's shape.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use mta_sts_view::Pinned;
use serde_json::{Value, json};
use sha2::{Digest, Sha384};

use crate::digest::sha256;
use crate::place::Place;
use crate::tool::{command, output, root};
use crate::tree::Tree;

/// Of the script, below its folder. The design promises `widget/v1/` with it.
const SCRIPT: &str = "mta-sts-check.js";
/// Moves on with what is built, within the promises of version 1.
const MOVING: &str = "widget/v1";
const WASM: &str = "pkg/check_bg.wasm";

/// This version of all of it, as the workspace has it.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Puts the script and what it loads into the site, and gives the address that stays.
///
/// A version that was given out is a folder of `www/widget`, and stays as it is: of those, nothing is made here.
pub(crate) fn into_site(site: &mut Tree, place: &Place) -> Result<Pinned> {
    let made = script(site, place)?;
    let pinned = format!("widget/{VERSION}");
    if site.get(&format!("{pinned}/{SCRIPT}")).is_none() {
        site.insert_all(&pinned, made.clone());
    }
    // The same bytes, so that nobody who moves from one address to the other gets another widget.
    site.insert_all(MOVING, made);
    let headers = headers(site);
    site.rewrite("_headers", |text| [text, &headers].concat())?;
    let script = format!("{pinned}/{SCRIPT}");
    let integrity = integrity(site.get(&script).context("the widget's script was not made")?);
    Ok(Pinned { address: format!("/{script}"), integrity })
}

/// What stays for ever may be kept for ever: one rule for each version.
fn headers(site: &Tree) -> String {
    let mut versions: Vec<&str> = site.paths().filter_map(version).collect();
    versions.dedup();
    let rule = |version: &str| {
        format!("\n/widget/{version}/*\n  ! Cache-Control\n  Cache-Control: public, max-age=31536000, immutable\n")
    };
    versions.into_iter().map(rule).collect()
}

/// The version that a file of the site was given out as.
fn version(path: &str) -> Option<&str> {
    let (version, _) = path.strip_prefix("widget/")?.split_once('/')?;
    version.starts_with(|first: char| first.is_ascii_digit()).then_some(version)
}

/// The script, with the hashes of its styles and its WASM, which have names by them.
fn script(site: &Tree, place: &Place) -> Result<Tree> {
    let work = place.dist().join("bundled");
    let mut sources = site.only(|path| path == "result.js" || path.starts_with("pkg/"));
    sources.insert_all("widget", Tree::read(&place.sources.join("widget"))?);
    sources.insert("widget/widget.css", styles_at(place)?.into_bytes());
    sources.write(&work)?;

    let css = output(esbuild(&work).args(["widget/widget.css", "--minify"]))?.into_bytes();
    let wasm = site.get(WASM).context("the package has no WASM")?.to_vec();
    let (css_name, wasm_name) = (format!("{}.css", short(&css)), format!("{}.wasm", short(&wasm)));
    let define = |name: &str, file: &str, bytes: &[u8]| format!("--define:{name}={}", json!([file, integrity(bytes)]));
    let script = output(
        esbuild(&work)
            .args(["widget/script.js", "--bundle", "--format=esm", "--minify"])
            .arg(define("CSS", &css_name, &css))
            .arg(define("WASM", &wasm_name, &wasm)),
    )?;
    let mut made = Tree::default();
    made.insert(SCRIPT, script.into_bytes());
    made.insert(&css_name, css);
    made.insert(&wasm_name, wasm);
    Ok(made)
}

fn styles_at(place: &Place) -> Result<String> {
    let read = |path: &str| fs::read_to_string(place.sources.join(path)).with_context(|| path.to_owned());
    styles(&read("www/site.css")?, &read("widget/widget.css")?)
}

/// The site's styles, for a shadow root: what is said of the page's root is said of the element, which may be told to be
/// light or dark.
fn styles(site: &str, own: &str) -> Result<String> {
    let mut roots = site.split(":root {").skip(1).map(|rest| rest.split('}').next().unwrap_or_default());
    let (light, dark) =
        (roots.next().context("site.css has no :root")?, roots.next().context("site.css is never dark")?);
    let themes = format!(
        ":host([theme=light]) {{{light}}}\n:host([theme=dark]) {{{dark}}}\n:host([theme=light]) {{ color-scheme: light; }}\n:host([theme=dark]) {{ color-scheme: dark; }}\n"
    );
    Ok(sized(&[&site.replace(":root", ":host"), themes.as_str(), own].concat()))
}

/// Sizes by a measure that the page can set, where its root has another size of text than people read. Not the widths of
/// windows: these go by the browser's own.
fn sized(styles: &str) -> String {
    let mut made = String::new();
    for line in styles.split_inclusive('\n') {
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("rem").filter(|_| !line.starts_with("@media")) {
            let number = before.trim_end_matches(|letter: char| letter.is_ascii_digit() || ".-".contains(letter)).len();
            match &before[number..] {
                "" | "--" => made.extend([before, "rem"]),
                times => made.extend([&before[..number], "calc(", times, " * var(--rem, 1rem))"]),
            }
            rest = after;
        }
        made.push_str(rest);
    }
    made
}

fn esbuild(work: &Path) -> std::process::Command {
    let mut esbuild = command("esbuild");
    esbuild.current_dir(work).arg("--log-level=warning");
    esbuild
}

/// As the attribute `integrity` has it.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", base64(&Sha384::digest(bytes)))
}

/// A name for exactly these bytes.
fn short(bytes: &[u8]) -> String {
    sha256(bytes).chars().take(16).collect()
}

/// RFC 4648 §4, of as many bytes as need no padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letters = bytes.chunks_exact(3).flat_map(|three| {
        let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
        [18, 12, 6, 0].map(|shift| char::from(LETTERS[(bits >> shift & 63) as usize]))
    });
    letters.collect()
}

/// The browser package and the widget, in npm's shape: `modules` are the former's files as they were made.
pub(crate) fn npm(modules: Tree, place: &Place) -> Result<()> {
    let mut package = Tree::default();
    package.insert_all("pkg", modules);
    for file in ["element.js", "package.js", "package.d.ts"] {
        package.insert(&format!("widget/{file}"), fs::read(place.sources.join("widget").join(file))?);
    }
    package.insert("result.js", fs::read(place.sources.join("www/result.js"))?);
    package.insert("widget/widget.css", styles_at(place)?.into_bytes());
    package.insert("README.md", fs::read(place.sources.join("widget/README.md"))?);
    for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
        package.insert(file, fs::read(place.sources.join(file))?);
    }
    package.insert("package.json", format!("{:#}\n", manifest()?).into_bytes());
    package.write(&place.dist().join("npm"))
}

/// What npm and bundlers ask of a package.
fn manifest() -> Result<Value> {
    let ours: Value = serde_json::from_str(&fs::read_to_string(root().join("package.json"))?)?;
    Ok(json!({
        "name": ours["name"],
        "version": VERSION,
        "description": "Checks MTA-STS and TLS-RPT of a domain: typed functions, and the element <mta-sts-check>",
        "license": ours["license"],
        "type": "module",
        "types": "./pkg/index.d.ts",
        // TypeScript finds the types beside each.
        "exports": {
            ".": "./pkg/index.js",
            "./check": "./pkg/check.js",
            "./texts": "./pkg/texts.js",
            "./tools": "./pkg/tools.js",
            "./advice": "./pkg/advice.js",
            "./reports": "./pkg/reports.js",
            "./widget": "./widget/package.js",
            "./package.json": "./package.json",
        },
        "files": ["pkg", "widget", "result.js", "LICENSE-*"],
        // It makes the element known. Whoever takes a function does not get the rest.
        "sideEffects": ["./widget/package.js"],
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_as_openssl_prints_it() {
        // printf abc | openssl dgst -sha384 -binary | openssl base64 -A
        let wanted = "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn";
        assert_eq!(integrity(b"abc"), wanted);
    }

    #[test]
    fn the_elements_styles_have_the_sites_colours_for_each_theme() {
        let site = ":root { --ink: black; }\n@media (prefers-color-scheme: dark) { :root { --ink: white; } }\np { margin: 0 }\n";
        let styles = styles(site, "p { color: var(--ink) }").unwrap();
        assert!(!styles.contains(":root"));
        for rule in [
            ":host { --ink: black; }",
            ":host([theme=light]) { --ink: black; }",
            ":host([theme=dark]) { --ink: white; }",
            "color: var(--ink)",
        ] {
            assert!(styles.contains(rule), "{rule} in {styles}");
        }
        styles_of_the_site_are_read();
    }

    /// As they lie in `www`: the slices are by its layout.
    fn styles_of_the_site_are_read() {
        let site = fs::read_to_string(root().join("www/site.css")).unwrap();
        let styles = styles(&site, "").unwrap();
        let dark = styles.split(":host([theme=dark]) {").nth(1).unwrap().split('}').next().unwrap();
        assert!(dark.contains("--ground: #14181a"), "{dark}");
    }

    #[test]
    fn sizes_are_by_a_measure_that_the_page_can_set() {
        assert_eq!(
            sized("p { margin: 0 .5rem -2rem }\n"),
            "p { margin: 0 calc(.5 * var(--rem, 1rem)) calc(-2 * var(--rem, 1rem)) }\n"
        );
        for as_it_is in ["@media (max-width: 34rem) {\n", "/* A theorem remains. */\n"] {
            assert_eq!(sized(as_it_is), as_it_is);
        }
    }

    #[test]
    fn what_was_given_out_is_kept_and_what_moves_is_not() {
        let mut site = Tree::default();
        for path in [
            "widget/0.1.0/a.wasm",
            "widget/0.1.0/mta-sts-check.js",
            "widget/0.2.0/b.wasm",
            "widget/v1/b.wasm",
            "site.js",
        ] {
            site.insert(path, Vec::new());
        }
        let headers = headers(&site);
        let rules: Vec<&str> = headers.lines().filter(|line| line.starts_with('/')).collect();
        assert_eq!(rules, ["/widget/0.1.0/*", "/widget/0.2.0/*"]);
    }
}
