//! English: what each type of problem is called, when it is answered, and what is said of one. Another language is another such
//! table. Each is an item of its own, so that a browser module carries only those that it can need.

/// A type of problem: in a few words, and when it is answered.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub(super) title: &'static str,
    pub(super) what: &'static str,
}

pub(super) const INVALID_DOMAIN: Type = Type {
    title: "Not a domain that can be checked",
    what: "The parameter `domain` is missing, or is not the name of a domain that can have mail on the internet. Where \
           a domain can be made out in it, `suggestion` has it.",
};

pub(super) const NOT_FOUND: Type = Type {
    title: "Nothing here",
    what: "The address is not one that is answered, or the domain is under `.example` and not a worked example.",
};

pub(super) const METHOD_NOT_ALLOWED: Type = Type {
    title: "Wrong method",
    what: "The address is answered, but not to this HTTP method. The header `Allow` lists those that it is answered to.",
};

pub(super) const PAYLOAD_TOO_LARGE: Type =
    Type { title: "Too long", what: "The text or file that was sent is longer than is read." };

pub(super) const RATE_LIMITED: Type = Type {
    title: "Too many checks",
    what: "This client asked for more in a minute than is done for one, or everybody together asked for more fresh checks of this domain. \
           The header `Retry-After` and `retry_after_s` say when to try again.",
};

pub(super) const INVALID_PARAMETER: Type = Type {
    title: "A parameter that is not understood",
    what: "A parameter other than `domain` is missing, or has a value that means nothing here.",
};

pub(super) const INVALID_BODY: Type = Type {
    title: "A body that cannot be read",
    what: "What was sent is not what this address reads. `detail` says where it goes wrong.",
};

pub(super) const NOTHING_THERE: &str =
    "There is nothing at this address. Check its spelling. What the API answers is described at {description}.";

pub(super) const NO_SUCH_EXAMPLE: &str = "Names under .example are never real, and this one is not a worked example here. Type your own domain, or one of \
     these: {examples}.";

pub(super) const OTHER_METHOD: &str = "This address does not answer that HTTP method. Use {methods}.";

/// What stands between two methods.
pub(super) const OR: &str = " or ";

pub(super) const BODY_TOO_LARGE: &str = "What was sent is longer than the {limit} bytes that are read. A policy, a record or the evidence of a check is \
     rarely longer than a few pages.";

pub(super) const REPORT_TOO_LARGE: &str = "The file is longer than the {limit} bytes that are read of a TLS report. Pack it with gzip, as reports are mostly sent, or \
     send several reports one by one.";

pub(super) const NOT_EVIDENCE: &str =
    "What was sent is not evidence as /api/v1/evidence gives it, with or without `history`. {fault}.";

pub(super) const TOO_MANY_BY_CLIENT: &str = "More checks were asked for from your internet connection in the last minute than this service makes for one. This says \
     nothing about {domain}. Wait {seconds} seconds, then try again.";

pub(super) const TOO_MANY_OF_DOMAIN: &str = "{domain} was checked many times in the last minute, by you or by others. To spare its servers, it is not looked at again \
     just now. This says nothing about {domain}. Wait {seconds} seconds, then try again.";

pub(super) const TOO_MUCH_SENT: &str = "Your internet connection sent more in the last minute than this service reads for one. Wait {seconds} seconds, then try \
     again. The browser package judges texts without this service.";

pub(super) const NOT_A_GOAL: &str = "The parameter `goal` is one of roll-out, removal and move.";

pub(super) const NOT_SECONDS: &str = "The parameter `max_age` is the longest max_age that you ever served, in seconds and in digits alone, as in \
     max_age=604800. If you do not know it, leave it out.";

pub(super) const NO_SERVERS_IN_PARAMETER: &str = "For a move, the parameter `to` says where to: the new provider's mail servers, at most {limit} of them and parted by \
     commas, as in to=mx1.mail-host.net,mx2.mail-host.net; or one of {providers}.";

pub(super) const NO_SERVERS_TYPED: &str = "Those are not the names of mail servers. Type them as the mail provider shows them, at most {limit}, with commas \
     between them, such as mx1.mail-host.net, mx2.mail-host.net. An address made of numbers will not do.";
