//! Listens at addresses of the inside, where no check has any business: this machine, a private network, a cloud's metadata.
//! Whoever comes is noted. There is a web server behind, with a certificate of the inside, to be read by nobody.

use std::io::{self, Read as _};
use std::net::{IpAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustls::ServerConfig;

use crate::address;
use crate::certificate::{Authority, Certificate};
use crate::error::Result;
use crate::policy_host::read_client_hello;
use crate::tally::Tally;

/// The name in the certificate.
const INSIDE: &str = "payroll.intranet.corp";
const PORTS: [u16; 4] = [22, 80, 443, 8080];
const PATIENCE: Duration = Duration::from_secs(10);

/// Listens until the process ends.
pub(crate) fn start(authority: &Authority, visits: &Tally) -> Result<()> {
    let config = authority.server_config(INSIDE, Certificate::Valid)?;
    for address in address::CANARIES {
        for port in PORTS {
            let address: IpAddr = address.parse()?;
            let listener = TcpListener::bind((address, port)).map_err(|error| format!("{address}:{port}: {error}"))?;
            let (config, visits) = (Arc::clone(&config), visits.clone());
            thread::spawn(move || {
                for visitor in listener.incoming().flatten() {
                    let (config, visits, place) = (Arc::clone(&config), visits.clone(), format!("{address} {port}"));
                    thread::spawn(move || {
                        let said = listen(visitor, &config).unwrap_or_else(|_| "nothing".to_owned());
                        visits.note(format_args!("{place} {said}"));
                    });
                }
            });
        }
    }
    Ok(())
}

/// What a visitor says: the name that it asks for in TLS, and whether a request came through.
fn listen(mut visitor: TcpStream, config: &Arc<ServerConfig>) -> io::Result<String> {
    visitor.set_read_timeout(Some(PATIENCE))?;
    let accepted = read_client_hello(&mut visitor)?;
    let name = accepted.client_hello().server_name().unwrap_or("-").to_owned();
    let Ok(mut tls) = accepted.into_connection(Arc::clone(config)) else { return Ok(name) };
    let read = rustls::Stream::new(&mut tls, &mut visitor).read(&mut [0; 1024]);
    Ok(if read.is_ok_and(|read| read > 0) { format!("{name} request") } else { name })
}
