// The API held to its own description: every address, header and field of real answers is in it, and its examples are what the
// Worker answers. What is thrown at it besides is for schemathesis (`e2e/schemathesis.toml`).
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const base = process.env.BASE_URL;
assert.ok(base, "BASE_URL names the running server");

/** Headers that are not the API's: they carry the answer from one program to the next. */
const OF_THE_WAY = new Set(["connection", "content-encoding", "content-length", "content-type", "date", "keep-alive", "transfer-encoding"]);
const NDJSON = "application/x-ndjson";
const DESCRIPTION = "/api/v1/openapi.json";

const described = await (await fetch(base + DESCRIPTION)).json();
const operations = new Map();
for (const [path, item] of Object.entries(described.paths)) {
  for (const [method, operation] of Object.entries(item)) {
    operations.set(operation.operationId, { ...operation, path, method: method.toUpperCase() });
  }
}

/** The schemas with every object closed: nothing may be in an answer that is not described. */
function closed(open) {
  const schemas = structuredClone(open);
  const extended = new Set();
  const walk = (node, visit) => {
    if (node === null || typeof node !== "object") return;
    if (!Array.isArray(node)) visit(node);
    for (const child of Object.values(node)) walk(child, visit);
  };
  walk(schemas, (node) => {
    if (typeof node.$ref === "string" && node.properties) extended.add(schemas[node.$ref.split("/").at(-1)]);
  });
  walk(schemas, (node) => {
    if (node.type === "object" && node.properties && !extended.has(node)) node.unevaluatedProperties = false;
  });
  return schemas;
}

const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
addFormats(ajv);
/** The same reference, from where a validator of JSON Schema has the schemas. */
const moved = (schema, document = "api") => JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', `"${document}#/$defs/`));
ajv.addSchema(moved({ $defs: closed(described.components.schemas) }, ""), "api");

const validators = new Map();
function conforms(schema, value, about) {
  const key = JSON.stringify(schema);
  if (!validators.has(key)) validators.set(key, ajv.compile(moved(schema)));
  const validate = validators.get(key);
  assert.ok(validate(value), `${about}: ${ajv.errorsText(validate.errors)}`);
}

const resolved = (value) => (value.$ref ? value.$ref.slice(2).split("/").reduce((node, key) => node[key], described) : value);

/** Asks as an operation describes it, and holds the answer to that. Gives the status and what was read. */
async function ask(id, { query = {}, path = {}, headers = {}, body, method } = {}) {
  const operation = operations.get(id);
  const address = new URL(operation.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(path[name])), base);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const asked = method ?? operation.method;
  const response = await fetch(address, { method: asked, headers, body, redirect: "manual" });
  const about = `${asked} ${address.pathname}${address.search}, ${response.status}`;
  const answer = operation.responses[response.status];
  assert.ok(answer, `${about}: a status that is not described`);

  for (const name of response.headers.keys()) {
    const names = Object.keys(answer.headers).map((header) => header.toLowerCase());
    assert.ok(OF_THE_WAY.has(name) || names.includes(name), `${about}: the header ${name} is not described`);
  }
  for (const [name, reference] of Object.entries(answer.headers)) {
    const header = resolved(reference);
    const value = response.headers.get(name);
    if (value === null) assert.ok(!header.required, `${about}: no ${name}`);
    else conforms(header.schema, header.schema.type === "integer" ? Number(value) : value, `${about}, ${name}`);
  }

  const text = await response.text();
  if (!answer.content) {
    assert.equal(text, "", `${about}: a body where none is described`);
    return { status: response.status, headers: response.headers };
  }
  const mediaType = response.headers.get("content-type");
  const { schema } = answer.content[mediaType] ?? {};
  assert.ok(schema, `${about}: ${mediaType} is not described`);
  const value = /json$/.test(mediaType) && mediaType !== NDJSON ? JSON.parse(text) : text;
  conforms(schema, value, about);
  if (mediaType === NDJSON) for (const line of lines(text)) conforms(schema.contentSchema, line, `${about}, a line`);
  return { status: response.status, headers: response.headers, value };
}

const lines = (text) => text.trimEnd().split("\n").map((line) => JSON.parse(line));
const stream = { Accept: NDJSON };
const asJson = { "Content-Type": "application/json" };

/** An example of what an operation takes or answers. */
const example = (id, status, name, mediaType = "application/json") => {
  const content = status ? operations.get(id).responses[status].content : operations.get(id).requestBody.content;
  return content[mediaType].examples[name].value;
};

describe("the description", () => {
  test("has every address that the Worker answers first, and the README tells them", async () => {
    const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
    const configuration = await readFile(new URL("../wrangler.toml", import.meta.url), "utf8");
    const first = JSON.parse(configuration.match(/^run_worker_first = (.*)$/m)[1]);
    for (const { path, method } of operations.values()) {
      assert.ok(first.some((pattern) => path === pattern || path.startsWith(pattern.replace(/\*$/, ""))), path);
      const told = path.replace("{domain}", "D");
      const short = told.replace("/api/v1/lint/", "…/");
      assert.ok(readme.includes(`\`${method} ${told}`) || readme.includes(`\`${short}\``), `the README does not tell ${method} ${told}`);
    }
  });

  test("has each method that an address answers, besides HEAD and OPTIONS", async () => {
    for (const { path, method } of operations.values()) {
      const address = base + path.replace("{domain}", "protected.example");
      const response = await fetch(address, { method: "OPTIONS" });
      assert.equal(response.status, 204, path);
      const methods = method === "GET" ? "GET, HEAD, OPTIONS" : `${method}, OPTIONS`;
      assert.equal(response.headers.get("allow"), methods, path);
      assert.equal(response.headers.get("access-control-allow-methods"), methods, path);
      assert.equal(response.headers.get("access-control-allow-origin"), "*", path);
      const allowed = response.headers.get("access-control-allow-headers");
      for (const name of allowed.split(", ")) assert.ok(described.info.description.includes(`\`${name}\``), name);
      if (method === "GET") {
        const asked = `${address}?domain=protected.example`;
        const [head, get] = [await fetch(asked, { method: "HEAD" }), await fetch(asked)];
        assert.equal(await head.text(), "", path);
        for (const name of ["content-type", "etag", "cache-control"]) assert.equal(head.headers.get(name), get.headers.get(name), path);
      }
    }
  });

  test("has every type of problem, and each has a page at its address", async () => {
    const types = described.components.schemas.Problem.properties.type.enum;
    assert.ok(types.length >= 7);
    for (const type of types) {
      const page = await fetch(base + type);
      assert.equal(page.status, 200, type);
      assert.match(page.headers.get("content-type"), /^text\/html/, type);
    }
  });

  test("has schemas that a strict reader takes", () => {
    for (const name of Object.keys(described.components.schemas)) ajv.compile({ $ref: `api#/$defs/${name}` });
  });
});

describe("the examples", () => {
  const query = { domain: "protected.example" };

  test("of a check are what is answered, as a document and as a stream", async () => {
    for (const id of ["check", "getEvidence"]) {
      assert.deepEqual((await ask(id, { query })).value, example(id, 200, "protected"));
      const { value } = await ask(id, { query, headers: stream });
      assert.deepEqual(lines(value), lines(example(id, 200, "protected", NDJSON)));
    }
  });

  test("of advice are what is answered, but for the day", async () => {
    const { value } = await ask("advise", { query });
    const told = example("advise", 200, "protected");
    for (const part of ["domain", "live", "policy", "providers"]) assert.deepEqual(value[part], told[part], part);
    assert.deepEqual(value.hosting.map(({ id }) => id), told.hosting.map(({ id }) => id));
  });

  test("of texts are what is answered to them", async () => {
    const body = JSON.stringify(example("evaluate", null, "protected"));
    assert.deepEqual((await ask("evaluate", { body, headers: asJson })).value, example("evaluate", 200, "protected"));
    for (const id of ["lintPolicy", "lintRecord", "lintTlsRpt"]) {
      const text = example(id, null, "typing-error", "text/plain");
      const { value } = await ask(id, { body: text });
      assert.deepEqual(value, example(id, 200, "typing-error"), id);
      assert.ok(value.corrected && value.findings.length > 0, id);
    }
    const report = JSON.stringify(example("sumUpReports", null, "report"));
    const [{ value: now }, told] = [await ask("sumUpReports", { body: report }), example("sumUpReports", 200, "report")];
    // How long ago a report is counts there.
    assert.deepEqual({ ...now, safe_to_enforce: null }, { ...told, safe_to_enforce: null });
  });

  test("of the rules are the first of them", async () => {
    assert.deepEqual((await ask("listRules")).value.slice(0, 1), example("listRules", 200, "first"));
  });

  test("of problems are what is answered to such a request", async () => {
    const problem = "application/problem+json";
    const about = (domain) => ({ query: { domain }, path: { domain } });
    for (const id of ["check", "getEvidence", "advise", "showBadge"]) {
      assert.deepEqual((await ask(id, about("user@example.com"))).value, example(id, 400, "not-a-domain", problem));
      assert.deepEqual((await ask(id, about("protectd.example"))).value, example(id, 404, "no-such-example", problem));
    }
    const wrong = { domain: "protected.example", goal: "go" };
    assert.deepEqual((await ask("advise", { query: wrong })).value, example("advise", 400, "wrong-parameter", problem));
    assert.deepEqual((await ask("evaluate", { body: "" })).value, example("evaluate", 400, "not-evidence", problem));
    for (const [id, { method, responses }] of operations) {
      if (!responses[405].content[problem]) continue;
      const other = method === "GET" ? "POST" : "GET";
      const { value } = await ask(id, { ...about("protected.example"), method: other });
      assert.deepEqual(value, example(id, 405, "wrong-method", problem), id);
    }
  });

  test("of a text that is too long name the limit, and one of that length is read", async () => {
    for (const id of ["evaluate", "lintPolicy", "lintRecord", "lintTlsRpt", "sumUpReports"]) {
      const told = example(id, 413, "too-long", "application/problem+json");
      const limit = Number(told.detail.match(/(\d+) bytes/)[1]);
      assert.ok(operations.get(id).requestBody.description.includes(`${limit} bytes`), id);
      assert.deepEqual((await ask(id, { body: " ".repeat(limit + 1) })).value, told, id);
      assert.notEqual((await ask(id, { body: " ".repeat(limit) })).status, 413, id);
    }
  });
});

describe("real answers are as described", () => {
  let domains;
  before(async () => {
    domains = (await (await fetch(`${base}/examples/index.json`)).json()).map(({ domain }) => domain);
    assert.ok(domains.length >= 15);
  });

  test("of every worked example, in each form", async () => {
    for (const domain of domains) {
      const { value: report } = await ask("check", { query: { domain } });
      const { value: evidence } = await ask("getEvidence", { query: { domain } });
      for (const id of ["check", "getEvidence"]) await ask(id, { query: { domain }, headers: stream });
      conforms({ $ref: "#/components/schemas/EvidenceSent" }, evidence, `${domain}: what is answered can be sent back`);
      const history = report.snapshot ? [{ ...report.snapshot, time: "2026-11-01T00:00:00Z", id: "before" }] : [];
      await ask("evaluate", { body: JSON.stringify({ ...evidence, history }), headers: asJson });
      for (const goal of [{}, { goal: "removal", max_age: 604800 }, { goal: "move", to: "google" }]) {
        await ask("advise", { query: { domain, ...goal } });
      }
      await ask("showPage", { query: { domain } });
      await ask("showPage", { query: { domain, view: "fragment" } });
      await ask("showBadge", { path: { domain } });
    }
  });

  test("of a domain of which nothing can be seen", async () => {
    const { value } = await ask("check", { query: { domain: "example.com" } });
    assert.equal(value.verdict, "inconclusive");
    await ask("check", { query: { domain: "example.com" }, headers: { "Cache-Control": "no-cache", ...stream } });
    await ask("advise", { query: { domain: "example.com" } });
  });

  test("of every sort of lookup and outcome that evidence can have", async () => {
    const { value: evidence } = await ask("getEvidence", { query: { domain: "protected.example" } });
    const dns = (type, records, more = {}) => ({
      lookup: { dns: { name: "protected.example", type } },
      outcome: { answer: { rcode: 0, records, ...more } },
    });
    const certificate = { names: ["*.example.net"], issuer: "An issuer", self_issued: false, not_before: "2026-01-01T00:00:00Z", not_after: "2026-02-01T00:00:00.5Z" };
    const observations = [
      dns("A", [{ a: "192.0.2.1" }]),
      dns("AAAA", [{ aaaa: "2001:db8::1" }]),
      dns("MX", [{ mx: { preference: 10, exchange: "mx.example.net" } }]),
      dns("NS", [{ ns: "ns.example.net" }]),
      dns("TLSA", [{ tlsa: { usage: 3, selector: 1, matching: 1, data: { hex: "00ff" } } }]),
      dns("TXT", [{ txt: ["a", { hex: "ff" }] }], { aliases: [{ name: "a.example", target: "b.example" }], zone: "example", extended_errors: [{ code: 22 }] }),
      { lookup: { handshake: { host: "mta-sts.protected.example" } }, outcome: { handshake: { version: 771, alert: 40, certificates: [certificate] } } },
      { lookup: { policy: { host: "protected.example", path: "root" } }, outcome: { failed: { cause: "tls", detail: "it failed" } } },
    ];
    const sent = { domain: evidence.domain, checked_at: evidence.checked_at, observations };
    conforms({ $ref: "#/components/schemas/EvidenceSent" }, sent, "evidence");
    const { status } = await ask("evaluate", { body: JSON.stringify(sent), headers: asJson });
    assert.equal(status, 200);
  });

  test("of texts, good and bad", async () => {
    for (const text of ["", "version: STSv1\nmode: testing\nmx: *.example.net\nmax_age: 86400\n", "\u{feff}mode: enforce\r\rmx: é\n", "<html>"]) {
      await ask("lintPolicy", { body: text });
    }
    for (const text of ["", "v=STSv1; id=1;", "v=STSv1; id=1; id=2; x=\u{1f600}"]) await ask("lintRecord", { body: text });
    for (const text of ["", "v=TLSRPTv1; rua=mailto:a@example.com,https://example.com/r", "v=TLSRPTv1"]) await ask("lintTlsRpt", { body: text });
    for (const body of ["", "{", "[]", '{"policies":[{}]}']) await ask("sumUpReports", { body });
  });

  test("of what was asked before", async () => {
    for (const [id, request] of [
      ["check", { query: { domain: "protected.example" } }],
      ["getEvidence", { query: { domain: "protected.example" } }],
      ["advise", { query: { domain: "protected.example" } }],
      ["showPage", { query: { domain: "protected.example" } }],
      ["showPage", {}],
      ["showBadge", { path: { domain: "protected.example" } }],
      ["listRules", {}],
      ["describe", {}],
    ]) {
      const { headers } = await ask(id, request);
      const again = await ask(id, { ...request, headers: { "If-None-Match": headers.get("etag") } });
      assert.equal(again.status, 304, id);
    }
  });
});
