//! Where a domain stands: the answer as a type, of which the verdict is one word and the headline one sentence.

use crate::evidence::Dns;
use crate::facts::Facts;
use crate::facts::live_mx::{LiveMx, MxHost, Reach};
use crate::facts::settled::Known;
use crate::published::policy::Mode;
use crate::report::Verdict;

/// Where a domain stands, in the order in which it is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The domain does not exist.
    NoSuchDomain,
    /// The domain says that it takes no mail.
    RefusesMail,
    /// DNSSEC signatures do not hold.
    Bogus {
        /// Whether the MX records are among what cannot be verified.
        mx: bool,
    },
    /// Lookups that the answer hangs on are still under way.
    Looking,
    /// One of them failed for a reason that is not the domain's.
    Unseen,
    /// They failed because the domain's name servers do not answer.
    Unserved,
    /// Neither record nor policy.
    Missing,
    /// Something is published, and senders find no policy of use.
    Broken,
    /// The policy is in force, and with mode enforce it allows every mail server.
    Mode(Mode),
    /// The enforced policy allows no mail server.
    Blocking,
    /// The enforced policy leaves some mail servers out.
    AtRisk {
        /// How many.
        missed: usize,
        /// How many there are.
        of: usize,
    },
}

impl Standing {
    /// The same in a word.
    pub fn verdict(self) -> Verdict {
        match self {
            Self::NoSuchDomain => Verdict::NoSuchDomain,
            Self::RefusesMail => Verdict::NotApplicable,
            Self::Looking | Self::Unseen | Self::Unserved => Verdict::Inconclusive,
            Self::Missing => Verdict::Missing,
            Self::Bogus { .. } | Self::Broken => Verdict::Broken,
            Self::Mode(Mode::None) => Verdict::Disabled,
            Self::Mode(Mode::Testing) => Verdict::Testing,
            Self::Mode(Mode::Enforce) => Verdict::Enforced,
            Self::Blocking => Verdict::Blocking,
            Self::AtRisk { .. } => Verdict::AtRisk,
        }
    }

    /// Whether it is about what is published, and known: not about whether there is such a domain, or could be looked at.
    pub(crate) fn is_of_policy(self) -> bool {
        !matches!(
            self,
            Self::NoSuchDomain | Self::RefusesMail | Self::Bogus { .. } | Self::Looking | Self::Unseen | Self::Unserved
        )
    }

    /// Where the domain stands that the facts are about.
    pub fn of(facts: &Facts<'_>) -> Self {
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
            Known::No if facts.is_unserved() => Some(Self::Unserved),
            Known::No => Some(Self::Unseen),
        }
    }

    fn enforced(mx: &LiveMx<'_>, allows_own_name: bool) -> Self {
        if mx.is_implicit() && mx.own.addresses().next().is_some() && !allows_own_name {
            return Self::Blocking;
        }
        // What mail never reaches is of no use to anybody, whatever the policy says of it.
        let is_missed = |host: &&MxHost<'_>| host.matched_by.is_none();
        if mx.reached().any(|host| is_missed(&host) && host.reach == Reach::Pending) {
            return Self::Looking;
        }
        let missed = mx.reached().filter(is_missed).count();
        let of = mx.reached().count();
        match missed {
            0 => Self::Mode(Mode::Enforce),
            _ if missed < of => Self::AtRisk { missed, of },
            _ => Self::Blocking,
        }
    }
}

/// Why no mail arrives, whatever the policy says: then that is the first thing to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Undelivered {
    /// There are mail servers, and mail reaches none of them.
    NoServerReached,
    /// There is neither a mail server nor an address.
    Nowhere,
    /// Mail is for addresses at the domain above: this is the name of a host, and has no mail servers.
    IsHost,
}

impl Undelivered {
    pub(super) fn of(facts: &Facts<'_>) -> Option<Self> {
        if facts.mx.is_never_reached() {
            Some(Self::NoServerReached)
        } else if facts.meant().is_some() && !facts.has_mta_sts() {
            Some(Self::IsHost)
        } else {
            facts.mx.has_nowhere().then_some(Self::Nowhere)
        }
    }
}
