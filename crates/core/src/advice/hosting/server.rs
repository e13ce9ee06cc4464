//! Web servers that a person runs: nginx and Caddy.

use super::way::{Leads, POLICY, Way, file};

pub(super) static NGINX: Way = Way {
    id: "nginx",
    files: &[file("/etc/nginx/conf.d/HOST.conf", NGINX_CONF), file("/var/www/HOST/.well-known/mta-sts.txt", POLICY)],
    leads: Leads::Address,
};

pub(super) static CADDY: Way =
    Way { id: "caddy", files: &[file("/etc/caddy/Caddyfile", CADDYFILE)], leads: Leads::Address };

const NGINX_CONF: &str = "\
# The policy host of MTA-STS (RFC 8461 §3.3), and nothing else.
server {
    listen 443 ssl;
    listen [::]:443 ssl;
    server_name HOST;

    ssl_certificate /etc/letsencrypt/live/HOST/fullchain.pem;
    ssl_certificate_key /etc/letsencrypt/live/HOST/privkey.pem;

    root /var/www/HOST;

    location = /.well-known/mta-sts.txt {
        types { }
        default_type text/plain;
    }

    location / {
        return 404;
    }
}
";

// The closing mark stands on a line of its own: the policy ends in a line feed, which belongs to it.
const CADDYFILE: &str = "\
# The policy host of MTA-STS (RFC 8461 §3.3), and nothing else.
HOST {
\theader /.well-known/mta-sts.txt Content-Type text/plain
\trespond /.well-known/mta-sts.txt `POLICY
` 200
\trespond 404
}
";
