//! Answers of a resolver that is broken or hostile. The `DoH` server gives each in the place of the right one.

use std::fmt::Write as _;

/// An answer that is given to one question, byte for byte.
#[derive(Debug, Clone)]
pub(crate) struct Forgery {
    /// Absolute, without the last dot.
    pub(crate) name: String,
    pub(crate) kind: u16,
    pub(crate) body: Vec<u8>,
    /// Of HTTP.
    pub(crate) status: u16,
}

pub(crate) const A: u16 = 1;
pub(crate) const CNAME: u16 = 5;
pub(crate) const MX: u16 = 15;
pub(crate) const TXT: u16 = 16;
pub(crate) const AAAA: u16 = 28;
const OPT: u16 = 41;

impl Forgery {
    /// What would be a good answer without records: the beginning of every other.
    pub(crate) fn of(name: &str, kind: u16) -> Self {
        let mut body = vec![0, 0, 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0];
        body.extend(wire_name(name));
        body.extend([kind.to_be_bytes(), [0, 1]].concat());
        Self { name: name.to_owned(), kind, body, status: 200 }
    }

    /// Adds a record to the answer section.
    pub(crate) fn record(mut self, owner: &str, kind: u16, data: &[u8]) -> Self {
        self.body.extend(wire_name(owner));
        self.body.extend([kind.to_be_bytes(), [0, 1]].concat());
        self.body.extend([0, 0, 1, 44]);
        self.body.extend(u16::try_from(data.len()).expect("it fits a record").to_be_bytes());
        self.body.extend(data);
        self.count(6)
    }

    pub(crate) fn alias(self, owner: &str, target: &str) -> Self {
        self.record(owner, CNAME, &wire_name(target))
    }

    pub(crate) fn txt(self, text: &str) -> Self {
        let strings =
            text.as_bytes().chunks(255).flat_map(|part| [&[u8::try_from(part.len()).unwrap_or(255)], part].concat());
        let (name, data) = (self.name.clone(), strings.collect::<Vec<u8>>());
        self.record(&name, TXT, &data)
    }

    /// An MX record whose host has these labels, whatever is in them.
    pub(crate) fn mx(self, preference: u16, labels: &[&str]) -> Self {
        let name = self.name.clone();
        self.record(&name, MX, &[&preference.to_be_bytes(), &*wire_labels(labels)].concat())
    }

    /// SERVFAIL, with an extended error (RFC 8914).
    pub(crate) fn failing(mut self, code: u16, text: &str) -> Self {
        self.body[3] |= 2;
        let length = |data: usize| u16::try_from(data).expect("it fits a record").to_be_bytes();
        let option = [&[0, 15], &length(text.len() + 2)[..], &code.to_be_bytes(), text.as_bytes()].concat();
        self.body
            .extend([&[0], &OPT.to_be_bytes()[..], &[4, 208, 0, 0, 0, 0], &length(option.len()), &option].concat());
        self.count(10)
    }

    /// Sets a byte of it.
    pub(crate) fn with_byte(mut self, at: usize, byte: u8) -> Self {
        self.body[at] = byte;
        self
    }

    /// Adds bytes to its end that nothing announces.
    pub(crate) fn followed_by(mut self, bytes: &[u8]) -> Self {
        self.body.extend(bytes);
        self
    }

    /// Not DNS at all.
    pub(crate) fn saying(self, status: u16, body: &[u8]) -> Self {
        Self { status, body: body.to_vec(), ..self }
    }

    /// Raises the count of a section, at this place of the header.
    fn count(mut self, at: usize) -> Self {
        let count = u16::from_be_bytes([self.body[at], self.body[at + 1]]) + 1;
        self.body[at..at + 2].copy_from_slice(&count.to_be_bytes());
        self
    }

    /// As a rule of dnsdist.
    pub(crate) fn rule(&self) -> String {
        let Self { name, kind, body, status } = self;
        let mut bytes = String::new();
        for byte in body {
            write!(bytes, "\\{byte:03}").expect("a String takes all text");
        }
        format!(
            "addAction(AndRule({{QNameRule(\"{name}.\"), QTypeRule({kind})}}), HTTPStatusAction({status}, \"{bytes}\", \
             \"application/dns-message\"))\n"
        )
    }
}

/// A name on the wire, not compressed.
pub(crate) fn wire_name(name: &str) -> Vec<u8> {
    wire_labels(&name.split('.').collect::<Vec<_>>())
}

fn wire_labels(labels: &[&str]) -> Vec<u8> {
    let label = |label: &&str| [&[u8::try_from(label.len()).unwrap_or(63)], label.as_bytes()].concat();
    let mut wire: Vec<u8> = labels.iter().flat_map(label).collect();
    wire.push(0);
    wire
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_as_dns_has_it() {
        let forged = Forgery::of("a.bc", TXT).txt("hi");
        let expected = b"\0\0\x81\x80\0\x01\0\x01\0\0\0\0\x01a\x02bc\0\0\x10\0\x01\x01a\x02bc\0\0\x10\0\x01\0\0\x01\x2c\0\x03\x02hi";
        assert_eq!(forged.body, expected);
        assert!(forged.rule().contains("QNameRule(\"a.bc.\"), QTypeRule(16)"), "{}", forged.rule());
        assert!(forged.rule().contains("\"\\000\\000\\129"), "{}", forged.rule());
    }
}
