import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import type { Page } from 'playwright-core';
import { waitUntil } from '../wait-until.ts';
import { seriousViolations } from './axe.ts';
import { withTab } from './browser.ts';
import { type ServedRun, serveSmokeRun } from './served-run.ts';

const test = anyTest as TestFn<ServedRun>;

test.before(async (t) => {
  t.timeout(900_000);
  t.context = await serveSmokeRun();
});

test.after.always(async (t) => {
  await t.context.close?.();
});

/** An item of the sample, as its catalogue has it; people write less. */
const named = 'Cotz Pediatric Spf 40, 3.5 Ounce';

test.serial('a question in words is answered with items, and what it names joins the history', async (t) => {
  const { page, open } = await withTab(t, t.context.address);
  await open('ask');
  await page.getByLabel('What was bought').fill('I just bought cotz pediatric spf 40, what next?');
  await page.keyboard.press('Enter');
  await page.getByText(`After ${named}`).waitFor();
  await page.locator('.item-card').nth(7).waitFor();
  const titles = await page.locator('.item-card h3').allTextContents();
  t.is(titles.length, 8);
  t.is(new Set(titles).size, 8);
  t.false(titles.includes(named));
  const had = page.getByRole('region', { name: 'Had' }).getByRole('listitem');
  await shows(t, () => had.allTextContents(), [named]);

  await page.getByRole('button', { name: `Why ${titles[0]}?` }).click();
  await page.getByText(/^The likeliest of the 8 items of this list\./).waitFor();
  await page.getByText('The model’s figures').click();
  await page.getByText(/^Probability that the model gives it: [\d.]+%$/).waitFor();
  await page.locator('.why-code li').nth(1).waitFor();

  // What was had can be said in other words, too: the one takes the place of the other.
  await page.getByRole('button', { name: `Change: had: ${named}` }).click();
  await page.getByLabel(`Instead of: had: ${named}`).fill(`I have ${titles[1]}`);
  await page.keyboard.press('Enter');
  await shows(t, () => had.allTextContents(), [titles[1]]);
});

test.serial('what was understood can be taken away again, or said in other words', async (t) => {
  const { page, open } = await withTab(t, t.context.address);
  await open('ask');
  await page.getByLabel('What was bought').fill('a shampoo and a conditioner, but not dove');
  await page.keyboard.press('Enter');
  const latest = page.locator('.turn').last();
  const chips = latest.locator('.chip');
  await shows(t, () => chips.allTextContents(), ['shampoo', 'conditioner', 'not dove']);

  await latest.getByRole('button', { name: 'Remove: conditioner' }).click();
  await shows(t, () => chips.allTextContents(), ['shampoo', 'not dove']);
  t.is(await page.locator('.turn').count(), 1);
  const focused = page.locator(':focus');
  await shows(t, () => focused.allTextContents(), ['a shampoo and a conditioner, but not dove']);
  // The question does not say so itself; what was answered before is not lost.
  const cards = latest.locator('.item-card h3');
  const answered = await cards.allTextContents();
  await shows(t, () => latest.locator('.taken-away s').allTextContents(), ['conditioner']);
  await latest.getByRole('button', { name: 'Remove: not dove' }).click();
  await shows(t, () => latest.locator('.taken-away s').allTextContents(), ['conditioner', 'not dove']);
  await latest.getByRole('button', { name: 'Put back: not dove' }).click();
  await shows(t, () => chips.allTextContents(), ['shampoo', 'not dove']);
  t.deepEqual(await cards.allTextContents(), answered);
  await shows(t, () => latest.locator('.taken-away s').allTextContents(), ['conditioner']);

  // Escape leaves all as it was, the focus too.
  await latest.getByRole('button', { name: 'Change: not dove' }).press('Enter');
  await page.getByLabel('Instead of: not dove').press('Escape');
  await shows(t, () => page.evaluate('document.activeElement.textContent'), 'not dove');

  await latest.getByRole('button', { name: 'Change: not dove' }).click();
  await page.keyboard.press('Escape');
  await shows(t, () => focused.allTextContents(), ['not dove']);
  await focused.press('Enter');
  await page.getByLabel('Instead of: not dove').fill('not for men');
  await page.keyboard.press('Enter');
  await shows(t, () => focused.getAttribute('id'), 'question');
  await shows(t, () => page.locator('.turn').count(), 2);
  await latest.locator('.item-card').first().waitFor();
  t.false((await chips.allTextContents()).includes('not dove'));
  // The question before stands as it was, and is no longer to be changed.
  t.is(
    await page
      .locator('.turn')
      .first()
      .getByRole('button', { name: /^Remove/ })
      .count(),
    0,
  );
  // Another wish does not drop what stands beside it.
  await latest.getByRole('button', { name: 'Change: shampoo' }).click();
  await page.getByLabel('Instead of: shampoo').fill('soap under 20');
  await page.keyboard.press('Enter');
  await shows(t, () => page.locator('.turn').count(), 3);
  await latest.locator('.item-card').first().waitFor();
  await shows(t, () => chips.allTextContents(), ['soap', 'not men', 'up to 20']);
  await shows(t, () => focused.getAttribute('id'), 'question');
  // What was only looked for is not had.
  t.is(await page.getByRole('region', { name: 'Had' }).count(), 0);
});

test.serial('a history is built by name and by likes, by keyboard alone, and forgotten again', async (t) => {
  const { page, open } = await withTab(t, t.context.address);
  await open('ask');
  const had = page.getByRole('region', { name: 'Had' }).getByRole('listitem');
  const search = page.getByRole('combobox', { name: 'Find an item and add it to the history' });
  // With a typing error.
  await search.fill('banna boat');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await had.getByText(/banana boat/i).waitFor();
  await shows(t, () => search.inputValue(), '');

  await page.getByRole('button', { name: 'Recommend', exact: true }).click();
  await page.locator('.item-card').nth(7).waitFor();
  const [first, second] = await page.locator('.item-card h3').allTextContents();
  await page.getByRole('button', { name: `Like ${first}`, exact: true }).click();
  await page.getByRole('button', { name: `Dislike ${second}` }).click();
  const liked = page.getByRole('region', { name: 'Liked' });
  await shows(t, () => liked.getByRole('listitem').allTextContents(), [first]);

  await page.getByRole('button', { name: 'Recommend', exact: true }).click();
  await page.getByText('Likely next after a history of 2 items:').waitFor();
  const cards = page.locator('.turn').nth(1).locator('.item-card h3');
  await cards.nth(7).waitFor();
  const again = await cards.allTextContents();
  t.false(again.includes(first));
  t.false(again.includes(second));

  await page.getByRole('button', { name: `Forget ${first}` }).click();
  await shows(t, () => liked.count(), 0);
  await page.getByRole('button', { name: 'Start over' }).click();
  await shows(t, () => had.count(), 0);
  t.is(await page.locator(':focus').getAttribute('id'), 'question');
});

test.serial('what one has stands behind what is new, where a run may list it', async (t) => {
  const { page, open } = await withTab(t, t.context.address);
  // As a run answers where people take things again, and as a shop does where something is sold out.
  await page.route('**/v1/recommendations', async (route) => {
    const body = { ...route.request().postDataJSON(), exclude_history: false };
    // Examples are of what many take.
    if (body.history.length === 0) return route.continue();
    const response = await route.fetch({ postData: JSON.stringify(body) });
    const answer = await response.json();
    const [first] = answer.history;
    const others = answer.items.filter(({ item_id }: { item_id: string }) => item_id !== first.item_id);
    const again = { ...others[0], ...first, why: { kind: 'again' } };
    const gone = { ...others[0], attributes: { stock: 0 } };
    return route.fulfill({ response, json: { ...answer, items: [again, gone, ...others.slice(1)] } });
  });
  await open('ask');
  await page.getByRole('combobox', { name: /Find an item/ }).fill('cotz pediatric');
  await page.getByRole('option', { name: named }).click();
  await page.getByRole('spinbutton', { name: 'Show items' }).fill('100');
  await page.getByRole('button', { name: 'Recommend', exact: true }).click();
  const again = page.locator('.divider:has-text("Had before, and likely again") + ol h3');
  await shows(t, () => again.allTextContents(), [named]);
  const titles = await page.locator('.item-card h3').allTextContents();
  t.true(titles.indexOf(named) > 1);
  // Where all that is new is shown, there is room for what is sold out: behind all others.
  const gone = page.locator('.divider:has-text("Sold out") + ol .item-card');
  await shows(t, () => gone.count(), 1);
  t.is(Number(await gone.getAttribute('value')), titles.length);
});

test.serial('runs are told apart, and compared side by side', async (t) => {
  const { page, open } = await withTab(t, t.context.address);
  await open('runs');
  // Each by its own lists, which leave out what its users had: few of them take an item again.
  const badges = ['finished', 'seen items removed', 'finished', 'answers here', 'seen items removed'];
  await shows(t, () => page.locator('.run-row .badge').allTextContents(), badges);
  // The best first, among those that were asked the same.
  await page.getByLabel('Order').selectOption('best NDCG@10 first');
  const alike = page.getByRole('region', {
    name: '163 users of the test split, 159 items, seen items removed',
  });
  await shows(t, () => alike.locator('.run-name').count(), 2);
  const best = await alike.getByRole('link', { name: 'Compare the best two' }).getAttribute('href');
  t.is(
    new Set(
      decodeURIComponent(best ?? '')
        .split('compare=')[1]
        .split(','),
    ).size,
    2,
  );
  t.regex((await page.locator('.run-row .range').nth(1).textContent()) ?? '', /^\.\d{4}–\.\d{4}$/);
  const compare = page.getByRole('button', { name: /ompare/ });
  t.true(await compare.isDisabled());
  await page.setViewportSize({ width: 1280, height: 260 });
  await page.getByLabel('Compare smoke', { exact: true }).check();
  await page.getByText('Tick one more to compare.').waitFor();
  const box = await compare.boundingBox();
  t.true(box !== null && box.y + box.height <= 260, 'in sight, however long the list is');
  await page.getByLabel('Compare smoke-wide').check();
  await compare.click();

  await page.getByRole('heading', { name: '2 runs side by side' }).waitFor();
  const settings = page.getByRole('region', { name: 'Settings that differ', exact: true });
  await shows(t, () => settings.getByRole('rowheader').allTextContents(), ['decoding.num_beams']);
  t.deepEqual(await settings.getByRole('cell').allTextContents(), ['10', '20']);
  const figures = page.getByRole('region', { name: 'Figures that differ', exact: true });
  const differing = await figures.getByRole('rowheader').allTextContents();
  // Both are made from the same data.
  t.false(differing.some((name) => name.startsWith('dataset:')));
  await page.locator('summary', { hasText: 'Figures that are equal' }).waitFor();
  const rows = ['removed', 'kept'].flatMap((seen) => [
    `Seen items ${seen}`,
    'smoke163 users',
    'smoke-wide163 users',
  ]);
  await shows(t, () => page.locator('.metrics tbody th').allTextContents(), rows);
  t.regex((await page.locator('.metrics .range').first().textContent()) ?? '', /^\.\d{4}–\.\d{4}$/);
  await page.locator('.chart canvas').nth(2).waitFor();
  await page
    .getByRole('img', { name: /^Validation NDCG@10, the model alone by epoch: smoke .* epoch \d+, kept/ })
    .waitFor();
  // As in a terminal: user by user, as both were asked the same.
  const paired = page.getByRole('region', { name: 'Differences, user by user' });
  await shows(t, () => paired.getByRole('rowheader').allTextContents(), ['smoke-wide']);
  await shows(t, () => paired.getByRole('cell').count(), 4);
  const difference = await paired.getByRole('cell').first().textContent();
  t.regex(difference ?? '', /^([+−]\.\d{4}|the same for every user)/);
  t.is(await page.getByText('These figures do not compare').count(), 0);

  await page.getByRole('link', { name: 'smoke-wide' }).click();
  // Before any figure, in words.
  const quality = page.getByRole('region', { name: 'How good is it?' });
  await quality
    .getByText(/^The lists that this run gives reach recall@10 \.\d{4} .*: in \d+ of 100 cases/)
    .waitFor();
  await quality
    .getByText(/That is (\.\d{4} (above|below)|not clearly apart from|level with) [a-z-]+/)
    .waitFor();
  await page
    .getByText(/^(mean of the last \d+ updates|last update)$/)
    .first()
    .waitFor();
  await page.getByText(/^npx eager-llm run \S*smoke-wide\/recipe\.yaml --run smoke-wide-again /).waitFor();
  // No page is told where the runs lie: what stands for it is to be replaced, and who copies it is told so.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy, to be completed' }).click();
  await page.getByRole('button', { name: 'Copied: replace path/to/runs' }).waitFor();
});

test.serial('runs of other data are compared by what each gains over its own baseline', async (t) => {
  const { runsFolder, address } = t.context;
  const run = join(runsFolder, 'elsewhere');
  t.teardown(() => rmSync(run, { recursive: true, force: true }));
  cpSync(join(runsFolder, 'smoke-wide'), run, { recursive: true });
  // The same figures of data that are others by their record.
  const manifest = join(run, '01-dataset', 'manifest.json');
  writeFileSync(
    manifest,
    readFileSync(manifest, 'utf8').replace(/("sha256": ")[0-9a-f]{64}/, `$1${'0'.repeat(64)}`),
  );
  const { page, open } = await withTab(t, address);
  await open('runs?compare=smoke,elsewhere');
  await page.getByText('These figures do not compare').waitFor();
  const gains = page.getByRole('region', { name: 'Table of gains by run' });
  await shows(t, () => gains.getByRole('rowheader').count(), 2);
  t.regex(
    (await gains.getByRole('cell').first().textContent()) ?? '',
    /^([+−]\.\d{4}|the same for every user)/,
  );
  t.false(await page.getByRole('region', { name: 'Table of metrics by run' }).isVisible());
  await page.getByText('The figures themselves, which do not compare').click();
  await page.getByRole('region', { name: 'Table of metrics by run' }).waitFor();
  t.is(await page.locator('.metrics .interval-bar').count(), 0);
});

test.serial(
  'a phone shows two metrics of a run first, and the levels of an index one below the other',
  async (t) => {
    const { page, open } = await withTab(t, t.context.address, { width: 390, height: 844 });
    await open('runs/smoke');
    const table = page.getByRole('region', { name: 'Table of metrics', exact: true });
    await shows(t, () => table.getByRole('columnheader').allTextContents(), [
      'method',
      'recall@10',
      'NDCG@10',
    ]);
    const [whole, seen] = await page.evaluate<[number, number]>(
      "(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])(document.querySelector('.metrics .scrolls'))",
    );
    t.true(whole <= seen, `${whole} wide, ${seen} to be seen`);
    await page.getByRole('button', { name: /^Show all \d metrics$/ }).click();
    await table.getByRole('columnheader', { name: 'recall@1', exact: true }).waitFor();

    await open('index/smoke');
    const columns = page.locator('.column');
    await columns.nth(3).waitFor();
    const boxes = await Promise.all((await columns.all()).map((column) => column.boundingBox()));
    t.true(boxes.every((box) => box !== null && box.x >= 0 && box.x + box.width <= 390));
    t.is(await page.getByText('Arrow keys move').isVisible(), false);
  },
);

test.serial('a question that got no answer is asked again', async (t) => {
  const { page, open } = await withTab(t, t.context.address);
  await open('ask');
  let answers = false;
  await page.route('**/v1/chat/completions', (route) =>
    answers
      ? route.fallback()
      : route.fulfill({
          body: 'data: {"error": {"message": "too much to do → Ask again in a second."}}\n\n',
        }),
  );
  await page.getByLabel('What was bought').fill('a shampoo');
  await page.keyboard.press('Enter');
  const again = page.getByRole('button', { name: 'Ask again' });
  await again.waitFor();
  t.is(await page.getByRole('alert').textContent(), 'too much to do\n→ Ask again in a second.');
  answers = true;
  await again.click();
  await page.locator('.item-card').first().waitFor();
  await shows(t, () => again.count(), 0);
  t.is(await page.locator('.turn').count(), 1);
});

test.serial('without its server the page says so, and goes on by itself when it is back', async (t) => {
  const { page, open } = await withTab(t, t.context.address, { mayComplain: /^Failed to load resource/ });
  await open('index');
  const before = page.getByRole('heading', { name: 'All items' });
  await before.waitFor();
  await page.route('**/page/**', (route) => route.abort());
  await page
    .getByRole('region', { name: /^Level a/ })
    .getByRole('button')
    .first()
    .click();
  const gone = page.getByText('The server does not answer.');
  await gone.waitFor();
  t.is(await before.count(), 1);

  await page.unrouteAll();
  await page.getByRole('heading', { name: /items? with codes that begin a\d+$/ }).waitFor();
  await shows(t, () => gone.count(), 0);
});

test.serial('a view that is first opened while no server answers is there when it is back', async (t) => {
  const { page, open } = await withTab(t, t.context.address, { mayComplain: /^Failed to load resource/ });
  await open('ask');
  await page.route('**', (route) => route.abort());
  const go = (view: string) => page.getByRole('navigation').getByRole('link', { name: view }).click();
  await go('Runs');
  await page.getByText('The server does not answer.').waitFor();
  await go('Compose');
  await page.getByText('Loading …').waitFor();
  await page.unrouteAll();
  await page.getByRole('heading', { name: 'Compose' }).waitFor();
  await shows(t, () => page.getByText('The server does not answer.').count(), 0);
  await go('Runs');
  await page.locator('.run-row').first().waitFor();
});

test.serial('a view whose program is not there any longer says so, and breaks no other', async (t) => {
  const { page, open } = await withTab(t, t.context.address, {
    mayComplain: /^Failed to load resource.*404/,
  });
  await open('ask');
  await page.route('**/assets/explore-*.js', (route) => route.fulfill({ status: 404 }));
  const go = (view: string) => page.getByRole('navigation').getByRole('link', { name: view }).click();
  await go('Index');
  const failed = page.getByRole('heading', { name: 'This view cannot be shown' });
  await failed.waitFor();
  await go('Ask');
  await page.getByRole('heading', { name: 'What are you looking for?' }).waitFor();
  await go('Index');
  await failed.waitFor();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Load again' }).click();
  await page.getByRole('heading', { name: 'All items' }).waitFor();
  t.is(await failed.count(), 0);
});

test.serial('an item whose neighbours cannot be had says so', async (t) => {
  const { page, open } = await withTab(t, t.context.address, {
    mayComplain: /^Failed to load resource.*503/,
  });
  const busy = { message: 'too much to do → Ask again in a second.', code: 'serving/busy' };
  await page.route('**/similar?*', (route) => route.fulfill({ status: 503, json: { error: busy } }));
  await open('ask');
  await page.getByLabel('What was bought').fill('a shampoo');
  await page.keyboard.press('Enter');
  await page.locator('.item-card .item-link').first().click();
  const similar = page.getByRole('dialog').getByRole('region', { name: 'Similar' });
  t.is(await similar.getByRole('alert').textContent(), 'Too much to do\n→ Ask again in a second.');
});

test.serial('a key that does not fit is told, and the right one opens the view', async (t) => {
  const { page } = await withTab(t, t.context.address, { mayComplain: /^Failed to load resource.*401/ });
  const refused = { message: 'this server requires an API key', code: 'invalid_api_key' };
  await page.route('**/page/**', (route) =>
    route.request().headers().authorization === 'Bearer right'
      ? route.fallback()
      : route.fulfill({ status: 401, json: { error: refused } }),
  );
  await page.goto(`${t.context.address}/#/runs`);
  const field = page.getByLabel('API key');
  await field.fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByText('The server does not take this key.').waitFor();
  await field.fill('right');
  await page.keyboard.press('Enter');
  await page.locator('.run-row').first().waitFor();
  t.is(await field.count(), 0);
});

test.serial('the list of runs, and a run of a sweep, lead to its report', async (t) => {
  const { runsFolder, address } = t.context;
  const [run, folder] = [join(runsFolder, 'beams.wide.s1'), join(runsFolder, 'sweeps', 'beams')];
  t.teardown(() => {
    for (const made of [run, folder]) rmSync(made, { recursive: true, force: true });
  });
  cpSync(join(runsFolder, 'smoke-wide'), run, { recursive: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'report.html'),
    '<!doctype html><main><h1>How wide the search has to be</h1></main>',
  );
  // Its runs are not here any longer, and the one that is here is not in it.
  const runs = ['beams.narrow.s1', 'beams.narrow.s2'].map((name) => ({ run: name }));
  writeFileSync(join(folder, 'report.json'), JSON.stringify({ runs }));
  const { page, open } = await withTab(t, address);
  await open('runs');
  const link = page.getByRole('link', { name: 'Its report: sweep beams' });
  await link.waitFor();
  await page.getByText('of 2 of the 3 runs').waitFor();
  t.deepEqual(await seriousViolations(page), []);
  const [report] = await Promise.all([page.waitForEvent('popup'), link.click()]);
  await report.getByRole('heading', { name: 'How wide the search has to be' }).waitFor();
  // From a page of its own without a script one comes back all the same.
  await report.getByText('One by one (1)').click();
  await report.getByRole('link', { name: 'beams.wide.s1' }).click();
  await report.getByRole('heading', { name: 'beams.wide.s1' }).waitFor();
  await report.close();

  await open('runs/beams.wide.s1');
  await page.getByRole('rowheader', { name: 'against popularity' }).waitFor();
  const way = page.getByRole('navigation', { name: 'Way' });
  await way.getByRole('link', { name: 'Its report: sweep beams' }).waitFor();
  await way.getByRole('link', { name: 'beams', exact: true }).click();
  await page.getByRole('heading', { name: 'Runs of the sweep beams' }).waitFor();
  await shows(t, () => page.locator('.run-name').allTextContents(), ['beams.wide.s1']);
  t.is(await page.title(), 'sweep beams · Runs · eager-llm');

  await open('runs?sweep=nope');
  await page.getByRole('heading', { name: 'There are no runs of a sweep “nope”' }).waitFor();
  await shows(t, () => page.getByRole('link', { name: /report/ }).allTextContents(), ['Its report']);
});

test.serial('the index is walked by any digit, and an item is found at its leaf', async (t) => {
  const { page, open } = await withTab(t, t.context.address);
  await open('index');
  await page.getByRole('heading', { name: 'All items' }).waitFor();
  const levels = ['ameaning', 'bmeaning', 'cbehaviour', 'dbehaviour'];
  await shows(t, () => page.locator('.level-card h2').allTextContents(), levels);
  // From how people use items: the third level, with nothing chosen before it.
  await page.getByRole('region', { name: 'Level c, behaviour' }).getByRole('button').first().click();
  await page.getByRole('heading', { name: /items? with the digit c\d+$/ }).waitFor();
  await page.locator('.leaf').nth(1).waitFor();
  t.true((await page.locator('.leaf').count()) < 60);

  // Arrow keys move as in a grid; a level is one stop of Tab.
  const focusedIn = () =>
    page.evaluate<string>("document.activeElement.closest('.column').getAttribute('aria-label').slice(0, 7)");
  await page
    .getByRole('region', { name: /^Level a/ })
    .getByRole('button')
    .first()
    .focus();
  await page.keyboard.press('ArrowRight');
  t.is(await focusedIn(), 'Level b');
  const at = await page.locator(':focus .branch-digit').textContent();
  await page.keyboard.press('ArrowDown');
  t.not(await page.locator(':focus .branch-digit').textContent(), at);
  await page.keyboard.press('Tab');
  t.is(await focusedIn(), 'Level c');

  await page.getByRole('combobox', { name: /Find an item/ }).fill('cotz pediatric');
  await page.getByRole('option', { name: named }).click();
  await page.getByRole('heading', { name: /^1 item with the code a\d+ b\d+ c\d+ d\d+$/ }).waitFor();
  await shows(t, () => page.locator('.branch[aria-pressed="true"]').count(), 4);
  await shows(t, () => page.locator('.leaf-title').allTextContents(), [named]);
  await page
    .getByRole('button', { name: /^a\d+$/ })
    .first()
    .click();
  await page.getByRole('heading', { name: /^\d+ items with codes that begin a\d+$/ }).waitFor();
});

test.serial(
  'a mistake in a recipe is shown at its line with its remedy, and the form writes into the text',
  async (t) => {
    const { page, open } = await withTab(t, t.context.address);
    await open('compose');
    await writeRecipe(page, 'extends: smoke\nseed: 3\ndecoding:\n  num_beam: 12\n');
    const problems = page.getByRole('status', { name: 'Problems' });
    await problems.getByText('decoding.num_beam unknown name').waitFor();
    t.is(await problems.getByRole('button', { name: /^line/ }).textContent(), 'line 4');
    t.regex((await problems.textContent()) ?? '', /Did you mean "num_beams"\?/);
    await shows(t, () => page.locator('.cm-lint-marker-error').count(), 1);
    t.true(await page.getByRole('button', { name: 'Start' }).isDisabled());

    // A problem leads to its field, which says it too.
    await writeRecipe(
      page,
      'extends: smoke\nseed: 3\nitem_index:\n  method: kmeens\nmodel: {hidden_size: 1}\n',
    );
    await problems.getByRole('heading', { name: '2 problems' }).waitFor();
    const wrong = /^(line|model|item)/;
    const listed = ['line 4', 'item_index.method', 'line 5', 'model.hidden_size'];
    await shows(t, () => problems.getByRole('button', { name: wrong }).allTextContents(), listed);
    await page.locator('[id="field-model"] > summary').click();
    await problems.getByRole('button', { name: 'model.hidden_size' }).click();
    const size = page.getByRole('textbox', { name: 'hidden_size', exact: true }).and(page.locator(':focus'));
    await size.waitFor();
    t.is(await size.getAttribute('aria-invalid'), 'true');

    await writeRecipe(page, 'extends: smoke\nseed: 3\n');
    await problems.getByText('Valid: this recipe can be run.').waitFor();
    await page.locator('summary', { hasText: 'decoding' }).click();
    // What is inherited is shown, and what is written goes into the text.
    const beams = page.getByRole('textbox', { name: 'num_beams' });
    await shows(t, () => beams.getAttribute('placeholder'), '10');
    await beams.fill('12');
    await beams.press('Enter');
    await page.getByText('num_beams: 12').waitFor();
    await page.getByRole('tab', { name: 'With every default' }).click();
    await page.getByRole('tabpanel').getByText('num_beams: 12').waitFor();
    await shows(t, () => page.getByRole('button', { name: 'Start' }).isEnabled(), true);

    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByLabel('run as').fill('twelve');
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = () => page.evaluate<string>('navigator.clipboard.readText()');
    t.is(await copied(), 'npx eager-llm run twelve.yaml --run twelve');
    await page.getByRole('button', { name: 'Copy the recipe' }).click();
    await shows(t, async () => (await copied()).includes('num_beams: 12'), true);
  },
);

test.serial(
  'a recipe to begin with says what it is, stays chosen, and has a gap where it needs something',
  async (t) => {
    const { page, open } = await withTab(t, t.context.address);
    await open('compose');
    const begin = page.getByLabel('begin with');
    await shows(t, () => begin.inputValue(), 'quickstart');
    const options = await begin.getByRole('option').allTextContents();
    t.true(options.includes("shop – A shop's own export, as Shopify writes it"));
    // Data first: without them nothing is run.
    const sections = page.locator('.form > .form-section, .form > .field');
    t.is(await sections.first().getAttribute('id'), 'field-dataset');

    await begin.selectOption('shop');
    await shows(t, () => begin.inputValue(), 'shop');
    await page.getByText(/Needs a folder with orders\.csv and products\.csv\./).waitFor();
    const problems = page.getByRole('status', { name: 'Problems' });
    await problems.getByText('dataset.path is to be filled in').waitFor();
    await problems.getByRole('button', { name: 'line 6' }).waitFor();
    // The form shows what is inherited, though there is a problem; its field fills the gap.
    await shows(
      t,
      () => page.getByLabel('format').locator('option').first().textContent(),
      'shopify (as it is)',
    );
    const path = page.getByRole('textbox', { name: 'path', exact: true });
    await path.fill('/nowhere/shop');
    await path.press('Enter');
    await problems.getByText('the option that adds one: --data-dir /nowhere/shop.').waitFor();
    await path.fill('datasets/beauty-small');
    await path.press('Enter');
    await page.getByLabel('format').selectOption('sequences');
    await problems.getByText('Valid: this recipe can be run.').waitFor();

    // Without the gap it is mended where it comes in.
    await writeRecipe(page, 'seed: 3\nextends: shop\n');
    await problems.getByText('(inherited, from recipes/shop.yaml:').waitFor();
    await problems.getByRole('button', { name: 'line 2' }).waitFor();
  },
);

test.serial('names and values are completed from the schema', async (t) => {
  const { page, open } = await withTab(t, t.context.address);
  await open('compose');
  await writeRecipe(page, 'extends: smoke\n');
  await page.keyboard.type('item_i');
  const options = page.locator('.cm-tooltip-autocomplete li');
  await shows(t, () => options.locator('.cm-completionLabel').allTextContents(), ['item_index']);
  // By the mouse: a list takes no Enter in its first moments, so that nobody accepts what was not seen.
  await options.first().click();
  await page.locator('.cm-line', { hasText: 'item_index:' }).waitFor();
  await page.keyboard.type('method: ra');
  await options.getByText('random').click();
  await page.getByText('Valid: this recipe can be run.').waitFor();
  t.regex((await page.locator('.cm-content').textContent()) ?? '', /item_index:\s+method: random/);
});

test.serial('nothing outside of its folders is read for a recipe of the page', async (t) => {
  const { page, open } = await withTab(t, t.context.address);
  await open('compose');
  await writeRecipe(page, 'extends: /etc/passwd\n');
  const problems = page.getByRole('status', { name: 'Problems' });
  await problems.getByText('lies outside of the folders').waitFor();
  t.notRegex((await problems.textContent()) ?? '', /root:/);
});

test.serial('a run is started from the page and watched until it ends', async (t) => {
  t.timeout(900_000);
  const { page, open } = await withTab(t, t.context.address);
  await open('compose');
  await writeRecipe(page, '# Watched.\nextends: smoke\nseed: 7\n');
  await page.getByText('Valid: this recipe can be run.').waitFor();
  await page.getByLabel('run as').fill('watched');
  await page.getByRole('button', { name: 'Start' }).click();

  await page.getByRole('heading', { name: 'watched' }).waitFor();
  await page.locator('.badge-running').waitFor();
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  // The curve grows while it trains: nobody reloads the page.
  await page
    .getByRole('img', { name: /^Training loss, smoothed by update: alignment/ })
    .waitFor({ timeout: 400_000 });
  t.is(await page.locator('.badge-running').count(), 1);
  await page.locator('.badge-finished').waitFor({ timeout: 400_000 });
  await page.getByRole('heading', { name: 'Metrics' }).waitFor();
  await shows(t, () => page.locator('.stage-done').count(), 7);
  await page.locator('[role=log] p', { hasText: /evaluation\s*done in/ }).waitFor();
  await page.locator('summary', { hasText: 'Recipe' }).click();
  await page.getByText('# Watched.').waitFor();
});

/** As a person would: all that is there is deleted, then it is written. */
async function writeRecipe(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Recipe in YAML' }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}

/** Reads the page again until it shows what is expected: it draws in its own time, and a loaded machine is slow. */
async function shows<T>(t: ExecutionContext, read: () => Promise<T>, expected: T): Promise<void> {
  let seen = await read();
  const isShown = async () => {
    seen = await read();
    return isDeepStrictEqual(seen, expected);
  };
  const broken = await waitUntil(isShown, { every: 50, patience: 60_000 }).catch(String);
  // Where it never shows, what is seen instead says more than that the time is over.
  t.deepEqual(seen, expected, broken ?? undefined);
}
