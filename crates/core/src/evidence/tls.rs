//! A look at a host's certificate, where a policy could not be fetched: a TLS 1.2 ClientHello goes out, and what the server
//! answers before any encryption is read. There are no secrets in it, and nothing is proved by it: it tells why a
//! connection that does prove something failed.

#[cfg(feature = "certificate")]
mod certificate;
#[cfg(feature = "certificate")]
mod read;

#[cfg(feature = "certificate")]
pub use read::{ServerFlight, client_hello};
