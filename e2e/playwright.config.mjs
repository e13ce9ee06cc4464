// Tests in a real Chromium, against a Worker that runs already: BASE_URL says where.

import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const chromium = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);

export default defineConfig({
  testDir: 'browser',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  // Machines are shared: what is slow is not wrong.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'line',
  use: {
    baseURL: process.env.BASE_URL ?? 'http://localhost:8787',
    browserName: 'chromium',
    launchOptions: {
      executablePath: chromium,
      // Root cannot have Chromium's sandbox; and a test's browser has no business with its maker's servers.
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
    trace: 'off',
  },
});
