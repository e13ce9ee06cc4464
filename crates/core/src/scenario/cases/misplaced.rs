//! Records where nobody looks for them.

use crate::report::Verdict::{Broken, Enforced, Missing};
use crate::scenario::world::{ENFORCE, World};

use super::given::{Scenario, given};

const RECORD: &str = "v=STSv1; id=20261101T0800;";
const REPORTS: &str = "v=TLSRPTv1; rua=mailto:tls-reports@shop.com.au";
const SPF: &str = "v=spf1 include:_spf.mail-host.net -all";

fn misplaced(world: World, name: &str) -> World {
    world.without_announce().txt(name, RECORD)
}

fn reports_at(world: World, name: &str) -> World {
    world.without_tls_rpt().txt(name, REPORTS)
}

pub(crate) fn scenarios() -> Vec<Scenario> {
    let wrong: &[&str] = &["record-missing", "record-missing-policy-served", "record-doubled-domain"];
    vec![
        given(
            "the record at the domain itself",
            |w| misplaced(w, "shop.com.au").txt("shop.com.au", SPF),
            Broken,
            &["record-wrong-name"],
            wrong,
        ),
        given(
            "the record at the policy host",
            |w| misplaced(w, "mta-sts.shop.com.au"),
            Broken,
            &["record-wrong-name"],
            wrong,
        ),
        given(
            "an underscore for the hyphen",
            |w| misplaced(w, "_mta_sts.shop.com.au"),
            Broken,
            &["record-wrong-name"],
            wrong,
        ),
        given(
            "the record at the domain twice",
            |w| misplaced(w, "_mta-sts.shop.com.au.shop.com.au"),
            Broken,
            &["record-doubled-domain"],
            &["record-wrong-name", "record-missing-policy-served"],
        ),
        given(
            "the record at the wrong name, and no policy",
            |w| misplaced(w, "shop.com.au").without_host(),
            Missing,
            &["record-wrong-name"],
            &["record-missing", "policy-host-missing"],
        ),
        given(
            "a record at both names",
            |w| w.txt("shop.com.au", RECORD),
            Enforced,
            &["record-ok"],
            &["record-wrong-name", "record-doubled-domain", "record-parent-only", "record-wildcard-artefact"],
        ),
        given(
            "only SPF at the domain itself",
            |w| w.without_announce().without_host().txt("shop.com.au", SPF),
            Missing,
            &["record-missing"],
            &["record-wrong-name", "record-doubled-domain"],
        ),
        Scenario {
            name: "only the domain above has a record",
            world: World::new("mail.shop.com.au")
                .mx(10, "mx1.mail-host.net")
                .address("mx1.mail-host.net", "192.0.2.25")
                .txt("_mta-sts.shop.com.au", RECORD),
            verdict: Missing,
            must: &["record-parent-only", "record-missing"],
            must_not: &["record-wrong-name"],
        },
        given(
            "SPF by a wildcard",
            |w| w.without_announce().without_host().txt("_mta-sts.shop.com.au", SPF).txt(UNUSED, SPF),
            Missing,
            &["record-wildcard-artefact"],
            &["record-not-sts", "record-missing"],
        ),
        given(
            "every name is an alias of the web site",
            |w| {
                let site = |w: World, name| w.alias(name, "shop.com.au");
                let w =
                    w.without_announce().without_host().txt("shop.com.au", SPF).address("shop.com.au", "203.0.113.7");
                site(site(site(w, "_mta-sts.shop.com.au"), UNUSED), "mta-sts.shop.com.au").status(404, "")
            },
            Missing,
            &["record-wildcard-artefact"],
            &["record-not-sts", "record-cname", "record-cname-dangling", "policy-not-found"],
        ),
        given(
            "SPF at _mta-sts, and no wildcard",
            |w| w.announce(SPF),
            Broken,
            &["record-not-sts"],
            &["record-wildcard-artefact"],
        ),
        given(
            "the file at the top of the policy host",
            |w| w.status(404, "").policy_at("https://mta-sts.shop.com.au/mta-sts.txt", ENFORCE),
            Broken,
            &["policy-not-found", "policy-wrong-location"],
            &["policy-ok"],
        ),
        given(
            "the file on the domain's own web site",
            |w| {
                w.without_host()
                    .address("shop.com.au", "203.0.113.7")
                    .policy_at("https://shop.com.au/.well-known/mta-sts.txt", ENFORCE)
            },
            Broken,
            &["policy-host-missing", "policy-wrong-location"],
            &["policy-ok"],
        ),
        given(
            "a web page at the other addresses",
            |w| w.status(404, "").policy_at("https://mta-sts.shop.com.au/mta-sts.txt", "<h1>Welcome</h1>"),
            Broken,
            &["policy-not-found"],
            &["policy-wrong-location"],
        ),
        given(
            "reports asked for at the name of an old draft",
            |w| reports_at(w, "_smtp-tlsrpt.shop.com.au"),
            Enforced,
            &["tlsrpt-wrong-name"],
            &["tlsrpt-missing", "tlsrpt-ok"],
        ),
        given(
            "the labels of the TLS-RPT record in the wrong order",
            |w| reports_at(w, "_tls._smtp.shop.com.au"),
            Enforced,
            &["tlsrpt-wrong-name"],
            &["tlsrpt-missing"],
        ),
        given(
            "the labels of the TLS-RPT record joined",
            |w| reports_at(w, "_smtp_tls.shop.com.au"),
            Enforced,
            &["tlsrpt-wrong-name"],
            &["tlsrpt-missing"],
        ),
        given(
            "the TLS-RPT record at the domain itself",
            |w| reports_at(w, "shop.com.au"),
            Enforced,
            &["tlsrpt-wrong-name"],
            &["tlsrpt-missing"],
        ),
        given(
            "the TLS-RPT record at the domain twice",
            |w| reports_at(w, "_smtp._tls.shop.com.au.shop.com.au"),
            Enforced,
            &["tlsrpt-wrong-name"],
            &["tlsrpt-missing"],
        ),
        given(
            "reports asked for at both names",
            |w| w.txt("shop.com.au", REPORTS),
            Enforced,
            &["tlsrpt-ok"],
            &["tlsrpt-wrong-name"],
        ),
    ]
}

const UNUSED: &str = "no-such-name-mta-sts-check.shop.com.au";
