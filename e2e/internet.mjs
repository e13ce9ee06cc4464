// The whole internet of Workers under test, on loopback, with the limits that Cloudflare sets to one incoming request and
// workerd alone does not: a seventh connection waits while six have no headers yet, and a fifty-first request is refused.
// A check that would stall or fail in production stalls or fails here.
// <https://developers.cloudflare.com/workers/platform/limits/>
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import dnsPacket from "dns-packet";
import { Miniflare, convertV4MiniflareOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions as optionsOf } from "wrangler";

/** Connections of one incoming request that may wait for headers at a time. */
export const CONNECTIONS = 6;
/** Requests that one incoming request may make, on the free plan. */
export const SUBREQUESTS = 50;
/** What the 51st throws. */
export const TOO_MANY = "Too many subrequests by single Worker invocation.";

/**
 * Between a Worker and its internet, which is in Node.js: only a Worker can make another's `fetch` throw, and only a Worker can
 * take what `connect()` opens, so that no socket leaves workerd either.
 */
const BORDER = `
  const relay = async (request) => {
    const response = await fetch(request, { redirect: "manual" });
    const thrown = response.headers.get("X-Throws");
    if (thrown !== null) throw new Error(decodeURIComponent(thrown));
    return response;
  };
  export default {
    fetch(request) {
      const relayed = new Request(request);
      relayed.headers.set("X-Url", request.url);
      return relay(relayed);
    },
    async connect(socket) {
      const { localAddress, remoteAddress } = await socket.opened;
      const hello = (await socket.readable.getReader().read()).value;
      const url = "tcp://" + (remoteAddress ?? localAddress);
      const flight = await relay(new Request("http://socket.invalid/", { method: "POST", body: hello, headers: { "X-Url": url } }));
      await flight.body.pipeTo(socket.writable);
    },
  };
`;

/**
 * A client that leaves after some milliseconds, whatever has come by then. workerd does not notice when one hangs up on it, but
 * when another Worker does: then it lets the request go as Cloudflare does, and goes on with what `waitUntil` was given.
 */
const LEAVER = `
  export default {
    async fetch(request, env) {
      const left = new AbortController();
      setTimeout(() => left.abort(), Number(request.headers.get("X-Leaves-After")));
      try {
        const response = await env.WORKER.fetch(request, { signal: left.signal });
        await new Promise((resolve) => left.signal.addEventListener("abort", resolve));
        await response.body.cancel();
      } catch {}
      return new Response();
    },
  };
`;

/** How a server answers; each is given the exchange, and may take its time. */
export const answers = {
  /** A response, at once. */
  response: (status, headers = {}, body = "") => (exchange) => {
    exchange.head(status, headers);
    exchange.end(body);
  },
  /** What the Worker's `fetch` throws, in place of a response. */
  thrown: (message) => (exchange) => exchange.throws(message),
  /** Nothing, ever. */
  silence: () => () => {},
  /** Another answer, some milliseconds later. */
  after: (milliseconds, answer) => async (exchange) => {
    await sleep(milliseconds);
    return answer(exchange);
  },
  /** The connection is torn down: before the head, or after the head and a part of the body. */
  reset: (part) => async (exchange) => {
    if (part !== undefined) {
      exchange.head(200, { "Content-Type": "text/plain", "Content-Length": "1000" });
      exchange.write(part);
      await sleep(50);
    }
    exchange.reset();
  },
  /** Headers and a part of the body, and then nothing. */
  stalled: (part = "") => (exchange) => {
    exchange.head(200, { "Content-Type": "text/plain" });
    exchange.write(part);
  },
  /** A body that never ends. */
  endless: (line) => async (exchange) => {
    exchange.head(200, { "Content-Type": "text/plain" });
    while (!exchange.closed && exchange.written < 64 * 1024 * 1024) await exchange.write(line.repeat(200));
  },
};

/** A request of a Worker, and the answer to it. */
class Exchange {
  written = 0;
  closed = false;
  #response;
  #hasHead;

  constructor(request, body, response, hasHead) {
    this.url = request.headers["x-url"];
    this.method = request.method;
    this.headers = request.headers;
    this.body = body;
    this.#response = response;
    this.#hasHead = hasHead;
    response.on("close", () => (this.closed = true));
    response.on("error", () => {});
  }

  head(status, headers) {
    if (this.closed) return;
    // workerd would ask again where a connection that it has used before is reset.
    this.#response.writeHead(status, { ...headers, Connection: "close" });
    this.#response.flushHeaders();
    this.#hasHead();
  }

  async write(bytes) {
    if (this.closed || bytes.length === 0) return;
    this.written += bytes.length;
    if (this.#response.write(bytes)) return;
    const taken = new AbortController();
    const either = ["drain", "close"].map((event) => once(this.#response, event, { signal: taken.signal }).catch(() => {}));
    await Promise.race(either);
    taken.abort();
  }

  end(bytes) {
    if (!this.closed) this.#response.end(bytes);
  }

  throws(message) {
    this.head(200, { "X-Throws": encodeURIComponent(message) });
    this.end("");
  }

  reset() {
    this.#response.socket?.resetAndDestroy();
    this.#hasHead();
  }
}

/** What one incoming request sees of the world, and what it did there. */
class Invocation {
  /** Every request, in the order in which it was made. */
  exchanges = [];
  /** The most connections that waited for headers at a time. */
  mostWaiting = 0;
  /** How many had to wait for another one's headers before they began, and the longest that one did, in milliseconds. */
  queued = 0;
  longestQueued = 0;
  /** Sockets that were opened. */
  sockets = [];
  #waiting = 0;
  #queue = [];
  #answer;
  #limits;

  /** `answer` says for an exchange how it is answered. Where many requests come in together, no one's limits are counted. */
  constructor(answer, limits = true) {
    this.#answer = answer;
    this.#limits = limits;
  }

  async take(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    let release = () => {};
    const exchange = new Exchange(request, Buffer.concat(chunks), response, () => release());
    if (!this.#limits) return this.#answer(exchange)(exchange);
    this.exchanges.push(exchange);
    if (exchange.url.startsWith("tcp:")) this.sockets.push(exchange.url);
    if (this.exchanges.length > SUBREQUESTS) return exchange.throws(TOO_MANY);
    if (this.#waiting >= CONNECTIONS) {
      this.queued += 1;
      const began = performance.now();
      await new Promise((resolve) => this.#queue.push(resolve));
      this.longestQueued = Math.max(this.longestQueued, performance.now() - began);
    }
    this.#waiting += 1;
    this.mostWaiting = Math.max(this.mostWaiting, this.#waiting);
    release = () => {
      release = () => {};
      this.#waiting -= 1;
      this.#queue.shift()?.();
    };
    // One that is given up, or was while it stood in the queue, waits no more.
    response.on("close", () => release());
    if (exchange.closed) return release();
    await this.#answer(exchange)(exchange);
  }
}

/** Workers under one workerd, each with an internet of its own. */
export class Cloudflare {
  #miniflare;
  #free = [];
  #asking = [];
  #clients = 0;

  /**
   * The Worker as it would be deployed, so many times over, with the bindings and variables of `wrangler.toml`; or a script, or
   * the Worker within other code, `around`: what runs `before` it begins, and then an `entry`, which knows it as `index_default`.
   * Their `internet` may be a script too, instead of what each is asked with.
   */
  static async start({ workers, script, around, internet, variables = {} }) {
    const self = new Cloudflare();
    const { workerOptions } = optionsOf("wrangler.toml", "");
    const { compatibilityDate } = workerOptions;
    const worker = script === undefined ? { ...workerOptions, ...deployed(around) } : { modules: true, script, compatibilityDate };
    self.dohEndpoint = workerOptions.bindings.DOH_ENDPOINT;
    const all = [];
    for (let number = 0; number < workers; number += 1) {
      const place = { name: `worker-${number}`, leaver: `leaver-${number}`, invocation: undefined };
      self.#free.push(place);
      all.push({ ...worker, bindings: { ...worker.bindings, ...variables }, name: place.name, outboundService: `border-${number}` });
      all.push({
        name: place.leaver,
        modules: true,
        script: LEAVER,
        compatibilityDate,
        serviceBindings: { WORKER: place.name },
      });
      all.push({
        name: `border-${number}`,
        modules: true,
        script: internet ?? BORDER,
        compatibilityDate,
        compatibilityFlags: ["experimental"],
        outboundService: {
          node: (request, response) => {
            assert.ok(place.invocation, `nothing was asked of ${place.name}`);
            return place.invocation.take(request, response);
          },
        },
      });
    }
    self.#miniflare = new Miniflare(convertV4MiniflareOptions({ host: "127.0.0.1", port: 0, cf: false, workers: all }));
    await self.#miniflare.ready;
    return self;
  }

  stop() {
    return this.#miniflare.dispose();
  }

  /** Asks a Worker that is free; `answer` is its internet. Gives the response, read, and what it did in that internet. */
  ask(path, answer, headers = {}) {
    return this.#with(new Invocation(answer), async (invocation, fetch) => {
      const began = performance.now();
      const response = await fetch(path, headers);
      const body = await response.text();
      return { status: response.status, body, took: performance.now() - began, invocation };
    });
  }

  /**
   * Has a Worker that is free asked as `use` likes, all in one internet: it is given a function that asks, or sends a
   * body, and another that asks and leaves after some milliseconds. Resolves to what `use` does.
   */
  crowd(answer, use) {
    return this.#with(new Invocation(answer, false), (_, fetch, leave) => use(fetch, leave));
  }

  async #with(invocation, use) {
    while (this.#free.length === 0) await new Promise((resolve) => this.#asking.push(resolve));
    const place = this.#free.pop();
    place.invocation = invocation;
    try {
      const [worker, leaver] = await Promise.all([place.name, place.leaver].map((name) => this.#miniflare.getWorker(name)));
      const ask = (whom, path, headers, body) => {
        this.#clients += 1;
        // Every client is another one, so that no limit of rate is met.
        const client = `2001:db8:0:${this.#clients.toString(16)}::1`;
        return whom.fetch(`https://check.invalid${path}`, {
          headers: { "CF-Connecting-IP": client, ...headers },
          ...(body === undefined ? {} : { method: "POST", body }),
        });
      };
      const leave = (path, after, headers) => ask(leaver, path, { "X-Leaves-After": String(after), ...headers });
      return await use(invocation, (path, headers, body) => ask(worker, path, headers, body), leave);
    } finally {
      this.#free.push(place);
      this.#asking.shift()?.();
    }
  }
}

/** What `wrangler deploy` would send, as `cargo xtask test deploy` writes it. */
function deployed(around) {
  const folder = "dist/deploy";
  // Files of an earlier build stay beside it.
  const script = readFileSync(`${folder}/index.js`, "utf8");
  const wasm = readdirSync(folder).filter((file) => file.endsWith(".wasm") && script.includes(file));
  const files = [["ESModule", "index.js"], ...wasm.map((file) => ["CompiledWasm", file])];
  const modules = files.map(([type, path]) => ({ type, path, contents: readFileSync(`${folder}/${path}`) }));
  if (around !== undefined) {
    const inner = script.replace(/export \{\s*index_default as default\s*\};/, "");
    assert.notEqual(inner, script, "the entry is in the Worker's place");
    modules[0].contents = [around.before, inner, around.entry].join("\n");
  }
  return { modules, modulesRoot: "/" };
}

/** The query in a DoH request. */
export const question = (exchange) => dnsPacket.decode(exchange.body);

/** A DoH answer: records, or that there are none, or that there is no such name. */
export function dns({ records = [], rcode = 0, flags = 0, status = 200, type = "application/dns-message", cut } = {}) {
  return (exchange) => {
    const { questions } = question(exchange);
    const answers = records.map((record) => ({ ttl: 3600, class: "IN", name: questions[0].name, ...record }));
    const message = dnsPacket.encode({
      type: "response",
      flags: dnsPacket.RECURSION_DESIRED | dnsPacket.RECURSION_AVAILABLE | flags | rcode,
      questions,
      answers,
    });
    return answersOf(status, type, message.subarray(0, cut))(exchange);
  };
}

const answersOf = (status, type, body) => answers.response(status, { "Content-Type": type }, body);
