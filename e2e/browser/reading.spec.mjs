// In which order a page is read aloud, and that it looks the same wherever it was made.

import { answer, ask, expect, expectVerdict, test } from './answer.mjs';

const PAGES = [
  '/', '/check?domain=protected.example', '/check?domain=typing-errors.example', '/check?domain=nothing.example',
  '/edit?domain=typing-errors.example', '/build', '/reports', '/glossary', '/rules/', '/rules/mx-none-match', '/nothing-there',
];

const LINKS = ['record', 'policy-host', 'certificate', 'policy-file', 'mail-servers', 'reports', 'dnssec'];

/** The accessibility tree as a screen reader walks it: roles, names and levels, in order. */
async function tree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const walked = [];
  const walk = (node) => {
    if (!node) return;
    const level = node.properties?.find(({ name }) => name === 'level')?.value.value;
    if (!node.ignored) walked.push({ role: node.role.value, name: node.name?.value ?? '', level });
    for (const id of node.childIds ?? []) walk(byId.get(id));
  };
  walk(nodes[0]);
  return walked;
}

for (const path of PAGES) {
  test(`${path} is read in an order that makes sense`, async ({ page }) => {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    const nodes = await tree(page);
    const landmarks = nodes.filter(({ role }) => ['banner', 'main', 'contentinfo'].includes(role)).map(({ role }) => role);
    expect(landmarks).toEqual(['banner', 'main', 'contentinfo']);
    const levels = nodes.filter(({ role }) => role === 'heading').map(({ level }) => level);
    expect(levels.filter((level) => level === 1), 'one main heading').toHaveLength(1);
    levels.reduce((before, level) => {
      expect(level, `no level is left out: ${levels}`).toBeLessThanOrEqual(before + 1);
      return level;
    }, 0);
    const operable = nodes.filter(({ role }) => ['link', 'button', 'textbox', 'radio', 'checkbox', 'combobox', 'DisclosureTriangle'].includes(role));
    expect(operable.filter(({ name }) => !name.trim()), 'whatever can be operated has a name').toEqual([]);
    expect(operable.slice(0, 2).map(({ role }) => role), 'the way past the navigation, then home').toEqual(['link', 'link']);
    const ways = page.locator('a:visible, a.skip');
    expect([await ways.nth(0).getAttribute('href'), await ways.nth(1).getAttribute('href')]).toEqual(['#main', '/']);
  });
}

test('a result reads from the answer to its reasons, and from there to what is published', async ({ page }) => {
  await ask(page, 'mx-mismatch.example');
  await expectVerdict(page, 'at-risk');
  const order = ['#title', '#domain', '.m-badge', '[part="headline"]', ...LINKS.map((link) => `[data-link="${link}"]`), '.m-delivery', '.m-published', '[data-again]', 'footer nav'];
  const places = await page.evaluate((wanted) => {
    const all = [...document.querySelectorAll('*')];
    return wanted.map((selector) => all.indexOf(document.querySelector(selector)));
  }, order);
  places.reduce((before, place, at) => {
    expect(place, `${order[at]} after ${order[at - 1]}`).toBeGreaterThan(before);
    return place;
  }, -1);
  // What a screen reader walks has the same order: nothing is moved by a style.
  const plain = (text) => text.replace(/\s+/g, ' ').trim();
  const walked = (await tree(page)).filter(({ role }) => role === 'heading').map(({ name }) => plain(name));
  expect(walked).toEqual((await page.getByRole('heading').allTextContents()).map(plain));
});

test('every task is done with the keyboard alone', async ({ page }) => {
  await page.goto('/');
  const domain = page.getByLabel('Domain', { exact: true });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page, 'the first stop skips the navigation').toHaveURL(/#main$/);
  while (!(await domain.evaluate((input) => input === document.activeElement))) await page.keyboard.press('Tab');
  await page.keyboard.type('mx-mismatch.example');
  await page.keyboard.press('Enter');
  await expectVerdict(page, 'at-risk');
  const focused = () => page.evaluate(() => document.activeElement.closest('details')?.dataset.key ?? ('again' in document.activeElement.dataset ? 'again' : ''));
  const seen = [];
  for (let presses = 0; presses < 60 && !seen.includes('again'); presses += 1) {
    await page.keyboard.press('Tab');
    seen.push(await focused());
  }
  for (const stop of ['step record', 'step mail-servers', 'step dnssec', 'policy', 'mx', 'senders']) expect(seen).toContain(stop);
  await page.locator('[data-key="step record"] > summary').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-key="step record"]')).toHaveAttribute('open');
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [360, 768, 1280]) {
    test(`the browser's result is the edge's, pixel by pixel, ${colorScheme} at ${width}`, async ({ page, browser }) => {
      const look = { viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' };
      const plain = await browser.newPage({ ...look, javaScriptEnabled: false });
      await page.setViewportSize(look.viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const domain of ['protected.example', 'nothing.example']) {
        await ask(page, domain);
        await expect(answer(page)).toHaveAttribute('data-domain', domain);
        await plain.goto(`/check?domain=${domain}`);
        const picture = async (of) => {
          // The script's own buttons, and the focus that it sets, are no part of the result.
          await of.evaluate(() => {
            for (const button of document.querySelectorAll('#result button')) button.hidden = true;
            // A new id is the minute in which it was made.
            for (const code of document.querySelectorAll('#result figure code')) code.textContent = code.textContent.replace(/\d{8}T\d{4}/, 'TIME');
            document.activeElement?.blur();
          });
          return answer(of).screenshot();
        };
        const [one, other] = [await picture(page), await picture(plain)];
        expect(Buffer.compare(one, other), `${domain} looks the same`).toBe(0);
      }
      await plain.close();
    });
  }
}
