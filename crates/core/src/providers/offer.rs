//! What a provider offers where something is lacking. The words of each offer stand in the tables of a language, by its name.

/// What a finding lacks that one of the domain's own providers may have a way to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lacks {
    /// A policy: somebody else could keep record and file.
    Policy,
    /// The policy file alone.
    File,
    /// The file at its address, on a host that answers.
    FileAtAddress,
    /// A certificate that names the policy host.
    Certificate,
    /// HTTPS at all.
    Https,
    /// The file and nothing else at its address: no page, no redirect.
    PlainAnswer,
    /// The right media type.
    ContentType,
    /// Access for everybody.
    Access,
    /// DANE.
    Dane,
}

/// One offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    /// Its name in the tables of words.
    pub(crate) name: &'static str,
    /// What it is an answer to.
    pub(crate) lacks: Lacks,
    /// Whom it is for.
    pub(crate) fits: Fits,
    /// What is pasted for it.
    pub(crate) gives: Gives,
}

/// Whom an offer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fits {
    /// Domains whose mail goes to the provider, and to nobody else.
    ItsMail,
    /// These, where the names `_mta-sts` and `mta-sts` are not aliases of these already, or lead nowhere.
    ItsMailUnlessAliases([&'static str; 2]),
    /// These, where the name `_mta-sts` is not an alias of this already.
    ItsMailUnlessRecord(&'static str),
    /// Domains whose announce record is an alias of this.
    RecordAt(&'static str),
    /// Domains whose policy host is an alias of a name below one of these.
    PolicyHostBelow(&'static str),
    /// Domains whose policy host is the website address of an S3 bucket: `name.s3-website-region.amazonaws.com`, with a dot
    /// for the hyphen in some regions.
    PolicyHostAtBucket,
    /// Domains whose policy host is either.
    PolicyHostAtBucketOrBelow(&'static str),
    /// Domains whose mail goes to the provider, and to no server below this zone.
    ItsMailNotBelow {
        /// The zone.
        zone: &'static str,
        /// Whether the domain is signed with DNSSEC.
        signed: bool,
    },
    /// Signed domains whose mail goes to servers below this zone, and nowhere else.
    SignedMailBelow(&'static str),
}

/// What is pasted for an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gives {
    /// Nothing.
    Nothing,
    /// The aliases of `_mta-sts` and `mta-sts`.
    Aliases([&'static str; 2]),
    /// A script that passes a policy on, for a Worker, and its custom domain.
    Worker(&'static str),
    /// The same, and the alias of `_mta-sts`.
    WorkerAndAlias(&'static str, &'static str),
    /// Commands that take the domain.
    Commands(&'static [&'static str]),
}

impl Gives {
    /// How much it leaves to do: a place in an order.
    pub(super) fn leaves_to_do(self) -> u8 {
        match self {
            Self::Aliases(_) => 0,
            Self::WorkerAndAlias(..) => 1,
            Self::Worker(_) => 2,
            Self::Commands(_) => 3,
            Self::Nothing => 4,
        }
    }
}
