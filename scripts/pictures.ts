/**
 * Takes the pictures of the page that docs/ shows, from a finished quickstart, in Chromium:
 *
 *   npx tsx scripts/pictures.ts [RUN]
 *
 * Run `npm start` and `npm run test:e2e` before: they make the run, build the page and find or install a Chromium.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { chromium, type Page } from 'playwright-core';
import { packageRoot } from '../orchestrator/shared/package-root.ts';

interface Scene {
  name: string;
  dark?: boolean;
  height: number;
  show(page: Page): Promise<void>;
}

const run = process.argv[2] ?? 'quickstart';

const scenes: Scene[] = [
  {
    name: 'page-ask',
    height: 760,
    async show(page) {
      await open(page, 'ask');
      await page
        .getByLabel('What was bought')
        .fill('I have Cotz Pediatric Spf 40 and the Urban Decay Naked Palette and need a shampoo');
      await page.keyboard.press('Enter');
      await page.locator('.item-card').nth(7).waitFor();
      await page.getByRole('button', { name: /^Like/ }).nth(1).click();
      await page.getByRole('button', { name: /^Why/ }).first().click();
      await page.locator('.why-model').waitFor();
    },
  },
  {
    name: 'page-run',
    dark: true,
    height: 900,
    async show(page) {
      await open(page, `runs/${run}`);
      await page.locator('.metrics table').waitFor();
      await page.locator('.chart canvas').first().waitFor();
    },
  },
  {
    name: 'page-index',
    height: 900,
    async show(page) {
      await open(page, `index/${run}`);
      await page
        .getByRole('region', { name: /behaviour/ })
        .getByRole('button')
        .first()
        .click();
      await page.locator('.leaf').nth(1).waitFor();
    },
  },
  {
    name: 'page-compose',
    height: 900,
    async show(page) {
      await open(page, 'compose');
      await page.getByText('Valid: this recipe can be run.').waitFor();
      await page.locator('.cm-content').click();
      await page.keyboard.press('ControlOrMeta+End');
      await page.keyboard.insertText('\ndecoding:\n  num_beam: 12\n');
      await page.getByRole('status', { name: 'Problems' }).getByRole('button').first().waitFor();
      await page.locator('summary', { hasText: 'decoding' }).click();
    },
  },
];

const { server, address } = await serve();
try {
  for (const scene of scenes) await picture(scene);
} finally {
  server.kill('SIGINT');
  await server;
}

async function serve() {
  const main = join(packageRoot, 'dist', 'cli', 'main.js');
  const server = execa(process.execPath, [main, 'serve', run, '--port', '0', '--allow-runs'], {
    cwd: packageRoot,
    buffer: false,
    reject: false,
  });
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    const read = (chunk: Buffer) => {
      said += chunk;
      const found = /answers at (http:\S+)/.exec(said);
      if (found) resolve(found[1]);
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.on('exit', () => reject(new Error(`the server ended: ${said}`)));
  });
  return { server, address };
}

async function picture({ name, dark, height, show }: Scene): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'eager-llm-pictures-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
    viewport: { width: 1200, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await show(page);
    const path = join(packageRoot, 'docs', 'images', `${name}.png`);
    await page.screenshot({ path });
    console.log(path);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function open(page: Page, view: string): Promise<void> {
  await page.goto(`${address}/#/${view}`);
  await page.locator('main h1').first().waitFor();
}
