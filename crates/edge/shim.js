// The entry of the Worker. A panic aborts the WASM instance: what it was doing never ends, and what it holds cannot be
// trusted any more. So every request that is under way fails at once, and the next one starts a fresh instance: one
// request's bug is not every later one's. `#[event(fetch)]` alone would leave the request hanging.
import * as worker from './mta_sts_edge.js';

const SENTENCE = 'This is a fault of this service, and says nothing about the domain. Try again in a moment.';

/** Fails each request that is under way. */
const underWay = new Set();
let aborted = false;

function note(error) {
  if (!(error instanceof WebAssembly.RuntimeError)) return;
  aborted = true;
  for (const fail of underWay) fail(error);
}

// A panic after the first `await` is nobody's to catch.
addEventListener('error', (event) => note(event.error));
addEventListener('unhandledrejection', (event) => note(event.reason));

function apology(request) {
  const headers = {
    'Cache-Control': 'no-store',
    'Access-Control-Allow-Origin': '*',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Strict-Transport-Security': 'max-age=31536000',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  };
  if (!new URL(request.url).pathname.startsWith('/api/')) {
    return new Response(SENTENCE, { status: 500, headers });
  }
  const problem = { type: 'about:blank', title: 'Internal Server Error', status: 500, detail: SENTENCE };
  headers['Content-Type'] = 'application/problem+json';
  return new Response(JSON.stringify(problem), { status: 500, headers });
}

export default {
  async fetch(request, env, context) {
    if (aborted) {
      worker.__wbg_reset_state();
      aborted = false;
    }
    let fail;
    const abort = new Promise((_, reject) => (fail = reject));
    underWay.add(fail);
    try {
      return await Promise.race([worker.fetch(request, env, context), abort]);
    } catch (error) {
      note(error);
      console.error(error);
      return apology(request);
    } finally {
      underWay.delete(fail);
    }
  },
};
