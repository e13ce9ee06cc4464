//! Platforms that serve a site from a repository or an upload, and get the certificate by themselves.

use super::{Hosting, Leads, NO_FALLBACK, NO_REDIRECT, Site, file};

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
name = \"mta-sts\"
main = \"worker.js\"
compatibility_date = \"2025-01-01\"
workers_dev = false
routes = [{ pattern = \"HOST\", custom_domain = true }]
";

pub(super) fn cloudflare_worker(site: &Site<'_>) -> Hosting {
    let files = [file("worker.js", &site.fill(WORKER)), file("wrangler.toml", &site.fill(WRANGLER))];
    site.hosting("cloudflare-worker", "Cloudflare Worker", files, Leads::ByItself)
        .steps([
            &format!(
                "The domain's DNS has to be at Cloudflare. Delete any record of the host {}: the Worker's deployment makes its own.",
                site.relative
            ),
            "Put both files into an empty folder and run npx wrangler deploy there. Or make a Worker in the dashboard, paste \
             worker.js into it, and give it the custom domain that wrangler.toml names.",
            "Wait some minutes for the certificate.",
            &format!("Open {} in a browser: it must show the policy.", site.url()),
        ])
        .traps([
            "Senders are programs: no bot protection, challenge or Access rule of the zone may apply to this host.",
            NO_REDIRECT,
        ])
}

pub(super) fn github_pages(site: &Site<'_>) -> Hosting {
    let files = [file("CNAME", &format!("{}\n", site.host)), file(".nojekyll", ""), site.policy_in("")];
    let leads = Leads::Cname("YOUR-NAME.github.io", "Put your GitHub user or organisation in place of YOUR-NAME.");
    let domain = site.fill("Under Settings, Pages: deploy from the branch main, and enter HOST as the custom domain.");
    site.hosting("github-pages", "GitHub Pages", files.map(relative), leads)
        .steps([
            "Make a public repository for this one purpose, such as mta-sts, and put the three files into it.",
            "Add the DNS record.",
            &domain,
            "Wait until the certificate is there (up to a day), then switch on Enforce HTTPS.",
            &format!("Open {} in a browser: it must show the policy.", site.url()),
        ])
        .traps([
            "Without the empty file .nojekyll, GitHub Pages leaves out folders whose name begins with a dot.",
            "A repository serves one host: each further domain needs a repository of its own.",
            "Set the announce record only once the certificate is there.",
        ])
}

const NETLIFY: &str = "\
[build]
  command = \"\"
  publish = \"public\"

[[headers]]
  for = \"/.well-known/mta-sts.txt\"
  [headers.values]
    Content-Type = \"text/plain\"
";

pub(super) fn netlify(site: &Site<'_>) -> Hosting {
    let files = [file("netlify.toml", NETLIFY), site.policy_in("public")];
    let leads = Leads::Cname("YOUR-SITE.netlify.app", "Put the name of your Netlify site in place of YOUR-SITE.");
    let domain = site.fill("Under Domain management, add the domain HOST and make it the primary domain.");
    site.hosting("netlify", "Netlify", files, leads)
        .steps([
            "Put both files into a repository for this one purpose, and import it as a new site.",
            &domain,
            "Add the DNS record, and wait for the certificate.",
            &format!("Open {} in a browser: it must show the policy.", site.url()),
        ])
        .traps([
            "The folder .well-known begins with a dot, which file managers hide: make sure that it is uploaded.",
            NO_FALLBACK,
            NO_REDIRECT,
        ])
}

const VERCEL: &str = r#"{
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

pub(super) fn vercel(site: &Site<'_>) -> Hosting {
    let files = [file("vercel.json", VERCEL), site.policy_in("public")];
    let leads =
        Leads::Cname("cname.vercel-dns.com", "Vercel may show another value for your project: then use that one.");
    let domain = site.fill("Under Settings, Domains: add HOST, connected to production and without a redirect.");
    site.hosting("vercel", "Vercel", files, leads)
        .steps([
            "Put both files into a repository for this one purpose, and import it as a new project.",
            &domain,
            "Add the DNS record, and wait for the certificate.",
            &format!("Open {} in a browser where you are not logged in: it must show the policy.", site.url()),
        ])
        .traps([
            "Deployment Protection must not cover the production domain: senders cannot log in.",
            "The folder .well-known begins with a dot, which file managers hide: make sure that it is uploaded.",
            NO_FALLBACK,
            NO_REDIRECT,
        ])
}

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

pub(super) fn azure_static_web_apps(site: &Site<'_>) -> Hosting {
    let files = [file("staticwebapp.config.json", STATIC_WEB_APP), file("index.html", INDEX), site.policy_in("")];
    let leads = Leads::Cname(
        "YOUR-APP.azurestaticapps.net",
        "Put the address that Azure shows for your app in place of this one.",
    );
    let domain = site.fill("Under Custom domains, add HOST as a domain on other DNS, checked by its CNAME record.");
    site.hosting("azure-static-web-apps", "Azure Static Web Apps", files.map(relative), leads)
        .steps([
            "Put the three files into a repository for this one purpose, and make a Static Web App of it: preset Custom, app \
             location /, no API.",
            "Add the DNS record with the app's address.",
            &domain,
            "Wait for the certificate.",
            &format!("Open {} in a browser: it must show the policy.", site.url()),
        ])
        .traps([
            "Use Static Web Apps and not Functions: only the former gets the certificate by itself.",
            "staticwebapp.config.json must have no navigationFallback: senders would get a web page instead of the policy.",
            "The app is not deployed without an index.html.",
            NO_REDIRECT,
        ])
}

/// A path in a repository, which has no slash in front.
fn relative(mut file: super::HostFile) -> super::HostFile {
    if let Some(path) = file.path.strip_prefix('/') {
        file.path = path.to_owned();
    }
    file
}
