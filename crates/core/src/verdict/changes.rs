//! What changed since the last check that the caller kept, in plain sentences: also where all is well, of which no rule speaks.

use crate::evidence::snapshot::{Snapshot, lacking};
use crate::facts::Facts;

/// What differs between the last of the earlier checks and this one; empty where there is none to compare with.
pub(crate) fn told(facts: &Facts<'_>, snapshot: Option<&Snapshot>) -> String {
    match (facts.history.last(), snapshot) {
        (Some(before), Some(now)) => compared(before, now),
        _ => String::new(),
    }
}

fn compared(before: &Snapshot, now: &Snapshot) -> String {
    let stamp = before.time.to_string();
    let day = stamp.get(..10).unwrap_or(&stamp);
    let mut sentences = Vec::new();
    for (was, is, article, name) in [
        (before.has_record, now.has_record, "an", "announce record"),
        (before.has_policy, now.has_policy, "a", "policy file"),
    ] {
        match (was, is) {
            (false, true) => sentences.push(format!("There is {article} {name} now.")),
            (true, false) => sentences.push(format!("The {name} is gone.")),
            _ => {}
        }
    }
    let moved = before.id != now.id;
    if before.mode.is_some() && now.mode.is_some() {
        sentences.extend(match (before.has_same_policy(now), moved) {
            (false, true) => Some("The policy changed, and its id with it: senders will fetch the new one.".to_owned()),
            (false, false) => {
                Some("The policy changed, but its id did not: senders that have the old one do not notice.".to_owned())
            }
            (true, true) => Some("The id changed, and the policy did not. That does no harm.".to_owned()),
            (true, false) => None,
        });
        if let (Some(was), Some(is)) = (before.mode(), now.mode())
            && was != is
        {
            sentences.push(format!("Its mode was {}, and is {} now.", was.as_str(), is.as_str()));
        }
    } else if moved && before.has_record && now.has_record {
        sentences.push("The id changed.".to_owned());
    }
    if !lacking(&before.mx_hosts, &now.mx_hosts).is_empty() || !lacking(&now.mx_hosts, &before.mx_hosts).is_empty() {
        sentences.push("The mail servers are others.".to_owned());
    }
    if sentences.is_empty() {
        return format!("Nothing has changed since the check of {day}.");
    }
    format!("Since the check of {day}: {}", sentences.join(" "))
}

#[cfg(test)]
mod tests {
    use crate::evaluate::evaluate;
    use crate::scenario::{ENFORCE, World};

    fn since(world: &World) -> String {
        let evidence = world.check();
        evaluate(&evidence, evidence.checked_at).since
    }

    #[test]
    fn it_says_whether_the_id_moved_with_the_policy() {
        let before = || World::protected("shop.com.au");
        let longer = || before().policy(&ENFORCE.replace("2592000", "5184000"));
        assert_eq!(since(&before()), "", "nothing to compare with");
        let same = since(&before().seen(3, &before()));
        assert!(same.starts_with("Nothing has changed since the check of 20"), "{same}");
        let good = since(&longer().announce("v=STSv1; id=20261124T0900;").seen(3, &before()));
        assert!(good.contains("The policy changed, and its id with it"), "{good}");
        let forgotten = since(&longer().seen(3, &before()));
        assert!(forgotten.contains("but its id did not"), "{forgotten}");
        let harmless = since(&before().announce("v=STSv1; id=20261124T0900;").seen(3, &before()));
        assert!(harmless.contains("the policy did not"), "{harmless}");
    }

    #[test]
    fn it_says_what_came_and_what_went() {
        let before = || World::protected("shop.com.au");
        let testing = before().policy(&ENFORCE.replace("enforce", "testing"));
        let enforced = since(&before().announce("v=STSv1; id=2;").seen(20, &testing));
        assert!(enforced.contains("Its mode was testing, and is enforce now."), "{enforced}");
        let begun = since(&before().seen(9, &World::new("shop.com.au").mx(10, "mx1.mail-host.net")));
        assert!(begun.contains("There is an announce record now. There is a policy file now."), "{begun}");
        let gone = since(&before().status(404, "").seen(3, &before()));
        assert!(gone.contains("The policy file is gone."), "{gone}");
        let moved = since(&before().mx(30, "mx3.mail-host.net").seen(3, &before()));
        assert!(moved.contains("The mail servers are others."), "{moved}");
    }
}
