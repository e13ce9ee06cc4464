// Text that means harm, wherever a stranger's text is shown: it is text, and nothing else comes of it.

import { createServer } from 'node:http';
import { evaluated, expect, plainTest, streamOf, watch } from './answer.mjs';
import { TEXTS, withText } from './hostile.mjs';

/** Characters that hide, turn others around or are obeyed by a terminal; the ends of lines are not among them. */
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00a0\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3000\u3164\ufe0f\ufeff\ufdd0\ufffc\ufffe\uffff]/u;

/** A test that fails where a policy is broken, a script runs, a dialog opens or anything but the checker is asked. */
const test = plainTest.extend({
  page: async ({ page, baseURL }, use) => {
    const faults = watch(page);
    const ours = new Set([new URL(baseURL).origin]);
    page.on('dialog', (dialog) => { faults.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (!ours.has(origin) && protocol !== 'data:') faults.push(`request: ${request.url()}`);
    });
    await page.addInitScript(() => document.addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) => console.error(`Content Security Policy: ${violatedDirective} ${sample}`)));
    await page.addInitScript(`window.wrongIn = ${wrongIn}`);
    await use(Object.assign(page, { alsoOurs: (origin) => ours.add(origin) }));
    expect(await page.evaluate(() => window.hurt)).toBeUndefined();
    expect(faults).toEqual([]);
  },
});

/** What in an element a renderer of text has no business to make. Runs in the page. */
function wrongIn(root, hidden) {
  root.querySelectorAll('details').forEach((details) => { details.open = true; });
  const wrong = [];
  for (const element of root.querySelectorAll('*')) {
    if (/^(script|img|image|iframe|object|embed|link|style|base|meta|form|input|math|foreignobject|animate|use|video|audio|template|noscript)$/i.test(element.localName)) wrong.push(element.outerHTML.slice(0, 200));
    if (element.localName === 'svg' && !element.matches('.m-icon')) wrong.push(element.outerHTML.slice(0, 200));
    for (const { name, value } of element.attributes) {
      if (/^on|^(style|srcdoc|autofocus|formaction|action|background|xlink:href)$/i.test(name)) wrong.push(`${name}=${value.slice(0, 200)}`);
      if (new RegExp(hidden, 'u').test(value)) wrong.push(`hidden in ${name}: ${value.slice(0, 200)}`);
    }
    if (element.href && !/^(https?:|$)/.test(element.protocol)) wrong.push(`href=${element.getAttribute('href')}`);
  }
  const at = root.textContent.search(new RegExp(hidden, 'u'));
  if (at >= 0) wrong.push(`hidden in text: ${JSON.stringify(root.textContent.slice(Math.max(0, at - 80), at + 20))}`);
  return wrong;
}

const evidenceOf = async (request) => (await request.get('/examples/protected.example.json')).json();

test('the page shows it as text', async ({ page, request }) => {
  const evidence = await evidenceOf(request);
  await page.goto('/');
  const given = Object.entries(TEXTS).flatMap(([about, text]) => withText(evidence, text).map(([kind, made]) => [`${about} in ${kind}`, made]));
  const wrong = await page.evaluate(async ([given, hidden]) => {
    const [checker, tools, { put }] = await Promise.all([import('/pkg/check.js'), import('/pkg/tools.js'), import('/result.js')]);
    await Promise.all([checker.default(), tools.default()]);
    const result = document.querySelector('#result');
    const found = [];
    for (const [about, evidence] of given) {
      put(result, checker.render(tools.evaluate(evidence, Date.now())));
      if (!result.querySelector('[part="result"]')) found.push(`${about}: nothing is shown`);
      for (const wrong of window.wrongIn(result, hidden)) found.push(`${about}: ${wrong}`);
    }
    return found;
  }, [given, HIDDEN.source]);
  expect(wrong).toEqual([]);
});

test('the API says it without a character that is obeyed', async ({ page, request }) => {
  await page.goto('/');
  const evidence = await evidenceOf(request);
  const wrong = [];
  for (const [about, text] of Object.entries(TEXTS)) {
    for (const [kind, made] of withText(evidence, text)) {
      const answer = await request.post('/api/v1/evaluate', { data: JSON.stringify(made) });
      // A body has its limit. Half a character is no text, and what reads it is free (RFC 8259 §8.2): U+FFFD takes its place.
      const status = { 'a very long line': 413, 'many short words': 413 }[about] ?? 200;
      expect(answer.status(), `${about} in ${kind}`).toBe(status);
      const json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await answer.body());
      expect(json, `${about} in ${kind}`).not.toMatch(HIDDEN);
      for (const { rule, fix } of JSON.parse(json).findings ?? []) {
        const pasted = fix.flatMap(({ copy }) => copy.map(({ text }) => text.replaceAll('\r\n', '\n')));
        wrong.push(...pasted.filter((text) => HIDDEN.test(text)).map((text) => `${about} in ${kind}, ${rule}: ${JSON.stringify(text)}`));
      }
    }
  }
  expect(wrong, 'what is given to paste has nothing hidden in it').toEqual([]);
});

for (const [about, trusted] of [['', ''], [' of a page that requires Trusted Types', "; require-trusted-types-for 'script'; trusted-types mta-sts-check"]]) {
  test(`the widget${about} shows it as text`, async ({ page, request, baseURL }) => {
    const evidence = await evidenceOf(request);
    await page.goto('/');
    // The page's text is one HTML document's; half a character is no text, and a megabyte is of another test.
    const given = Object.entries(TEXTS).filter(([, text]) => text.length < 10_000).flatMap(([about, text]) => withText(evidence, text).map(([kind, made]) => [`${about} in ${kind}`, made, text]))
      .filter((_, at) => trusted || at % 4 === 0);
    const reports = new Map();
    for (const [about, made, text] of given) {
      if (!text.isWellFormed()) continue;
      reports.set(`case-${reports.size}.example`, [about, made, await evaluated(page, made)]);
    }
    const server = createServer((asked, response) => {
      const { pathname, searchParams } = new URL(asked.url, 'http://localhost');
      if (pathname === '/') {
        const elements = [...reports.keys()].map((domain) => `<mta-sts-check domain="${domain}" endpoint="/api-of-a-stranger/"></mta-sts-check>`);
        response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': `default-src 'none'; script-src ${baseURL} 'wasm-unsafe-eval'; connect-src 'self' ${baseURL}; style-src 'none'; base-uri 'none'${trusted}` });
        return void response.end(`<!doctype html><html lang="en"><title>A glossary</title>${elements.join('')}<script type="module" src="${baseURL}/widget/v1/mta-sts-check.js"></script>`);
      }
      const [, made, report] = reports.get(searchParams.get('domain')) ?? [];
      if (!report) return void response.writeHead(404).end();
      response.writeHead(200, { 'Content-Type': 'application/x-ndjson' }).end(streamOf(made, report).join(''));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${server.address().port}`;
    page.alsoOurs(origin);
    await page.goto(origin);
    await page.evaluate(async () => {
      await customElements.whenDefined('mta-sts-check');
      for (const element of document.querySelectorAll('mta-sts-check')) element.check();
    });
    await expect(page.locator('[part="result"][aria-busy="false"]')).toHaveCount(reports.size, { timeout: 75_000 });
    const wrong = await page.locator('mta-sts-check').evaluateAll((elements, hidden) => elements.flatMap((element) => {
      const output = element.shadowRoot.querySelector('[part="output"]');
      return window.wrongIn(output, hidden).map((wrong) => `${element.domain}: ${wrong}`);
    }), HIDDEN.source);
    expect(wrong).toEqual([]);
    server.closeAllConnections();
    server.close();
  });
}

test('what is typed comes back as text', async ({ page, request }) => {
  for (const [about, text] of Object.entries(TEXTS)) {
    if (text.length > 2000 || !text.isWellFormed()) continue;
    const response = await page.goto(`/check?domain=${encodeURIComponent(text)}`);
    expect([400, 404], about).toContain(response.status());
    await expect(page.getByRole('alert'), about).toContainText(/\w+ \w+/);
    expect(await page.locator('#result').evaluate((result, hidden) => window.wrongIn(result, hidden), HIDDEN.source), about).toEqual([]);
    const badge = await request.get(`/badge/${encodeURIComponent(text.replaceAll('/', ''))}.svg`);
    expect(badge.headers()['content-type'], about).toBe('application/problem+json');
    expect(await badge.text(), about).not.toMatch(HIDDEN);
  }
});

test('a badge is a picture, opened by itself or in a page', async ({ page, baseURL }) => {
  const response = await page.goto('/badge/blocking.example.svg');
  expect(response.headers()['content-security-policy']).toContain("default-src 'none'");
  expect(await page.evaluate(() => document.documentElement.localName)).toBe('svg');
  await page.goto('/');
  const width = await page.evaluate(async (source) => {
    const image = Object.assign(new Image(), { src: source, alt: '' });
    document.querySelector('#result').append(image);
    await image.decode();
    return image.naturalWidth;
  }, `${baseURL}/badge/blocking.example.svg`);
  expect(width).toBeGreaterThan(100);
});

// The lab's domains exist only there: their texts come the whole way, from the DNS and the policy host to the edge's page.
for (const domain of process.env.LAB_DIR ? ['rude-texts.com', 'rude-resolver.com'] : []) {
  for (const scripts of [true, false]) {
    test(`${domain} is shown as text, ${scripts ? 'by the browser' : 'by the edge'}`, async ({ page }) => {
      if (scripts) {
        await page.goto('/');
        await page.getByLabel('Domain', { exact: true }).fill(domain);
        await page.getByRole('button', { name: 'Check', exact: true }).click();
      } else {
        await page.goto(`/check?domain=${domain}`);
      }
      const result = page.locator('[part="result"][aria-busy="false"]');
      await expect(result).toBeVisible();
      expect(await result.evaluate((root, hidden) => window.wrongIn(root, hidden), HIDDEN.source)).toEqual([]);
      await expect(result).toContainText('<script>hurt()</script>');
      await expect(result.locator('.odd').filter({ hasText: 'U+202E' }).first()).toBeVisible();
      const badge = await page.goto(`/badge/${domain}.svg`);
      expect(badge.status()).toBe(200);
      expect(await page.evaluate(() => [...document.querySelectorAll('*')].map(({ localName }) => localName).join(' '))).toBe('svg title rect path g text text');
    });
  }
}
