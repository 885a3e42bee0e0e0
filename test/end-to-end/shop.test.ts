import anyTest, { type TestFn } from 'ava';
import { seriousViolations } from './axe.ts';
import { withTab } from './browser.ts';
import { type ServedRun, serveDemo } from './served-run.ts';

const test = anyTest as TestFn<ServedRun>;

test.before(async (t) => {
  t.timeout(900_000);
  t.context = await serveDemo();
});

test.after.always(async (t) => {
  await t.context.close?.();
});

test.serial('as a customer: what is shown changes with what is bought', async (t) => {
  const { page, open } = await withTab(t, t.context.address);
  await open('shop');
  const forYou = page.getByRole('region', { name: 'For you' });
  const boughtBefore = page.getByRole('region', { name: 'Bought before' });
  const bought = boughtBefore.getByRole('listitem');
  await forYou.locator('.tile').nth(7).waitFor();
  // The data of the sample tell no kinds, so a customer is told by how much was bought.
  t.regex(
    (await page.getByLabel('Shop as').locator('option').first().textContent()) ?? '',
    /^Customer 1: \d+ items bought$/,
  );
  const before = Number(await boughtBefore.locator('.count').textContent());
  const first = (await forYou.locator('.tile h3').first().textContent()) ?? '';
  await forYou.getByRole('button', { name: /^Buy/ }).first().click();
  await boughtBefore.getByText(String(before + 1), { exact: true }).waitFor();
  t.regex((await bought.first().textContent()) ?? '', new RegExp(escaped(first), 'i'));
  // The latest are shown; the others on demand.
  t.is(await bought.count(), 6);
  await boughtBefore.getByRole('button', { name: `Show all ${before + 1}` }).click();
  await bought.nth(before).waitFor();
  // What was just bought is not shown again, where nobody takes an item twice.
  await forYou.locator('.tile h3').filter({ hasText: first }).waitFor({ state: 'detached' });

  await page.getByLabel('Shop as').selectOption({ label: 'Somebody new' });
  await page.getByRole('heading', { name: 'Popular now' }).waitFor();
  t.is(await bought.count(), 0);
});

test.serial('the shop is searched while one types, and asked in words beside it', async (t) => {
  const { page, open } = await withTab(t, t.context.address);
  await open('shop');
  await page.getByLabel('Search the shop').fill('sham');
  const found = page.getByRole('region', { name: 'Found' });
  await found.locator('.tile').first().waitFor();
  t.regex((await found.locator('.tile h3').first().textContent()) ?? '', /sham/i);
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'For you' }).locator('.tile').first().waitFor();

  const aside = page.getByRole('complementary', { name: 'Ask' });
  await aside.getByLabel('What was bought').fill('a shampoo');
  await page.keyboard.press('Enter');
  await aside.locator('.item-card').nth(3).waitFor();
  t.regex((await aside.locator('.item-card h3').first().textContent()) ?? '', /shampoo/i);
});

for (const [name, look] of [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['on a phone', { width: 360, height: 740 }],
] as const)
  test.serial(`the shop can be used by everybody, ${name}`, async (t) => {
    const { page, open } = await withTab(t, t.context.address, look);
    await open('shop');
    await page.locator('.tile').nth(7).waitFor();
    t.deepEqual(await seriousViolations(page), []);
    const [width, seen] = await page.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    );
    t.true(width <= seen, `${width} wide, ${seen} to be seen`);
  });

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
