// The editor: a text judged at every key, with no network.

import { BAD, GOOD, expect, said, test } from './answer.mjs';

const judged = (page) => page.locator('#judged');
const standing = (page) => judged(page).locator('.m-verdict');
/** What a screen reader is told: the word of the badge. */
const word = (page) => judged(page).locator('.m-badge').textContent();
const POLICY = 'version: STSv1\nmode: enforce\nmx: mx1.mail-host.net\nmx: mx2.mail-host.net\nmax_age: 2592000\n';

test('every key is judged, and with the network off', async ({ page, context }) => {
  await page.goto('/edit');
  await expect(judged(page).locator('.m-status')).toBeVisible();
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  const area = page.getByRole('textbox', { name: 'Policy file' });
  await area.fill(POLICY.replace('enforce', 'enforc'));
  await expect(standing(page)).toHaveClass(BAD);
  await expect(area).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#status'), 'a screen reader is told').toHaveText(await word(page));
  await expect(page.locator('.editor pre mark.m-bad').first()).toHaveText('enforc');
  await area.press('Control+Home');
  await area.press('ArrowDown');
  await area.press('End');
  await area.pressSequentially('e');
  await expect(standing(page)).toHaveClass(GOOD);
  await expect(standing(page).locator('.m-about strong')).toHaveText(['enforce', /^30 /]);
  await expect(page.locator('.editor pre mark')).toHaveCount(0);
  await expect(area).not.toHaveAttribute('aria-invalid');
});

test('the marks lie exactly under what was typed', async ({ page }) => {
  await page.goto('/edit');
  const text = `version: STSv1\nmode: ${'very '.repeat(40)}\nmx: a,b\n\n\tmax_age: x`;
  await page.getByRole('textbox', { name: 'Policy file' }).fill(text);
  await expect(standing(page)).toHaveClass(BAD);
  for (const width of [320, 1000]) {
    await page.setViewportSize({ width, height: 800 });
    const [below, above] = await page.locator('[data-kind="policy"] .editor').evaluate((editor) => [...editor.children].map((one) => [one.scrollHeight, one.clientHeight, one.clientWidth]));
    expect(above, 'the field is as large as its text, and nothing scrolls').toEqual(below);
  }
  expect(await page.locator('[data-kind="policy"] .editor pre').textContent()).toBe(`${text}\n`);
});

test('a correction shows what changes, and takes the place of the text', async ({ page }) => {
  await page.goto('/edit');
  await page.getByLabel('Announce record').first().check();
  const area = page.getByRole('textbox', { name: 'Announce record' });
  await area.fill('v=STSv1 id=2026-11-01;');
  await expect(judged(page).locator('del')).toContainText('v=STSv1 id=2026-11-01;');
  await expect(judged(page).locator('ins')).toContainText('v=STSv1; id=20261101;');
  await judged(page).getByRole('button', { name: 'Use the corrected text' }).click();
  await expect(area).toHaveValue('v=STSv1; id=20261101;');
  await expect(area).toBeFocused();
  await expect(standing(page)).toHaveClass(GOOD);
});

test('an example can be taken back', async ({ page }) => {
  await page.goto('/edit');
  const area = page.getByRole('textbox', { name: 'Policy file' });
  await area.fill('mine');
  await page.getByRole('button', { name: 'One with faults' }).click();
  await page.getByRole('button', { name: 'A good example' }).click();
  await expect(standing(page)).toHaveClass(GOOD);
  await page.getByRole('button', { name: 'Back to my text' }).click();
  await expect(area).toHaveValue('mine');
  await expect(page.getByRole('button', { name: 'Back to my text' })).toBeHidden();
});

test('what was typed is there again on coming back to the page', async ({ page }) => {
  await page.goto('/edit');
  const area = page.getByRole('textbox', { name: 'Policy file' });
  await area.fill(POLICY);
  await page.getByRole('link', { name: 'Learn' }).click();
  await page.goBack();
  await expect(area).toHaveValue(POLICY);
  await expect(page.locator('#judged .m-badge')).toBeVisible();
});

test('texts are judged against a live domain, which is asked once', async ({ page }) => {
  const asked = [];
  page.on('request', (request) => request.url().includes('/api/') && asked.push(request.url()));
  await page.goto('/edit');
  const area = page.getByRole('textbox', { name: 'Policy file' });
  await area.fill(POLICY.replace('mx1.mail-host.net', 'mx1.other.net'));
  await expect(standing(page)).toHaveClass(GOOD);
  await expect(page.locator('#status')).toHaveText(await word(page));
  await page.getByLabel('Domain', { exact: true }).fill('protected.example');
  await page.getByLabel('Domain', { exact: true }).press('Enter');
  const against = page.locator('#against [part="result"]');
  await expect(against).toHaveAttribute('data-verdict', 'at-risk');
  await expect(page.locator('#status')).toHaveText(await against.locator('[part="headline"]').textContent());
  const away = against.locator('a[data-again], a[href^="/edit?"], a[href^="/api/"]').locator('visible=true');
  await expect(away, 'nothing leads away to what is published instead').toHaveCount(0);
  await expect(page, 'the address leads back here').toHaveURL(/\/edit\?domain=protected\.example$/);
  await area.fill(POLICY);
  await expect(against).toHaveAttribute('data-verdict', 'enforced');
  await page.getByLabel('TLS-RPT record').first().check();
  await expect(page.getByRole('textbox', { name: 'TLS-RPT record' }), 'what was empty is what is published').toHaveValue(/^v=TLSRPTv1;/);
  expect(asked).toHaveLength(1);
});

test('a link from a result fills the fields in', async ({ page }) => {
  await page.goto('/check?domain=typing-errors.example');
  await page.getByRole('link', { name: 'Try a change' }).click();
  await expect(page.getByRole('textbox', { name: 'Policy file' })).toHaveValue(/version/i);
  await expect(standing(page)).toHaveClass(BAD);
  await expect(page.locator('#against [part="result"]')).toHaveAttribute('data-verdict', 'broken');
  await judged(page).getByRole('button', { name: 'Use the corrected text' }).click();
  await page.getByLabel('Announce record').first().check();
  await judged(page).getByRole('button', { name: 'Use the corrected text' }).click();
  await expect(page.locator('#against [part="result"]'), 'both corrected, all is well').toHaveAttribute('data-verdict', 'enforced');
});

test('what goes wrong is told, and what was typed stays', async ({ page, context }) => {
  await page.goto('/edit');
  const area = page.getByRole('textbox', { name: 'Policy file' });
  await area.fill('mine');
  const domain = page.getByLabel('Domain', { exact: true });
  await domain.fill('sam@protected.example');
  await domain.press('Enter');
  await expect(page.locator('#against').getByRole('alert')).toContainText('protected.example');
  await context.setOffline(true);
  await domain.fill('protected.example');
  await domain.press('Enter');
  await expect(page.locator('#against').getByRole('alert')).toHaveText(await said(page, 'status', 'no-connection'));
  await expect(domain).toHaveValue('protected.example');
  await expect(area).toHaveValue('mine');
});

test('what strangers wrote is shown as text', async ({ page }) => {
  await page.goto('/edit');
  const area = page.getByRole('textbox', { name: 'Policy file' });
  await area.fill('mode: <img src=x onerror=alert(1)>\u202e\u200b\nmx: "><script>alert(1)</script>');
  await expect(standing(page)).toHaveClass(BAD);
  await expect(page.locator('#judged img, #judged script, .editor img')).toHaveCount(0);
});
