//! English: the policy host and what it answers.

use super::alias::ZONE_ADDED;
use crate::rules::words::{CaseExplanation, CaseTitle, Checked, Explanation, Title};

const LOGIN: CaseTitle = CaseTitle { case: "login", title: "The policy is behind a login", detail: "" };
const BOT_CHECK: CaseTitle =
    CaseTitle { case: "bot-check", title: "A bot check keeps senders from the policy", detail: "" };
const WHY_LOGIN: CaseExplanation = CaseExplanation {
    case: "login",
    why: "The address asks for a login. A mail server cannot sign in: it finds no policy, and ignores MTA-STS.",
    steps: &[
        "In the access rules for {policy host}, make an exception for the path /.well-known/mta-sts.txt: everybody may \
              read it without a login.",
    ],
};
const WHY_BOT_CHECK: CaseExplanation = CaseExplanation {
    case: "bot-check",
    why: "The web server asks for proof that a person is there. A mail server cannot give it: it finds no policy, and ignores \
          MTA-STS.",
    steps: &["In the protection service in front of {policy host}, make an exception for the path \
              /.well-known/mta-sts.txt: no challenge and no captcha there."],
};

pub(super) static TITLES: &[Title] = &[
    Title {
        rule: "policy-host-missing",
        title: "The policy host has no address",
        detail: "Neither an A nor an AAAA record is there.",
        cases: &[
            CaseTitle {
                case: "half",
                title: "Only half of MTA-STS is with the provider",
                detail: "The record is kept at {operator}, and the policy host leads nowhere.",
            },
            CaseTitle {
                case: "elsewhere",
                title: "The policy host has the wrong name",
                detail: "There is a record at {name}.",
            },
        ],
    },
    Title {
        rule: "policy-host-cname-dangling",
        title: "The policy host points at a name that leads nowhere",
        detail: "The chain ends at {target}, which has no address.",
        cases: &[CaseTitle { case: "zone-added", title: "", detail: ZONE_ADDED }],
    },
    Title {
        rule: "policy-host-takeover-risk",
        title: "A stranger could publish your policy",
        detail: "The answer is the page that {service} shows for an unclaimed name.",
        cases: &[],
    },
    Title {
        rule: "policy-host-private-address",
        title: "The policy host has a private address",
        detail: "Not a public address: {addresses}. The policy was not fetched.",
        cases: &[],
    },
    Title { rule: "policy-host-ipv6-only", title: "The policy host is reached over IPv6 only", detail: "", cases: &[] },
    Title {
        rule: "policy-host-dns-error",
        title: "The address of the policy host could not be looked up",
        detail: "",
        cases: &[],
    },
    Title { rule: "policy-connect-failed", title: "The connection to the policy host fails", detail: "", cases: &[] },
    Title {
        rule: "policy-timeout",
        title: "The policy host does not answer in time",
        detail: "There was no complete answer within {seconds} seconds.",
        cases: &[],
    },
    Title {
        rule: "policy-slow",
        title: "The policy host is slow",
        detail: "The file took {seconds} seconds from here.",
        cases: &[],
    },
    Title { rule: "policy-fetch-error", title: "The policy could not be fetched from here", detail: "", cases: &[] },
    Title {
        rule: "policy-redirect",
        title: "The policy's address redirects",
        detail: "The host answers {status} to {target}.",
        cases: &[LOGIN],
    },
    Title { rule: "policy-not-found", title: "There is no policy file at its address", detail: "", cases: &[] },
    Title {
        rule: "policy-forbidden",
        title: "The web server refuses to give out the policy",
        detail: "",
        cases: &[LOGIN, BOT_CHECK],
    },
    Title {
        rule: "policy-server-error",
        title: "The policy host reports an error of its own",
        detail: "",
        cases: &[BOT_CHECK],
    },
    Title { rule: "policy-status-other", title: "The policy comes with the wrong status", detail: "", cases: &[] },
    Title {
        rule: "policy-content-type-wrong",
        title: "The policy is not marked as plain text",
        detail: "The file is served as {type}.",
        cases: &[
            CaseTitle { case: "no-content-type", title: "", detail: "The file is served with no Content-Type." },
            CaseTitle { case: "twice", title: "The policy is marked with two content types", detail: "" },
        ],
    },
    Title {
        rule: "policy-charset-odd",
        title: "The policy names an unusual character set",
        detail: "charset={charset}",
        cases: &[],
    },
    Title {
        rule: "policy-html-served",
        title: "A web page is served instead of the policy",
        detail: "",
        cases: &[LOGIN, BOT_CHECK],
    },
    Title { rule: "policy-empty", title: "The policy file is empty", detail: "", cases: &[] },
    Title {
        rule: "policy-too-large",
        title: "The policy file is too large",
        detail: "More than {limit} bytes.",
        cases: &[],
    },
];

pub(super) static EXPLANATIONS: &[Explanation] = &[
    Explanation {
        rule: "policy-host-missing",
        why: "Your DNS record tells senders to fetch a policy, but the web address where it should be leads \
              nowhere. Senders then carry on as if you had no MTA-STS at all.",
        steps: &[
            "Choose a web host for the policy file: any host that can serve one text file over HTTPS will do.",
            "Open {dns} and add a record for the host {policy host} that points to it: an A record, an AAAA \
             record or a CNAME, as the web host says.",
            "Open the policy's address in a browser: it must show the file, with no certificate warning.",
        ],
        cases: &[
            CaseExplanation {
                case: "half",
                why: "Your record _mta-sts is an alias of the provider's, and the policy file is to come from there too. \
                      But mta-sts leads nowhere, so senders find no policy.",
                steps: &[
                    "Ask the provider for the CNAME target of {policy host}. Then open {dns} and add that CNAME record.",
                    "Or keep both yourself: serve the policy file from a host of yours, and replace the CNAME record with \
                     the host {announce} by a TXT record of your own.",
                ],
            },
            CaseExplanation {
                case: "elsewhere",
                why: "Senders look for the policy host at mta-sts in front of the domain: with a hyphen, no underscore, and \
                      the domain once. The record is at another name.",
                steps: &[
                    "Open {dns} and change the host of that record to {policy host}. Many consoles add the domain by \
                         themselves.",
                ],
            },
        ],
    },
    Explanation {
        rule: "policy-host-cname-dangling",
        why: "The name of your policy host is an alias of another name, and that one has no address. Senders \
              cannot fetch the policy, so they ignore MTA-STS. If a stranger can register the other name, they \
              could publish a policy in your place.",
        steps: &[
            "Find out who runs the name that the CNAME points to, and whether you still use that service.",
            "If you do, ask for the right target and correct the CNAME. If you do not, point {policy host} at a \
             host that you use.",
        ],
        cases: &[CaseExplanation {
            case: "zone-added",
            why: "",
            steps: &[
                "Open {dns} and write a dot at the end of the target of the CNAME record with the host {policy host}.",
            ],
        }],
    },
    Explanation {
        rule: "policy-host-takeover-risk",
        why: "Your policy host points at a hosting service where nobody has claimed the name. Anyone with an \
              account there may be able to claim it, publish a policy for your domain, and so stop your mail.",
        steps: &[
            "Sign in to the hosting service and add the host {policy host} to your own site there.",
            "If you no longer use that service, open {dns} and remove the record of the host {policy host} now.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "policy-host-private-address",
        why: "The address works only inside a private network. Senders on the internet cannot fetch the policy \
              from it, so they ignore MTA-STS.",
        steps: &["Open {dns} and change the record of the host {policy host} to the public address of your web host."],
        cases: &[],
    },
    Explanation {
        rule: "policy-host-ipv6-only",
        why: "Many mail servers still have no IPv6. They cannot fetch your policy, so they send as if you had none.",
        steps: &[
            "Ask your web host for an IPv4 address, and add it in {dns} as an A record for the host {policy host}.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "policy-host-dns-error",
        why: "We could not find out where the policy is served. This can be a passing fault; senders that meet \
              it too cannot fetch your policy.",
        steps: &["If it stays, ask {dns host} why {policy host} cannot be looked up."],
        cases: &[],
    },
    Explanation {
        rule: "policy-connect-failed",
        why: "Senders get no answer from the web server that should serve your policy, so they ignore MTA-STS.",
        steps: &[
            "Check that the web server for the host {policy host} is running.",
            "Open port 443 (HTTPS) in its firewall, for everybody.",
            "Check in {dns} that the record of the host {policy host} has the server's present address.",
            "If all of that is right, look into the web server's error log: it may break connections off before \
             it answers.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "policy-timeout",
        why: "Senders wait only a short time for a policy, some just 2 seconds. When nothing comes, they carry \
              on as if you had no MTA-STS.",
        steps: &[
            "Open the policy's address in a browser and see whether it comes at once.",
            "If not, ask the web host why, or move this one file to static hosting, which answers at once.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "policy-slow",
        why: "Two widely used add-ons for the Postfix mail server give up after 2 and after 4 seconds. Those \
              senders will not see your policy.",
        steps: &["Serve the file from static hosting or a content delivery network, which answers at once."],
        cases: &[],
    },
    Explanation {
        rule: "policy-fetch-error",
        why: "The request failed in a way that does not tell whose fault it was. Senders may or may not meet the same.",
        steps: &["Open the policy's address in a browser: does the file show?"],
        cases: &[],
    },
    Explanation {
        rule: "policy-redirect",
        why: "Senders are not allowed to follow a redirect for the policy, wherever it leads. They find no \
              policy, and ignore MTA-STS. A browser does follow it, so this is easy to miss.",
        steps: &[
            "In your web host, switch off redirects for the host {policy host}: to www, to another domain, or \
             to a page in another language.",
            "Serve the file itself at the exact address, with status 200.",
        ],
        cases: &[WHY_LOGIN],
    },
    Explanation {
        rule: "policy-not-found",
        why: "The web server is there, but not the file. Senders find no policy, and ignore MTA-STS.",
        steps: &[
            "Put the file at exactly /.well-known/mta-sts.txt on the host {policy host}.",
            "If you did upload it: many tools leave out folders whose name begins with a dot. Upload \
             .well-known by itself, or change that setting.",
        ],
        cases: &[],
    },
    Explanation {
        rule: "policy-forbidden",
        why: "Mail servers that ask for your policy are turned away, so they ignore MTA-STS. A mail server \
              cannot sign in, nor prove that it is human.",
        steps: &[
            "Let /.well-known/mta-sts.txt through: no password, no country block, no limit on requests.",
            "If a protection service stands in front, exempt the host {policy host} from its bot challenges.",
        ],
        cases: &[WHY_LOGIN, WHY_BOT_CHECK],
    },
    Explanation {
        rule: "policy-server-error",
        why: "The web server failed to serve the file, so senders find no policy and ignore MTA-STS.",
        steps: &["Look into the web server's error log, or ask the web host.", "Check again once it is mended."],
        cases: &[WHY_BOT_CHECK],
    },
    Explanation {
        rule: "policy-status-other",
        why: "Senders accept a policy only with the status 200 (OK). With any other they find none, and ignore MTA-STS.",
        steps: &["Have the web server answer with status 200 and the whole file."],
        cases: &[],
    },
    Explanation {
        rule: "policy-content-type-wrong",
        why: "Some senders, among them two add-ons for the Postfix mail server, refuse a policy that is marked \
              as anything but plain text.",
        steps: &["Set the content type of the file to text/plain; charset=utf-8 in your web host."],
        cases: &[CaseExplanation {
            case: "twice",
            why: "The web server sends two Content-Type headers, and senders read the first. In nginx this happens where add_header adds one to its own.",
            steps: &[
                "Let the web server send one Content-Type, text/plain. In nginx, write default_type text/plain; in place of \
                      the add_header line.",
            ],
        }],
    },
    Explanation {
        rule: "policy-charset-odd",
        why: "The standard knows only utf-8 and us-ascii here. A sender that is strict about it may refuse the policy.",
        steps: &["Set the content type of the file to text/plain; charset=utf-8 in your web host."],
        cases: &[],
    },
    Explanation {
        rule: "policy-html-served",
        why: "The address answers with a web page, often the site's own start page or “not found” page. Senders \
              cannot read it as a policy, and ignore MTA-STS.",
        steps: &[
            "Upload the policy as a plain text file, made with a text editor and not with the website builder.",
            "If the site shows its start page for every unknown address, switch that off for the host {policy host}.",
        ],
        cases: &[WHY_LOGIN, WHY_BOT_CHECK],
    },
    Explanation {
        rule: "policy-empty",
        why: "The file is there, but nothing is in it. Senders find no policy, and ignore MTA-STS.",
        steps: &["Upload the file again, and open its address in a browser: it must show the policy's lines."],
        cases: &[],
    },
    Explanation {
        rule: "policy-too-large",
        why: "Senders stop reading a policy at 64 KiB and then ignore it. A real policy has a few hundred bytes.",
        steps: &[
            "Leave only the policy's own lines in the file: version, mode, one mx line for each mail server, max_age.",
        ],
        cases: &[],
    },
];

pub(super) static CHECKED: &[Checked] = &[
    Checked {
        rule: "policy-host-missing",
        what: "Whether the name mta-sts, in front of the domain, leads to a web server.",
    },
    Checked { rule: "policy-host-cname-dangling", what: "Whether the CNAME of the policy host ends at an address." },
    Checked {
        rule: "policy-host-takeover-risk",
        what: "Whether the policy host answers with the “nothing here” page of a hosting service.",
    },
    Checked {
        rule: "policy-host-private-address",
        what: "Whether all addresses of the policy host can be reached from the internet.",
    },
    Checked { rule: "policy-host-ipv6-only", what: "Whether the policy host has an IPv4 address." },
    Checked { rule: "policy-host-dns-error", what: "Whether the DNS answers for the policy host." },
    Checked {
        rule: "policy-connect-failed",
        what: "Whether a connection to the policy host's HTTPS port can be made, and holds.",
    },
    Checked { rule: "policy-timeout", what: "Whether the policy comes within a few seconds." },
    Checked { rule: "policy-slow", what: "Whether the policy comes within 2 seconds." },
    Checked { rule: "policy-fetch-error", what: "Whether the policy can be fetched." },
    Checked { rule: "policy-redirect", what: "Whether the policy is served at its own address, without a redirect." },
    Checked { rule: "policy-not-found", what: "Whether the file is at /.well-known/mta-sts.txt on the policy host." },
    Checked {
        rule: "policy-forbidden",
        what: "Whether the policy may be fetched by anyone, without a password or a test for robots.",
    },
    Checked { rule: "policy-server-error", what: "Whether the web server can serve the policy." },
    Checked { rule: "policy-status-other", what: "Whether the policy is served with status 200." },
    Checked { rule: "policy-content-type-wrong", what: "Whether the policy is served as text/plain." },
    Checked { rule: "policy-charset-odd", what: "Whether the character set of the policy is UTF-8 or ASCII." },
    Checked { rule: "policy-html-served", what: "Whether the file is a policy and not a web page." },
    Checked { rule: "policy-empty", what: "Whether there is anything in the policy file." },
    Checked { rule: "policy-too-large", what: "Whether the policy file is at most 64 KiB, 65,536 bytes." },
];
