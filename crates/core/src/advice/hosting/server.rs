//! Web servers that a person runs: nginx and Caddy.

use super::{Hosting, Leads, NO_REDIRECT, Site, file};

const NGINX: &str = "\
# The policy host of MTA-STS (RFC 8461 §3.3), and nothing else.
server {
    listen 443 ssl;
    listen [::]:443 ssl;
    server_name HOST;

    ssl_certificate /etc/letsencrypt/live/HOST/fullchain.pem;
    ssl_certificate_key /etc/letsencrypt/live/HOST/privkey.pem;

    root /var/www/mta-sts;

    location = /.well-known/mta-sts.txt {
        types { }
        default_type text/plain;
    }

    location / {
        return 404;
    }
}
";

pub(super) fn nginx(site: &Site<'_>) -> Hosting {
    let files = [file("/etc/nginx/conf.d/mta-sts.conf", &site.fill(NGINX)), site.policy_in("/var/www/mta-sts")];
    let certificate = site.fill(
        "Get a certificate for HOST: certbot certonly --nginx -d HOST puts it where the configuration looks for it. If yours \
         is elsewhere, change the two paths.",
    );
    site.hosting("nginx", "nginx", files, Leads::Address)
        .steps([
            "Add the DNS record, and write the policy file to /var/www/mta-sts/.well-known/mta-sts.txt.",
            &certificate,
            "Write the configuration to /etc/nginx/conf.d/mta-sts.conf.",
            "Run nginx -t, and if it finds no fault, nginx -s reload.",
            &format!("Open {} in a browser: it must show the policy.", site.url()),
        ])
        .traps([
            "ssl_certificate must be the full chain (fullchain.pem): browsers mend a missing link, senders do not.",
            NO_REDIRECT,
            "The host needs a server block of its own: without one, another site answers in its name, with the wrong \
             certificate.",
        ])
}

const CADDY: &str = "\
# The policy host of MTA-STS (RFC 8461 §3.3), and nothing else.
HOST {
\theader /.well-known/mta-sts.txt Content-Type text/plain
\trespond /.well-known/mta-sts.txt `POLICY
` 200
\trespond 404
}
";

pub(super) fn caddy(site: &Site<'_>) -> Hosting {
    // The closing mark stands on a line of its own: the policy ends in a line feed, which belongs to it.
    let text = site.fill(CADDY);
    site.hosting("caddy", "Caddy", [file("/etc/caddy/Caddyfile", &text)], Leads::Address)
        .steps([
            "Add the DNS record first: Caddy gets the certificate by itself, and needs the name to lead to it.",
            "Add the text to /etc/caddy/Caddyfile, below what is there already. The policy is in it; there is no other file.",
            "Run caddy validate --config /etc/caddy/Caddyfile, and if it finds no fault, systemctl reload caddy.",
            &format!("Open {} in a browser: it must show the policy.", site.url()),
        ])
        .traps([
            "Ports 80 and 443 have to be open to the internet, or Caddy gets no certificate.",
            "Lines of the policy must begin at the start of the line: do not indent them.",
            NO_REDIRECT,
        ])
}
