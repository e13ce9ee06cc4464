//! The web servers of policy hosts: one listener for all, which behaves as the server name in the `ClientHello` asks.

use std::collections::HashMap;
use std::io::{self, Write as _};
use std::net::{IpAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustls::ServerConfig;
use rustls::server::{Accepted, Acceptor, ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

use crate::certificate::{Authority, Certificate};
use crate::error::Result;
use crate::tally::Tally;

pub(crate) const WELL_KNOWN: &str = "/.well-known/mta-sts.txt";
/// Longer than any client waits.
const FOREVER: Duration = Duration::from_mins(2);
/// More bytes than any client should take.
const ENDLESS: usize = 512 * 1024 * 1024;

pub(crate) struct PolicyHost {
    pub(crate) name: String,
    pub(crate) certificate: Certificate,
    pub(crate) behaviour: Behaviour,
}

#[derive(Clone)]
pub(crate) enum Behaviour {
    Respond(Response),
    Delayed(Duration, Response),
    /// Takes the TCP connection and says nothing.
    SilentBeforeTls,
    SilentAfterRequest,
    /// Answers the handshake with an alert, as hosts do for a name that is not set up.
    RefuseHandshake,
    /// Closes the connection once the request is in.
    HangUp,
    /// Sends a byte, and another after this time, and so on.
    Trickling(Duration, Response),
    /// Sends this, then the other without end, for as long as it is taken.
    Endless(Vec<u8>, Vec<u8>),
    /// Sends bytes that are no TLS, without end.
    Babble,
}

/// What is answered at the policy's path, or the one that it is given. Any other path is 404.
#[derive(Clone)]
pub(crate) struct Response {
    path: &'static str,
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// What `Content-Length` says, where that is a lie.
    length: Option<usize>,
}

impl Response {
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type", content_type.to_owned())];
        Self { path: WELL_KNOWN, status, headers, body: body.into(), length: None }
    }

    pub(crate) fn policy(text: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "text/plain", text)
    }

    /// Answers at another path.
    pub(crate) fn at(self, path: &'static str) -> Self {
        Self { path, ..self }
    }

    pub(crate) fn redirect(to: &str) -> Self {
        Self::new(301, "text/plain", "Moved\n").with("Location", to)
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Says that the body has another length than it has.
    pub(crate) fn claiming(self, length: usize) -> Self {
        Self { length: Some(length), ..self }
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let Self { status, headers, body, length, .. } = self;
        let mut head = format!("HTTP/1.1 {status} {}\r\nConnection: close\r\n", reason(*status));
        for (name, value) in headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        // RFC 9110 §8.6: no length where there can be no content.
        if *status != 204 {
            head.extend(["Content-Length: ", &length.unwrap_or(body.len()).to_string(), "\r\n"]);
        }
        head.push_str("\r\n");
        [head.as_bytes(), body].concat()
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        301 => "Moved Permanently",
        403 => "Forbidden",
        404 => "Not Found",
        500 => "Internal Server Error",
        _ => "Status",
    }
}

/// Every policy host of the lab.
pub(crate) struct PolicyHosts {
    by_name: HashMap<String, (Arc<ServerConfig>, Behaviour)>,
    refusing: Arc<ServerConfig>,
    delay: Duration,
    fetches: Tally,
}

impl PolicyHosts {
    pub(crate) fn new(
        hosts: impl Iterator<Item = PolicyHost>,
        authority: &Authority,
        delay: Duration,
        fetches: Tally,
    ) -> Result<Arc<Self>> {
        let by_name = hosts
            .map(|host| {
                let config = authority.server_config(&host.name, host.certificate)?;
                Ok((host.name, (config, host.behaviour)))
            })
            .collect::<Result<_>>()?;
        let refusing = ServerConfig::builder().with_no_client_auth().with_cert_resolver(Arc::new(NoCertificate));
        Ok(Arc::new(Self { by_name, refusing: Arc::new(refusing), delay, fetches }))
    }

    /// Serves at an address, until the process ends.
    pub(crate) fn listen(self: &Arc<Self>, address: IpAddr) -> Result<()> {
        let listener =
            TcpListener::bind((address, 443)).map_err(|error| format!("policy hosts at {address}: {error}"))?;
        let hosts = Arc::clone(self);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let hosts = Arc::clone(&hosts);
                // A client that leaves early is no fault of the server.
                thread::spawn(move || drop(hosts.serve(connection)));
            }
        });
        Ok(())
    }

    fn serve(&self, mut connection: TcpStream) -> io::Result<()> {
        connection.set_nodelay(true)?;
        connection.set_read_timeout(Some(FOREVER))?;
        let accepted = read_client_hello(&mut connection)?;
        let name = accepted.client_hello().server_name().unwrap_or_default().to_ascii_lowercase();
        let known = self.by_name.get(&name);
        let config = match known {
            Some((_, Behaviour::SilentBeforeTls)) => {
                self.fetches.note(format_args!("{name} - silent"));
                thread::sleep(FOREVER);
                return Ok(());
            }
            Some((_, Behaviour::Babble)) => {
                let taken = send_without_end(&mut connection, b"220 Welcome\r\n");
                self.fetches.note(format_args!("{name} - took-{taken}"));
                return Ok(());
            }
            None | Some((_, Behaviour::RefuseHandshake)) => &self.refusing,
            Some((config, _)) => config,
        };
        let mut tls = match accepted.into_connection(Arc::clone(config)) {
            Ok(tls) => tls,
            Err((error, mut alert)) => {
                self.fetches.note(format_args!("{name} - refused"));
                alert.write_all(&mut connection)?;
                return Err(io::Error::other(error));
            }
        };
        let mut stream = rustls::Stream::new(&mut tls, &mut connection);
        let path = read_request_path(&mut stream)?;
        let Some((_, behaviour)) = known else { return Ok(()) };
        match behaviour {
            Behaviour::SilentAfterRequest => {
                self.fetches.note(format_args!("{name} {path} silent"));
                thread::sleep(FOREVER);
                return Ok(());
            }
            Behaviour::HangUp => {
                self.fetches.note(format_args!("{name} {path} hang-up"));
                return Ok(());
            }
            Behaviour::Respond(response) => self.respond(&mut stream, &name, &path, response, self.delay)?,
            Behaviour::Delayed(wait, response) => {
                self.respond(&mut stream, &name, &path, response, self.delay + *wait)?;
            }
            Behaviour::Trickling(pause, response) => {
                self.fetches.note(format_args!("{name} {path} {}", response.status));
                for byte in response.to_bytes() {
                    stream.write_all(&[byte])?;
                    thread::sleep(*pause);
                }
            }
            Behaviour::Endless(start, more) => {
                stream.write_all(start)?;
                let taken = send_without_end(&mut stream, more);
                self.fetches.note(format_args!("{name} {path} took-{taken}"));
                return Ok(());
            }
            Behaviour::SilentBeforeTls | Behaviour::RefuseHandshake | Behaviour::Babble => return Ok(()),
        }
        tls.send_close_notify();
        tls.complete_io(&mut connection)?;
        Ok(())
    }

    fn respond(
        &self,
        stream: &mut impl io::Write,
        name: &str,
        path: &str,
        response: &Response,
        wait: Duration,
    ) -> io::Result<()> {
        let elsewhere = Response::new(404, "text/plain", "Not found\n");
        let response = if path == response.path { response } else { &elsewhere };
        self.fetches.note(format_args!("{name} {path} {}", response.status));
        thread::sleep(wait);
        stream.write_all(&response.to_bytes())?;
        stream.flush()
    }
}

/// Sends the same again and again until nobody takes it, and returns how many bytes went.
fn send_without_end(stream: &mut impl io::Write, piece: &[u8]) -> usize {
    let pieces = piece.repeat(4096 / piece.len() + 1);
    let mut taken = 0;
    while taken < ENDLESS && stream.write_all(&pieces).and_then(|()| stream.flush()).is_ok() {
        taken += pieces.len();
    }
    taken
}

pub(crate) fn read_client_hello(connection: &mut TcpStream) -> io::Result<Accepted> {
    let mut acceptor = Acceptor::default();
    loop {
        if acceptor.read_tls(connection)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match acceptor.accept() {
            Ok(Some(accepted)) => return Ok(accepted),
            Ok(None) => {}
            Err((error, mut alert)) => {
                alert.write_all(connection)?;
                return Err(io::Error::other(error));
            }
        }
    }
}

/// Reads a request's head and returns its path. Bodies are not expected.
fn read_request_path(stream: &mut impl io::Read) -> io::Result<String> {
    let mut head = Vec::new();
    let mut buffer = [0; 2048];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut buffer)?;
        if read == 0 || head.len() > 16 * 1024 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        head.extend_from_slice(&buffer[..read]);
    }
    let head = String::from_utf8_lossy(&head);
    Ok(head.split(' ').nth(1).unwrap_or("/").to_owned())
}

/// Has no certificate for anybody: the handshake ends in an alert.
#[derive(Debug)]
struct NoCertificate;

impl ResolvesServerCert for NoCertificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_is_a_whole_message() {
        let bytes = Response::policy("version: STSv1\n").to_bytes();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
        assert!(text.contains("Content-Type: text/plain\r\nContent-Length: 15\r\n\r\nversion"), "{text}");
    }

    #[test]
    fn the_path_of_a_request_is_read() {
        let mut request: &[u8] = b"GET /.well-known/mta-sts.txt HTTP/1.1\r\nHost: mta-sts.well.com\r\n\r\n";
        assert_eq!(read_request_path(&mut request).unwrap(), WELL_KNOWN);
        let mut cut: &[u8] = b"GET / HTTP/1.1\r\n";
        assert!(read_request_path(&mut cut).is_err());
    }
}
