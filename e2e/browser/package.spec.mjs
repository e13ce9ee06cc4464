// The browser package as a script uses it: the same answers as the API's, from the same evidence, with no network.

import { gzipSync } from 'node:zlib';

import { expect, test, timeless } from './answer.mjs';

/** What a value says, whichever minute and day it was made on. */
const lasting = (value) => timeless(JSON.stringify(value)).replace(/"\d{4}-\d\d-\d\d"/g, '"DAY"');

/** Calls a function of the package in the page, with the network off once it is loaded. */
async function call(page, name, ...given) {
  await page.goto('/');
  await page.evaluate(async () => {
    window.checker = await import('/pkg/index.js');
    await window.checker.default();
  });
  await page.context().setOffline(true);
  const made = await page.evaluate(([name, given]) => window.checker[name](...given), [name, given]);
  await page.context().setOffline(false);
  return made;
}

for (const domain of ['protected.example', 'mx-mismatch.example', 'typing-errors.example', 'nothing.example']) {
  test(`evidence on ${domain} is judged as the API judges it`, async ({ page, request }) => {
    const evidence = await (await request.get(`/examples/${domain}.json`)).json();
    const report = await (await request.get(`/api/v1/check?domain=${domain}`)).json();
    expect(lasting(await call(page, 'evaluate', evidence, Date.now()))).toBe(lasting(report));
  });
}

test('advice is the API\u2019s, for each goal', async ({ page, request }) => {
  const evidence = await (await request.get('/examples/testing.example.json')).json();
  await page.goto('/');
  const look = await page.evaluate(async () => {
    const planner = await import('/pkg/advice.js');
    await planner.default();
    return planner.look('testing.example');
  });
  expect(look.evidence.observations).toEqual(evidence.observations);
  for (const options of [{}, { goal: 'removal', max_age: '604800' }, { goal: 'move', to: 'google' }]) {
    const query = new URLSearchParams({ domain: 'testing.example', ...options });
    const advice = await (await request.get(`/api/v1/advice?${query}`)).json();
    expect(lasting(await call(page, 'advise', look, Date.now(), options))).toBe(lasting(advice));
  }
  await page.goto('/');
  const refused = await page.evaluate(async (given) => {
    const checker = await import('/pkg/index.js');
    await checker.default();
    try {
      return checker.advise(given, Date.now(), { goal: 'world-peace' });
    } catch (error) {
      return { name: error.name, problem: error.problem };
    }
  }, look);
  expect(refused.name).toBe('CheckError');
  expect(refused.problem.type).toBe('/problems/invalid-parameter');
  for (const goal of ['roll-out', 'removal', 'move']) expect(refused.problem.detail).toContain(goal);
});

test('a text is linted as the API lints it', async ({ page, request }) => {
  const texts = { lintPolicy: ['policy', 'version: STSv1\nmode: Enforce\nmx: mail.example.com.\nmax_age: 1d\n'], lintRecord: ['record', 'v=STSv1 id=2026-05-12'], lintTlsRpt: ['tlsrpt', 'v=TLSRPTv1; rua=sam@example.com'] };
  for (const [name, [kind, text]] of Object.entries(texts)) {
    const answer = await request.post(`/api/v1/lint/${kind}`, { data: text, headers: { 'Content-Type': 'text/plain' } });
    expect(lasting(await call(page, name, text))).toBe(lasting(await answer.json()));
  }
});

test('a report is drawn as the edge draws it', async ({ page, request }) => {
  const report = await (await request.get('/api/v1/check?domain=mx-mismatch.example')).json();
  const pageOfEdge = await (await request.get('/check?domain=mx-mismatch.example')).text();
  expect(timeless(pageOfEdge)).toContain(timeless(await call(page, 'render', report)));
});

test('reports are read and summed up in the browser, packed ones too', async ({ page }) => {
  const report = (id, failed) => ({
    'organization-name': 'Mail sender', 'report-id': id,
    'date-range': { 'start-datetime': `2026-11-${id}T00:00:00Z`, 'end-datetime': `2026-11-${id}T23:59:59Z` },
    policies: [{
      policy: { 'policy-type': 'sts', 'policy-domain': 'protected.example' },
      summary: { 'total-successful-session-count': 9, 'total-failure-session-count': failed },
      'failure-details': failed ? [{ 'result-type': 'starttls-not-supported', 'receiving-mx-hostname': 'mx2.mail-host.net', 'failed-session-count': failed }] : [],
    }],
  });
  const first = JSON.stringify(report('10', 0));
  const second = gzipSync(JSON.stringify(report('11', 3)));
  const requests = [];
  await page.goto('/');
  await page.evaluate(async () => {
    window.reports = await import('/pkg/reports.js');
    await window.reports.default();
  });
  page.on('request', (request) => requests.push(request.url()));
  const summary = await page.evaluate(([first, second]) => window.reports.readReports([
    new File([first], 'one.json'),
    { name: 'two.json.gz', bytes: Uint8Array.from(second) },
    { name: 'again.json', bytes: new TextEncoder().encode(first) },
    { name: 'cut.json.gz', bytes: Uint8Array.from(second.slice(0, 40)) },
    { name: 'other.txt', bytes: new TextEncoder().encode('Good morning') },
  ], { domain: 'protected.example' }), [first, [...second]]);
  expect([summary.reports, summary.duplicates, summary.successful, summary.failed]).toEqual([2, 1, 18, 3]);
  expect(summary.files.map(({ error }) => error === null)).toEqual([true, true, true, false, false]);
  expect(summary.files.map(({ problem }) => problem)).toEqual([null, null, null, 'broken-gzip', 'not-json']);
  expect(summary.causes[0]).toMatchObject({ result_type: 'starttls-not-supported', failed: 3 });
  const [html, table] = await page.evaluate((first) => {
    const files = () => [new File([first], 'one.json')];
    return Promise.all([window.reports.showReports(files()), window.reports.tabulateReports(files())]);
  }, first);
  expect(html).toContain('data-domain="protected.example"');
  expect(table.split('\r\n')[1]).toContain(',protected.example,sts,success,9,');
  expect(requests, 'nothing leaves the browser').toEqual([]);
  const refused = await page.evaluate(() => window.reports.readReports([], { domain: 'a b' }).catch((error) => error.problem.type));
  expect(refused).toBe('/problems/invalid-domain');
});

test('a report that unpacks without end is stopped', async ({ page }) => {
  const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024, 0x20));
  await page.goto('/');
  const summary = await page.evaluate(async (bomb) => {
    const reports = await import('/pkg/reports.js');
    await reports.default();
    return reports.readReports([{ name: 'bomb.json.gz', bytes: Uint8Array.from(bomb) }, { name: 'good.json', bytes: new TextEncoder().encode('{"policies":[]}') }]);
  }, [...bomb]);
  expect(summary.files[0].problem).toBe('one-unpacks-to-too-much');
  expect(summary.files[0].error).toContain('64');
  expect(summary.files[1].error).toBeNull();
});
