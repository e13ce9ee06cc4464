// Unpacks deflate (RFC 1951) and gzip (RFC 1952). The browser's own streams do too, at a millisecond for each file, and
// refuse a file with anything behind its end.

/** Thrown where the data ends too early or cannot be. */
const BROKEN = Symbol('broken');
/** Returned where there is more than may be. */
export const TOO_LARGE = Symbol('too large');

/** How gzip begins. */
export const isGzip = (bytes, at = 0) => bytes[at] === 0x1f && bytes[at + 1] === 0x8b;

/** What a gzip file holds, all of its members one after the other; what stands behind them is left out. Nothing where it is damaged. */
export function gunzip(bytes, limit) {
  let unpacked;
  let at = 0;
  while (isGzip(bytes, at)) {
    const member = caught(() => one(bytes, at, limit - (unpacked?.length ?? 0)));
    if (member === TOO_LARGE) return TOO_LARGE;
    if (!member) return unpacked;
    unpacked = unpacked ? joined(unpacked, member.bytes) : member.bytes;
    at = member.end;
  }
  return unpacked;
}

/** What a stream of deflate holds; nothing where it is damaged. */
export function inflated(bytes, limit) {
  const stream = caught(() => inflate(bytes, 0, limit));
  return stream === TOO_LARGE ? TOO_LARGE : stream?.bytes;
}

function caught(read) {
  try {
    return read();
  } catch (thrown) {
    if (thrown === TOO_LARGE) return TOO_LARGE;
    if (thrown === BROKEN) return undefined;
    throw thrown;
  }
}

function joined(one, other) {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** One member: its bytes, and where it ends. */
function one(bytes, start, limit) {
  const flags = bytes[start + 3];
  let at = start + 10;
  if (flags & 4) at += 2 + bytes[at] + (bytes[at + 1] << 8);
  // A name and a comment end with a zero.
  for (const flag of [8, 16]) if (flags & flag) at = bytes.indexOf(0, at) + 1 || bytes.length;
  if (flags & 2) at += 2;
  const { bytes: unpacked, end } = inflate(bytes, at, limit);
  const told = (from) => (bytes[from] | (bytes[from + 1] << 8) | (bytes[from + 2] << 16) | (bytes[from + 3] << 24)) >>> 0;
  if (end + 8 > bytes.length || told(end) !== crc(unpacked) || told(end + 4) !== unpacked.length >>> 0) throw BROKEN;
  return { bytes: unpacked, end: end + 8 };
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte >>> 0;
});

function crc(bytes) {
  let sum = -1;
  for (let at = 0; at < bytes.length; at++) sum = CRC[(sum ^ bytes[at]) & 255] ^ (sum >>> 8);
  return ~sum >>> 0;
}

/** Lengths and distances: the first value of each symbol, and how many bits follow it. */
const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const WINDOW = 32_768;

/** How many codes there are of each length, and the symbols in the order of their codes. */
function codes(lengths) {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length]++;
  counts[0] = 0;
  const next = new Uint16Array(16);
  for (let length = 1; length < 15; length++) next[length + 1] = next[length] + counts[length];
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => { if (length) symbols[next[length]++] = symbol; });
  return { counts, symbols };
}

const FIXED = [codes(Array.from({ length: 288 }, (_, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8))), codes(Array(30).fill(5))];

function inflate(input, start, limit) {
  let output = new Uint8Array(Math.min(limit, Math.max(1024, 6 * (input.length - start))));
  let length = 0;
  let at = start;
  let held = 0;
  let count = 0;

  function bits(wanted) {
    while (count < wanted) {
      if (at >= input.length) throw BROKEN;
      held |= input[at++] << count;
      count += 8;
    }
    const value = held & ((1 << wanted) - 1);
    held >>>= wanted;
    count -= wanted;
    return value;
  }

  function symbol({ counts, symbols }) {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let size = 1; size < 16; size++) {
      if (count === 0) {
        if (at >= input.length) throw BROKEN;
        held = input[at++];
        count = 8;
      }
      code |= held & 1;
      held >>>= 1;
      count--;
      if (code - counts[size] < first) return symbols[index + code - first];
      index += counts[size];
      first = (first + counts[size]) << 1;
      code <<= 1;
    }
    throw BROKEN;
  }

  function room(more) {
    if (length + more <= output.length) return;
    if (length + more > limit) throw TOO_LARGE;
    const larger = new Uint8Array(Math.min(limit, Math.max(length + more, 2 * output.length)));
    larger.set(output);
    output = larger;
  }

  function trees() {
    const [literals, distances, order] = [bits(5) + 257, bits(5) + 1, bits(4) + 4];
    const sizes = Array(19).fill(0);
    for (let index = 0; index < order; index++) sizes[CODE_ORDER[index]] = bits(3);
    const tree = codes(sizes);
    const all = [];
    while (all.length < literals + distances) {
      const size = symbol(tree);
      if (size < 16) {
        all.push(size);
        continue;
      }
      if (size === 16 && all.length === 0) throw BROKEN;
      const repeated = size === 16 ? all[all.length - 1] : 0;
      for (let times = size === 16 ? 3 + bits(2) : size === 17 ? 3 + bits(3) : 11 + bits(7); times > 0; times--) all.push(repeated);
    }
    return [codes(all.slice(0, literals)), codes(all.slice(literals, literals + distances))];
  }

  for (let last = false; !last;) {
    last = bits(1) === 1;
    const kind = bits(2);
    if (kind === 0) {
      held = count = 0;
      const size = input[at] | (input[at + 1] << 8);
      at += 4;
      if (!(at + size <= input.length)) throw BROKEN;
      room(size);
      output.set(input.subarray(at, at + size), length);
      length += size;
      at += size;
      continue;
    }
    if (kind === 3) throw BROKEN;
    const [literals, distances] = kind === 1 ? FIXED : trees();
    for (let read = symbol(literals); read !== 256; read = symbol(literals)) {
      if (read < 256) {
        room(1);
        output[length++] = read;
        continue;
      }
      if (read > 285) throw BROKEN;
      const size = LENGTHS[read - 257] + bits(LENGTH_BITS[read - 257]);
      const code = symbol(distances);
      if (code > 29) throw BROKEN;
      const distance = DISTANCES[code] + bits(DISTANCE_BITS[code]);
      if (distance > Math.min(length, WINDOW)) throw BROKEN;
      room(size);
      for (const end = length + size; length < end; length++) output[length] = output[length - distance];
    }
  }
  return { bytes: output.subarray(0, length), end: at };
}
