//! Which patterns allow which hosts, found by name: a policy may have thousands of patterns, and a domain hundreds of hosts.

use super::mx_pattern::{MxPattern, NAME_LIMIT};
use crate::text::order;
use crate::text::part;
use crate::text::span::Spanned;

/// Hosts, to be found by the patterns that could allow them.
pub(crate) struct LiveHosts {
    /// In lower case, without the dot at the end.
    names: Vec<String>,
    exact: Keys,
    /// What stands behind the first label: what `*.` allows.
    parents: Keys,
    /// All that the name ends in, but for that: what `*.` is mistaken to allow.
    ends: Keys,
}

/// A host, by its place, and where in its name a part begins.
type Key = (usize, usize);
type Keys = Vec<Key>;

impl LiveHosts {
    pub(crate) fn of<'h>(hosts: impl IntoIterator<Item = &'h str>) -> Self {
        Self::of_names(&mut hosts.into_iter())
    }

    fn of_names(hosts: &mut dyn Iterator<Item = &str>) -> Self {
        let plain = |host: &str| host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        let names: Vec<String> = hosts.map(plain).collect();
        let (mut exact, mut parents, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        // No pattern is longer, and so none allows a longer name.
        for (host, name) in names.iter().enumerate().filter(|(_, name)| name.len() <= NAME_LIMIT + 2) {
            exact.push((host, 0));
            ends.push((host, 0));
            let mut dots = name.match_indices('.').map(|(at, _)| (host, at + 1));
            match dots.next() {
                Some((_, 1)) => ends.push((host, 1)),
                first => parents.extend(first),
            }
            ends.extend(dots);
        }
        for keys in [&mut exact, &mut parents, &mut ends] {
            let text = |key: &Key| (part::from(&names[key.0], key.1), key.0);
            order::sort_long(keys, &|one, other| text(one) < text(other));
        }
        Self { names, exact, parents, ends }
    }

    /// For each host the place of the first pattern that allows it.
    pub(crate) fn allowed_by(&self, patterns: &[Spanned<MxPattern>]) -> Vec<Option<usize>> {
        let mut first = vec![None; self.names.len()];
        for (keys, wild) in [(&self.exact, false), (&self.parents, true)] {
            self.find(keys, patterns, wild, &mut first);
        }
        first
    }

    /// For each host the place of the first pattern that would allow it if only `*` stood for another number of labels.
    pub(crate) fn missed_by(&self, patterns: &[Spanned<MxPattern>]) -> Vec<Option<usize>> {
        let mut first = vec![None; self.names.len()];
        self.find(&self.ends, patterns, true, &mut first);
        first
    }

    /// Whether a pattern allows a host, or misses it by depth alone.
    pub(crate) fn are_meant_by(&self, pattern: &MxPattern) -> bool {
        let all: &[&Keys] = if pattern.is_wildcard() { &[&self.parents, &self.ends] } else { &[&self.exact] };
        all.iter().any(|keys| self.place(keys, pattern.base()).is_some())
    }

    fn find(&self, keys: &Keys, patterns: &[Spanned<MxPattern>], wild: bool, first: &mut [Option<usize>]) {
        let mut done = vec![false; keys.len()];
        for (at, pattern) in patterns.iter().enumerate().filter(|(_, pattern)| pattern.value.is_wildcard() == wild) {
            let base = pattern.value.base();
            let Some(start) = self.place(keys, base).filter(|start| !done[*start]) else { continue };
            done[start] = true;
            for &(host, from) in keys[start..].iter().take_while(|key| part::from(&self.names[key.0], key.1) == base) {
                debug_assert!(from <= self.names[host].len());
                first[host] = Some(first[host].map_or(at, |known| known.min(at)));
            }
        }
    }

    /// Where the keys begin that are this text.
    fn place(&self, keys: &Keys, text: &str) -> Option<usize> {
        let start = keys.partition_point(|key| part::from(&self.names[key.0], key.1) < text);
        keys.get(start).filter(|key| part::from(&self.names[key.0], key.1) == text).map(|_| start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::span::Span;

    #[test]
    fn what_is_found_by_name_is_what_each_pattern_says() {
        let patterns =
            ["*.a.example", "m.a.example", "*.example", "x.b.example", "*.a.example", "m.example", "*.b.example"];
        let patterns: Vec<Spanned<MxPattern>> = patterns
            .iter()
            .map(|text| Spanned { value: MxPattern::parse(text).expect(text), span: Span::new(0, 0) })
            .collect();
        let hosts = [
            "m.a.example",
            "M.A.Example.",
            "y.a.example",
            "z.y.a.example",
            "a.example",
            "x.b.example",
            "",
            ".",
            ".a.example",
            "..a.example",
            "c",
        ];
        let live = LiveHosts::of(hosts);
        for (at, host) in hosts.iter().enumerate() {
            let allowed = patterns.iter().position(|pattern| pattern.value.matches(host));
            assert_eq!(live.allowed_by(&patterns)[at], allowed, "{host}");
            let missed = patterns.iter().position(|pattern| pattern.value.misses_by_depth(host));
            assert_eq!(live.missed_by(&patterns)[at], missed, "{host}");
        }
        for Spanned { value, .. } in &patterns {
            let meant = hosts.iter().any(|host| value.matches(host) || value.misses_by_depth(host));
            assert_eq!(live.are_meant_by(value), meant, "{}", value.as_str());
        }
    }
}
