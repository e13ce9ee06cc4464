//! The answer in a word and in a sentence, from facts.

pub mod chain;
pub mod changes;
pub mod delivery;
pub mod senders;
pub mod snapshot;

use crate::evidence::Dns;
use crate::facts::Facts;
use crate::facts::live_mx::LiveMx;
use crate::facts::settled::Known;
use crate::published::policy::Mode;
use crate::report::Verdict;

/// The verdict and its headline.
pub(crate) fn judge(facts: &Facts<'_>) -> (Verdict, String) {
    let domain = facts.domain.map_or("", |domain| domain.as_str());
    let standing = Standing::of(facts);
    let headline = match &standing {
        Standing::NoSuchDomain => format!("{domain} does not exist, so there is no mail to protect."),
        Standing::RefusesMail => format!("{domain} says that it takes no mail, so there is nothing to protect."),
        Standing::Looking => format!("Looking at {domain}…"),
        Standing::Unseen => {
            format!("We could not look at all of {domain} just now, so there is no answer yet. Please try again.")
        }
        Standing::Missing => {
            format!("Mail to {domain} is not forced to use encryption: the domain publishes no MTA-STS policy.")
        }
        Standing::Bogus { mx } => {
            let mail = if *mx { " or deliver mail" } else { "" };
            format!("The DNSSEC signatures of {domain} are broken, so careful senders cannot look up its policy{mail}.")
        }
        Standing::Broken => {
            format!(
                "{domain} has set up MTA-STS, but a mistake makes senders ignore it: mail is not forced to use encryption."
            )
        }
        Standing::Mode(Mode::None) => {
            format!("MTA-STS is switched off for {domain}: mail is not forced to use encryption.")
        }
        Standing::Mode(Mode::Testing) => {
            format!(
                "{domain} is only testing MTA-STS: problems are reported, but mail may still arrive without encryption."
            )
        }
        Standing::Mode(Mode::Enforce) => format!("Mail to {domain} is forced to use encryption."),
        Standing::Blocking => format!(
            "Mail to {domain} is being refused now: the policy is enforced, and it allows none of the domain's mail servers."
        ),
        Standing::AtRisk { missed, of } => {
            let are = if *missed == 1 { "is" } else { "are" };
            format!(
                "{missed} of {of} mail servers of {domain} {are} not in its policy, so mail to {domain} can be refused."
            )
        }
    };
    (standing.verdict(), headline)
}

/// Where a domain stands, in the order in which it is tried.
enum Standing {
    NoSuchDomain,
    RefusesMail,
    /// `mx` says whether the MX records are among what cannot be verified.
    Bogus {
        mx: bool,
    },
    Looking,
    Unseen,
    Missing,
    Broken,
    Mode(Mode),
    Blocking,
    AtRisk {
        missed: usize,
        of: usize,
    },
}

impl Standing {
    fn verdict(&self) -> Verdict {
        match self {
            Self::NoSuchDomain | Self::RefusesMail => Verdict::NotApplicable,
            Self::Looking | Self::Unseen => Verdict::Inconclusive,
            Self::Missing => Verdict::Missing,
            Self::Bogus { .. } | Self::Broken => Verdict::Broken,
            Self::Mode(Mode::None) => Verdict::Disabled,
            Self::Mode(Mode::Testing) => Verdict::Testing,
            Self::Mode(Mode::Enforce) => Verdict::Enforced,
            Self::Blocking => Verdict::Blocking,
            Self::AtRisk { .. } => Verdict::AtRisk,
        }
    }

    fn of(facts: &Facts<'_>) -> Self {
        if facts.mx.no_such_domain() {
            return Self::NoSuchDomain;
        }
        if facts.mx.refuses_mail() {
            return Self::RefusesMail;
        }
        // Until the MX records are in, it may be that the domain takes no mail.
        if matches!(facts.mx.dns, Dns::Pending) {
            return Self::Looking;
        }
        // A signature that does not hold is the domain's own fault, and a definite one.
        if facts.is_bogus() {
            return Self::Bogus { mx: matches!(facts.mx.dns, Dns::Bogus { .. }) };
        }
        if Self::is_certainly_broken(facts) {
            return Self::Broken;
        }
        if let Some(unseen) = Self::unseen(facts) {
            return unseen;
        }
        if !facts.is_announced() && !facts.serves_policy() {
            return Self::Missing;
        }
        let Some(policy) = facts.policy_in_force() else { return Self::Broken };
        match policy.mode.map(|mode| mode.value) {
            None => Self::Broken,
            Some(Mode::Enforce) => Self::enforced(
                &facts.mx,
                policy.mx.iter().any(|mx| facts.domain.is_some_and(|d| mx.value.matches(d.as_str()))),
            ),
            Some(mode) => Self::Mode(mode),
        }
    }

    /// Whether it is known already that senders find no policy where one was set up: no lookup that is still to come, or
    /// failed, could change that.
    fn is_certainly_broken(facts: &Facts<'_>) -> bool {
        let may_be_wildcard = facts.announce.is_alias_amiss() && matches!(facts.misplaced.unused, Dns::Pending);
        let is_set_up = (facts.is_announced() && !may_be_wildcard) || facts.serves_policy();
        let has_no_policy = Known::of_policy(facts.fetch, &facts.host) == Known::Yes && facts.usable_policy().is_none();
        is_set_up && (facts.announce.is_amiss() || has_no_policy)
    }

    /// Whether a lookup that the answer hangs on is not in, or failed for a reason that is not the domain's.
    fn unseen(facts: &Facts<'_>) -> Option<Self> {
        // Which hosts take the mail decides only what an enforced policy does; a fault before that is one without them.
        let mx = match Known::of(facts.mx.dns) {
            Known::No
                if facts
                    .usable_policy()
                    .and_then(|policy| policy.mode)
                    .is_none_or(|mode| mode.value != Mode::Enforce) =>
            {
                Known::Yes
            }
            Known::Yes if facts.mx.is_implicit() => Known::of(facts.mx.own.v4).or(Known::of(facts.mx.own.v6)),
            seen => seen,
        };
        // An alias that leads to no record is somebody's mistake, or what a wildcard answers for any name.
        let announce = match facts.misplaced.unused {
            Dns::Pending if facts.announce.is_alias_amiss() => Known::NotYet,
            _ => Known::of(facts.announce.dns),
        };
        match announce.or(Known::of_policy(facts.fetch, &facts.host)).or(mx) {
            Known::Yes => None,
            Known::NotYet => Some(Self::Looking),
            Known::No => Some(Self::Unseen),
        }
    }

    fn enforced(mx: &LiveMx<'_>, allows_own_name: bool) -> Self {
        let missed = mx.hosts.iter().filter(|host| host.matched_by.is_none()).count();
        let of = mx.hosts.len();
        if mx.is_implicit() && mx.own.addresses().next().is_some() && !allows_own_name {
            return Self::Blocking;
        }
        match missed {
            0 => Self::Mode(Mode::Enforce),
            _ if missed == of => Self::Blocking,
            _ => Self::AtRisk { missed, of },
        }
    }
}
