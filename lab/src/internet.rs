//! The inside of the namespace: addresses, servers, and then the command.

use std::fs;
use std::mem::take;
use std::net::{IpAddr, TcpStream, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::thread;
use std::time::{Duration, Instant};

use crate::certificate::Authority;
use crate::error::Result;
use crate::forgery::Forgery;
use crate::options::ExecOptions;
use crate::policy_host::PolicyHosts;
use crate::probe::{self, Answered};
use crate::process::{Server, run_quietly};
use crate::scenario::Scenario;
use crate::tally::Tally;
use crate::web_server::WebServer;
use crate::zone::Zone;
use crate::{address, canary, crowd, hierarchy, name_servers, namespace, relay, scenarios, signing};

const DOH_NAME: &str = "cloudflare-dns.com";
/// Generous, for a busy machine; the usual is two seconds.
const START_LIMIT: Duration = Duration::from_mins(1);
/// Where Node (and so workerd), OpenSSL and curl look for authorities to trust.
const AUTHORITY_VARIABLES: [&str; 3] = ["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "CURL_CA_BUNDLE"];
/// No proxy of the outside can be reached from here.
const PROXY_VARIABLES: [&str; 8] =
    ["http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"];

/// Runs as the first process of the namespaces: when it ends, everything in them ends.
pub(crate) fn run(options: &ExecOptions) -> Result<ExitCode> {
    let started = Instant::now();
    let directory = PathBuf::from(std::env::var_os(namespace::DIRECTORY).ok_or("started by hand; use `lab exec`")?);
    let scenarios = if options.crowd { crowd::scenarios() } else { scenarios::all() };
    bring_up_network(&directory)?;
    let internet = Internet::start(&directory, options, scenarios)?;
    eprintln!(
        "lab: {} scenarios are up after {:.1} s, answers delayed by {} ms, files in {}",
        internet.scenarios,
        started.elapsed().as_secs_f64(),
        options.delay.as_millis(),
        directory.display(),
    );
    internet.run_command(options)
}

/// Everything that runs. Servers end with the namespace.
struct Internet {
    scenarios: usize,
    authority_file: PathBuf,
    /// Never answers; held so that queries to it vanish instead of being refused.
    _silent: UdpSocket,
}

impl Internet {
    fn start(directory: &Path, options: &ExecOptions, mut scenarios: Vec<Scenario>) -> Result<Self> {
        let delay = options.delay;
        let count = scenarios.len();
        let authority = Authority::new()?;
        let authority_file = directory.join("authority.pem");
        let (chain, key) = (directory.join("doh.pem"), directory.join("doh.key"));
        fs::write(&authority_file, authority.root_pem())?;
        fs::write(&chain, authority.chain_pem(DOH_NAME)?)?;
        fs::write(&key, authority.key_pem())?;

        let queries = Tally::create(&directory.join("queries.log"))?;
        let fetches = Tally::create(&directory.join("fetches.log"))?;
        relay::start(delay, options.crowd, queries.clone())?;
        canary::start(&authority, &Tally::create(&directory.join("canary.log"))?)?;
        let zones = hierarchy::zones(&scenarios);
        let forgeries: Vec<_> = scenarios.iter_mut().flat_map(|scenario| take(&mut scenario.forgeries)).collect();
        let mut rules: String = forgeries.iter().map(Forgery::rule).collect();
        if options.crowd {
            rules.push_str(&crowd::rules());
        }
        let doh = name_servers::start_dnsdist(directory, &chain, &key, &rules)?;
        let mut dns = NameService::start(directory, zones, doh)?;

        let (hosts, machines): (Vec<_>, Vec<_>) =
            scenarios.into_iter().map(|scenario| (scenario.policy_host, scenario.web_server)).unzip();
        let machines = Machines::start(directory, &authority, machines.into_iter().flatten())?;
        let hosts = hosts.into_iter().flatten();
        let hosts = PolicyHosts::new(hosts, &authority, delay, fetches)?;
        for address in [address::POLICY_HOST, address::POLICY_HOST_V6, address::POLICY_HOST_PRIVATE] {
            hosts.listen(address.parse::<IpAddr>()?)?;
        }
        let silent = UdpSocket::bind((address::SILENT_NAME_SERVER, 53))?;
        dns.wait(delay)?;
        machines.wait()?;
        // What was asked so far was asked by the lab itself.
        queries.clear()?;
        Ok(Self { scenarios: count, authority_file, _silent: silent })
    }

    fn run_command(&self, options: &ExecOptions) -> Result<ExitCode> {
        let (program, arguments) = options.command.split_first().ok_or("no command")?;
        let mut command = Command::new(program);
        command.args(arguments);
        for variable in AUTHORITY_VARIABLES {
            command.env(variable, &self.authority_file);
        }
        for variable in PROXY_VARIABLES {
            command.env_remove(variable);
        }
        let status = command.status().map_err(|error| format!("{}: {error}", program.display()))?;
        Ok(namespace::exit_code(status))
    }
}

/// The policy hosts that are machines of their own.
struct Machines(Vec<(WebServer, Server)>);

impl Machines {
    fn start(directory: &Path, authority: &Authority, machines: impl Iterator<Item = WebServer>) -> Result<Self> {
        let started = machines.map(|machine| {
            let server = machine.start(directory, authority)?;
            Ok((machine, server))
        });
        Ok(Self(started.collect::<Result<_>>()?))
    }

    /// Waits until each takes connections.
    fn wait(mut self) -> Result<()> {
        let deadline = Instant::now() + START_LIMIT;
        for (machine, server) in &mut self.0 {
            while !machine.is_up() {
                server.check()?;
                if Instant::now() > deadline {
                    return Err(
                        format!("{} did not answer:\n{}", machine.program.hosting(), server.last_words()).into()
                    );
                }
                thread::sleep(Duration::from_millis(20));
            }
        }
        Ok(())
    }
}

/// The three DNS servers, from authority to `DoH`.
struct NameService {
    bind: Server,
    unbound: Server,
    doh: Server,
    /// A zone as good as any: BIND answers once all are loaded.
    last_zone: String,
}

impl NameService {
    fn start(directory: &Path, zones: Vec<Zone>, doh: Server) -> Result<Self> {
        let zone_directory = directory.join("zones");
        fs::create_dir(&zone_directory)?;
        let served: Vec<_> = zones.iter().filter(|zone| zone.is_loaded()).cloned().collect();
        let last_zone = served.last().map_or_else(String::new, |zone| zone.apex.clone());
        let root_key = signing::write_zones(zones, &zone_directory)?;
        let bind = name_servers::start_bind(directory, &zone_directory, &served)?;
        let unbound = name_servers::start_unbound(directory, &root_key)?;
        Ok(Self { bind, unbound, doh, last_zone })
    }

    /// Waits until a name is resolved and validated through all of them.
    fn wait(&mut self, delay: Duration) -> Result<()> {
        let last_zone = self.last_zone.clone();
        let right = Answered { rcode: 0, answers: 1, authentic: true };
        self.poll("BIND", || probe::ask(address::HOSTING[0], &last_zone).is_some_and(|answer| answer.rcode == 0))?;
        self.poll("unbound", || probe::ask(address::RESOLVER, DOH_NAME) == Some(right))?;
        self.poll("dnsdist", || {
            probe::ask_within(address::DOH_SERVER, DOH_NAME, probe::PATIENCE + delay) == Some(right)
                && TcpStream::connect((address::DOH_SERVER, 443)).is_ok()
        })
    }

    fn poll(&mut self, what: &str, mut is_up: impl FnMut() -> bool) -> Result<()> {
        let deadline = Instant::now() + START_LIMIT;
        while !is_up() {
            for server in [&mut self.bind, &mut self.unbound, &mut self.doh] {
                server.check()?;
            }
            if Instant::now() > deadline {
                let words = [&self.bind, &self.unbound, &self.doh].map(Server::last_words).join("\n");
                return Err(format!("{what} did not answer in {} s:\n{words}", START_LIMIT.as_secs()).into());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

/// Gives the loopback interface every address, and the system the lab's resolver.
fn bring_up_network(directory: &Path) -> Result<()> {
    let mut commands = String::from("link set lo up\n");
    for address in address::ALL {
        // An IPv6 address is of use only once it is known to be unique, which takes a second unless it is not asked.
        let nodad = if address.contains(':') { " nodad" } else { "" };
        commands.push_str("addr add ");
        commands.push_str(address);
        commands.push_str(" dev lo");
        commands.push_str(nodad);
        commands.push('\n');
    }
    let batch = directory.join("network");
    fs::write(&batch, commands)?;
    run_quietly(Command::new("ip").arg("-batch").arg(&batch))?;
    let resolver = directory.join("resolv.conf");
    fs::write(&resolver, format!("nameserver {}\n", address::RESOLVER))?;
    run_quietly(Command::new("mount").arg("--bind").arg(&resolver).arg("/etc/resolv.conf"))
}
