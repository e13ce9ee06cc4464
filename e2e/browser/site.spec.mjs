// The site: from a domain to an answer.

import { answer, ask, evaluated, expect, expectVerdict, streamOf, test, timeless } from './answer.mjs';

test('a domain typed by keyboard is answered, with no page load', async ({ page }) => {
  const wasm = [];
  page.on('request', (request) => /\.wasm(\?|$)/.test(request.url()) && wasm.push(request.url()));
  await page.goto('/');
  const domain = page.getByLabel('Domain', { exact: true });
  for (let presses = 0; presses < 8 && !(await domain.evaluate((input) => input === document.activeElement)); presses += 1) {
    await page.keyboard.press('Tab');
  }
  await expect(domain, 'the field is among the first that Tab reaches').toBeFocused();
  await page.waitForTimeout(300);
  expect(wasm, 'WASM is loaded when the first check starts').toEqual([]);
  await page.evaluate(() => { window.sameDocument = true; });

  await page.keyboard.type('protected.example');
  await page.keyboard.press('Enter');

  await expectVerdict(page, 'enforced');
  await expect(answer(page).getByRole('heading', { level: 2 })).toContainText('protected.example');
  await expect(page).toHaveURL(/\/check\?domain=protected\.example$/);
  await expect(page).toHaveTitle(/^protected\.example: \w/);
  expect(wasm).toHaveLength(1);
  expect(await page.evaluate(() => window.sameDocument)).toBe(true);
});

test('who waits for an answer is led to it', async ({ page }) => {
  await ask(page, 'blocking.example');
  await expectVerdict(page, 'blocking');
  await expect(answer(page).getByRole('heading', { level: 2 }), 'a screen reader reads what has the focus').toBeFocused();
});

test('a finding leads to its rule, and the rule to all the others', async ({ page }) => {
  await ask(page, 'two-records.example');
  await expectVerdict(page, 'broken');
  const finding = answer(page).locator('[data-key^="record-multiple "]');
  const title = await finding.locator('summary strong').textContent();
  await finding.locator('a[href="/rules/record-multiple"]').click();
  await expect(page).toHaveURL(/\/rules\/record-multiple$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await page.getByRole('navigation').locator('a[href="/rules/#announce-record"]').click();
  await expect(page).toHaveURL(/\/rules\/#announce-record$/);
  await expect(page.locator('a[href="/rules/record-multiple"]')).toBeInViewport();
});

test('the browser shows what the edge shows', async ({ page, browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  for (const domain of ['protected.example', 'typing-errors.example', 'nothing.example']) {
    await ask(page, domain);
    await expect(answer(page)).toHaveAttribute('data-domain', domain);
    await plain.goto(`/check?domain=${domain}`);
    // The script shows the buttons that copy; nothing else differs.
    const markup = (of) => answer(of).evaluate((result) => {
      const copy = result.cloneNode(true);
      for (const button of copy.querySelectorAll('button')) button.hidden = true;
      return copy.outerHTML;
    });
    expect(timeless(await markup(page))).toBe(timeless(await markup(plain)));
  }
  await context.close();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the form answers', async ({ page }) => {
    await ask(page, 'mx-mismatch.example');
    await expectVerdict(page, 'at-risk');
    await expect(page.getByLabel('Domain', { exact: true })).toHaveValue('mx-mismatch.example');
    await expect(page.getByRole('button', { name: /^Copy/ }), 'a button that would do nothing is not shown').toHaveCount(0);
  });

  test('a wrong domain is kept in the field, with what to type instead', async ({ page }) => {
    await ask(page, '<b>"sam@protected.example');
    await expect(page.getByLabel('Domain', { exact: true })).toHaveValue('<b>"sam@protected.example');
    await expect(page.getByRole('alert')).toBeVisible();
    await ask(page, 'sam@protected.example');
    await page.getByRole('link', { name: 'Check protected.example' }).click();
    await expectVerdict(page, 'enforced');
  });
});

test('back and forward show what they showed', async ({ page }) => {
  await ask(page, 'protected.example');
  await expectVerdict(page, 'enforced');
  await page.getByLabel('Domain', { exact: true }).fill('testing.example');
  await page.keyboard.press('Enter');
  await expectVerdict(page, 'testing');
  await page.goBack();
  await expectVerdict(page, 'enforced');
  await expect(page.getByLabel('Domain', { exact: true })).toHaveValue('protected.example');
  await page.goBack();
  await expect(page).toHaveURL(/\/$/);
  await expect(answer(page)).toHaveCount(0);
  await expect(page.locator('#intro')).toBeVisible();
  await page.goForward();
  await expectVerdict(page, 'enforced');
});

test('back to the home page works where the visit began with a result', async ({ page }) => {
  await page.goto('/check?domain=protected.example');
  await expectVerdict(page, 'enforced');
  await page.getByLabel('Domain', { exact: true }).fill('testing.example');
  await page.keyboard.press('Enter');
  await expectVerdict(page, 'testing');
  await expect(page).toHaveTitle(/^testing\.example: \w/);
  await page.goBack();
  await expectVerdict(page, 'enforced');
  await expect(page).toHaveTitle(/^protected\.example: \w/);
});

test('a mail address is answered with the domain in it', async ({ page }) => {
  await ask(page, 'sam@protected.example');
  const alert = page.getByRole('alert');
  await expect(alert).toHaveAttribute('data-problem', 'invalid-domain');
  const domain = page.getByLabel('Domain', { exact: true });
  await expect(domain).toHaveValue('sam@protected.example');
  await expect(domain).toHaveAttribute('aria-invalid', 'true');
  await alert.getByText('Check protected.example').click();
  await expectVerdict(page, 'enforced');
  await expect(domain).toHaveValue('protected.example');
  await expect(domain).not.toHaveAttribute('aria-invalid', 'true');
});

for (const typed of ['https://protected.example/x', 'protected', '192.0.2.1', 'a b.example', 'mail.localhost', 'exa\u202Emple.com']) {
  test(`${JSON.stringify(typed)} is refused with a sentence`, async ({ page }) => {
    await ask(page, typed);
    await expect(page.getByRole('alert')).toHaveAttribute('data-problem', 'invalid-domain');
    await expect(page.getByRole('alert')).toContainText(/\w+ \w+/);
    await expect(page.getByLabel('Domain', { exact: true })).toHaveValue(typed);
    await expect(answer(page)).toHaveCount(0);
  });
}

test('a domain that is no worked example is answered with the nearest', async ({ page }) => {
  await ask(page, 'protectd.example');
  await page.getByRole('alert').getByText('Check protected.example').click();
  await expectVerdict(page, 'enforced');
});

test('too many checks, no network and a broken answer each get a sentence, and what was typed stays', async ({ page }) => {
  const TOLD = 'Too many checks were asked for. Wait 30 seconds, then try again.';
  const answers = {
    'limited.example': (route) => route.fulfill({
      status: 429,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        type: '/problems/rate-limited', title: 'Too many checks', status: 429, retry_after_s: 30,
        detail: TOLD,
      }),
    }),
    'offline.example': (route) => route.abort('internetdisconnected'),
    'broken-off.example': (route) => route.fulfill({ contentType: 'application/x-ndjson', body: '{"event":"loo' }),
    'failing.example': (route) => route.fulfill({ status: 502, body: 'Bad gateway' }),
  };
  for (const [domain, fulfil] of Object.entries(answers)) {
    await page.route(`**/api/v1/check?domain=${domain}`, fulfil);
    await ask(page, domain);
    await expect(page.getByRole('alert'), domain).toContainText(domain === 'limited.example' ? TOLD : /\w+ \w+ \w+/);
    await expect(page.getByLabel('Domain', { exact: true })).toHaveValue(domain);
  }
});

const LIMITED = process.env.LIMITED_URL;

test('who asks for too many checks is told so kindly, and can ask again', async ({ page, request, browser }) => {
  test.skip(!LIMITED, 'a server with the limits of a deployed Worker');
  // Each of these is asked for less often than one domain may be: what is refused is the client.
  const asked = ['well-signed.com', 'well-unsigned.com', 'trying-things.com', 'forgotten-backup.com'];
  // The limit's minute is the clock's: where it ends meanwhile, another domain is asked for, which is not yet kept.
  const domains = ['still-testing.com', 'policy-moved.com', 'moved-house.com', 'takes-no-mail.com'];
  await expect(async () => {
    const domain = domains.shift();
    for (let number = 0, refused = false; !refused; number += 1) {
      const headers = { 'Cache-Control': 'no-cache' };
      const told = await request.get(`${LIMITED}/api/v1/check?domain=${asked[number % asked.length]}`, { headers });
      refused = told.status() === 429;
    }
    await page.goto(`${LIMITED}/`);
    const field = page.getByLabel('Domain', { exact: true });
    await field.fill(domain);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toHaveAttribute('data-problem', 'rate-limited', { timeout: 3000 });
    for (const value of [domain, '60']) await expect(page.getByRole('alert')).toContainText(value);
    await expect(field, 'what was typed stays').toHaveValue(domain);
    await expect(field, 'and is not called wrong').not.toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByRole('button', { name: 'Check' })).toBeEnabled();

    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    const response = await plain.goto(`${LIMITED}/check?domain=${domain}`);
    expect(response.status()).toBe(429);
    expect(await response.headerValue('Retry-After')).toBe('60');
    await expect(plain.getByRole('alert')).toHaveAttribute('data-problem', 'rate-limited');
    await expect(plain.getByLabel('Domain', { exact: true })).toHaveValue(domain);
    await context.close();

    await field.fill('protected.example');
    await page.keyboard.press('Enter');
    await expectVerdict(page, 'enforced');
  }).toPass({ timeout: 80_000 });
});

test('hostile text in a policy and in records is shown as text', async ({ page, request }) => {
  const hostile = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>\u202Egnp.exe\u0007';
  const evidence = await (await request.get('/examples/protected.example.json')).json();
  for (const { lookup, outcome } of evidence.observations) {
    if (outcome.response) outcome.response.body = `version: STSv1\nmode: ${hostile}\nmx: ${hostile}\nmax_age: 86400\n`;
    if (lookup.dns?.type === 'TXT') outcome.answer.records = [{ txt: [`v=STSv1; id=${hostile}`] }];
  }
  await page.goto('/');
  const report = await evaluated(page, evidence);
  await page.route('**/api/v1/check?*', (route) =>
    route.fulfill({ contentType: 'application/x-ndjson', body: streamOf(evidence, report).join('') }));
  await ask(page, 'protected.example');
  await expectVerdict(page, 'broken');
  await answer(page).evaluate((result) => result.querySelectorAll('details').forEach((details) => { details.open = true; }));
  await expect(answer(page)).toContainText('<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>');
  await expect(answer(page).locator('.odd').filter({ hasText: 'U+202E' }).first()).toBeVisible();
  await expect(answer(page).locator('img, script')).toHaveCount(0);
  expect(await answer(page).evaluate((result) => /[\u202E\u0007]/.test(result.textContent))).toBe(false);
  expect(await page.evaluate(() => window.hurt)).toBeUndefined();
});

// The lab's domains exist only there.
const LAB = process.env.LAB_DIR ? { 'well-signed.com': 'enforced', 'moved-house.com': 'blocking', 'bücher.org': 'enforced', 'takes-no-mail.com': 'not-applicable' } : {};

for (const [domain, verdict] of Object.entries(LAB)) {
  test(`${domain} is looked up in the lab's internet, and answered`, async ({ page }) => {
    await ask(page, domain);
    await expectVerdict(page, verdict);
  });
}
