//! The table of providers, a row for each, and the columns that lookups read.

pub(super) mod clouds;
mod gateways;
mod hosted_policies;
pub(super) mod mailboxes;
mod registrars;

use super::offer::Offer;
use super::row::{DnsHost, Family, Hosts, Row, WebHost};

/// Gateways, which pass mail on to a mailbox provider, come first. The first row that fits a host counts, and what is listed
/// has this order.
const GROUPS: [&[Row]; 5] = [gateways::ROWS, clouds::ROWS, mailboxes::ROWS, registrars::ROWS, hosted_policies::ROWS];

#[allow(
    clippy::large_const_arrays,
    reason = "the columns below are made of it while core is built; no program holds it"
)]
const ROWS: [Row; COUNT] = {
    let mut rows = [None; COUNT];
    let (mut group, mut count) = (0, 0);
    while group < GROUPS.len() {
        let mut at = 0;
        while at < GROUPS[group].len() {
            rows[count] = Some(GROUPS[group][at]);
            (at, count) = (at + 1, count + 1);
        }
        group += 1;
    }
    first(&rows)
};

const COUNT: usize = {
    let (mut count, mut group) = (0, 0);
    while group < GROUPS.len() {
        count += GROUPS[group].len();
        group += 1;
    }
    count
};

// A row that claims something without a source does not build: the error says its id.
const _: () = {
    let mut at = 0;
    while at < COUNT {
        assert!(ROWS[at].is_sourced(), "{}", ROWS[at].id);
        at += 1;
    }
};

/// As many cells as a column may have.
const CAPACITY: usize = 100;

/// The first of the cells, which are there.
const fn first<T: Copy, const ALL: usize, const COUNT: usize>(cells: &[Option<T>; ALL]) -> [T; COUNT] {
    let Some(any) = cells[0] else { panic!("no row has a cell in this column") };
    let mut first = [any; COUNT];
    let mut at = 0;
    while at < COUNT {
        if let Some(cell) = cells[at] {
            first[at] = cell;
        }
        at += 1;
    }
    first
}

/// Makes columns of the rows while core is built: what a program does not look up, it does not carry, and sources nobody
/// does. A column says which things of a row are in it, and what its cell has of each.
macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident: $cell:ty = |$row:ident| $things:expr, |$thing:ident| $made:expr;)*) => {$(
        $(#[$doc])*
        pub(super) static $name: &[$cell] = {
            const FOUND: ([Option<$cell>; CAPACITY], usize) = {
                let (mut cells, mut count, mut at) = ([None; CAPACITY], 0, 0);
                while at < COUNT {
                    let $row = &ROWS[at];
                    let (things, mut next) = ($things, 0);
                    while next < things.len() {
                        let $thing = &things[next];
                        cells[count] = Some($made);
                        (count, next) = (count + 1, next + 1);
                    }
                    at += 1;
                }
                (cells, count)
            };
            const CELLS: [$cell; FOUND.1] = first(&FOUND.0);
            &CELLS
        };
    )*};
}

/// A list that has any name.
const fn some<'l>(list: &'l &'static str) -> &'l [&'static str] {
    if list.is_empty() { &[] } else { std::slice::from_ref(list) }
}

columns! {
    /// Mail servers, with the provider's id.
    MAIL: (&str, Hosts) = |row| row.mail.as_slice(), |mail| (row.id, *mail);

    /// Lines that customers' policies have, with the provider's id.
    FAMILIES: (&str, Family) = |row| row.families, |family| (row.id, *family);

    /// Documented mail servers of which a customer has some.
    DOCUMENTED_HOSTS: &str = |row| some(&row.documented_hosts), |hosts| *hosts;

    /// Ids of the providers whose customers all have the same lines.
    TOLD_BY_ID: &str = |row| if row.told_by_id { std::slice::from_ref(&row.id) } else { &[] }, |id| *id;

    /// DNS hosts, with the provider's id.
    DNS: (&str, DnsHost) = |row| row.dns.as_slice(), |dns| (row.id, *dns);

    /// Names at the end of an alias, where they are not those of mail servers.
    ALIAS_ENDS: Hosts = |row| row.alias_ends.as_slice(), |ends| *ends;

    /// Those of them whose owners keep policies for customers.
    HOSTED_POLICIES: Hosts = |row| if row.hosts_policies { row.alias_ends.as_slice() } else { &[] }, |ends| *ends;

    /// Below these are web sites of others.
    SITES: &str = |row| some(&row.sites), |sites| *sites;

    /// Web hosts.
    WEB: WebHost = |row| row.web.as_slice(), |web| *web;

    /// Offers, with the provider's id.
    OFFERS: (&str, Offer) = |row| row.offers, |offer| (row.id, *offer);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::providers::row::{LineSource, ends_with, names};
    use crate::providers::source::{Claim, Origin};

    #[test]
    fn an_id_is_that_of_one_row() {
        let ids: BTreeSet<&str> = ROWS.iter().map(|row| row.id).collect();
        assert_eq!(ids.len(), ROWS.len(), "an id stands twice");
        for id in ids {
            assert!(id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{id}");
        }
    }

    #[test]
    fn a_source_is_for_what_its_row_claims() {
        for row in &ROWS {
            let claims: Vec<Claim> = row.claims().into_iter().flatten().collect();
            assert!(!claims.is_empty(), "{} claims nothing", row.id);
            for source in row.sources {
                assert!(!source.claims.is_empty(), "{}: a source of nothing", row.id);
                for claim in source.claims {
                    assert!(claims.contains(claim), "{} does not claim {claim:?}", row.id);
                }
            }
        }
    }

    #[test]
    fn lines_are_called_what_their_sources_are() {
        for row in &ROWS {
            let of_lines = || row.sources.iter().filter(|source| source.claims.contains(&Claim::Lines));
            let is_seen = of_lines().any(|source| matches!(source.origin, Origin::Seen(_)));
            let is_told = of_lines().any(|source| !matches!(source.origin, Origin::Seen(_)));
            for family in row.families {
                match family.source {
                    LineSource::Documented => assert!(is_told, "{}: documented where?", row.id),
                    LineSource::Seen => assert!(is_seen, "{}: seen where?", row.id),
                    LineSource::Live => panic!("{}: a live host is no line that is known", row.id),
                }
            }
            assert!(row.documented_hosts.is_empty() || is_told, "{}: documented where?", row.id);
            assert!(!row.told_by_id || !row.families.is_empty(), "{}: the id tells no line", row.id);
            let is_theirs = |line: &'static str| row.mail.is_some_and(|hosts| hosts.have(line));
            let lines =
                || row.families.iter().flat_map(|family| names(family.lines)).chain(names(row.documented_hosts));
            assert!(lines().all(is_theirs), "{}: not all lines are for its own servers", row.id);
        }
    }

    #[test]
    fn no_row_hides_what_stands_below_it() {
        let mail: Vec<(&str, &'static str)> = MAIL.iter().map(|(id, hosts)| (*id, hosts.suffixes)).collect();
        let dns: Vec<(&str, &'static str)> = DNS.iter().map(|(id, host)| (*id, host.suffixes)).collect();
        for column in [mail, dns] {
            for (at, (id, suffixes)) in column.iter().enumerate() {
                for (below, hidden) in &column[at + 1..] {
                    let hides = |suffix: &&str| names(hidden).any(|other| ends_with(other, suffix));
                    assert_eq!(names(suffixes).find(|suffix| hides(suffix)), None, "{id} is before {below}");
                }
            }
        }
    }
}
