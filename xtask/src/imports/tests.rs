use super::*;

#[test]
fn imports_go_one_way() {
    let (crates, files) = workspace().unwrap();
    let imports = Modules::read(&crates, &files).unwrap().imports();
    assert!(imports.len() > 500, "{} imports in the whole workspace: not all were read", imports.len());
    let told: Vec<String> = faults(&crates, &files).unwrap().into_iter().map(|fault| fault.told).collect();
    assert!(told.is_empty(), "{}", told.join("\n\n"));
}

/// What is wrong in a made-up workspace. A crate is there where a file of it is.
fn judged(sources: &[(&str, &str)]) -> Vec<String> {
    let mut files: BTreeMap<String, String> =
        sources.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let mut crates = Vec::new();
    for (folder, name) in [("crates/core", "mta-sts-core"), ("crates/view", "mta-sts-view"), ("lab", "lab")] {
        if sources.iter().any(|(path, _)| path.starts_with(folder)) {
            files.insert(format!("{folder}/Cargo.toml"), format!("[package]\nname = \"{name}\"\n"));
            crates.push(folder.to_owned());
        }
    }
    faults(&crates, &files).unwrap().into_iter().map(|fault| fault.told).collect()
}

#[test]
fn two_files_that_import_each_other_are_a_circle() {
    let faults = judged(&[
        ("lab/src/main.rs", "mod a; mod b; fn main() { a::f() }"),
        ("lab/src/a.rs", "use crate::b::{G, self as other};\npub fn f() { other::h() }"),
        ("lab/src/b.rs", "pub struct G; pub fn h() { crate::a::f() }"),
    ]);
    assert_eq!(
        faults,
        ["a circle:\n  lab/src/a.rs imports G, b, h from lab/src/b.rs\n  lab/src/b.rs imports f from lab/src/a.rs"]
    );
}

#[test]
fn a_parent_and_its_child_can_be_a_circle() {
    let child = ("lab/src/a/b.rs", "use super::Given; pub fn h(_: Given) {}");
    let root = ("lab/src/main.rs", "mod a;");
    let faults = judged(&[root, ("lab/src/a.rs", "mod b; pub struct Given; fn f() { b::h(Given) }"), child]);
    assert_eq!(
        faults,
        ["a circle:\n  lab/src/a.rs imports h from lab/src/a/b.rs\n  lab/src/a/b.rs imports Given from lab/src/a.rs"]
    );
    // `mod b;` alone is no import, and a parent whose child takes nothing from it may import that.
    assert_eq!(judged(&[root, ("lab/src/a.rs", "mod b; pub struct Given;"), child]), [""; 0]);
    let sibling = ("lab/src/a/c.rs", "pub struct Given;");
    let child = ("lab/src/a/b.rs", "use super::c::Given; pub fn h(_: Given) {}");
    assert_eq!(judged(&[root, ("lab/src/a.rs", "mod b; mod c; fn f() { b::h(c::Given) }"), child, sibling]), [""; 0]);
}

#[test]
fn of_a_knot_the_shortest_circle_is_told() {
    let faults = judged(&[
        ("lab/src/main.rs", "mod a; mod b; mod c; mod d;"),
        ("lab/src/a.rs", "use crate::b::B;"),
        ("lab/src/b.rs", "use crate::c::C;"),
        ("lab/src/c.rs", "use crate::{a::A, d::D};"),
        ("lab/src/d.rs", "use crate::c::C;"),
    ]);
    assert_eq!(
        faults,
        ["a circle:\n  lab/src/c.rs imports D from lab/src/d.rs\n  lab/src/d.rs imports C from lab/src/c.rs"]
    );
}

#[test]
fn two_knots_are_two_circles() {
    let faults = judged(&[
        ("lab/src/main.rs", "mod a; mod b; mod c; mod d;"),
        ("lab/src/a.rs", "use crate::b::B;"),
        ("lab/src/b.rs", "use crate::{a::A, c::C};"),
        ("lab/src/c.rs", "use crate::d::D;"),
        ("lab/src/d.rs", "use crate::c::C;"),
    ]);
    assert_eq!(faults.len(), 2, "{faults:#?}");
}

#[test]
fn what_a_file_passes_on_is_imported_from_it() {
    let passed_on = ("lab/src/a.rs", "mod b; mod c; pub use b::B;");
    let root = ("lab/src/main.rs", "mod a;");
    let faults =
        judged(&[root, passed_on, ("lab/src/a/b.rs", "use super::c::C;"), ("lab/src/a/c.rs", "use crate::a::B;")]);
    assert_eq!(
        faults,
        [
            "a circle:\n  lab/src/a.rs imports B from lab/src/a/b.rs\n  lab/src/a/b.rs imports C from lab/src/a/c.rs\n  lab/src/a/c.rs imports B from lab/src/a.rs"
        ]
    );
    let straight = ("lab/src/a/c.rs", "use crate::a::d::D;");
    let faults = judged(&[
        root,
        ("lab/src/a.rs", "mod b; mod c; mod d; pub use b::B;"),
        ("lab/src/a/b.rs", "use super::c::C;"),
        straight,
        ("lab/src/a/d.rs", ""),
    ]);
    assert_eq!(faults, [""; 0]);
}

#[test]
fn tests_are_held_to_it_but_their_own_file_is_not_another() {
    let root = ("lab/src/main.rs", "mod a; mod b;");
    let b = ("lab/src/b.rs", "use crate::a::A;");
    let own = "pub struct A;\n#[cfg(test)]\nmod tests { use super::*; fn f(_: super::A) {} }";
    assert_eq!(judged(&[root, ("lab/src/a.rs", own), b]), [""; 0]);
    let other = "pub struct A;\n#[cfg(test)]\nmod tests { use super::*; use crate::b::B; }";
    assert_eq!(judged(&[root, ("lab/src/a.rs", other), b]).len(), 1);
    // A file of tests imports what it tests, and that does not import it.
    let beside =
        [root, ("lab/src/a.rs", "pub struct A; #[cfg(test)] mod tests;"), ("lab/src/a/tests.rs", "use super::*;"), b];
    assert_eq!(judged(&beside), [""; 0]);
}

#[test]
fn a_module_that_was_imported_leads_further() {
    let faults = judged(&[
        ("lab/src/main.rs", "mod a; mod b;"),
        ("lab/src/a.rs", "pub mod deep;"),
        ("lab/src/a/deep.rs", "use crate::b::B;"),
        ("lab/src/b.rs", "use crate::a; fn f() { a::deep::g() }\nmod tests { use super::*; fn f() { a::deep::h() } }"),
    ]);
    assert_eq!(
        faults,
        [
            "a circle:\n  lab/src/a/deep.rs imports B from lab/src/b.rs\n  lab/src/b.rs imports g, h from lab/src/a/deep.rs"
        ]
    );
}

#[test]
fn a_name_that_leads_to_itself_ends() {
    assert_eq!(judged(&[("lab/src/main.rs", "use json::json; fn f() { json::g() } use b::c::d; use d::b;")]), [""; 0]);
}

#[test]
fn in_core_a_lower_floor_imports_no_higher_one() {
    let lib = ("crates/core/src/lib.rs", "mod text; mod name; mod facts; pub use name::Name;");
    let rest =
        [lib, ("crates/core/src/text.rs", "pub mod span;"), ("crates/core/src/facts.rs", "use crate::name::Name;")];
    let with = |span: &'static str, name: &'static str| {
        judged(&[&rest[..], &[("crates/core/src/text/span.rs", span), ("crates/core/src/name.rs", name)]].concat())
    };
    assert_eq!(with("", "use crate::text::span::Span;"), [""; 0]);
    assert_eq!(
        with("use crate::name::Name;", ""),
        [
            "crates/core/src/text/span.rs imports Name from crates/core/src/name.rs: a lower floor of core imports a higher one"
        ]
    );
    assert_eq!(with("#[cfg(test)] mod tests { use crate::facts::Facts; }", "").len(), 1, "tests too");
    // What the crate shows is above all of it.
    assert_eq!(with("use crate::Name;", "").len(), 1);
}

#[test]
fn a_folder_of_core_has_its_floor() {
    let faults = judged(&[
        ("crates/core/src/lib.rs", "mod text; mod cellar; use crate::text::Text;"),
        ("crates/core/src/text.rs", "use crate::cellar::Wine;"),
        ("crates/core/src/cellar.rs", "mod wine;"),
        ("crates/core/src/cellar/wine.rs", ""),
    ]);
    assert_eq!(faults, ["crates/core/src/cellar is not among the FLOORS of xtask/src/imports/order.rs"]);
}

#[test]
fn crates_import_those_below_them() {
    let core = ("crates/core/src/lib.rs", "pub mod text;");
    let view = ("crates/view/src/lib.rs", "use mta_sts_core::text::Text;");
    assert_eq!(judged(&[core, ("crates/core/src/text.rs", ""), view]), [""; 0]);
    // Its own tests import a crate by its name.
    assert_eq!(
        judged(&[core, ("crates/core/src/text.rs", ""), ("crates/core/tests/text.rs", "use mta_sts_core::text;")]),
        [""; 0]
    );
    let faults =
        judged(&[core, ("crates/core/src/text.rs", "fn f() { mta_sts_view::page() }"), ("crates/view/src/lib.rs", "")]);
    assert_eq!(
        faults,
        [
            "crates/core/src/text.rs imports page from crates/view/src/lib.rs: crates/core imports no other crate of the workspace"
        ]
    );
    let faults = judged(&[
        core,
        ("crates/core/src/text.rs", ""),
        ("crates/view/src/lib.rs", ""),
        ("lab/src/main.rs", "use mta_sts_view::page;"),
    ]);
    assert_eq!(faults, ["lab/src/main.rs imports page from crates/view/src/lib.rs: lab imports only crates/core"]);
}

#[test]
fn a_file_that_is_in_no_crate_is_said() {
    let files = [("lab/Cargo.toml", "name = \"lab\"\n"), ("lab/src/main.rs", ""), ("lab/src/lost.rs", "")];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
    let error = faults(&["lab".to_owned()], &files).unwrap_err();
    assert_eq!(error.to_string(), "lab/src/lost.rs is in no crate: no `mod` leads to it");
}
