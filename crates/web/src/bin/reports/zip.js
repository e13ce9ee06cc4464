// The files of a ZIP archive (APPNOTE.TXT 6.3): those that are stored or deflated, without a password.

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** Lengths of the headers without what varies. */
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
/** The longest comment that can stand after the end of the directory. */
const COMMENT_LIMIT = 0xffff;

const isPassword = (flags) => (flags & 1) !== 0;
/** What systems put into archives beside the files. */
const isLeftOver = (name) => name.endsWith('/') || /(^|\/)(__MACOSX\/|\.|Thumbs\.db$)/.test(name);

/** How an archive begins; one without files, with its end. */
export const isZip = (bytes) => bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));

/** Each file of the archive: its name, and its bytes as they lie there, or what is the trouble with it. */
export function* entries(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = directoryEnd(view);
  if (end === undefined) return yield { trouble: 'zip-broken' };
  const disks = view.getUint32(end + 4, true);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  // Several parts, or ZIP64, whose numbers are elsewhere.
  if (disks !== 0 || count === 0xffff || at === 0xffffffff) return yield { trouble: 'zip-unusual' };
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_LENGTH > end || view.getUint32(at, true) !== ENTRY) return yield { trouble: 'zip-broken' };
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const name = new TextDecoder().decode(bytes.subarray(at + ENTRY_LENGTH, at + ENTRY_LENGTH + nameLength));
    if (!isLeftOver(name)) yield { name, ...file(bytes, view, at) };
    at += ENTRY_LENGTH + nameLength + extraLength + commentLength;
  }
}

/** Where the directory ends, which is found from the end of the archive. */
function directoryEnd(view) {
  const last = view.byteLength - END_LENGTH;
  for (let at = last; at >= Math.max(0, last - COMMENT_LIMIT); at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  return undefined;
}

function file(bytes, view, entry) {
  const method = view.getUint16(entry + 10, true);
  const packed = view.getUint32(entry + 20, true);
  const local = view.getUint32(entry + 42, true);
  if (isPassword(view.getUint16(entry + 8, true)) || (method !== 0 && method !== 8) || packed === 0xffffffff || local === 0xffffffff) {
    return { trouble: 'zip-unusual' };
  }
  if (local + LOCAL_LENGTH > bytes.length || view.getUint32(local, true) !== LOCAL) return { trouble: 'zip-broken' };
  const start = local + LOCAL_LENGTH + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + packed > bytes.length) return { trouble: 'zip-broken' };
  return { bytes: bytes.subarray(start, start + packed), deflated: method === 8 };
}
