// The files of a tar archive (POSIX.1-1988 ustar, and what GNU and BSD make of it).

const BLOCK = 512;
const latin1 = new TextDecoder('latin1');

/** Its mark stands behind the first file's name and numbers. */
export const isTar = (bytes) => bytes.length >= BLOCK && latin1.decode(bytes.subarray(257, 262)) === 'ustar';

/** Each file of the archive: its name and its bytes, or what is the trouble with it. */
export function* files(bytes) {
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0;) {
    const field = (from, length) => latin1.decode(bytes.subarray(at + from, at + from + length)).split('\0')[0];
    const name = field(0, 100);
    const size = parseInt(field(124, 12), 8) || 0;
    const kind = field(156, 1);
    const start = at + BLOCK;
    if (start + size > bytes.length) return yield { name, trouble: 'tar-broken' };
    // Folders, links and names that are too long for a header are no files; nor is what a Mac adds to each.
    if ((kind === '' || kind === '0') && !/(^|\/)\._/.test(name)) yield { name, bytes: bytes.subarray(start, start + size) };
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
}
