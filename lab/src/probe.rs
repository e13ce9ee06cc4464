//! Just enough DNS to ask whether a server is up, and to read the question of a query.

use std::net::UdpSocket;
use std::time::Duration;

/// What a server said to a probe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answered {
    pub(crate) rcode: u8,
    pub(crate) answers: u16,
    /// AD: the resolver has validated the answer.
    pub(crate) authentic: bool,
}

pub(crate) const PATIENCE: Duration = Duration::from_millis(1500);

/// Asks for the A records of a name, once, with AD=1; `None` when no answer came soon.
pub(crate) fn ask(server: &str, name: &str) -> Option<Answered> {
    ask_within(server, name, PATIENCE)
}

pub(crate) fn ask_within(server: &str, name: &str, patience: Duration) -> Option<Answered> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.set_read_timeout(Some(patience)).ok()?;
    socket.connect((server, 53)).ok()?;
    socket.send(&query(name)).ok()?;
    let mut answer = [0; 1232];
    let length = socket.recv(&mut answer).ok()?;
    let header = answer[..length].first_chunk::<12>()?;
    Some(Answered {
        rcode: header[3] & 0x0f,
        answers: u16::from_be_bytes([header[6], header[7]]),
        authentic: header[3] & 0x20 != 0,
    })
}

fn query(name: &str) -> Vec<u8> {
    // id, RD and AD, one question.
    let mut query = vec![0x1a, 0xb0, 0x01, 0x20, 0, 1, 0, 0, 0, 0, 0, 0];
    for label in name.split('.').filter(|label| !label.is_empty()) {
        query.push(u8::try_from(label.len()).unwrap_or(63));
        query.extend_from_slice(label.as_bytes());
    }
    query.extend([0, 0, 1, 0, 1]);
    query
}

/// The question of a query: its name in lower case without a final dot, and its type.
pub(crate) fn question(message: &[u8]) -> Option<String> {
    let mut rest = message.get(12..)?;
    let mut labels = Vec::new();
    loop {
        let (&length, after) = rest.split_first()?;
        if length == 0 {
            rest = after;
            break;
        }
        // A question's name is never compressed.
        let (label, after) = after.split_at_checked(usize::from(length))?;
        labels.push(String::from_utf8_lossy(label).to_ascii_lowercase());
        rest = after;
    }
    let kind = u16::from_be_bytes(*rest.first_chunk()?);
    let kind = match kind {
        1 => "A".to_owned(),
        2 => "NS".to_owned(),
        5 => "CNAME".to_owned(),
        6 => "SOA".to_owned(),
        15 => "MX".to_owned(),
        16 => "TXT".to_owned(),
        28 => "AAAA".to_owned(),
        52 => "TLSA".to_owned(),
        other => format!("TYPE{other}"),
    };
    Some(format!("{} {kind}", labels.join(".")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_of_a_query_is_read() {
        assert_eq!(question(&query("MTA-STS.bakery.com")).as_deref(), Some("mta-sts.bakery.com A"));
        assert_eq!(question(&query("")).as_deref(), Some(" A"));
        assert_eq!(question(&query("bakery.com")[..20]), None);
    }
}
