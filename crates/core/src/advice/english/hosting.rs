//! English: how the policy file is served at each of the usual places, by the id of the way.

/// The words of a way of serving the policy file.
pub(in crate::advice) struct HostingWords {
    /// The way's id.
    way: &'static str,
    /// What it is called.
    pub(in crate::advice) name: &'static str,
    /// What to do, in order.
    pub(in crate::advice) steps: &'static [&'static str],
    /// What goes wrong there.
    pub(in crate::advice) traps: &'static [&'static str],
    /// What to mind about the policy host's record; empty where the platform sees to that.
    pub(super) record: &'static str,
}

/// The words of a way.
pub(in crate::advice) fn hosting(way: &str) -> &'static HostingWords {
    HOSTING.iter().find(|words| words.way == way).expect("every way has its words: a test sees to it")
}

/// The last step at every place.
const OPEN: &str = "Check the domain again here: the check must find the policy at {url} and nothing wrong with it.";

/// A trap of every place that can redirect.
const NO_REDIRECT: &str =
    "No redirect may apply to this host, not even to another spelling of its name: senders follow none.";

/// A trap of every place that can answer unknown addresses with a page.
const NO_FALLBACK: &str =
    "No fallback page may be set for this site: senders would get a web page with status 200 instead of the policy.";

/// A trap of every place that files are uploaded to.
const DOT_FOLDER: &str =
    "The folder .well-known begins with a dot, which file managers hide: make sure that it is uploaded.";

/// Of every server that is one's own.
const TO_SERVER: &str =
    "The policy host has to lead to your server. Add an AAAA record too where the server has an IPv6 address.";

static HOSTING: &[HostingWords] = &[
    HostingWords {
        way: "cloudflare-worker",
        name: "Cloudflare Worker",
        steps: &[
            "The domain's DNS has to be at Cloudflare. Delete any record of the host {policy host}: the Worker's deployment \
             makes its own.",
            "Put both files into an empty folder, and run npx wrangler deploy there. Or make a Worker in the dashboard, name it \
             {label}, paste worker.js into it, and give it the custom domain that wrangler.toml names.",
            "Wait some minutes for the certificate.",
            OPEN,
        ],
        traps: &[
            "Senders are programs: no bot protection, challenge or Access rule of the zone may apply to this host.",
            NO_REDIRECT,
        ],
        record: "",
    },
    HostingWords {
        way: "github-pages",
        name: "GitHub Pages",
        steps: &[
            "Make a public repository for this one purpose, such as {label}, and put the three files into it.",
            "Add the DNS record.",
            "Under Settings, Pages: deploy from the branch main, and enter {host} as the custom domain.",
            "Wait until the certificate is there (up to a day), then switch on Enforce HTTPS.",
            OPEN,
        ],
        traps: &[
            "Without the empty file .nojekyll, GitHub Pages leaves out folders whose name begins with a dot.",
            "A repository serves one host: each further domain needs a repository of its own.",
            "Set the announce record only once the certificate is there.",
        ],
        record: "Put your GitHub user or organisation in place of YOUR-NAME.",
    },
    HostingWords {
        way: "netlify",
        name: "Netlify",
        steps: &[
            "Put both files into a repository for this one purpose, such as {label}, and import it as a new site.",
            "Under Domain management, add the domain {host} and make it the primary domain.",
            "Add the DNS record, and wait for the certificate.",
            OPEN,
        ],
        traps: &[DOT_FOLDER, NO_FALLBACK, NO_REDIRECT],
        record: "Put the name of your Netlify site in place of YOUR-SITE.",
    },
    HostingWords {
        way: "vercel",
        name: "Vercel",
        steps: &[
            "Put both files into a repository for this one purpose, such as {label}, and import it as a new project.",
            "Under Settings, Domains: add {host}, connected to production and without a redirect.",
            "Add the DNS record, and wait for the certificate.",
            OPEN,
        ],
        traps: &[
            "Deployment Protection must not cover the production domain: senders cannot log in.",
            DOT_FOLDER,
            NO_FALLBACK,
            NO_REDIRECT,
        ],
        record: "Vercel may show another value for your project: then use that one.",
    },
    HostingWords {
        way: "azure-static-web-apps",
        name: "Azure Static Web Apps",
        steps: &[
            "Put the three files into a repository for this one purpose, such as {label}, and make a Static Web App of it: preset Custom, app \
             location /, no API.",
            "Add the DNS record with the app's address.",
            "Under Custom domains, add {host} as a domain on other DNS, checked by its CNAME record.",
            "Wait for the certificate.",
            OPEN,
        ],
        traps: &[
            "Use Static Web Apps and not Functions: only the former gets the certificate by itself.",
            "staticwebapp.config.json must have no navigationFallback: senders would get a web page instead of the policy.",
            "The app is not deployed without an index.html.",
            NO_REDIRECT,
        ],
        record: "Put the address that Azure shows for your app in place of this one.",
    },
    HostingWords {
        way: "s3-cloudfront",
        name: "Amazon S3 with CloudFront",
        steps: &[
            "Run aws cloudformation deploy --region us-east-1 --stack-name {label} --template-file {host}.json. It waits for \
             the certificate: add the CNAME record that Certificate Manager shows meanwhile.",
            "See the names: aws cloudformation describe-stacks --region us-east-1 --stack-name {label} --query \
             Stacks[0].Outputs.",
            "Upload the policy, with the BucketName from there: aws s3 cp {host}.txt \
             s3://YOUR-BUCKET/.well-known/mta-sts.txt --content-type text/plain.",
            "Add the DNS record.",
            OPEN,
        ],
        traps: &[
            "The certificate has to be in the region us-east-1: CloudFront sees no other. So the stack goes there.",
            "The host has to be an alternate domain name of the distribution, or CloudFront answers 403.",
            "Upload with the type text/plain; another is served as it was stored.",
            "The website address of the bucket itself has no HTTPS, and cannot be used.",
        ],
        record: "Put the DistributionName that the stack shows in place of this one.",
    },
    HostingWords {
        way: "nginx",
        name: "nginx",
        steps: &[
            "Add the DNS record, and write the policy file to /var/www/{host}/.well-known/mta-sts.txt.",
            "Get a certificate for {host}: certbot certonly --nginx -d {host} puts it where the configuration looks for it. If \
             yours is elsewhere, change the two paths.",
            "Write the configuration to /etc/nginx/conf.d/{host}.conf.",
            "Run nginx -t, and if it finds no fault, nginx -s reload.",
            OPEN,
        ],
        traps: &[
            "ssl_certificate must be the full chain (fullchain.pem): browsers mend a missing link, senders do not.",
            NO_REDIRECT,
            "The host needs a server block of its own: without one, another site answers in its name, with the wrong \
             certificate.",
        ],
        record: TO_SERVER,
    },
    HostingWords {
        way: "caddy",
        name: "Caddy",
        steps: &[
            "Add the DNS record first: Caddy gets the certificate by itself, and needs the name to lead to it.",
            "Add the text to /etc/caddy/Caddyfile, below what is there already. The policy is in it; there is no other file.",
            "Run caddy validate --config /etc/caddy/Caddyfile, and if it finds no fault, systemctl reload caddy.",
            OPEN,
        ],
        traps: &[
            "Ports 80 and 443 have to be open to the internet, or Caddy gets no certificate.",
            "Lines of the policy must begin at the start of the line: do not indent them.",
            NO_REDIRECT,
        ],
        record: TO_SERVER,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advice::hosting::ids;
    use crate::text::template::has_all;

    #[test]
    fn every_way_has_words_and_every_word_a_way() {
        let worded: Vec<&str> = HOSTING.iter().map(|words| words.way).collect();
        assert_eq!(worded, ids().collect::<Vec<_>>());
    }

    #[test]
    fn steps_and_traps_are_sentences_about_this_host() {
        for HostingWords { way, name, steps, traps, record } in HOSTING {
            assert!((3..=6).contains(&steps.len()) && !traps.is_empty() && !name.is_empty(), "{way}");
            for text in steps.iter().chain(*traps).chain([record].into_iter().filter(|text| !text.is_empty())) {
                assert!(text.ends_with('.'), "{way}: {text}");
                assert!(has_all(text, |word| ["host", "label", "url", "policy host"].contains(&word)), "{way}: {text}");
            }
            // That the policy can be seen is the last thing to look at, and each place says whose host it is.
            assert!(steps.last().is_some_and(|step| !has_all(step, |word| word != "url")), "{way}");
        }
    }
}
