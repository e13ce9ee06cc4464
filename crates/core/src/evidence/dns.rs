//! DNS messages in wire format (RFC 1035, RFC 8484): a query made, an answer read. No answer makes this panic.

use std::fmt::{self, Write};
use std::str::FromStr;

use domain::base::iana::{Class, Opcode, Rtype};
use domain::base::message::RecordSection;
use domain::base::name::ToLabelIter;
use domain::base::opt::{ExtendedError as ExtendedErrorOption, Opt};
use domain::base::rdata::UnknownRecordData;
use domain::base::wire::ParseError;
use domain::base::{Message, MessageBuilder, Name, ParseRecordData, ParsedName, ParsedRecord, ToName};
use domain::rdata::{A, Aaaa, Cname, Mx, Ns, Txt};

use crate::evidence::{ALIAS_LIMIT, Alias, Answer, ExtendedError, RECORD_LIMIT, Rcode, Record};
use crate::lookup::{Question, RecordType};
use crate::text::octets::Octets;

/// UDP payload size that is offered; of no account over HTTPS, and the size that resolvers agreed on.
const UDP_PAYLOAD: u16 = 1232;

/// Longest DNS message, in bytes (RFC 1035 §4.2.2).
const MESSAGE_LIMIT: usize = 65_535;

/// Extended errors that are kept.
const EXTENDED_ERROR_LIMIT: usize = 16;

/// Why a query could not be made or an answer not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DnsError {
    /// The name to ask for is not one that DNS can hold.
    Name,
    /// Not a DNS message, or one that ends too early or contradicts itself.
    Malformed,
    /// A DNS message, but not the answer to a query.
    NotAnAnswer,
    /// An answer to another question, or one that does not say to which.
    WrongQuestion,
    /// The answer was cut short (TC), which never happens over HTTPS.
    Truncated,
    /// An answer of more records than are read.
    TooMany,
    /// An answer with records of other names alone: it neither says what is there nor that nothing is.
    Foreign,
}

impl std::error::Error for DnsError {}

impl fmt::Display for DnsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Name => "the name cannot be asked for in DNS",
            Self::Malformed => "the resolver's answer is not a DNS message that can be read",
            Self::NotAnAnswer => "the resolver sent a DNS message that is not an answer",
            Self::WrongQuestion => "the resolver answered another question than the one asked",
            Self::Truncated => "the resolver cut its answer short",
            Self::TooMany => "the answer has more than 256 records, and is not read",
            Self::Foreign => "the resolver's answer has records of another name alone",
        })
    }
}

impl From<ParseError> for DnsError {
    fn from(_: ParseError) -> Self {
        Self::Malformed
    }
}

/// The query for a question: ID 0, so that HTTP caches can hold the answer (RFC 8484 §4.1), RD, DO, and CD where the
/// question says so.
pub fn encode_query(question: &Question) -> Result<Vec<u8>, DnsError> {
    let name = question_name(question)?;
    let mut message = MessageBuilder::new_vec();
    message.header_mut().set_rd(true);
    message.header_mut().set_cd(question.checking_disabled);
    let mut message = message.question();
    message.push((name, rtype(question.rtype))).map_err(|_| DnsError::Name)?;
    let mut message = message.additional();
    let edns = message.opt(|opt| {
        opt.set_udp_payload_size(UDP_PAYLOAD);
        opt.set_dnssec_ok(true);
        Ok(())
    });
    edns.map_err(|_| DnsError::Name)?;
    Ok(message.finish())
}

/// Reads the answer to `question`, whatever its rcode. Of its records, those of the asked type at the end of the CNAME
/// chain are kept, wherever in the answer section they stand; of a chain that is a loop or too long, the aliases alone.
pub fn decode_answer(bytes: &[u8], question: &Question) -> Result<Answer, DnsError> {
    if bytes.len() > MESSAGE_LIMIT {
        return Err(DnsError::Malformed);
    }
    let message = Message::from_octets(bytes).map_err(|_| DnsError::Malformed)?;
    let header = message.header();
    if !header.qr() || header.opcode() != Opcode::QUERY {
        return Err(DnsError::NotAnAnswer);
    }
    let name = question_name(question)?;
    check_question(&message, &name, question.rtype)?;
    if header.tc() {
        return Err(DnsError::Truncated);
    }
    let (rcode, extended_errors) = read_edns(&message)?;
    let mut answer = Answer { rcode, authentic: header.ad(), extended_errors, ..Answer::default() };

    let section = message.answer()?;
    let mut ttl = Ttl(None);
    let end = follow_aliases(section, &name, &mut answer.aliases, &mut ttl)?;
    let mut is_foreign = false;
    if let Some(end) = end {
        for record in section {
            let record = record?;
            let wanted = record.rtype() == rtype(question.rtype) && record.class() == Class::IN;
            let alias = record.rtype() == Rtype::CNAME && answer.aliases.is_empty();
            is_foreign |= wanted || alias;
            if wanted && record.owner().name_eq(&end) {
                if answer.records.len() == RECORD_LIMIT {
                    return Err(DnsError::TooMany);
                }
                ttl.lower_to(&record);
                answer.records.push(read_record(&record, question.rtype)?);
            }
        }
    }
    answer.ttl = ttl.0.unwrap_or(0);
    if answer.records.is_empty() && is_foreign && answer.is_definite() {
        return Err(DnsError::Foreign);
    }
    if answer.records.is_empty() {
        answer.zone = zone(&message)?;
    }
    Ok(answer)
}

/// The zone that a negative answer comes from: the owner of the SOA record in its authority section (RFC 2308 §2).
fn zone(message: &Message<&[u8]>) -> Result<Option<String>, DnsError> {
    for record in message.authority()? {
        let record = record?;
        if record.rtype() == Rtype::SOA && record.class() == Class::IN {
            return Ok(Some(text(&record.owner())));
        }
    }
    Ok(None)
}

/// Whether the message answers our question: ID 0 as sent, and the one question repeated, in any case.
fn check_question(message: &Message<&[u8]>, name: &Name<Vec<u8>>, asked: RecordType) -> Result<(), DnsError> {
    if message.header().id() != 0 || message.header_counts().qdcount() != 1 {
        return Err(DnsError::WrongQuestion);
    }
    let repeated = message.sole_question()?;
    let same = repeated.qname().name_eq(name) && repeated.qtype() == rtype(asked) && repeated.qclass() == Class::IN;
    if same { Ok(()) } else { Err(DnsError::WrongQuestion) }
}

/// The response code with its upper bits, and the extended errors (RFC 6891 §6.1.3, RFC 8914).
fn read_edns(message: &Message<&[u8]>) -> Result<(Rcode, Vec<ExtendedError>), DnsError> {
    let mut rcode = u16::from(message.header().rcode().to_int());
    let mut errors = Vec::new();
    for record in message.additional()? {
        let record = record?;
        if record.rtype() != Rtype::OPT {
            continue;
        }
        let ttl = record.ttl().as_secs();
        rcode |= u16::from(ttl.to_be_bytes()[0]) << 4;
        let Some(opt) = record.into_record::<Opt<_>>()? else { continue };
        for option in opt.data().iter::<ExtendedErrorOption<_>>().take(EXTENDED_ERROR_LIMIT) {
            let option = option?;
            let text = String::from_utf8_lossy(option.text_slice().unwrap_or_default());
            // "May or may not be null-terminated" (RFC 8914 §2).
            let text = text.trim_end_matches('\0').to_owned();
            errors.push(ExtendedError { code: option.code().to_int(), text });
        }
        // A second OPT record makes a message malformed (RFC 6891 §6.1.1); the first is what counts.
        break;
    }
    Ok((Rcode(rcode), errors))
}

/// Follows the CNAME records from `name`; what it returns is the end of the chain, or nothing where it has none.
fn follow_aliases<'m>(
    section: RecordSection<'m, &'m [u8]>,
    name: &Name<Vec<u8>>,
    aliases: &mut Vec<Alias>,
    ttl: &mut Ttl,
) -> Result<Option<Name<Vec<u8>>>, DnsError> {
    let mut seen = vec![name.clone()];
    let mut end = name.clone();
    while let Some((target, record)) = find_alias(section, &end)? {
        let target: Name<Vec<u8>> = target.to_name();
        ttl.lower_to(&record);
        aliases.push(Alias { name: text(&end), target: text(&target) });
        if seen.contains(&target) || aliases.len() == ALIAS_LIMIT {
            return Ok(None);
        }
        seen.push(target.clone());
        end = target;
    }
    Ok(Some(end))
}

type ParsedAlias<'m> = (ParsedName<&'m [u8]>, ParsedRecord<'m, &'m [u8]>);

fn find_alias<'m>(
    section: RecordSection<'m, &'m [u8]>,
    owner: &Name<Vec<u8>>,
) -> Result<Option<ParsedAlias<'m>>, DnsError> {
    for record in section {
        let record = record?;
        if record.rtype() == Rtype::CNAME && record.class() == Class::IN && record.owner().name_eq(owner) {
            let target = read_data::<Cname<ParsedName<&'m [u8]>>>(&record)?.into_cname();
            return Ok(Some((target, record)));
        }
    }
    Ok(None)
}

fn read_record<'m>(record: &ParsedRecord<'m, &'m [u8]>, rtype: RecordType) -> Result<Record, DnsError> {
    Ok(match rtype {
        RecordType::A => Record::A(read_data::<A>(record)?.addr()),
        RecordType::Aaaa => Record::Aaaa(read_data::<Aaaa>(record)?.addr()),
        RecordType::Mx => {
            let mx = read_data::<Mx<ParsedName<&'m [u8]>>>(record)?;
            Record::Mx { preference: mx.preference(), exchange: text(mx.exchange()) }
        }
        RecordType::Ns => Record::Ns(text(read_data::<Ns<ParsedName<&'m [u8]>>>(record)?.nsdname())),
        RecordType::Tlsa => {
            // RFC 6698 §2.1: three octets, and the rest is what a certificate is compared with.
            let rdata = read_data::<UnknownRecordData<&'m [u8]>>(record)?;
            let [usage, selector, matching, ref data @ ..] = **rdata.data() else { return Err(DnsError::Malformed) };
            Record::Tlsa { usage, selector, matching, data: Octets(data.to_vec()) }
        }
        RecordType::Txt => {
            let strings = read_data::<Txt<&'m [u8]>>(record)?;
            Record::Txt(strings.iter().map(|string| Octets(string.to_vec())).collect())
        }
    })
}

fn read_data<'m, Data: ParseRecordData<'m, &'m [u8]>>(record: &ParsedRecord<'m, &'m [u8]>) -> Result<Data, DnsError> {
    let record = record.clone().into_record::<Data>()?;
    record.map(domain::base::Record::into_data).ok_or(DnsError::Malformed)
}

/// The smallest TTL so far.
struct Ttl(Option<u32>);

impl Ttl {
    fn lower_to(&mut self, record: &ParsedRecord<'_, &[u8]>) {
        let seconds = record.ttl().as_secs();
        // With its highest bit set, a TTL counts as zero (RFC 2181 §8).
        let seconds = if seconds > u32::MAX >> 1 { 0 } else { seconds };
        self.0 = Some(self.0.map_or(seconds, |smallest| smallest.min(seconds)));
    }
}

fn rtype(rtype: RecordType) -> Rtype {
    match rtype {
        RecordType::A => Rtype::A,
        RecordType::Aaaa => Rtype::AAAA,
        RecordType::Mx => Rtype::MX,
        RecordType::Ns => Rtype::NS,
        RecordType::Tlsa => Rtype::TLSA,
        RecordType::Txt => Rtype::TXT,
    }
}

fn question_name(question: &Question) -> Result<Name<Vec<u8>>, DnsError> {
    Name::from_str(&question.name).map_err(|_| DnsError::Name)
}

/// Visible characters that mean something in a zone file.
const ESCAPED: &[u8] = br#".\"();@$"#;

/// A name as evidence has it: lower case, no trailing dot, `""` for the root. Bytes that mean something to a zone file
/// or cannot be seen are `\DDD` (RFC 1035 §5.1), so that different names stay different and [`question_name`] reads
/// them back.
fn text(name: &impl ToLabelIter) -> String {
    let mut text = String::new();
    for label in name.iter_labels().filter(|label| !label.is_root()) {
        if !text.is_empty() {
            text.push('.');
        }
        for byte in label {
            if byte.is_ascii_graphic() && !ESCAPED.contains(&byte) {
                text.push(char::from(byte.to_ascii_lowercase()));
            } else {
                write!(text, "\\{byte:03}").expect("a String takes any text");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests;
