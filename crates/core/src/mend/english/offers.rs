//! English: what providers offer, by the name of the offer.

/// The words of an offer.
pub(in crate::mend) struct OfferWords {
    /// The offer's name.
    offer: &'static str,
    /// What it comes to.
    pub(in crate::mend) title: &'static str,
    /// What to do, in order.
    pub(in crate::mend) steps: &'static [&'static str],
}

/// The words of an offer.
pub(in crate::mend) fn offer(name: &str) -> &'static OfferWords {
    OFFERS.iter().find(|words| words.offer == name).expect("every offer has its words: a test sees to it")
}

static OFFERS: &[OfferWords] = &[
    OfferWords {
        offer: "tuta-serves-the-policy",
        title: "Or let Tuta serve the policy",
        steps: &[
            "Open {dns} and delete what stands under the hosts below: {announce} is for the record, and {policy host} for the file.",
            "Add the aliases (CNAME records) below, and nothing else under these hosts. Tuta then serves \
             the policy file and changes the id: you need no web space.",
        ],
    },
    OfferWords {
        offer: "cloudflare-policy",
        title: "Or follow the policy of Cloudflare Email Routing",
        steps: &[
            "Cloudflare's own policy says mode: enforce, so with these steps yours is enforced at once, with no \
             time of testing.",
            "Make a Worker of the text below. Open {dns}, delete the records of the host {policy host}, and \
             give the Worker the policy host as its custom domain. It passes on Cloudflare's own policy file.",
            "Open the policy's address in a browser: it must show the policy.",
            "Only then open {dns}, delete what stands under the host {announce}, and make it an alias (CNAME \
             record) of the name below. Cloudflare changes the id when its policy changes.",
        ],
    },
    OfferWords {
        offer: "cloudflare-file",
        title: "With Cloudflare Email Routing",
        steps: &[
            "The announce record is Cloudflare's, and its policy says mode: enforce: with the file it is \
             enforced at once.",
            "Make a Worker of the text below. Open {dns}, delete the records of the host {policy host}, and \
             give the Worker the policy host as its custom domain. It passes on Cloudflare's own policy file.",
        ],
    },
    OfferWords {
        offer: "google-guide",
        title: "With Google Workspace",
        steps: &["Google takes the mail and leaves record and policy file to you, as above. Its own guide is at \
             https://support.google.com/a/answer/9276511."],
    },
    OfferWords {
        offer: "microsoft-dnssec-and-dane",
        title: "With Microsoft 365",
        steps: &[
            "DANE is on offer. It needs DNSSEC first. {sign}",
            "Run the first command below in Exchange Online PowerShell. Microsoft answers with a new mail \
             server for the domain.",
            "If you have an MTA-STS policy, let it allow that server too, give the record a new id, and wait a day.",
            "Publish the new server as an MX record, and remove the old one when mail arrives by the new one.",
            "Then run the second command. It switches DANE on.",
        ],
    },
    OfferWords {
        offer: "microsoft-new-server-and-dane",
        title: "With Microsoft 365",
        steps: &[
            "Run the first command below in Exchange Online PowerShell. Microsoft answers with a new mail \
             server for the domain.",
            "If you have an MTA-STS policy, let it allow that server too, give the record a new id, and wait a day.",
            "Publish the new server as an MX record, and remove the old one when mail arrives by the new one.",
            "Then run the second command. It switches DANE on.",
        ],
    },
    OfferWords {
        offer: "microsoft-dane",
        title: "With Microsoft 365",
        steps: &["The mail server is one that can have DANE. Run the command below in Exchange Online PowerShell to \
             switch it on."],
    },
    OfferWords {
        offer: "github-pages-dot-folder",
        title: "At GitHub Pages",
        steps: &[
            "Add an empty file with the name .nojekyll beside the folder .well-known. Without it, GitHub Pages \
             leaves out folders whose name begins with a dot.",
            "See that the repository publishes this very host: one repository serves one.",
        ],
    },
    OfferWords {
        offer: "github-pages-certificate",
        title: "At GitHub Pages",
        steps: &[
            "In the settings of the repository, enter the policy host's name as the custom domain of its Pages site.",
            "Wait until GitHub has the certificate, which can take a day. Set the announce record only then.",
        ],
    },
    OfferWords {
        offer: "netlify-or-vercel-file",
        title: "At Netlify or Vercel",
        steps: &[
            "See that the folder .well-known is part of what is published: a build can leave out names that \
             begin with a dot.",
            "Make exceptions for the policy host from redirects, and from a fallback page for addresses that do \
             not exist.",
        ],
    },
    OfferWords {
        offer: "s3-https",
        title: "At Amazon S3",
        steps: &["The website address of an S3 bucket speaks no HTTPS. Put CloudFront in front of it, and point the \
             policy host there."],
    },
    OfferWords {
        offer: "cloudfront-certificate",
        title: "At Amazon CloudFront",
        steps: &[
            "Add the policy host's name as an alternate name of the distribution.",
            "Give the distribution a certificate for that name. It has to be in the region us-east-1.",
        ],
    },
    OfferWords {
        offer: "s3-content-type",
        title: "At Amazon S3",
        steps: &["Set the Content-Type of the object itself to text/plain, and let CloudFront forget its old copy."],
    },
    OfferWords {
        offer: "azure-functions-certificate",
        title: "At Azure",
        steps: &["Azure Functions gets no certificate for your name by itself. Azure Static Web Apps does: serve the \
             file from there."],
    },
    OfferWords {
        offer: "azure-static-certificate",
        title: "At Azure Static Web Apps",
        steps: &["Add the policy host's name as a custom domain of the app. The certificate then comes by itself."],
    },
    OfferWords {
        offer: "cloudflare-access",
        title: "At Cloudflare",
        steps: &["Exempt the policy host from bot challenges and from access rules: a mail server cannot solve them."],
    },
    OfferWords {
        offer: "cloudflare-certificate",
        title: "At Cloudflare",
        steps: &["Add the policy host's name as a custom domain of the Worker or the Pages project. An alias (CNAME) \
             alone does not bring a certificate."],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers;

    #[test]
    fn every_offer_has_words_and_every_word_an_offer() {
        for (_, made) in providers::offers() {
            assert!(OFFERS.iter().any(|words| words.offer == made.name), "{}", made.name);
        }
        for words in OFFERS {
            assert!(providers::offers().any(|(_, made)| made.name == words.offer), "{}", words.offer);
        }
    }
}
