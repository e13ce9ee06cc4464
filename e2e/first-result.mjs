// How long a first check takes on an old phone and a slow line, in a real Chromium that is slowed down: BASE_URL says where the
// site runs. Told and never held to a number, since it hangs on the machine, too.

import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const base = process.env.BASE_URL;
if (!base) throw new Error('BASE_URL names the running server');

const RUNS = 7;
const DOMAINS = ['protected.example', 'typing-errors.example'];
/** Slow 4G, as Lighthouse and the developer tools have it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back. */
const LINE = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const CPU_SLOWDOWN = 4;
/** What is aimed at, from the evidence to the result. */
const AIM_MS = 2000;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync),
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** Notes when the first result, of whatever is in by then, is painted. */
function watch() {
  addEventListener('DOMContentLoaded', () => {
    const seen = () => {
      if (!document.querySelector('#result [part="result"]')) return;
      observer.disconnect();
      // The second frame begins once the first is painted.
      requestAnimationFrame(() => requestAnimationFrame(() => { window.firstResult = performance.now(); }));
    };
    const observer = new MutationObserver(seen);
    observer.observe(document.querySelector('#result'), { childList: true, subtree: true });
  });
}

/** When each part of the evidence came in, in milliseconds by the clock on the wall. */
function landings(devtools) {
  const times = [];
  let stream;
  devtools.on('Network.requestWillBeSent', ({ requestId, request, timestamp, wallTime }) => {
    if (request.url.includes('/api/v1/check')) stream = { requestId, offset: wallTime - timestamp };
  });
  devtools.on('Network.dataReceived', ({ requestId, timestamp }) => {
    if (requestId === stream?.requestId) times.push((timestamp + stream.offset) * 1000);
  });
  return times;
}

/** A first check, with nothing of the site in the browser but the page: times from the click, in milliseconds. */
async function check(domain) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.addInitScript(watch);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  const landed = landings(devtools);
  await devtools.send('Network.emulateNetworkConditions', LINE);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await page.goto(base);
  await page.locator('#domain').fill(domain);
  await page.evaluate(() => document.querySelector('#check').addEventListener('submit', () => { window.asked = performance.now(); }, true));
  await page.locator('#check button').click();
  await page.waitForFunction(() => window.firstResult, undefined, { timeout: 60_000 });
  const { asked, shown } = await page.evaluate(() => {
    const wall = (time) => performance.timeOrigin + time;
    return { asked: wall(window.asked), shown: wall(window.firstResult) };
  });
  await context.close();
  return { began: landed[0] - asked, shown: shown - asked };
}

const median = (numbers) => Math.round(numbers.toSorted((a, b) => a - b)[numbers.length >> 1]);
const row = (name, numbers) => console.log(`${name.padEnd(58)} ${String(median(numbers)).padStart(7)} ${String(Math.round(Math.min(...numbers))).padStart(7)} ${String(Math.round(Math.max(...numbers))).padStart(7)}`);

try {
  console.log(`a first check on slow 4G with a processor slowed ${CPU_SLOWDOWN} times, ${RUNS} runs (ms)`);
  console.log(`${''.padEnd(58)} ${'median'.padStart(7)} ${'least'.padStart(7)} ${'most'.padStart(7)}`);
  for (const domain of DOMAINS) {
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await check(domain));
    row(`${domain}: from the click to the first evidence`, runs.map(({ began }) => began));
    row(`${domain}: from the click to the first result`, runs.map(({ shown }) => shown));
    row(`${domain}: from the first evidence to the first result`, runs.map(({ began, shown }) => shown - began));
  }
  console.log(`aimed at, from the evidence to the first result: ${AIM_MS} ms`);
} finally {
  await browser.close();
}
