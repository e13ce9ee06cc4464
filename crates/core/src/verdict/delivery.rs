//! What becomes of a message now, when its sender goes by RFC 8461.

use crate::evidence::dnssec::Dnssec;
use crate::evidence::dnssec::dnssec;
use crate::facts::Facts;
use crate::report::{MxSummary, Report, Verdict};

/// Most hosts that are named.
const NAMED: usize = 3;

/// What a sender that follows the RFC, and has no policy from earlier, would do with a message to the domain now (RFC 8461
/// §5): plain sentences for a person.
pub(crate) fn told(report: &Report, facts: &Facts<'_>) -> String {
    if facts.mx.no_such_domain() {
        return "The sender would return it: the domain does not exist.".to_owned();
    }
    if facts.mx.has_nowhere() {
        return "The sender could not deliver it: the domain has no mail server and no address.".to_owned();
    }
    if dnssec(facts.mx.dns) == Dnssec::Bogus {
        return "A sender that checks DNSSEC signatures cannot find out where your mail goes: it keeps the message, tries again \
                for some days, and then returns it. One that does not check them goes by the policy, where it finds one."
            .to_owned();
    }
    let (allowed, refused): (Vec<&MxSummary>, Vec<&MxSummary>) =
        report.mx.iter().partition(|mx| mx.matched_by.is_some());
    let reports = if report.tlsrpt.is_some() {
        "and tells you of it in a report"
    } else {
        "and tells nobody, since you ask for no reports"
    };
    match report.verdict {
        Verdict::Enforced if report.mx.is_empty() => "The sender would deliver it to the domain's own address, if \
             that server encrypts the connection and its certificate is valid. If not, the sender keeps the message, \
             tries again for some days, and then returns it."
            .to_owned(),
        Verdict::Enforced => format!(
            "The sender would deliver it to {}, if that server encrypts the connection and its certificate is valid. If \
             not, the sender keeps the message, tries again for some days, and then returns it.",
            any_of(&allowed)
        ),
        Verdict::AtRisk => format!(
            "The sender would not hand it to {}, which the policy leaves out. It would deliver it to {}, as long as \
             that works. When it does not, the message waits, and is returned after some days.",
            any_of(&refused),
            any_of(&allowed)
        ),
        Verdict::Blocking => "The sender would not deliver it: the policy allows none of your mail servers. It keeps the \
             message, tries again for some days, and then returns it."
            .to_owned(),
        Verdict::Testing => format!(
            "The sender would deliver it, encrypted or not. Where it finds something that would be refused under mode enforce, \
             it delivers all the same, {reports}."
        ),
        Verdict::Disabled => "The sender would deliver it as if there were no MTA-STS: encrypted if your server offers \
             that, and in the clear if not."
            .to_owned(),
        Verdict::Broken | Verdict::Missing => "The sender would deliver it as if there were no MTA-STS: encrypted if \
             your server offers that, and in the clear if not. A sender that still holds an earlier policy goes by that one \
             until it runs out."
            .to_owned(),
        Verdict::NotApplicable => "The sender would return it: the domain takes no mail.".to_owned(),
        Verdict::Inconclusive => "That cannot be told: something that it hangs on could not be looked up.".to_owned(),
    }
}

/// Names of hosts, in the order in which they are tried.
fn any_of(hosts: &[&MxSummary]) -> String {
    let named: Vec<&str> = hosts.iter().take(NAMED).map(|mx| mx.host.as_str()).collect();
    match (named.split_last(), hosts.len().saturating_sub(NAMED)) {
        (Some((last, before)), 0) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        (_, 0) => named.concat(),
        (_, more) => format!("{} or one of {more} more", named.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use crate::evaluate::evaluate;
    use crate::lookup::RecordType;
    use crate::scenario::{ENFORCE, World};

    fn told(world: &World) -> String {
        let evidence = world.check();
        evaluate(&evidence, evidence.checked_at).delivery
    }

    #[test]
    fn it_names_the_servers_and_what_becomes_of_the_message() {
        let protected = World::protected("shop.com.au");
        assert!(
            told(&protected).starts_with("The sender would deliver it to mx1.mail-host.net"),
            "{}",
            told(&protected)
        );
        let at_risk = told(&World::protected("shop.com.au").mx(30, "mx.elsewhere.net"));
        assert!(
            at_risk.contains("not hand it to mx.elsewhere.net") && at_risk.contains("deliver it to mx1."),
            "{at_risk}"
        );
        let blocking = told(&World::protected("shop.com.au").policy(&ENFORCE.replace("mail-host.net", "old-host.net")));
        assert!(blocking.contains("allows none of your mail servers"), "{blocking}");
        let testing = told(&World::protected("shop.com.au").policy(&ENFORCE.replace("enforce", "testing")));
        assert!(testing.contains("encrypted or not") && testing.contains("in a report"), "{testing}");
        let missing = World::new("shop.com.au").mx(10, "mx1.mail-host.net");
        assert!(told(&missing).contains("as if there were no MTA-STS"), "{}", told(&missing));
    }

    #[test]
    fn it_delivers_nothing_where_no_server_can_be_found() {
        for world in [World::new("shop.com.au"), World::protected("shop.com.au").without_mx()] {
            let nowhere = told(&world);
            assert!(
                nowhere.contains("no mail server and no address") && !nowhere.contains("would deliver"),
                "{nowhere}"
            );
        }
        let bogus = told(&World::protected("shop.com.au").bogus("shop.com.au", RecordType::Mx));
        assert!(bogus.contains("checks DNSSEC signatures") && !bogus.contains("would deliver"), "{bogus}");
        let gone = told(&World::new("shop.com.au").nonexistent());
        assert!(gone.contains("does not exist"), "{gone}");
    }
}
