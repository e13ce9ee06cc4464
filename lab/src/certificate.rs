//! The test authority and the certificates of policy hosts, good and bad, all made at the start.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, IsCa, KeyPair, KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::version::TLS13;
use time::{Duration, OffsetDateTime};

use crate::error::Result;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certificate {
    Valid,
    Expired,
    NotYetValid,
    /// For the policy domain instead of the policy host.
    BareDomain,
    /// With the right name as CN, and no subject alternative name.
    CommonNameOnly,
    SelfSigned,
    /// For the policy domain, and by TLS 1.3 alone, which encrypts it.
    Hidden,
    /// For this name instead of the policy host.
    For(&'static str),
    /// Right, but by an intermediate authority whose certificate is not sent.
    Chainless,
}

/// Makes certificates. Its root is what a client in the lab must trust.
pub(crate) struct Authority {
    root: CertifiedIssuer<'static, KeyPair>,
    intermediate: CertifiedIssuer<'static, KeyPair>,
    /// The one key of all servers.
    key: KeyPair,
}

impl Authority {
    pub(crate) fn new() -> Result<Self> {
        let root = CertifiedIssuer::self_signed(authority_params("Lab root")?, KeyPair::generate()?)?;
        let intermediate =
            // Which authorities are public, a checker can only know by their names.
            CertifiedIssuer::signed_by(authority_params("Lab intermediate, as of Let's Encrypt")?, KeyPair::generate()?, &root)?;
        Ok(Self { root, intermediate, key: KeyPair::generate()? })
    }

    pub(crate) fn root_pem(&self) -> String {
        self.root.pem()
    }

    pub(crate) fn key_pem(&self) -> String {
        self.key.serialize_pem()
    }

    /// The chain that a well-kept server of this name sends.
    pub(crate) fn chain_pem(&self, name: &str) -> Result<String> {
        let leaf = params(&[name], Certificate::Valid)?.signed_by(&self.key, &self.intermediate)?;
        Ok(leaf.pem() + &self.intermediate.pem())
    }

    /// How a policy host with this certificate greets its clients.
    pub(crate) fn server_config(&self, policy_host: &str, certificate: Certificate) -> Result<Arc<ServerConfig>> {
        let policy_domain = policy_host.split_once('.').map_or(policy_host, |(_, domain)| domain);
        let names: &[&str] = match certificate {
            Certificate::BareDomain | Certificate::Hidden => &[policy_domain],
            Certificate::CommonNameOnly => &[],
            Certificate::For(name) => &[name],
            _ => &[policy_host],
        };
        let mut params = params(names, certificate)?;
        if certificate == Certificate::CommonNameOnly {
            params.distinguished_name.push(DnType::CommonName, policy_host);
        }
        let intermediate = self.intermediate.der().clone();
        let chain: Vec<CertificateDer<'static>> = match certificate {
            Certificate::SelfSigned => vec![params.self_signed(&self.key)?.der().clone()],
            Certificate::Chainless => vec![params.signed_by(&self.key, &self.intermediate)?.der().clone()],
            _ => vec![params.signed_by(&self.key, &self.intermediate)?.der().clone(), intermediate],
        };
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(self.key.serialize_der()));
        let versions = if certificate == Certificate::Hidden { &[&TLS13][..] } else { rustls::ALL_VERSIONS };
        let config = ServerConfig::builder_with_protocol_versions(versions)
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        Ok(Arc::new(config))
    }
}

fn authority_params(name: &str) -> Result<CertificateParams> {
    let mut params = params(&[], Certificate::Valid)?;
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(params)
}

fn params(names: &[&str], certificate: Certificate) -> Result<CertificateParams> {
    let mut params = CertificateParams::new(names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>())?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::OrganizationName, "mta-sts-check lab");
    let today = OffsetDateTime::now_utc();
    (params.not_before, params.not_after) = match certificate {
        Certificate::Expired => (today - Duration::days(120), today - Duration::days(30)),
        Certificate::NotYetValid => (today + Duration::days(30), today + Duration::days(120)),
        _ => (today - Duration::days(1), today + Duration::days(89)),
    };
    Ok(params)
}
