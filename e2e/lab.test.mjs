// What the Worker asked and fetched in the lab's internet, after every scenario was checked: by the logs of its servers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import { TRIES } from "./smuggling.mjs";

const { BASE_URL: base, LAB_DIR: lab } = process.env;
assert.ok(base && lab, "BASE_URL names the running server, and LAB_DIR the lab");

/** The lines of a log, each in words, without its time. */
const log = (name) => readFileSync(join(lab, name), "utf8").split("\n").filter(Boolean).map((line) => line.split(" ").slice(1));
/** Whoever goes inside on his way to these is sent there by a resolver of its own. */
const REBOUND = "mta-sts.rebound-inwards.com";
const ask = (path, init) => fetch(base + path, { redirect: "manual", ...init });
const fresh = (domain) => ask(`/api/v1/check?domain=${domain}`, { headers: { "Cache-Control": "no-cache" } });

describe("no way in", () => {
  test("what is refused is not looked up, nor anything on its account", async () => {
    const before = [log("queries.log").length, log("fetches.log").length, log("canary.log").length];
    for (const [about, query] of TRIES) {
      const answer = await ask(`/api/v1/check?${query}`, { headers: { "Cache-Control": "no-cache" } });
      await answer.text();
      assert.ok([200, 400, 404].includes(answer.status), about);
    }
    assert.deepEqual([log("queries.log").length, log("fetches.log").length, log("canary.log").length], before);
  });

  test("a domain in another spelling is that domain, and nothing else is asked for", async () => {
    for (const typed of ["well-unsigned.com.", "WELL-UNSIGNED.com", "ｗｅｌｌ-unsigned。com", "well\u00ad-unsigned.com", "%77ell-unsigned.com"]) {
      const before = log("queries.log").length;
      const answer = await fresh(typed.includes("%") ? typed : encodeURIComponent(typed));
      assert.equal((await answer.json()).domain, "well-unsigned.com", typed);
      const asked = log("queries.log").slice(before).map(([name]) => name);
      assert.ok(asked.length > 5, typed);
      for (const name of asked) assert.match(name, /(^|\.)well-unsigned\.com$|^com$/, typed);
    }
  });

  test("nobody comes to an address of the inside, but the one fetch that another resolver sends there", () => {
    // `wrangler dev` connects to where the system's resolver leads; on Cloudflare nothing private is reached.
    const visits = log("canary.log");
    assert.ok(visits.length <= 1, "the fetch, and no look at a certificate");
    for (const [address, port, name, request] of visits) {
      assert.deepEqual([address, port, name], ["127.0.0.1", "443", REBOUND]);
      assert.equal(request, undefined, "no request goes to a host that has no certificate for the name");
    }
  });

  test("nothing of the inside is told", async () => {
    const before = log("canary.log").length;
    const report = await (await fresh("rebound-inwards.com")).text();
    assert.doesNotMatch(report, /intranet|payroll/);
    assert.ok(log("canary.log").length - before <= 1);
  });

  test("no redirect is followed, and no host is asked for anything but a policy", () => {
    const counts = new Map();
    for (const [host, path] of log("fetches.log")) {
      if (host.startsWith("mta-sts.moved-")) counts.set(host, (counts.get(host) ?? 0) + 1);
      assert.ok(["/.well-known/mta-sts.txt", "/mta-sts.txt", "-"].includes(path), `${host} ${path}`);
    }
    assert.ok(counts.size >= 6);
    for (const [host, count] of counts) assert.equal(count, 1, host);
  });

  test("names that only the inside has are not asked for", () => {
    for (const [name] of log("queries.log")) assert.doesNotMatch(name, /(^|\.)(internal|local|localhost|arpa|test|invalid|onion)$/);
  });
});

describe("bounded", () => {
  const took = (host) => log("fetches.log").filter(([asked]) => asked === `mta-sts.${host}`).map((line) => Number(line.at(-1).replace("took-", "")));

  test("a body without end is let go", () => {
    // What fills the buffers of two sockets; the hosts would have sent 512 MiB.
    for (const host of ["body-never-ends.com", "body-of-nothing.com", "length-of-a-terabyte.com", "headers-never-end.com", "header-never-ends.com", "speaks-no-tls.com"]) {
      assert.ok(took(host).length > 0, host);
      for (const bytes of took(host)) assert.ok(bytes < 32 * 1024 * 1024, `${host}: ${bytes}`);
    }
  });

  test("no check makes more than 45 requests, however much there is to ask for", async () => {
    for (const domain of ["two-hundred-mail-hosts.com", "forty-aliases.com", "aliases-in-circles.com"]) {
      const before = [log("queries.log").length, log("fetches.log").length];
      await (await fresh(domain)).text();
      const requests = log("queries.log").length - before[0] + log("fetches.log").length - before[1];
      assert.ok(requests > 5 && requests <= 45, `${domain}: ${requests}`);
    }
  });

  test("a report of much is of a size to be read", async () => {
    for (const domain of ["record-of-a-book.com", "two-hundred-mail-hosts.com", "body-never-ends.com", "rude-texts.com"]) {
      const page = await (await ask(`/check?domain=${domain}`)).text();
      assert.ok(page.length < 400_000, `${domain}: ${page.length}`);
    }
  });
});

describe("text from outside", () => {
  const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

  for (const domain of ["rude-texts.com", "rude-resolver.com"]) {
    test(`${domain}: JSON, badge and page have no character that is obeyed`, async () => {
      for (const path of [`/api/v1/check?domain=${domain}`, `/api/v1/evidence?domain=${domain}`, `/api/v1/advice?domain=${domain}`, `/badge/${domain}.svg`, `/check?domain=${domain}`]) {
        const answer = await ask(path);
        assert.equal(answer.status, 200, path);
        const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await answer.arrayBuffer());
        assert.doesNotMatch(text, HIDDEN, path);
        if (path.startsWith("/api/")) JSON.parse(text);
      }
    });
  }

  test("escapes are how it is told, not what", async () => {
    const evidence = await (await ask("/api/v1/evidence?domain=rude-texts.com")).json();
    const record = evidence.observations.find(({ lookup }) => lookup.dns?.name === "_mta-sts.rude-texts.com").outcome.answer.records[0];
    assert.match(record.txt.join(""), /\u001b\[31m\u009b1m\u202e\u200b\u0000/);
  });
});
