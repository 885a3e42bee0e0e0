import { join } from 'node:path';
import test from 'ava';
import { loadDataset } from '../../orchestrator/dataset/load-dataset.ts';
import { readItemIndex } from '../../orchestrator/item-index/index-file.ts';
import { openRun } from '../../orchestrator/serving/index.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { flipBit } from '../runs/flip-bit.ts';
import { tinyShop } from './tiny-shop.ts';

const goOn = (path: string, ...more: string[]) => ['continue=shop', `dataset.path=${path}`, ...more];

test.serial('a run goes on from another with a later export, and refuses what does not fit', async (t) => {
  const shop = tinyShop(t);
  const base = await shop.finish('shop', shop.resolve());
  shop.writeLog('week2', 28, 7);
  const week2 = await shop.finish('week2', shop.resolve(goOn(shop.at('week2'))));

  const { items, continued } = loadDataset(join(week2.folder, '01-dataset'));
  t.deepEqual(items.slice(0, 24), loadDataset(join(base.folder, '01-dataset')).items);
  t.is(continued?.items, 24);
  const codes = ['shop', 'week2'].map((name) =>
    readItemIndex(join(shop.runs, name, '03-item-index/index.json'), name === 'shop' ? 24 : items.length),
  );
  t.deepEqual(codes[1].codes.subarray(0, codes[0].codes.length), codes[0].codes);
  t.true(week2.notes.some((text) => text.startsWith('goes on from shop: ')));
  const run = await openRun('week2', { runsFolder: shop.runs });
  t.teardown(run.close);
  t.true((await run.recommend({ history: ['i0'], k: 5 })).items.length === 5);

  // The key of each stage that takes something over contains that stage's key there.
  const others = await shop.finish('shop', shop.resolve(['training.stages.0.learning_rate=0.01']));
  t.is(others.keys['item-index'], base.keys['item-index']);
  t.not(others.keys.training, base.keys.training);
  const again = await shop.finish('again', shop.resolve(goOn(shop.at('week2'))));
  t.is(again.keys['item-index'], week2.keys['item-index']);
  t.not(again.keys.training, week2.keys.training);

  const refused = async (set: string[], name = 'refused') =>
    (await t.throwsAsync(shop.finish(name, shop.resolve(set), 'dataset'), {
      instanceOf: UserError,
    })) as UserError;
  t.is((await refused(goOn(shop.at('week1')))).code, 'continue/nothing-new');
  shop.writeLog('other', 24, 7, 'x');
  t.is((await refused(goOn(shop.at('other')))).code, 'continue/other-catalogue');
  shop.writeLog('half', 8, 5);
  t.is((await refused(goOn(shop.at('half')))).code, 'continue/shrunken');
  await t.notThrowsAsync(
    shop.finish('half', shop.resolve(goOn(shop.at('half'), 'dataset.may_shrink=true')), 'item-index'),
  );
  t.is((await refused(['continue=nobody'])).code, 'continue/no-run');
  const weights = join(shop.runs, 'shop/06-training/model/model.safetensors');
  flipBit(weights);
  t.is((await refused(goOn(shop.at('week2')))).code, 'runs/damaged');
  flipBit(weights);
  const settings = await refused(goOn(shop.at('week2'), 'model.hidden_size=32', 'item_index.branching=4'));
  t.is(settings.code, 'continue/other-settings');
  t.regex(settings.message, /item_index\.branching is 4, there 2\n.*model\.hidden_size is 32, there 16/);
});

test('without continue there is nothing to append to', (t) => {
  const shop = tinyShop(t);
  shop.writeItems('new.jsonl', [30]);
  t.throws(() => shop.resolve([`append=${shop.at('new.jsonl')}`]), { message: /`continue` names none/ });
});
