//! Which file imports what from which, and the circles in it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::module_tree::Import;

/// Files, what each imports, and by which names.
#[derive(Default)]
pub(super) struct Graph {
    edges: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
}

impl Graph {
    pub(super) fn new(imports: Vec<Import>) -> Self {
        let mut graph = Self::default();
        for Import { from, to, name } in imports {
            graph.edges.entry(from).or_default().entry(to).or_default().insert(name);
        }
        graph
    }

    /// Every pair of files of which one imports the other, and the names.
    pub(super) fn edges(&self) -> impl Iterator<Item = (&str, &str, String)> {
        self.edges
            .iter()
            .flat_map(|(from, edges)| edges.iter().map(move |(to, names)| (from.as_str(), to.as_str(), listed(names))))
    }

    /// The shortest circle of each set of files that all lead to one another. It begins with the file that is first by name.
    pub(super) fn circles(&self) -> Vec<Vec<&str>> {
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            self.edges.keys().map(|file| (file.as_str(), self.reached(file))).collect();
        let mut told = BTreeSet::new();
        let mut circles = Vec::new();
        for (file, there) in &reached {
            if !there.contains(file) || told.contains(file) {
                continue;
            }
            let leads_back = |other: &&&str| reached.get(**other).is_some_and(|back| back.contains(file));
            let set: BTreeSet<&str> = there.iter().filter(leads_back).copied().collect();
            circles.extend(set.iter().filter_map(|file| self.way_back(file, &set)).min_by_key(Vec::len));
            told.extend(set);
        }
        circles
    }

    /// The names that one file imports from another.
    pub(super) fn names(&self, from: &str, to: &str) -> String {
        self.edges.get(from).and_then(|edges| edges.get(to)).map(listed).unwrap_or_default()
    }

    fn next(&self, file: &str) -> impl Iterator<Item = &str> {
        self.edges.get(file).into_iter().flatten().map(|(to, _)| to.as_str())
    }

    fn reached(&self, file: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut waiting: Vec<&str> = self.next(file).collect();
        while let Some(file) = waiting.pop() {
            if reached.insert(file) {
                waiting.extend(self.next(file));
            }
        }
        reached
    }

    /// The files of the shortest way from a file to itself.
    fn way_back<'g>(&'g self, file: &'g str, within: &BTreeSet<&str>) -> Option<Vec<&'g str>> {
        let mut ways = VecDeque::from([vec![file]]);
        let mut seen = BTreeSet::new();
        while let Some(way) = ways.pop_front() {
            for next in self.next(way.last()?).filter(|next| within.contains(next)) {
                if next == file {
                    return Some(way);
                }
                if seen.insert(next) {
                    ways.push_back([way.as_slice(), &[next]].concat());
                }
            }
        }
        None
    }
}

fn listed(names: &BTreeSet<String>) -> String {
    names.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}
