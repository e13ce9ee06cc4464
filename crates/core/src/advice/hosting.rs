//! Ready configuration for serving the policy file, at each of the usual places: files and a record, valid as written for the
//! domain. What is said of each stands in the table of words, by its id.

mod platform;
mod server;
mod storage;
mod way;

use super::answer::HostFile;
use super::records::{RecordAction, RecordDecision, RecordWhy};
use crate::name::DomainName;
use crate::text::part;
use way::{Leads, Way};

/// Every way that is known, in the order in which they are shown.
static WAYS: [&Way; 8] = [
    &platform::CLOUDFLARE_WORKER,
    &platform::GITHUB_PAGES,
    &platform::NETLIFY,
    &platform::VERCEL,
    &platform::AZURE_STATIC_WEB_APPS,
    &storage::S3_CLOUDFRONT,
    &server::NGINX,
    &server::CADDY,
];

/// One way to serve the policy file, still without words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostingWay {
    /// Stable, for scripts.
    pub id: &'static str,
    /// Files to make.
    pub files: Vec<HostFile>,
    /// How the policy host leads there; none where the platform makes that record itself.
    pub record: Option<RecordDecision>,
}

/// Every way, for this policy. `relative` is the policy host as the console wants it, `action` what is to be done about the
/// policy host's DNS record.
pub(super) fn all(domain: &DomainName, relative: &str, policy: &str, action: RecordAction) -> Vec<HostingWay> {
    let (host, label) = (domain.policy_host(), label(domain));
    let site = Site { host: host.as_str(), label: &label, relative, policy, action };
    WAYS.iter().map(|way| site.served(way)).collect()
}

/// The ids of all ways, each of which has words.
#[cfg(test)]
pub(super) fn ids() -> impl Iterator<Item = &'static str> {
    WAYS.iter().map(|way| way.id)
}

/// What the texts are made for. Host and policy hold nothing but letters, digits and `-.*:_`, space and line feed, so that no
/// text needs to escape them.
struct Site<'p> {
    /// The policy host.
    host: &'p str,
    /// The same as one label.
    label: &'p str,
    /// The same, as the console wants it.
    relative: &'p str,
    /// The policy file.
    policy: &'p str,
    action: RecordAction,
}

impl Site<'_> {
    fn served(&self, way: &Way) -> HostingWay {
        let file = |file: &way::File| HostFile { path: self.filled(file.path), content: self.filled(file.text) };
        HostingWay { id: way.id, files: way.files.iter().map(file).collect(), record: self.record(way) }
    }

    fn record(&self, way: &Way) -> Option<RecordDecision> {
        let (kind, value) = match way.leads {
            Leads::Cname(target) => ("CNAME", target),
            Leads::Address => ("A", "YOUR-SERVER-ADDRESS"),
            Leads::ByItself => return None,
        };
        let is_served = self.action == RecordAction::Keep;
        let why = is_served.then_some(RecordWhy::FileIsServed).into_iter().chain([RecordWhy::LeadsTo(way.id)]);
        Some(RecordDecision {
            name: self.host.to_owned(),
            host: self.relative.to_owned(),
            kind,
            value: value.to_owned(),
            action: self.action,
            why: why.collect(),
        })
    }

    /// Puts the policy host and the policy where a text has them, and looks at neither again.
    fn filled(&self, text: &'static str) -> String {
        let with_policy = |part: &str| part::pieces(part, "POLICY\n").collect::<Vec<_>>().join(self.policy);
        let with_label = |part: &str| part::pieces(part, "LABEL").map(with_policy).collect::<Vec<_>>().join(self.label);
        part::pieces(text, "HOST").map(with_label).collect::<Vec<_>>().join(self.host)
    }
}

/// Longest label: names of Workers, repositories and stacks may be as long, at the least.
const LABEL_LIMIT: usize = 63;

/// The name of a host as one label, another one for each host: `mta-sts.shop.example` is `mta-sts-shop-example`. A hyphen of
/// the domain's own is doubled, and what would be too long ends in a number that is made of all of it.
pub(super) fn label(domain: &DomainName) -> String {
    let mut label = String::from("mta-sts-");
    for c in domain.as_str().chars() {
        match c {
            '.' => label.push('-'),
            '-' => label.push_str("--"),
            c => label.push(c),
        }
    }
    if label.len() <= LABEL_LIMIT {
        return label;
    }
    // FNV-1a.
    let number = label.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{}-{number:08x}", part::before(&label, LABEL_LIMIT - 9))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_not_looked_through_for_the_host() {
        let host = "POLICY\n";
        let site = Site { host, label: "HOST", relative: "", policy: "HOST POLICY\n", action: RecordAction::Add };
        assert_eq!(site.filled("a HOST b\n`POLICY\n` HOST"), "a POLICY\n b\n`HOST POLICY\n` POLICY\n");
        assert_eq!(site.filled("LABEL HOST"), "HOST POLICY\n");
    }

    #[test]
    fn each_domain_has_a_label_of_its_own() {
        let label = |name: &str| label(&DomainName::from_ascii(name).expect(name));
        assert_eq!(label("shop.example"), "mta-sts-shop-example");
        assert_ne!(label("my-shop.example"), label("my.shop.example"));
        let long = |end: &str| label(&format!("{}.{}.{end}", "a".repeat(60), "b".repeat(60)));
        assert_ne!(long("com"), long("net"));
        assert!(long("com").len() <= LABEL_LIMIT && long("com").starts_with("mta-sts-aaa"), "{}", long("com"));
    }
}
