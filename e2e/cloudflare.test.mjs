// What Cloudflare answers, throws and limits, played to the Worker as it would be deployed; and what a person is told then.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import dnsPacket from "dns-packet";
import { Cloudflare, CONNECTIONS, SUBREQUESTS, TOO_MANY, answers, dns, question } from "./internet.mjs";

/** Requests that a check may make (`REQUEST_LIMIT` in core): its cache takes two of the fifty besides. */
const REQUESTS = 45;
/** All of a check, in milliseconds, and what a busy machine adds. */
const CHECK_MS = 8000 + 1500;
/** A resolver's and a host's usual time. */
const USUAL_MS = 5;

const policyFile = (...hosts) => `version: STSv1\nmode: enforce\n${hosts.map((host) => `mx: ${host}\n`).join("")}max_age: 1209600\n`;
const text = (status, body) => answers.response(status, { "Content-Type": "text/plain" }, body);

let domains = 0;

/** A domain that is as it should be, and its part of the internet; each has a name of its own, so that nothing is at hand. */
function shop() {
  domains += 1;
  const domain = `shop-${domains}.com`;
  return {
    domain,
    /** By type and name. */
    records: {
      [`TXT _mta-sts.${domain}`]: ["v=STSv1; id=20261101T000000;"],
      [`A mta-sts.${domain}`]: ["192.0.2.10"],
      [`MX ${domain}`]: [{ preference: 10, exchange: `mx1.${domain}` }],
      [`A mx1.${domain}`]: ["192.0.2.25"],
      [`TXT _smtp._tls.${domain}`]: [`v=TLSRPTv1; rua=mailto:reports@${domain}`],
      [`NS ${domain}`]: [`ns1.${domain}`],
    },
    /** How the resolver answers, where not from the records. */
    resolver: () => undefined,
    policy: text(200, policyFile(`mx1.${domain}`)),
    /** What the policy host sends where its certificate is looked at: nothing, and it hangs up. */
    socket: answers.response(200),
  };
}

/** A domain with twelve MX hosts, reports to three others, and a policy that allows all. */
function bigShop() {
  const world = shop();
  const { domain, records } = world;
  const hosts = Array.from({ length: 12 }, (_, number) => `mx${number}.${domain}`);
  records[`MX ${domain}`] = hosts.map((exchange, preference) => ({ preference, exchange }));
  for (const host of hosts) records[`A ${host}`] = ["192.0.2.25"];
  const reports = ["a", "b", "c"].map((name) => `${name}.reports-${domain}`);
  records[`TXT _smtp._tls.${domain}`] = [`v=TLSRPTv1; rua=${reports.map((name) => `mailto:tls@${name}`).join(",")}`];
  for (const name of reports) records[`MX ${name}`] = [{ preference: 10, exchange: `mx.${name}` }];
  world.policy = text(200, policyFile(...hosts));
  return world;
}

/** What the records say, as a resolver answers it. */
function resolve({ records }, asked) {
  const data = records[`${asked.type} ${asked.name}`];
  if (data) return dns({ records: data.map((one) => ({ type: asked.type, data: one })) });
  const exists = Object.keys(records).some((key) => key.endsWith(` ${asked.name}`) || key.endsWith(`.${asked.name}`));
  return dns({ rcode: exists ? 0 : 3 });
}

let cloudflare;

/** The internet as the world has it. */
const internetOf = (world) => (exchange) => {
  if (exchange.url.startsWith("tcp:")) return world.socket;
  if (exchange.url !== cloudflare.dohEndpoint) return answers.after(USUAL_MS, world.elsewhere?.[exchange.url] ?? world.policy);
  const [asked] = question(exchange).questions;
  return world.resolver(asked, resolve(world, asked)) ?? answers.after(USUAL_MS, resolve(world, asked));
};

/** Checks a domain, and holds the check to its limits. */
async function check(world, { headers = {}, by = cloudflare, withinLimits = true } = {}) {
  const { domain } = world;
  const { status, body, took, invocation } = await by.ask(`/api/v1/check?domain=${domain}`, internetOf(world), headers);
  assert.equal(status, 200, body);
  const { exchanges, sockets, mostWaiting, longestQueued } = invocation;
  assert.ok(exchanges.length <= REQUESTS, `${exchanges.length} requests`);
  assert.ok(took < CHECK_MS, `${took} ms`);
  if (withinLimits) {
    assert.ok(mostWaiting <= CONNECTIONS, `${mostWaiting} connections waited for headers at a time`);
    // The double learns a moment late that a request was given up.
    assert.ok(longestQueued < 250, "no request waits for a connection while its time runs");
  }
  const hosts = [`mta-sts.${domain}`, domain];
  for (const { url, method, headers } of exchanges) {
    assert.equal(headers.cookie, undefined);
    if (url === by.dohEndpoint) {
      assert.equal(`${method} ${headers["content-type"]}`, "POST application/dns-message");
    } else if (!sockets.includes(url)) {
      assert.ok(hosts.some((host) => [`https://${host}/.well-known/mta-sts.txt`, `https://${host}/mta-sts.txt`].includes(url)), url);
    }
  }
  // The address is the one that was looked at: the name is not resolved anew.
  const looked = (world.records[`A mta-sts.${domain}`] ?? []).map((address) => `tcp://${address}:443`);
  for (const socket of sockets) assert.ok(looked.includes(socket), socket);
  return { report: JSON.parse(body), took, invocation };
}

const rules = (report, outcome) => report.findings.filter((found) => found.outcome === outcome).map(({ rule }) => rule);

/** Waits for what is to become true, on a busy machine too. */
async function until(condition, what) {
  for (let waited = 0; !condition(); waited += 20) {
    assert.ok(waited < 5000, what);
    await sleep(20);
  }
}

/** What is told of the policy host: one rule, whose detail has the values. */
function assertTold(report, verdict, rule, values = /(?:)/) {
  const found = report.findings.find((one) => one.rule === rule);
  assert.ok(found, `${rule} is among ${rules(report, "fail")}, ${rules(report, "inconclusive")}`);
  assert.equal(report.verdict, verdict);
  assert.equal(found.outcome, verdict === "inconclusive" ? "inconclusive" : "fail");
  assert.match(found.detail ?? "", values);
}

/** That a resolver's fault is told as such, and nothing of the domain. */
function assertUnseen(report, values = /(?:)/) {
  assert.equal(report.verdict, "inconclusive");
  assert.deepEqual(rules(report, "fail"), [], "nothing is held against the domain");
  for (const rule of ["record-dns-error", "policy-host-dns-error", "mx-dns-error", "tlsrpt-dns-error"]) {
    const found = report.findings.find((one) => one.rule === rule);
    assert.equal(found?.outcome, "inconclusive", rule);
    assert.match(found.detail, values);
  }
}

function withPolicy(policy) {
  return { ...shop(), policy };
}

/** The same, marked as a DNS message. */
function answersAsDns(answer) {
  return (exchange) => {
    const head = exchange.head.bind(exchange);
    exchange.head = (status) => head(status, { "Content-Type": "application/dns-message" });
    return answer(exchange);
  };
}

describe("the Worker on Cloudflare", { concurrency: true, timeout: 120_000 }, () => {
  before(async () => (cloudflare = await Cloudflare.start({ workers: 10 })));
  after(() => cloudflare.stop());

  describe("Cloudflare's limits, as they are played", { concurrency: false }, () => {
    const PROBE = `
      import { connect } from "cloudflare:sockets";
      const outcome = (promise) => promise.then((response) => response.status, (error) => error.message);
      export default {
        async fetch(request) {
          const { searchParams: query } = new URL(request.url);
          const one = async (_, number) => {
            const init = number < Number(query.get("abort")) ? { signal: AbortSignal.timeout(200) } : {};
            if (number >= Number(query.get("sockets"))) return outcome(fetch("https://host.invalid/" + number, init));
            const socket = connect("host.invalid:443");
            await socket.writable.getWriter().write(new Uint8Array(1));
            return outcome(socket.readable.getReader().read().then(() => ({ status: "read" })));
          };
          return Response.json(await Promise.all(Array.from({ length: Number(query.get("requests")) }, one)));
        },
      };
    `;
    let probe;
    before(async () => (probe = await Cloudflare.start({ workers: 1, script: PROBE })));
    after(() => probe.stop());

    /** Answers nobody until it is let go. */
    const held = (answer = answers.response(200)) => {
      const begun = [];
      const internet = (exchange) => async () => {
        await new Promise((resolve) => begun.push(resolve));
        await answer(exchange);
      };
      return { begun, internet };
    };

    /** Lets go those from one to before another, each as soon as it has begun. */
    const letGo = async (begun, from, to) => {
      for (let number = from; number < to; number += 1) {
        await until(() => begun.length > number, `${number} begins`);
        begun[number]();
      }
    };

    test("fifty requests are made, and the fifty-first throws", async () => {
      const outcomes = async (requests) => JSON.parse((await probe.ask(`/?requests=${requests}`, () => answers.response(200))).body);
      assert.deepEqual(await outcomes(SUBREQUESTS), Array(50).fill(200));
      assert.deepEqual((await outcomes(SUBREQUESTS + 1)).sort(), [...Array(50).fill(200), TOO_MANY]);
    });

    test("a seventh connection waits until another has its headers, and not for its body", async () => {
      const { begun, internet } = held(answers.stalled("never ended"));
      const asked = probe.ask("/?requests=8", internet);
      await until(() => begun.length === 6, "six begin");
      await sleep(200);
      assert.equal(begun.length, 6);
      begun[0]();
      await until(() => begun.length === 7, "the seventh begins");
      await sleep(200);
      assert.equal(begun.length, 7, "the eighth still waits");
      await letGo(begun, 1, 8);
      const { body, invocation } = await asked;
      assert.deepEqual(JSON.parse(body), Array(8).fill(200));
      assert.deepEqual([invocation.mostWaiting, invocation.queued], [6, 2]);
    });

    test("a request that is given up makes room", async () => {
      const { begun, internet } = held();
      const asked = probe.ask("/?requests=7&abort=6", internet);
      await until(() => begun.length === 7, "the six that were given up do not wait any more");
      begun[6]();
      const outcomes = JSON.parse((await asked).body);
      assert.equal(outcomes[6], 200);
      for (const outcome of outcomes.slice(0, 6)) assert.match(outcome, /aborted/);
    });

    test("a socket is a connection and a request as well", async () => {
      const { begun, internet } = held();
      const asked = probe.ask("/?requests=7&sockets=6", internet);
      await until(() => begun.length === 6, "six begin");
      await sleep(200);
      assert.equal(begun.length, 6);
      await letGo(begun, 0, 7);
      const { invocation } = await asked;
      assert.equal(invocation.sockets.length, 6);
      assert.deepEqual(invocation.sockets[0], "tcp://host.invalid:443");
    });
  });

  describe("a domain as it should be", () => {
    test("is enforced, and its lookups run side by side", async () => {
      const { report, invocation } = await check(shop());
      assert.equal(report.verdict, "enforced");
      assert.deepEqual(rules(report, "inconclusive"), []);
      assert.ok(invocation.mostWaiting > 1, `${invocation.mostWaiting} at a time`);
    });
  });

  describe("what Cloudflare answers in the place of the policy host", { concurrency: true }, () => {
    const told = [
      [520, "broken", "policy-connect-failed"],
      [521, "broken", "policy-connect-failed"],
      [522, "broken", "policy-connect-failed"],
      [523, "broken", "policy-connect-failed"],
      [524, "broken", "policy-timeout"],
      [525, "broken", "policy-tls-failed"],
      [526, "broken", "policy-tls-failed"],
      [527, "broken", "policy-connect-failed"],
      // Not Cloudflare's: the host's own.
      [528, "broken", "policy-server-error"],
      [529, "broken", "policy-server-error"],
      [530, "inconclusive", "policy-fetch-error"],
    ];
    for (const [status, verdict, rule] of told) {
      test(`${status} is ${rule}`, async () => {
        const world = shop();
        world.policy = text(status, `error code: ${status}`);
        const { report, invocation } = await check(world);
        assertTold(report, verdict, rule, new RegExp(`\\b${status}\\b`));
        assert.equal(invocation.sockets.length, status === 525 || status === 526 ? 1 : 0, "the certificate is looked at after 525 and 526");
      });
    }

    const looks = [
      ["an alert: the name is not known there", answers.response(200, {}, Buffer.from([21, 3, 3, 0, 2, 2, 112])), "policy-tls-handshake-failed"],
      ["a refusal", answers.thrown("proxy request failed, cannot connect to the specified address"), "policy-tls-failed"],
      ["silence", answers.silence(), "policy-tls-failed"],
      ["a flood", answers.endless("\u0016\u0003\u0003@\u0000".repeat(20)), "policy-tls-failed"],
    ];
    for (const [name, socket, rule] of looks) {
      test(`526, and the look at the certificate meets ${name}`, async () => {
        const { report } = await check({ ...withPolicy(text(526, "error code: 526")), socket });
        assertTold(report, "broken", rule);
      });
    }
  });

  describe("what a fetch of the policy throws", { concurrency: true }, () => {
    const thrown = [
      ["Network connection lost.", "broken", "policy-connect-failed"],
      ["The operation was aborted due to timeout", "broken", "policy-timeout"],
      // On Cloudflare, a host's certificate has a status: this is a fault of Cloudflare's, and says nothing of the host.
      ["internal error; reference = 0123456789abcdef", "inconclusive", "policy-fetch-error"],
      [TOO_MANY, "inconclusive", "policy-fetch-error"],
      ["Response closed due to connection limit", "inconclusive", "policy-fetch-error"],
      ["A stalled HTTP response was canceled to prevent deadlock.", "inconclusive", "policy-fetch-error"],
      ["Something new.", "inconclusive", "policy-fetch-error"],
    ];
    for (const [message, verdict, rule] of thrown) {
      test(`${message} is ${rule}`, async () => {
        const { report, invocation } = await check(withPolicy(answers.thrown(message)));
        assertTold(report, verdict, rule, new RegExp(message.slice(0, 20).replaceAll(".", "\\.")));
        assert.equal(invocation.sockets.length, 0);
      });
    }

    test("an internal error is a bad certificate where workerd runs alone, whatever the client says", async () => {
      const alone = await Cloudflare.start({ workers: 1, variables: { PLATFORM: "" } });
      try {
        for (const headers of [{}, { "CF-Ray": "0123456789abcdef" }]) {
          const world = withPolicy(answers.thrown("internal error; reference = 0123456789abcdef"));
          const { report, invocation } = await check(world, { headers, by: alone });
          assertTold(report, "broken", "policy-tls-failed", /internal error/);
          assert.equal(invocation.sockets.length, 1);
        }
      } finally {
        await alone.stop();
      }
    });

    test("a connection that is reset, before its answer and within, is policy-connect-failed", async () => {
      for (const part of [undefined, "version: STSv1\n"]) {
        const { report } = await check(withPolicy(answers.reset(part)));
        assertTold(report, "broken", "policy-connect-failed", /Network connection lost/);
      }
    });
  });

  describe("a policy host that takes its time", { concurrency: true }, () => {
    const slow = [
      ["sends no headers", answers.silence()],
      ["sends headers and nothing more", answers.stalled()],
      ["stops within the file", answers.stalled("version: STSv1\nmode: enf")],
      ["sends a byte now and then", async (exchange) => {
        exchange.head(200, { "Content-Type": "text/plain" });
        for (let sent = 0; sent < 200 && !exchange.closed; sent += 1) {
          await exchange.write("#");
          await sleep(100);
        }
      }],
    ];
    for (const [name, policy] of slow) {
      test(`one that ${name} is given up after six seconds`, async () => {
        const { report, took, invocation } = await check(withPolicy(policy));
        assertTold(report, "broken", "policy-timeout", /\b6\.\d\b/);
        assert.ok(took >= 5900, `${took} ms`);
        const fetched = invocation.exchanges.find(({ url }) => url.endsWith(".txt"));
        await until(() => fetched.closed, "the connection is closed, not forgotten");
      });
    }

    test("one that needs three seconds is slow, and no more", async () => {
      const world = shop();
      world.policy = answers.after(3000, world.policy);
      const { report } = await check(world);
      assertTold(report, "enforced", "policy-slow", /\b3\.\d\b/);
    });

    test("a body without an end is cut at 64 KiB, and the connection closed", async () => {
      const { report, took, invocation } = await check(withPolicy(answers.endless("mx: mail.example.com\n")));
      assertTold(report, "broken", "policy-too-large", /65536/);
      assert.ok(took < 4000, `${took} ms`);
      const fetched = invocation.exchanges.find(({ url }) => url.endsWith(".txt"));
      await until(() => fetched.closed, "the connection is closed");
      assert.ok(fetched.written < 16 * 1024 * 1024, `${fetched.written} bytes were sent`);
    });
  });

  describe("a resolver that does not answer", { concurrency: true }, () => {
    const all = (answer) => ({ ...shop(), resolver: () => answer });
    const html = "<!doctype html><title>Sign in</title>";

    for (let status = 520; status <= 530; status += 1) {
      test(`with ${status} leaves all open`, async () => {
        const { report } = await check(all(text(status, `error code: ${status}`)));
        assertUnseen(report, new RegExp(`\\b${status}\\b`));
      });
    }

    const failing = [
      ["429", text(429, "slow down"), /\b429\b/],
      ["500", text(500, "oh"), /\b500\b/],
      ["a redirect", answers.response(302, { Location: "https://elsewhere.invalid/" }), /\b302\b/],
      ["a page to sign in at", answers.response(200, { "Content-Type": "text/html" }, html)],
      ["an answer that is not marked as one", dns({ rcode: 3, type: "text/plain" })],
      ["an answer without a type", (exchange) => answers.response(200, {}, exchange.body)(exchange)],
      ["garbage", answers.response(200, { "Content-Type": "application/dns-message" }, html)],
      ["nothing in it", answers.response(200, { "Content-Type": "application/dns-message" })],
      ["half a message", dns({ records: [{ type: "A", data: "192.0.2.1" }], cut: 20 })],
      ["a message that says that it was cut short", dns({ flags: dnsPacket.TRUNCATED_RESPONSE })],
      ["a message without an end", answersAsDns(answers.endless("\0".repeat(100)))],
      ["the query itself", (exchange) => answers.response(200, { "Content-Type": "application/dns-message" }, exchange.body)(exchange)],
      ["SERVFAIL", dns({ rcode: 2 }), /SERVFAIL/],
      ["REFUSED", dns({ rcode: 5 }), /REFUSED/],
      ["an error that is thrown", answers.thrown("Network connection lost."), /Network connection lost/],
      ["too many subrequests", answers.thrown(TOO_MANY), /Too many subrequests/],
      ["a reset", answers.reset(), /Network connection lost/],
    ];
    for (const [name, answer, values] of failing) {
      test(`with ${name}`, async () => {
        const { report } = await check(all(answer));
        assertUnseen(report, values);
      });
    }

    for (const [name, answer] of [["silent", answers.silence()], ["silent within its answer", answersAsDns(answers.stalled("\0\0"))]]) {
      test(`but is ${name} is given up after four seconds`, async () => {
        const { report, took } = await check(all(answer));
        assertUnseen(report);
        assert.ok(took >= 3900 && took < 6000, `${took} ms`);
      });
    }

    // One question at a time: what hangs on it is open, and what does not stands.
    const single = [
      ["TXT", "_mta-sts.", "inconclusive", "record-dns-error"],
      ["A", "mta-sts.", "inconclusive", "policy-host-dns-error"],
      ["MX", "", "inconclusive", "mx-dns-error"],
      ["TXT", "_smtp._tls.", "enforced", "tlsrpt-dns-error"],
      ["A", "mx1.", "enforced", undefined],
      ["NS", "", "enforced", undefined],
    ];
    for (const [type, label, verdict, rule] of single) {
      test(`to ${type} ${label}…: the verdict is ${verdict}, and nothing is missing`, async () => {
        const world = shop();
        world.resolver = (asked) => (asked.type === type && asked.name === label + world.domain ? text(522, "error code: 522") : undefined);
        const { report } = await check(world);
        assert.equal(report.verdict, verdict);
        if (rule) assert.ok(rules(report, "inconclusive").includes(rule), `${rules(report, "inconclusive")}`);
        for (const failed of rules(report, "fail")) assert.doesNotMatch(failed, /missing|no-address|not-found/);
      });
    }
  });

  describe("a domain with much to ask", { concurrency: true }, () => {
    test("twelve MX hosts and reports to three others are within the limits", async () => {
      const { report, invocation } = await check(bigShop());
      assert.equal(report.verdict, "enforced");
      assert.equal(report.mx.length, 12);
      assert.ok(invocation.exchanges.length > 30, `${invocation.exchanges.length} requests`);
      assert.equal(invocation.mostWaiting, CONNECTIONS, "all connections are used");
    });

    test("with everything odd besides", async () => {
      const world = bigShop();
      const { domain, records } = world;
      records[`TXT _mta-sts.${domain}`].push("v=STSv1; id=2;");
      records[`TXT _smtp._tls.${domain}`].push("v=TLSRPTv1; rua=mailto:x@other-shop.com");
      records[`A ${domain}`] = ["192.0.2.80"];
      delete records[`NS ${domain}`];
      world.policy = text(404, "no such file");
      // The MX hosts' zone is broken, so that each question is asked twice.
      world.resolver = ({ name }) => (/^(_25\._tcp\.)?mx\d+\./.test(name) ? answers.after(USUAL_MS, dns({ rcode: 2 })) : undefined);
      const { report, invocation } = await check(world);
      assert.equal(report.verdict, "broken");
      assert.ok(rules(report, "fail").includes("record-multiple"), `${rules(report, "fail")}`);
      assert.ok(invocation.exchanges.length > 35, `${invocation.exchanges.length} requests`);
    });

    test("and a certificate that is wrong", async () => {
      const { report, invocation } = await check({ ...bigShop(), policy: text(526, "error code: 526") });
      assertTold(report, "broken", "policy-tls-failed", /526/);
      assert.equal(invocation.sockets.length, 1, "the look has its place among the requests");
    });

    /** The MX records are at the resolver's hand; all else it has to ask for. */
    const slowly = (milliseconds) => {
      const world = bigShop();
      world.resolver = ({ type, name }, ordinary) => (type === "MX" && name === world.domain ? undefined : answers.after(milliseconds, ordinary));
      return world;
    };

    test("a slow resolver is not held against a policy host that is fast", async () => {
      const { report } = await check(slowly(1200));
      assert.equal(report.verdict, "enforced");
      assert.ok(!rules(report, "fail").includes("policy-slow"));
      const seen = report.mx.filter(({ addresses }) => addresses.length > 0);
      assert.equal(seen.length, 10, "and every host that is looked into has its addresses");
    });

    test("a very slow resolver: what can be said within eight seconds is said", async () => {
      const { report, took } = await check(slowly(3500));
      assert.equal(report.verdict, "enforced");
      assert.ok(took > 7000, `${took} ms`);
    });

    test("MX hosts whose zone is silent do not keep the policy waiting", async () => {
      const world = bigShop();
      world.resolver = ({ name }) => (/mx\d+\./.test(name) ? answers.silence() : undefined);
      const { report } = await check(world);
      assert.equal(report.verdict, "enforced");
      assert.ok(!rules(report, "fail").some((rule) => rule.includes("no-address")), "silence is no answer");
    });

    test("asked all at once, Cloudflare's queue would make a fast policy host slow, and lose what waits too long", async () => {
      const greedy = await Cloudflare.start({ workers: 1, variables: { LOOKUPS_AT_ONCE: "45" } });
      try {
        const { report, invocation } = await check(slowly(1200), { by: greedy, withinLimits: false });
        assert.equal(invocation.mostWaiting, CONNECTIONS);
        assert.ok(invocation.queued > 10, "so this test can see a check that lets Cloudflare queue its requests");
        assert.ok(rules(report, "fail").includes("policy-slow"), `${rules(report, "fail")}`);
        assert.ok(report.mx.filter(({ addresses }) => addresses.length > 0).length < 10);
      } finally {
        await greedy.stop();
      }
    });
  });
});
