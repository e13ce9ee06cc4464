// The package in npm's shape, as somebody gets it: packed, unpacked beside a page, read by TypeScript, bundled by vite, and
// run in a browser under a strict policy.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { expect, plainTest as test, watch } from './answer.mjs';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIN = join(ROOT, 'node_modules/.bin');

const PAGE = (endpoint) => `<!doctype html><html lang="en"><title>A shop</title>
<main><h1>Mail</h1><pre></pre><mta-sts-check domain="blocking.example" auto endpoint="${endpoint}"><a href="/">Check</a></mta-sts-check></main>
<script type="module" src="./main.ts"></script></html>`;

const SCRIPT = `
import load, { lintPolicy, type Lint } from 'mta-sts-check';
import { MtaStsCheck } from 'mta-sts-check/widget';

await load();
const lint: Lint = lintPolicy('version: STSv1\\nmode: Enforce\\nmx: mail.example.com\\nmax_age: 604800\\n');
document.querySelector('pre')!.textContent = JSON.stringify([lint.usable, lint.findings[0]?.rule, MtaStsCheck.name.length > 0]);
const element = document.querySelector('mta-sts-check')!;
element.addEventListener('mta-sts-check-complete', ({ detail }) => { document.title = detail.report.headline; });
element.addEventListener('mta-sts-check-error', ({ detail }) => { document.title = detail.problem?.detail ?? detail.error.message; });
`;

/** What TypeScript must not let pass. */
const WRONG = `
import { lintPolicy } from 'mta-sts-check';
import 'mta-sts-check/widget';
lintPolicy(12);
document.querySelector('mta-sts-check')!.domain = 12;
`;

test.describe.configure({ mode: 'serial' });

let folder;

test.beforeAll(async ({ baseURL }) => {
  folder = await mkdtemp(join(tmpdir(), 'mta-sts-npm-'));
  const installed = join(folder, 'node_modules/mta-sts-check');
  await mkdir(installed, { recursive: true });
  const { stdout } = await run('npm', ['pack', '--json', '--offline', '--ignore-scripts', '--no-update-notifier', '--pack-destination', folder], { cwd: join(ROOT, 'dist/npm') });
  const packed = JSON.parse(stdout);
  const [{ filename }] = Array.isArray(packed) ? packed : Object.values(packed);
  await run('tar', ['-xzf', join(folder, filename), '-C', installed, '--strip-components=1']);
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'index.html'), PAGE(baseURL));
  await writeFile(join(folder, 'main.ts'), SCRIPT);
  await writeFile(join(folder, 'wrong.ts'), WRONG);
});

test.afterAll(() => rm(folder, { recursive: true, force: true }));

test('TypeScript knows what it exports, and what it does not take', async () => {
  const options = ['--noEmit', '--pretty', 'false', '--strict', '--target', 'esnext', '--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'esnext,dom,dom.iterable'];
  await run(join(BIN, 'tsc'), [...options, 'main.ts'], { cwd: folder });
  const told = await run(join(BIN, 'tsc'), [...options, 'wrong.ts'], { cwd: folder }).then(() => 'nothing', (error) => error.stdout);
  expect(told.match(/error TS\d+/g) ?? told).toEqual(['error TS2345', 'error TS2322']);
});

test('on a server it can be imported, and does nothing', async () => {
  const { stdout } = await run(join(BIN, 'node'), ['--input-type=module', '-e', "const m = await import('mta-sts-check/widget'); console.log(typeof m.MtaStsCheck)"], { cwd: folder });
  expect(stdout.trim()).toBe('function');
});

test('vite bundles the functions and the element, and a browser runs them', async ({ page, baseURL }) => {
  const out = join(folder, 'out');
  await build({ root: folder, base: './', logLevel: 'error', build: { outDir: out, target: 'esnext' } });
  const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.wasm': 'application/wasm', '.css': 'text/css' };
  const policy = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ${baseURL}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types mta-sts-check`;
  const server = createServer(async ({ url }, response) => {
    const file = url === '/' ? '/index.html' : url;
    const body = await readFile(join(out, file)).catch(() => undefined);
    response.writeHead(body ? 200 : 404, { 'Content-Type': types[extname(file)] ?? 'text/plain', 'Content-Security-Policy': policy }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const loaded = [];
  page.on('request', (request) => loaded.push(request.url()));
  const faults = watch(page);
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await expect(page.locator('main > pre')).toHaveText('[false,"policy-mode-invalid",true]');
  await expect(page.locator('mta-sts-check [aria-busy="false"]')).toHaveAttribute('data-verdict', 'blocking');
  await expect(page).toHaveTitle(/\bblocking\.example\b/);
  await expect(page.locator('mta-sts-check').locator('[part="verdict"]')).toHaveCSS('border-left-style', 'solid');
  expect(loaded.filter((url) => url.startsWith(baseURL)).map((url) => new URL(url).pathname), 'of the checker, the API alone').toEqual(['/api/v1/check']);
  expect(faults).toEqual([]);
  server.closeAllConnections();
  server.close();
});
