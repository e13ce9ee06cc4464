//! MTA-STS in a provider's hands.

use crate::report::Verdict::{AtRisk, Blocking, Enforced};
use crate::scenario::world::World;

use super::given::{Scenario, given};

const RECORD: &str = "_mta-sts.shop.com.au";
const HOST: &str = "mta-sts.shop.com.au";
const TEXT: &str = "v=STSv1; id=20261101T0800;";

/// The announce record is kept by a provider.
fn record_at(world: World, target: &str) -> World {
    world.without_announce().alias(RECORD, target).txt(target, TEXT)
}

/// The policy host is an alias.
fn host_at(world: World, target: &str) -> World {
    world.without_host().alias(HOST, target).address(target, "203.0.113.7")
}

pub(crate) fn scenarios() -> Vec<Scenario> {
    let partial: &[&str] = &["delegation-partial"];
    vec![
        given(
            "both with one provider",
            |w| host_at(record_at(w, "_mta-sts.provider.com"), "mta-sts.provider.com"),
            Enforced,
            &["record-cname", "policy-ok"],
            &["delegation-partial", "delegation-policy-not-for-mx"],
        ),
        given(
            "both with one provider, whose web host is named otherwise",
            |w| host_at(record_at(w, "customer.provider.com"), "web.provider.com"),
            Enforced,
            &["record-cname"],
            partial,
        ),
        given(
            "the record with a provider, the file at home",
            |w| record_at(w, "_mta-sts.provider.com"),
            Enforced,
            partial,
            &["delegation-policy-not-for-mx"],
        ),
        given(
            "the file with a provider, the record at home",
            |w| host_at(w, "mta-sts.provider.com"),
            Enforced,
            partial,
            &["record-cname"],
        ),
        given(
            "both at a hosted service, whose names lead on to one more",
            |w| {
                let w = record_at(w, "shop_com_au__mta_sts.easydmarc.pro");
                let w = host_at(w, "mta.easydmarc.com").alias(HOST, "shop_com_au_mta_sts.easydmarc.pro");
                w.alias("shop_com_au_mta_sts.easydmarc.pro", "mta.easydmarc.com")
            },
            Enforced,
            &["record-cname", "policy-ok"],
            partial,
        ),
        given(
            "both with others whose names have nothing in common",
            |w| host_at(record_at(w, "shop.records-keeper.net"), "shop.files-keeper.org"),
            Enforced,
            &["record-cname", "policy-ok"],
            partial,
        ),
        given(
            "the record with a provider, the file on a web host",
            |w| host_at(record_at(w, "shop.records-keeper.net"), "shop.github.io"),
            Enforced,
            partial,
            &["delegation-policy-not-for-mx"],
        ),
        given(
            "as most of Tuta's customers have it",
            |w| host_at(record_at(w, "mta-sts.tutanota.de"), "mta-sts.tutanota.de"),
            Enforced,
            &["record-cname"],
            partial,
        ),
        given("the file on a web host", |w| host_at(w, "shop.github.io"), Enforced, &["policy-ok"], partial),
        given(
            "the file on another host of the domain",
            |w| host_at(w, "web.shop.com.au"),
            Enforced,
            &["policy-ok"],
            partial,
        ),
        given(
            "as Cloudflare Email Routing has it",
            |w| record_at(w, "_mta-sts.mx.cloudflare.net"),
            Enforced,
            &["record-cname"],
            partial,
        ),
        given(
            "a provider's policy, and mail elsewhere",
            |w| {
                host_at(record_at(w, "_mta-sts.provider.com"), "mta-sts.provider.com")
                    .policy("version: STSv1\nmode: enforce\nmx: mail.provider.com\nmax_age: 2592000\n")
            },
            Blocking,
            &["delegation-policy-not-for-mx", "mx-none-match"],
            partial,
        ),
        given(
            "a policy of one's own, and mail elsewhere",
            |w| w.policy("version: STSv1\nmode: enforce\nmx: mail.provider.com\nmax_age: 2592000\n"),
            Blocking,
            &["mx-none-match"],
            &["delegation-policy-not-for-mx"],
        ),
        given(
            // Names are data, also where they look like the words that sentences have in braces.
            "both with one provider, under names like the words of a template",
            |w| {
                let w = host_at(record_at(w, "{sign}.keeper.example"), "mta-sts.{dns}.keeper.example");
                w.mx(30, "backup.other-host.net")
            },
            AtRisk,
            &["record-cname", "mx-some-unmatched"],
            partial,
        ),
    ]
}
