// Checks that are kept in the browser: a list to come back to, and what changed since.

import { answer, ask, evaluated, expect, expectVerdict, said, streamOf, test } from './answer.mjs';

/** What the browser keeps of earlier checks. */
const kept = (page) => page.evaluate(() => JSON.parse(localStorage.getItem('mta-sts-check.recent')));
const again = (page) => answer(page).getByRole('link', { name: 'Check again' });

test('recent checks are listed in this browser, and can be forgotten', async ({ page, browser }) => {
  await page.goto('/');
  await expect(page.locator('#recent')).toBeHidden();
  for (const [domain, verdict] of [['protected.example', 'enforced'], ['testing.example', 'testing']]) {
    await ask(page, domain);
    await expectVerdict(page, verdict);
    // It is kept a moment after it is shown; nobody leaves as fast as a test.
    await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain(domain);
  }
  await page.goto('/');
  // The link, the word for the verdict, and the day.
  await expect(page.locator('#recent li')).toHaveText([/^testing\.example[^,]+, /, /^protected\.example[^,]+, /]);
  expect((await kept(page)).map(({ verdict }) => verdict), 'what is kept is in no language').toEqual(['testing', 'enforced']);
  await page.locator('#recent').getByRole('link', { name: 'protected.example' }).click();
  await expectVerdict(page, 'enforced');
  const other = await (await browser.newContext()).newPage();
  await other.goto(page.url());
  await other.goto('/');
  await expect(other.locator('#recent'), 'nobody else sees them').toBeHidden();
  await other.context().close();
  await page.goto('/');
  await page.getByRole('button', { name: 'Forget them' }).click();
  await expect(page.locator('#recent')).toBeHidden();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test('what an earlier version of the page kept, with the verdict in its own words, is still of use', async ({ page, request }) => {
  const { snapshot } = await (await request.get('/api/v1/check?domain=protected.example')).json();
  const earlier = { ...snapshot, time: new Date(Date.parse(snapshot.time) - 86_400_000).toISOString() };
  await page.goto('/');
  await page.evaluate((snapshots) => {
    const domains = ['protected.example', 'testing.example'];
    const kept = domains.map((domain) => ({ domain, word: 'Enforced', time: snapshots[0].time, snapshots }));
    localStorage.setItem('mta-sts-check.recent', JSON.stringify(kept));
  }, [earlier]);
  await page.reload();
  const day = await page.evaluate((time) => new Date(time).toLocaleDateString(), earlier.time);
  await expect(page.locator('#recent li')).toHaveText([`protected.example${day}`, `testing.example${day}`]);
  await page.locator('#recent').getByRole('link', { name: 'protected.example' }).click();
  await expectVerdict(page, 'enforced');
  await expect.poll(async () => (await kept(page))[0].verdict).toBe('enforced');
  const [first, second] = await kept(page);
  expect(first.word).toBeUndefined();
  expect(first.snapshots, 'the earlier check is compared with').toEqual([earlier, snapshot]);
  expect(second).toMatchObject({ domain: 'testing.example', snapshots: [earlier] });
});

const TIME = '2026-11-01T08:00:00Z';
const stored = (snapshots) => JSON.stringify([{ domain: 'protected.example', time: TIME, snapshots }]);
for (const [about, text] of Object.entries({
  'no JSON': '{',
  'no list': '{"a":1}',
  'nothing in the list': '[null, 1, "x", [], {}]',
  'no snapshots': stored({}),
  'no snapshot': stored([null]),
  'values for snapshots': stored([1, 'x', [], {}, true]),
  'a time that is none': stored([{ time: 'x' }, { time: 1 }, { time: TIME, mx: [null] }]),
  'values of other kinds': stored([{ time: TIME, id: 1 }, { time: TIME, max_age: '1' }, { time: TIME, max_age: 1e99 }, { time: TIME, has_record: 'no' }]),
  'thousands': stored(Array.from({ length: 5000 }, () => ({ time: TIME }))),
})) {
  test(`what stands in the store is read like any stranger's text: ${about}`, async ({ page }) => {
    await page.goto('/');
    await page.evaluate((text) => localStorage.setItem('mta-sts-check.recent', text), text);
    await page.reload();
    await ask(page, 'protected.example');
    await expectVerdict(page, 'enforced');
    await expect.poll(async () => (await kept(page))?.[0]?.verdict).toBe('enforced');
    expect((await kept(page))[0].snapshots.every((one) => typeof one?.time === 'string')).toBe(true);
    expect((await kept(page))[0].snapshots.length).toBeLessThanOrEqual(40);
  });
}

test('a policy that changed under the same id is told, and the earlier check is not sent', async ({ page, request }) => {
  await ask(page, 'protected.example');
  await expectVerdict(page, 'enforced');
  await expect(answer(page).locator('.m-since, [data-key^="history-"]')).toHaveCount(0);

  const evidence = await (await request.get('/examples/protected.example.json')).json();
  evidence.checked_at = new Date(Date.parse(evidence.checked_at) + 3 * 86_400_000).toISOString();
  for (const { outcome } of evidence.observations) {
    if (outcome.response) outcome.response.body = outcome.response.body.replace('2592000', '5184000');
  }
  const report = await evaluated(page, evidence);
  const sent = [];
  page.on('request', (one) => one.method() !== 'GET' && sent.push(one.url()));
  await page.route('**/api/v1/check?*', (route) => route.fulfill({ contentType: 'application/x-ndjson', body: streamOf(evidence, report).join('') }));
  await again(page).click();
  await expect(answer(page).locator('[data-key="step record"] [data-key^="history-policy-changed-id-same "]')).toHaveClass(/\bm-warning\b/);
  await expect(answer(page).locator('.m-since')).toBeVisible();
  expect(sent).toEqual([]);
});

test('what else is in the browser’s store, or a store that is shut, stops no check', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('mta-sts-check.recent', '[{"domain":1},null,'));
  await ask(page, 'protected.example');
  await expectVerdict(page, 'enforced');
  await page.addInitScript(() => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('shut', 'SecurityError'); } }));
  await ask(page, 'testing.example');
  await expectVerdict(page, 'testing');
});

test('again is asked afresh', async ({ page }) => {
  await ask(page, 'protected.example');
  await expectVerdict(page, 'enforced');
  const asked = page.waitForRequest(/\/api\/v1\/check/);
  await again(page).click();
  expect((await (await asked).allHeaders())['cache-control']).toBe('no-cache');
  await expectVerdict(page, 'enforced');
});

test('a result is shared by its address, and printed', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.addInitScript(() => {
    delete Navigator.prototype.share;
    window.print = () => { window.printed = true; };
  });
  await ask(page, 'protected.example');
  await expectVerdict(page, 'enforced');
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('status').first()).toHaveText(await said(page, 'check', 'shared'));
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  await page.getByRole('button', { name: 'Print' }).click();
  expect(await page.evaluate(() => window.printed)).toBe(true);
});

test('what the reader opened stays open while the rest comes in, and what turns bad opens', async ({ page, request }) => {
  const evidence = await (await request.get('/examples/mx-mismatch.example.json')).json();
  const lines = streamOf(evidence, await (await request.get('/api/v1/check?domain=mx-mismatch.example')).json());
  await page.addInitScript(() => {
    window.put = [];
    const fetched = window.fetch;
    window.fetch = (url, options) => {
      if (!String(url).includes('/api/v1/check')) return fetched(url, options);
      const body = new ReadableStream({ start: (controller) => { window.stream = controller; } });
      return Promise.resolve(new Response(body, { headers: { 'Content-Type': 'application/x-ndjson' } }));
    };
  });
  const send = (some) => page.evaluate((text) => window.stream.enqueue(new TextEncoder().encode(text)), some.join(''));
  await ask(page, 'mx-mismatch.example');
  await page.waitForFunction(() => window.stream);
  await send(lines.slice(0, -2));
  const record = page.locator('[data-key="step record"]');
  await record.locator('> summary').click();
  await send(lines.slice(-2));
  await expectVerdict(page, 'at-risk');
  await expect(record).toHaveAttribute('open');
  await expect(page.locator('[data-key="step mail-servers"]')).toHaveAttribute('open');
});
