// <mta-sts-check> in a page of another origin.

import { createServer } from 'node:http';
import AxeBuilder from '@axe-core/playwright';
import { expect, plainTest, streamOf, watch } from './answer.mjs';

/** A small site of another origin, with any Content-Security-Policy. */
const test = plainTest.extend({
  embed: async ({ page, baseURL }, use) => {
    let answer;
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...answer.headers }).end(answer.html);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use(async (element, policy) => {
      const script = `<script type="module" src="${baseURL}/widget/v1/mta-sts-check.js"></script>`;
      const html = `<!doctype html><html lang="en"><title>A glossary</title><main><h1>MTA-STS</h1>${element}</main>${script}</html>`;
      answer = { html, headers: policy ? { 'Content-Security-Policy': policy } : {} };
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      await page.waitForFunction(() => customElements.get('mta-sts-check'));
      return page.locator('mta-sts-check');
    });
    server.closeAllConnections();
    server.close();
  },
});

const WITH_LINK = '<mta-sts-check domain="blocking.example"><a href="https://checker.example/">Check blocking.example</a></mta-sts-check>';
const REFUSED = 'Mail to blocking.example is being refused now';

test('the link in the element brings the answer into the page', async ({ page, embed }) => {
  const wasm = [];
  page.on('request', (request) => /\.wasm(\?|$)/.test(request.url()) && wasm.push(request.url()));
  const widget = await embed(WITH_LINK);
  await page.evaluate(() => {
    window.told = [];
    for (const what of ['start', 'complete', 'error']) {
      document.addEventListener(`mta-sts-check-${what}`, (event) => window.told.push([what, event.detail.domain, event.detail.report?.verdict]));
    }
  });
  await page.waitForTimeout(300);
  expect(wasm, 'WASM is fetched at the first check, not before').toEqual([]);

  await page.getByRole('link', { name: 'Check blocking.example' }).click();

  await expect(widget.locator('[part="result"]')).toHaveAttribute('data-verdict', 'blocking');
  await expect(widget.getByRole('heading', { name: REFUSED })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Check blocking.example' })).toBeHidden();
  await expect(widget.getByRole('status')).toContainText(REFUSED);
  expect(wasm).toHaveLength(1);
  expect(await page.evaluate(() => window.told)).toEqual([['start', 'blocking.example', undefined], ['complete', 'blocking.example', 'blocking']]);
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
});

test('links in the answer lead to the checker, not to the page around it', async ({ embed, baseURL }) => {
  const widget = await embed('<mta-sts-check domain="protected.example" auto></mta-sts-check>');
  await expect(widget.getByRole('link', { name: 'The same as JSON' })).toHaveAttribute('href', `${baseURL}/api/v1/check?domain=protected.example`);
  const rule = widget.getByRole('link', { name: 'More about this check', includeHidden: true }).first();
  await expect(rule).toHaveAttribute('href', new RegExp(`^${baseURL}/rules/[a-z-]+$`));
  await expect(widget.getByRole('link', { name: 'The full answer' })).toHaveAttribute('href', `${baseURL}/check?domain=protected.example`);
});

test('another domain is checked when the attribute changes, and nothing after the element is gone', async ({ page, embed }) => {
  const widget = await embed('<mta-sts-check domain="protected.example" auto></mta-sts-check>');
  await expect(widget.locator('[part="result"]')).toHaveAttribute('data-verdict', 'enforced');
  await widget.evaluate((element) => { element.domain = 'testing.example'; });
  await expect(widget.locator('[part="result"]')).toHaveAttribute('data-verdict', 'testing');
  const complete = await widget.evaluate((element) => new Promise((resolve) => {
    element.addEventListener('mta-sts-check-complete', () => resolve(true));
    element.domain = 'nothing.example';
    element.remove();
    setTimeout(() => resolve(false), 1000);
  }));
  expect(complete).toBe(false);
  expect(page.url()).toMatch(/^http:\/\/127/);
});

test('without a domain there is a field, and a wrong domain is told there', async ({ embed }) => {
  const widget = await embed('<mta-sts-check compact></mta-sts-check>');
  await widget.getByLabel('Domain').fill('sam@protected.example');
  await widget.getByLabel('Domain').press('Enter');
  await expect(widget.locator('[part="problem"]')).toContainText('That is a mail address');
  await widget.getByText('Check protected.example').click();
  await expect(widget.locator('[part="result"]')).toHaveAttribute('data-verdict', 'enforced');
  await expect(widget.locator('[part="findings"]'), 'compact leaves the details out').toBeHidden();
});

test("the theme is the page's to choose", async ({ page, embed }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  const ink = (widget) => widget.evaluate((element) => getComputedStyle(element).getPropertyValue('--ground').trim());
  const widget = await embed('<mta-sts-check domain="protected.example" auto theme="dark"></mta-sts-check>');
  await expect(widget.locator('[part="result"]')).toBeVisible();
  const dark = await ink(widget);
  await widget.evaluate((element) => element.setAttribute('theme', 'auto'));
  const light = await ink(widget);
  expect(dark).not.toBe(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await ink(widget)).toBe(dark);
  await widget.evaluate((element) => element.setAttribute('theme', 'light'));
  expect(await ink(widget)).toBe(light);
});

test('it fills in while the lookups run, and an answer that breaks off is told', async ({ page, embed, request }) => {
  const evidence = await (await request.get('/examples/protected.example.json')).json();
  const lines = streamOf(evidence, await (await request.get('/api/v1/check?domain=protected.example')).json());
  let next;
  const asked = [];
  const cors = { 'Access-Control-Allow-Origin': '*' };
  const slow = createServer(async ({ method, url }, response) => {
    if (method === 'OPTIONS') return void response.writeHead(204, cors).end();
    response.writeHead(200, { ...cors, 'Content-Type': 'application/x-ndjson' });
    response.write(lines.slice(0, 3).join(''));
    asked.push(url);
    await new Promise((resolve) => { next = resolve; });
    if (url.includes('protected.example')) response.end(lines.slice(3).join(''));
    else response.end('{"event":"loo');
  });
  await new Promise((resolve) => slow.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${slow.address().port}`;
  const widget = await embed(`<mta-sts-check endpoint="${endpoint}" domain="protected.example" auto><a href="/">Fallback</a></mta-sts-check>`);
  await expect(widget.locator('[part="result"][aria-busy="true"]')).toContainText('Still looking up');
  await expect(page.getByRole('link', { name: 'Fallback' }), 'the link stays until there is an answer').toBeVisible();
  next();
  await expect(widget.locator('[part="result"][aria-busy="false"]')).toHaveAttribute('data-verdict', 'enforced');
  await widget.evaluate((element) => { element.domain = 'testing.example'; });
  await expect.poll(() => asked).toHaveLength(2);
  next();
  await expect(widget.locator('[part="problem"]')).toBeVisible();
  slow.closeAllConnections();
  slow.close();
});

test.describe('under a strict policy', () => {
  const strict = (baseURL) => `default-src 'none'; script-src ${baseURL}; connect-src ${baseURL}; style-src 'none'; base-uri 'none'`;

  test("WASM refused: the edge's rendering is shown, with its styles", async ({ page, embed, baseURL }) => {
    const widget = await embed('<mta-sts-check domain="blocking.example" auto></mta-sts-check>', strict(baseURL));
    await expect(widget.locator('[part="result"]')).toHaveAttribute('data-verdict', 'blocking');
    await expect(widget.locator('[part="verdict"]')).toHaveCSS('border-left-style', 'solid');
    await widget.evaluate((element) => { element.domain = 'sam@protected.example'; });
    await expect(widget.locator('[part="problem"]')).toContainText('That is a mail address');
    expect(page.url()).toMatch(/^http:\/\/127/);
  });

  test('Trusted Types: the answer goes through the policy named mta-sts-check', async ({ page, embed, baseURL }) => {
    const faults = watch(page);
    const policy = `${strict(baseURL).replace("script-src", "script-src 'wasm-unsafe-eval'")}; require-trusted-types-for 'script'; trusted-types mta-sts-check`;
    const widget = await embed('<mta-sts-check domain="blocking.example" auto></mta-sts-check>', policy);
    await expect(widget.locator('[part="result"]')).toHaveAttribute('data-verdict', 'blocking');
    expect(faults).toEqual([]);
  });

  test('Trusted Types that allow us none: the sentence, and the link stays', async ({ page, embed, baseURL }) => {
    const policy = `${strict(baseURL)}; require-trusted-types-for 'script'; trusted-types 'none'`;
    const widget = await embed(WITH_LINK.replace('domain', 'auto domain'), policy);
    await expect(widget.locator('[part="headline"]')).toContainText(REFUSED);
    await expect(widget.locator('[part="result"]')).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Check blocking.example' })).toBeVisible();
  });
});

for (const colorScheme of ['light', 'dark']) {
  test(`the element meets WCAG 2.2 AA in ${colorScheme}`, async ({ page, embed }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const widget = await embed(`<meta name="color-scheme" content="light dark"><mta-sts-check domain="blocking.example" auto></mta-sts-check>`);
    await expect(widget.locator('[part="result"]')).toHaveAttribute('data-verdict', 'blocking');
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  });
}
