//! What is shipped, from source to `dist/`: the Worker in `dist/worker`, the static site in `dist/site`, and the browser
//! package in npm's shape in `dist/npm`. What a crate's WASM was made into is kept, and made again only when the WASM or the tools are others.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::digest::digest;
use crate::place::{Place, flags};
use crate::tool::{WASM, command, ensure_npm_packages, ensure_wasm_target, output, root, run};
use crate::tree::Tree;
use crate::{generate, notices, openapi, search, widget};

/// What rustc emits for the target, and more than wasm-opt takes for granted. Not all that it knows: it would use
/// encodings that browsers do not read yet.
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

/// How WASM is made small; weighed packed, not raw. Flat code and a second round: half a kilobyte less than one round alone.
/// Of functions with one caller, only short ones go into it: a thousand bytes less. Half a kilobyte less where offsets are
/// folded as if nothing lay in the first KiB of memory: only the far end of Rust's stack does, and no address is reached by
/// wrapping around.
const SHRINK: &[&str] =
    &["--low-memory-unused", "--one-caller-inline-max-function-size=20", "--flatten", "--rereloop", "-Oz", "-Oz"];

const EDGE: &str = "mta_sts_edge";
/// The modules of the browser package.
const MODULES: [&str; 5] = ["check", "texts", "tools", "advice", "reports"];

/// What cargo builds: the Worker, and the modules of the browser package.
pub(crate) const SHIPPED: [&[&str]; 2] = [&["mta-sts-edge"], &["mta-sts-web", "--bins"]];

/// Builds all that is shipped.
pub(crate) fn all() -> Result<()> {
    ensure_wasm_target()?;
    ensure_npm_packages()?;
    at(&Place::here()?)
}

/// Builds all that is shipped, from the sources of a place, with the tools of this one.
pub(crate) fn at(place: &Place) -> Result<()> {
    let flags = flags(place)?;
    // One after the other: together, the browser would get the features of core that the Worker asks for.
    for arguments in SHIPPED {
        let mut cargo = command("cargo");
        cargo.args(["build", "--locked", "--profile", "wasm", "--target", WASM, "-p"]).args(arguments);
        cargo.current_dir(&place.sources).env("CARGO_TARGET_DIR", &place.target);
        run(cargo.env("CARGO_ENCODED_RUSTFLAGS", &flags))?;
    }
    fs::create_dir_all(place.dist())?;
    // A build beside this one, of a server and a test say, waits its turn.
    let turn = fs::File::create(place.dist().join("lock"))?;
    turn.lock()?;
    worker(place)?;
    site(place)
}

/// The Worker: our shim, which wrangler bundles with the bindings and the WASM beside it.
fn worker(place: &Place) -> Result<()> {
    let bound = bind(EDGE, place, |bindgen| {
        // The shim starts afresh after a panic, which leaves the instance unusable.
        bindgen.module(true)?.reset_state_function(true).typescript(false);
        Ok(())
    })?;
    let mut tree = Tree::read(&bound)?;
    // workerd gives a WASM import as a compiled module; the proposal's word `source` for that it does not know yet.
    let glue = format!("{EDGE}.js");
    tree.rewrite(&glue, |text| text.replace("import source ", "import "))?;
    tree.insert("index.js", fs::read(place.sources.join("crates/edge/shim.js"))?);
    tree.write(&place.dist().join("worker"))
}

/// The static site: `www` and what was generated for it, made small, the pages that `view` makes, and the browser package in
/// `pkg`.
fn site(place: &Place) -> Result<()> {
    let mut tree = Tree::read(&place.sources.join("www"))?;
    let generated = Tree::read(&place.sources.join(generate::SITE))?;
    if let Some(path) = generated.paths().find(|path| tree.get(path).is_some()) {
        bail!("www/{path} and {}/{path} would have one address", generate::SITE);
    }
    tree.insert_all("", generated);
    let mut package = Tree::default();
    for module in MODULES {
        let bound = bind(module, place, |bindgen| {
            bindgen.web(true)?.typescript(true).omit_default_module_path(false);
            Ok(())
        })?;
        let mut files = Tree::read(&bound)?;
        let wasm = format!("{module}_bg.wasm");
        files.remove(&format!("{wasm}.d.ts"));
        bundle(&mut files, &place.sources.join("crates/web"))?;
        package.insert_all("", files.clone());
        // Browsers and proxies keep both files for a while: these bindings must never meet another build's WASM.
        let version = digest(&[files.get(&wasm).context("wasm-bindgen made no WASM")?]);
        files.rewrite(&format!("{module}.js"), |text| text.replace(&wasm, &format!("{wasm}?{version}")))?;
        tree.insert_all("pkg", files);
    }
    for file in ["index.js", "index.d.ts"] {
        let bytes = fs::read(place.sources.join("crates/web/src").join(file))?;
        package.insert(file, bytes.clone());
        tree.insert(&format!("pkg/{file}"), bytes);
    }
    let pinned = widget::into_site(&mut tree, place)?;
    tree.insert("index.html", mta_sts_view::home_page(&generate::example_links()).into_bytes());
    for page in mta_sts_view::site_pages(&pinned) {
        tree.insert(page.file, page.html.into_bytes());
    }
    let api = openapi::page::of(&openapi::document()?)?;
    tree.insert("api.html", mta_sts_view::api_page(&api).into_bytes());
    let checks: Vec<String> =
        generate::example_links().iter().map(|example| format!("/check?domain={}", example.domain)).collect();
    search::add(&mut tree, &fs::read_to_string(place.sources.join("wrangler.toml"))?, &checks)?;
    let notices = notices::text(place)?;
    package.insert(notices::FILE, notices.clone().into_bytes());
    tree.insert(notices::FILE, notices.into_bytes());
    minify(&mut tree, &place.dist().join("minified"))?;
    tree.write(&place.dist().join("site"))?;
    widget::npm(package, place)
}

/// Puts into a script of a module what it imports, so that a page asks for one file: wasm-bindgen has only the script itself
/// among its snippets, in `snippets/<crate>`, and what it imports lies beside it in the crate's folder.
fn bundle(files: &mut Tree, sources: &Path) -> Result<()> {
    let snippets: Vec<String> = files.paths().filter(|path| path.starts_with("snippets/")).map(str::to_owned).collect();
    for snippet in snippets {
        let script = snippet.splitn(3, '/').nth(2).with_context(|| snippet.clone())?;
        let mut esbuild = command("esbuild");
        esbuild.current_dir(sources).args(["--bundle", "--format=esm", "--log-level=warning", script]);
        files.insert(&snippet, output(&mut esbuild)?.into_bytes());
    }
    Ok(())
}

/// Makes the bindings of a crate's WASM, and shrinks it; gives the folder that has both.
fn bind(name: &str, place: &Place, set: impl FnOnce(&mut Bindgen) -> Result<()>) -> Result<PathBuf> {
    let bound = place.dist().join("bound");
    let input = place.target.join(WASM).join("wasm").join(format!("{name}.wasm"));
    let wasm = fs::read(&input).with_context(|| input.display().to_string())?;
    // This program makes the bindings and a npm package shrinks the WASM, so others of them count as another input.
    let made_by = [fs::read(std::env::current_exe()?)?, fs::read(root().join("package-lock.json"))?];
    let wanted = digest(&[&wasm, &made_by[0], &made_by[1]]);
    let out = bound.join(name);
    let stamp = bound.join(format!("{name}.stamp"));
    if fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) {
        return Ok(out);
    }
    remove(&out)?;
    fs::create_dir_all(&out)?;
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&input).remove_name_section(true).remove_producers_section(true);
    set(&mut bindgen)?;
    bindgen.generate(&out)?;
    let wasm = out.join(format!("{name}_bg.wasm"));
    run(command("wasm-opt").args(SHRINK).args(WASM_FEATURES).arg("-o").arg(&wasm).arg(&wasm))?;
    fs::write(stamp, wanted)?;
    Ok(out)
}

/// Puts the scripts and styles through esbuild, all at once; `work` keeps what came of them the last time.
fn minify(tree: &mut Tree, work: &Path) -> Result<()> {
    let is_source = |path: &str| Path::new(path).extension().is_some_and(|is| is == "js" || is == "css");
    // The widget is small already, and has been hashed.
    let sources = tree.only(|path| is_source(path) && !path.starts_with("widget/"));
    let lock = fs::read(root().join("package-lock.json"))?;
    let wanted = digest(&[sources.digest().as_bytes(), &lock]);
    let (from, to, stamp) = (work.join("from"), work.join("to"), work.join("stamp"));
    if !fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) {
        remove(&to)?;
        sources.write(&from)?;
        let mut esbuild = command("esbuild");
        // Files are named from their folder, so that a message about one tells where it is in `www`.
        esbuild.current_dir(&from).args(sources.paths());
        run(esbuild
            .args(["--minify", "--log-level=warning", "--outbase=."])
            .arg(format!("--outdir={}", to.display())))?;
        fs::write(&stamp, wanted)?;
    }
    tree.insert_all("", Tree::read(&to)?);
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
