// Many who ask at once: one set of lookups for a domain, whoever leaves; and what too many are told.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Cloudflare, answers, dns, question } from "./internet.mjs";

/** What a check asks of a domain with one mail server, each once. */
const QUESTIONS = ["TXT _mta-sts.", "A mta-sts.", "AAAA mta-sts.", "MX ", "TXT _smtp._tls.", "NS "];
/** `[[ratelimits]]` in `wrangler.toml`: fresh checks in a minute. */
const BY_CLIENT = 60;
const OF_DOMAIN = 20;
/** Texts, evidence and reports that a client may send. */
const SENT = 120;

/** Marks a request for which nothing goes on when its client leaves: as if it had used up its time. */
const FORSAKEN = "X-Forsaken";
const around = {
  before: "",
  entry: `
    export default {
      fetch(request, env, context) {
        const forsaken = { waitUntil() {} };
        return index_default.fetch(request, env, request.headers.has("${FORSAKEN}") ? forsaken : context);
      },
    };
  `,
};

let cloudflare;

/** A domain in good order, each time another, on servers that take their time; `asked` is what they were asked. */
function world({ slow = 150 } = {}) {
  const domain = `crowd-${(world.count = (world.count ?? 0) + 1)}.com`;
  const asked = [];
  const records = {
    [`TXT _mta-sts.${domain}`]: ["v=STSv1; id=20261101T000000;"],
    [`A mta-sts.${domain}`]: ["192.0.2.10"],
    [`MX ${domain}`]: [{ preference: 10, exchange: `mx1.${domain}` }],
    [`A mx1.${domain}`]: ["192.0.2.25"],
    [`TXT _smtp._tls.${domain}`]: [`v=TLSRPTv1; rua=mailto:reports@${domain}`],
    [`NS ${domain}`]: [`ns1.${domain}`],
  };
  const policy = `version: STSv1\nmode: enforce\nmx: mx1.${domain}\nmax_age: 1209600\n`;
  const internet = (exchange) => {
    if (exchange.url !== cloudflare.dohEndpoint) {
      asked.push(exchange.url);
      return answers.after(slow, answers.response(200, { "Content-Type": "text/plain" }, policy));
    }
    const [{ type, name }] = question(exchange).questions;
    asked.push(`${type} ${name}`);
    const data = records[`${type} ${name}`];
    const answer = data ? dns({ records: data.map((one) => ({ type, data: one })) }) : dns();
    return answers.after(slow, answer);
  };
  return { domain, asked, internet };
}

/** That each thing was looked up, and so many times. */
function assertSets({ domain, asked }, sets) {
  const counts = new Map();
  for (const one of asked) counts.set(one, (counts.get(one) ?? 0) + 1);
  for (const kind of [...QUESTIONS.map((start) => start + domain), `https://mta-sts.${domain}/.well-known/mta-sts.txt`]) {
    assert.ok(counts.has(kind), `${kind} is among ${[...counts.keys()].join(", ")}`);
  }
  for (const [one, count] of counts) assert.equal(count, sets, one);
}

const lines = (body) => body.trim().split("\n").map((line) => JSON.parse(line));

/** Waits for what is to become true, on a busy machine too. */
async function until(condition, what) {
  for (let waited = 0; !condition(); waited += 5) {
    assert.ok(waited < 5000, what);
    await sleep(5);
  }
}

/** Does it within one minute by the clock, with which the counts of Miniflare's limits begin anew. */
async function withinAMinute(attempt) {
  for (;;) {
    const minute = () => Math.floor(Date.now() / 60_000);
    const began = minute();
    const outcome = await attempt();
    if (minute() === began) return outcome;
  }
}

describe("a crowd", { concurrency: false, timeout: 120_000 }, () => {
  before(async () => (cloudflare = await Cloudflare.start({ workers: 1, around })));
  after(() => cloudflare.stop());

  test("five hundred who ask for a domain at once cost one set of lookups, and have one answer", async () => {
    const one = world();
    const answered = await cloudflare.crowd(one.internet, (fetch) => {
      const ask = async () => {
        const response = await fetch(`/api/v1/check?domain=${one.domain}`);
        return `${response.status} ${JSON.parse(await response.text()).verdict}`;
      };
      return Promise.all(Array.from({ length: 500 }, ask));
    });
    assert.deepEqual([...new Set(answered)], ["200 enforced"]);
    assertSets(one, 1);
  });

  test("whatever form of it they ask for, and fresh or not", async () => {
    const one = world();
    const query = `domain=${one.domain}`;
    const stream = { Accept: "application/x-ndjson" };
    const fresh = { "Cache-Control": "no-cache" };
    const forms = {
      report: [`/api/v1/check?${query}`, {}, (body) => JSON.parse(body).verdict === "enforced"],
      fresh: [`/api/v1/check?${query}`, fresh, (body) => JSON.parse(body).verdict === "enforced"],
      evidence: [`/api/v1/evidence?${query}`, {}, (body) => JSON.parse(body).observations.length === one.asked.length],
      advice: [`/api/v1/advice?${query}&goal=roll-out`, {}, (body) => JSON.parse(body).domain === one.domain],
      page: [`/check?${query}`, {}, (body) => body.includes('data-verdict="enforced"')],
      fragment: [`/check?${query}&view=fragment`, {}, (body) => body.includes('data-verdict="enforced"')],
      badge: [`/badge/${one.domain}.svg`, {}, (body) => body.startsWith("<svg")],
      "lines of a report": [`/api/v1/check?${query}`, stream, (body) => lines(body).at(-1).report.verdict === "enforced"],
      "lines of evidence": [`/api/v1/evidence?${query}`, stream, (body) => lines(body).at(-1).event === "evidence"],
    };
    await cloudflare.crowd(one.internet, (fetch) => {
      const each = Object.entries(forms).map(async ([form, [path, headers, isRight]]) => {
        const response = await fetch(path, headers);
        const body = await response.text();
        assert.equal(response.status, 200, `${form}: ${body}`);
        assert.ok(isRight(body), `${form}: ${body.slice(0, 2000)}`);
        if (!form.startsWith("lines")) return;
        const told = lines(body).slice(0, -1).map(({ observation }) => JSON.stringify(observation.lookup));
        assert.equal(told.length, one.asked.length, `${form} tell of each lookup`);
        assert.equal(new Set(told).size, told.length, `${form} tell of none twice`);
      });
      return Promise.all(each);
    });
    assertSets(one, 1);
  });

  test("who comes late to a stream is told what has come in, and the rest as it comes", async () => {
    const one = world({ slow: 500 });
    await cloudflare.crowd(one.internet, async (fetch) => {
      const path = `/api/v1/check?domain=${one.domain}`;
      const first = fetch(path).then((response) => response.json());
      await until(() => one.asked.some((url) => url.startsWith("https:")), "the second round begins");
      const reader = (await fetch(path, { Accept: "application/x-ndjson" })).body.getReader();
      const early = new TextDecoder().decode((await reader.read()).value);
      assert.equal(lines(early)[0].event, "lookup");
      let rest = early;
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) rest += new TextDecoder().decode(piece.value);
      assert.equal(lines(rest).at(-1).report.verdict, "enforced");
      assert.equal((await first).verdict, "enforced");
    });
    assertSets(one, 1);
  });

  for (const [form, headers] of [["a report", {}], ["a stream", { Accept: "application/x-ndjson" }]]) {
    test(`where the first, who waits for ${form}, goes away, the others are answered by the same lookups`, async () => {
      const one = world({ slow: 400 });
      await cloudflare.crowd(one.internet, async (fetch, leave) => {
        const path = `/api/v1/check?domain=${one.domain}`;
        const first = leave(path, 300, headers);
        await until(() => one.asked.length > 0, "the check begins");
        const second = fetch(path).then((response) => response.json());
        await first;
        const third = fetch(path, { Accept: "application/x-ndjson" }).then((response) => response.text());
        assert.equal((await second).verdict, "enforced");
        assert.equal(lines(await third).at(-1).report.verdict, "enforced");
      });
      assertSets(one, 1);
    });
  }

  test("a check that was begun for somebody who went away is finished, and kept", async () => {
    const one = world();
    await cloudflare.crowd(one.internet, async (fetch, leave) => {
      const path = `/api/v1/check?domain=${one.domain}`;
      await leave(path, 100);
      // Longer than the Worker has it at hand by itself.
      await sleep(2000);
      assert.equal((await (await fetch(path)).json()).verdict, "enforced");
    });
    assertSets(one, 1);
  });

  test("where whoever made the lookups is ended, the others make them once more, together", async () => {
    const one = world({ slow: 400 });
    await cloudflare.crowd(one.internet, async (fetch, leave) => {
      const path = `/api/v1/check?domain=${one.domain}`;
      const first = leave(path, 600, { [FORSAKEN]: "yes" });
      await until(() => one.asked.length >= QUESTIONS.length, "the check begins");
      const others = [fetch(path).then((response) => response.json()), fetch(path).then((response) => response.json())];
      const stream = fetch(path, { Accept: "application/x-ndjson" }).then((response) => response.text());
      await first;
      for (const other of others) assert.equal((await other).verdict, "enforced");
      const told = lines(await stream);
      assert.equal(told.at(-1).report.verdict, "enforced");
      const lookups = told.slice(0, -1).map(({ observation }) => JSON.stringify(observation.lookup));
      assert.equal(new Set(lookups).size, lookups.length, "nothing is told twice");
    });
    const counts = QUESTIONS.map((start) => one.asked.filter((asked) => asked === start + one.domain).length);
    assert.deepEqual(counts, QUESTIONS.map(() => 2));
  });

  test("an answer may be kept for what is left of its time: a minute, or five seconds where a lookup failed", async () => {
    const one = world({ slow: 0 });
    const failing = world({ slow: 0 });
    const internet = (exchange) => {
      const about = exchange.url === cloudflare.dohEndpoint ? question(exchange).questions[0].name : exchange.url;
      if (about === `_mta-sts.${failing.domain}`) return dns({ rcode: 5 });
      return (about.includes(failing.domain) ? failing : one).internet(exchange);
    };
    const paths = (domain) => [
      `/api/v1/check?domain=${domain}`, `/api/v1/evidence?domain=${domain}`, `/check?domain=${domain}`, `/check?domain=${domain}&view=fragment`,
      `/badge/${domain}.svg`, `/api/v1/advice?domain=${domain}&goal=roll-out`,
    ];
    await cloudflare.crowd(internet, async (fetch) => {
      const age = async (path) => {
        const response = await fetch(path);
        await response.text();
        return Number(response.headers.get("Cache-Control").match(/^public, max-age=(\d+)$/)[1]);
      };
      for (const path of paths(one.domain)) assert.ok((await age(path)) > 50, path);
      await sleep(2000);
      for (const path of paths(one.domain)) assert.ok((await age(path)) <= 58, path);
      for (const path of paths(failing.domain)) assert.ok((await age(path)) <= 5, path);
    });
    assertSets(one, 1);
  });

  describe("limits of rate", () => {
    const fresh = { "Cache-Control": "no-cache" };
    const quick = () => world({ slow: 0 });

    /** What one more is told. */
    const refused = async (fetch, path, headers) => {
      const response = await fetch(path, headers);
      return { status: response.status, headers: response.headers, body: await response.text() };
    };

    /** One after the other; gives how many were answered, and then what it is refused with. */
    async function fill(fetch, path, headers) {
      for (let answered = 0; ; answered += 1) {
        const { status, ...rest } = await refused(fetch, path(answered), headers);
        if (status !== 200) return { answered, status, ...rest };
        assert.ok(answered <= 2 * BY_CLIENT, "there is a limit");
      }
    }

    /** That it is this problem, and that its detail has each of the values. */
    function assertProblem({ status, headers, body }, ...values) {
      assert.equal(status, 429);
      assert.equal(headers.get("Retry-After"), "60");
      assert.equal(headers.get("Content-Type"), "application/problem+json");
      assert.equal(headers.get("Cache-Control"), "no-store");
      assert.equal(headers.get("Access-Control-Allow-Origin"), "*");
      assert.match(headers.get("Access-Control-Expose-Headers"), /\bRetry-After\b/, "a page of another origin may read it");
      const problem = JSON.parse(body);
      assert.deepEqual([problem.type, problem.status, problem.retry_after_s], ["/problems/rate-limited", 429, 60]);
      for (const value of [...values, "60"]) assert.ok(problem.detail.includes(value), problem.detail);
    }

    test("a domain is checked afresh so often in a minute, whoever asks; then it is still answered from what is kept", async () => {
      const one = quick();
      const outcome = await withinAMinute(() =>
        cloudflare.crowd(one.internet, async (fetch) => {
          // Every request comes from another client.
          const path = `/api/v1/check?domain=${one.domain}`;
          const full = await fill(fetch, () => path, fresh);
          const kept = await fetch(path);
          return { full, kept: `${kept.status} ${(await kept.json()).verdict}` };
        }),
      );
      assert.ok(outcome.full.answered <= OF_DOMAIN);
      assertProblem(outcome.full, one.domain);
      assert.equal(outcome.kept, "200 enforced");
    });

    test("a client has so many fresh checks in a minute, of whatever; another is not held up by it", async () => {
      const many = quick();
      const path = (number) => `/api/v1/check?domain=of-one-client-${number}-${many.domain}`;
      const outcome = await withinAMinute(() =>
        cloudflare.crowd(many.internet, async (fetch) => {
          const one = { "CF-Connecting-IP": `2001:db8:2::${Date.now().toString(16).slice(-4)}` };
          const full = await fill(fetch, path, { ...one, ...fresh });
          const stream = await refused(fetch, path("b"), { ...one, Accept: "application/x-ndjson" });
          const page = await refused(fetch, "/check?domain=%20Shop.COM", one);
          const fragment = await refused(fetch, "/check?domain=shop.com&view=fragment", one);
          const badge = await refused(fetch, "/badge/shop.com.svg", one);
          const example = await refused(fetch, "/api/v1/check?domain=protected.example", one);
          const lint = await refused(fetch, "/api/v1/rules", one);
          const other = await refused(fetch, path("c"));
          return { full, stream, page, fragment, badge, example, lint, other };
        }),
      );
      assert.equal(outcome.full.answered, BY_CLIENT);
      assertProblem(outcome.full, `of-one-client-${BY_CLIENT}-${many.domain}`);
      assertProblem(outcome.stream, path("b").split("=")[1]);
      assertProblem(outcome.badge, "shop.com");
      for (const page of [outcome.page, outcome.fragment]) {
        assert.equal(page.status, 429);
        assert.equal(page.headers.get("Retry-After"), "60");
        assert.match(page.body, /role="alert" data-problem="rate-limited"/);
      }
      assert.match(outcome.page.body, /<input[^>]* value=" ?Shop.COM"/, "what was typed stays");
      for (const free of ["example", "lint", "other"]) assert.equal(outcome[free].status, 200, free);
    });

    test("a client of IPv6 is its network, and a domain counts with all below it", async () => {
      const many = quick();
      const outcome = await withinAMinute(() =>
        cloudflare.crowd(many.internet, async (fetch) => {
          const network = `2001:db8:5:${Date.now().toString(16).slice(-4)}`;
          const statuses = async (count, ask) => {
            const all = [];
            for (let number = 0; number < count; number += 1) all.push((await refused(fetch, ...ask(number))).status);
            return all.filter((status) => status === 200).length;
          };
          const path = (name) => `/api/v1/check?domain=${name}`;
          return {
            client: await statuses(BY_CLIENT + 15, (number) => [path(`net-${number}-${many.domain}`), { "CF-Connecting-IP": `${network}::${number + 1}` }]),
            below: await statuses(OF_DOMAIN + 10, (number) => [path(`sub-${number}.below-${many.domain}`)]),
          };
        }),
      );
      assert.deepEqual(outcome, { client: BY_CLIENT, below: OF_DOMAIN });
    });

    test("mail servers below somebody else's domain count as checks of it", async () => {
      const victim = `victim-${Date.now()}.com`;
      const asked = [];
      const internet = (exchange) => {
        if (exchange.url !== cloudflare.dohEndpoint) return answers.response(404);
        const [{ type, name }] = question(exchange).questions;
        // The name of whoever points there ends with the victim's too.
        if (name === victim || name.endsWith(`.${victim}`)) asked.push(name);
        const exchanges = Array.from({ length: 10 }, (_, number) => ({ preference: number, exchange: `mx${number}.${victim}` }));
        const records = type === "MX" ? exchanges.map((data) => ({ type, data })) : type === "A" ? [{ type, data: "192.0.2.1" }] : [];
        return dns({ records });
      };
      const [counts, told] = await withinAMinute(() =>
        cloudflare.crowd(internet, async (fetch) => {
          const counts = [];
          let told;
          for (let number = 0; number < OF_DOMAIN + 5; number += 1) {
            asked.length = 0;
            const answer = await fetch(`/api/v1/check?domain=points-${number}-at-${victim}`);
            told = await answer.json();
            counts.push(asked.length);
          }
          return [counts, told];
        }),
      );
      assert.ok(counts.slice(0, OF_DOMAIN).every((count) => count > 10), `${counts}`);
      assert.deepEqual(counts.slice(OF_DOMAIN), [0, 0, 0, 0, 0]);
      assert.ok(told.findings.every(({ rule, outcome }) => rule !== "mx-target-no-address" || outcome !== "fail"), "a lookup that was not made proves nothing");
    });

    test("what is sent to be judged has a limit, and what is kept has none", async () => {
      const one = quick();
      const outcome = await withinAMinute(() =>
        cloudflare.crowd(one.internet, async (fetch) => {
          const client = { "CF-Connecting-IP": `2001:db8:6:${Date.now().toString(16).slice(-4)}::1` };
          const kept = `/api/v1/check?domain=${one.domain}`;
          await (await fetch(kept, client)).text();
          const paths = ["lint/policy", "lint/record", "lint/tlsrpt", "evaluate", "reports"];
          let last;
          let answered = 0;
          for (; answered <= 2 * SENT; answered += 1) {
            const response = await fetch(`/api/v1/${paths[answered % paths.length]}`, client, "x");
            last = { status: response.status, headers: response.headers, body: await response.text() };
            if (last.status === 429) break;
          }
          const again = [];
          for (let number = 0; number < 3 * SENT; number += 1) {
            const response = await fetch(kept, client);
            await response.text();
            again.push(response.status);
          }
          return { answered, last, again: [...new Set(again)] };
        }),
      );
      assert.equal(outcome.answered, SENT);
      assertProblem(outcome.last);
      assert.deepEqual(outcome.again, [200]);
      assertSets(one, 1);
    });

    test("where Cloudflare does not say who asks, nobody else is believed", async () => {
      const alone = await Cloudflare.start({ workers: 1, variables: { PLATFORM: "" } });
      try {
        const many = quick();
        const answered = await withinAMinute(() =>
          alone.crowd(many.internet, async (fetch) => {
            let answered = 0;
            for (let number = 0; number < BY_CLIENT + 10; number += 1) {
              const response = await fetch(`/api/v1/check?domain=alone-${number}-${many.domain}`);
              await response.text();
              answered += Number(response.status === 200);
            }
            return answered;
          }),
        );
        assert.equal(answered, BY_CLIENT);
      } finally {
        await alone.stop();
      }
    });

    test("to look on at a check that is under way counts for nobody", async () => {
      const one = world({ slow: 300 });
      const statuses = await cloudflare.crowd(one.internet, async (fetch) => {
        const path = `/api/v1/check?domain=${one.domain}`;
        const first = fetch(path);
        await until(() => one.asked.length > 0, "the check begins");
        const client = { "CF-Connecting-IP": "2001:db8:3::1" };
        const others = Array.from({ length: 2 * BY_CLIENT }, () => fetch(path, { ...client, ...fresh }));
        const all = await Promise.all([first, ...others]);
        return Promise.all(all.map(async (response) => (await response.text(), response.status)));
      });
      assert.deepEqual([...new Set(statuses)], [200]);
      assertSets(one, 1);
    });
  });
});
