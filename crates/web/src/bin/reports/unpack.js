// Files as a person chooses them, each whole and unpacked: reports, archives of them, and mail that they are attached to.
// The browser itself unpacks, and the WASM need not.

import { attachments, isMail } from './mail.js';
import { entries, isZip } from './zip.js';

/** Files within others, in all: ten senders' reports of a year are fewer. */
const PARTS_LIMIT = 10_000;
/** A message that is forwarded, in an archive: three. */
const DEPTH_LIMIT = 4;
/** Bytes that are unpacked in vain before nothing more is, in multiples of what may be unpacked at all. */
const WASTE_LIMIT = 4;

/** How gzip begins (RFC 1952 §2.3.1). */
const isGzip = (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * Gives each file to `reader.take`, one after the other, and whatever it holds: its name, how many bytes it has, and its
 * bytes, unpacked where they came packed and that could be done. `reader.refuse` is told what could not be read, by a
 * word. `reader.takenLeft` and `reader.unpackedLeft` say how many bytes there may still be. Resolves to what
 * `reader.finish` gives.
 */
export async function each(files, reader) {
  const visit = new Visit(reader);
  for (const file of files) {
    const name = file.name ?? '';
    const size = file instanceof Blob ? file.size : file.bytes.byteLength;
    // The reader says that it is too much.
    if (size > reader.takenLeft()) reader.take(name, size, new Uint8Array());
    else await visit.open(name, await given(file), { depth: 0, inZip: false });
  }
  return reader.finish();
}

/** The bytes of a file; nothing where the browser cannot read it. */
async function given(file) {
  if (!(file instanceof Blob)) return file.bytes instanceof Uint8Array ? file.bytes : new Uint8Array(file.bytes);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return undefined;
  }
}

class Visit {
  #reader;
  #parts = 0;
  #wasted = 0;
  #mayWaste;

  constructor(reader) {
    this.#reader = reader;
    this.#mayWaste = WASTE_LIMIT * reader.unpackedLeft();
  }

  /** Reads a file, or what it holds. `packed` is how many bytes it has where it lies. */
  async open(name, bytes, { depth, inZip }, packed = bytes?.length) {
    const { take, refuse } = this.#reader;
    if (!bytes) return refuse(name, 'unreadable');
    const zip = isZip(bytes);
    if (!zip && !isMail(bytes)) {
      if (!isGzip(bytes)) return take(name, packed, bytes);
      const unpacked = await this.#unpack(bytes, 'gzip');
      // What is damaged is still packed, which the reader then tells.
      return unpacked === TOO_LARGE ? refuse(name, 'too-large') : take(name, packed, unpacked ?? bytes);
    }
    if (depth >= DEPTH_LIMIT || (zip && inZip)) return refuse(name, 'too-deep');
    const within = { depth: depth + 1, inZip: inZip || zip };
    let found = false;
    for (const part of zip ? entries(bytes) : attachments(bytes)) {
      found = true;
      if (++this.#parts > PARTS_LIMIT) return refuse(name, 'too-many');
      const partName = part.name ? `${name}/${part.name}` : name;
      if (part.trouble) refuse(partName, part.trouble);
      else await this.#part(partName, part, within);
    }
    if (!found) refuse(name, 'nothing');
  }

  async #part(name, { bytes, deflated }, within) {
    if (!deflated) return this.open(name, bytes, within);
    const unpacked = await this.#unpack(bytes, 'deflate-raw');
    if (unpacked === TOO_LARGE) this.#reader.refuse(name, 'too-large');
    else if (!unpacked) this.#reader.refuse(name, 'zip-broken');
    else await this.open(name, unpacked, within, bytes.length);
  }

  /** The bytes unpacked; nothing where they are damaged, `TOO_LARGE` where there are more than may be. */
  async #unpack(bytes, format) {
    const limit = this.#reader.unpackedLeft();
    if (this.#wasted > this.#mayWaste) return TOO_LARGE;
    const chunks = [];
    let length = 0;
    try {
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)).getReader();
      for (;;) {
        const { done, value } = await stream.read();
        if (done) break;
        length += value.length;
        if (length > limit) {
          this.#wasted += length;
          stream.cancel().catch(() => {});
          return TOO_LARGE;
        }
        chunks.push(value);
      }
    } catch {
      this.#wasted += length;
      return undefined;
    }
    const unpacked = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      unpacked.set(chunk, at);
      at += chunk.length;
    }
    return unpacked;
  }
}

const TOO_LARGE = Symbol('too large');
