// The Worker's memory over many checks: what is in use must stay level, and all that it ever took within bounds. `CHECKS` says how many; `cargo xtask bench memory` makes 10,000.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { Cloudflare } from "./internet.mjs";

const CHECKS = Number(process.env.CHECKS ?? 1000);
/** How often memory is looked at. */
const PARTS = 10;
const AT_ONCE = 16;
/** Checks that begin it, with the largest policies that are read: nothing later needs more at a time. */
const WARM_UP = AT_ONCE;
/** What more may be in use at the end, in bytes: a check that left something behind, a hundred bytes each, would be seen. */
const MORE = 64 * 1024;
/**
 * Most that WASM may have after any number of checks, in bytes: 8 MiB of answers that are kept, what a check takes, and the holes
 * between them, since answers of all lengths come and go.
 */
const CHECKED_LIMIT = 24 * 1024 * 1024;
/** How long a check can still be at work whose client left, and how long what it found is kept, in milliseconds. */
const AT_WORK = 12_000;
const KEPT = 61_000;
/** The table of objects grows by so many: once more, where chance has had more checks at work at a time. */
const STEP = 1024;
/** The last digit of the number of a domain whose policy is too long to be read whole. */
const LARGE = 6;

const around = {
  // No instance of WebAssembly is made unseen.
  before: `
    let exports;
    WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
      construct(target, args) {
        const instance = new target(...args);
        ({ exports } = instance);
        return instance;
      },
    });
    let later = 0;
    const { now } = Date;
    Date.now = () => now() + later;
  `,
  entry: `
    export default {
      fetch(request, env, context) {
        const { pathname } = new URL(request.url);
        if (pathname === "/later") {
          later += ${KEPT};
          return new Response();
        }
        if (pathname === "/in-use") {
          // What is free is what can be had before memory grows: in small pieces, so that the holes between others count too.
          const size = 56;
          const taken = [];
          const bytes = exports.memory.buffer.byteLength;
          while (exports.memory.buffer.byteLength === bytes) taken.push(exports.__wbindgen_malloc(size, 1));
          for (const at of taken) exports.__wbindgen_free(at, size, 1);
          return Response.json(bytes - taken.length * (size + 8));
        }
        if (pathname !== "/memory") return index_default.fetch(request, env, context);
        return Response.json({ bytes: exports.memory.buffer.byteLength, objects: exports.__wbindgen_externrefs.length });
      },
    };
  `,
};

/**
 * The internet, as a Worker beside it, so that ten thousand checks take minutes: a resolver that fails one query in fifty, and
 * policy hosts that do by the number of their domain what an attacker would have them do.
 */
const INTERNET = `
  const TYPES = { 1: "A", 2: "NS", 15: "MX", 16: "TXT" };
  const bytes = (text) => [...new TextEncoder().encode(text)];
  const name = (dotted) => [...dotted.split(".").flatMap((label) => [label.length, ...bytes(label)]), 0];
  const string = (text) => [text.length, ...bytes(text)];
  let queries = 0;

  function resolve(query) {
    const labels = [];
    let at = 12;
    while (query[at] > 0) {
      labels.push(new TextDecoder().decode(query.subarray(at + 1, at + 1 + query[at])));
      at += query[at] + 1;
    }
    const type = query[at + 2];
    const domain = labels.slice(-2).join(".");
    const data = {
      ["TXT _mta-sts." + domain]: string("v=STSv1; id=20261101T000000;"),
      ["A mta-sts." + domain]: [192, 0, 2, 10],
      ["MX " + domain]: [0, 10, ...name("mx1." + domain)],
      ["A mx1." + domain]: [192, 0, 2, 25],
      ["TXT _smtp._tls." + domain]: string("v=TLSRPTv1; rua=mailto:reports@" + domain),
      ["NS " + domain]: name("ns1." + domain),
    }[TYPES[type] + " " + labels.join(".")];
    const fails = ++queries % 50 === 0;
    const answer = data && !fails ? [0xc0, 12, 0, type, 0, 1, 0, 0, 14, 16, 0, data.length, ...data] : [];
    const head = [0, 0, 0x81, fails ? 0x82 : 0x80, 0, 1, 0, answer.length && 1, 0, 0, 0, 0];
    const message = new Uint8Array([...head, ...query.subarray(12, at + 5), ...answer]);
    return new Response(message, { headers: { "Content-Type": "application/dns-message" } });
  }

  async function policy(host) {
    const domain = host.split(".").slice(-2).join(".");
    const number = Number(domain.match(/[0-9]+/)[0]);
    if (number % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 20_000));
    if (number % 10 === ${LARGE}) return new Response("x".repeat(1024 * 1024));
    if (number % 10 === 7) return new Response("", { status: 526 });
    if (number % 10 === 8) return new Response("Not found", { status: 404 });
    if (number % 10 === 9) throw new Error("Network connection lost.");
    const text = "version: STSv1\\nmode: enforce\\nmx: mx1." + domain + "\\nmax_age: 1209600\\n";
    return new Response(text, { headers: { "Content-Type": "text/plain" } });
  }

  export default {
    async fetch(request) {
      if (request.method === "POST") return resolve(new Uint8Array(await request.arrayBuffer()));
      return policy(new URL(request.url).hostname);
    },
    // The look at a certificate: some bytes come, and the host hangs up.
    async connect(socket) {
      await socket.readable.getReader().read();
      const writer = socket.writable.getWriter();
      await writer.write(new Uint8Array([21, 3, 3, 0, 2, 2, 40]));
      await writer.close();
    },
  };
`;

let cloudflare;

/** One check, in one of its forms; one in ten is left before it is over. */
async function check(number, fetch, leave) {
  const domain = `memory-${number}.com`;
  const stream = { Accept: "application/x-ndjson" };
  const [path, headers] = [
    [`/api/v1/check?domain=${domain}`, {}],
    [`/api/v1/check?domain=${domain}`, stream],
    [`/check?domain=${domain}`, {}],
    [`/badge/${domain}.svg`, {}],
    [`/api/v1/evidence?domain=${domain}`, stream],
    [`/api/v1/advice?domain=${domain}&goal=roll-out`, {}],
  ][number % 6];
  if (number % 10 === 3) return leave(path, number % 40, headers).then((response) => response.text());
  const response = await fetch(path, headers);
  const body = await response.text();
  assert.equal(response.status, 200, `${path}: ${body}`);
}

before(async () => (cloudflare = await Cloudflare.start({ workers: 1, around, internet: INTERNET })));
after(() => cloudflare.stop());

test(`memory is level over ${CHECKS} checks, failed and abandoned ones among them`, { timeout: 3_600_000 }, async () => {
  await cloudflare.crowd(undefined, async (fetch, leave) => {
    const look = async (checks) => {
      const memory = await (await fetch("/memory")).json();
      console.log(`after ${String(checks).padStart(6)} checks: ${memory.bytes / 1024} KiB of memory, room for ${memory.objects} objects`);
      return memory;
    };
    // Once all that was kept is let go, as it is by the next check.
    const inUse = async () => {
      await sleep(AT_WORK);
      await fetch("/later");
      await check(CHECKS * 20, fetch, leave);
      await sleep(2000);
      const bytes = await (await fetch("/in-use")).json();
      console.log(`${String(bytes / 1024).padStart(24)} KiB of it in use`);
      return bytes;
    };
    await Promise.all(Array.from({ length: WARM_UP }, (_, number) => check(CHECKS * 10 + number * 10 + LARGE, fetch, leave)));
    await look(0);
    const seen = [];
    let usedByHalf;
    for (let part = 0; part < PARTS; part += 1) {
      let next = Math.floor((part * CHECKS) / PARTS);
      const end = Math.floor(((part + 1) * CHECKS) / PARTS);
      const work = async () => {
        while (next < end) await check(next++, fetch, leave);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      seen.push(await look(end));
      if (part === PARTS / 2 - 1) usedByHalf = await inUse();
    }
    const used = await inUse();
    assert.ok(used <= usedByHalf + MORE, `nothing is left behind: ${used} bytes are in use, and by half ${usedByHalf} were`);
    const [warm, last] = [seen[PARTS / 2 - 1], seen.at(-1)];
    assert.ok(last.bytes <= CHECKED_LIMIT, `${last.bytes} bytes`);
    assert.ok(last.objects <= warm.objects + STEP, "nor has the table of what JavaScript holds for it");
  });
});

/** Most that WASM may have, in bytes: an isolate has 128 MiB for all. */
const LIMIT = 64 * 1024 * 1024;

const report = (number, policies) => `{"organization-name":"Sender","report-id":"r${number}","contact-info":"a@b.com",
"date-range":{"start-datetime":"2026-11-20T00:00:00Z","end-datetime":"2026-11-20T23:59:59Z"},"policies":[${policies}]}\n`;
const policy = (failures) => `{"policy":{"policy-type":"sts","policy-domain":"shop.com"},"summary":{"total-successful-session-count":1,
"total-failure-session-count":1},"failure-details":[${failures}]}`;
const MB = 1024 * 1024;
/** What is read of a file at most, unpacked, and how many reports, policies and failures of it: as core has it for the service. */
const UNPACKED = 8 * MB;
const ROWS = 50_000;
/** As much as is read, but for what begins and ends it. */
const FULL = UNPACKED - 4096;
const many = (text, bytes) => text.repeat(Math.ceil(bytes / text.length));
const list = (text, bytes) => many(`${text},`, bytes).slice(0, -1);
const failures = Array.from({ length: 2000 }, (_, number) => `{"result-type":"cause-${number}","receiving-mx-hostname":"mx${number}.shop.com"}`).join();

/** Bytes of no character in UTF-8: each is read as one of three. */
const FOREIGN = (bytes) => "\xff".repeat(bytes);
const latin1 = (text) => gzipSync(Buffer.from(text, "latin1"));

/** Every kind of request, at its worst: as many bytes as are read, and what they unpack to. */
const REQUESTS = {
  "blanks, packed": ["reports", gzipSync(" ".repeat(33 * MB))],
  "reports, packed": ["reports", gzipSync(many(report(1, policy("")), 33 * MB))],
  "reports within the limit": ["reports", gzipSync(many(report(1, policy("")), FULL))],
  "other reports within the limit": ["reports", gzipSync(Array.from({ length: 20_000 }, (_, number) => report(number, policy(""))).join(""))],
  "failures within the limit": ["reports", gzipSync(report(1, list(policy(failures), FULL)))],
  "the smallest failures": ["reports", gzipSync(report(1, list(policy(list("{}", 6000)), FULL)))],
  "the smallest policies": ["reports", gzipSync(many(report(1, many("{},", 3 * 900).slice(0, -1)), 200_000))],
  "the smallest reports": ["reports", gzipSync(`${many('{"policies":0}', 14 * (ROWS - 10))}${" ".repeat(FULL - 14 * ROWS)}`)],
  "bytes that are no text": ["reports", latin1(report(1, list(policy(many(`{"receiving-mx-helo":"${FOREIGN(85)}","failure-reason-code":"${FOREIGN(341)}"},`, MB / 2).slice(0, -1)), FULL)))],
  "policies that are no text": ["reports", latin1(report(1, list(`{"policy":{"policy-type":"sts","policy-domain":"${FOREIGN(85)}","policy-string":[${list(`"mx: ${FOREIGN(330)}"`, 1300)}]}}`, FULL)))],
  "names that are no text": ["reports", latin1(many(`{"organization-name":"${FOREIGN(85)}","report-id":"${FOREIGN(85)}","contact-info":"${FOREIGN(85)}"}`, FULL))],
  "a long name for every policy": ["reports", gzipSync(many(report(1, `{"policy":{"policy-domain":"${"é.".repeat(85)}"}},${list("{}", 2700)}`), FULL))],
  "names in another alphabet": ["reports", gzipSync(report(1, list(policy(list(`{"receiving-mx-hostname":"${"é.".repeat(85)}"}`, MB / 2)), FULL)))],
  "two bytes a character": ["reports", gzipSync(Buffer.from(report(1, list(policy(list(`{"additional-information":"${"\u4e2d".repeat(340)}"}`, MB / 2)), FULL / 2)), "utf16le"))],
  "brackets": ["reports", gzipSync("[".repeat(FULL))],
  "a name": ["reports", gzipSync(`{"organization-name":"${"a".repeat(FULL)}"}`)],
  "a report that is not packed": ["reports", many(report(1, policy("")), 4 * MB - 1000)],
  "a report that is too long": ["reports", " ".repeat(5 * MB)],
  "a policy": ["lint/policy", many("mx: a.example\r", 256 * 1024 - 20)],
  "a record": ["lint/record", `v=STSv1;${many("a;", 256 * 1024 - 20)}`],
  "a TLS-RPT record": ["lint/tlsrpt", `v=TLSRPTv1;rua=https://a.example/x${many(";a", 256 * 1024 - 50)}`],
  "evidence": ["evaluate", JSON.stringify({
    domain: "shop.com",
    checked_at: "2026-11-24T09:30:00Z",
    observations: [{
      lookup: { policy: { host: "mta-sts.shop.com" } },
      outcome: { response: { status: 200, content_type: "text/plain", body: many("mx: a.example\n", 200 * 1024) } },
    }],
  })],
};

test("no kind of request makes it grow for good", { timeout: 600_000 }, async () => {
  const own = await Cloudflare.start({ workers: 1, around, internet: INTERNET });
  try {
    await own.crowd(undefined, async (fetch) => {
      const bytes = async () => (await (await fetch("/memory")).json()).bytes;
      const send = async ([path, body]) => {
        const response = await fetch(`/api/v1/${path}`, {}, body);
        const text = await response.text();
        assert.ok([200, 400, 413].includes(response.status), `${path}: ${response.status} ${text.slice(0, 200)}`);
      };
      for (const [kind, request] of Object.entries(REQUESTS)) {
        await send(request);
        const now = await bytes();
        console.log(`${kind.padEnd(32)} ${(now / MB).toFixed(1).padStart(6)} MiB of WASM`);
        assert.ok(now <= LIMIT, `${kind}: ${now / MB} MiB`);
      }
      const reports = Object.values(REQUESTS).filter(([path]) => path === "reports");
      for (let first = 0; first < reports.length; first += 8) {
        await Promise.all(reports.slice(first, first + 8).map(send));
        const now = await bytes();
        console.log(`${"eight at once".padEnd(32)} ${(now / MB).toFixed(1).padStart(6)} MiB of WASM`);
        assert.ok(now <= LIMIT, `eight at once: ${now / MB} MiB`);
      }
    });
  } finally {
    await own.stop();
  }
});
