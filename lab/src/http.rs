//! A client for the Worker on loopback: HTTP/1.1, one request a connection.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use crate::error::Result;

/// Longer than the Worker may take over a check.
const PATIENCE: Duration = Duration::from_secs(40);

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// GETs a path (with its query) from an endpoint such as `http://127.0.0.1:8787`.
pub(crate) fn get(endpoint: &str, path: &str) -> Result<Answer> {
    let authority =
        endpoint.strip_prefix("http://").ok_or_else(|| format!("{endpoint}: only http:// is spoken here"))?;
    let authority = authority.trim_end_matches('/');
    let target = if authority.contains(':') { authority.to_owned() } else { format!("{authority}:80") };
    let mut stream = connect(&target)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {authority}\r\nAccept: application/json\r\nConnection: close\r\n\r\n"
    )?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).map_err(|error| format!("{path}: {error}"))?;
    parse(&bytes).ok_or_else(|| format!("{path}: not an HTTP answer").into())
}

/// Percent-encodes a value of a query (RFC 3986 §2).
pub(crate) fn encode(value: &str) -> String {
    let mut encoded = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a String takes all text");
        }
    }
    encoded
}

/// `localhost` may have addresses at which nobody listens.
fn connect(target: &str) -> Result<TcpStream> {
    let mut last = format!("{target}: no address");
    for address in target.to_socket_addrs().map_err(|error| format!("{target}: {error}"))? {
        match TcpStream::connect(address) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = format!("{target}: {error}"),
        }
    }
    Err(last.into())
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let body = &bytes[end + 4..];
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let head = head.to_ascii_lowercase();
    let chunked = head.lines().any(|line| line.starts_with("transfer-encoding:") && line.contains("chunked"));
    Some(Answer { status, body: if chunked { dechunk(body)? } else { body.to_vec() } })
}

fn dechunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = rest.windows(2).position(|window| window == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..line]).ok()?.split(';').next()?;
        let size = usize::from_str_radix(size.trim(), 16).ok()?;
        let chunk = rest.get(line + 2..)?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(chunk.get(..size)?);
        rest = chunk.get(size + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunked_answer_is_put_together() {
        let answer =
            parse(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\n")
                .unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (200, b"{\"a\":1}".as_slice()));
    }

    #[test]
    fn a_plain_answer_ends_with_the_connection() {
        let answer = parse(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\n{}").unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (400, b"{}".as_slice()));
    }

    #[test]
    fn a_cut_answer_is_no_answer() {
        assert!(parse(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a").is_none());
        assert!(parse(b"").is_none());
    }

    #[test]
    fn unicode_is_encoded_as_utf8() {
        assert_eq!(encode("bücher.org"), "b%C3%BCcher.org");
    }
}
