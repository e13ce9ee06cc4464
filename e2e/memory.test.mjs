// The Worker's memory over many checks: it must stay level. `CHECKS` says how many; `cargo xtask bench memory` makes 10,000.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Cloudflare, answers, dns, question } from "./internet.mjs";

const CHECKS = Number(process.env.CHECKS ?? 1000);
/** How often memory is looked at; the first of these parts is the warm-up. */
const PARTS = 10;
const AT_ONCE = 16;
/** Longer than a check may take: what was left behind has ended. */
const SETTLED_MS = 9000;

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
  `,
  entry: `
    export default {
      fetch(request, env, context) {
        if (new URL(request.url).pathname !== "/memory") return index_default.fetch(request, env, context);
        return Response.json({ bytes: exports.memory.buffer.byteLength, objects: exports.__wbindgen_externrefs.length });
      },
    };
  `,
};

const policyOf = (domain) => `version: STSv1\nmode: enforce\nmx: mx1.${domain}\nmax_age: 1209600\n`;
const text = (status, body) => answers.response(status, { "Content-Type": "text/plain" }, body);

/** What a policy host does, by the number of its domain: now and then what an attacker would have it do. */
function policyHost(number, domain) {
  if (number % 100 === 99) return answers.silence();
  switch (number % 10) {
    case 6: return text(200, "x".repeat(1024 * 1024));
    case 7: return text(526, "");
    case 8: return text(404, "Not found\n");
    case 9: return answers.reset("version");
    default: return text(200, policyOf(domain));
  }
}

/** A resolver that fails one query in fifty. */
function resolver(exchange) {
  const [{ type, name }] = question(exchange).questions;
  resolver.asked = (resolver.asked ?? 0) + 1;
  if (resolver.asked % 50 === 0) return dns({ rcode: 2 });
  const domain = name.split(".").slice(-2).join(".");
  const data = {
    [`TXT _mta-sts.${domain}`]: ["v=STSv1; id=20261101T000000;"],
    [`A mta-sts.${domain}`]: ["192.0.2.10"],
    [`MX ${domain}`]: [{ preference: 10, exchange: `mx1.${domain}` }],
    [`A mx1.${domain}`]: ["192.0.2.25"],
    [`TXT _smtp._tls.${domain}`]: [`v=TLSRPTv1; rua=mailto:reports@${domain}`],
    [`NS ${domain}`]: [`ns1.${domain}`],
  }[`${type} ${name}`];
  return data ? dns({ records: data.map((one) => ({ type, data: one })) }) : dns();
}

let cloudflare;

const internet = (exchange) => {
  if (exchange.url === cloudflare.dohEndpoint) return resolver(exchange);
  // The look at a certificate: nothing comes, and the host hangs up.
  if (exchange.url.startsWith("tcp:")) return answers.response(200);
  const { hostname } = new URL(exchange.url);
  const domain = hostname.split(".").slice(-2).join(".");
  return policyHost(Number(domain.match(/\d+/)[0]), domain);
};

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

before(async () => (cloudflare = await Cloudflare.start({ workers: 1, around })));
after(() => cloudflare.stop());

test(`memory is level over ${CHECKS} checks, broken, refused and abandoned ones among them`, { timeout: 3_600_000 }, async () => {
  await cloudflare.crowd(internet, async (fetch, leave) => {
    const seen = [];
    for (let part = 0; part < PARTS; part += 1) {
      let next = (part * CHECKS) / PARTS;
      const end = next + CHECKS / PARTS;
      const work = async () => {
        while (next < end) await check(next++, fetch, leave);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      if (part === 0 || part === PARTS - 1) await sleep(SETTLED_MS);
      const memory = await (await fetch("/memory")).json();
      seen.push(memory);
      console.log(`after ${String(end).padStart(6)} checks: ${memory.bytes / 1024} KiB of memory, room for ${memory.objects} objects`);
    }
    const [warm, last] = [seen[0], seen.at(-1)];
    assert.ok(last.bytes <= warm.bytes, "the memory has not grown since the warm-up");
    assert.ok(last.objects <= warm.objects, "nor has the table of what JavaScript holds for it");
  });
});
