// The page about the widget: what is chosen shows in the preview and in the lines to paste, and those work.

import { createServer } from 'node:http';
import AxeBuilder from '@axe-core/playwright';
import { expect, plainTest, said, test } from './answer.mjs';

const lines = (page, label) => page.locator('figure', { has: page.getByText(label, { exact: true }) }).locator('code');
const domain = (page) => page.locator('#embed').getByLabel('Domain', { exact: true });
const preview = (page) => page.locator('main mta-sts-check');

test('the lines to paste are for this site and this domain, and follow each choice', async ({ page, baseURL }) => {
  await page.goto('/embed');
  const code = lines(page, 'Into your page');
  const pasted = (await code.textContent()).replace(/>[^<\n]+<\/a>/, '></a>');
  expect(pasted).toBe(`<script type="module" src="${baseURL}/widget/v1/mta-sts-check.js"></script>
<mta-sts-check domain="protected.example">
  <a href="${baseURL}/check?domain=protected.example"></a>
</mta-sts-check>`);
  await domain(page).fill('Testing.example');
  await page.getByLabel('Dark').check();
  await page.getByLabel('One line').check();
  await page.getByLabel('Check without being asked').check();
  await page.getByLabel('Exactly this one').check();
  await expect(code).toContainText('<mta-sts-check domain="testing.example" theme="dark" compact auto>');
  await expect(code).toContainText(/\/widget\/\d+\.\d+\.\d+\/mta-sts-check\.js"\s+integrity="sha384-[\w+/]{64}" crossorigin="anonymous">/);
  await expect(preview(page)).toHaveAttribute('domain', 'testing.example');
  await expect(preview(page).locator('[aria-busy="false"]')).toHaveAttribute('data-verdict', 'testing');
  await expect(preview(page).locator('[part="findings"]').first()).toBeHidden();
  await expect(page.locator('#badge')).toHaveAttribute('src', '/badge/testing.example.svg');
  await expect(lines(page, 'As Markdown')).toHaveText(new RegExp(`^\\[!\\[.*\\]\\(${baseURL}/badge/testing.example.svg\\)\\]\\(${baseURL}/check\\?domain=testing.example\\)$`));
  await domain(page).fill('');
  await expect(code).toContainText(`<mta-sts-check theme="dark" compact auto>\n  <a href="${baseURL}/">`);
  await domain(page).press('Tab');
  await expect(preview(page).getByRole('textbox', { name: 'Domain' })).toBeVisible();
});

test('everything is chosen and copied by keyboard', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: baseURL });
  await page.goto('/embed');
  await domain(page).focus();
  const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
  await press('Tab', 'ArrowRight', 'ArrowRight', 'Tab', 'Space', 'Tab', 'Tab', 'ArrowDown');
  await expect(lines(page, 'Into your page')).toContainText(/integrity="[^]*<mta-sts-check domain="protected.example" theme="dark" compact>/);
  // The link in the preview, then the button.
  await press('Tab');
  await expect(page.getByRole('link', { name: 'Check protected.example' })).toBeFocused();
  await press('Enter');
  await expect(preview(page).locator('[aria-busy="false"]')).toHaveAttribute('data-verdict', 'enforced');
  // The link that was followed goes, and who followed it is led to the answer.
  await expect(preview(page).locator('[part="headline"]')).toBeFocused();
  await press('Tab');
  await expect(preview(page).getByRole('link', { name: 'The full answer' })).toBeFocused();
  await press('Tab', 'Enter');
  await expect(page.locator('#status')).toHaveText(await said(page, 'status', 'copied'));
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await lines(page, 'Into your page').textContent());
});

test('it is read in the order in which it is used', async ({ page }) => {
  await page.goto('/embed');
  await expect(page.locator('main')).toMatchAriaSnapshot(`
    - heading [level=1]
    - heading [level=2]
    - textbox "Domain"
    - paragraph
    - group:
      - radio [checked]
    - group:
      - checkbox
    - group:
      - radio [checked]
    - region:
      - link "Check protected.example"
    - heading [level=2]
    - heading [level=2]
    - paragraph:
      - img
    - heading [level=2]
  `);
});

test('what is typed cannot become markup in the lines', async ({ page }) => {
  await page.goto('/embed');
  await domain(page).fill('a.example"><script>alert(1)</script>');
  await expect(lines(page, 'Into your page')).toContainText('domain="a.examplescriptalert(1)script"');
  await domain(page).press('Enter');
  await expect(page).toHaveURL(/\/embed$/);
});

test('the lines are copied as they stand', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: baseURL });
  await page.goto('/embed');
  await page.getByRole('button', { name: 'Copy As HTML' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const named = copied.replace(/ alt="[^"]+"/, '');
  expect(named).toBe(`<a href="${baseURL}/check?domain=protected.example"><img src="${baseURL}/badge/protected.example.svg" height="20"></a>`);
  await expect(page.locator('#status')).toHaveText(await said(page, 'status', 'copied'));
});

plainTest('pasted into another page, with the hash and the policy that the page names, they work', async ({ page }) => {
  await page.goto('/embed');
  await page.getByLabel('Exactly this one').check();
  await page.getByLabel('Check without being asked').check();
  const pasted = await lines(page, 'Into your page').textContent();
  const badge = await lines(page, 'As HTML').textContent();
  const policy = await lines(page, 'In the policy').textContent();
  const server = createServer((_request, response) => {
    const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': `default-src 'none'; img-src *; ${policy}` };
    response.writeHead(200, headers).end(`<!doctype html><html lang="en"><title>A shop</title><main><h1>Mail</h1>${pasted}${badge}</main></html>`);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await expect(page.locator('mta-sts-check [aria-busy="false"]')).toHaveAttribute('data-verdict', 'enforced');
  await expect(page.getByRole('img', { name: 'MTA-STS of protected.example' })).toHaveJSProperty('complete', true);
  expect(await page.getByRole('img').evaluate((image) => image.naturalHeight)).toBe(20);
  server.closeAllConnections();
  server.close();
});

test.describe('with no script', () => {
  test.use({ javaScriptEnabled: false });

  test('the lines, the link and the tables are there', async ({ page }) => {
    await page.goto('/embed');
    await expect(lines(page, 'Into your page')).toContainText('<mta-sts-check domain="protected.example">');
    await expect(page.getByRole('link', { name: 'Check protected.example' })).toHaveAttribute('href', '/check?domain=protected.example');
    await expect(page.getByRole('rowheader', { name: '--accent' })).toBeVisible();
  });
});

for (const colorScheme of ['light', 'dark']) {
  test(`with an answer in the preview it meets WCAG 2.2 AA in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('/embed');
    await page.getByLabel(colorScheme === 'dark' ? 'Light' : 'Dark').check();
    await page.getByLabel('Check without being asked').check();
    await expect(preview(page).locator('[aria-busy="false"]')).toBeVisible();
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  });
}
