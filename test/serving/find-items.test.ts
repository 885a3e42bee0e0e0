import test from 'ava';
import type { OpenRun } from '../../orchestrator/serving/index.ts';
import { createItemLinker } from '../../orchestrator/serving/link-items.ts';
import { madeOnce } from '../../orchestrator/serving/made-once.ts';
import { createItemFields } from '../../orchestrator/serving/rules/item-fields.ts';
import { openRunArtefacts } from '../../orchestrator/serving/run-artefacts.ts';
import { createFinder } from '../../orchestrator/serving/search/find-items.ts';
import { createTextIndex } from '../../orchestrator/serving/text-index.ts';
import { createMatrix } from '../../orchestrator/shared/matrix.ts';
import { openShopRun } from './shop-run.ts';
import { smokeRuns } from './smoke-run.ts';
import { datasetOf, items } from './tiny-shop.ts';

let run: OpenRun;
let ids: string[];

test.before(async () => {
  ({ run, ids } = await openShopRun());
});
test.after.always(() => run?.close());

/** The shop's items have a kind by their number modulo 3, their number as the price, and one in stock if it is odd. */
const isTea = (at: number) => at % 3 === 1;
const numbersOf = (items: readonly { item_id: string }[]) => items.map(({ item_id }) => ids.indexOf(item_id));

test('a search is understood as in chat: all that fits is counted, and what is sold out stands last', async (t) => {
  const { count, data, understood } = await run.find(
    'please show me tea under 30, but nothing from Moka',
    200,
  );
  const fitting = ids.flatMap((_, at) => (isTea(at) && at <= 30 && at % 4 !== 1 ? [at] : []));
  t.is(count, fitting.length);
  const numbers = numbersOf(data);
  t.deepEqual(
    [...numbers].sort((a, b) => a - b),
    fitting,
  );
  const firstGone = numbers.findIndex((at) => at % 2 === 0);
  t.true(firstGone > 0);
  t.true(numbers.slice(firstGone).every((at) => at % 2 === 0));
  t.is(understood?.says.at(-1), 'Tea, without *Moka*, up to 30:');
});

test('who asks for an order gets it, sold out or not; a list is as long as asked', async (t) => {
  const { count, data } = await run.find('cheapest tea', 4);
  t.deepEqual(numbersOf(data), [1, 4, 7, 10]);
  t.is(count, ids.filter((_, at) => isTea(at)).length);
});

test('the last word may be unfinished, within the limits; a typing error is mended, and told', async (t) => {
  const { data, understood } = await run.find('kett under 20', 200);
  t.is(understood, null);
  t.deepEqual(
    numbersOf(data).sort((a, b) => a - b),
    [2, 5, 8, 11, 14, 17, 20],
  );
  const mended = await run.find('ketles');
  t.true(numbersOf(mended.data).every((at) => at % 3 === 2));
  t.regex(mended.understood?.says[0] ?? '', /^Showing \*kettles?\*\.$/);
  // What is only spelled like it does not pass for it.
  const guessed = await run.find('fade');
  t.true(guessed.count > 0);
  t.is(guessed.understood?.says.at(-1), 'Spelled like it:');
});

test('something like an item is what is near it, the likest first, but for itself', async (t) => {
  const { dataset } = (await openRunArtefacts(await smokeRuns(), 'smoke')).artefacts;
  const vectors = createMatrix(
    dataset.items.length,
    2,
    Float32Array.from(dataset.items.flatMap((_, at) => [Math.cos(at / 50), Math.sin(at / 50)])),
  );
  const shop = await openShopRun({ embeddings: { semantic: vectors, behaviour: vectors } });
  t.teardown(() => shop.run.close());
  const named = shop.run.item(ids[30]);
  const { data, understood } = await shop.run.find(`something like ${named.title} over 20`, 200);
  const found = numbersOf(data);
  t.false(found.includes(30));
  // What is sold out stands last, in the same order.
  t.deepEqual([...found.slice(0, 4)].sort(), [27, 29, 31, 33]);
  t.true(found.every((at) => at >= 20));
  t.regex(understood?.says.at(-1) ?? '', /^Like .*, at least 20:$/);
});

test('an id finds its item alone; what is missing is named, and nothing stands in for it', async (t) => {
  t.deepEqual(numbersOf((await run.find(ids[7])).data), [7]);
  const { count, data, understood } = await run.find('quantum bicycle');
  t.deepEqual([count, data.length], [0, 0]);
  t.deepEqual(understood?.says, ['Nothing in the catalogue matches *quantum bicycle*.']);
});

test('what is called just so stands first, and hides nothing else', async (t) => {
  const titles = ['Organic Banana', 'Banana', 'Banana Chips', '300: The Film', 'Tea for 300'];
  const shop = items(titles.length).map((each, at) => ({
    ...each,
    item_id: String(300 + at),
    title: titles[at],
  }));
  const index = madeOnce(() => createTextIndex(shop));
  const find = createFinder({
    dataset: datasetOf(shop, []),
    recentDays: 30,
    fields: createItemFields(shop),
    linker: createItemLinker(shop, index),
    textIndex: index,
    fitText: null,
    offered: () => null,
  });
  const titlesFor = async (text: string) => (await find(text, 10)).data.map(({ title }) => title);
  const [banana, ...others] = await titlesFor('banana');
  t.is(banana, 'Banana');
  t.deepEqual(others.sort(), ['Banana Chips', 'Organic Banana']);
  // A number may be meant as an id or as a word.
  const [first, ...behind] = await titlesFor('300');
  t.is(first, 'Organic Banana');
  t.deepEqual(behind.sort(), ['300: The Film', 'Tea for 300']);
});

test('an item tells all that the data say of it; an unknown id is refused', (t) => {
  t.like(run.item(ids[4]), { item_id: ids[4], brand: 'Baristo', attributes: { price: 4, stock: 0 } });
  t.throws(() => run.item('nothing'), { code: 'serving/no-such-item' });
});
