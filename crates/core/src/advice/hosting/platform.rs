//! Platforms that serve a site from a repository or an upload, and get the certificate by themselves.

use super::way::{Leads, POLICY, Way, file};

pub(super) static CLOUDFLARE_WORKER: Way = Way {
    id: "cloudflare-worker",
    files: &[file("worker.js", WORKER), file("wrangler.toml", WRANGLER)],
    leads: Leads::ByItself,
};

pub(super) static GITHUB_PAGES: Way = Way {
    id: "github-pages",
    files: &[file("CNAME", "HOST\n"), file(".nojekyll", ""), file(".well-known/mta-sts.txt", POLICY)],
    leads: Leads::Cname("YOUR-NAME.github.io"),
};

pub(super) static NETLIFY: Way = Way {
    id: "netlify",
    files: &[file("netlify.toml", NETLIFY_TOML), file("public/.well-known/mta-sts.txt", POLICY)],
    leads: Leads::Cname("YOUR-SITE.netlify.app"),
};

pub(super) static VERCEL: Way = Way {
    id: "vercel",
    files: &[file("vercel.json", VERCEL_JSON), file("public/.well-known/mta-sts.txt", POLICY)],
    leads: Leads::Cname("cname.vercel-dns.com"),
};

pub(super) static AZURE_STATIC_WEB_APPS: Way = Way {
    id: "azure-static-web-apps",
    files: &[
        file("staticwebapp.config.json", STATIC_WEB_APP),
        file("index.html", INDEX),
        file(".well-known/mta-sts.txt", POLICY),
    ],
    leads: Leads::Cname("YOUR-APP.azurestaticapps.net"),
};

const WORKER: &str = "\
// The policy host of MTA-STS (RFC 8461 §3.3), and nothing else.
const POLICY_TEXT = `POLICY
`;

export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname !== \"/.well-known/mta-sts.txt\") {
      return new Response(\"Not found\\n\", { status: 404, headers: { \"Content-Type\": \"text/plain\" } });
    }
    return new Response(POLICY_TEXT, { headers: { \"Content-Type\": \"text/plain\" } });
  },
};
";

const WRANGLER: &str = "\
name = \"LABEL\"
main = \"worker.js\"
compatibility_date = \"2025-01-01\"
workers_dev = false
routes = [{ pattern = \"HOST\", custom_domain = true }]
";

const NETLIFY_TOML: &str = "\
[build]
  command = \"\"
  publish = \"public\"

[[headers]]
  for = \"/.well-known/mta-sts.txt\"
  [headers.values]
    Content-Type = \"text/plain\"
";

const VERCEL_JSON: &str = r#"{
  "$schema": "https://openapi.vercel.sh/vercel.json",
  "framework": null,
  "buildCommand": null,
  "outputDirectory": "public",
  "headers": [
    {
      "source": "/.well-known/mta-sts.txt",
      "headers": [{ "key": "Content-Type", "value": "text/plain" }]
    }
  ]
}
"#;

const STATIC_WEB_APP: &str = r#"{
  "routes": [
    { "route": "/.well-known/mta-sts.txt", "allowedRoles": ["anonymous"] }
  ],
  "mimeTypes": { ".txt": "text/plain" }
}
"#;

const INDEX: &str = "\
<!doctype html>
<html lang=\"en\">
<title>Policy host</title>
<p>This host serves a mail security policy.</p>
</html>
";
