//! Ready configuration for serving the policy file, at each of the usual places.
//!
//! Every text is valid as written for the domain; what only its owner knows stands in capitals.

mod platform;
mod server;
mod storage;

use serde::Serialize;

use super::records::{RecordAction, RecordAdvice};
use crate::name::DomainName;
use crate::name::labels::POLICY_PATH;

/// One way to serve the policy file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Hosting {
    /// Stable, for scripts.
    pub id: String,
    /// For people.
    pub name: String,
    /// Files to make.
    pub files: Vec<HostFile>,
    /// How the policy host leads there; none where the platform makes that record itself.
    pub record: Option<RecordAdvice>,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// What goes wrong there, in sentences.
    pub traps: Vec<String>,
}

/// A file to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct HostFile {
    /// Where it goes: an absolute path on a server, or one in the repository or folder that is uploaded.
    pub path: String,
    /// The whole of it; empty where an empty file is meant.
    pub content: String,
}

/// Every way that is known, for this policy. `relative` is the policy host as the console wants it, `action` what is to be done about the policy host's DNS record.
pub(super) fn all(domain: &DomainName, relative: String, policy: &str, action: RecordAction) -> Vec<Hosting> {
    let site = Site { host: domain.policy_host().as_str().to_owned(), relative, policy, action };
    vec![
        platform::cloudflare_worker(&site),
        platform::github_pages(&site),
        platform::netlify(&site),
        platform::vercel(&site),
        platform::azure_static_web_apps(&site),
        storage::s3_cloudfront(&site),
        server::nginx(&site),
        server::caddy(&site),
    ]
}

/// What the texts are made for. Both parts hold nothing but letters, digits and `-.*:_`, space and line feed, so that no
/// text needs to escape them.
struct Site<'p> {
    /// The policy host.
    host: String,
    /// The same, as the console wants it.
    relative: String,
    /// The policy file.
    policy: &'p str,
    action: RecordAction,
}

impl Site<'_> {
    fn hosting<const F: usize>(&self, id: &str, name: &str, files: [HostFile; F], leads: Leads<'_>) -> Hosting {
        let record = |(kind, value, why): (&str, &str, &str)| RecordAdvice {
            name: self.host.clone(),
            host: self.relative.clone(),
            kind: kind.to_owned(),
            value: value.to_owned(),
            action: self.action,
            why: match self.action {
                RecordAction::Keep => {
                    format!(
                        "The policy host leads to your policy file already. Change this only to serve it from here. {why}"
                    )
                }
                _ => why.to_owned(),
            },
        };
        let to_server =
            "The policy host has to lead to your server. Add an AAAA record too where the server has an IPv6 address.";
        Hosting {
            id: id.to_owned(),
            name: name.to_owned(),
            files: files.into(),
            record: match leads {
                Leads::Cname(value, why) => Some(record(("CNAME", value, why))),
                Leads::Address => Some(record(("A", "YOUR-SERVER-ADDRESS", to_server))),
                Leads::ByItself => None,
            },
            steps: Vec::new(),
            traps: Vec::new(),
        }
    }

    /// The policy file in the folder that a platform publishes.
    fn policy_in(&self, folder: &str) -> HostFile {
        file(&format!("{folder}{POLICY_PATH}"), self.policy)
    }

    /// Puts the policy host where a text has `HOST`, and the policy where it has `POLICY`.
    fn fill(&self, template: &str) -> String {
        template.replace("HOST", &self.host).replace("POLICY\n", self.policy)
    }

    fn url(&self) -> String {
        format!("https://{}{POLICY_PATH}", self.host)
    }
}

/// How a name comes to lead to a host.
#[derive(Clone, Copy)]
enum Leads<'v> {
    Cname(&'v str, &'v str),
    Address,
    ByItself,
}

impl Hosting {
    fn steps<const N: usize>(mut self, steps: [&str; N]) -> Self {
        self.steps = steps.map(str::to_owned).into();
        self
    }

    fn traps<const N: usize>(mut self, traps: [&str; N]) -> Self {
        self.traps = traps.map(str::to_owned).into();
        self
    }
}

fn file(path: &str, content: &str) -> HostFile {
    HostFile { path: path.to_owned(), content: content.to_owned() }
}

/// A trap of every place that can redirect.
const NO_REDIRECT: &str =
    "No redirect may apply to this host, not even to another spelling of its name: senders follow none.";

/// A trap of every place that can answer unknown addresses with a page.
const NO_FALLBACK: &str =
    "No fallback page may be set for this site: senders would get a web page with status 200 instead of the policy.";
