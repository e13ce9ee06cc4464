// The page of the API: every request that it shows is run in a shell, as somebody would paste it, and answered as the page says.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";

const base = process.env.BASE_URL;
assert.ok(base, "BASE_URL names the running server");

const NDJSON = "application/x-ndjson";
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
const plain = (html) => html.replace(/<[^>]*>/g, "").replace(/&(\w+|#39);/g, (_, name) => ENTITIES[name]);
const run = promisify(execFile);

const page = await (await fetch(`${base}/api`)).text();
const described = await (await fetch(`${base}/api/v1/openapi.json`)).json();
const operations = Object.entries(described.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })));

/** The requests of the page: the operation's id, the media type that is answered, and the command. */
const requests = page.split("<section aria-labelledby=").slice(1).flatMap((section) => {
  const id = section.match(/^"(\w+)"/)[1];
  return section.split("<figure ").slice(1).map((figure) => ({
    id,
    mediaType: figure.match(/data-answer="([^"]+)"/)[1],
    command: plain(figure.match(/<code>([^]*?)<\/code>/)[1]),
  }));
});

/** What hangs on the day, in the examples of the description and in what is answered. */
function timeless(id, value) {
  if (id === "advise") return (({ domain, live, policy, providers }) => ({ domain, live, policy, providers }))(value);
  return id === "sumUpReports" ? { ...value, safe_to_enforce: null } : value;
}

const read = (mediaType, text) => (mediaType === NDJSON ? text.trimEnd().split("\n").map((line) => JSON.parse(line)) : JSON.parse(text));

describe("the page of the API", () => {
  let home;
  before(async () => {
    // What curl is told besides, so that the command stays as it is shown.
    home = await mkdtemp(join(tmpdir(), "api-page-"));
    await writeFile(join(home, ".curlrc"), 'silent\nwrite-out = "%{stderr}%{http_code} %{content_type}\\n"\n');
  });
  after(() => rm(home, { recursive: true }));

  test("is at one address, and beside it everything below is the API's", async () => {
    const response = await fetch(`${base}/api`);
    assert.equal(response.status, 200);
    assert.match(response.headers.get("content-type"), /^text\/html/);
    for (const path of ["/api/", "/api/v1", "/api/v2/check"]) {
      const unknown = await fetch(base + path);
      assert.equal(unknown.status, 404, path);
      assert.equal(unknown.headers.get("content-type"), "application/problem+json", path);
      assert.equal((await unknown.json()).type, "/problems/not-found", path);
    }
  });

  test("shows every address and every type, and a request for each form of each answer", () => {
    for (const { operationId, path, method, responses } of operations) {
      assert.ok(page.includes(`<h3 id="${operationId}">`) && page.includes(`<code>${method} ${path}</code>`), operationId);
      const forms = requests.filter(({ id }) => id === operationId).map(({ mediaType }) => mediaType);
      assert.deepEqual(forms.sort(), Object.keys(responses[200].content).sort(), operationId);
    }
    for (const name of Object.keys(described.components.schemas)) assert.ok(page.includes(`id="${name}"`), name);
  });

  test("has links that lead somewhere", async () => {
    const links = new Set([...page.matchAll(/ href="([^"]+)"/g)].map(([, link]) => plain(link)));
    for (const link of links) {
      if (link.startsWith("#")) assert.ok(page.includes(` id="${link.slice(1)}"`), link);
      // Of the pages beside this one, each is tested by itself.
      else if (/^\/(api|badge|check\?|problems|openapi|pkg)/.test(link)) assert.equal((await fetch(base + link)).status, 200, link);
    }
    const worked = operations.filter(({ method, path }) => method === "GET" && path.includes("domain") || path.endsWith("/check"));
    assert.ok(worked.every(({ path }) => [...links].some((link) => link.startsWith(path.split("{")[0]))));
  });

  for (const { id, mediaType, command } of requests) {
    test(`${id}, answered as ${mediaType}`, async () => {
      assert.ok(command.includes("'https://HOST/"), command);
      const pasted = command.replaceAll("https://HOST", base);
      const { stdout, stderr } = await run("sh", ["-c", pasted], { env: { ...process.env, CURL_HOME: home }, maxBuffer: 1 << 24 });
      assert.equal(stderr.trimEnd().split("\n").at(-1), `200 ${mediaType}`, pasted);
      const { examples } = operations.find(({ operationId }) => operationId === id).responses[200].content[mediaType];
      if (!examples) return assert.ok(stdout.length > 100, pasted);
      const [{ value, summary }] = Object.values(examples);
      const told = mediaType === NDJSON ? read(mediaType, value) : value;
      let answered = read(mediaType, stdout);
      // An example with a summary is the beginning of a list.
      if (summary) answered = answered.slice(0, told.length);
      assert.deepEqual(timeless(id, answered), timeless(id, told));
    });
  }
});
