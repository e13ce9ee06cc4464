//! One Rust file, read for its modules and for the paths that it names. Comments and texts name nothing, so paths in a
//! string (`#[serde(with = "…")]`) and links in documentation do not count.

use std::str::FromStr;

use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// What a module declares and names: a file's, or one in braces.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Source {
    /// `mod x;`
    pub(super) files: Vec<String>,
    /// `mod x { … }`
    pub(super) inline: Vec<(String, Source)>,
    /// Every leaf of every `use`, those in the bodies of functions too.
    pub(super) uses: Vec<Use>,
    /// Every path of two names or more in code, such as `crate::tool::run` or `tool::run`.
    pub(super) paths: Vec<Vec<String>>,
}

/// A leaf of a `use` declaration: `use a::{b as c, d::*}` has two.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Use {
    pub(super) path: Vec<String>,
    pub(super) binds: Binds,
}

/// What a leaf brings into its module.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Binds {
    Name(String),
    /// All that is in the module of the path.
    All,
}

impl Source {
    pub(super) fn parse(text: &str) -> Result<Self> {
        let tokens = TokenStream::from_str(text).map_err(|error| anyhow!("not Rust: {error}"))?;
        let mut source = Self::default();
        source.read(&tokens.into_iter().collect::<Vec<_>>());
        Ok(source)
    }

    fn read(&mut self, tokens: &[TokenTree]) {
        let mut rest = tokens;
        while let Some((token, after)) = rest.split_first() {
            rest = match token {
                TokenTree::Ident(word) if word == "mod" => self.module(after),
                // `impl Trait + use<'a>` names what is captured, and imports nothing.
                TokenTree::Ident(word) if word == "use" && !is_punct(after.first(), '<') => self.import(after),
                TokenTree::Ident(word) if word == "pub" => after_visibility(after),
                TokenTree::Ident(_) => {
                    let (path, after) = path(rest);
                    if path.len() > 1 {
                        self.paths.push(path);
                    }
                    after
                }
                TokenTree::Group(group) => {
                    self.read(&group.stream().into_iter().collect::<Vec<_>>());
                    after
                }
                _ => after,
            }
        }
    }

    /// What stands behind the word `mod`.
    fn module<'t>(&mut self, tokens: &'t [TokenTree]) -> &'t [TokenTree] {
        match tokens {
            [TokenTree::Ident(name), TokenTree::Group(body), after @ ..] if body.delimiter() == Delimiter::Brace => {
                let mut inner = Self::default();
                inner.read(&body.stream().into_iter().collect::<Vec<_>>());
                self.inline.push((plain(name), inner));
                after
            }
            [TokenTree::Ident(name), end, after @ ..] if is_punct(Some(end), ';') => {
                self.files.push(plain(name));
                after
            }
            _ => tokens,
        }
    }

    /// What stands behind the word `use`, to its semicolon.
    fn import<'t>(&mut self, tokens: &'t [TokenTree]) -> &'t [TokenTree] {
        let end = tokens.iter().position(|token| is_punct(Some(token), ';')).unwrap_or(tokens.len());
        self.uses_below(&[], &tokens[..end]);
        &tokens[end..]
    }

    /// One tree of a `use`, below the path that stands before it.
    fn uses_below(&mut self, before: &[String], tree: &[TokenTree]) {
        let (names, after) = path(after_colons(tree));
        let mut whole = [before, &names].concat();
        match after {
            [TokenTree::Group(group)] => {
                let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
                for tree in tokens.split(|token| is_punct(Some(token), ',')).filter(|tree| !tree.is_empty()) {
                    self.uses_below(&whole, tree);
                }
            }
            [star] if is_punct(Some(star), '*') => self.uses.push(Use { path: whole, binds: Binds::All }),
            _ => {
                // `use a::{self}` is `a`.
                if whole.len() > 1 && whole.last().is_some_and(|last| last == "self") {
                    whole.pop();
                }
                let name = match after {
                    [TokenTree::Ident(word), TokenTree::Ident(name)] if word == "as" => Some(plain(name)),
                    _ => whole.last().cloned(),
                };
                self.uses.extend(name.map(|name| Use { path: whole, binds: Binds::Name(name) }));
            }
        }
    }
}

/// The names that stand here with `::` between them, and what is behind them and a last `::`.
fn path(tokens: &[TokenTree]) -> (Vec<String>, &[TokenTree]) {
    let mut names = Vec::new();
    let mut rest = tokens;
    while let Some((TokenTree::Ident(name), after)) = rest.split_first() {
        names.push(plain(name));
        rest = after_colons(after);
        if rest.len() == after.len() {
            break;
        }
    }
    (names, rest)
}

/// What is behind `::`, or all of it where none is.
fn after_colons(tokens: &[TokenTree]) -> &[TokenTree] {
    match tokens {
        [TokenTree::Punct(one), TokenTree::Punct(two), after @ ..]
            if one.as_char() == ':' && one.spacing() == Spacing::Joint && two.as_char() == ':' =>
        {
            after
        }
        _ => tokens,
    }
}

/// What is behind `pub` and its parentheses; `pub (A, B)` is a field, and keeps them.
fn after_visibility(tokens: &[TokenTree]) -> &[TokenTree] {
    let Some((TokenTree::Group(group), after)) = tokens.split_first() else { return tokens };
    let words: Vec<String> = group.stream().into_iter().map(|token| token.to_string()).collect();
    let is_visibility = match words.first().map(String::as_str) {
        Some("in") => true,
        Some("crate" | "self" | "super") => words.len() == 1,
        _ => false,
    };
    if is_visibility { after } else { tokens }
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

/// A name without the `r#` that lets it be a keyword.
fn plain(name: &proc_macro2::Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").unwrap_or(&name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(text: &str) -> Vec<String> {
        let show = |leaf: Use| match leaf.binds {
            Binds::All => format!("{}::*", leaf.path.join("::")),
            Binds::Name(name) if leaf.path.last() == Some(&name) => leaf.path.join("::"),
            Binds::Name(name) => format!("{} as {name}", leaf.path.join("::")),
        };
        Source::parse(text).unwrap().uses.into_iter().map(show).collect()
    }

    fn paths(text: &str) -> Vec<String> {
        Source::parse(text).unwrap().paths.into_iter().map(|path| path.join("::")).collect()
    }

    #[test]
    fn a_use_is_read_leaf_by_leaf() {
        assert_eq!(
            uses(
                "pub(crate) use crate::{\n    a::{self, B as C, d::*},\n    e, // f,\n};\nuse ::std::fmt::Write as _;"
            ),
            ["crate::a", "crate::a::B as C", "crate::a::d::*", "crate::e", "std::fmt::Write as _"]
        );
        assert_eq!(uses("use super::*; fn f() { use self::g::H; }"), ["super::*", "self::g::H"]);
        assert_eq!(uses("fn f<'a>(x: &'a u8) -> impl Copy + use<'a> { x }"), [""; 0]);
    }

    #[test]
    fn paths_are_read_in_code_and_in_macros_but_not_in_comments_and_texts() {
        assert_eq!(
            paths(
                "fn f(x: &crate::a::B) { g!(1, super::h(x)) /* crate::not */ } // crate::nor\nconst S: &str = \"crate::this\";"
            ),
            ["crate::a::B", "super::h"]
        );
        assert_eq!(
            paths("/// See [`crate::a`].\nstruct S<'crate_> { a: ::std::string::String }"),
            ["std::string::String"]
        );
        assert_eq!(paths("fn f() { r#type::g::<u8>(); x.h::<u8>(); <crate::A as B>::c() }"), ["type::g", "crate::A"]);
    }

    #[test]
    fn who_sees_an_item_is_no_path() {
        assert_eq!(paths("pub(crate) struct A(pub(in crate::b) u8, pub (crate::c::D, u8));"), ["crate::c::D"]);
    }

    #[test]
    fn modules_are_files_or_stand_in_braces() {
        let source = Source::parse("mod a;\npub mod b { mod c; use super::a::X; }").unwrap();
        assert_eq!(source.files, ["a"]);
        let (name, inner) = &source.inline[0];
        assert_eq!((name.as_str(), inner.files.as_slice()), ("b", ["c".to_owned()].as_slice()));
        assert_eq!(inner.uses[0].path, ["super", "a", "X"]);
        assert!(source.uses.is_empty());
    }
}
