//! Stands between the `DoH` server and the resolver: counts queries and delays each answer on its own, over UDP and TCP.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::error::Result;
use crate::probe;
use crate::tally::Tally;
use crate::{address, crowd};

/// The resolver gives up before this.
const PATIENCE: Duration = Duration::from_secs(30);
const STACK: usize = 128 * 1024;

#[derive(Clone)]
struct Relay {
    resolver: SocketAddr,
    delay: Duration,
    /// Queries of a crowd so far: now and then one is not answered.
    crowd: Option<Arc<AtomicUsize>>,
    queries: Tally,
}

/// Relays until the process ends.
pub(crate) fn start(delay: Duration, crowd: bool, queries: Tally) -> Result<()> {
    let relay = Relay {
        resolver: format!("{}:53", address::RESOLVER).parse()?,
        delay,
        crowd: crowd.then(Arc::default),
        queries,
    };
    let here = (address::RELAY, 53);
    let datagrams = Arc::new(UdpSocket::bind(here)?);
    let connections = TcpListener::bind(here)?;
    let over_udp = relay.clone();
    thread::spawn(move || over_udp.serve_datagrams(&datagrams));
    thread::spawn(move || relay.serve_connections(&connections));
    Ok(())
}

impl Relay {
    fn serve_datagrams(&self, socket: &Arc<UdpSocket>) {
        let mut buffer = vec![0; 65_535];
        loop {
            let Ok((length, client)) = socket.recv_from(&mut buffer) else { continue };
            let (relay, socket, query) = (self.clone(), Arc::clone(socket), buffer[..length].to_vec());
            spawn(move || {
                let answer = relay.ask_by_datagram(&query)?;
                thread::sleep(relay.delay);
                socket.send_to(&answer, client).map(drop)
            });
        }
    }

    fn ask_by_datagram(&self, query: &[u8]) -> io::Result<Vec<u8>> {
        self.count(query);
        if self.is_lost(query) {
            return Err(io::ErrorKind::TimedOut.into());
        }
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
        socket.connect(self.resolver)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        socket.send(query)?;
        let mut answer = vec![0; 65_535];
        let length = socket.recv(&mut answer)?;
        answer.truncate(length);
        Ok(answer)
    }

    fn serve_connections(&self, listener: &TcpListener) {
        for client in listener.incoming().flatten() {
            let relay = self.clone();
            spawn(move || relay.serve_connection(client));
        }
    }

    /// Queries on one connection are answered as they are ready, in any order (RFC 7766 §6.2.1.1).
    fn serve_connection(&self, mut client: TcpStream) -> io::Result<()> {
        let writer = Arc::new(Mutex::new(client.try_clone()?));
        while let Ok(query) = read_message(&mut client) {
            let (relay, writer) = (self.clone(), Arc::clone(&writer));
            spawn(move || {
                relay.count(&query);
                let mut resolver = TcpStream::connect(relay.resolver)?;
                resolver.set_read_timeout(Some(PATIENCE))?;
                write_message(&mut resolver, &query)?;
                let answer = read_message(&mut resolver)?;
                thread::sleep(relay.delay);
                write_message(&mut *writer.lock().unwrap_or_else(PoisonError::into_inner), &answer)
            });
        }
        Ok(())
    }

    fn is_lost(&self, query: &[u8]) -> bool {
        self.crowd.as_ref().is_some_and(|queries| {
            probe::question(query).is_some_and(|question| crowd::may_fail(&question))
                && queries.fetch_add(1, Ordering::Relaxed) % crowd::SILENT_EVERY == crowd::SILENT_EVERY - 1
        })
    }

    fn count(&self, query: &[u8]) {
        match probe::question(query) {
            Some(question) => self.queries.note(question),
            None => self.queries.note("unreadable"),
        }
    }
}

/// Runs a thread of its own for a query, so that none waits for another. What fails in it shows to the client as silence.
fn spawn(work: impl FnOnce() -> io::Result<()> + Send + 'static) {
    let _ = thread::Builder::new().stack_size(STACK).spawn(move || drop(work()));
}

/// RFC 1035 §4.2.2: over TCP a message has its length before it.
fn read_message(stream: &mut impl io::Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 2];
    stream.read_exact(&mut length)?;
    let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
    stream.read_exact(&mut message)?;
    Ok(message)
}

fn write_message(stream: &mut impl io::Write, message: &[u8]) -> io::Result<()> {
    let length = u16::try_from(message.len()).map_err(io::Error::other)?;
    stream.write_all(&[&length.to_be_bytes(), message].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_over_tcp_comes_back_as_it_was() {
        let mut wire = Vec::new();
        write_message(&mut wire, b"query").unwrap();
        assert_eq!(wire, b"\0\x05query");
        assert_eq!(read_message(&mut wire.as_slice()).unwrap(), b"query");
    }
}
