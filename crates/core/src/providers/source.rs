//! Where it is written, or was seen, what a row of the table claims.

/// Something that a row claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// Which mail servers are its own, and what it is called.
    Mail,
    /// Which lines its customers' policies have, and whether all have the same.
    Lines,
    /// Which name servers are its own.
    NameServers,
    /// What its DNS console calls the place of records, and whether it wants quotation marks.
    Console,
    /// That it signs zones.
    Dnssec,
    /// What the names at the end of its customers' aliases are, and whether customers change there what is behind them.
    AliasEnds,
    /// Below which names are web sites that it serves.
    Sites,
    /// What its page for a name that nobody has claimed says.
    Unclaimed,
    /// What an offer comes down to; the offer's name.
    Offer(&'static str),
}

/// Where claims come from.
#[derive(Clone, Copy)]
pub(super) struct Source {
    pub(super) origin: Origin,
    /// The day on which it was looked at, as in `2026-11-28`.
    pub(super) on: &'static str,
    pub(super) claims: &'static [Claim],
}

/// What makes a claim believed.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    /// A page that says so: its address; its title in quotation marks where only a copy of it was read.
    Page(&'static str),
    /// It was seen at work: where.
    Seen(&'static str),
    /// Nothing that was found says so: why it is believed all the same, and so what is to be looked for.
    Unconfirmed(&'static str),
}

/// A page that says so.
pub(super) const fn page(on: &'static str, address: &'static str, claims: &'static [Claim]) -> Source {
    Source { origin: Origin::Page(address), on, claims }
}

/// Seen at work there.
pub(super) const fn seen(on: &'static str, place: &'static str, claims: &'static [Claim]) -> Source {
    Source { origin: Origin::Seen(place), on, claims }
}

/// Believed for this reason.
pub(super) const fn unconfirmed(on: &'static str, reason: &'static str, claims: &'static [Claim]) -> Source {
    Source { origin: Origin::Unconfirmed(reason), on, claims }
}

/// Whether a claim has a source that can be followed.
pub(super) const fn has_source(sources: &[Source], claim: Claim) -> bool {
    let mut at = 0;
    while at < sources.len() {
        let Source { origin, on, claims } = sources[at];
        let mut next = 0;
        while next < claims.len() {
            if claim.is(claims[next]) && origin.can_be_followed() && is_date(on) {
                return true;
            }
            next += 1;
        }
        at += 1;
    }
    false
}

impl Claim {
    const fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Offer(one), Self::Offer(another)) => starts_with(one, another) && one.len() == another.len(),
            (Self::Mail, Self::Mail)
            | (Self::Lines, Self::Lines)
            | (Self::NameServers, Self::NameServers)
            | (Self::Console, Self::Console)
            | (Self::Dnssec, Self::Dnssec)
            | (Self::AliasEnds, Self::AliasEnds)
            | (Self::Sites, Self::Sites)
            | (Self::Unclaimed, Self::Unclaimed) => true,
            _ => false,
        }
    }
}

impl Origin {
    const fn can_be_followed(self) -> bool {
        match self {
            Self::Page(page) => starts_with(page, "https://") || starts_with(page, "“"),
            Self::Seen(text) | Self::Unconfirmed(text) => !text.is_empty(),
        }
    }
}

const fn starts_with(text: &str, start: &str) -> bool {
    let (text, start) = (text.as_bytes(), start.as_bytes());
    let mut at = 0;
    while at < start.len() {
        if at >= text.len() || text[at] != start[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether a text is a day, as in `2026-11-28`.
const fn is_date(text: &str) -> bool {
    let text = text.as_bytes();
    let mut at = 0;
    while at < text.len() {
        let is_right = if at == 4 || at == 7 { text[at] == b'-' } else { text[at].is_ascii_digit() };
        if !is_right {
            return false;
        }
        at += 1;
    }
    text.len() == 10
}
