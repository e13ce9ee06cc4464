// What is copied is what is meant: every text to paste, read from the clipboard, in the page, the widget, the editor and the
// plan.

import { createServer } from 'node:http';
import { answer, ask, evaluated, expect, expectVerdict, streamOf, test } from './answer.mjs';

const POLICY = ['version: STSv1', 'mode: Enforce', 'mx: mx1.mail-host.net', 'mx: mx2.mail-host.net', 'max_age: 2592000', ''];

/** The policy of a domain whose mode is written wrong, so that the whole of it is given to paste. */
const FILES = {
  'LF': POLICY.join('\n'),
  'CRLF': POLICY.join('\r\n'),
  'CR alone': POLICY.join('\r'),
  'odd characters': ['\ufeffversion: STSv1', ...POLICY.slice(1, 2), 'x-note: 100 % \u200b\u00a0“ü”', ...POLICY.slice(2)].join('\r\n'),
};

/** Evidence of a domain that publishes this file. */
async function publishing(request, file) {
  const evidence = await (await request.get('/examples/protected.example.json')).json();
  for (const { outcome } of evidence.observations) if (outcome.response) outcome.response.body = file;
  return evidence;
}

/** Presses every button that copies, opened up first, and gives what came of each. */
async function copied(page, place) {
  await place.evaluate((root) => (root.shadowRoot ?? root).querySelectorAll('details').forEach((details) => { details.open = true; }));
  const texts = [];
  for (const button of await place.locator('button[data-copy]').all()) {
    await page.evaluate(() => navigator.clipboard.writeText('nothing yet'));
    await button.click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).not.toBe('nothing yet');
    texts.push(await page.evaluate(() => navigator.clipboard.readText()));
  }
  return texts;
}

/** That all that was copied is fit to be pasted, and the policies among it are usable and say what was published. */
async function expectFit(request, texts, mode) {
  const policies = texts.filter((text) => text.startsWith('version:'));
  expect(policies.length, `${texts}`).toBeGreaterThan(0);
  for (const text of texts) expect(text, 'no mark of a character, and no line that ends otherwise').not.toMatch(/U\+[0-9A-F]{4}|\r/);
  for (const data of policies) {
    const lint = await (await request.post('/api/v1/lint/policy', { data, headers: { 'Content-Type': 'text/plain' } })).json();
    expect([lint.valid, lint.usable], data).toEqual([true, true]);
    expect(lint.parsed.policy ?? lint.parsed, data).toMatchObject({ mx: ['mx1.mail-host.net', 'mx2.mail-host.net'] });
    if (mode) expect(data).toContain(`\nmode: ${mode}\n`);
  }
}

test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']));

for (const [name, file] of Object.entries(FILES)) {
  test(`in a result, of a policy with ${name}`, async ({ page, request }) => {
    const evidence = await publishing(request, file);
    await page.goto('/');
    const report = await evaluated(page, evidence);
    await page.route('**/api/v1/check?*', (route) => route.fulfill({ contentType: 'application/x-ndjson', body: streamOf(evidence, report).join('') }));
    await ask(page, 'protected.example');
    await expectVerdict(page, 'broken');
    const texts = await copied(page, answer(page));
    await expectFit(request, texts, 'enforce');
    expect(texts.sort(), 'what the report has is what is copied').toEqual(report.findings.flatMap(({ fix }) => fix.flatMap(({ copy }) => copy.map(({ text }) => text))).sort());
  });

  test(`in the widget, of a policy with ${name}`, async ({ page, request, baseURL }) => {
    const evidence = await publishing(request, file);
    await page.goto('/');
    const report = await evaluated(page, evidence);
    const cors = { 'Access-Control-Allow-Origin': '*' };
    const server = createServer(({ method, url }, response) => {
      if (method === 'OPTIONS') return void response.writeHead(204, cors).end();
      if (url.startsWith('/api/')) return void response.writeHead(200, { ...cors, 'Content-Type': 'application/x-ndjson' }).end(streamOf(evidence, report).join(''));
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      return void response.end(`<!doctype html><html lang="en"><title>A glossary</title><mta-sts-check domain="protected.example" endpoint="/" auto></mta-sts-check><script type="module" src="${baseURL}/widget/v1/mta-sts-check.js"></script>`);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const widget = page.locator('mta-sts-check');
    await expect(widget.locator('[part="result"][aria-busy="false"]')).toHaveAttribute('data-verdict', 'broken');
    await expectFit(request, await copied(page, widget), 'enforce');
    server.closeAllConnections();
    server.close();
  });

  test(`in the editor, of a policy with ${name}`, async ({ page, request }) => {
    const evidence = await publishing(request, file);
    await page.route('**/api/v1/evidence?*', (route) => route.fulfill({ json: evidence }));
    await page.goto('/edit?domain=protected.example');
    const against = page.locator('#against');
    await expect(against.locator('[part="result"]')).toHaveAttribute('data-verdict', 'broken');
    await expectFit(request, await copied(page, against), 'enforce');
    // The correction goes into the field, where it is copied by hand.
    await page.locator('#judged [data-use]').click();
    await expectFit(request, [await page.locator('#policy').inputValue()], 'enforce');
  });

  test(`in a plan, of a policy with ${name}`, async ({ page, request }) => {
    for (const mode of ['Enforce', 'testing']) {
      const evidence = await publishing(request, file.replace('Enforce', mode));
      await page.unrouteAll();
      await page.route('**/api/v1/evidence?*', (route) => route.fulfill({ json: evidence }));
      await page.goto('/build?domain=protected.example');
      const plan = page.locator('#result [part="plan"]');
      await expect(plan).toBeVisible();
      await expectFit(request, await copied(page, plan));
    }
  });
}

test('what is shown is what is copied, and where copying is not allowed it is selected', async ({ page }) => {
  await page.goto('/check?domain=mx-mismatch.example');
  const figure = page.locator('figure:visible').filter({ has: page.locator('button[data-copy]') }).first();
  const button = figure.getByRole('button');
  const name = await button.textContent();
  await button.click();
  await expect(button).not.toHaveText(name);
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text.trim()).not.toBe('');
  expect(text).toBe(await figure.locator('code').textContent());
  await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError')); });
  await button.click();
  await expect.poll(() => page.evaluate(() => String(getSelection()))).toBe(text.trimEnd());
  await expect(button, 'it is called as before').toHaveText(name);
});
