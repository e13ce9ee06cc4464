// The whole way of somebody who comes by: from a page that explains, to the answer, to a policy that is mended, to its plan.

import { GOOD, expect, expectVerdict, test } from './answer.mjs';

for (const width of [360, 1280]) {
  test(`from the glossary's widget to a plan, at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 780 });
    await page.goto('/glossary');
    const widget = page.locator('mta-sts-check');
    await widget.getByLabel('Domain').fill('typing-errors.example');
    await widget.getByLabel('Domain').press('Enter');
    await expect(widget.locator('[part="result"][aria-busy="false"]')).toHaveAttribute('data-verdict', 'broken');
    await expect(page, 'the reader stays where they were').toHaveURL(/\/glossary$/);

    await widget.getByRole('link', { name: 'The full answer' }).click();
    await expectVerdict(page, 'broken');
    await expect(page.locator('.m-first')).toBeVisible();

    await page.getByRole('link', { name: 'Try a change' }).click();
    const against = page.locator('#against [part="result"]');
    await expect(against).toHaveAttribute('data-verdict', 'broken');
    for (const kind of ['Policy file', 'Announce record']) {
      await page.getByLabel(kind).first().check();
      await page.locator('#judged').getByRole('button', { name: 'Use the corrected text' }).click();
      await expect(page.locator('#judged .m-verdict')).toHaveClass(GOOD);
    }
    await expect(against, 'mended').toHaveAttribute('data-verdict', 'enforced');

    await against.getByRole('link', { name: 'Plan the next steps' }).click();
    await expect(page).toHaveURL(/\/build\?domain=typing-errors\.example/);
    await expect(page.locator('#result .m-steps').first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Calendar file' })).toBeVisible();
  });
}
