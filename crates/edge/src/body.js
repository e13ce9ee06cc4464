// Bodies, read in few large pieces. A host may send it a byte at a time: each piece that comes to WebAssembly by itself costs
// time, and a Worker has little of it.

/** The first `limit` bytes of a stream, or all where it has fewer. The rest is not read, nor unpacked. */
export async function beginning(stream, limit) {
  const reader = stream.getReader({ mode: 'byob' });
  try {
    // Workers' own: it returns early only at the end of the stream.
    const { value } = await reader.readAtLeast(limit, new Uint8Array(limit));
    return value ?? new Uint8Array();
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * A stream, or undefined where it has more than `limit` bytes. The rest is passed over up to `most`: a client that sends before it
 * listens gets its answer.
 */
export async function whole(stream, limit, most) {
  const pieces = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length <= limit) pieces.push(value);
    else pieces.length = 0;
    if (length > most) {
      reader.cancel().catch(() => {});
      break;
    }
  }
  if (length > limit) return undefined;
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** One body at a time is unpacked: each takes as much memory as its limit. */
let unpackingUntil = 0;

/** The first `limit` bytes that something unpacks to, by the runtime's own gzip. Rejects where it is damaged. */
export async function unpacking(bytes, limit) {
  // Requests share no promise. One whose client left lets go of nothing, so the place is free again after a while.
  while (Date.now() < unpackingUntil) await new Promise((resolve) => setTimeout(resolve, 20));
  unpackingUntil = Date.now() + 2000;
  try {
    const { body } = new Response(new Response(bytes).body.pipeThrough(new DecompressionStream('gzip')));
    return await beginning(body, limit);
  } finally {
    unpackingUntil = 0;
  }
}
