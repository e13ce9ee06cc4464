// Plans: from a domain, or from nothing, to steps with days, texts to paste and a calendar.

import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';

import { evaluated, expect, said, streamOf, test } from './answer.mjs';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const plan = (page) => page.locator('#result [part="plan"]');
const domain = (page) => page.getByLabel('Domain', { exact: true });
const make = (page) => page.getByRole('button', { name: 'Make the plan' }).click();
/** The questions that are asked now: others are there, and hidden. */
const provider = (page) => page.getByLabel('Mail provider', { exact: true }).locator('visible=true');
const servers = (page) => page.getByLabel('Names of the mail servers').locator('visible=true');
const steps = (page) => plan(page).locator('.m-steps > li');

const heading = (page) => plan(page).getByRole('heading', { level: 2 });

async function expectGoal(page, goal, name) {
  await expect(plan(page)).toHaveAttribute('data-goal', goal);
  await expect(plan(page)).toHaveAttribute('data-domain', name);
}

/** Counts what is asked of the API from now on. */
function count(page) {
  const asked = [];
  page.on('request', (request) => request.url().includes('/api/') && asked.push(request.url()));
  return asked;
}

/** The answer to a look at a domain of which this is the evidence: the stream of a check. */
async function looked(page, evidence) {
  await page.goto('/build');
  const report = await evaluated(page, evidence);
  return { contentType: 'application/x-ndjson', body: streamOf(evidence, report).join('') };
}

async function planFor(page, name) {
  await page.goto('/build');
  await domain(page).fill(name);
  await make(page);
  await expect(plan(page)).toHaveAttribute('data-domain', name);
}

/** How each stands, and whether there is something to do. */
const STANDING = {
  'protected.example': ['m-good'],
  'nothing.example': ['m-absent', true],
  'testing.example': ['m-note', true],
  'blocking.example': ['m-bad', true],
  'mx-mismatch.example': ['m-warning', true],
  'switched-off.example': ['m-absent', true],
  'typing-errors.example': ['m-bad', true],
  'no-mail.example': ['m-absent', false],
  'unreachable.example': ['m-unknown', false],
};

for (const [name, [state, hasSteps]] of Object.entries(STANDING)) {
  test(`${name} gets a plan from where it stands`, async ({ page }) => {
    await planFor(page, name);
    await expect(plan(page).locator('.m-verdict')).toHaveClass(new RegExp(`\\b${state}\\b`));
    if (hasSteps !== undefined) expect(await steps(page).count() > 0).toBe(hasSteps);
    await expect(page).toHaveURL(new RegExp(`/build\\?domain=${name}`));
    await expect(heading(page)).toContainText(name);
    await expect(page).toHaveTitle(new RegExp(`^${await heading(page).textContent()} `));
    await expect(heading(page), 'who waits is led to it').toBeFocused();
  });
}

test('a plan from nothing has days in order, the policy, its records and a way to serve it', async ({ page }) => {
  await planFor(page, 'nothing.example');
  const days = await plan(page).locator('time').evaluateAll((times) => times.map((time) => time.dateTime));
  expect(days.length).toBeGreaterThan(2);
  expect(days).toEqual([...new Set(days)].sort());
  expect(days[0], 'today').toBe(await page.evaluate(() => new Date().toISOString().slice(0, 10)));
  // It is tested, enforced for a week at a time, and then remembered for a month.
  for (const [mode, maxAge] of [['testing', 86_400], ['enforce', 604_800], ['enforce', 2_592_000]]) {
    const policy = steps(page).filter({ hasText: `mode: ${mode}` }).filter({ hasText: `max_age: ${maxAge}` });
    await expect(policy, `${mode}, ${maxAge}`).toHaveCount(1);
  }
  const starts = await plan(page).locator('.m-steps').evaluateAll((lists) => lists.map((list) => list.start));
  const counts = await plan(page).locator('.m-steps').evaluateAll((lists) => lists.map((list) => list.children.length));
  expect(starts, 'steps are numbered through').toEqual(counts.map((_, at) => 1 + counts.slice(0, at).reduce((a, b) => a + b, 0)));

  await expect(plan(page)).toContainText('https://mta-sts.nothing.example/.well-known/mta-sts.txt');
  for (const name of ['_mta-sts.nothing.example', '_smtp._tls.nothing.example']) {
    await expect(plan(page).locator(`.m-record[data-name="${name}"] > p`).first()).toHaveClass(/\bm-note\b/);
  }
  await plan(page).getByRole('link', { name: 'Ways to serve the file' }).click();
  const nginx = plan(page).locator('details[data-key="hosting nginx"]');
  await nginx.locator('summary').click();
  await expect(nginx).toContainText('server_name mta-sts.nothing.example');
  await expect(nginx.locator('.m-notice').first(), 'what goes wrong there').toBeVisible();
});

test('every other question is answered with no further request', async ({ page }) => {
  await planFor(page, 'testing.example');
  const asked = count(page);
  await page.context().setOffline(true);
  await page.getByLabel('Move to another mail provider').check();
  await expect(plan(page), 'a plan for another question is not left standing').toHaveCount(0);
  await provider(page).selectOption({ label: 'Google Workspace' });
  await expect(plan(page)).toHaveAttribute('data-goal', 'move');
  await expect(page.locator('#status'), 'who is not led to it is told of it').toHaveText(await heading(page).textContent());
  await expect(steps(page).first()).toContainText('mx: smtp.google.com');
  await expect(page).toHaveURL('/build?domain=testing.example&goal=move&to=google');
  await expect(plan(page).locator('#serve')).toHaveCount(0);

  await provider(page).selectOption({ label: 'Another, or a server of my own' });
  await servers(page).fill('mx1.new-host.net, mx2.new-host.net');
  await servers(page).press('Tab');
  await expect(steps(page).first()).toContainText('mx: mx2.new-host.net');

  await page.getByLabel('Switch it off').check();
  await expectGoal(page, 'removal', 'testing.example');
  await expect(steps(page).first()).toContainText('mode: none');
  const lastDay = () => plan(page).locator('time').last().getAttribute('datetime');
  const before = await lastDay();
  await page.getByLabel('The longest max_age that you ever served').selectOption({ label: 'Up to ninety days' });
  await expect(page).toHaveURL('/build?domain=testing.example&goal=removal&max_age=7776000');
  expect((await lastDay()) > before, `${await lastDay()} is later than ${before}`).toBe(true);
  await page.getByLabel('The longest max_age that you ever served').selectOption({ label: 'Another number of seconds' });
  await page.getByLabel('Seconds').fill('31557600');
  await page.getByLabel('Seconds').press('Enter');
  await expect(page).toHaveURL(/max_age=31557600$/);
  await expect(plan(page)).toContainText('31557600');
  expect(asked).toEqual([]);
});

test('what is chosen while a domain is looked up is what comes out', async ({ page, request }) => {
  const fulfil = await looked(page, await (await request.get('/examples/testing.example.json')).json());
  let answer;
  const asked = [];
  await page.route('**/api/v1/check?domain=*', async (route) => {
    asked.push(route.request().url());
    await new Promise((resolve) => { answer = resolve; });
    await route.fulfill(fulfil);
  });
  await domain(page).fill('testing.example');
  await make(page);
  await expect(page.locator('#result')).toHaveText((await said(page, 'plan', 'looking')).replace('{domain}', 'testing.example'));
  await page.getByLabel('Switch it off').check();
  await expect.poll(() => asked.length).toBe(1);
  answer();
  await expectGoal(page, 'removal', 'testing.example');
  await expect(page).toHaveURL('/build?domain=testing.example&goal=removal');
  expect(asked).toHaveLength(1);
});

test('a link has the whole question in it', async ({ page }) => {
  await page.goto('/build?domain=protected.example&goal=move&to=mx1.new-host.net%2Cmx2.new-host.net');
  await expect(steps(page).first()).toContainText('mx: mx1.new-host.net');
  await expect(page.getByLabel('Move to another mail provider')).toBeChecked();
  await expect(servers(page)).toHaveValue('mx1.new-host.net,mx2.new-host.net');
  await page.goto('/build?domain=protected.example&goal=removal&max_age=7776000');
  await expect(plan(page)).toContainText('7776000');
  await expect(page.getByLabel('The longest max_age that you ever served')).toHaveValue('7776000');
  await page.goto('/build?domain=new-shop.com&from=nothing&to=proton');
  await expect(plan(page)).toContainText('mx: mail.protonmail.ch');
  await expect(page.getByLabel('Plan without a lookup')).toBeChecked();
});

test('the page has an example to look at first', async ({ page }) => {
  await page.goto('/build');
  await page.getByRole('link', { name: 'See an example' }).click();
  await expect(plan(page)).toHaveAttribute('data-domain', 'nothing.example');
  await page.goBack();
  await expect(plan(page)).toHaveCount(0);
});

test('a result leads to the plan for its domain', async ({ page }) => {
  await page.goto('/check?domain=testing.example');
  await page.getByRole('link', { name: 'Plan the next steps' }).click();
  await expect(plan(page)).toHaveAttribute('data-domain', 'testing.example');
  await expect(domain(page)).toHaveValue('testing.example');
});

test('back and forward show what they showed', async ({ page }) => {
  await planFor(page, 'testing.example');
  await page.getByLabel('Switch it off').check();
  await expectGoal(page, 'removal', 'testing.example');
  await domain(page).fill('nothing.example');
  await make(page);
  await expectGoal(page, 'removal', 'nothing.example');
  await expect(steps(page), 'there is nothing to remove').toHaveCount(0);
  await page.goBack();
  await expectGoal(page, 'removal', 'testing.example');
  await page.goBack();
  await expectGoal(page, 'roll-out', 'testing.example');
  await expect(page.getByLabel('Set it up and enforce it')).toBeChecked();
  await page.goBack();
  await expect(plan(page)).toHaveCount(0);
  await expect(domain(page)).toHaveValue('');
  await page.goForward();
  await expectGoal(page, 'roll-out', 'testing.example');
});

test('from nothing, with the network off', async ({ page, context }) => {
  const asked = count(page);
  await page.goto('/build', { waitUntil: 'networkidle' });
  await context.setOffline(true);
  await domain(page).fill('bücher-laden.de');
  await page.getByLabel('Plan without a lookup').check();
  await provider(page).selectOption({ label: 'Microsoft 365' });
  await make(page);
  await expect(plan(page)).toHaveAttribute('data-domain', 'xn--bcher-laden-thb.de');
  // Only its console shows the server that it gives a domain.
  await expect(plan(page).locator('.m-verdict')).toHaveClass(/\bm-unknown\b/);
  await expect(steps(page)).toHaveCount(0);
  await provider(page).selectOption({ label: 'Google Workspace' });
  await make(page);
  await expect(plan(page)).toContainText('mx: smtp.google.com');
  await expect(plan(page).locator('[data-ahead]')).toBeVisible();
  await expect(plan(page).locator('dl.facts')).toHaveCount(0);
  await provider(page).selectOption({ label: 'Another, or a server of my own' });
  await servers(page).fill('mail.buecher-laden.de');
  await make(page);
  await expect(plan(page)).toContainText('mx: mail.buecher-laden.de');
  await expect(plan(page)).toContainText('max_age: 2592000');
  expect(asked).toEqual([]);
  await context.setOffline(false);
});

test('the calendar file has a day for each step', async ({ page }) => {
  await planFor(page, 'nothing.example');
  const count = await steps(page).count();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Calendar file' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('mta-sts-roll-out-nothing.example.ics');
  const text = await readFile(await download.path(), 'utf8');
  expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n') && text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  expect(text.match(/\n/g).length, 'lines end as RFC 5545 has it').toBe(text.match(/\r\n/g).length);
  expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  const days = text.match(/DTSTART;VALUE=DATE:\d{8}/g).map((line) => line.slice(-8));
  expect(days).toHaveLength(count);
  const shown = await plan(page).locator('time').evaluateAll((times) => times.map((time) => time.dateTime.replaceAll('-', '')));
  expect([...new Set(days)]).toEqual(shown);
  await page.getByLabel('Switch it off').check();
  await expectGoal(page, 'removal', 'nothing.example');
  await expect(page.getByRole('button', { name: 'Calendar file' }), 'nothing to do, nothing to put in a calendar').toHaveCount(0);
});

test('texts are copied whole', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await planFor(page, 'nothing.example');
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await steps(page).filter({ hasText: 'mode: testing' }).locator('figure').filter({ hasText: 'version: STSv1' }).getByRole('button').click();
  await expect.poll(copied).toMatch(/^version: STSv1\nmode: testing\n(mx: .+\n)+max_age: 86400\n$/);
  const record = plan(page).locator('.m-record[data-name="_mta-sts.nothing.example"]').first();
  await record.getByRole('button').last().click();
  await expect.poll(copied).toMatch(/^v=STSv1; id=\w+;$/);
  await record.getByRole('button').first().click();
  await expect.poll(copied).toBe('_mta-sts');
});

test('by keyboard alone: a move, its calendar and its texts', async ({ page }) => {
  await page.goto('/build');
  const tabTo = async (target) => {
    for (let presses = 0; presses < 40; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    await expect(target).toBeFocused();
  };
  await tabTo(domain(page));
  await page.keyboard.type('testing.example');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Set it up and enforce it')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByLabel('Move to another mail provider')).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(provider(page)).toBeFocused();
  await page.keyboard.type('Proton');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expectGoal(page, 'move', 'testing.example');
  await expect(heading(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Calendar file' })).toBeFocused();
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(download.suggestedFilename()).toBe('mta-sts-move-testing.example.ics');
});

test('what went wrong is said, with what to do, and what was typed stays', async ({ page }) => {
  const answers = {
    'limited.com': ['Too many checks were asked for. Wait 30 seconds, then try again.', (route) => route.fulfill({
      status: 429,
      contentType: 'application/problem+json',
      headers: { 'Retry-After': '30' },
      body: JSON.stringify({
        type: '/problems/rate-limited', title: 'Too many checks', status: 429, retry_after_s: 30,
        detail: 'Too many checks were asked for. Wait 30 seconds, then try again.',
      }),
    })],
    'offline.com': ['no-connection', (route) => route.abort('internetdisconnected')],
    'down.com': ['broke-off', (route) => route.fulfill({ status: 502, body: 'Bad gateway' })],
    'cut.com': ['broke-off', (route) => route.fulfill({ contentType: 'application/x-ndjson', body: '{"event":"report","rep' })],
    'odd.com': ['broke-off', (route) => route.fulfill({ contentType: 'application/x-ndjson', body: '{"event":"report","report":{}}\n' })],
  };
  await page.goto('/build');
  await page.getByLabel('Switch it off').check();
  for (const [name, [sentence, fulfil]] of Object.entries(answers)) {
    await page.route(`**/api/v1/check?domain=${name}`, fulfil);
    await domain(page).fill(name);
    await make(page);
    await expect(page.getByRole('alert'), name).toHaveText((await said(page, 'status', sentence)) ?? sentence);
    await expect(domain(page)).toHaveValue(name);
    await expect(domain(page)).not.toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('Switch it off')).toBeChecked();
    await expect(page.locator('#otherwise')).toBeVisible();
  }
  await page.unroute('**/api/v1/check?domain=down.com');
  await domain(page).fill('testing.example');
  await make(page);
  await expect(plan(page)).toBeVisible();
  await expect(page.locator('#otherwise')).toBeHidden();
});

test('what is not a domain is refused, with the one that was meant', async ({ page }) => {
  await page.goto('/build');
  await domain(page).fill('sam@testing.example');
  await make(page);
  await expect(page.getByRole('alert')).toHaveAttribute('data-problem', 'invalid-domain');
  await expect(domain(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(domain(page)).toBeFocused();
  await page.getByRole('link', { name: 'Plan testing.example' }).click();
  await expect(plan(page)).toHaveAttribute('data-domain', 'testing.example');
  await expect(domain(page)).not.toHaveAttribute('aria-invalid', 'true');

  await page.getByLabel('Plan without a lookup').check();
  await provider(page).selectOption({ label: 'Another, or a server of my own' });
  await servers(page).fill('192.0.2.25');
  await make(page);
  await expect(page.getByRole('alert')).toHaveAttribute('data-problem', 'invalid-parameter');
  await expect(servers(page)).toBeFocused();
  await expect(servers(page)).toHaveAttribute('aria-invalid', 'true');
});

test('a domain that does not exist is told so, and can be planned ahead', async ({ page }) => {
  const nowhere = 'new-shop.com';
  const absent = (name, type) => ({ lookup: { dns: { name, type } }, outcome: { answer: { rcode: 3 } } });
  const fulfil = await looked(page, {
    domain: nowhere,
    checked_at: '2026-11-24T09:30:00Z',
    observations: [
      absent(`_mta-sts.${nowhere}`, 'TXT'), absent(`mta-sts.${nowhere}`, 'A'), absent(`mta-sts.${nowhere}`, 'AAAA'),
      absent(nowhere, 'MX'), absent(`_smtp._tls.${nowhere}`, 'TXT'), absent(nowhere, 'NS'),
    ],
  });
  await page.route('**/api/v1/check?domain=*', (route) => route.fulfill(fulfil));
  await planFor(page, nowhere);
  await expect(heading(page)).toContainText(nowhere);
  await expect(steps(page)).toHaveCount(0);
  await plan(page).getByRole('link', { name: 'Plan ahead' }).click();
  await expect(page.getByLabel('Plan without a lookup')).toBeChecked();
  await expect(provider(page)).toBeFocused();
  await provider(page).selectOption({ label: 'Fastmail' });
  await expect(plan(page)).toContainText('mx: in1-smtp.messagingengine.com');
});

test('text that a stranger published is shown as text', async ({ page, request }) => {
  const hostile = '<img src=x onerror="window.hurt=1">\u202E';
  const evidence = await (await request.get('/examples/protected.example.json')).json();
  for (const { lookup, outcome } of evidence.observations) {
    if (lookup.dns?.type === 'MX') outcome.answer.records = [{ mx: { preference: 10, exchange: hostile } }, { mx: { preference: 20, exchange: 'mx1.mail-host.net' } }];
  }
  const fulfil = await looked(page, evidence);
  await page.route('**/api/v1/check?domain=*', (route) => route.fulfill(fulfil));
  await planFor(page, 'protected.example');
  await expect(plan(page)).toContainText('<img src=x');
  await expect(plan(page).locator('img')).toHaveCount(0);
  expect(await plan(page).evaluate((element) => element.textContent.includes('\u202E'))).toBe(false);
  expect(await page.evaluate(() => window.hurt)).toBeUndefined();
});

test('a screen reader meets the questions in order, and each by its name', async ({ page }) => {
  await page.goto('/build');
  await page.getByLabel('Plan without a lookup').check();
  await expect(page.locator('#plan')).toMatchAriaSnapshot(`
    - text: Domain
    - textbox "Domain"
    - paragraph
    - group:
      - radio [checked]
      - radio
      - radio
    - group:
      - checkbox [checked]
    - group:
      - combobox "Mail provider"
    - button
  `);
});

const STATES = {
  'every question': async (page) => {
    await page.goto('/build?domain=new-shop.com&from=nothing&to=mx1.new-host.net');
    await expect(plan(page)).toBeVisible();
  },
  'a plan from nothing': (page) => planFor(page, 'nothing.example'),
  'a plan to mend': (page) => planFor(page, 'mx-mismatch.example'),
  'a move': async (page) => {
    await page.goto('/build?domain=protected.example&goal=move&to=tuta');
    await expect(plan(page)).toBeVisible();
  },
  'a provider that serves the policy': async (page) => {
    await page.goto('/build?domain=new-shop.com&from=nothing&to=tuta');
    await expect(plan(page).locator('[data-key="delegation"]')).toBeVisible();
  },
  'a removal': async (page) => {
    await page.goto('/build?domain=protected.example&goal=removal&max_age=123456');
    await expect(plan(page)).toBeVisible();
  },
  'no mail': (page) => planFor(page, 'no-mail.example'),
  'a refused domain': async (page) => {
    await page.goto('/build?domain=sam@testing.example');
    await expect(page.getByRole('alert')).toBeVisible();
  },
};

for (const [name, come] of Object.entries(STATES)) {
  test(`${name} meets WCAG 2.2 AA in light and dark, and fits phones of 320 and 360 pixels`, async ({ page }) => {
    await come(page);
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`), colorScheme).toEqual([]);
    }
    for (const width of [320, 360]) {
      await page.setViewportSize({ width, height: 740 });
      expect(await page.evaluate(() => document.scrollingElement.scrollWidth), `at ${width} pixels`).toBeLessThanOrEqual(width);
    }
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page says what it needs', async ({ page }) => {
    await page.goto('/build?domain=testing.example');
    await expect(page.locator('noscript p')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Make the plan' }), 'a form that would do nothing is not shown').toHaveCount(0);
  });
});
