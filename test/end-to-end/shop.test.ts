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

test.serial('the demo begins with the shop, and says of each item why it is shown', async (t) => {
  const { page } = await withTab(t, t.context.address);
  await page.goto(t.context.address);
  const forYou = page.getByRole('region', { name: 'For you' });
  await forYou.locator('.tile').nth(7).waitFor();
  t.is(await page.title(), 'Shop · eager-llm');
  const [reason, ...others] = await forYou.locator('.tile .reason').allTextContents();
  t.is(others.length, 7);
  t.regex(reason, /^(goes with .+|often next)$/);
  await forYou.locator('.item-link').first().click();
  const why = page.getByRole('dialog').getByRole('region', { name: 'Why it is recommended' });
  t.is(await why.locator('.reason').textContent(), reason);
  await why.getByRole('button', { name: /^Why .+\?$/ }).click();
  await why.getByText(/ likeliest of the 8 items of this list\./).waitFor();
});

test.serial('where people take things again, what was bought before has a row of its own', async (t) => {
  const { page, open } = await withTab(t, t.context.address);
  // As a run of such a shop answers: with nothing left out.
  const asked: Record<string, unknown>[] = [];
  await page.route('**/v1/recommendations', (route) => {
    const body = route.request().postDataJSON();
    // Examples are of what many take.
    if (body.history.length === 0) return route.continue();
    asked.push(body);
    return route.continue({ postData: JSON.stringify({ ...body, exclude_history: false }) });
  });
  await open('shop');
  await page.getByRole('region', { name: 'For you' }).locator('.tile').nth(7).waitFor();
  const titles = (region: string) =>
    page.getByRole('region', { name: region }).locator('.item-link').allTextContents();
  await page.getByRole('button', { name: /^Show all/ }).click();
  const bought = new Set(await titles('Bought before'));
  const again = await titles('Buy again');
  t.true(again.length > 0 && again.every((title) => bought.has(title)), again.join(' | '));
  t.false((await titles('For you')).some((title) => bought.has(title)));
  // What is left out is for the run to say.
  t.deepEqual([asked[0].exclude, asked[0].exclude_history], [[], undefined]);
});

test.serial('the shop is searched while one types, and asked in words beside it', async (t) => {
  const { page, open } = await withTab(t, t.context.address);
  await open('shop');
  const search = page.getByLabel('Search the shop');
  await search.fill('sham');
  const found = page.getByRole('region', { name: 'Found' });
  await found.locator('.tile').first().waitFor();
  t.regex((await found.locator('.tile h3').first().textContent()) ?? '', /sham/i);
  // A letter that is typed while the address is written stays.
  await page.evaluate(`(() => {
    const { replaceState } = history;
    const field = document.getElementById('shop-search');
    history.replaceState = (...to) => {
      history.replaceState = replaceState;
      history.replaceState(...to);
      field.value = 'shampo';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
  })()`);
  await search.fill('shamp');
  await page.waitForURL(/query=shampo$/);
  t.is(await search.inputValue(), 'shampo');
  // Small words are no words to look for, and a typing error is mended.
  await search.fill('show me a shmapoo please');
  await found.getByText('Showing shampoo.').waitFor();
  t.regex((await found.getByText(/^\d+ results$/).textContent()) ?? '', /^[1-9]/);
  t.regex(page.url(), /#\/shop\?query=show\+me/);
  await search.fill('quantum bicycle');
  await found.getByRole('heading', { name: 'Nothing in the catalogue matches quantum bicycle.' }).waitFor();
  // Only what leads somewhere is offered.
  await search.fill('quantum bicycle, but not dove');
  await found.getByRole('button', { name: 'Ask for “quantum bicycle, but not dove”' }).waitFor();
  t.is(await page.getByRole('link', { name: /^All for/ }).count(), 0);
  await search.focus();
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'For you' }).locator('.tile').first().waitFor();

  const aside = page.getByRole('complementary', { name: 'Ask' });
  await aside.getByLabel('What was bought').fill('a shampoo');
  await page.keyboard.press('Enter');
  await aside.locator('.item-card').nth(3).waitFor();
  t.regex((await aside.locator('.item-card h3').first().textContent()) ?? '', /shampoo/i);
});

test.serial(
  'an item opens above the shop, by keyboard too, and is bought there and given back',
  async (t) => {
    const { page, open } = await withTab(t, t.context.address, {
      mayComplain: /^Failed to load resource.*404/,
    });
    await open('shop');
    const count = page.getByRole('region', { name: 'Bought before' }).locator('.count').first();
    const tile = page.locator('.tile .item-link').nth(2);
    await tile.focus();
    const title = (await tile.textContent()) ?? '';
    const before = Number(await count.textContent());
    await page.keyboard.press('Enter');
    const product = page.getByRole('dialog', { name: title });
    await product.getByRole('region', { name: 'Similar' }).getByRole('listitem').first().waitFor();
    t.regex(page.url(), /#\/shop\?item=/);
    const id = page.url().split('item=')[1];
    t.is(await page.evaluate<string>('document.activeElement.id'), 'product-title');

    await product.getByRole('button', { name: `Buy: ${title}` }).click();
    await product.getByText('You bought it.').waitFor();
    t.is(await page.locator('.undo-bar').count(), 1);
    await page.locator('.count', { hasText: String(before + 1) }).waitFor();
    await page.keyboard.press('Control+z');
    await product.getByRole('button', { name: `Buy: ${title}` }).waitFor();
    t.is(await page.locator('.undo-bar').count(), 0);

    // From one item to the next, and back past both.
    await product.locator('.product-related .item-link').first().click();
    await product.waitFor({ state: 'detached' });
    await page.getByRole('dialog').locator('.product-related').first().waitFor();
    await page.goBack();
    await product.waitFor();
    await page.keyboard.press('Escape');
    await product.waitFor({ state: 'detached' });
    t.is(new URL(page.url()).hash, '#/shop');
    await page.locator(':focus', { hasText: title }).waitFor();
    t.is(Number(await count.textContent()), before);

    // An item that its address opened has no view behind it, nor have those opened from it.
    await open(`shop?item=${id}`);
    await page.getByRole('dialog').locator('.product-related .item-link').first().click();
    await product.waitFor({ state: 'detached' });
    await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    t.is(new URL(page.url()).hash, '#/shop');

    await open('shop?item=nothing');
    await page.getByRole('dialog').getByText('There is no such item here.').waitFor();
  },
);

test.serial('the next Tab leads to what takes back, which stays until something else is done', async (t) => {
  const { page, open } = await withTab(t, t.context.address);
  await open('shop');
  await page.getByText('A demo: nothing is sold, and what you do is kept in this tab alone.').waitFor();
  const bar = page.locator('.undo-bar');
  const focused = page.locator(':focus');
  const second = page.getByRole('region', { name: 'Bought before' }).getByRole('listitem').nth(1);
  await second.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await bar.getByText(/^Forgotten: /).waitFor();
  const next = await focused.getAttribute('aria-label');
  t.regex(next ?? '', /^Forget /);
  await page.keyboard.press('Tab');
  t.regex((await focused.textContent()) ?? '', /^Undo/);
  await page.keyboard.press('Tab');
  t.is(await focused.getAttribute('aria-label'), 'Close the note');
  // Behind it one goes on from where one was, and once is enough.
  await page.keyboard.press('Tab');
  t.is(await focused.getAttribute('aria-label'), next);
  await page.keyboard.press('Tab');
  t.is(await bar.locator(':focus').count(), 0);

  // Who does something else first is not led away.
  await page.locator('.tile').first().getByRole('button').click();
  await bar.getByText(/^Bought: /).waitFor();
  await page.getByLabel('Search the shop').click();
  await page.keyboard.press('Tab');
  t.is(await bar.locator(':focus').count(), 0);
  await page.getByRole('navigation').getByRole('link', { name: 'Ask' }).click();
  await bar.getByText(/^Bought: /).waitFor();
  await page.getByLabel('What was bought').fill('a shampoo');
  await page.keyboard.press('Enter');
  await bar.waitFor({ state: 'detached' });

  // A mark is taken back as well.
  await page
    .getByRole('button', { name: /^Dislike / })
    .first()
    .click();
  const never = page.getByRole('region', { name: 'Never again' });
  await never.waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await never.waitFor({ state: 'detached' });
});

test.serial('on a phone the open history covers nothing of the conversation', async (t) => {
  const { page, open } = await withTab(t, t.context.address, { width: 390, height: 700 });
  await open('ask');
  const ask = async (question: string) => {
    await page.getByLabel('What was bought').fill(question);
    await page.keyboard.press('Enter');
    await page.locator('.turn').last().locator('.item-card').nth(3).waitFor();
  };
  await ask('a shampoo');
  await ask('a soap');
  const scrolled = () => page.evaluate<number>('window.scrollY');
  const before = await scrolled();
  t.true(before > 0);
  const toggle = page.getByRole('button', { name: 'Show or hide the history' });
  await toggle.click();
  const history = page.getByRole('complementary', { name: 'History' });
  await history.getByRole('button', { name: 'Recommend' }).waitFor();
  await page.evaluate('window.scrollTo(0, 600)');
  const box = await history.boundingBox();
  t.true(box !== null && box.y + box.height < 200, 'it scrolls away');
  await page.evaluate('window.scrollTo(0, 0)');
  await toggle.click();
  const after = await scrolled();
  t.true(Math.abs(after - before) < 40, `closed, one is where one read: ${before}, then ${after}`);
  await toggle.click();
  await ask('a conditioner');
  t.is(await toggle.getAttribute('aria-expanded'), 'false');
});

test.serial('on a phone the shop is asked in its own place, and is there again behind it', async (t) => {
  const { page, open } = await withTab(t, t.context.address, { width: 390, height: 844 });
  await open('shop?query=shampoo');
  const found = page.getByRole('region', { name: 'Found' });
  await found.locator('.tile').first().waitFor();
  await page.getByRole('link', { name: 'Ask in words' }).click();
  await page.getByRole('heading', { name: 'Ask in words' }).waitFor();
  await page.locator('.examples button').first().click();
  await page.locator('.item-card').first().waitFor();
  // Field, and what stands below it, are in sight.
  const end = await page.locator('.start-over').boundingBox();
  const foot = await page.getByRole('navigation').boundingBox();
  t.true(end !== null && foot !== null && end.y + end.height <= foot.y, JSON.stringify([end, foot]));
  await page.getByRole('link', { name: 'Back to the shop' }).click();
  await found.locator('.tile').first().waitFor();
  t.is(new URL(page.url()).hash, '#/shop?query=shampoo');
});

test.serial('both views agree whose history it is, and starting over is undone', async (t) => {
  const { page, open } = await withTab(t, t.context.address);
  await open('shop');
  const shopAs = page.getByLabel('Shop as');
  await shopAs.selectOption({ index: 2 });
  await page.getByText('You shop as Customer 3').waitFor();
  const go = (view: string) => page.getByRole('navigation').getByRole('link', { name: view }).click();
  await go('Ask');
  const panel = page.getByRole('complementary', { name: 'History' });
  await panel.getByText('Customer 3').waitFor();
  await page.getByRole('button', { name: 'Start over' }).click();
  await panel.getByText('your own session').waitFor();
  await page.getByLabel('What was bought').fill('a shampoo');
  await page.keyboard.press('Enter');
  const buy = page.getByRole('button', { name: /^Buy: / }).first();
  const bought = ((await buy.getAttribute('aria-label')) ?? '').slice('Buy: '.length);
  await buy.click();
  await page.getByText(`Bought: ${bought}`).waitFor();
  await go('Shop');
  const chosen = () => page.locator('select[aria-label="Shop as"] option:checked').textContent();
  t.is(await chosen(), 'Yourself: your own session');
  t.is(await page.locator('.bought .item-title').textContent(), bought);
  await shopAs.selectOption({ label: 'Somebody new' });
  await page.getByRole('heading', { name: 'Popular now' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('.bought .item-title').waitFor();
  t.is(await chosen(), 'Yourself: your own session');
});

test.serial(
  'a reload of the tab forgets nothing, and starting over in the shop stays with its customer',
  async (t) => {
    const { page, open } = await withTab(t, t.context.address);
    await open('shop');
    await page.getByLabel('Shop as').selectOption({ index: 1 });
    const bought = page.getByRole('region', { name: 'Bought before' }).locator('.count');
    const before = await bought.textContent();
    // While nothing was done, there is nothing to start over.
    const startOver = page.getByRole('button', { name: 'Start over' });
    t.is(await startOver.count(), 0);
    await page.getByLabel('What was bought').fill('a shampoo');
    await page.keyboard.press('Enter');
    const card = page.locator('.item-card').first();
    await card.getByRole('button', { name: /^Buy/ }).click();
    await page
      .locator('.item-card')
      .nth(1)
      .getByRole('button', { name: /^Dislike/ })
      .click();
    const seen = () =>
      page.evaluate<string[]>(
        '[...document.querySelectorAll(".turn .item-link, .bought .item-link")].map((each) => each.textContent)',
      );
    const all = await seen();
    await page.reload();
    await card.waitFor();
    t.deepEqual(await seen(), all);
    t.regex(
      (await page.locator('select[aria-label="Shop as"] option:checked').textContent()) ?? '',
      /^Customer 2/,
    );
    t.is(await page.locator('.item-card.is-disliked').count(), 1);
    await startOver.click();
    await card.waitFor({ state: 'detached' });
    t.is(await bought.textContent(), before);
    await page.getByRole('button', { name: 'Undo' }).click();
    await card.waitFor();

    // What another program left there breaks nothing.
    await page.evaluate(`sessionStorage.setItem('eager-llm-talk', '{"version":1,"turns":[{}]}')`);
    await page.goto('about:blank');
    await page.goto(`${t.context.address}/#/shop`);
    await page.getByRole('region', { name: 'For you' }).locator('.tile').first().waitFor();
    t.is(await card.count(), 0);
  },
);

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
    await page.locator('.tile .item-link').first().click();
    await page.locator('.product-related').first().waitFor();
    await page.locator('.product .take').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).waitFor();
    t.deepEqual(await seriousViolations(page), []);
    const [width, seen] = await page.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    );
    t.true(width <= seen, `${width} wide, ${seen} to be seen`);
  });

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
