//! The TLS-RPT record.

use crate::lookup::RecordType;
use crate::report::Verdict::{Enforced, Missing};
use crate::scenario::world::World;

use super::given::{Scenario, given};

const AT: &str = "_smtp._tls.shop.com.au";

pub(crate) fn scenarios() -> Vec<Scenario> {
    let mut scenarios = vec![
        given(
            "reports go to a mailbox of another domain that takes mail",
            |w| {
                w.tls_rpt("v=TLSRPTv1; rua=mailto:shop@reports.net").record(
                    "reports.net",
                    RecordType::Mx,
                    crate::evidence::Record::Mx { preference: 5, exchange: "in.reports.net".into() },
                )
            },
            Enforced,
            &["tlsrpt-ok", "tlsrpt-rua-external"],
            &[
                "tlsrpt-missing",
                "tlsrpt-multiple",
                "tlsrpt-not-tlsrpt",
                "tlsrpt-version-invalid",
                "tlsrpt-rua-missing",
                "tlsrpt-rua-scheme",
                "tlsrpt-rua-bad-address",
                "tlsrpt-rua-unencoded",
                "tlsrpt-rua-duplicate",
                "tlsrpt-rua-multiple",
                "tlsrpt-rua-same-domain",
                "tlsrpt-rua-domain-no-mx",
                "tlsrpt-dmarc-syntax",
                "tlsrpt-syntax-invalid",
                "tlsrpt-cname",
                "tlsrpt-cname-dangling",
                "tlsrpt-dns-error",
            ],
        ),
        given(
            "no reports are asked for",
            World::without_tls_rpt,
            Enforced,
            &["tlsrpt-missing"],
            &["tlsrpt-ok", "tlsrpt-not-tlsrpt"],
        ),
        given(
            "neither reports nor a policy",
            |w| w.without_tls_rpt().without_announce().without_host(),
            Missing,
            &["tlsrpt-missing"],
            &["policy-enforce-no-tlsrpt"],
        ),
        given(
            "two TLS-RPT records",
            |w| w.txt(AT, "v=TLSRPTv1; rua=mailto:b@shop.com.au"),
            Enforced,
            &["tlsrpt-multiple"],
            &["tlsrpt-ok"],
        ),
        given(
            "SPF where the TLS-RPT record should be",
            |w| w.tls_rpt("v=spf1 -all"),
            Enforced,
            &["tlsrpt-not-tlsrpt"],
            &["tlsrpt-missing", "tlsrpt-ok"],
        ),
        given(
            "reports to a domain that takes no mail",
            |w| w.tls_rpt("v=TLSRPTv1; rua=mailto:shop@gone.net"),
            Enforced,
            &["tlsrpt-rua-domain-no-mx"],
            &[],
        ),
        given(
            "a TLS-RPT record by CNAME",
            |w| {
                w.without_tls_rpt()
                    .alias(AT, "_tls.reports.net")
                    .txt("_tls.reports.net", "v=TLSRPTv1; rua=https://reports.net/in")
            },
            Enforced,
            &["tlsrpt-cname", "tlsrpt-ok"],
            &["tlsrpt-cname-dangling", "tlsrpt-rua-external"],
        ),
        given(
            "a TLS-RPT CNAME that leads nowhere",
            |w| w.without_tls_rpt().alias(AT, "_tls.gone.net"),
            Enforced,
            &["tlsrpt-cname-dangling"],
            &["tlsrpt-missing", "tlsrpt-cname"],
        ),
        given(
            "the TLS-RPT record cannot be looked up",
            |w| w.no_answer(AT, RecordType::Txt),
            Enforced,
            &["tlsrpt-dns-error"],
            &["tlsrpt-missing", "policy-enforce-no-tlsrpt"],
        ),
    ];
    let texts: &[(&'static str, &'static str, &'static [&'static str])] = &[
        (
            "reports to our own domain",
            "v=TLSRPTv1; rua=mailto:tls@shop.com.au",
            &["tlsrpt-rua-same-domain", "tlsrpt-ok"],
        ),
        ("a wrong version", "v=TLSRPT1; rua=mailto:tls@shop.com.au", &["tlsrpt-version-invalid"]),
        (
            "a space before the semicolon of the TLS-RPT record",
            "v=TLSRPTv1 ; rua=mailto:tls@shop.com.au",
            &["tlsrpt-version-invalid", "tlsrpt-ok"],
        ),
        ("no rua", "v=TLSRPTv1;", &["tlsrpt-rua-missing"]),
        ("a bare address", "v=TLSRPTv1; rua=tls@shop.com.au", &["tlsrpt-rua-scheme"]),
        ("http", "v=TLSRPTv1; rua=http://shop.com.au/tls", &["tlsrpt-rua-scheme"]),
        ("a bad address", "v=TLSRPTv1; rua=mailto:tls", &["tlsrpt-rua-bad-address"]),
        ("a dot behind the mailbox", "v=TLSRPTv1; rua=mailto:tls@shop.com.au.", &["tlsrpt-rua-bad-address"]),
        ("a top-level domain", "v=TLSRPTv1; rua=https://com", &["tlsrpt-rua-bad-address"]),
        (
            "a web address, then a mailbox",
            "v=TLSRPTv1; rua=https://shop.com.au/t,mailto:tls@shop.com.au",
            &["tlsrpt-ok", "tlsrpt-rua-multiple"],
        ),
        ("a raw exclamation mark", "v=TLSRPTv1; rua=mailto:tls@shop.com.au!10m", &["tlsrpt-rua-unencoded"]),
        ("a raw semicolon", "v=TLSRPTv1; rua=https://shop.com.au/t;tenant=42", &["tlsrpt-rua-unencoded", "tlsrpt-ok"]),
        ("a raw comma", "v=TLSRPTv1; rua=https://shop.com.au/t?x=1,2", &["tlsrpt-rua-unencoded"]),
        ("rua twice", "v=TLSRPTv1; rua=mailto:a@shop.com.au; rua=mailto:b@shop.com.au", &["tlsrpt-rua-duplicate"]),
        ("two destinations", "v=TLSRPTv1; rua=mailto:a@shop.com.au,mailto:b@shop.com.au", &["tlsrpt-rua-multiple"]),
        ("DMARC's fields", "v=TLSRPTv1; p=none; rua=mailto:a@shop.com.au", &["tlsrpt-dmarc-syntax"]),
        ("junk in the record", "v=TLSRPTv1;; rua=mailto:a@shop.com.au", &["tlsrpt-syntax-invalid"]),
    ];
    scenarios.extend(texts.iter().map(|&(name, text, must)| {
        given(name, |w| w.tls_rpt(text), Enforced, must, &["tlsrpt-missing", "tlsrpt-not-tlsrpt"])
    }));
    scenarios
}
