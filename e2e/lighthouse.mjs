// Every page of the site before Lighthouse, as a phone on a slow line: BASE_URL says where the site runs.
//
// Accessibility, best practices and search do not hang on the machine, and each is 100. A speed does hang on it, so the best of
// some runs is told and never held to a number; what makes a page fast is: how much it loads, in how many requests, what
// stands before the first paint, and that nothing moves afterwards.

import { existsSync } from 'node:fs';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const base = process.env.BASE_URL;
if (!base) throw new Error('BASE_URL names the running server');

/** Each sort of page, and the kilobytes that it may load, packed. */
const PAGES = [
  ['/', 24],
  ['/check?domain=protected.example', 24],
  ['/check?domain=typing-errors.example', 28],
  ['/edit', 24],
  ['/build', 24],
  ['/reports', 24],
  ['/glossary', 24],
  ['/rules/', 24],
  ['/rules/policy-mode-invalid', 24],
  ['/embed', 24],
  ['/api', 48],
];
const FIXED = ['accessibility', 'best-practices', 'seo'];
const CATEGORIES = ['performance', ...FIXED];
/** Runs of a page until its speed is perfect; what is told is the best. */
const RUNS = 3;

const chrome = await launch({
  chromePath: process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync),
  // Root cannot have Chromium's sandbox; and nothing but the server under test is there.
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'],
});

/** The report on a page, of these categories alone. */
async function audit(path, onlyCategories) {
  const result = await lighthouse(base + path, { port: chrome.port, logLevel: 'error', output: 'json', onlyCategories });
  if (result.lhr.runtimeError) throw new Error(`${path}: ${result.lhr.runtimeError.message}`);
  return result.lhr;
}

const score = (report, category) => Math.round(report.categories[category].score * 100);

/** What of a category is not as it should be. */
function faults(report, category) {
  const audits = report.categories[category].auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => report.audits[id]);
  return audits.filter(({ score: got }) => got !== null && got < 1).map(({ id, title, details }) => {
    const where = (details?.items ?? []).map((item) => item.node?.snippet ?? item.url ?? item.description ?? item.source ?? '').join(' ');
    return `${id}: ${title} ${where}`.trim();
  });
}

/** What makes a page slow on any machine. */
function weight(report, path, limitKib) {
  const requests = report.audits['network-requests'].details.items.filter(({ url }) => url.startsWith(base));
  const bytes = requests.reduce((sum, { transferSize }) => sum + transferSize, 0);
  const elsewhere = report.audits['network-requests'].details.items.filter(({ url }) => !url.startsWith(base) && !/^(data|blob|chrome)/.test(url));
  const found = [];
  if (bytes > limitKib * 1024) found.push(`it loads ${bytes} bytes, and may ${limitKib * 1024}`);
  for (const { url } of elsewhere) found.push(`it loads ${url}`);
  const blocking = requests.filter(({ resourceType, priority, url }) => resourceType === 'Stylesheet' || (resourceType === 'Script' && priority === 'VeryHigh' && !url.endsWith('.js')));
  if (blocking.length !== 1) found.push(`${blocking.length} files stand before the first paint: ${blocking.map(({ url }) => url)}`);
  const shift = report.audits['cumulative-layout-shift'].numericValue;
  if (shift > 0) found.push(`it moves by ${shift}`);
  return { bytes, requests: requests.length, found };
}

const problems = [];
const measure = (report, id) => Math.round(report.audits[id].numericValue);
const columns = (cells) => console.log(`${cells[0].padEnd(38)} ${cells.slice(1).map((cell) => String(cell).padStart(8)).join(' ')}`);

try {
  columns(['page', 'speed', 'access', 'practice', 'search', 'requests', 'bytes', 'FCP ms', 'LCP ms', 'TBT ms']);
  for (const [path, limitKib] of PAGES) {
    const report = await audit(path, CATEGORIES);
    let best = report;
    for (let runs = 1; runs < RUNS && score(best, 'performance') < 100; runs += 1) {
      const again = await audit(path, ['performance']);
      if (score(again, 'performance') > score(best, 'performance')) best = again;
    }
    const { bytes, requests, found } = weight(report, path, limitKib);
    const times = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time'].map((id) => measure(best, id));
    columns([path, score(best, 'performance'), ...FIXED.map((category) => score(report, category)), requests, bytes, ...times]);
    for (const category of FIXED) {
      if (score(report, category) === 100) continue;
      problems.push(`${path}, ${category}: ${score(report, category)}`, ...faults(report, category).map((fault) => `  ${fault}`));
    }
    problems.push(...found.map((fault) => `${path}: ${fault}`));
  }
} finally {
  chrome.kill();
}
if (problems.length > 0) {
  console.log(`\n${problems.join('\n')}`);
  process.exitCode = 1;
}
