//! What is shipped, from source to `dist/`: the Worker in `dist/worker`, the static site in `dist/site`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::generate;
use crate::tool::{WASM, command, digest, ensure_npm_packages, ensure_wasm_target, root, run, target_dir};

/// What rustc emits for the target, and more than wasm-opt takes for granted.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds all that is shipped.
pub(crate) fn all() -> Result<PathBuf> {
    ensure_wasm_target()?;
    ensure_npm_packages()?;
    run(command("cargo").args([
        "build",
        "--profile",
        "wasm",
        "--target",
        WASM,
        "-p",
        "mta-sts-web",
        "-p",
        "mta-sts-edge",
    ]))?;
    let dist = root().join("dist");
    worker(&dist.join("worker"))?;
    site(&dist.join("site"))?;
    Ok(dist)
}

/// The Worker: our shim, which wrangler bundles, beside the bindings and the WASM.
fn worker(out: &Path) -> Result<()> {
    bind("mta_sts_edge", out, |bindgen| {
        // Lets the shim start afresh after a panic, which leaves the instance unusable.
        bindgen.module(true)?.reset_state_function(true).typescript(false);
        Ok(())
    })?;
    // workerd takes a WASM import as a compiled module; the proposal's `source` keyword it does not know yet.
    let glue = out.join("mta_sts_edge.js");
    let text = fs::read_to_string(&glue)?;
    if text.contains("import source ") {
        fs::write(&glue, text.replace("import source ", "import "))?;
    }
    fs::copy(root().join("crates/edge/shim.js"), out.join("index.js")).context("crates/edge/shim.js")?;
    Ok(())
}

/// The static site: `www`, the pages that `view` makes, and the browser package in `pkg`.
fn site(out: &Path) -> Result<()> {
    let package = out.join("pkg");
    bind("mta_sts_web", &package, |bindgen| {
        bindgen.web(true)?.typescript(true).omit_default_module_path(false);
        Ok(())
    })?;
    copy_tree(&root().join("www"), out)?;
    for script in scripts(out)? {
        run(command("esbuild")
            .args(["--minify", "--log-level=warning", "--allow-overwrite"])
            .arg(format!("--outfile={}", script.display()))
            .arg(&script))?;
    }
    fs::write(out.join("index.html"), mta_sts_view::home_page(&generate::example_links()))?;
    Ok(())
}

/// Makes the bindings of a crate's WASM, and shrinks both; nothing where the WASM is the same as last time.
fn bind(name: &str, out: &Path, set: impl FnOnce(&mut Bindgen) -> Result<()>) -> Result<()> {
    let input = target_dir().join(WASM).join("wasm").join(format!("{name}.wasm"));
    let wasm = fs::read(&input).with_context(|| input.display().to_string())?;
    // This program makes the bindings, so another build of it counts as another input.
    let this = fs::read(std::env::current_exe()?)?;
    let wanted = digest(&[&wasm, &this]);
    let stamp = out.join(format!(".{name}"));
    if fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) {
        return Ok(());
    }
    fs::create_dir_all(out)?;
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&input).remove_name_section(true).remove_producers_section(true);
    set(&mut bindgen)?;
    bindgen.generate(out)?;
    let bound = out.join(format!("{name}_bg.wasm"));
    run(command("wasm-opt").arg("-Oz").args(WASM_FEATURES).arg("-o").arg(&bound).arg(&bound))?;
    Ok(fs::write(stamp, wanted)?)
}

/// The scripts of the site that people wrote; and the glue of the browser package.
fn scripts(site: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![site.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "js") {
                found.push(path);
            }
        }
    }
    Ok(found)
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
