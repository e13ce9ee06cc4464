// How it looks, and to whom it is open: widths, colour schemes, WCAG.

import AxeBuilder from '@axe-core/playwright';
import { answer, expect, expectVerdict, test } from './answer.mjs';

const PAGES = [
  ['home', '/'],
  ['a good result', '/check?domain=protected.example'],
  ['a bad result', '/check?domain=typing-errors.example'],
  ['a blocking result', '/check?domain=blocking.example'],
  ['nothing published', '/check?domain=nothing.example'],
  ['a wrong domain', '/check?domain=sam@protected.example'],
  ['nothing there', '/nothing-there'],
  ['edit', '/edit'],
  ['edit, against a domain', '/edit?domain=typing-errors.example'],
  ['build', '/build'],
  ['reports', '/reports'],
  ['glossary', '/glossary'],
  ['embed', '/embed'],
  ['API', '/api'],
  ['what we check', '/rules/'],
  ['a rule', '/rules/policy-mode-invalid'],
  ['a rule with odd characters', '/rules/policy-utf16'],
];
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function openAll(page) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
}

for (const [name, path] of PAGES) {
  for (const colorScheme of ['light', 'dark']) {
    test(`${name} meets WCAG 2.2 AA in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(path);
      await openAll(page);
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
      expect(told).toEqual([]);
    });
  }

  test(`${name} fits a phone of 320 and 360 pixels`, async ({ page }) => {
    for (const width of [320, 360]) {
      await page.setViewportSize({ width, height: 740 });
      await page.goto(path);
      await openAll(page);
      const wide = await page.evaluate(() => {
        const limit = document.documentElement.clientWidth;
        const sticksOut = (element) => element.getBoundingClientRect().right > limit + 1;
        return document.scrollingElement.scrollWidth > limit ? [...document.querySelectorAll('body *')].filter(sticksOut).map((e) => e.outerHTML.slice(0, 90)) : [];
      });
      expect(wide, `at ${width} pixels`).toEqual([]);
    }
  });
}

test('the colour scheme follows the system', async ({ page }) => {
  const brightness = async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.goto('/');
    return page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0));
  };
  expect(await brightness('light')).toBeGreaterThan(600);
  expect(await brightness('dark')).toBeLessThan(150);
});

test('a verdict is told by a word, not by colour alone', async ({ page }) => {
  await page.goto('/check?domain=blocking.example');
  await expectVerdict(page, 'blocking');
  await expect(answer(page).locator('.m-badge')).toHaveText(/\w/);
  await page.emulateMedia({ media: 'print' });
  await expect(answer(page).locator('.m-badge')).toBeVisible();
});

test('what is folded on the screen is read on paper', async ({ page }) => {
  await page.goto('/check?domain=mx-mismatch.example');
  await expectVerdict(page, 'at-risk');
  const servers = answer(page).getByRole('table').filter({ hasText: 'backup.other-host.net' });
  await expect(servers).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(servers).toBeVisible();
});
