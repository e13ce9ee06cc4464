//! Where a domain stands, what becomes of a message to it, and what changed since an earlier check.

use mta_sts_core::Timestamp;
use mta_sts_core::evaluate;
use mta_sts_core::evidence::Evidence;
use mta_sts_core::facts::Facts;
use mta_sts_core::lookup::RecordType;
use mta_sts_core::published::policy::Mode;
use mta_sts_core::scenario::{CHECKED_AT, ENFORCE, World};
use mta_sts_core::verdict::changes::{Change, Changes};
use mta_sts_core::verdict::delivery::Delivery;
use mta_sts_core::verdict::standing::Standing;

fn now() -> Timestamp {
    CHECKED_AT.parse().expect("a time")
}

fn protected() -> World {
    World::protected("shop.com.au")
}

fn standing(evidence: &Evidence) -> Standing {
    Standing::of(&Facts::read(evidence, now()))
}

/// What changed since the last of the earlier checks; none where there is none.
fn changes(world: &World) -> Option<Vec<Change>> {
    let evidence = world.check();
    let report = evaluate(&evidence, now());
    let changes = Changes::of(&Facts::read(&evidence, now()), report.snapshot.as_ref());
    assert_eq!(changes.is_none(), report.since.is_empty(), "what changed is said: {}", report.since);
    changes.map(|changes| changes.changes)
}

fn assert_delivery(world: &World, expected: &Delivery<'_>) {
    let evidence = world.check();
    let report = evaluate(&evidence, now());
    assert_eq!(Delivery::of(&Facts::read(&evidence, now()), &report), *expected, "{}", report.delivery);
}

#[test]
fn careful_senders_deliver_nothing_only_where_the_mx_records_cannot_be_verified() {
    for (name, rtype, mx) in [
        ("_mta-sts.shop.com.au", RecordType::Txt, false),
        ("mta-sts.shop.com.au", RecordType::A, false),
        ("shop.com.au", RecordType::Mx, true),
    ] {
        assert_eq!(standing(&protected().bogus(name, rtype).check()), Standing::Bogus { mx }, "{name}");
    }
}

#[test]
fn where_a_domain_stands_is_said_in_a_sentence_of_its_own() {
    let policy = |mode| protected().policy(&ENFORCE.replace("enforce", mode));
    let mut looking = protected().check();
    looking.observations.clear();
    let table = [
        (World::new("shop.com.au").nonexistent().check(), Standing::NoSuchDomain),
        (protected().without_mx().mx(0, "").check(), Standing::RefusesMail),
        (looking, Standing::Looking),
        (protected().no_answer("_mta-sts.shop.com.au", RecordType::Txt).check(), Standing::Unseen),
        (World::new("shop.com.au").mx(10, "mx1.mail-host.net").check(), Standing::Missing),
        (protected().announce("v=STSv1; id=;").check(), Standing::Broken),
        (policy("none").check(), Standing::Mode(Mode::None)),
        (policy("testing").check(), Standing::Mode(Mode::Testing)),
        (protected().check(), Standing::Mode(Mode::Enforce)),
        (protected().policy(&ENFORCE.replace("mail-host", "old-host")).check(), Standing::Blocking),
        (protected().mx(30, "mx.elsewhere.net").check(), Standing::AtRisk { missed: 1, of: 3 }),
        (protected().mx(30, "mx.elsewhere.net").mx(40, "mx.backup.net").check(), Standing::AtRisk { missed: 2, of: 4 }),
        (protected().bogus("shop.com.au", RecordType::Mx).check(), Standing::Bogus { mx: true }),
        (protected().bogus("_mta-sts.shop.com.au", RecordType::Txt).check(), Standing::Bogus { mx: false }),
    ];
    let mut said = Vec::new();
    for (evidence, expected) in table {
        let report = evaluate(&evidence, now());
        assert_eq!(standing(&evidence), expected, "{}", report.headline);
        assert_eq!(report.verdict, expected.verdict());
        assert!(report.headline.contains("shop.com.au") && !said.contains(&report.headline), "{}", report.headline);
        said.push(report.headline);
    }
}

#[test]
fn it_names_the_servers_and_what_becomes_of_the_message() {
    let both = || vec!["mx1.mail-host.net", "mx2.mail-host.net"];
    assert_delivery(&protected(), &Delivery::SecurelyTo { allowed: both() });
    let at_risk = protected().mx(30, "mx.elsewhere.net");
    assert_delivery(&at_risk, &Delivery::ToSomeOnly { refused: vec!["mx.elsewhere.net"], allowed: both() });
    assert_delivery(&protected().policy(&ENFORCE.replace("mail-host.net", "old-host.net")), &Delivery::ToNone);
    let testing = protected().policy(&ENFORCE.replace("enforce", "testing"));
    assert_delivery(&testing.clone().without_tls_rpt(), &Delivery::Tested { is_reported: false });
    assert_delivery(&testing, &Delivery::Tested { is_reported: true });
    assert_delivery(&protected().policy(&ENFORCE.replace("enforce", "none")), &Delivery::SwitchedOff);
    assert_delivery(&World::new("shop.com.au").mx(10, "mx1.mail-host.net"), &Delivery::WithoutPolicy);
    assert_delivery(&protected().announce("v=STSv1; id=;"), &Delivery::WithoutPolicy);
    let own = protected().without_mx().address("shop.com.au", "192.0.2.1");
    let own = own.policy(&ENFORCE.replace("mx1.mail-host.net", "shop.com.au"));
    assert_delivery(&own, &Delivery::SecurelyToOwnAddress);
    assert_delivery(&protected().no_answer("_mta-sts.shop.com.au", RecordType::Txt), &Delivery::Unknown);
}

#[test]
fn the_hosts_are_said_in_their_order_and_three_at_most() {
    let named = |hosts: u16| {
        let hosts = (0..hosts).map(|at| (at, format!("mx{at}.many-hosts.net")));
        let policy = "version: STSv1\nmode: enforce\nmx: *.many-hosts.net\nmax_age: 2592000\n";
        let world = hosts.fold(protected().without_mx().policy(policy), |world, (at, host)| world.mx(at, &host));
        let delivery = evaluate(&world.check(), now()).delivery;
        (0..9).filter(|at| delivery.contains(&format!("mx{at}.many-hosts.net"))).collect::<Vec<u16>>()
    };
    for hosts in 1..6 {
        assert_eq!(named(hosts), (0..hosts.min(3)).collect::<Vec<u16>>(), "{hosts}");
    }
}

#[test]
fn nothing_is_delivered_where_no_server_can_be_found() {
    assert_delivery(&World::new("shop.com.au"), &Delivery::Nowhere);
    assert_delivery(&protected().without_mx(), &Delivery::Nowhere);
    assert_delivery(&protected().bogus("shop.com.au", RecordType::Mx), &Delivery::Unverifiable);
    assert_delivery(&World::new("shop.com.au").nonexistent(), &Delivery::NoSuchDomain);
    assert_delivery(&protected().without_mx().mx(0, ""), &Delivery::TakesNoMail);
}

#[test]
fn it_says_whether_the_id_moved_with_the_policy() {
    let longer = || protected().policy(&ENFORCE.replace("2592000", "5184000"));
    assert_eq!(changes(&protected()), None, "nothing to compare with");
    assert_eq!(changes(&protected().seen(3, &protected())), Some(vec![]));
    let good = longer().announce("v=STSv1; id=20261124T0900;").seen(3, &protected());
    assert_eq!(changes(&good), Some(vec![Change::PolicyAndId]));
    assert_eq!(changes(&longer().seen(3, &protected())), Some(vec![Change::PolicyWithoutId]));
    let harmless = protected().announce("v=STSv1; id=20261124T0900;").seen(3, &protected());
    assert_eq!(changes(&harmless), Some(vec![Change::IdWithoutPolicy]));
    let broken = || protected().announce("v=STSv1; id=2;").status(404, "");
    assert_eq!(changes(&broken().seen(3, &protected().status(404, ""))), Some(vec![Change::Id]));
}

#[test]
fn it_says_since_when() {
    let evidence = protected().seen(9, &protected()).seen(3, &protected()).check();
    let snapshot = evaluate(&evidence, now()).snapshot;
    let changes = Changes::of(&Facts::read(&evidence, now()), snapshot.as_ref()).expect("there are earlier checks");
    assert_eq!(changes.since.to_string(), "2026-11-21", "the last of them counts");
}

#[test]
fn it_says_what_came_and_what_went() {
    let testing = protected().policy(&ENFORCE.replace("enforce", "testing"));
    let enforced = protected().announce("v=STSv1; id=2;").seen(20, &testing);
    let mode = Change::Mode { was: Mode::Testing, is: Mode::Enforce };
    assert_eq!(changes(&enforced), Some(vec![Change::PolicyAndId, mode]));
    let nothing = || World::new("shop.com.au").mx(10, "mx1.mail-host.net").mx(20, "mx2.mail-host.net");
    assert_eq!(changes(&protected().seen(9, &nothing())), Some(vec![Change::RecordCame, Change::PolicyCame]));
    assert_eq!(changes(&nothing().seen(9, &protected())), Some(vec![Change::RecordWent, Change::PolicyWent]));
    assert_eq!(changes(&protected().status(404, "").seen(3, &protected())), Some(vec![Change::PolicyWent]));
    let moved = protected().mx(30, "mx3.mail-host.net").seen(3, &protected());
    assert_eq!(changes(&moved), Some(vec![Change::MailServers]));
}
