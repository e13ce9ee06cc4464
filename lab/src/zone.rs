//! A zone: its records, how it is signed, and who serves it.

use std::fmt::Write as _;

use crate::address;

#[derive(Debug, Clone)]
pub(crate) struct Zone {
    /// Without a trailing dot; empty for the root.
    pub(crate) apex: String,
    pub(crate) records: Vec<Record>,
    pub(crate) signing: Signing,
    pub(crate) servers: Servers,
}

/// Names in `owner` and `data` are as in a zone file: relative to the apex unless they end in a dot; `@` is the apex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) owner: String,
    pub(crate) ttl: u32,
    pub(crate) kind: String,
    pub(crate) data: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signing {
    Unsigned,
    Signed,
    /// Signed, and then edited: this text of the signed zone became that.
    Forged(&'static str, &'static str),
    /// Signed, with signatures that ran out long ago.
    Expired,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Servers {
    Root,
    Registry,
    Hosting,
    /// Delegated to servers that do not know the zone, and say so.
    Lame,
    /// Delegated to a server that never answers.
    Silent,
}

const TTL: u32 = 300;

impl Zone {
    pub(crate) fn new(apex: &str) -> Self {
        Self { apex: apex.to_owned(), records: Vec::new(), signing: Signing::Unsigned, servers: Servers::Hosting }
    }

    pub(crate) fn signed(mut self) -> Self {
        self.signing = Signing::Signed;
        self
    }

    pub(crate) fn served_by(mut self, servers: Servers) -> Self {
        self.servers = servers;
        self
    }

    pub(crate) fn with(mut self, owner: &str, kind: &str, data: impl Into<String>) -> Self {
        self.add(owner, kind, data);
        self
    }

    pub(crate) fn add(&mut self, owner: &str, kind: &str, data: impl Into<String>) {
        self.records.push(Record { owner: owner.to_owned(), ttl: TTL, kind: kind.to_owned(), data: data.into() });
    }

    pub(crate) fn remove(&mut self, owner: &str, kind: &str) {
        self.records.retain(|record| record.owner != owner || record.kind != kind);
    }

    /// The zone's name with its trailing dot.
    pub(crate) fn origin(&self) -> String {
        format!("{}.", self.apex)
    }

    /// A name for the zone in file names.
    pub(crate) fn file_stem(&self) -> &str {
        if self.apex.is_empty() { "root" } else { &self.apex }
    }

    pub(crate) fn is_loaded(&self) -> bool {
        matches!(self.servers, Servers::Root | Servers::Registry | Servers::Hosting)
    }

    /// Whether the zone's parent has a DS record for it.
    pub(crate) fn has_keys(&self) -> bool {
        self.signing != Signing::Unsigned
    }

    /// The zone's name servers: absolute names, each with its address.
    pub(crate) fn name_servers(&self) -> Vec<(String, &'static str)> {
        match self.servers {
            Servers::Root => vec![("a.root-servers.net.".to_owned(), address::ROOT_SERVER)],
            Servers::Registry => vec![(format!("a.nic.{}.", self.apex), address::REGISTRY)],
            Servers::Hosting | Servers::Lame => {
                (1..).zip(address::HOSTING).map(|(n, address)| (format!("ns{n}.dns-hosting.net."), address)).collect()
            }
            Servers::Silent => vec![(format!("ns.{}.", self.apex), address::SILENT_NAME_SERVER)],
        }
    }

    /// Whether a name, absolute and with its dot, lies at or below the apex.
    pub(crate) fn encloses(&self, name: &str) -> bool {
        let name = name.strip_suffix('.').unwrap_or(name);
        self.apex.is_empty() || name.strip_suffix(&self.apex).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    /// The zone as a zone file, with an SOA and its own NS records.
    pub(crate) fn to_file(&self) -> String {
        let mut file = format!("$ORIGIN {}\n$TTL {TTL}\n", self.origin());
        let servers = self.name_servers();
        let primary = servers.first().map_or(".", |(name, _)| name);
        let mut line = |text: std::fmt::Arguments<'_>| writeln!(file, "{text}").expect("a String takes all text");
        line(format_args!("@ IN SOA {primary} hostmaster.dns-hosting.net. 2026010100 7200 900 1209600 {TTL}"));
        for (name, _) in &servers {
            line(format_args!("@ IN NS {name}"));
        }
        for Record { owner, ttl, kind, data } in &self.records {
            line(format_args!("{owner} {ttl} IN {kind} {data}"));
        }
        file
    }
}

/// The data of a TXT record of one string, or of several where it is over 255 bytes.
pub(crate) fn txt(text: &str) -> String {
    let strings = text.as_bytes().chunks(255).map(quoted);
    strings.collect::<Vec<_>>().join(" ")
}

fn quoted(bytes: &[u8]) -> String {
    let mut string = String::from('"');
    for &byte in bytes {
        match byte {
            b'"' | b'\\' => string.extend(['\\', char::from(byte)]),
            b' '..=b'~' => string.push(char::from(byte)),
            _ => write!(string, "\\{byte:03}").expect("a String takes all text"),
        }
    }
    string.push('"');
    string
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_quoted_escaped_and_split() {
        assert_eq!(txt("v=STSv1; id=1;"), r#""v=STSv1; id=1;""#);
        assert_eq!(txt(r#"say "no" \"#), r#""say \"no\" \\""#);
        assert_eq!(txt("é"), r#""\195\169""#);
        let long = txt(&"a".repeat(256));
        assert_eq!(long, format!(r#""{}" "a""#, "a".repeat(255)));
    }

    #[test]
    fn a_zone_file_starts_with_its_authority() {
        let zone = Zone::new("bakery.com").with("@", "MX", "10 mail");
        let file = zone.to_file();
        assert!(file.starts_with("$ORIGIN bakery.com.\n"), "{file}");
        assert!(file.contains("@ IN NS ns1.dns-hosting.net.\n"), "{file}");
        assert!(file.ends_with("@ 300 IN MX 10 mail\n"), "{file}");
    }

    #[test]
    fn a_zone_encloses_whole_labels_only() {
        let zone = Zone::new("com.au");
        assert!(zone.encloses("com.au.") && zone.encloses("bakery.com.au."));
        assert!(!zone.encloses("telecom.au.") && !zone.encloses("au."));
        assert!(Zone::new("").encloses("anything.at.all."));
    }
}
