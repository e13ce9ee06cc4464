//! A policy file, mended. What was right is kept byte for byte, and the values are the text's own, but for the two that
//! have a safe choice.

use crate::text::part;
use std::borrow::Cow;

use super::lost_line_ends::fields;
use super::{Form, Key, MAX_AGE_LIMIT, Policy, PolicyFault, Reader, meant};
use crate::lookup::POLICY_LIMIT;
use crate::published::policy::mx_pattern::MxPattern;
use crate::published::tag_list::{is_name, is_typographic};
use crate::text::span::Issue;

/// The host's IDNA mapping, as for [`DomainName::parse`](crate::name::DomainName::parse).
type ToAscii<'f> = &'f dyn Fn(&str) -> Option<String>;

impl Policy<'_> {
    /// The policy as it should be written, valid and with nothing in it that senders choke on; none where it is so
    /// already, where a policy cannot be made of what the text says, or where that would be more than senders read.
    ///
    /// Of a key that is given twice the first counts (RFC 8461 §3.2), and of `mx` lines that say the same the first stays.
    /// A text that has only such lines too many is valid, and stays as it is. `mx` lines that no host name can be made of are
    /// left out where others remain: which server was meant only its owner knows. A pattern that senders can read stays,
    /// one that allows strangers' servers too: without it a server of the owner's own might be refused. A mode that is
    /// missing, or a word that senders do not know, becomes `testing`, which stops no mail. Such a `max_age` becomes two
    /// weeks, as its rule advises, or with mode `none` a day (§8.3).
    pub fn corrected(&self, to_ascii: impl Fn(&str) -> Option<String>) -> Option<String> {
        let lost = self.issues.iter().any(|issue| issue.kind == PolicyFault::NotUtf8);
        let mut text = mend(&self.text, lost, &to_ascii)?;
        if text != self.text {
            text = without_repeats(&text, &self.text);
        }
        let recoded = self.issues.first().is_some_and(|issue| issue.kind == PolicyFault::Utf16);
        (recoded || text != self.text).then_some(text)
    }
}

/// Patterns that later ones are compared with; a policy in earnest has fewer.
const COMPARED: usize = 100;

/// The lines that are kept or written anew.
#[allow(clippy::struct_excessive_bools, reason = "each is about the text, and none about another")]
struct Mending<'t> {
    /// Each with its end; one that gave way to a better one is empty.
    lines: Vec<(String, &'t str)>,
    /// For `version`, `mode` and `max_age`, how good the best line is, and which. 0 when senders see the key, 1 when they
    /// do not, 2 more when its value cannot be told.
    best: [Option<(u8, usize)>; 3],
    has_mx: bool,
    /// Whether some letters of the text are not known.
    lost: bool,
    /// Whether lines behind a hyphen are servers: an `mx` key without a value stands before them.
    list: bool,
    /// Whether the text has another form: then only what the standard knows is taken over.
    foreign: bool,
    to_ascii: ToAscii<'t>,
}

fn mend(text: &str, lost: bool, to_ascii: ToAscii<'_>) -> Option<String> {
    let (text, foreign) = match Form::of(text) {
        Form::Empty | Form::Html => return None,
        Form::Json => (Cow::Owned(unfold(text)), true),
        Form::Record => (Cow::Owned(text.replace(';', "\n")), true),
        Form::Lines => (Cow::Borrowed(text), false),
    };
    let mut mending =
        Mending { lines: Vec::new(), best: [None; 3], has_mx: false, lost, list: false, foreign, to_ascii };
    let mut eol = "\n";
    let mut rest = &*text;
    while !rest.is_empty() {
        let (line, after) = part::split(rest, rest.find(['\r', '\n']).unwrap_or(rest.len()));
        let end = if after.is_empty() {
            ""
        } else if after.starts_with("\r\n") {
            eol = "\r\n";
            eol
        } else {
            "\n"
        };
        // A bare CR is as long as the LF that it becomes.
        rest = part::from(after, end.len());
        mending.read(line, end);
    }
    let Mending { mut lines, best: [version, mode, max_age], has_mx, .. } = mending;
    let mode = mode.unwrap_or_else(|| {
        lines.push(("mode: testing".to_owned(), eol));
        (0, lines.len() - 1)
    });
    let is_off = lines[mode.1].0.trim_end().ends_with("none");
    let default = if is_off { "max_age: 86400" } else { "max_age: 1209600" };
    match max_age {
        None => lines.push((default.to_owned(), eol)),
        Some((2.., index)) => default.clone_into(&mut lines[index].0),
        Some(_) => {}
    }
    let mut out = String::new();
    if version.is_none() {
        out.extend(["version: STSv1", eol]);
    }
    for (line, end) in lines.iter().filter(|(line, _)| !line.is_empty()) {
        if !out.is_empty() && !out.ends_with('\n') {
            out.push_str(eol);
        }
        out.extend([line, *end]);
    }
    ((is_off || has_mx) && out.len() <= POLICY_LIMIT).then_some(out)
}

/// A text of right lines without `mx` lines that say again what another one says: one that was right before stays rather than
/// one that was not, and the first of several. Of long lists, the first lines are compared.
fn without_repeats(text: &str, original: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut known: Vec<&str> = Vec::new();
    let is_right = |line: &&str| pattern_of(line).is_some_and(|pattern| MxPattern::parse(pattern).is_ok());
    let right: Vec<&str> = original.split(['\r', '\n']).filter(is_right).take(COMPARED).collect();
    // One that was mended all the same, of a space that the standard does not know, is no longer there to stay.
    let right: Vec<&str> = text
        .split('\n')
        .map(|line| line.trim_end_matches('\r'))
        .filter(|line| right.contains(line))
        .take(COMPARED)
        .collect();
    for line in text.split_inclusive('\n') {
        if let Some(pattern) = pattern_of(line) {
            let is_new = !right.contains(&line.trim_end_matches(['\r', '\n']));
            let mut others = right.iter().copied().filter_map(pattern_of);
            let comes = is_new && others.any(|other| other.eq_ignore_ascii_case(pattern));
            if comes || known.iter().any(|known| known.eq_ignore_ascii_case(pattern)) {
                continue;
            }
            if known.len() < COMPARED {
                known.push(pattern);
            }
        }
        out.push_str(line);
    }
    out
}

/// The value of an `mx` line.
fn pattern_of(line: &str) -> Option<&str> {
    cut(line, &[':']).filter(|(name, _)| Key::of(name) == Some(Key::Mx)).map(|(_, value)| value.trim())
}

/// JSON, a line for each member; a list stays on its line. What it means line by line is read like any other slip.
fn unfold(json: &str) -> String {
    let mut in_list = false;
    let place = |c| match c {
        '[' | ']' => {
            in_list = c == '[';
            ' '
        }
        '\r' | '\n' if in_list => ' ',
        '{' | '}' | ',' | '\r' if !in_list => '\n',
        c => c,
    };
    json.chars().map(place).collect()
}

impl<'t> Mending<'t> {
    /// Adds what becomes of a line.
    fn read(&mut self, line: &str, end: &'t str) {
        let line = line.trim_start_matches(is_typographic);
        // What begins with `;` was meant as a comment, whatever it says.
        if line.is_empty() || line.starts_with(';') {
            return;
        }
        if std::mem::take(&mut self.list) && line.starts_with('-') {
            self.field(Key::Mx, true, "mx: ", bare(line.trim_start_matches(['-', ' ', '\t'])), end);
            self.list = true;
            return;
        }
        let mut fields = fields(line).peekable();
        if fields.peek().is_some() {
            let own = if end == "\r\n" { end } else { "\n" };
            let mut next = fields.next();
            while let Some((at, _, _, length)) = next {
                next = fields.next();
                let end = if next.is_some() { own } else { end };
                self.read(part::before(part::from(line, at), length), end);
            }
            return;
        }
        let mut parsed = Policy::of(Cow::Borrowed(""));
        Reader::of(&mut parsed, line).line(line, 0);
        let right =
            |issue: &Issue<PolicyFault>| matches!(issue.kind, PolicyFault::KeyUnknown | PolicyFault::VersionNotFirst);
        if parsed.issues.iter().all(right) {
            let key = cut(line, &[':']).and_then(|(name, _)| Key::of(name));
            // What a key of another's said is not known.
            if key.is_none() && self.lost && line.contains(char::REPLACEMENT_CHARACTER) {
                return;
            }
            return self.put(key, 0, line.to_owned(), end);
        }
        // Of what senders can read, all but what is wrong around it stays.
        if let Some(pattern) = parsed.mx.first()
            && let Some(read) = line.get(..pattern.span.end)
        {
            return self.put(Some(Key::Mx), 0, read.trim_start_matches([' ', '\t']).to_owned(), end);
        }
        let plain = |c: char| if c.is_whitespace() { Some(' ') } else { Some(c).filter(|c| !c.is_control()) };
        let clean: String = line.chars().filter_map(plain).collect();
        let clean = bare(&clean);
        let clean = clean.strip_prefix("- ").unwrap_or(clean);
        let by_sign = cut(clean, &[':', '=', '：']);
        for (written, value) in [by_sign, cut(clean, &[' '])].into_iter().flatten() {
            if let Some((key, name)) = key_meant(written) {
                let seen = written == name && part::from(clean, name.len()).starts_with(':');
                // As far as it was right.
                let start = if seen {
                    part::before(clean, clean.len() - value.trim_start().len())
                } else {
                    &[name, ": "].concat()
                };
                let value = bare(cut(value, &['#']).map_or(value, |(value, _)| value));
                return self.field(key, seen, start, value, end);
            }
        }
        if let Some((name, value)) = by_sign.map(|(name, value)| (bare(name), bare(value)))
            && is_name(name)
            && !value.is_empty()
        {
            self.put(None, 0, [name, ": ", value].concat(), end);
        }
    }

    /// Adds the line, or lines, of a key and a value that was meant; `start` is what stands before the value.
    fn field(&mut self, key: Key, seen: bool, start: &str, value: &str, end: &'t str) {
        let rank = u8::from(!seen);
        let meant = match key {
            Key::Version => Some("STSv1".to_owned()),
            Key::Mode => mode(value).map(str::to_owned),
            Key::MaxAge => seconds(value).map(|seconds| seconds.to_string()),
            Key::Mx => {
                self.list = value.is_empty();
                let mut rest = value;
                while !rest.is_empty() {
                    let (name, after) = cut(rest, &[' ', ',', ';', '|']).unwrap_or((rest, ""));
                    // In a list, a word without a dot is a preference or a remark.
                    if let Some(host) = self.host(name).filter(|host| name == value || host.contains('.')) {
                        self.put(Some(key), 0, [start, &host].concat(), end);
                    }
                    rest = after;
                }
                return;
            }
        };
        match meant {
            Some(value) => self.put(Some(key), rank, [start, &value].concat(), end),
            // Of `max_age` the value is put in when the mode is known.
            None => self.put(Some(key), rank + 2, "mode: testing".to_owned(), end),
        }
    }

    fn put(&mut self, key: Option<Key>, rank: u8, line: String, end: &'t str) {
        match key {
            None if self.foreign => return,
            None => {}
            Some(Key::Mx) => self.has_mx = true,
            Some(key) => {
                let best = &mut self.best[key as usize];
                match *best {
                    Some((best, _)) if best <= rank => return,
                    Some((_, index)) => self.lines[index].0.clear(),
                    None => {}
                }
                *best = Some((rank, self.lines.len()));
            }
        }
        self.lines.push((line, end));
    }

    /// The pattern that was meant, where that is plain. None is made that would allow strangers' servers.
    fn host(&self, name: &str) -> Option<String> {
        // Of a web or mail address, its host.
        let name = name.split(['/', '?']).find(|part| !part.is_empty() && !part.ends_with(':'))?;
        let name = bare(name.rsplit_once('@').map_or(name, |(_, host)| host));
        let (name, port) = cut(name, &[':']).unwrap_or((name, ""));
        let name = name.trim_end_matches('.');
        // The old draft, and other software, wrote a wildcard as a dot alone.
        let (star, base) = match name.strip_prefix("*.").or_else(|| name.strip_prefix('.')) {
            Some(base) => ("*.", base),
            None => ("", name),
        };
        let may_be_mapped = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        let mapped = if base.is_ascii() || !base.chars().all(may_be_mapped) { None } else { (self.to_ascii)(base) };
        let host = [star, mapped.as_deref().unwrap_or(base)].concat();
        let sound = MxPattern::parse(&host).is_ok_and(|pattern| !pattern.is_too_broad());
        (sound && port.bytes().all(|b| b.is_ascii_digit())).then_some(host)
    }
}

/// A text before and after the first of some signs.
fn cut<'t>(text: &'t str, signs: &[char]) -> Option<(&'t str, &'t str)> {
    text.split_once(signs)
}

/// A text without what stands around it when it was pasted from elsewhere.
fn bare(text: &str) -> &str {
    text.trim_matches(|c| is_typographic(c) || "\"'`,;<>[]()".contains(c))
}

/// The key that a name was probably meant to be, as the announce record or a person would write it.
fn key_meant(name: &str) -> Option<(Key, &'static str)> {
    let name = bare(name);
    if name == "v" {
        return Some((Key::Version, "version"));
    }
    // Anything else is in front of a remark: `// mode`.
    let inner = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b' ');
    if name.bytes().all(inner) && !name.starts_with('-') { meant(name) } else { None }
}

fn mode(value: &str) -> Option<&'static str> {
    let start = value.get(..4)?;
    let modes = [("enfo", "enforce"), ("test", "testing"), ("none", "none")];
    modes.into_iter().find(|(mode, _)| mode.eq_ignore_ascii_case(start)).map(|(_, mode)| mode)
}

/// A time in digits, with a unit or without, at most [`MAX_AGE_LIMIT`].
fn seconds(value: &str) -> Option<u32> {
    let mut count: Option<u32> = None;
    let mut bytes = value.bytes().filter(|b| !matches!(b, b' ' | b',' | b'_' | b'+'));
    let mut unit = bytes.next();
    while let Some(digit @ b'0'..=b'9') = unit {
        // Too many digits are too long a time.
        count = Some(count.unwrap_or(0).saturating_mul(10).saturating_add(u32::from(digit - b'0')));
        unit = bytes.next();
    }
    let unit = match unit.map(|b| b.to_ascii_lowercase()) {
        None | Some(b's' | b'(') => 1,
        // A month is no number of seconds.
        Some(b'm') if !matches!(bytes.next(), Some(b'o' | b'O')) => 60,
        Some(b'h') => 3600,
        Some(b'd') => 86_400,
        Some(b'w') => 604_800,
        Some(b'y') => MAX_AGE_LIMIT,
        _ => return None,
    };
    Some(count?.saturating_mul(unit).min(MAX_AGE_LIMIT))
}
