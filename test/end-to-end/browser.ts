import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Tab {
  page: Page;
  /** Opens a view by the address behind `#/`. */
  open(view: string): Promise<void>;
}

export interface TabOptions {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  /** What the browser may complain about, where a test makes the server fail. */
  mayComplain?: RegExp;
}

/** A browser of its own with a new profile; what it complains about, or fetches from elsewhere, fails the test. */
export async function withTab(
  t: ExecutionContext,
  address: string,
  { width = 1280, height = 900, colorScheme = 'light', mayComplain }: TabOptions = {},
): Promise<Tab> {
  const profile = realpathSync(mkdtempSync(join(tmpdir(), 'eager-llm-browser-')));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: flags,
    viewport: { width, height },
    colorScheme,
    // Nothing is to be waited for that only moves.
    reducedMotion: 'reduce',
  });
  const complaints = listen(context, address, mayComplain);
  t.teardown(async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
    // A test has ended when its teardown runs: it can only throw.
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(90_000);
  return {
    page,
    open: async (view) => {
      await page.goto(`${address}/#/${view}`);
      await page.locator('main h1').first().waitFor();
    },
  };
}

function listen(context: BrowserContext, address: string, mayComplain?: RegExp): string[] {
  const complaints: string[] = [];
  context.on('console', (message) => {
    const isComplaint = message.type() === 'error' || message.type() === 'warning';
    if (isComplaint && !mayComplain?.test(message.text())) complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('request', (request) => {
    if (!request.url().startsWith(`${address}/`) && !request.url().startsWith('data:'))
      complaints.push(`asked another host: ${request.url()}`);
  });
  return complaints;
}
