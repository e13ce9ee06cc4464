// The page of the API: requests that work where they are pasted, and types that a link leads into.

import { expect, plainTest, said, test } from './answer.mjs';

const FIRST = '/api/v1/check?domain=protected.example';

test('a request names this site, and is copied by keyboard', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/api');
  const request = page.locator('figure[data-answer="application/json"]').first();
  await expect(request.locator('code')).toHaveText(`curl '${new URL(baseURL).origin}${FIRST}'`);
  await expect(page.locator('figure code', { hasText: 'https://HOST' }), 'none is left as it was made').toHaveCount(0);
  await request.getByRole('button', { name: /^Copy/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#status')).toHaveText(await said(page, 'status', 'copied'));
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`curl '${new URL(baseURL).origin}${FIRST}'`);
});

test('the answer is behind a key, and shows what a report begins with', async ({ page }) => {
  await page.goto('/api');
  const answer = page.locator('.m-request ~ details').first();
  await answer.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(answer.locator('code')).toBeVisible();
  await expect(answer.locator('code')).toContainText('"verdict": "enforced"');
});

test('a link to a type opens it, from within and from elsewhere', async ({ page }) => {
  await page.goto('/api');
  await page.getByRole('region', { name: 'Check a domain' }).getByRole('link', { name: 'Report', exact: true }).click();
  await expect(page).toHaveURL(/#Report$/);
  await expect(page.locator('#Report')).toBeInViewport();
  await expect(page.getByRole('rowheader', { name: 'verdict', exact: true })).toBeVisible();
  await page.goto('/api#Problem');
  await page.reload();
  await expect(page.getByRole('rowheader', { name: 'retry_after_s' })).toBeVisible();
});

test('nothing moves as the page opens', async ({ page }) => {
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto('/api');
    const height = () => page.evaluate(() => document.body.scrollHeight);
    const open = await height();
    await page.route('**/api.js', (route) => route.abort());
    await page.reload();
    expect(await height(), `at ${width} pixels, with the script and without`).toBe(open);
    await page.unroute('**/api.js');
  }
});

plainTest.describe('without JavaScript', () => {
  plainTest.use({ javaScriptEnabled: false });

  plainTest('requests name no site, and links work', async ({ page }) => {
    await page.goto('/api');
    await expect(page.locator('figure code').first()).toHaveText(`curl 'https://HOST${FIRST}'`);
    await expect(page.getByRole('button', { name: /^Copy/ }), 'a button that would do nothing is not shown').toHaveCount(0);
    const answered = page.waitForResponse((response) => response.url().endsWith(FIRST));
    await page.getByRole('link', { name: 'Open it in the browser' }).first().click();
    expect((await answered).status()).toBe(200);
  });
});
