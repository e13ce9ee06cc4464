// The edge's stream of evidence, fetched and cut into lines. The futures that would do it in Rust weigh more.

/**
 * Gives each event of the stream to `take`, until that returns something: then this resolves to it. Where the API
 * answers something other than a stream, rejects with what `refuse` makes of the status and the body.
 */
export async function stream(url, { signal, fresh, answer }, take, refuse) {
  // Nothing in an answer depends on who asks.
  const request = { signal, credentials: 'omit', cache: fresh ? 'reload' : 'default', headers: { Accept: 'application/x-ndjson' } };
  const response = await (answer ?? fetch(url, request));
  if (!response.ok) throw refuse(response.status, await response.json().catch(() => null));
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new Error("The checker's answer broke off.");
    const lines = (text + decoder.decode(value, { stream: true })).split('\n');
    text = lines.pop();
    for (const line of lines) {
      const report = take(JSON.parse(line));
      if (report) return report;
    }
  }
}
