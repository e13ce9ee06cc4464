//! English: what is said of an alias, whatever it is for.

/// An alias of a host of the domain, which has no such record.
pub(super) const OWN_HOST: &str = "This name is an alias of another name of yours, and there is no such record there. Give this name a record of \
                        its own, and leave the other one as it is.";

/// An alias to which the DNS console added the domain.
pub(super) const ZONE_ADDED: &str = "It leads to {target}. If that should be {name}, the DNS console added your domain, because there is no dot \
                          at the end.";
