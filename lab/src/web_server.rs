//! Policy hosts that are other people's web servers, nginx and Caddy, run with the configuration that the product gives.
//! Each has a network namespace of its own, as on a machine of its own: the configuration takes ports on all addresses.

use std::fs;
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use mta_sts_core::advice::{HostFile, Hosting};

use crate::certificate::Authority;
use crate::error::Result;
use crate::process::{Server, run_quietly};
use crate::{address, namespace};

/// A policy host on a machine of its own.
pub(crate) struct WebServer {
    pub(crate) program: Program,
    /// What the product says is to be done.
    pub(crate) hosting: Hosting,
    /// The policy host's name.
    pub(crate) host: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Program {
    Nginx,
    Caddy,
}

impl Program {
    fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Caddy => "caddy",
        }
    }

    /// The machine's address, and that of the lab's end of its link.
    pub(crate) fn link(self) -> (&'static str, &'static str) {
        match self {
            Self::Nginx => (address::NGINX, address::NGINX_LINK),
            Self::Caddy => (address::CADDY, address::CADDY_LINK),
        }
    }

    /// Whether a file is the server's configuration.
    fn is_config(self, path: &str) -> bool {
        match self {
            Self::Nginx => path.starts_with("/etc/nginx/conf.d/"),
            Self::Caddy => path == "/etc/caddy/Caddyfile",
        }
    }
}

/// What the machine does before its server: it waits for its link, and has a disk of its own where sites lie.
const BOOT: &str = r#"set -e
until ip link show uplink >/dev/null 2>&1; do sleep 0.02; done
ip link set lo up
ip addr add "$ADDRESS/30" dev uplink
ip link set uplink up
ip route add default via "$LINK"
mkdir -p /var/www
mount -t tmpfs tmpfs /var/www
cp -R "$DISK/." /
exec "$@"
"#;

impl WebServer {
    /// Starts the machine. It answers some time later.
    pub(crate) fn start(&self, directory: &Path, authority: &Authority) -> Result<Server> {
        let name = self.program.name();
        let directory = directory.join(format!("{name}-machine"));
        let disk = directory.join("disk");
        fs::create_dir_all(&disk)?;
        let (chain, key) = (directory.join("chain.pem"), directory.join("key.pem"));
        fs::write(&chain, authority.chain_pem(&self.host)?)?;
        fs::write(&key, authority.key_pem())?;
        let config = directory.join("config");
        for file in &self.hosting.files {
            if self.program.is_config(&file.path) {
                fs::write(&config, self.with_certificate(file, &chain, &key)?)?;
            } else {
                // Nothing but sites has a disk of its own; what lies elsewhere would stay on the real one.
                let path = file
                    .path
                    .strip_prefix("/var/www/")
                    .ok_or_else(|| format!("{} is not below /var/www", file.path))?;
                let path = disk.join("var/www").join(path);
                fs::create_dir_all(path.parent().ok_or("a file has a folder")?)?;
                fs::write(path, &file.content)?;
            }
        }
        let program = namespace::find_program(name).ok_or_else(|| format!("{name} is not installed"))?;
        let program = program.display().to_string();
        let config = config.display().to_string();
        let (nginx_conf, folder) = (directory.join("nginx.conf"), directory.display().to_string());
        let nginx_conf_path = nginx_conf.display().to_string();
        let arguments: Vec<&str> = match self.program {
            Program::Nginx => {
                // As much of Debian's own file as the product's text leans on: it is included in `http`.
                let main = format!(
                    "daemon off;\npid {folder}/nginx.pid;\nerror_log stderr;\nevents {{ }}\n\
                     http {{\n    access_log off;\n    include {config};\n}}\n"
                );
                fs::write(&nginx_conf, main)?;
                vec![&program, "-e", "stderr", "-p", &folder, "-c", &nginx_conf_path]
            }
            Program::Caddy => vec![&program, "run", "--adapter", "caddyfile", "--config", &config],
        };
        let (address, link) = self.program.link();
        let mut command = Command::new("unshare");
        command.args(["--net", "--mount", "--", "sh", "-c", BOOT, "boot"]).args(arguments);
        command.env("ADDRESS", address).env("LINK", link).env("DISK", &disk);
        // Where Caddy keeps what it would otherwise keep in root's home.
        for variable in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
            command.env(variable, &directory);
        }
        let server = Server::spawn(name, &directory, &mut command)?;
        plug_in(name, link, server.id())?;
        Ok(server)
    }

    /// The configuration with the lab's certificate, as a person puts in their own.
    fn with_certificate(&self, file: &HostFile, chain: &Path, key: &Path) -> Result<String> {
        let (chain, key) = (chain.display(), key.display());
        let lines = file.content.lines();
        let changed: Vec<String> = match self.program {
            Program::Nginx => lines
                .map(|line| match line.split_whitespace().next() {
                    Some(name @ "ssl_certificate") => format!("    {name} {chain};"),
                    Some(name @ "ssl_certificate_key") => format!("    {name} {key};"),
                    _ => line.to_owned(),
                })
                .collect(),
            // Its certificate is automatic; the lab's authority does not speak ACME.
            Program::Caddy => {
                let site = format!("{} {{", self.host);
                let tls =
                    |line: &str| if line == site { format!("{line}\n\ttls {chain} {key}") } else { line.to_owned() };
                lines.map(tls).collect()
            }
        };
        let changed = changed.join("\n") + "\n";
        if changed == file.content {
            return Err(format!("{} has no place for a certificate", file.path).into());
        }
        Ok(changed)
    }

    /// Whether it takes connections.
    pub(crate) fn is_up(&self) -> bool {
        let Ok(address) = format!("{}:443", self.program.link().0).parse() else { return false };
        TcpStream::connect_timeout(&address, Duration::from_millis(200)).is_ok()
    }
}

/// Links a machine to the lab, once it has a network of its own.
fn plug_in(name: &str, link: &str, machine: u32) -> Result<()> {
    let network = |process: &str| fs::read_link(format!("/proc/{process}/ns/net"));
    let ours = network("self")?;
    let mut patience = 500;
    while network(&machine.to_string())? == ours {
        if patience == 0 {
            return Err(format!("{name} got no network of its own").into());
        }
        patience -= 1;
        thread::sleep(Duration::from_millis(10));
    }
    let machine = machine.to_string();
    let commands: [&[&str]; 3] = [
        &["link", "add", name, "type", "veth", "peer", "name", "uplink", "netns", &machine],
        &["addr", "add", &format!("{link}/30"), "dev", name],
        &["link", "set", name, "up"],
    ];
    for arguments in commands {
        run_quietly(Command::new("ip").args(arguments))?;
    }
    Ok(())
}
