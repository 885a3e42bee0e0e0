import anyTest, { type TestFn } from 'ava';
import { seriousViolations } from './axe.ts';
import { type Tab, withTab } from './browser.ts';
import { type ServedRun, serveSmokeRun } from './served-run.ts';

const test = anyTest as TestFn<ServedRun>;

test.before(async (t) => {
  t.timeout(900_000);
  t.context = await serveSmokeRun();
});

test.after.always(async (t) => {
  await t.context.close?.();
});

/** Every view, with what has to be seen before it counts as there. */
const views: [string, (tab: Tab) => Promise<void>][] = [
  [
    'the conversation',
    async ({ page, open }) => {
      await open('ask');
      await page.locator('.examples button').first().click();
      await page.locator('.item-card').nth(7).waitFor();
      await page.getByRole('button', { name: /^Why/ }).first().click();
      await page.locator('.why').waitFor();
    },
  ],
  [
    'the list of runs',
    async ({ page, open }) => {
      await open('runs');
      await page.locator('.run-row').nth(1).waitFor();
    },
  ],
  [
    'a run',
    async ({ page, open }) => {
      await open('runs/smoke');
      await page.locator('.metrics table').first().waitFor();
    },
  ],
  [
    'a comparison',
    async ({ page, open }) => {
      await open('runs?compare=smoke,smoke-wide');
      await page.locator('.chart').first().waitFor();
    },
  ],
  [
    'the index',
    async ({ page, open }) => {
      await open('index/smoke?digits=3');
      await page.locator('.leaf').first().waitFor();
    },
  ],
  [
    'the composer',
    async ({ page, open }) => {
      await open('compose');
      await page.getByText('Valid: this recipe can be run.').waitFor();
      await page.locator('summary', { hasText: 'training' }).click();
      await page.getByRole('button', { name: 'Change the stages here' }).click();
      await page.getByText('Valid: this recipe can be run.').waitFor();
      await page.getByLabel('sequential-recommendation', { exact: true }).first().waitFor();
    },
  ],
];

for (const [name, show] of views) {
  for (const colorScheme of ['light', 'dark'] as const)
    test.serial(`${name} can be used by everybody, ${colorScheme}`, async (t) => {
      const tab = await withTab(t, t.context.address, { colorScheme });
      await show(tab);
      t.deepEqual(await seriousViolations(tab.page), []);
    });

  test.serial(`${name} fits a phone`, async (t) => {
    const tab = await withTab(t, t.context.address, { width: 360, height: 740 });
    await show(tab);
    t.deepEqual(await seriousViolations(tab.page), []);
    for (const narrow of [360, 320]) {
      await tab.page.setViewportSize({ width: narrow, height: 740 });
      // Charts take their new width a frame later.
      await tab.page.evaluate(
        'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
      );
      const [width, seen] = await tab.page.evaluate<[number, number]>(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      );
      t.true(width <= seen, `${width} wide, ${seen} to be seen`);
    }
  });
}
