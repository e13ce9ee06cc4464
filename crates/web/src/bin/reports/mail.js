// Reports that are attached to mail (RFC 8460 §5.3): of a saved message (RFC 5322, MIME by RFC 2045 and 2046), or of many
// in one file (mbox, RFC 4155). Nothing else of a message is looked at.

/** Longest header of a part that is read, in bytes. */
const HEADER_LIMIT = 64 * 1024;
/** Parts within parts: a report that was forwarded a few times. */
const DEPTH_LIMIT = 8;

/** Each byte as one character, so that places in the text are places in the bytes. */
const latin1 = new TextDecoder('latin1');

/** What reports come as, and what senders call them for want of the right words. */
const REPORT_TYPE = /^application\/(tlsrpt\+(gzip|json)|json|gzip|x-gzip|zip|x-zip(-compressed)?)$/;
const REPORT_NAME = /\.(json|gz|tgz|tar|zip|eml|xml)$/i;
/** How a report, or what it is packed in, begins; what `latin1` makes of a byte below 160 is another character. */
const REPORT_BYTES = /^(\x1f[\x8b\u2039]|PK\x03\x04|(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*[[{])/;
/** What a text has in it that is a report. */
const REPORT_FIELD = /"(policies|report-id|organization-name|date-range)"/;

/** A byte-order mark, as characters of its bytes. */
const MARK = '\xef\xbb\xbf';

/** Whether it begins as a message does, with a field, or as an mbox; Apple Mail writes a number above. JSON never does. */
export const isMail = (bytes) => /^(\xef\xbb\xbf)?\s*(\d+\s*\n)?(From |[A-Za-z][\w-]*:)/.test(latin1.decode(bytes.subarray(0, 256)));

/**
 * Each attachment that can be a report: its name, its bytes and the domain that its message says it is of, or what is the
 * trouble with it.
 */
export function* attachments(bytes) {
  const text = latin1.decode(bytes);
  let start = text.startsWith(MARK) ? MARK.length : 0;
  start += Math.max(0, text.slice(start, start + 4096).search(/\S/));
  while (start < text.length) {
    let end = text.length;
    if (text.startsWith('From ', start)) {
      start = lineAfter(text, start);
      // Where no empty line stands before it, a day of the week tells it from a sentence.
      const next = /\n(\r?\nFrom |From \S+ +(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b)/g;
      next.lastIndex = Math.max(0, start - 1);
      end = next.exec(text)?.index ?? text.length;
    }
    yield* part({ bytes, text, start, end }, DEPTH_LIMIT, '');
    start = end + Math.max(0, text.slice(end, end + 8).search(/\S/));
    if (end === text.length) return;
  }
}

const lineAfter = (text, at) => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
};

/** A part, or a whole message, which lies from `start` to `end`. `domain` is what the message around it says. */
function* part({ bytes, text: whole, start, end }, depth, domain) {
  // Nothing is looked for beyond: a file of many parts would be searched to its end for each.
  const text = whole.slice(0, end);
  const { fields, body } = header(text, start, end);
  const [type, parameters] = value(fields.get('content-type') ?? 'text/plain');
  if (depth === 0) return yield { trouble: 'too-deep' };
  // RFC 8460 §5.3; what else a message says of it is for people.
  domain = (fields.get('tls-report-domain') ?? domain).trim().toLowerCase();
  if (type.startsWith('multipart/')) {
    for (const inner of parts(text, body, end, parameters.get('boundary') ?? '')) yield* part({ bytes, text, ...inner }, depth - 1, domain);
    return;
  }
  const name = words(value(fields.get('content-disposition') ?? '')[1].get('filename') ?? parameters.get('name') ?? '');
  const decoded = () => decode(bytes, text, body, end, (fields.get('content-transfer-encoding') ?? '').trim().toLowerCase());
  if (type === 'message/rfc822') {
    const bytes = decoded();
    const text = latin1.decode(bytes);
    yield* part({ bytes, text, start: 0, end: text.length }, depth - 1, domain);
  } else if (REPORT_TYPE.test(type) || REPORT_NAME.test(name)) {
    yield { name, domain, bytes: decoded() };
  } else if (type.startsWith('text/') || type.startsWith('application/')) {
    // Programs that do not know the type call it anything, and some put the report into the message itself.
    const bytes = decoded();
    const beginning = latin1.decode(bytes.subarray(0, 2048));
    if (REPORT_BYTES.test(beginning) && (!type.startsWith('text/') || REPORT_FIELD.test(beginning))) yield { name, domain, bytes };
  }
}

/** A name without its encoded words (RFC 2047), which programs put into parameters too. */
function words(name) {
  const joined = name.replace(/\?=[ \t]+=\?/g, '?==?');
  return joined.replace(/=\?([^?*\s]+)(?:\*[^?\s]*)?\?([bq])\?([^?]*)\?=/gi, (word, charset, encoding, text) => {
    try {
      const bytes = decode(undefined, text.replace(/_/g, ' '), 0, text.length, encoding.toLowerCase() === 'b' ? 'base64' : 'quoted-printable');
      return new TextDecoder(charset).decode(bytes);
    } catch {
      return word;
    }
  });
}

/** The fields of a header, unfolded, by their names in lower case, and where the body begins. */
function header(text, start, end) {
  const fields = new Map();
  let at = start;
  let name;
  while (at < end) {
    const next = Math.min(lineAfter(text, at), end);
    const line = text.slice(at, Math.min(next, at + HEADER_LIMIT)).replace(/\r?\n$/, '');
    at = next;
    if (line === '') break;
    if (at - start > HEADER_LIMIT) continue;
    const colon = line.indexOf(':');
    if (/^[ \t]/.test(line) && name) {
      fields.set(name, `${fields.get(name)} ${line.trim()}`);
    } else if (colon > 0) {
      name = line.slice(0, colon).trim().toLowerCase();
      fields.set(name, line.slice(colon + 1).trim());
    }
  }
  return { fields, body: at };
}

/** A field's value in lower case, and its parameters, those in pieces put together (RFC 2231). */
function value(field) {
  const parameters = new Map();
  const semicolon = field.indexOf(';');
  const rest = semicolon < 0 ? '' : field.slice(semicolon);
  for (const [, full, quoted, plain] of rest.matchAll(/;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g)) {
    let text = quoted === undefined ? plain.trim() : quoted.replace(/\\(.)/g, '$1');
    const [key, piece] = full.toLowerCase().split('*');
    if (full.endsWith('*')) {
      const encoded = text.replace(/^[^']*'[^']*'/, '');
      try {
        text = decodeURIComponent(encoded);
      } catch {
        text = encoded;
      }
    }
    parameters.set(key, Number(piece) > 0 ? (parameters.get(key) ?? '') + text : text);
  }
  return [(semicolon < 0 ? field : field.slice(0, semicolon)).trim().toLowerCase(), parameters];
}

/** Where each part of a body lies (RFC 2046 §5.1.1). One that is not closed ends with the whole. */
function* parts(text, body, end, boundary) {
  if (boundary === '') return;
  const delimiter = `--${boundary}`;
  let start;
  let at = text.startsWith(delimiter, body) ? body : after(text, `\n${delimiter}`, body);
  while (at >= 0 && at < end) {
    if (start !== undefined) yield { start, end: text[at - 2] === '\r' ? at - 2 : at - 1 };
    if (text.startsWith('--', at + delimiter.length)) return;
    start = lineAfter(text, at);
    // The line end before a delimiter belongs to it, also where a part is empty.
    at = after(text, `\n${delimiter}`, start - 1);
  }
  if (start !== undefined && start < end) yield { start, end };
}

/** Where a delimiter begins that stands at the beginning of a line. */
const after = (text, delimiter, from) => {
  const at = text.indexOf(delimiter, from);
  return at < 0 ? -1 : at + 1;
};

/** The bytes of a body without its transfer encoding (RFC 2045 §6). What is damaged is read as far as it can be. */
function decode(bytes, text, start, end, encoding) {
  if (encoding === 'base64') {
    const letters = text.slice(start, end).replace(/[^A-Za-z0-9+/]+/g, '');
    // A last letter alone holds no whole byte.
    return fromLatin1(atob(letters.length % 4 === 1 ? letters.slice(0, -1) : letters));
  }
  if (encoding === 'quoted-printable') {
    const joined = text.slice(start, end).split('\n').map(unbroken).join('');
    return fromLatin1(joined.replace(/=([0-9A-Fa-f]{2})/g, (_, digits) => String.fromCharCode(parseInt(digits, 16))));
  }
  return bytes.subarray(start, end);
}

/** A line without the blanks at its end, which are the transport's; its line end too, where it goes on in the next one. */
function unbroken(line, at, lines) {
  let end = line.length;
  while (end > 0 && ' \t\r'.includes(line[end - 1])) end--;
  if (at === lines.length - 1) return line.slice(0, line[end - 1] === '=' ? end - 1 : line.length);
  return line[end - 1] === '=' ? line.slice(0, end - 1) : `${line.slice(0, end)}\n`;
}

function fromLatin1(text) {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
