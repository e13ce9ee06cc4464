//! Web space at somebody else's: a panel such as cPanel, folders that are uploaded, containers.

use super::way::{Leads, POLICY, Way, file};

/// cPanel, Plesk and `DirectAdmin`, over Apache or `LiteSpeed`. cPanel's default keeps each document root below `public_html`
/// (its setting “Restrict document roots”).
pub(super) static SHARED_HOSTING: Way = Way {
    id: "shared-hosting",
    files: &[file("public_html/HOST/.htaccess", HTACCESS), file("public_html/HOST/.well-known/mta-sts.txt", POLICY)],
    leads: Leads::Address,
};

pub(super) static CLOUDFLARE_PAGES: Way = Way {
    id: "cloudflare-pages",
    files: &[file("_headers", HEADERS), file(".well-known/mta-sts.txt", POLICY)],
    leads: Leads::Cname("YOUR-PROJECT.pages.dev"),
};

pub(super) static FIREBASE: Way = Way {
    id: "firebase",
    files: &[file("firebase.json", FIREBASE_JSON), file("public/.well-known/mta-sts.txt", POLICY)],
    leads: Leads::Address,
};

/// A container of nginx behind Traefik, which gets the certificate.
pub(super) static TRAEFIK: Way = Way {
    id: "traefik",
    files: &[file("LABEL/docker-compose.yml", COMPOSE), file("LABEL/site/.well-known/mta-sts.txt", POLICY)],
    leads: Leads::Address,
};

const HTACCESS: &str = "\
# The policy host of MTA-STS: no redirect of the folders above reaches it.
<IfModule mod_rewrite.c>
    RewriteEngine On
    RewriteRule ^ - [L]
</IfModule>
<Files \"mta-sts.txt\">
    ForceType text/plain
</Files>
";

const HEADERS: &str = "\
/.well-known/mta-sts.txt
  Content-Type: text/plain
";

// The usual `ignore` of a new project leaves out every name that begins with a dot.
const FIREBASE_JSON: &str = r#"{
  "hosting": {
    "public": "public",
    "ignore": ["firebase.json"],
    "headers": [
      {
        "source": "/.well-known/mta-sts.txt",
        "headers": [{ "key": "Content-Type", "value": "text/plain" }]
      }
    ]
  }
}
"#;

const COMPOSE: &str = "\
services:
  LABEL:
    image: nginx:alpine
    restart: unless-stopped
    volumes:
      - ./site:/usr/share/nginx/html:ro
    networks:
      - YOUR-NETWORK
    labels:
      - traefik.enable=true
      - traefik.http.routers.LABEL.rule=Host(`HOST`)
      - traefik.http.routers.LABEL.entrypoints=websecure
      - traefik.http.routers.LABEL.tls.certresolver=YOUR-RESOLVER
      - traefik.http.services.LABEL.loadbalancer.server.port=80

networks:
  YOUR-NETWORK:
    external: true
";
