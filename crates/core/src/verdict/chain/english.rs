//! English: what a line says of a link of the chain that no finding is about.

/// What a line says of a link that no finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A lookup is not in yet.
    Pending,
    /// It could not be looked up.
    NotSeen,
    /// Its signatures do not hold.
    Bogus,
    /// The policy host answers with a policy.
    ServesPolicy,
    /// The policy host answers.
    Answers,
    /// The policy host can be reached.
    IsReached,
    /// The certificate holds.
    CertificateHolds,
    /// The host was not reached, so its certificate was not seen.
    CertificateNotSeen,
    /// There is no policy to compare the mail servers with.
    NothingToCompareWith,
    /// Nobody announces a policy.
    NotAnnounced,
    /// Nothing is there.
    Nothing,
}

/// The line.
pub(super) fn line(line: Line) -> &'static str {
    match line {
        Line::Pending => "Still looking",
        Line::NotSeen => "It could not be looked up",
        Line::Bogus => "Its DNSSEC signatures do not hold",
        Line::ServesPolicy => "It answers with the policy",
        Line::Answers => "It answers",
        Line::IsReached => "It can be reached",
        Line::CertificateHolds => "It is valid, and names the policy host",
        Line::CertificateNotSeen => "The host was not reached, so its certificate was not seen",
        Line::NothingToCompareWith => "There is no usable policy to compare them with",
        Line::NotAnnounced => "No policy is announced",
        Line::Nothing => "Nothing was found",
    }
}
