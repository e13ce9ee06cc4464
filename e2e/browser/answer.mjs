// What the browser's tests share: the answer on a page, and a watch for whatever the page's own policy refuses.

import { test as base, expect } from '@playwright/test';

export { expect };

export { base as plainTest };

/** A test that fails where the page breaks its Content-Security-Policy or throws. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const faults = watch(page);
    await use(page);
    expect(faults, "nothing is refused by the page's policy, and nothing is thrown").toEqual([]);
  },
});

/** Collects what a page's policy refuses and what its scripts throw. */
export function watch(page) {
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML|Trusted Types/i.test(message.text())) faults.push(message.text());
  });
  return faults;
}

/** The result, once every lookup is in. */
export function answer(page) {
  return page.locator('[part="result"][aria-busy="false"]');
}

/** Expects an answer with this verdict. */
export async function expectVerdict(page, verdict) {
  await expect(answer(page)).toHaveAttribute('data-verdict', verdict);
}

/** A sentence that the page of a form gives its script, by the form's id and its own name. */
export const said = (page, form, name) => page.locator(`#${form}`).getAttribute(`data-${name}`);

/** What a place of the answer says of the mail: its class. */
export const GOOD = /\bm-good\b/;
export const BAD = /\bm-bad\b/;

/** Types a domain on the home page, and asks. */
export async function ask(page, domain) {
  await page.goto('/');
  await page.getByLabel('Domain', { exact: true }).fill(domain);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
}

/** The lines of a stream that a check reads: every observation, then the report. */
export function streamOf(evidence, report) {
  const events = evidence.observations.map((observation) => ({ event: 'lookup', observation }));
  return [...events, { event: 'report', report }].map((event) => `${JSON.stringify(event)}\n`);
}

/** What the browser package makes of evidence: the page has a module of it, and needs no network. */
export function evaluated(page, evidence) {
  return page.evaluate(async (given) => {
    const tools = await import('/pkg/tools.js');
    await tools.default();
    return tools.evaluate(given, Date.now());
  }, evidence);
}

/** A text without the ids that were made for it: they tell the minute, and two answers can lie on both sides of its end. */
export const timeless = (text) => text.replace(/\b20\d{6}T\d{4,6}Z?\b/g, 'TIME');
