//! The tree of zones from the root down: the top-level domains, what the lab itself needs, and the scenarios' own zones, each
//! delegated by its parent.

use crate::address;
use crate::scenario::Scenario;
use crate::zone::{Servers, Zone};

/// All zones, with their delegations but without DS records, which wait for the keys.
pub(crate) fn zones(scenarios: &[Scenario]) -> Vec<Zone> {
    let mut zones = infrastructure();
    for scenario in scenarios {
        zones.extend(scenario.zones.iter().cloned());
    }
    for child in 0..zones.len() {
        delegate(&mut zones, child);
    }
    zones
}

/// The index of the zone that delegates this one; none for the root.
pub(crate) fn parent(zones: &[Zone], child: usize) -> Option<usize> {
    let name = zones[child].origin();
    (0..zones.len())
        .filter(|&other| other != child && zones[child].apex != zones[other].apex && zones[other].encloses(&name))
        .max_by_key(|&other| zones[other].apex.len())
}

fn infrastructure() -> Vec<Zone> {
    let mut zones = vec![Zone::new("").signed().served_by(Servers::Root)];
    for domain in ["arpa", "au", "com", "com.au", "net", "org"] {
        zones.push(Zone::new(domain).signed().served_by(Servers::Registry));
    }
    zones.push(Zone::new("root-servers.net").with("a", "A", address::ROOT_SERVER));
    zones.push(Zone::new("dns-hosting.net").signed());
    zones.push(Zone::new("cloudflare-dns.com").signed().with("@", "A", address::DOH_SERVER));
    zones
}

/// Puts a zone's NS records, and the addresses of servers named below the parent, into the parent.
fn delegate(zones: &mut [Zone], child: usize) {
    let servers = zones[child].name_servers();
    for (name, address) in &servers {
        // The server's address is data of the zone that it is named in.
        if zones[child].encloses(name) {
            zones[child].add(name, "A", *address);
        }
    }
    let origin = zones[child].origin();
    let Some(parent) = parent(zones, child) else { return };
    for (name, address) in servers {
        zones[parent].add(&origin, "NS", name.clone());
        let glue =
            crate::zone::Record { owner: name.clone(), ttl: 300, kind: "A".to_owned(), data: address.to_owned() };
        if zones[parent].encloses(&name) && !zones[parent].records.contains(&glue) {
            zones[parent].records.push(glue);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_but_the_root_is_delegated_with_an_address() {
        let zones = zones(&crate::scenarios::all());
        for (index, zone) in zones.iter().enumerate().filter(|(_, zone)| !zone.apex.is_empty()) {
            let parent = &zones[parent(&zones, index).expect("a parent")];
            let delegated = parent.records.iter().any(|record| record.kind == "NS" && record.owner == zone.origin());
            assert!(delegated, "{} is not delegated by {:?}", zone.apex, parent.apex);
        }
    }

    #[test]
    fn a_second_level_registry_is_the_parent_of_its_domains() {
        let zones = [Zone::new(""), Zone::new("au"), Zone::new("com.au"), Zone::new("bakery.com.au")];
        assert_eq!(parent(&zones, 3), Some(2));
        assert_eq!(parent(&zones, 2), Some(1));
        assert_eq!(parent(&zones, 0), None);
    }

    #[test]
    fn no_zone_is_declared_twice() {
        let mut names: Vec<_> = zones(&crate::scenarios::all()).into_iter().map(|zone| zone.apex).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
