// The Worker as a script sees it, under the real workerd and with no internet: worked examples, lints, bad input.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";

import { TRIES } from "./smuggling.mjs";

const base = process.env.BASE_URL;
assert.ok(base, "BASE_URL names the running server");

const ask = (path, init) => fetch(base + path, { redirect: "manual", ...init });
const json = async (path, init) => (await ask(path, init)).json();

async function problem(path, init, status, kind) {
  const response = await ask(path, init);
  assert.equal(response.status, status, path);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.equal(response.headers.get("access-control-allow-origin"), "*");
  const body = await response.json();
  assert.equal(body.type, `/problems/${kind}`);
  assert.equal(body.status, status);
  assert.ok(body.title.length > 0 && body.detail.length > 0);
  const page = await ask(body.type);
  assert.equal(page.status, 200, `${body.type} is documented`);
  return { body, response };
}

/** Characters that a terminal obeys, or that cannot be seen. */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

const events = async (path) => {
  const response = await ask(path, { headers: { Accept: "application/x-ndjson" } });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/x-ndjson");
  const text = await response.text();
  assert.ok(text.endsWith("\n"));
  return text.trimEnd().split("\n").map((line) => JSON.parse(line));
};

describe("a check", () => {
  test("every worked example answers as its index says", async () => {
    const examples = await json("/examples/index.json");
    assert.ok(examples.length >= 10);
    for (const { domain, verdict } of examples) {
      const report = await json(`/api/v1/check?domain=${domain}`);
      assert.equal(report.verdict, verdict, domain);
      assert.equal(report.domain, domain);
    }
  });

  test("a report has the contract's fields, null where there is nothing", async () => {
    const report = await json("/api/v1/check?domain=nothing.example");
    const fields = "schema ruleset domain checked_at took_ms verdict headline counts findings record policy mx tlsrpt dnssec providers chain next delivery since senders snapshot";
    assert.deepEqual(Object.keys(report), fields.split(" "));
    assert.equal(report.schema, 1);
    assert.match(report.checked_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    assert.equal(report.record, null);
    assert.equal(report.policy, null);
    const finding = "rule link outcome severity subject title why detail fix reference span";
    for (const found of report.findings) assert.deepEqual(Object.keys(found), finding.split(" "));
    assert.deepEqual(report.chain.map(({ link }) => link), ["record", "policy-host", "certificate", "policy-file", "mail-servers", "reports", "dnssec"]);
    for (const link of report.chain) assert.deepEqual(Object.keys(link), ["link", "state", "summary"]);
    assert.deepEqual(Object.keys(report.next), ["rule", "link", "title", "why", "steps", "copy"]);
    assert.equal((await json("/api/v1/check?domain=protected.example")).next, null);
  });

  test("it may be kept for a minute, and has a tag", async () => {
    const path = "/api/v1/check?domain=protected.example";
    const first = await ask(path);
    assert.equal(first.headers.get("cache-control"), "public, max-age=60");
    assert.equal(first.headers.get("access-control-allow-origin"), "*");
    assert.equal(first.headers.get("access-control-allow-credentials"), null);
    const etag = first.headers.get("etag");
    assert.match(etag, /^(W\/)?"[0-9a-f]{16}"$/);
    for (const tag of [etag, `"other", ${etag}`, "*"]) {
      const again = await ask(path, { headers: { "If-None-Match": tag } });
      assert.equal(again.status, 304);
      assert.equal(await again.text(), "");
    }
    const changed = await ask(path, { headers: { "If-None-Match": '"0000000000000000"' } });
    assert.equal(changed.status, 200);
  });

  test("HEAD has the headers and no body", async () => {
    const response = await ask("/api/v1/check?domain=protected.example", { method: "HEAD" });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.equal(await response.text(), "");
  });

  test("unknown parameters are ignored, and case, space and a trailing dot do no harm", async () => {
    for (const domain of ["protected.example", "PROTECTED.Example", "protected.example.", "%20protected.example+"]) {
      const report = await json(`/api/v1/check?x=1&domain=${domain}&y=2`);
      assert.equal(report.domain, "protected.example", domain);
    }
  });

  test("as a stream: a line for each lookup, last the report", async () => {
    const lines = await events("/api/v1/check?domain=mx-mismatch.example");
    const last = lines.pop();
    assert.equal(last.event, "report");
    assert.equal(last.report.verdict, "at-risk");
    assert.ok(lines.length > 5);
    for (const line of lines) {
      assert.equal(line.event, "lookup");
      assert.ok(line.observation.lookup && line.observation.outcome);
    }
  });

  test("the evidence alone, as a document and as a stream", async () => {
    const evidence = await json("/api/v1/evidence?domain=testing.example");
    assert.equal(evidence.domain, "testing.example");
    const lines = await events("/api/v1/evidence?domain=testing.example");
    const last = lines.pop();
    assert.equal(last.event, "evidence");
    assert.deepEqual(last.evidence, evidence);
    assert.deepEqual(lines.map((line) => line.observation), evidence.observations);
  });
});

describe("advice", () => {
  const advise = (query) => json(`/api/v1/advice?domain=${query}`);
  const day = (text) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
  const lint = (kind, body) => json(`/api/v1/lint/${kind}`, { method: "POST", body });

  test("from nothing: a policy, its records, and a roll-out from today on", async () => {
    const advice = await advise("nothing.example");
    assert.deepEqual(Object.keys(advice), "domain today providers live policy records hosting plan".split(" "));
    assert.equal(advice.live.state, "nothing");
    assert.equal(advice.policy.kind, "serve");
    assert.equal(advice.policy.mode, "testing");
    assert.equal((await lint("policy", advice.policy.text)).valid, true);
    const [announce, tlsrpt] = advice.records;
    assert.deepEqual([announce.name, announce.type, announce.action], ["_mta-sts.nothing.example", "TXT", "add"]);
    assert.equal((await lint("record", announce.value)).valid, true);
    assert.deepEqual([tlsrpt.name, tlsrpt.type], ["_smtp._tls.nothing.example", "TXT"]);
    assert.equal((await lint("tlsrpt", tlsrpt.value)).valid, true);
    assert.equal(advice.hosting.length, 8);

    const { goal, steps, calendar } = advice.plan;
    assert.equal(goal, "roll-out");
    const now = Date.now() / 86_400_000;
    assert.ok(now - day(advice.today) < 1.01 && day(advice.today) <= now, advice.today);
    // A step is known by what is pasted with it: a policy of some mode, a record, or nothing.
    const pasted = ({ copy }) => copy.map(({ text }) => text.match(/^v=(\w+);|^mode: (\w+)$/m)?.slice(1).join("")).join();
    assert.deepEqual(steps.map((step) => [day(step.date) - day(advice.today), pasted(step)]), [
      [0, "TLSRPTv1"],
      // The policy host is made: there is nothing yet that could serve the file.
      [0, ""],
      [0, "testing"],
      [0, "STSv1"],
      // The first reports are looked at.
      [7, ""],
      [14, "enforce"],
      [14, "STSv1"],
      // The policy is remembered for longer.
      [28, "enforce"],
      [28, "STSv1"],
    ]);
    assert.match(calendar, /^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR\r\n$/);
  });

  test("it is kept and read like a check", async () => {
    const response = await ask("/api/v1/advice?domain=testing.example");
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.equal(response.headers.get("cache-control"), "public, max-age=60");
    assert.equal(response.headers.get("access-control-allow-origin"), "*");
    assert.equal((await response.json()).live.state, "testing");
  });

  test("removal waits for the longest max_age", async () => {
    const wait = async (query) => {
      const { plan, today } = await advise(`protected.example&goal=removal${query}`);
      assert.match(plan.steps[0].copy[0].text, /mode: none/);
      return day(plan.steps.at(-1).date) - day(today);
    };
    assert.equal(await wait(""), 32);
    const longest = await wait("&max_age=31557600");
    assert.ok(longest > 365);
    assert.equal(await wait("&max_age=99999999999"), longest, "senders remember no policy for longer");
    assert.equal(await wait("&max_age="), 32, "a field that was left empty");
  });

  test("a move has both providers in the policy", async () => {
    const { plan } = await advise("protected.example&goal=move&to=google");
    assert.match(plan.steps[0].copy[0].text, /mx: mx1\.mail-host\.net\n[^]*mx: smtp\.google\.com\n/);
    assert.deepEqual(await advise("protected.example&goal=move&to=Google"), await advise("protected.example&goal=move&to=google"));
    assert.deepEqual((await advise("protected.example&goal=move&to=microsoft")).plan.steps, [], "its console shows the server");
    const named = await advise("protected.example&goal=move&to=mx1.new-host.net,mx2.new-host.net");
    assert.match(named.plan.steps[0].copy[0].text, /mode: testing\n[^]*mx: mx2\.new-host\.net\n/);
  });

  test("where there is no mail, no policy is needed", async () => {
    const advice = await advise("no-mail.example");
    assert.deepEqual([advice.policy.kind, advice.policy.reason], ["not-needed", "null-mx"]);
    assert.deepEqual([advice.records, advice.hosting, advice.plan.steps], [[], [], []]);
  });

  test("what is not understood is refused with a sentence", async () => {
    for (const query of ["goal=enforce", "goal=move", "goal=move&to=zoho", "goal=move&to=%3Cb%3E", "goal=removal&max_age=30d"]) {
      await problem(`/api/v1/advice?domain=protected.example&${query}`, {}, 400, "invalid-parameter");
    }
    await problem("/api/v1/advice?goal=removal", {}, 400, "invalid-domain");
    await problem("/api/v1/advice?domain=no-such.example", {}, 404, "not-found");
  });

  test("the Worker that it gives runs, and serves the policy and nothing else", async () => {
    const { hosting, policy } = await advise("nothing.example");
    const { files } = hosting.find(({ id }) => id === "cloudflare-worker");
    const script = files.find(({ path }) => path === "worker.js").content;
    const worker = (await import(`data:text/javascript,${encodeURIComponent(script)}`)).default;
    const served = await worker.fetch(new Request(policy.url));
    assert.equal(served.status, 200);
    assert.equal(served.headers.get("content-type"), "text/plain");
    assert.equal(await served.text(), policy.text);
    for (const path of ["/", "/.well-known/", "/.well-known/mta-sts.txt/", "/mta-sts.txt"]) {
      assert.equal((await worker.fetch(new Request(new URL(path, policy.url)))).status, 404, path);
    }
  });
});

describe("a page", () => {
  test("it is rendered at the edge, under a strict policy", async () => {
    const response = await ask("/check?domain=mx-mismatch.example");
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
    const policy = response.headers.get("content-security-policy");
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)/);
    const html = await response.text();
    assert.match(html, /<!DOCTYPE html>/i);
    assert.match(html, /backup\.other-host\.net/);
  });

  test("the widget's fragment is the result alone", async () => {
    const html = await (await ask("/check?domain=protected.example&view=fragment")).text();
    assert.doesNotMatch(html, /<!DOCTYPE|<html|<form/i);
    assert.match(html, /data-verdict="enforced"/);
  });

  test("what was typed is kept, as text", async () => {
    const typed = '"><script>alert(1)</script>';
    const response = await ask(`/check?domain=${encodeURIComponent(typed)}`);
    assert.equal(response.status, 400);
    const html = await response.text();
    assert.doesNotMatch(html, /<script>alert/);
    assert.match(html, /&lt;script&gt;alert|&lt;script/);
  });

  test("a mail address brings a link to its domain", async () => {
    const html = await (await ask("/check?domain=sam%40example.com")).text();
    assert.match(html, /href="\/check\?domain=example\.com"/);
  });

  test("without a domain it is the form", async () => {
    const response = await ask("/check");
    assert.equal(response.status, 200);
    assert.match(await response.text(), /<form/);
  });

  test("an unknown address is a page that says so", async () => {
    const response = await ask("/no-such-page");
    assert.equal(response.status, 404);
    assert.match(response.headers.get("content-type"), /^text\/html/);
  });

  test("the home page is static, and under the same policy", async () => {
    const response = await ask("/");
    assert.equal(response.status, 200);
    assert.match(response.headers.get("content-security-policy"), /require-trusted-types-for 'script'/);
  });
});

describe("bad input", () => {
  const long = `${"a".repeat(60)}.`.repeat(5) + "com";
  const refused = [
    "", " ", ".", "..", "a..com", long, `${"a".repeat(64)}.com`, "example", "localhost", "shop.test", "printer.local",
    "abc.onion", "1.0.0.127.in-addr.arpa", "192.0.2.1", "[2001:db8::1]", "0x7f.1", "2130706433", "exa mple.com", "-a.com", "a-.com",
    "*.example.com", "_mta-sts.example.com", "exam\u0000ple.com", "exam\u202eple.com", "\ufffd.com", "a\u00adb..com", "\u{1f4a9}".repeat(80) + ".com",
    "https://example.com/x", "sam@example.com", "example.com:443", "example.com/", "example.com?x", "example.com#x", "user:pw@example.com",
    "%", "example.com%00", "\\example.com",
  ];
  for (const typed of refused) {
    test(`${JSON.stringify(typed).slice(0, 40)} is refused with a sentence`, async () => {
      const { body } = await problem(`/api/v1/check?domain=${encodeURIComponent(typed)}`, {}, 400, "invalid-domain");
      assert.doesNotMatch(body.detail, /[\u0000-\u001f\u202a-\u202e]/);
      assert.ok(body.detail.length < 400, body.detail);
    });
  }

  test("a domain is offered where one can be made out", async () => {
    for (const typed of ["https://example.com/a?b", "sam@example.com", "mailto:sam@example.com", "_mta-sts.example.com", "example.com:25"]) {
      const { body } = await problem(`/api/v1/check?domain=${encodeURIComponent(typed)}`, {}, 400, "invalid-domain");
      assert.equal(body.suggestion, "example.com", typed);
    }
  });

  test("no domain at all", () => problem("/api/v1/check", {}, 400, "invalid-domain"));

  test("a worked example that is none names those that are", async () => {
    const { body } = await problem("/api/v1/check?domain=protectd.example", {}, 404, "not-found");
    assert.match(body.detail, /protected\.example/);
    assert.equal(body.suggestion, "protected.example");
  });

  test("a Unicode domain is taken under its A-label", async () => {
    const { body } = await problem(`/api/v1/check?domain=${encodeURIComponent("bücher.example")}`, {}, 404, "not-found");
    assert.match(body.detail, /protected\.example/);
  });

  test("a wrong method says which are right", async () => {
    for (const [path, method, allowed] of [
      ["/api/v1/check?domain=protected.example", "POST", "GET, HEAD, OPTIONS"],
      ["/api/v1/rules", "DELETE", "GET, HEAD, OPTIONS"],
      // Ones that the runtime lets through and its library does not know.
      ["/api/v1/check?domain=protected.example", "QUERY", "GET, HEAD, OPTIONS"],
      ["/api/v1/lint/policy", "PROPFIND", "POST, OPTIONS"],
      ["/api/v1/lint/policy", "GET", "POST, OPTIONS"],
      ["/api/v1/evaluate", "GET", "POST, OPTIONS"],
      ["/api/v1/reports", "GET", "POST, OPTIONS"],
    ]) {
      const { response } = await problem(path, { method }, 405, "method-not-allowed");
      assert.equal(response.headers.get("allow"), allowed, path);
    }
  });

  test("a wrong path", async () => {
    for (const path of ["/api/", "/api/v1/", "/api/v1/chek", "/api/v2/check", "/api/v1/lint/", "/api/v1/lint/dmarc"]) {
      for (const request of [{}, { method: "POST", body: "" }]) await problem(path, request, 404, "not-found");
    }
  });

  test("a body of 10 MB is not read", () =>
    problem("/api/v1/lint/policy", { method: "POST", body: "x".repeat(10_000_000) }, 413, "payload-too-large"));

  test("a body of unsaid length is not read past the limit", async () => {
    const chunk = new Uint8Array(64 * 1024).fill(120);
    let left = 160;
    const body = new ReadableStream({
      pull(controller) {
        if (left-- > 0) controller.enqueue(chunk);
        else controller.close();
      },
    });
    await problem("/api/v1/lint/record", { method: "POST", body, duplex: "half" }, 413, "payload-too-large");
  });
});

describe("no way in", () => {
  assert.ok(TRIES.length >= 60);
  for (const [about, query, comes] of TRIES) {
    test(`${about} is ${comes.domain ? "harmless" : "refused"}`, async () => {
      const path = `/api/v1/check?${query}`;
      if (comes.domain) return assert.equal((await json(path)).domain, comes.domain);
      const status = comes === "not-found" ? 404 : 400;
      const { body } = await problem(path, {}, status, comes);
      assert.doesNotMatch(body.detail, HIDDEN);
      assert.ok(body.detail.length < 1000, body.detail);
      await problem(`/api/v1/evidence?${query}`, {}, status, comes);
      await problem(`/api/v1/advice?${query}`, {}, status, comes);
    });
  }

  test("the headers of a request lead nowhere", async () => {
    const headers = { "X-Forwarded-Host": "127.0.0.1", "X-Original-URL": "/admin", Forwarded: "host=10.0.0.1", "X-HTTP-Method-Override": "DELETE" };
    assert.equal((await json("/api/v1/check?domain=protected.example", { headers })).domain, "protected.example");
  });

  test("where mail is to move is not looked up", async () => {
    for (const to of ["127.0.0.1", "http://10.0.0.1/", "[::1]", "a@b.com", "mx.com\r\nHost: x"]) {
      await problem(`/api/v1/advice?domain=protected.example&goal=move&to=${encodeURIComponent(to)}`, {}, 400, "invalid-parameter");
    }
  });
});

describe("a badge", () => {
  test("is a picture of the verdict, for any page to show", async () => {
    const response = await ask("/badge/mx-mismatch.example.svg");
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "image/svg+xml");
    assert.equal(response.headers.get("cache-control"), "public, max-age=60");
    assert.equal(response.headers.get("access-control-allow-origin"), "*");
    assert.equal(response.headers.get("cross-origin-resource-policy"), "cross-origin");
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    assert.match(response.headers.get("content-security-policy"), /^default-src 'none';.*; sandbox$/);
    const svg = await response.text();
    assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*role="img" aria-label="MTA-STS of mx-mismatch\.example: [^"]+"><title>[^<]+<\/title>/);
    const again = await ask("/badge/mx-mismatch.example.svg", { headers: { "If-None-Match": response.headers.get("etag") } });
    assert.equal(again.status, 304);
  });

  test("every verdict of the worked examples has one", async () => {
    for (const { domain, verdict } of await json("/examples/index.json")) {
      const svg = await (await ask(`/badge/${domain}.svg`)).text();
      assert.ok(svg.includes(`aria-label="MTA-STS of ${domain}: `), `${domain}: ${verdict}`);
    }
  });

  test("what is no domain is a problem", async () => {
    for (const [about, query, comes] of TRIES) {
      const typed = new URLSearchParams(query).get("domain") ?? "";
      // A path cannot hold these: they would be another address.
      if (comes !== "invalid-domain" || !typed.isWellFormed() || typed.includes("\ufffd") || typed.length > 2000) continue;
      const { body } = await problem(`/badge/${encodeURIComponent(typed)}.svg`, {}, 400, "invalid-domain");
      assert.doesNotMatch(body.detail, HIDDEN, about);
    }
    for (const path of ["/badge/%.svg", "/badge/%ff.svg", "/badge/.svg", "/badge/a/b.svg", "/badge/%2e%2e%2fx.svg", `/badge/${"a".repeat(3000)}.svg`]) {
      await problem(path, {}, 400, "invalid-domain");
    }
    await problem("/badge/no-such.example.svg", {}, 404, "not-found");
    for (const path of ["/badge/", "/badge/protected.example", "/badge/protected.example.png"]) await problem(path, {}, 404, "not-found");
    await problem("/badge/protected.example.svg", { method: "POST" }, 405, "method-not-allowed");
  });
});

describe("evidence that a client has", () => {
  const evaluate = (evidence) =>
    json("/api/v1/evaluate", { method: "POST", body: JSON.stringify(evidence), headers: { "Content-Type": "application/json" } });

  test("is judged as a check of it is, and the report's snapshot is history to a later check", async () => {
    const evidence = await json("/api/v1/evidence?domain=protected.example");
    const first = await evaluate(evidence);
    assert.equal(first.verdict, "enforced");
    assert.equal(first.snapshot.id, first.record.id);
    assert.deepEqual(first.findings.filter(({ rule }) => rule.startsWith("history-")), []);

    const kept = { ...first.snapshot, time: "2026-11-01T00:00:00Z", policy_hash: "0", mx: ["mx1.old-host.net"] };
    const later = await evaluate({ ...evidence, history: [kept] });
    const changed = later.findings.find(({ rule }) => rule === "history-policy-changed-id-same");
    assert.equal(changed.severity, "error", "the policy from before refuses the mail servers of today");
    assert.match(changed.fix[0].copy.at(-1).text, /^v=STSv1; id=/);
  });

  test("that cannot be read is refused with the reason", async () => {
    for (const [body, fault] of [["", /./], ["[]", /./], ["{}", /: domain /], ['{"domain":"a b","checked_at":"","observations":[]}', /: domain /], ['{"domain":"a.example","checked_at":"","observations":[]}', /: checked_at /], ['{"domain":"a.example","checked_at":"2026-11-24T09:30:00Z"}', /: observations /]]) {
      const { body: refused } = await problem("/api/v1/evaluate", { method: "POST", body }, 400, "invalid-body");
      assert.match(refused.detail, fault);
    }
    const evidence = await json("/api/v1/evidence?domain=protected.example");
    const question = { lookup: { dns: { name: "protected.example", type: "MX" } } };
    for (const [about, outcome, place] of [
      ["two outcomes at once", { failed: { cause: "timeout" }, answer: { rcode: 0 } }, ""],
      ["a list for an object", { answer: [0] }, ".answer"],
      ["an object for a word", { failed: { cause: { timeout: 8 } } }, ".failed.cause.timeout"],
      ["bytes in two ways", { response: { status: 200, body: { hex: "ff", text: "x" } } }, ".response.body"],
      ["a word for a number", { answer: { rcode: "0" } }, ".answer.rcode"],
      ["half a record", { answer: { rcode: 0, records: [{ a: "192.0.2.1" }, { mx: { preference: 10 } }] } }, ".answer.records[1].mx.exchange"],
    ]) {
      const body = JSON.stringify({ ...evidence, observations: [{ ...question, outcome }] });
      const { body: refused } = await problem("/api/v1/evaluate", { method: "POST", body }, 400, "invalid-body");
      assert.ok(refused.detail.includes(`: observations[0].outcome${place} `), `${about}: ${refused.detail}`);
    }
    await problem("/api/v1/evaluate", { method: "POST", body: "x".repeat(300_000) }, 413, "payload-too-large");
  });
});

describe("TLS reports", () => {
  const report = {
    "organization-name": "Mail sender",
    "date-range": { "start-datetime": "2026-11-20T00:00:00Z", "end-datetime": "2026-11-20T23:59:59Z" },
    "report-id": "2026-11-20",
    policies: [{
      policy: { "policy-type": "sts", "policy-string": ["version: STSv1"], "policy-domain": "protected.example", "mx-host": "mx1.mail-host.net" },
      summary: { "total-successful-session-count": 40, "total-failure-session-count": 2 },
      "failure-details": [{ "result-type": "certificate-expired", "receiving-mx-hostname": "mx1.mail-host.net", "failed-session-count": 2 }],
    }],
  };
  const read = (body, query = "") => json(`/api/v1/reports${query}`, { method: "POST", body });

  test("are summed up, plain and packed", async () => {
    const text = JSON.stringify(report);
    for (const body of [text, gzipSync(text)]) {
      const summary = await read(body);
      assert.equal(summary.domain, "protected.example");
      assert.deepEqual([summary.reports, summary.successful, summary.failed], [1, 40, 2]);
      assert.equal(summary.causes[0].result_type, "certificate-expired");
      assert.ok(summary.causes[0].points_at.length > 0 && summary.causes[0].steps.length > 0);
      assert.equal(summary.safe_to_enforce.verdict, "no");
    }
    assert.equal((await read(text, "?domain=other.example")).reports, 0);
  });

  test("that cannot be read are told so in the summary", async () => {
    const { files, safe_to_enforce } = await read("<html>");
    assert.equal(files[0].problem, "document");
    assert.equal(safe_to_enforce.verdict, "unknown");
    assert.equal((await read(gzipSync("{}").subarray(0, 12))).files[0].problem, "broken-gzip");
    const { files: [bomb] } = await read(gzipSync(Buffer.alloc(70_000_000, 32)));
    assert.equal(bomb.problem, "one-unpacks-to-too-much");
    assert.match(bomb.error, /64/);
    await problem("/api/v1/reports?domain=a%20b", { method: "POST", body: "{}" }, 400, "invalid-domain");
    const { body: long } = await problem("/api/v1/reports", { method: "POST", body: "x".repeat(5_000_000) }, 413, "payload-too-large");
    assert.match(long.detail, /4194304.*gzip/);
  });
});

describe("a lint", () => {
  const lint = (kind, body) => json(`/api/v1/lint/${kind}`, { method: "POST", body, headers: { "Content-Type": "text/plain" } });

  test("a good policy", async () => {
    const good = await lint("policy", "version: STSv1\nmode: enforce\nmx: mail.example.com\nmax_age: 1209600\n");
    assert.deepEqual([good.valid, good.usable, good.corrected], [true, true, null]);
    assert.deepEqual(good.parsed, { mode: "enforce", max_age: 1209600, mx: ["mail.example.com"] });
  });

  test("a bad policy says where", async () => {
    const bad = await lint("policy", "version: STSv1\nmode: Enforce\nmx: mail.example.com\nmax_age: 604800\n");
    assert.deepEqual([bad.valid, bad.usable], [false, false]);
    const finding = bad.findings.find(({ rule }) => rule === "policy-mode-invalid");
    assert.deepEqual(finding.span, { start: 21, end: 28, line: 2, column: 7 });
  });

  test("records", async () => {
    assert.equal((await lint("record", "v=STSv1; id=20261124;")).valid, true);
    assert.equal((await lint("record", "v=STSv1 id=1")).valid, false);
    assert.equal((await lint("tlsrpt", "v=TLSRPTv1; rua=mailto:tls@example.com")).valid, true);
    assert.equal((await lint("tlsrpt", "v=TLSRPTv1; rua=tls@example.com")).usable, false);
  });

  test("bytes that are not UTF-8, and none at all", async () => {
    const utf16 = await lint("policy", new Uint8Array([0xff, 0xfe, 0x76, 0x00]));
    assert.ok(utf16.findings.some(({ rule }) => rule === "policy-utf16"));
    const empty = await lint("policy", "");
    assert.ok(empty.findings.some(({ rule }) => rule === "policy-empty"));
    const odd = await lint("record", new Uint8Array([0xff, 0x00, 0x80]));
    assert.equal(odd.valid, false);
  });
});

describe("the catalogue", () => {
  test("every rule has its four parts", async () => {
    const rules = await json("/api/v1/rules");
    assert.ok(rules.length > 100);
    for (const rule of rules) {
      assert.ok(rule.id && rule.title && rule.what && rule.why, rule.id);
      assert.ok(Array.isArray(rule.steps), rule.id);
      assert.match(rule.source.url, /^https:\/\/www\.rfc-editor\.org\/rfc\//);
      assert.equal(rule.url, `/rules/${rule.id}`);
    }
  });

  test("every rule has a page, under the site's policy", async () => {
    for (const { url, title } of await json("/api/v1/rules")) {
      const response = await ask(url);
      assert.equal(response.status, 200, url);
      assert.match(response.headers.get("content-type"), /^text\/html/, url);
      assert.match(response.headers.get("content-security-policy"), /default-src 'none'/, url);
      const html = await response.text();
      assert.doesNotMatch(html, /rel="canonical" href="(?!https:)/, `${url}: an address that is not whole`);
      assert.ok(html.includes('class="m-lines"'), `${url}: ${title}`);
    }
  });

  test("the index is at one address, and names every rule", async () => {
    const response = await ask("/rules");
    assert.ok([301, 307, 308].includes(response.status));
    assert.equal(new URL(response.headers.get("location"), base).pathname, "/rules/");
    const html = await (await ask("/rules/")).text();
    for (const { url } of await json("/api/v1/rules")) assert.ok(html.includes(`href="${url}"`), url);
  });

  test("a rule that is none is a page that says so", async () => {
    for (const path of ["/rules/record-missing-again", "/rules/..%2Frecord-missing"]) {
      const response = await ask(path);
      assert.equal(response.status, 404, path);
      assert.match(response.headers.get("content-type"), /^text\/html/, path);
      assert.match(await response.text(), /<meta name="robots" content="noindex">/, path);
    }
  });
});

describe("the browser package", () => {
  test("it reads every kind of observation", async () => {
    const folder = new URL("../dist/site/pkg/", import.meta.url);
    const tools = await import(new URL("tools.js", folder));
    await tools.default({ module_or_path: await readFile(new URL("tools_bg.wasm", folder)) });
    const evidence = await json("/api/v1/evidence?domain=protected.example");
    const host = "mx1.mail-host.net";
    const dns = (type, record) => ({
      lookup: { dns: { name: `_25._tcp.${host}`, type } },
      outcome: { answer: { rcode: 0, authentic: true, records: [record], ttl: 3600 } },
      took_ms: 15,
    });
    const certificate = {
      names: ["a.example"], issuer: "Let's Encrypt, R12", self_issued: false,
      not_before: "2026-10-01T00:00:00Z", not_after: "2026-12-30T00:00:00Z",
    };
    const shown = (handshake) => ({
      lookup: { handshake: { host: "mta-sts.protected.example" } }, outcome: { handshake }, took_ms: 40,
    });
    const kinds = [
      dns("TLSA", { tlsa: { usage: 3, selector: 1, matching: 1, data: { hex: "ff".repeat(32) } } }),
      dns("MX", { mx: { preference: 10, exchange: host } }),
      dns("A", { a: "192.0.2.1" }),
      dns("AAAA", { aaaa: "2001:db8::1" }),
      dns("NS", { ns: host }),
      shown({ alert: 112, certificates: [] }),
      shown({ version: 0x0303, certificates: [certificate] }),
    ];
    for (const kind of kinds) {
      const observations = [...evidence.observations, kind];
      const report = tools.evaluate({ ...evidence, observations }, Date.parse(evidence.checked_at));
      assert.equal(report.domain, "protected.example", JSON.stringify(kind));
    }
  });
});

describe("other origins", () => {
  test("a preflight is answered", async () => {
    const response = await ask("/api/v1/check?domain=protected.example", {
      method: "OPTIONS",
      headers: { Origin: "https://shop.example", "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "accept" },
    });
    assert.equal(response.status, 204);
    assert.equal(response.headers.get("access-control-allow-origin"), "*");
    assert.match(response.headers.get("access-control-allow-headers"), /Accept/i);
  });

  test("the widget and the browser package may be loaded", async () => {
    for (const path of ["/widget/v1/mta-sts-check.js", "/pkg/index.js", "/pkg/check.js", "/pkg/check_bg.wasm", "/pkg/texts.js", "/pkg/texts_bg.wasm", "/pkg/tools.js", "/pkg/tools_bg.wasm", "/pkg/advice.js", "/pkg/advice_bg.wasm", "/pkg/reports.js", "/pkg/reports_bg.wasm", "/examples/index.json"]) {
      const response = await ask(path);
      assert.equal(response.status, 200, path);
      assert.equal(response.headers.get("access-control-allow-origin"), "*", path);
    }
  });
});

describe("every answer", () => {
  const SECURE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=31536000",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
  };
  const query = "domain=protected.example";
  const post = (body = "x") => ({ method: "POST", body });
  for (const [path, init] of [
    ["/"], ["/check"], [`/check?${query}`], [`/check?${query}&view=fragment`], ["/check?domain=x"], ["/nowhere"], ["/api"], ["/api/v1/nowhere"],
    ["/rules/policy-max-age-short"], ["/problems/not-found"], ["/site.css"], ["/pkg/check_bg.wasm"], ["/widget/v1/mta-sts-check.js"], ["/third-party.txt"],
    [`/api/v1/check?${query}`], [`/api/v1/check?${query}`, { headers: { Accept: "application/x-ndjson" } }], ["/api/v1/check?domain=x"],
    [`/api/v1/evidence?${query}`], [`/api/v1/advice?${query}`], ["/api/v1/advice?domain=x"], ["/badge/protected.example.svg"], ["/badge/x.svg"],
    ["/api/v1/rules"], ["/api/v1/openapi.json"], ["/api/v1/check", { method: "OPTIONS" }], ["/api/v1/check", { method: "DELETE" }],
    [`/api/v1/check?${query}`, { headers: { "If-None-Match": "*" } }],
    ["/api/v1/lint/policy", post()], ["/api/v1/lint/record", post()], ["/api/v1/lint/tlsrpt", post()], ["/api/v1/evaluate", post()], ["/api/v1/reports", post()],
    ["/api/v1/lint/policy", post(" ".repeat(300 * 1024))],
  ]) {
    test(`of ${init?.method ?? "GET"} ${path} tells the browser what not to do`, async () => {
      const response = await ask(path, init);
      await response.arrayBuffer();
      for (const [name, value] of Object.entries(SECURE)) assert.equal(response.headers.get(name), value, name);
    });
  }

  test("names whose code is in it: the notices", async () => {
    const text = await (await ask("/third-party.txt")).text();
    for (const part of ["\ndomain ", "BSD-3-Clause", "NLnet Labs", "Redistributions in binary form"]) assert.ok(text.includes(part), part);
  });
});
