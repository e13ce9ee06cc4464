//! The name servers, which are other people's: BIND, unbound and dnsdist, configured and started in the foreground.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::address::{DOH_SERVER, HOSTING, REGISTRY, RELAY, RESOLVER, ROOT_SERVER};
use crate::error::Result;
use crate::process::Server;
use crate::signing;
use crate::zone::{Servers, Zone};

/// BIND serves the root and everything below it.
pub(crate) fn start_bind(directory: &Path, zones: &Path, served: &[Zone]) -> Result<Server> {
    let hosting = format!("{};", HOSTING.join("; "));
    let mut config = format!(
        r#"options {{
    directory "{zones}";
    listen-on {{ {ROOT_SERVER}; {REGISTRY}; {hosting} }};
    listen-on-v6 {{ none; }};
    pid-file none;
    session-keyfile "{directory}/session.key";
    recursion no;
    allow-transfer {{ none; }};
    notify no;
    dnssec-validation no;
    empty-zones-enable no;
    minimal-responses yes;
    check-mx-cname ignore;
    check-names primary ignore;
    max-records-per-type 0;
    tcp-clients 1000;
    max-cache-size 8m;
}};
controls {{ }};
"#,
        zones = zones.display(),
        directory = directory.display(),
    );
    // A view each: at the address of one server, the zones of another are unknown, as on the real internet.
    let views = [
        ("root", format!("{ROOT_SERVER};"), Servers::Root),
        ("registry", format!("{REGISTRY};"), Servers::Registry),
        ("hosting", hosting, Servers::Hosting),
    ];
    for (name, addresses, servers) in views {
        writeln!(config, "view \"{name}\" {{ match-destinations {{ {addresses} }};")?;
        for zone in served.iter().filter(|zone| zone.servers == servers) {
            let file = signing::zone_file(zones, zone);
            writeln!(config, "  zone \"{}\" {{ type primary; file \"{}\"; }};", zone.origin(), file.display())?;
        }
        config.push_str("};\n");
    }
    let path = directory.join("named.conf");
    fs::write(&path, config)?;
    Server::start("named", directory, &["-g", "-c", &path.display().to_string()])
}

/// unbound resolves from the root down and validates from its key.
pub(crate) fn start_unbound(directory: &Path, root_key: &str) -> Result<Server> {
    fs::write(directory.join("root.key"), format!("{root_key}\n"))?;
    fs::write(
        directory.join("root.hints"),
        format!(". 3600 NS a.root-servers.net.\na.root-servers.net. 3600 A {ROOT_SERVER}\n"),
    )?;
    let config = format!(
        r#"server:
    interface: {RESOLVER}
    access-control: 127.0.0.0/8 allow
    directory: "{directory}"
    chroot: ""
    username: ""
    pidfile: ""
    use-syslog: no
    logfile: ""
    root-hints: "{directory}/root.hints"
    trust-anchor-file: "{directory}/root.key"
    module-config: "validator iterator"
    ede: yes
    val-log-level: 2
    num-threads: 2
    do-ip6: no
    # Answers over loopback never need to be cut.
    edns-buffer-size: 4096
    max-udp-size: 4096
    incoming-num-tcp: 500
    # A server that is down for one scenario is not to be held against its neighbours for long.
    infra-host-ttl: 30
    val-bogus-ttl: 10
remote-control:
    control-enable: no
"#,
        directory = directory.display(),
    );
    let path = directory.join("unbound.conf");
    fs::write(&path, config)?;
    Server::start("unbound", directory, &["-d", "-p", "-c", &path.display().to_string()])
}

/// dnsdist speaks `DoH` over HTTP/1.1 and HTTP/2, and plain DNS, and hands queries to the relay, but for those that `rules`
/// answer otherwise. It caches nothing.
pub(crate) fn start_dnsdist(directory: &Path, chain: &Path, key: &Path, rules: &str) -> Result<Server> {
    let mut config = format!(
        r#"setSecurityPollSuffix("")
setACL({{"0.0.0.0/0", "::/0"}})
setLocal("{DOH_SERVER}:53", {{reusePort=true}})
for thread = 1, 2 do
  addDOHLocal("{DOH_SERVER}:443", "{chain}", "{key}", "/dns-query", {{reusePort=true, tcpListenQueueSize=1024}})
end
setUDPTimeout(30)
setMaxTCPClientThreads(4)
newServer({{address="{RELAY}:53", sockets=4}}):setUp()
"#,
        chain = chain.display(),
        key = key.display(),
    );
    config.push_str(rules);
    let path = directory.join("dnsdist.conf");
    fs::write(&path, config)?;
    Server::start("dnsdist", directory, &["--supervised", "--disable-syslog", "-C", &path.display().to_string()])
}
