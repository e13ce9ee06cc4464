//! English: where a domain stands and what comes.

use super::policy;
use crate::advice::task::{Allowed, StartsFrom, Summary};

/// A sentence or two.
#[expect(clippy::too_many_lines, reason = "a table is as long as what it has words for")]
pub(in crate::advice) fn summary(summary: &Summary) -> &'static str {
    match summary {
        Summary::NoPolicy(why) => policy::no_policy(*why),
        Summary::NotLookedAt => {
            "What the domain publishes could not be looked at just now, so there is no plan yet. Please try again in a \
             while."
        }

        Summary::StartTesting { from, enforce: Some(_) } => match from {
            StartsFrom::Nothing => {
                "Nothing is published yet. Start in testing mode today; enforce from {enforce} on, if the reports are clean."
            }
            StartsFrom::Broken => {
                "What is published does not work yet. Replace it by a policy in testing mode today; enforce from {enforce} \
                 on, if the reports are clean."
            }
            StartsFrom::SwitchedOff => {
                "The policy is switched off. Start again in testing mode today; enforce from {enforce} on, if the reports \
                 are clean."
            }
        },
        Summary::StartTesting { from, enforce: None } => match from {
            StartsFrom::Nothing => {
                "Nothing is published yet. Start in testing mode today. Before it can be enforced, some MX records have to \
                 change."
            }
            StartsFrom::Broken => {
                "What is published does not work yet. Replace it by a policy in testing mode today. Before it can be \
                 enforced, some MX records have to change."
            }
            StartsFrom::SwitchedOff => {
                "The policy is switched off. Start again in testing mode today. Before it can be enforced, some MX records \
                 have to change."
            }
        },
        Summary::Hidden => {
            "What is published does not work, and the policy can't be seen. Fix what the check found today, then make this plan \
             again."
        }
        Summary::Repair => {
            "What is published does not work. Fix it today: the policy itself stays as strict as it is, so senders enforce it \
             once they find it."
        }
        Summary::TestedLongEnough { .. } => {
            "The policy is in testing mode. By its id that is so since {since}, long enough: enforce it today, if the \
             reports are clean."
        }
        Summary::Testing { since: Some(_), .. } => {
            "The policy is in testing mode, by its id since {since}. Enforce it from {enforce} on, if the reports are clean."
        }
        Summary::Testing { since: None, .. } => {
            "The policy is in testing mode. Enforce it from {enforce} on, if the reports are clean."
        }
        Summary::TestingNamelessServers => {
            "The policy is in testing mode. Before it can be enforced, some MX records have to change."
        }
        Summary::EnforcedOnNamelessServers => {
            "The policy is enforced, and some MX records can never fit it. Go back to testing today."
        }
        Summary::EnforcedWithoutMxRecords => {
            "The policy is enforced, and the domain has no MX records. Put them back today, if they are missing."
        }
        Summary::EnforcedOnOthers => {
            "The policy is enforced, and does not allow all of your mail servers. Mend it today."
        }
        Summary::EnforcedByProvider => {
            "The policy is enforced, and allows all of your mail servers. {operator} serves it to all of its customers and \
             decides how long senders remember it, so there is nothing to do."
        }
        Summary::EnforcedWithFaults => {
            "The policy is enforced, and allows all of your mail servers. The check found something else to fix today."
        }
        Summary::EnforcedForShort => {
            "The policy is enforced, and allows all of your mail servers. Let senders remember it for longer."
        }
        Summary::EnforcedWithoutReports => {
            "The policy is enforced, and allows all of your mail servers. Only the reports are missing."
        }
        Summary::Enforced => {
            "The policy is enforced, allows all of your mail servers and is remembered for weeks. Apart from anything that \
             the check of this domain names, there is nothing to do."
        }

        Summary::NothingToRemove => {
            "Neither a record nor a policy is published, so there is nothing to remove. If you deleted them less than a \
             max_age ago, some senders may still remember the policy."
        }
        Summary::RemoveWhatIsGone { .. } => {
            "Record and policy are gone, but senders may still remember the policy. Put both back with mode none today, keep \
             them until {delete}, then delete both."
        }
        Summary::RemoveWhatIsOff { .. } => {
            "The policy is switched off. Keep the record and the file until {delete}, then delete both."
        }
        Summary::Remove { .. } => {
            "Switch to mode none today, keep the record and the file until {delete}, then delete both."
        }

        Summary::MovedWithoutPolicy => {
            "Your mail goes to these servers already, so there is nothing to move. To protect it, make the plan to set it up \
             and enforce it."
        }
        Summary::MovedToOthers => {
            "Your mail goes to these servers already, so there is nothing to move, but the policy does not allow all of \
             them. Make the plan to set it up and enforce it: it mends that first."
        }
        Summary::Moved => {
            "Your mail goes to these servers already, so there is nothing to move. The policy allows them, and no others."
        }
        Summary::MovedButOldAllowed { .. } => {
            "Your mail goes to these servers already, so there is nothing to move. What is left is to take the old provider \
             out of the policy, from {take out} on."
        }
        Summary::MoveOnceForgotten { .. } => {
            "Senders may still enforce an earlier policy. Change the MX records on {change}, then make the plan to set it up \
             and enforce it."
        }
        Summary::MoveWithoutPolicy => {
            "No policy is published, so it does not stand in the way of the move. Whether senders still remember an earlier \
             policy cannot be seen. Change the MX records, then make the plan to set it up and enforce it."
        }
        Summary::MoveWithPolicyOff => {
            "The policy is switched off, so it does not stand in the way of the move. Whether senders still remember an \
             earlier policy cannot be seen. Change the MX records, then make the plan to set it up and enforce it."
        }
        Summary::Move { allowed: Allowed::BothProviders, .. } => {
            "First both providers in the policy and a new id, today. The MX records may change from {change} on."
        }
        Summary::Move { allowed: Allowed::NewServers, .. } => {
            "First the new mail servers in the policy and a new id, today. The MX records may change from {change} on."
        }
        Summary::MoveAndRepair { allowed: Allowed::BothProviders, .. } => {
            "What is published does not work, but senders may still enforce an earlier policy. First repair it with both \
             providers in it, today. The MX records may change from {change} on, if it works then, or from {forgotten} on if \
             it cannot be repaired."
        }
        Summary::MoveAndRepair { allowed: Allowed::NewServers, .. } => {
            "What is published does not work, but senders may still enforce an earlier policy. First repair it with the new \
             mail servers in it, today. The MX records may change from {change} on, if it works then, or from {forgotten} on \
             if it cannot be repaired."
        }
    }
}
