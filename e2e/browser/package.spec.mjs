// The browser package as a script uses it: the same answers as the API's, from the same evidence, with no network.

import { expect, test } from './answer.mjs';

/** A time that a text holds says when it was made. */
const timeless = (value) => JSON.stringify(value).replace(/\b20\d{6}T\d{4,6}Z?\b/g, 'TIME').replace(/"\d{4}-\d\d-\d\d"/g, '"DAY"');

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
    expect(timeless(await call(page, 'evaluate', evidence, Date.now()))).toBe(timeless(report));
  });
}

test('advice is the API\u2019s, for each goal', async ({ page, request }) => {
  const evidence = await (await request.get('/examples/testing.example.json')).json();
  for (const options of [{}, { goal: 'removal', max_age: '604800' }, { goal: 'move', to: 'google' }]) {
    const query = new URLSearchParams({ domain: 'testing.example', ...options });
    const advice = await (await request.get(`/api/v1/advice?${query}`)).json();
    expect(timeless(await call(page, 'advise', evidence, Date.now(), options))).toBe(timeless(advice));
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
  }, evidence);
  expect(refused.name).toBe('CheckError');
  expect(refused.problem.detail).toContain('roll-out, removal and move');
});

test('a text is linted as the API lints it', async ({ page, request }) => {
  const texts = { lintPolicy: ['policy', 'version: STSv1\nmode: Enforce\nmx: mail.example.com.\nmax_age: 1d\n'], lintRecord: ['record', 'v=STSv1 id=2026-05-12'], lintTlsRpt: ['tlsrpt', 'v=TLSRPTv1; rua=sam@example.com'] };
  for (const [name, [kind, text]] of Object.entries(texts)) {
    const answer = await request.post(`/api/v1/lint/${kind}`, { data: text, headers: { 'Content-Type': 'text/plain' } });
    expect(timeless(await call(page, name, text))).toBe(timeless(await answer.json()));
  }
});

test('a report is drawn as the edge draws it', async ({ page, request }) => {
  const report = await (await request.get('/api/v1/check?domain=mx-mismatch.example')).json();
  const pageOfEdge = await (await request.get('/check?domain=mx-mismatch.example')).text();
  expect(pageOfEdge).toContain(await call(page, 'render', report));
});
