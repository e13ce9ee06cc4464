//! Who lives where. All public addresses are documentation ranges (RFC 5737, RFC 3849): the Worker fetches from them, and
//! nothing of the real internet is ever behind them.

/// Serves the root zone.
pub(crate) const ROOT_SERVER: &str = "198.51.100.1";
/// Serves the top-level domains.
pub(crate) const REGISTRY: &str = "198.51.100.2";
/// Serves everything else.
pub(crate) const HOSTING: [&str; 2] = ["198.51.100.3", "198.51.100.4"];
/// Takes DNS queries and never answers one.
pub(crate) const SILENT_NAME_SERVER: &str = "198.51.100.66";

/// The `DoH` server, as `cloudflare-dns.com`; it takes plain DNS too.
pub(crate) const DOH_SERVER: &str = "192.0.2.53";
/// The validating resolver, which is also the system's own inside the lab.
pub(crate) const RESOLVER: &str = "127.0.0.1";
/// Between the two, the relay that counts and delays answers.
pub(crate) const RELAY: &str = "127.0.0.2";

/// Every policy host; which one is meant, the server name in the TLS handshake says.
pub(crate) const POLICY_HOST: &str = "203.0.113.80";
pub(crate) const POLICY_HOST_V6: &str = "2001:db8:80::80";
/// A policy host without a web server.
pub(crate) const POLICY_HOST_DOWN: &str = "203.0.113.81";
/// A policy host that a checker must not reach for; it would answer.
pub(crate) const POLICY_HOST_PRIVATE: &str = "10.0.0.1";

/// Policy hosts that are machines of their own, each beside the lab's end of its link.
pub(crate) const NGINX: &str = "203.0.113.90";
pub(crate) const NGINX_LINK: &str = "203.0.113.89";
pub(crate) const CADDY: &str = "203.0.113.94";
pub(crate) const CADDY_LINK: &str = "203.0.113.93";
pub(crate) const APACHE: &str = "203.0.113.98";
pub(crate) const APACHE_LINK: &str = "203.0.113.97";

/// MX hosts.
pub(crate) const MAIL: &str = "203.0.113.25";
pub(crate) const MAIL_V6: &str = "2001:db8:25::25";
pub(crate) const MAIL_BACKUP: &str = "203.0.113.26";
pub(crate) const MAIL_PRIVATE: &str = "192.168.20.25";

/// Addresses of the inside, at which `canary.rs` listens. 127.0.0.1 is where the test's own servers are, each at a port that
/// they choose.
pub(crate) const CANARIES: [&str; 7] =
    ["127.0.0.1", "169.254.169.254", "10.0.0.2", "172.16.0.1", "192.168.20.25", "100.64.0.1", "::1"];

/// What the loopback interface of the namespace gets, besides 127.0.0.0/8.
pub(crate) const ALL: [&str; 17] = [
    ROOT_SERVER,
    REGISTRY,
    HOSTING[0],
    HOSTING[1],
    SILENT_NAME_SERVER,
    DOH_SERVER,
    POLICY_HOST,
    POLICY_HOST_V6,
    POLICY_HOST_DOWN,
    POLICY_HOST_PRIVATE,
    MAIL,
    MAIL_BACKUP,
    CANARIES[1],
    CANARIES[2],
    CANARIES[3],
    CANARIES[4],
    CANARIES[5],
];
