//! What the project is made from: that it is locked and pinned, that its crates are what `deny.toml` lets them be, and
//! what is known against any of it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::tool::{NO_NETWORK, NotHere, command, exists, root, run, target_dir};

/// The version that reads `deny.toml` as it is written.
const CARGO_DENY: &str = "0.20.2";

/// Workspaces with a lock file of their own, and what `cargo deny` is to make of the part of `deny.toml` that is for the
/// other: only the first is to need all that is let in.
const WORKSPACES: [(&str, &[&str]); 2] = [
    ("Cargo.toml", &["-A", "license-exception-not-encountered", "-D", "unmatched-skip", "-D", "unnecessary-skip"]),
    ("fuzz/Cargo.toml", &["-A", "license-not-encountered", "-A", "unmatched-skip", "-A", "unnecessary-skip"]),
];

/// What is written into `.npmrc`, so that the lock file names no registry: whoever installs uses their own.
const NO_REGISTRY: &str = "omit-lockfile-registry-resolved=true";

/// Locks, pins, and the licences, versions and sources of every crate.
pub(crate) fn check() -> Result<()> {
    let read = |path: &str| fs::read_to_string(root().join(path)).with_context(|| path.to_owned());
    let mut faults = npm_faults(&serde_json::from_str(&read("package.json")?)?, &read("package-lock.json")?)?;
    if !read(".npmrc")?.lines().any(|line| line == NO_REGISTRY) {
        faults.push(format!(".npmrc has no line {NO_REGISTRY}"));
    }
    faults.extend(bindgen_faults(&read("Cargo.toml")?, &read("xtask/Cargo.toml")?));
    if !faults.is_empty() {
        bail!("Not locked or pinned as it should be: {}.", faults.join("; "));
    }
    println!("locked and pinned: the crates, the npm packages, and the tools that make WASM");
    let program = cargo_deny()?;
    for (manifest, lints) in workspaces() {
        println!("{manifest}:");
        let mut deny = deny(&program, manifest);
        run(deny.args(["--log-level", "error", "check"]).args(lints).args(["licenses", "bans", "sources"]))?;
    }
    Ok(())
}

/// What is known against crates and npm packages, and who signed the latter; of those who can be asked. All are, and
/// whom nobody could ask is told at the end.
pub(crate) fn advisories() -> Result<()> {
    let asked = [crate_advisories(), npm_advisories(), npm_signatures()];
    let (mut found, mut not_had) = (Vec::new(), Vec::new());
    for error in asked.into_iter().filter_map(Result::err) {
        let list = if error.is::<NotHere>() { &mut not_had } else { &mut found };
        list.push(format!("{error:#}"));
    }
    if !found.is_empty() {
        found.extend(not_had);
        bail!("{}", found.join("\n"));
    }
    if not_had.is_empty() { Ok(()) } else { Err(NotHere(not_had.join("\n         ")).into()) }
}

/// The database is a git repository, which a machine may not reach.
fn crate_advisories() -> Result<()> {
    let program = cargo_deny()?;
    let fetched = deny(&program, "Cargo.toml").args(["fetch", "db"]).output()?;
    if !fetched.status.success() {
        let said = String::from_utf8_lossy(&fetched.stderr);
        let reason = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("nothing").trim().to_owned();
        return Err(NotHere(format!("advisories of crates: the database cannot be had here ({reason})")).into());
    }
    for (manifest, _) in workspaces() {
        println!("advisories of crates, {manifest}:");
        run(deny(&program, manifest).args(["--log-level", "error", "check", "--disable-fetch", "advisories"]))?;
    }
    Ok(())
}

fn npm_advisories() -> Result<()> {
    audit("advisories of npm packages", &["audit", "--json"], read_advisories)
}

fn npm_signatures() -> Result<()> {
    audit("signatures of npm packages", &["audit", "signatures", "--json"], read_signatures)
}

/// Asks npm's registry, and reads what it says.
fn audit(what: &str, arguments: &[&str], read: fn(&Value) -> Audit) -> Result<()> {
    // Where nobody answers, that should not take minutes.
    let output = command("npm").args(arguments).arg("--fetch-retries=1").output().context("npm could not be run")?;
    let said = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
    match read(&said) {
        Audit::Clean if output.status.success() => {
            println!("{what}: nothing is known against them");
            Ok(())
        }
        Audit::NotHad(reason) => Err(NotHere(format!("{what}: the registry did not tell ({reason})")).into()),
        Audit::Found(found) => bail!("{what}: {found}"),
        Audit::Clean => bail!("{what}: npm failed ({})", String::from_utf8_lossy(&output.stderr).trim()),
    }
}

/// What npm's answer means.
#[derive(Debug, PartialEq, Eq)]
enum Audit {
    Clean,
    /// What is wrong with which packages, or with the question.
    Found(String),
    /// The registry, or what it hangs on, was not reached or does not know.
    NotHad(String),
}

fn read_advisories(said: &Value) -> Audit {
    match said.get("vulnerabilities").and_then(Value::as_object) {
        Some(known) if known.is_empty() => Audit::Clean,
        Some(known) => Audit::Found(known.keys().map(String::as_str).collect::<Vec<_>>().join(", ")),
        None => read_error(said),
    }
}

fn read_signatures(said: &Value) -> Audit {
    let (Some(invalid), Some(missing)) = (said["invalid"].as_array(), said["missing"].as_array()) else {
        return read_error(said);
    };
    let named = |list: &[Value], kind: &str| {
        list.iter().map(|package| format!("{} {kind}", package["name"].as_str().unwrap_or("?"))).collect::<Vec<_>>()
    };
    let mut faults = named(invalid, "has a bad signature");
    faults.extend(named(missing, "has no signature"));
    if faults.is_empty() { Audit::Clean } else { Audit::Found(faults.join(", ")) }
}

/// An error of the network or of a registry that does not do this is nobody's fault here; any other is: a key that has
/// run out, say, or a lock file that does not fit.
fn read_error(said: &Value) -> Audit {
    let error = &said["error"];
    let code = error["code"].as_str().unwrap_or_default();
    let summary = error["summary"].as_str().filter(|summary| !summary.is_empty()).or(said["message"].as_str());
    let reason = summary.unwrap_or("npm said nothing").lines().next().unwrap_or_default().to_owned();
    let is_status = |code: &str| code.len() == 4 && code.starts_with('E') && code[1..].parse::<u16>().is_ok();
    let not_had = NO_NETWORK.contains(&code)
        || is_status(code)
        || said["statusCode"].is_u64()
        // A registry that publishes no keys, as a mirror may be.
        || reason.contains("installed from a supported registry");
    if not_had { Audit::NotHad(reason) } else { Audit::Found(reason) }
}

/// What is wrong with the npm packages' pins and locks.
fn npm_faults(package: &Value, lock: &str) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for kind in ["dependencies", "devDependencies", "optionalDependencies"] {
        for (name, wanted) in package[kind].as_object().into_iter().flatten() {
            if !is_exact(wanted.as_str().unwrap_or_default()) {
                faults.push(format!("package.json wants {name} {wanted}, not one version of it"));
            }
        }
    }
    let lock: Value = serde_json::from_str(lock).context("package-lock.json")?;
    let packages = lock["packages"].as_object().context("package-lock.json names no packages")?;
    for (path, locked) in packages.iter().filter(|(path, _)| !path.is_empty()) {
        if !locked["resolved"].is_null() {
            faults.push(format!("package-lock.json says of {path} where it was had"));
        }
        if !locked["integrity"].as_str().is_some_and(|hash| hash.starts_with("sha512-")) {
            faults.push(format!("package-lock.json has no SHA-512 of {path}"));
        }
    }
    Ok(faults)
}

/// The library in what is shipped and the generator in this program are one version, each pinned.
fn bindgen_faults(workspace: &str, xtask: &str) -> Vec<String> {
    let pinned = |manifest: &str, name: &str| {
        let line = manifest.lines().find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix('='))?;
        let version = line.trim().strip_prefix("\"=")?.strip_suffix('"')?.to_owned();
        is_exact(&version).then_some(version)
    };
    match (pinned(workspace, "wasm-bindgen"), pinned(xtask, "wasm-bindgen-cli-support")) {
        (Some(library), Some(generator)) if library == generator => Vec::new(),
        (Some(library), Some(generator)) => {
            vec![format!("wasm-bindgen is {library}, and its generator {generator}")]
        }
        (None, _) => vec!["Cargo.toml has no `wasm-bindgen = \"=…\"`".to_owned()],
        (_, None) => vec!["xtask/Cargo.toml has no `wasm-bindgen-cli-support = \"=…\"`".to_owned()],
    }
}

/// Whether a requirement is one version: three numbers and nothing else, but for a prerelease behind a hyphen.
fn is_exact(version: &str) -> bool {
    let (numbers, before) = version.split_once('-').unwrap_or((version, "0"));
    if before.is_empty() || !before.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte)) {
        return false;
    }
    let parts: Vec<&str> = numbers.split('.').collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn workspaces() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    WORKSPACES.into_iter().filter(|(manifest, _)| root().join(manifest).exists())
}

fn deny(program: &str, manifest: &str) -> Command {
    let mut deny = command(program);
    deny.args(["--locked", "--config", "deny.toml", "--manifest-path", manifest]);
    deny
}

/// The pinned `cargo deny`: the one that the machine has, or one that is built beside what else is built here.
fn cargo_deny() -> Result<String> {
    let version = |program: &str| Some(command(program).arg("--version").output().ok()?.stdout);
    let is_pinned = |program: &str| version(program) == Some(format!("cargo-deny {CARGO_DENY}\n").into_bytes());
    if exists("cargo-deny") && is_pinned("cargo-deny") {
        return Ok("cargo-deny".to_owned());
    }
    let tools: PathBuf = target_dir()?.join("tools");
    let built = tools.join("bin/cargo-deny").to_str().context("the path of the target folder is not UTF-8")?.to_owned();
    if !is_pinned(&built) {
        println!("Building cargo-deny {CARGO_DENY}, once; this takes about two minutes…");
        let mut install = command("cargo");
        install.args(["install", "--quiet", "--locked", "cargo-deny", "--version", CARGO_DENY, "--root"]).arg(&tools);
        run(install.env("CARGO_TARGET_DIR", tools.join("target"))).context("cargo-deny could not be built")?;
        fs::remove_dir_all(tools.join("target"))?;
    }
    Ok(built)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn npm(version: &str, locked: &Value) -> Vec<String> {
        let package = json!({"devDependencies": {"esbuild": version}});
        npm_faults(&package, &json!({"packages": {"": {}, "node_modules/esbuild": locked}}).to_string()).unwrap()
    }

    #[test]
    fn the_npm_packages_are_one_version_each_with_its_hash_and_no_registry() {
        let good = json!({"version": "0.28.2", "integrity": "sha512-AAAA"});
        assert_eq!(npm("0.28.2", &good), [""; 0]);
        assert_eq!(npm("5.20261117.0-beta", &good), [""; 0], "a prerelease is one version too");
        for range in ["^0.28.2", "~0.28.2", "0.28", "0.28.x", "latest", "*", ">=0.28.2", "0.28.2-", "1.0.0 - 2.0.0", ""]
        {
            assert_eq!(npm(range, &good).len(), 1, "{range}");
        }
        let told = json!({"integrity": "sha512-AAAA", "resolved": "https://registry.example/esbuild.tgz"});
        assert_eq!(npm("0.28.2", &told).len(), 1);
        for integrity in [json!({}), json!({"integrity": "sha1-AAAA"})] {
            assert_eq!(npm("0.28.2", &integrity).len(), 1, "{integrity}");
        }
    }

    #[test]
    fn the_bindings_and_their_generator_are_one_pinned_version() {
        let faults = |library: &str, generator: &str| {
            bindgen_faults(
                &format!("wasm-bindgen-futures = \"0.4\"\nwasm-bindgen = \"{library}\"\n"),
                &format!("wasm-bindgen-cli-support = \"{generator}\"\n"),
            )
        };
        assert_eq!(faults("=0.2.130", "=0.2.130"), [""; 0]);
        for (library, generator) in
            [("0.2.130", "=0.2.130"), ("=0.2.130", "0.2.130"), ("=0.2.130", "=0.2.129"), ("=0.2", "=0.2")]
        {
            assert_eq!(faults(library, generator).len(), 1, "{library} {generator}");
        }
    }

    #[test]
    fn a_registry_that_does_not_answer_is_not_a_finding_and_a_bad_signature_is() {
        let not_had = |audit: Audit| matches!(audit, Audit::NotHad(_));
        let found = |audit: Audit| matches!(audit, Audit::Found(_));
        assert_eq!(read_signatures(&json!({"invalid": [], "missing": []})), Audit::Clean);
        let invalid = json!({"invalid": [{"name": "esbuild"}], "missing": [{"name": "wrangler"}]});
        assert_eq!(
            read_signatures(&invalid),
            Audit::Found("esbuild has a bad signature, wrangler has no signature".to_owned())
        );
        let error = |code: &str, summary: &str| json!({"error": {"code": code, "summary": summary}});
        assert!(not_had(read_signatures(&error("ENOTFOUND", "request failed"))));
        assert!(not_had(read_signatures(&error("E404", "no such thing"))));
        assert!(found(read_signatures(&error("EEXPIREDSIGNATUREKEY", "the key has expired"))));
        assert!(found(read_signatures(&error("EUSAGE", "npm does not know this"))));
        assert!(found(read_signatures(&Value::Null)));
    }

    #[test]
    fn every_advisory_is_a_finding() {
        assert_eq!(read_advisories(&json!({"vulnerabilities": {}})), Audit::Clean);
        let known = json!({"vulnerabilities": {"ws": {"severity": "low"}, "undici": {"severity": "high"}}});
        assert_eq!(read_advisories(&known), Audit::Found("undici, ws".to_owned()));
        let refused = json!({"message": "405 Method Not Allowed", "statusCode": 405, "error": {"summary": ""}});
        assert_eq!(read_advisories(&refused), Audit::NotHad("405 Method Not Allowed".to_owned()));
        assert!(matches!(read_advisories(&json!({"error": {"code": "ENOLOCK"}})), Audit::Found(_)));
    }

    #[test]
    fn security_md_names_tests_that_exist() {
        let text = fs::read_to_string(root().join("SECURITY.md")).unwrap();
        let mut named = 0;
        for row in text.lines().filter(|line| line.starts_with("| ")) {
            // In the last column, a file stands before the names that are to be found in it.
            let mut file = None;
            for part in row.trim_end_matches(" |").rsplit(" | ").next().unwrap_or_default().split(['`', '“']) {
                if let Some((name, _)) = part.split_once('”') {
                    let file: &String = file.as_ref().expect("a file stands before the name");
                    assert!(file.contains(name), "{name}");
                    named += 1;
                } else if part.contains('/') {
                    file = Some(fs::read_to_string(root().join(part)).expect(part));
                }
            }
        }
        assert!(named > 20, "{named}");
    }
}
