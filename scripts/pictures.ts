/**
 * Takes the pictures of the page that docs/ shows, from finished runs, in Chromium:
 *
 *   npx tsx scripts/pictures.ts [--run quickstart] [--shop RUN] [--runs-dir runs] [--only page-ask]
 *
 * `--run` is shown as what was trained, `--shop` (the same run by default) to shoppers: one whose data have prices and
 * stock, such as a run of recipes/shop.yaml, shows more. Run `npm run build` and `npm run test:e2e` before: they build
 * the page and find or install a Chromium.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { chromium, type Page } from 'playwright-core';
import type { ItemsAnswer } from '../orchestrator/serving/contract/items.ts';
import { packageRoot } from '../orchestrator/shared/package-root.ts';

interface Scene {
  name: string;
  dark?: boolean;
  height: number;
  show(page: Page): Promise<void>;
}

const { values } = parseArgs({
  options: {
    run: { type: 'string', default: 'quickstart' },
    shop: { type: 'string' },
    'runs-dir': { type: 'string', default: 'runs' },
    only: { type: 'string' },
  },
});
const { run, shop = run, 'runs-dir': runsFolder, only } = values;
let address = '';

const shopScenes: Scene[] = [
  {
    name: 'page-shop',
    height: 900,
    async show(page) {
      await open(page, 'shop');
      const asked = await likeFirst(page);
      await ask(page, asked);
    },
  },
  {
    name: 'page-ask',
    height: 900,
    async show(page) {
      await open(page, 'shop');
      const asked = await likeFirst(page);
      await page.getByRole('link', { name: 'Ask', exact: true }).click();
      await ask(page, asked);
      await page.getByRole('button', { name: /^Why/ }).first().click();
      await page.locator('.why-model').waitFor();
    },
  },
];

const runScenes: Scene[] = [
  {
    name: 'page-run',
    dark: true,
    height: 900,
    async show(page) {
      await open(page, `runs/${run}`);
      await page.locator('.metrics table').first().waitFor();
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
      // A section of which the text sets something is open.
      await page.getByRole('textbox', { name: 'num_beams' }).scrollIntoViewIfNeeded();
    },
  },
];

await pictures(['demo', shop, '--no-open'], shopScenes);
await pictures(['serve', run, '--port', '0', '--allow-runs'], runScenes);

/** The pictures that one command shows. */
async function pictures(command: string[], scenes: Scene[]): Promise<void> {
  const wanted = scenes.filter(({ name }) => only === undefined || only === name);
  if (wanted.length === 0) return;
  const main = join(packageRoot, 'dist', 'cli', 'main.js');
  const server = execa(process.execPath, [main, ...command, '--runs-dir', runsFolder], {
    buffer: false,
    reject: false,
  });
  address = await new Promise<string>((resolve, reject) => {
    let said = '';
    const read = (chunk: Buffer) => {
      said += chunk;
      const found = /at (http:\/\/[\d.:]+\d)/.exec(said);
      if (found) resolve(found[1]);
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.on('exit', () => reject(new Error(`the server ended: ${said}`)));
  });
  try {
    for (const scene of wanted) await picture(scene);
  } finally {
    server.kill('SIGINT');
    await server;
  }
}

/** Something of the kind of the first item for the customer, with what is not wanted, in words of this catalogue. */
async function likeFirst(page: Page): Promise<string> {
  await page.locator('.tile').nth(7).waitFor();
  const title = (await page.locator('.tile h3').first().textContent()) ?? '';
  const answer = await fetch(`${address}/v1/items?limit=1&query=${encodeURIComponent(title)}`);
  const [{ brand, categories = [] }] = ((await answer.json()) as ItemsAnswer).data;
  const kind = categories.at(-1);
  return kind ? `${kind.toLowerCase()}, but not ${brand}` : `something by ${brand}`;
}

async function ask(page: Page, question: string): Promise<void> {
  await page.getByLabel('What was bought').fill(question);
  await page.keyboard.press('Enter');
  await page.locator('.item-card').nth(3).waitFor();
  await page.locator('.spinner').waitFor({ state: 'detached' });
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
    // On a machine that is busy with training, too.
    page.setDefaultTimeout(120_000);
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
