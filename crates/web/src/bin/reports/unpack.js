// Files as a person chooses them, each whole and unpacked: the browser has gzip, and the WASM need not.

/** How gzip begins (RFC 1952 §2.3.1). */
const isPacked = (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * Gives each file to `take`, one after the other: its name, how many bytes it has, and its bytes, unpacked where they
 * came packed and that could be done. `left` says how many unpacked bytes there may still be: of more, one byte over
 * that is given. Resolves to what `finish` gives.
 */
export async function each(files, left, take, finish) {
  for (const file of files) {
    const given = file instanceof Blob ? await file.arrayBuffer() : file.bytes;
    const bytes = given instanceof Uint8Array ? given : new Uint8Array(given);
    take(file.name ?? '', bytes.length, isPacked(bytes) ? await unpack(bytes, left()) : bytes);
  }
  return finish();
}

/** The bytes unpacked; as they are where they are damaged, which the reader then tells. */
async function unpack(bytes, limit) {
  const chunks = [];
  let length = 0;
  try {
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
    while (length <= limit) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      length += value.length;
    }
    // What is over the limit is not unpacked.
    if (length > limit) reader.cancel().catch(() => {});
  } catch {
    return bytes;
  }
  const unpacked = new Uint8Array(Math.min(length, limit + 1));
  let at = 0;
  for (const chunk of chunks) {
    unpacked.set(chunk.subarray(0, unpacked.length - at), at);
    at += Math.min(chunk.length, unpacked.length - at);
  }
  return unpacked;
}
