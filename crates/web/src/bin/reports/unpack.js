// Files as a person chooses them, each whole and unpacked: reports, archives of them, and mail that they are attached to.
// The browser itself unpacks, and the WASM need not.

import { gunzip, inflated, isGzip, TOO_LARGE } from './inflate.js';
import { attachments, isMail } from './mail.js';
import { files as tarred, isTar } from './tar.js';
import { entries, isZip } from './zip.js';

/** Files within others, in all: ten senders' reports of a year are fewer. */
const PARTS_LIMIT = 10_000;
/** A message that is forwarded, in an archive: three. */
const DEPTH_LIMIT = 4;
/** Bytes that are unpacked in vain before nothing more is, in multiples of what may be unpacked at all. */
const WASTE_LIMIT = 4;

/** Milliseconds after which the page gets its turn. */
const TURN_MS = 40;
/** Packed bytes up to which the script unpacks by itself; a stream of the browser's takes a millisecond to start. */
const SMALL = 64 * 1024;
/** The same where the browser's refused, since something stands behind the end. */
const MEDIUM = 4 * 1024 * 1024;

/**
 * Gives each file to `reader.take`, one after the other, and whatever it holds: its name, how many bytes it has, its bytes,
 * unpacked where they came packed and that could be done, and the domain that the mail around it names. `reader.refuse` is
 * told what could not be read, by a word. `reader.takenLeft` and `reader.unpackedLeft` say how many bytes there may still
 * be. `progress` is told how many files are done, now and then; a `signal` that is aborted ends the reading, and what was
 * read stays. Resolves to what `reader.finish` gives.
 */
export async function each(files, reader, { progress, signal } = {}) {
  const visit = new Visit(reader, signal);
  let done = 0;
  let turn = performance.now();
  for (const file of files) {
    if (signal?.aborted) break;
    const name = file.name ?? '';
    const size = file instanceof Blob ? file.size : file.bytes.byteLength;
    // The reader says that it is too much.
    if (size > reader.takenLeft()) reader.take(name, size, new Uint8Array(), '');
    else await visit.open(name, await given(file), { depth: 0, inArchive: false, domain: '' });
    done++;
    if (performance.now() - turn > TURN_MS) {
      progress?.(done);
      await nextTurn();
      turn = performance.now();
    }
  }
  return reader.finish();
}

/** Lets the page draw, and hear what is clicked. */
const nextTurn = () => new Promise((resolve) => { setTimeout(resolve); });

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

  #signal;
  #turn = performance.now();

  constructor(reader, signal) {
    this.#reader = reader;
    this.#signal = signal;
    this.#mayWaste = WASTE_LIMIT * reader.unpackedLeft();
  }

  /** Reads a file, or what it holds. `packed` is how many bytes it has where it lies. */
  async open(name, bytes, { depth, inArchive, domain }, packed = bytes?.length) {
    const { take, refuse } = this.#reader;
    if (!bytes) return refuse(name, 'unreadable');
    if (isGzip(bytes)) {
      const unpacked = await this.#gunzip(bytes);
      if (unpacked === TOO_LARGE) return refuse(name, this.#tooLarge());
      // What is damaged is still packed, which the reader then tells.
      if (!unpacked || !isTar(unpacked)) return take(name, packed, unpacked ?? bytes, domain);
      bytes = unpacked;
    }
    const [kind, parts] = isZip(bytes) ? ['zip', entries] : isTar(bytes) ? ['tar', tarred] : isMail(bytes) ? ['mail', attachments] : [];
    if (!kind) return take(name, packed, bytes, domain);
    const isArchive = kind !== 'mail';
    if (depth >= DEPTH_LIMIT || (isArchive && inArchive)) return refuse(name, 'too-deep');
    let found = false;
    for (const part of parts(bytes)) {
      if (this.#signal?.aborted) return;
      found = true;
      if (++this.#parts > PARTS_LIMIT) return refuse(name, 'too-many');
      const partName = part.name ? `${name}/${part.name}` : name;
      const within = { depth: depth + 1, inArchive: inArchive || isArchive, domain: part.domain || domain };
      if (part.trouble) refuse(partName, part.trouble);
      else await this.#part(partName, part, within);
      if (performance.now() - this.#turn > TURN_MS) {
        await nextTurn();
        this.#turn = performance.now();
      }
    }
    if (!found) refuse(name, isArchive ? 'nothing' : 'no-attachment');
  }

  async #part(name, { bytes, deflated }, within) {
    if (!deflated) return this.open(name, bytes, within);
    const unpacked = bytes.length <= SMALL ? this.#counted(inflated(bytes, this.#limit())) : await this.#unpack(bytes, 'deflate-raw');
    if (unpacked === TOO_LARGE) this.#reader.refuse(name, this.#tooLarge());
    else if (!unpacked) this.#reader.refuse(name, 'zip-broken');
    else await this.open(name, unpacked, within, bytes.length);
  }

  async #gunzip(bytes) {
    const unpacked = bytes.length <= SMALL ? undefined : await this.#unpack(bytes, 'gzip');
    return unpacked ?? (bytes.length <= MEDIUM ? this.#counted(gunzip(bytes, this.#limit())) : undefined);
  }

  /** How many bytes may still be unpacked; none once too many were in vain. */
  #limit() {
    return this.#wasted > this.#mayWaste ? 0 : this.#reader.unpackedLeft();
  }

  #counted(unpacked) {
    if (unpacked === TOO_LARGE) this.#wasted += this.#limit();
    return unpacked;
  }

  /** Whether it would be too large if it were alone. */
  #tooLarge() {
    return this.#reader.unpackedLeft() * WASTE_LIMIT >= this.#mayWaste ? 'one-too-large' : 'too-large';
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
