// The runtime's own gzip, which the bindings do not offer.

/** What the bytes unpack to, as the body of an answer, so that it can be read a piece at a time. */
export function unpacking(bytes) {
  return new Response(new Response(bytes).body.pipeThrough(new DecompressionStream('gzip')));
}
