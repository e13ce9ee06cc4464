// Made by `cargo xtask generate` from the Rust types. Do not edit.

/**
 * Everything that a check found out.
 */
export type Report = { 
/**
 * Version of the report's shape.
 */
schema: 1, 
/**
 * Version of the rules that judged.
 */
ruleset: string, 
/**
 * The domain, as A-labels.
 */
domain: string, 
/**
 * When the check began.
 */
checked_at: string, 
/**
 * Milliseconds that the lookups took.
 */
took_ms: number, 
/**
 * The answer in a word.
 */
verdict: Verdict, 
/**
 * The answer in a sentence, for a person.
 */
headline: string, 
/**
 * The domain that was probably meant, where this is the name of a host below it: mail goes to addresses there.
 */
instead?: string, 
/**
 * How many findings there are of each sort.
 */
counts: Counts, 
/**
 * Worst first, then in the catalogue's order.
 */
findings: Array<Finding>, 
/**
 * The announce record, where there is exactly one that counts or could have been meant.
 */
record: RecordSummary | null, 
/**
 * The policy file, where one was served.
 */
policy: PolicySummary | null, 
/**
 * The live MX hosts, most preferred first.
 */
mx: Array<MxSummary>, 
/**
 * The TLS-RPT record, where there is one.
 */
tlsrpt: TlsRptSummary | null, 
/**
 * What DNSSEC says of each answer.
 */
dnssec: DnssecSummary, 
/**
 * Who runs the mail and the DNS.
 */
providers: Providers, 
/**
 * How each link of the chain stands, in the order of the chain.
 */
chain: Array<ChainLink>, 
/**
 * The one thing to do now; none where nothing is to be done, or where lookups still run.
 */
next: NextStep | null, 
/**
 * What would become of a message now, if its sender goes by RFC 8461 and has no policy from earlier: plain sentences.
 */
delivery: string, 
/**
 * What changed since the last check in the evidence's `history`, in plain sentences; empty where there is none.
 */
since: string, 
/**
 * What real senders would make of the policy, a plain reader of RFC 8461 first.
 */
senders: Array<SenderVerdict>, 
/**
 * What to keep for the next check of the domain, as part of its evidence's `history`; none where not everything could
 * be seen.
 */
snapshot: Snapshot | null,
};

/**
 * The answer in a word: the first that fits.
 */
export type Verdict = "enforced" | "at-risk" | "blocking" | "testing" | "disabled" | "broken" | "missing" | "not-applicable" | "no-such-domain" | "inconclusive";

/**
 * How many findings there are of each sort; `error`, `warning` and `info` count the failed ones.
 */
export type Counts = { 
/**
 * Failed, of severity error.
 */
error: number, 
/**
 * Failed, of severity warning.
 */
warning: number, 
/**
 * Failed, of severity info.
 */
info: number, 
/**
 * Passed.
 */
passed: number, 
/**
 * Could not be looked at.
 */
inconclusive: number,
};

/**
 * One thing that a rule has to say.
 */
export type Finding = { 
/**
 * The rule's permanent id.
 */
rule: string, 
/**
 * The link of the chain that it is about; none where it is about the whole domain.
 */
link: Link | null, 
/**
 * Whether the rule failed, passed or could not look.
 */
outcome: Outcome, 
/**
 * Of a fail; info on a pass.
 */
severity: Severity, 
/**
 * The host, key or line that it is about.
 */
subject: string | null, 
/**
 * A few plain words.
 */
title: string, 
/**
 * Why it matters, for a person who runs a small business.
 */
why: string, 
/**
 * For the engineer.
 */
detail: string | null, 
/**
 * What to do; empty when nothing is to be done.
 */
fix: Array<Fix>, 
/**
 * Where it is written.
 */
reference: Reference, 
/**
 * Where in the raw text (of the record, the policy or the TLS-RPT record, by the rule's section).
 */
span: Place | null,
};

/**
 * Whether a rule failed, passed or could not look.
 */
export type Outcome = "fail" | "pass" | "inconclusive";

/**
 * How bad a fail is. Worst first.
 */
export type Severity = "error" | "warning" | "info";

/**
 * One way to mend a finding.
 */
export type Fix = { 
/**
 * What the steps achieve.
 */
title: string, 
/**
 * What to do, in order.
 */
steps: Array<string>, 
/**
 * Text to paste.
 */
copy: Array<Copyable>, 
/**
 * The name of the offer, where a provider of the domain offers this way. The rule's own way holds anywhere, and has none.
 */
offer?: string, 
/**
 * What the rule's own way does to the policy file that is served, where it is about that file.
 */
policy?: PolicyChange,
};

/**
 * What a way to mend a finding does to the policy file that is served.
 */
export type PolicyChange = "enforce" | "edit" | "keep";

/**
 * Text to paste. Its lines end with LF.
 */
export type Copyable = { 
/**
 * Where it goes.
 */
label: string, 
/**
 * The text.
 */
text: string, 
/**
 * Where it goes, for programs: `record-value`, `policy-lines` and so on. A place never changes its name; new ones may come.
 */
place: string,
};

/**
 * How a link of the chain stands.
 */
export type ChainLink = { 
/**
 * Which one.
 */
link: Link, 
/**
 * How it stands.
 */
state: LinkState, 
/**
 * What says most about it, in a line.
 */
summary: string,
};

/**
 * How a link stands.
 */
export type LinkState = "good" | "note" | "warning" | "problem" | "unknown" | "pending";

/**
 * A link of the chain.
 */
export type Link = "record" | "policy-host" | "certificate" | "policy-file" | "mail-servers" | "reports" | "dnssec";

/**
 * The one thing to do now, about the worst finding that asks for anything.
 */
export type NextStep = { 
/**
 * The rule whose finding it is.
 */
rule: string, 
/**
 * The link of the chain that it is about; none where it is about the whole domain.
 */
link: Link | null, 
/**
 * What was found.
 */
title: string, 
/**
 * Why it matters.
 */
why: string, 
/**
 * What to do, in order.
 */
steps: Array<string>, 
/**
 * Texts to paste.
 */
copy: Array<Copyable>,
};

/**
 * Where something is written.
 */
export type Reference = { 
/**
 * `RFC 8461 §3.1`.
 */
label: string, 
/**
 * Its address.
 */
url: string,
};

/**
 * The announce record.
 */
export type RecordSummary = { 
/**
 * The strings, joined.
 */
raw: string, 
/**
 * The id, where one can be read.
 */
id: string | null, 
/**
 * Seconds.
 */
ttl: number, 
/**
 * Where the name is delegated to by CNAME: the end of the chain.
 */
cname: string | null,
};

/**
 * The policy file.
 */
export type PolicySummary = { 
/**
 * Where it was fetched from.
 */
url: string, 
/**
 * The body.
 */
raw: string, 
/**
 * The mode, where a valid one is given.
 */
mode: string | null, 
/**
 * Seconds, where a valid number is given.
 */
max_age: number | null, 
/**
 * The valid `mx:` patterns, in the file's order.
 */
mx: Array<string>,
};

/**
 * A live MX host.
 */
export type MxSummary = { 
/**
 * Name in the MX record.
 */
host: string, 
/**
 * Lower is tried first.
 */
preference: number, 
/**
 * Its addresses, as far as they were looked up.
 */
addresses: Array<string>, 
/**
 * The first `mx:` pattern of the policy that allows it.
 */
matched_by: string | null,
};

/**
 * The TLS-RPT record.
 */
export type TlsRptSummary = { 
/**
 * The strings, joined.
 */
raw: string, 
/**
 * Where reports go.
 */
rua: Array<string>,
};

/**
 * What DNSSEC says of each answer.
 */
export type DnssecSummary = { 
/**
 * TXT at `_mta-sts`.
 */
record: Dnssec, 
/**
 * Addresses of the policy host.
 */
policy_host: Dnssec, 
/**
 * The MX records.
 */
mx: Dnssec, 
/**
 * TXT at `_smtp._tls`.
 */
tlsrpt: Dnssec,
};

/**
 * What DNSSEC says of an answer (RFC 4035 §4.3).
 */
export type Dnssec = "secure" | "insecure" | "bogus" | "unknown";

/**
 * Who runs the mail and the DNS.
 */
export type Providers = { 
/**
 * By the live MX hosts, most preferred first.
 */
mail: Array<Provider>, 
/**
 * By the name servers.
 */
dns: Provider | null,
};

/**
 * What a sender would make of the policy.
 */
export type SenderVerdict = { 
/**
 * The sender's name. One is a checker, and has "(advice)" behind its name.
 */
name: string, 
/**
 * Whether it would find a policy that it can use.
 */
verdict: Acceptance, 
/**
 * Why not, or what it would do with it, in plain sentences.
 */
why: string,
};

/**
 * Whether a sender would find a policy that it can use.
 */
export type Acceptance = "usable" | "unusable" | "unknown";

/**
 * What one check saw of a domain, to be compared with a later one. Its text came from outside, and may since have been
 * kept where others can write.
 */
export type Snapshot = { 
/**
 * When the check began.
 */
time: string, 
/**
 * Whether an announce record was there, good or bad.
 */
has_record: boolean, 
/**
 * The record's id, where senders could read it.
 */
id: string | null, 
/**
 * Whether a policy file was served, good or bad.
 */
has_policy: boolean, 
/**
 * The policy's mode, where senders could use the policy: `testing`, `enforce` or `none`.
 */
mode: string | null, 
/**
 * Its `max_age`, in seconds.
 */
max_age: number | null, 
/**
 * Its `mx:` patterns, in the file's order, the first hundred.
 */
mx: Array<string>, 
/**
 * A hash of the policy file, to see a change by: FNV-1a of 64 bits in hex, which is no defence against anybody.
 */
policy_hash: string | null, 
/**
 * The live MX hosts, most preferred first, the first hundred; the domain itself where it has no MX.
 */
mx_hosts: Array<string>,
};

/**
 * A company that runs mail or DNS.
 */
export type Provider = { 
/**
 * Stable, for scripts.
 */
id: string, 
/**
 * For people.
 */
name: string,
};

/**
 * A span as reports give it: with line and column, both from 1. Columns count characters.
 */
export type Place = { 
/**
 * First byte, into `raw`.
 */
start: number, 
/**
 * One past the last byte.
 */
end: number, 
/**
 * Line of the first byte; LF, CRLF or a bare CR ends a line.
 */
line: number, 
/**
 * Column of the first byte.
 */
column: number,
};

/**
 * What a text by itself says.
 */
export type Lint = { 
/**
 * Valid by the RFC's grammar and prose.
 */
valid: boolean, 
/**
 * No finding of severity error.
 */
usable: boolean, 
/**
 * What could be read; nothing where nothing could.
 */
parsed: Parsed | null, 
/**
 * Worst first, then in the catalogue's order.
 */
findings: Array<Finding>, 
/**
 * The text, mended: valid, with what was right kept as it was, and usable, unless it has a pattern that is too broad:
 * which servers that is meant for only its owner knows. None where there is nothing to mend, or it cannot be told
 * how.
 */
corrected: string | null,
};

/**
 * What could be read of a text.
 */
export type Parsed = { 
/**
 * `testing`, `enforce` or `none`.
 */
mode: string | null, 
/**
 * Seconds.
 */
max_age: number | null, 
/**
 * The valid patterns.
 */
mx: Array<string>, } | { 
/**
 * The id.
 */
id: string | null, } | { 
/**
 * Where reports go.
 */
rua: Array<string>,
};

/**
 * Everything that was seen of a domain in one check; partial while lookups are pending.
 */
export type Evidence = { 
/**
 * The domain that was asked for.
 */
domain: string, 
/**
 * When the check began.
 */
checked_at: string, 
/**
 * Milliseconds from the start to the last observation.
 */
took_ms: number, 
/**
 * What was seen, in order of arrival. The order carries no meaning.
 */
observations: Array<Observation>, 
/**
 * What earlier checks of the domain saw, in any order: the `snapshot` of each one's report. The newest hundred from
 * before this check count.
 */
history?: Array<Snapshot>,
};

/**
 * One lookup, done.
 */
export type Observation = { 
/**
 * What was asked.
 */
lookup: Lookup, 
/**
 * What came of it.
 */
outcome: LookupOutcome, 
/**
 * Milliseconds that it took.
 */
took_ms: number,
};

/**
 * What came of a lookup.
 */
export type LookupOutcome = { "answer": DnsAnswer } | { "response": PolicyResponse } | { "handshake": TlsHandshake } | { "failed": Failure };

/**
 * A DNS answer to one question, its CNAME chain followed (RFC 1034 §3.6.2).
 */
export type DnsAnswer = { 
/**
 * Response code.
 */
rcode: Rcode, 
/**
 * The AD bit: the resolver validated the whole answer, absence included (RFC 4035 §3.2.3).
 */
authentic: boolean, 
/**
 * CNAME records from the owner name to the end of the chain, in order.
 */
aliases?: Array<Alias>, 
/**
 * Records of the asked type at the end of the chain.
 */
records?: Array<DnsRecord>, 
/**
 * Smallest TTL among aliases and records, in seconds; 0 where there are none.
 */
ttl: number, 
/**
 * Where there are no records: the zone that says so, by the SOA record in the authority section (RFC 2308 §2).
 */
zone?: string, 
/**
 * Extended errors (RFC 8914).
 */
extended_errors?: Array<ExtendedError>,
};

/**
 * DNS response code; 12 bits where EDNS is in use (RFC 6895 §2.3).
 */
export type Rcode = number;

/**
 * A CNAME record.
 */
export type Alias = { 
/**
 * Owner, lower case, no trailing dot.
 */
name: string, 
/**
 * What it is another name for.
 */
target: string,
};

/**
 * Record data of the types that are asked for. Names are lower case, without the trailing dot; `""` is the root.
 */
export type DnsRecord = { "a": string } | { "aaaa": string } | { "mx": { 
/**
 * Lower is tried first.
 */
preference: number, 
/**
 * The host; `""` in a null MX (RFC 7505).
 */
exchange: string, } } | { "ns": string } | { "tlsa": { 
/**
 * Certificate usage.
 */
usage: number, 
/**
 * What of the certificate is compared.
 */
selector: number, 
/**
 * How it is compared: 0 whole, 1 by SHA-256, 2 by SHA-512.
 */
matching: number, 
/**
 * What it is compared with.
 */
data: Octets, } } | { "txt": Array<Octets>
};

/**
 * An extended DNS error (RFC 8914).
 */
export type ExtendedError = { 
/**
 * Info-code.
 */
code: number, 
/**
 * Extra text, as the resolver gave it.
 */
text?: string,
};

/**
 * An HTTP response of a policy host.
 */
export type PolicyResponse = { 
/**
 * Status code.
 */
status: number, 
/**
 * `Content-Type`.
 */
content_type?: string, 
/**
 * `Location`, of a redirect.
 */
location?: string, 
/**
 * `Last-Modified`.
 */
last_modified?: string, 
/**
 * The body, at most 64 KiB of it.
 */
body: Octets, 
/**
 * The body was longer than what is kept.
 */
truncated?: boolean,
};

/**
 * What a host answered to a TLS 1.2 ClientHello, as far as it is sent in the clear (RFC 5246 §7.4).
 */
export type TlsHandshake = { 
/**
 * The protocol version that it chose, as on the wire: 0x0303 is TLS 1.2.
 */
version?: number, 
/**
 * The alert with which it ended the handshake.
 */
alert?: number, 
/**
 * Its certificates in the order sent, its own first; a few at most.
 */
certificates: Array<Certificate>,
};

/**
 * What matters here of a certificate (RFC 5280).
 */
export type Certificate = { 
/**
 * DNS names among its subject alternative names, the first few.
 */
names: Array<string>, 
/**
 * Common name of its subject.
 */
common_name?: string, 
/**
 * Organisation and common name of its issuer, for a person to read.
 */
issuer: string, 
/**
 * Whether subject and issuer are one.
 */
self_issued: boolean, 
/**
 * Start of its validity.
 */
not_before: string, 
/**
 * End of its validity.
 */
not_after: string,
};

/**
 * Why nothing came.
 */
export type Failure = { 
/**
 * The kind of failure.
 */
cause: Cause, 
/**
 * What the host's network stack said, for an engineer.
 */
detail?: string,
};

/**
 * Kinds of failure that a host can tell apart.
 */
export type Cause = "timeout" | "connection" | "tls" | "resolver" | "malformed" | "unknown";

/**
 * One question to the world.
 */
export type Lookup = { "dns": Question } | { "policy": { 
/**
 * The policy host, `mta-sts.` and the domain; or, looking for a misplaced file, the domain itself.
 */
host: string, 
/**
 * The path; left out where it is the right one.
 */
path?: PolicyPath, } } | { "handshake": { 
/**
 * The policy host.
 */
host: string, }
};

/**
 * What a DNS query asks.
 */
export type Question = { 
/**
 * Owner name, lower case, without the trailing dot.
 */
name: string, 
/**
 * Record type.
 */
type: RecordType, 
/**
 * Asked with CD=1 (RFC 4035 §3.2.2), to tell a bogus signature from a broken resolver.
 */
checking_disabled?: boolean,
};

/**
 * A path at which a policy file is looked for.
 */
export type PolicyPath = "well-known" | "root";

/**
 * The record types that a check asks for.
 */
export type RecordType = "A" | "AAAA" | "MX" | "NS" | "TLSA" | "TXT";

/**
 * Bytes that are usually text. In JSON: a string where they are UTF-8, otherwise `{"hex": "fffe…"}`, so that saved
 * evidence loses nothing and is still pleasant to read.
 */
export type Octets = string | { hex: string };

/**
 * A problem, as it is served with its status. The sender's mistake, never a finding about a domain.
 */
export type Problem = { 
/**
 * Link to the documentation of this type of problem, relative to the site.
 */
type: string, 
/**
 * The type in a few words, always the same.
 */
title: string, 
/**
 * The HTTP status code.
 */
status: number, 
/**
 * What is wrong this time, and what to do.
 */
detail: string, 
/**
 * The domain that was probably meant.
 */
suggestion?: string, 
/**
 * Seconds after which to try again, as in the header `Retry-After`.
 */
retry_after_s?: number,
};

/**
 * Everything that is advised to a domain.
 */
export type Advice = { 
/**
 * The domain, as A-labels.
 */
domain: string, 
/**
 * The day that plans begin on, in UTC.
 */
today: string, 
/**
 * Who runs the mail and the DNS.
 */
providers: Providers, 
/**
 * What is there now.
 */
live: Live, 
/**
 * The policy that the live MX hosts call for, or why there is none.
 */
policy: PolicyAdvice, 
/**
 * The records beside it; empty where no policy is to be served.
 */
records: Array<RecordAdvice>, 
/**
 * Ways to serve it; empty where no policy is to be served.
 */
hosting: Array<Hosting>, 
/**
 * What to do, with dates.
 */
plan: Schedule,
};

/**
 * What a domain has of MTA-STS now.
 */
export type Live = { 
/**
 * In a word.
 */
state: LiveState, 
/**
 * The `max_age` of the policy that is served, in seconds, where one can be read.
 */
max_age: number | null, 
/**
 * The announce record's id, where one can be read.
 */
id: string | null, 
/**
 * The patterns of the policy that is served.
 */
patterns: Array<string>, 
/**
 * The MX hosts, most preferred first; the domain itself where it has an address and no MX (RFC 5321 §5.1).
 */
mx: Array<string>, 
/**
 * Those of them that the served policy does not allow.
 */
not_allowed: Array<string>, 
/**
 * Whether senders find a TLS-RPT record; none where that could not be seen.
 */
tlsrpt: boolean | null, 
/**
 * TTL of the announce record, in seconds; 0 where there is none.
 */
record_ttl: number, 
/**
 * TTL of the MX records, in seconds; 0 where there are none.
 */
mx_ttl: number, 
/**
 * Whether the announce record or the policy host is an alias (CNAME), so that somebody else may serve it.
 */
aliased: boolean,
};

/**
 * What senders find.
 */
export type LiveState = "unknown" | "nothing" | "broken" | "none" | "testing" | "enforce";

/**
 * What policy a domain needs.
 */
export type PolicyAdvice = { "kind": "serve" } & PolicyProposal | { "kind": "not-needed", 
/**
 * Why, for programs.
 */
reason: NotNeeded, 
/**
 * Why, for people.
 */
why: string, } | { "kind": "not-possible", 
/**
 * Why, and what to do first.
 */
why: string, } | { "kind": "unknown", 
/**
 * What to do.
 */
why: string,
};

/**
 * A policy to serve.
 */
export type PolicyProposal = { 
/**
 * Where it is to be served.
 */
url: string, 
/**
 * The whole file.
 */
text: string, 
/**
 * Its mode: `testing`, or `enforce` where that is live already.
 */
mode: string, 
/**
 * Its `max_age`, in seconds.
 */
max_age: number, 
/**
 * Its `mx:` lines, with where each comes from.
 */
lines: Array<MxLine>, 
/**
 * What to mind, in sentences.
 */
notes: Array<string>, 
/**
 * MX records that no line can allow; while there are some, the policy must not be enforced.
 */
unlistable: Array<string>, 
/**
 * Where the mail provider can serve the policy itself: the records that leave it to them, instead of a file.
 */
delegation: Delegation | null,
};

/**
 * Why there is no mail to protect.
 */
export type NotNeeded = "null-mx" | "no-mx" | "no-such-domain";

/**
 * One `mx:` line of a proposed policy.
 */
export type MxLine = { 
/**
 * The pattern, as it stands after `mx: `.
 */
pattern: string, 
/**
 * The MX hosts that it was asked for and allows; empty where the provider wants the line besides.
 */
hosts: Array<string>, 
/**
 * Who runs them, where that is known.
 */
provider: Provider | null, 
/**
 * How it is known to be right.
 */
source: LineSource,
};

/**
 * How an `mx:` line is known to be right.
 */
export type LineSource = "documented" | "seen" | "live";

/**
 * A mail provider that serves the policy of its customers (RFC 8461 §8.2).
 */
export type Delegation = { 
/**
 * What it means to leave it to them.
 */
why: string, 
/**
 * The records that do so.
 */
records: Array<RecordAdvice>,
};

/**
 * One DNS record that is to be there.
 */
export type RecordAdvice = { 
/**
 * The whole name, without a dot at its end.
 */
name: string, 
/**
 * The name as most consoles want it: relative to the zone, where that is known, and else to the domain.
 */
host: string, 
/**
 * `TXT` or `CNAME`.
 */
type: string, 
/**
 * Its value, without quotes.
 */
value: string, 
/**
 * What is to be done, given what is there.
 */
action: RecordAction, 
/**
 * Why, in a sentence, and what to mind.
 */
why: string,
};

/**
 * What is to be done about a record.
 */
export type RecordAction = "add" | "replace" | "keep" | "check";

/**
 * One way to serve the policy file.
 */
export type Hosting = { 
/**
 * Stable, for scripts.
 */
id: string, 
/**
 * For people.
 */
name: string, 
/**
 * Files to make.
 */
files: Array<HostFile>, 
/**
 * How the policy host leads there; none where the platform makes that record itself.
 */
record: RecordAdvice | null, 
/**
 * What to do, in order.
 */
steps: Array<string>, 
/**
 * What goes wrong there, in sentences.
 */
traps: Array<string>,
};

/**
 * A file to make.
 */
export type HostFile = { 
/**
 * Where it goes: an absolute path on a server, or one in the repository or folder that is uploaded.
 */
path: string, 
/**
 * The whole of it; empty where an empty file is meant.
 */
content: string,
};

/**
 * What is to be done over the next days and weeks.
 */
export type Schedule = { 
/**
 * What for.
 */
goal: GoalName, 
/**
 * Where the domain stands and what comes, in a sentence or two.
 */
summary: string, 
/**
 * In the order in which they are to be done; empty where there is nothing to do, or nothing can be said.
 */
steps: Array<Step>, 
/**
 * The steps as a calendar file (RFC 5545), for `text/calendar`; empty where there are none.
 */
calendar: string,
};

/**
 * What a plan is for.
 */
export type GoalName = "roll-out" | "removal" | "move";

/**
 * One thing to do.
 */
export type Step = { 
/**
 * The earliest day for it, in UTC.
 */
date: string, 
/**
 * A few plain words.
 */
title: string, 
/**
 * What to do and why, a sentence or two each.
 */
text: Array<string>, 
/**
 * Texts to paste.
 */
copy: Array<Copyable>,
};

/**
 * What many reports say together. Sessions under several policies at once (RFC 8460 §4) count under each.
 */
export type TlsReportSummary = { 
/**
 * The domain that it is about; none where the reports name several and none was asked for.
 */
domain: string | null, 
/**
 * What became of each file, in the order in which they came.
 */
files: Array<TlsReportFile>, 
/**
 * How many reports there are, each counted once, of this domain.
 */
reports: number, 
/**
 * How many times a report was there again.
 */
duplicates: number, 
/**
 * How many reports do not say which day they are about. They count everywhere but in `days`.
 */
undated: number, 
/**
 * Sessions that went well.
 */
successful: number, 
/**
 * Sessions that failed.
 */
failed: number, 
/**
 * The first day that a report is about, in UTC.
 */
first_day: string | null, 
/**
 * The last.
 */
last_day: string | null, 
/**
 * Every domain that the reports name, others than this one too.
 */
domains: TlsReportTallies, 
/**
 * By kind of policy, as reports spell it.
 */
policy_types: TlsReportTallies, 
/**
 * By the day, in UTC, that a report's range begins on.
 */
days: TlsReportTallies, 
/**
 * By the organization that sent the report.
 */
senders: TlsReportTallies, 
/**
 * By MX host. Reports tell it of failures; of successes only where a policy names a single host.
 */
mx_hosts: TlsReportTallies, 
/**
 * Why sessions failed, the most frequent reason first. One session can have several.
 */
causes: Array<TlsReportCause>, 
/**
 * How many causes more there are.
 */
more_causes: number, 
/**
 * Whether the domain can enforce its policy.
 */
safe_to_enforce: TlsReportEnforceability, 
/**
 * Which policies senders applied, and when.
 */
applied: Array<TlsReportApplied>, 
/**
 * The reports one by one.
 */
single_reports: TlsReportList,
};

/**
 * What became of a file.
 */
export type TlsReportFile = { 
/**
 * Its name, as it was given.
 */
name: string, 
/**
 * How many reports were read.
 */
reports: number, 
/**
 * How many of these were in an earlier file, or earlier in this one, and so are not counted again.
 */
duplicates: number, 
/**
 * Why it, or the rest of it, was not read.
 */
error: string | null, 
/**
 * The same as a name for programs, such as `broken-zip`.
 */
problem: string | null, 
/**
 * What was odd about it and did no harm, each once.
 */
notes: Array<string>,
};

/**
 * Sums by name, as many as are shown.
 */
export type TlsReportTallies = { 
/**
 * Days by date, the latest ones; all others with the most failures first, then the most sessions.
 */
list: Array<TlsReportTally>, 
/**
 * How many more there are.
 */
more: number,
};

/**
 * The sessions of one name.
 */
export type TlsReportTally = { 
/**
 * A day as `2026-11-24`, or the name of a sender, host, domain, kind of policy or text; empty where it is not told.
 */
name: string, 
/**
 * Sessions that went well. None where reports do not tell it by this name.
 */
successful: number | null, 
/**
 * Sessions that failed.
 */
failed: number,
};

/**
 * A reason for failures.
 */
export type TlsReportCause = { 
/**
 * As reports spell it (RFC 8460 §4.3); `not-told` where they do not say.
 */
result_type: string, 
/**
 * A few plain words.
 */
title: string, 
/**
 * What it means, for a person who runs a small business.
 */
why: string, 
/**
 * What to do, in order.
 */
steps: Array<string>, 
/**
 * How many sessions failed so.
 */
failed: number, 
/**
 * Who reports it.
 */
senders: TlsReportTallies, 
/**
 * The MX hosts that it was seen at, where reports tell.
 */
mx_hosts: TlsReportTallies, 
/**
 * The policies that the senders applied, by their kind.
 */
policy_types: TlsReportTallies, 
/**
 * The last days with it, in UTC.
 */
days: TlsReportTallies, 
/**
 * What senders say besides: codes and texts of errors.
 */
reasons: TlsReportTallies, 
/**
 * What those of these that are known mean, in plain words.
 */
meanings: Array<TlsReportMeaning>, 
/**
 * The rules that look at this.
 */
points_at: Array<TlsReportPointer>,
};

/**
 * A rule that looks at a cause.
 */
export type TlsReportPointer = { 
/**
 * The rule's id.
 */
rule: string, 
/**
 * The rule's title.
 */
title: string, 
/**
 * The address of its page, from the root of the site.
 */
url: string, 
/**
 * Whether the check of this domain found it; none where there is no check.
 */
found: boolean | null,
};

/**
 * A code that senders give, and what it means.
 */
export type TlsReportMeaning = { 
/**
 * The code, as it was sent.
 */
reason: string, 
/**
 * A sentence.
 */
means: string,
};

/**
 * A policy, who applied it, and when.
 */
export type TlsReportApplied = { 
/**
 * Who applied it.
 */
sender: string, 
/**
 * Its kind, as reports spell it.
 */
policy_type: string, 
/**
 * Its mode, where it is one of MTA-STS and that is told.
 */
mode: string | null, 
/**
 * Its lines.
 */
text: string, 
/**
 * The first day with it.
 */
first_day: string | null, 
/**
 * The last.
 */
last_day: string | null,
};

/**
 * Reports, one by one.
 */
export type TlsReportList = { 
/**
 * The latest first.
 */
list: Array<TlsReportOne>, 
/**
 * How many more there are.
 */
more: number, 
/**
 * Which are listed.
 */
filter: TlsReportFilter,
};

/**
 * One report.
 */
export type TlsReportOne = { 
/**
 * Who sent it.
 */
sender: string, 
/**
 * Whom to ask, mostly a mail address.
 */
contact: string, 
/**
 * What the sender calls it.
 */
report_id: string, 
/**
 * When its range begins.
 */
start: string | null, 
/**
 * When it ends.
 */
end: string | null, 
/**
 * What was seen under each policy.
 */
policies: Array<TlsReportPolicy>,
};

/**
 * What one report says of a policy.
 */
export type TlsReportPolicy = { 
/**
 * Its kind, as reports spell it.
 */
policy_type: string, 
/**
 * The domain that it is of, as the report has it.
 */
domain: string, 
/**
 * Its mode, where it is one of MTA-STS and that is told.
 */
mode: string | null, 
/**
 * Its lines.
 */
text: string, 
/**
 * Sessions that went well.
 */
successful: number, 
/**
 * Sessions that failed.
 */
failed: number, 
/**
 * How they failed.
 */
failures: Array<TlsReportFailure>, 
/**
 * How many rows of failures more there are.
 */
more: number,
};

/**
 * Sessions that failed for one reason.
 */
export type TlsReportFailure = { 
/**
 * The reason, as reports spell it.
 */
result_type: string, 
/**
 * How many.
 */
failed: number, 
/**
 * The mail server, how it greets, and its address.
 */
mx_host: string, 
/**
 * How that server calls itself.
 */
mx_helo: string, 
/**
 * Its address.
 */
receiving_ip: string, 
/**
 * Address of the sending server.
 */
sending_ip: string, 
/**
 * An error's code or text.
 */
reason: string, 
/**
 * Where to read more, or what the sender says besides.
 */
additional_information: string,
};

/**
 * Which of the reports are listed, one by one and as a table. Sums are of all.
 */
export type TlsReportFilter = { 
/**
 * The first day.
 */
from: string | null, 
/**
 * The last.
 */
to: string | null, 
/**
 * Who sent them, as the sums by sender name it.
 */
sender: string | null,
};

/**
 * Whether a domain can enforce its policy, and why.
 */
export type TlsReportEnforceability = { 
/**
 * In a word.
 */
verdict: SafeToEnforce, 
/**
 * Why, in plain sentences: what stands in the way first, then what does not.
 */
reasons: Array<string>, 
/**
 * Whether senders enforced the policy already: then what failed was refused.
 */
enforced: boolean,
};

/**
 * Whether a policy can be enforced without losing mail, as far as reports tell.
 */
export type SafeToEnforce = "yes" | "not_yet" | "no" | "unknown";

/**
 * A rule as the API's catalogue has it: all but the check itself.
 */
export type Rule = { 
/**
 * The rule's permanent id, which names the defect.
 */
id: string, 
/**
 * What it reports.
 */
kind: RuleKind, 
/**
 * Whether the fault makes a lint's `valid` false: the RFC's grammar or prose forbids it.
 */
grammar: boolean, 
/**
 * A few plain words.
 */
title: string, 
/**
 * What it checks, in a sentence.
 */
what: string, 
/**
 * Why it matters, for a person who runs a small business.
 */
why: string, 
/**
 * What to do, step by step, at any provider; empty when nothing is to be done.
 */
steps: Array<string>, 
/**
 * Where it is written.
 */
source: Reference, 
/**
 * The address of its page, from the root of the site.
 */
url: string,
};

/**
 * What a rule reports: a fault of some severity, good news, or that it could not look.
 */
export type RuleKind = "error" | "warning" | "info" | "pass" | "inconclusive";

/**
 * A line of a stream (`application/x-ndjson`). Later versions may have others: pass over what you do not know.
 */
export type StreamEvent = { "event": "lookup", 
/**
 * What came of it.
 */
observation: Observation, } | { "event": "evidence", 
/**
 * What was seen.
 */
evidence: Evidence, } | { "event": "report", 
/**
 * What it means.
 */
report: Report,
};
