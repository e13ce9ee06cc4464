//! English: what findings about either TXT record are called, where they are called the same.

use crate::rules::words::CaseTitle;

pub(super) const EMPTY: CaseTitle = of("empty", "The record is empty");
pub(super) const CONTROL: CaseTitle = of("control", "The record has a line break or an invisible character in it");
pub(super) const NO_EQUALS: CaseTitle = of("no-equals", "A part of the record has no = sign");
pub(super) const NAME_INVALID: CaseTitle =
    of("name-invalid", "A name in the record is too long or has a character that is not allowed");
pub(super) const VALUE_INVALID: CaseTitle =
    of("value-invalid", "A value in the record is empty or has a character that is not allowed");
pub(super) const SPACING: CaseTitle = of("spacing", "There is a space around an = sign in the record");
pub(super) const TRAILING_SPACE: CaseTitle = of("trailing-space", "The record ends with a space");

/// An alias of a host of the domain, which has no such record.
pub(super) const OWN_HOST: &str = "This name is an alias of another name of yours, and there is no such record there. Give this name a record of \
                        its own, and leave the other one as it is.";

/// An alias to which the DNS console added the domain.
pub(super) const ZONE_ADDED: &str = "It leads to {target}. If that should be {name}, the DNS console added your domain, because there is no dot \
                          at the end.";

pub(super) const JOINED: CaseTitle = of("joined", "Two records stand in one text");

const fn of(case: &'static str, title: &'static str) -> CaseTitle {
    CaseTitle { case, title, detail: "" }
}
