import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { appendRecipe } from '../../orchestrator/continuation/append-recipe.ts';
import { readItemIndex } from '../../orchestrator/item-index/index-file.ts';
import { openRun } from '../../orchestrator/serving/index.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { readSafetensors } from '../../orchestrator/storage/safetensors.ts';
import { loadVocabulary } from '../../orchestrator/vocabulary/load-vocabulary.ts';
import { readVocabularyFile } from '../../orchestrator/vocabulary/vocabulary-file.ts';
import { tinyShop } from './tiny-shop.ts';

const added = Array.from({ length: 12 }, (_, at) => 24 + at);

test.serial(
  'new items are appended: old codes, token ids and rows stay, and the new ones are recommended at once',
  async (t) => {
    const shop = tinyShop(t);
    const base = await shop.finish('shop', shop.resolve());
    shop.writeItems('new.jsonl', [3, ...added]);
    const { folder, notes } = await shop.finish('more', appendRecipe(base.folder, shop.at('new.jsonl')));
    t.true(notes.includes('1 items of the file are known, and stay as they are'));

    const old = readItemIndex(join(base.folder, '03-item-index/index.json'), 24);
    const now = readItemIndex(join(folder, '03-item-index/index.json'), 36);
    t.deepEqual(now.codes.subarray(0, old.codes.length), old.codes);
    const codes = Array.from({ length: 36 }, (_, at) =>
      now.codes.slice(at * now.levels, (at + 1) * now.levels).join(),
    );
    t.is(new Set(codes).size, 36);
    const fits = JSON.parse(readFileSync(join(folder, '03-item-index/appended-items.json'), 'utf8'));
    t.deepEqual(
      fits.items.map(({ item_id }: { item_id: string }) => item_id),
      added.map((number) => `i${number}`),
    );

    const before = readVocabularyFile(join(base.folder, '04-vocabulary'));
    const after = readVocabularyFile(join(folder, '04-vocabulary'));
    t.true(after.size > before.size, 'the clusters were full, so that new digits were needed');
    const [ids, nowIds] = await Promise.all(
      [base.folder, folder].map(
        async (each) => (await loadVocabulary(join(each, '04-vocabulary'))).codeTokenIds,
      ),
    );
    for (const [level, digits] of ids.entries()) t.deepEqual(nowIds[level].slice(0, digits.length), digits);

    const weights = readSafetensors(join(base.folder, '06-training/model/model.safetensors'));
    const kept = readSafetensors(join(folder, '06-training/model/model.safetensors'));
    t.deepEqual(Object.keys(kept), Object.keys(weights));
    // All weights and the rows of old tokens: what is said of old tokens is what was said.
    for (const [name, { data }] of Object.entries(weights))
      t.deepEqual(kept[name].data.slice(0, data.length), data, name);

    const run = await openRun('more', { runsFolder: shop.runs });
    t.teardown(run.close);
    const { items } = await run.recommend({ history: ['i24', 'i28'], k: 36 });
    t.deepEqual(
      added.filter(
        (number) => ![24, 28].includes(number) && !items.some(({ item_id }) => item_id === `i${number}`),
      ),
      [],
    );
    t.true(run.search('wool socks number 26').some(({ item_id }) => item_id === 'i26'));

    const twice = await t.throwsAsync(shop.finish('again', appendRecipe(folder, shop.at('new.jsonl'))), {
      instanceOf: UserError,
    });
    t.is((twice as UserError).code, 'continue/nothing-new');

    // A second append goes on from the first, with the text encoder of the very first.
    shop.writeItems('later.jsonl', [40, 41]);
    const later = await shop.finish('later', appendRecipe(folder, shop.at('later.jsonl')));
    const last = readItemIndex(join(later.folder, '03-item-index/index.json'), 38);
    t.deepEqual(last.codes.subarray(0, now.codes.length), now.codes);
  },
);
