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
    await use(async (element, { policy, script = `src="${baseURL}/widget/v1/mta-sts-check.js"`, head = '', waits = true } = {}) => {
      const tag = `<script type="module" ${script}></script>`;
      const html = `<!doctype html><html lang="en"><title>A glossary</title>${head}<main><h1>MTA-STS</h1>${element}</main>${tag}</html>`;
      answer = { html, headers: policy ? { 'Content-Security-Policy': policy } : {} };
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      if (waits) await page.waitForFunction(() => customElements.get('mta-sts-check'));
      return page.locator('mta-sts-check');
    });
    server.closeAllConnections();
    server.close();
  },
});

const WITH_LINK = '<mta-sts-check domain="blocking.example"><a href="https://checker.example/">Check blocking.example</a></mta-sts-check>';

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
  await expect(widget.locator('[part="headline"]')).toContainText('blocking.example');
  await expect(page.getByRole('link', { name: 'Check blocking.example' })).toBeHidden();
  await expect(widget.getByRole('status')).toHaveText(await widget.locator('[part="headline"]').textContent());
  expect(wasm).toHaveLength(1);
  expect(await page.evaluate(() => window.told)).toEqual([['start', 'blocking.example', undefined], ['complete', 'blocking.example', 'blocking']]);
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
});

test('links in the answer lead to the checker, not to the page around it', async ({ embed, baseURL }) => {
  const widget = await embed('<mta-sts-check domain="protected.example" auto></mta-sts-check>');
  await expect(widget.locator('a[href*="/api/"]').locator('visible=true'), 'what is the site’s own is left to the full answer').toHaveCount(0);
  const rule = widget.locator('a[href*="/rules/"]').first();
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

test('without a domain a field takes the place of the content, and a wrong domain is told there', async ({ page, embed }) => {
  const widget = await embed('<mta-sts-check><a href="/">Check your domain</a></mta-sts-check>');
  await expect(page.getByRole('link', { name: 'Check your domain' })).toBeHidden();
  await widget.getByLabel('Domain').fill('sam@protected.example');
  await widget.getByLabel('Domain').press('Enter');
  await expect(widget.locator('[part="problem"]')).toHaveAttribute('data-problem', 'invalid-domain');
  await widget.getByText('Check protected.example').click();
  await expect(widget.locator('[part="result"]')).toHaveAttribute('data-verdict', 'enforced');
  await expect(page.getByRole('link', { name: 'Check your domain' })).toBeHidden();
});

test('compact is one line: the verdict, the sentence and the way to the rest', async ({ page, embed, baseURL }) => {
  await page.setViewportSize({ width: 1400, height: 700 });
  const widget = await embed('<mta-sts-check domain="blocking.example" compact auto></mta-sts-check>');
  await expect(widget.locator('[aria-busy="false"]')).toHaveAttribute('data-verdict', 'blocking');
  await expect(widget.locator('.m-badge')).toHaveText(/\w/);
  await expect(widget.locator('[part="headline"]')).toBeVisible();
  await expect(widget.getByRole('link', { name: 'The full answer' })).toHaveAttribute('href', `${baseURL}/check?domain=blocking.example`);
  expect((await widget.boundingBox()).height).toBeLessThan(48);
  await page.setViewportSize({ width: 320, height: 700 });
  expect((await widget.boundingBox()).height, 'more lines where there is no room').toBeLessThan(170);
  const seen = await widget.evaluate((element) => element.shadowRoot.querySelector('[part=output]').innerText.trim().split(/\n+/).length);
  expect(seen, 'the word and the sentence, and nothing else').toBe(2);
  await widget.evaluate((element) => element.removeAttribute('compact'));
  await expect(widget.locator('[part="findings"]').first()).toBeAttached();
  expect((await widget.boundingBox()).height).toBeGreaterThan(300);
});

test('who followed the link by keyboard is at the answer when the link has gone', async ({ page, embed }) => {
  const widget = await embed(WITH_LINK);
  await page.getByRole('link', { name: 'Check blocking.example' }).press('Enter');
  await expect(widget.locator('[aria-busy="false"]')).toHaveAttribute('data-verdict', 'blocking');
  await expect(widget.locator('[part="headline"]')).toBeFocused();
});

test('fifty in a page load one checker and one stylesheet, and those far below wait', async ({ page, embed }) => {
  const loaded = { wasm: 0, css: 0, check: 0 };
  page.on('request', (request) => {
    for (const kind of ['wasm', 'css']) if (request.url().endsWith(`.${kind}`)) loaded[kind] += 1;
    if (request.url().includes('/api/')) loaded.check += 1;
  });
  const domains = ['protected', 'testing', 'nothing', 'blocking', 'mx-mismatch'];
  const elements = Array.from({ length: 50 }, (_, at) => `<mta-sts-check auto compact domain="${domains[at % 5]}.example" style="margin-bottom: 300px"></mta-sts-check>`);
  const widget = await embed(elements.join(''));
  await expect(widget.first().locator('[aria-busy="false"]')).toBeVisible();
  await page.waitForTimeout(500);
  expect(loaded.check, 'near the window').toBeGreaterThan(1);
  expect(loaded.check, 'not the whole page').toBeLessThan(12);
  await widget.last().scrollIntoViewIfNeeded();
  await expect(widget.last().locator('[aria-busy="false"]')).toHaveAttribute('data-verdict', 'at-risk');
  await page.evaluate(async () => {
    for (const element of document.querySelectorAll('mta-sts-check')) await element.check();
  });
  await expect(page.locator('mta-sts-check [aria-busy="false"]')).toHaveCount(50);
  expect([loaded.wasm, loaded.css]).toEqual([1, 1]);
});

test('an element that is taken out and put back shows what it had, and no second check', async ({ page, embed }) => {
  const widget = await embed('<mta-sts-check domain="protected.example" auto></mta-sts-check><aside></aside>');
  await expect(widget.locator('[aria-busy="false"]')).toHaveAttribute('data-verdict', 'enforced');
  const starts = await widget.evaluate(async (element) => {
    let started = 0;
    document.addEventListener('mta-sts-check-start', () => { started += 1; });
    element.remove();
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    document.querySelector('aside').append(element);
    await new Promise((resolve) => { setTimeout(resolve, 200); });
    const unchanged = started;
    element.remove();
    element.domain = 'testing.example';
    document.querySelector('aside').append(element);
    return [unchanged, started];
  });
  expect(starts, 'again only for another domain').toEqual([0, 1]);
  await expect(widget.locator('[aria-busy="false"]')).toHaveAttribute('data-verdict', 'testing');
  // A check that was cut off by a removal begins again.
  await widget.evaluate(async (element) => {
    element.domain = 'nothing.example';
    element.remove();
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    document.querySelector('main').append(element);
  });
  await expect(widget.locator('[aria-busy="false"]')).toHaveAttribute('data-verdict', 'missing');
});

test('it leaves no global behind', async ({ page, embed }) => {
  const head = '<script>document.documentElement.dataset.before = Object.getOwnPropertyNames(window)</script>';
  const widget = await embed('<mta-sts-check domain="protected.example" auto></mta-sts-check>', { head });
  await expect(widget.locator('[aria-busy="false"]')).toHaveAttribute('data-verdict', 'enforced');
  const left = await page.evaluate(() => {
    const before = document.documentElement.dataset.before.split(',');
    return Object.getOwnPropertyNames(window).filter((name) => !before.includes(name));
  });
  expect(left).toEqual([]);
});

test('nothing around it moves: not as it comes, not when a line is answered', async ({ page, embed }) => {
  await page.setViewportSize({ width: 1100, height: 700 });
  const [rule] = (await (await page.request.get('/embed')).text()).match(/mta-sts-check:not\(:defined\)[^<]*(?=<\/code>)/);
  const head = `<style>${rule}</style><script>
    window.moved = 0;
    new PerformanceObserver((list) => { for (const shift of list.getEntries()) window.moved += shift.value; }).observe({ type: 'layout-shift', buffered: true });
  </script>`;
  const link = (domain) => `<a href="/">Check ${domain}</a>`;
  const widget = await embed(`
    <mta-sts-check>${link('your domain')}</mta-sts-check><p>After the field.</p>
    <mta-sts-check domain="testing.example">${link('testing.example')}</mta-sts-check><p>After the link.</p>
    <mta-sts-check domain="protected.example" compact auto>${link('protected.example')}</mta-sts-check><p>After the line.</p>
    <mta-sts-check domain="nothing.example" compact auto></mta-sts-check><p>At the end.</p>`, { head });
  for (const at of [2, 3]) await expect(widget.nth(at).locator('[aria-busy="false"]')).toBeVisible();
  await page.waitForTimeout(200);
  expect(await page.evaluate(() => window.moved)).toBe(0);
});

test('the page’s direction, colours and rules reach into it', async ({ page, embed }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  const head = '<style>mta-sts-check { --ground: rgb(1, 2, 3) } mta-sts-check::part(headline) { font-style: italic }</style>';
  const widget = await embed('<div dir="rtl"><mta-sts-check domain="blocking.example" auto theme="dark"></mta-sts-check></div>', { head });
  const verdict = widget.locator('[aria-busy="false"] [part="verdict"]');
  await expect(verdict).toHaveCSS('border-right-width', '6px');
  await expect(verdict).toHaveCSS('border-left-width', '1px');
  await expect(widget.locator('[part="headline"]')).toHaveCSS('font-style', 'italic');
  await expect(widget).toHaveCSS('background-color', 'rgb(1, 2, 3)');
  const sticksOut = await page.evaluate(() => document.scrollingElement.scrollWidth > document.documentElement.clientWidth);
  expect(sticksOut).toBe(false);
});

test('a page whose root has small text can set what sizes go by', async ({ page, embed }) => {
  const head = '<style>html { font-size: 62.5% } .set { --rem: 16px }</style>';
  const widget = await embed('<mta-sts-check domain="protected.example" auto></mta-sts-check><mta-sts-check class="set" domain="protected.example" auto></mta-sts-check>', { head });
  await page.evaluate(() => Promise.all([...document.querySelectorAll('mta-sts-check')].map((element) => element.check())));
  const size = (at) => widget.nth(at).locator('[aria-busy="false"] .m-counts').evaluate((element) => getComputedStyle(element).fontSize);
  expect([await size(0), await size(1)]).toEqual(['8.75px', '14px']);
  await expect(widget.nth(1)).toHaveCSS('font-size', '16px');
});

test('a domain that was set before the script came is checked', async ({ page, embed }) => {
  const head = '<script>addEventListener("DOMContentLoaded", () => 0); document.addEventListener("readystatechange", () => { const e = document.querySelector("mta-sts-check:not(:defined)"); if (e) e.domain = "testing.example"; }, { once: true });</script>';
  const widget = await embed('<mta-sts-check auto></mta-sts-check>', { head });
  await expect(widget.locator('[aria-busy="false"]')).toHaveAttribute('data-verdict', 'testing');
  expect(page.url()).toMatch(/^http:/);
});

test.describe('under the address that stays', () => {
  /** The script tag that the site's page gives for it. */
  async function tag(request, baseURL) {
    const html = await (await request.get('/embed')).text();
    const [, address] = html.match(/src=&quot;https:\/\/HOST(\/widget\/\d[^&]*)&quot;/);
    const [, integrity] = html.match(/integrity=&quot;([^&]*)&quot;/);
    return { address, script: `src="${baseURL}${address}" integrity="${integrity}" crossorigin="anonymous"` };
  }

  test('the hash holds, and browsers may keep it for ever', async ({ page, embed, request, baseURL }) => {
    const { address, script } = await tag(request, baseURL);
    const answers = [];
    page.on('response', (response) => response.url().includes('/widget/') && answers.push(response));
    const widget = await embed('<mta-sts-check domain="blocking.example" auto></mta-sts-check>', { script });
    await expect(widget.locator('[aria-busy="false"]')).toHaveAttribute('data-verdict', 'blocking');
    expect(answers.map((response) => new URL(response.url()).pathname.replace(/[^/]*$/, ''))).toEqual(Array(3).fill(address.replace(/[^/]*$/, '')));
    for (const response of answers) expect(response.headers()['cache-control']).toBe('public, max-age=31536000, immutable');
    const moving = await request.get('/widget/v1/mta-sts-check.js');
    expect(moving.headers()['cache-control']).toContain('max-age=300');
    expect(await moving.text(), 'one widget under both').toBe(await (await request.get(address)).text());
  });

  test('other bytes under its name are not run', async ({ page, embed, request, baseURL }) => {
    const { script } = await tag(request, baseURL);
    let tampered = 0;
    await page.route('**/*.wasm', async (route) => {
      const response = await route.fetch();
      tampered += 1;
      await route.fulfill({ response, body: Buffer.concat([await response.body(), Buffer.from([0, 1, 0])]) });
    });
    const widget = await embed('<mta-sts-check domain="blocking.example" auto></mta-sts-check>', { script });
    // The edge's rendering, as where there is no WASM at all.
    await expect(widget.locator('[part="result"]')).toHaveAttribute('data-verdict', 'blocking');
    expect(tampered).toBe(1);
    await page.route('**/mta-sts-check.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()}window.mine = 1;` });
    });
    await expect(embed('<mta-sts-check></mta-sts-check>', { script, waits: false })).resolves.toBeDefined();
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => [window.mine, customElements.get('mta-sts-check')])).toEqual([undefined, undefined]);
  });
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
  await expect(widget.locator('[part="result"][aria-busy="true"]')).toBeVisible();
  await expect(widget.locator('.m-status')).toBeVisible();
  const spins = () => widget.locator('.m-spin').first().evaluate((icon) => getComputedStyle(icon).animationName);
  expect(await spins()).toBe('m-turn');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await spins()).toBe('none');
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
    const widget = await embed('<mta-sts-check domain="blocking.example" auto></mta-sts-check>', { policy: strict(baseURL) });
    await expect(widget.locator('[part="result"]')).toHaveAttribute('data-verdict', 'blocking');
    await expect(widget.locator('[part="verdict"]')).toHaveCSS('border-left-style', 'solid');
    await widget.evaluate((element) => { element.domain = 'sam@protected.example'; });
    await expect(widget.locator('[part="problem"]')).toHaveAttribute('data-problem', 'invalid-domain');
    expect(page.url()).toMatch(/^http:\/\/127/);
  });

  test('WASM refused, and an API elsewhere: its words are shown, and its markup is not', async ({ page, embed, baseURL }) => {
    const elsewhere = createServer((request, response) => {
      const json = request.url.startsWith('/api/');
      const body = json ? JSON.stringify({ domain: 'blocking.example', headline: '<b>Words</b>' }) : '<a href="javascript:alert(1)">x</a><img src=x>';
      response.writeHead(200, { 'Content-Type': json ? 'application/json' : 'text/html', 'Access-Control-Allow-Origin': '*' }).end(body);
    });
    await new Promise((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${elsewhere.address().port}`;
    const policy = strict(baseURL).replace('connect-src', `connect-src ${endpoint}`);
    const widget = await embed(`<mta-sts-check domain="blocking.example" endpoint="${endpoint}" auto></mta-sts-check>`, { policy });
    await expect(widget.locator('[part="headline"]')).toHaveText('<b>Words</b>');
    await expect(widget.locator('[part="output"] :is(a, img, b)')).toHaveCount(0);
    elsewhere.closeAllConnections();
    elsewhere.close();
  });

  for (const endpoint of ['javascript:alert(1)//', 'data:text/html,<script>alert(1)</script>', 'blob:x']) {
    test(`an endpoint that is no web address is not asked: ${endpoint.slice(0, 10)}`, async ({ embed, baseURL }) => {
      const widget = await embed('<mta-sts-check domain="blocking.example"></mta-sts-check>', { policy: strict(baseURL) });
      await widget.evaluate((element, endpoint) => element.setAttribute('endpoint', endpoint), endpoint);
      await widget.evaluate((element) => element.check());
      await expect(widget.locator('[part="problem"]')).toBeVisible();
      await expect(widget.locator('[part="more"]')).toBeHidden();
    });
  }

  test('Trusted Types: the answer goes through the policy named mta-sts-check', async ({ page, embed, baseURL }) => {
    const faults = watch(page);
    const policy = `${strict(baseURL).replace("script-src", "script-src 'wasm-unsafe-eval'")}; require-trusted-types-for 'script'; trusted-types mta-sts-check`;
    const widget = await embed('<mta-sts-check domain="blocking.example" auto></mta-sts-check>', { policy });
    await expect(widget.locator('[part="result"]')).toHaveAttribute('data-verdict', 'blocking');
    expect(faults).toEqual([]);
  });

  test('Trusted Types that allow us none: the sentence, and the link stays', async ({ page, embed, baseURL }) => {
    const policy = `${strict(baseURL)}; require-trusted-types-for 'script'; trusted-types 'none'`;
    const widget = await embed(WITH_LINK.replace('domain', 'auto domain'), { policy });
    await expect(widget.locator('[part="headline"]')).toContainText('blocking.example');
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
