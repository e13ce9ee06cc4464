// The edge's stream of evidence, fetched and cut into lines. The futures that would do it in Rust weigh more.

/**
 * Gives each event of the stream to `take`, until that returns something: then this resolves to it. Where the API
 * answers something other than a stream, rejects with what `refuse` makes of the status and the body.
 */
export async function stream(url, signal, take, refuse) {
  // Nothing in an answer depends on who asks.
  const response = await fetch(url, { signal, credentials: 'omit', headers: { Accept: 'application/x-ndjson' } });
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
      const answer = take(JSON.parse(line));
      if (answer) return answer;
    }
  }
}
