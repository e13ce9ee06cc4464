// A body, read in few large pieces. A host may send it a byte at a time: each piece that comes to WebAssembly by itself costs
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
