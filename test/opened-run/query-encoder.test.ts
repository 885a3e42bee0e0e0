import { join } from 'node:path';
import test from 'ava';
import type { Item } from '../../orchestrator/dataset/types.ts';
import { embedTexts } from '../../orchestrator/embedding/semantic/embed-texts.ts';
import { semanticSettings } from '../../orchestrator/embedding/semantic/settings.ts';
import { openQueryEncoder } from '../../orchestrator/opened-run/query-encoder.ts';
import { type Matrix, rowOf } from '../../orchestrator/shared/matrix.ts';
import { writeTinyTextModel } from '../embedding/semantic/tiny-text-model.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const titles = [
  'tea tree soap',
  'tea tree oil',
  'red matte lipstick',
  'red lipstick pencil',
  'green tea soap',
];
const items = titles.map(
  (title): Item => ({ item_id: title, title, description: '', categories: [], brand: '', keywords: [] }),
);

/** Embeds the items as the stage does, with what it keeps. */
async function embedded(folder: string, settings: object, keepIn?: string) {
  const parsed = semanticSettings.parse({ fields: ['title'], dimensions: 3, ...settings });
  const vectors = await embedTexts(
    items,
    parsed,
    { seed: 1, model: parsed.model, keepIn },
    join(folder, 'cache'),
  );
  return { settings: parsed, items: { items, vectors, folder } };
}

function isNear(t: import('ava').ExecutionContext, one: Matrix, other: Matrix) {
  for (let row = 0; row < one.rows; row++)
    for (const [at, value] of rowOf(one, row).entries())
      t.true(Math.abs(value - rowOf(other, row)[at]) < 1e-4);
}

for (const kept of [true, false])
  test(`a text gets the vector of an item with the same text, with lsa ${kept ? 'kept' : 'learned again'}`, async (t) => {
    const folder = temporaryFolder(t);
    const { settings, items } = await embedded(folder, {}, kept ? folder : undefined);
    const encoder = (await openQueryEncoder(items, settings, 1))!;
    isNear(t, await encoder.encode(titles), items.vectors);
    t.true(encoder.words?.has('lipstick'));
    t.false(encoder.words?.has('matte'), 'words of a single item do not count');
    await encoder.dispose();
  });

test('a text gets the vector of an item with the same text, from a feature-extraction model', async (t) => {
  const folder = temporaryFolder(t);
  const model = writeTinyTextModel(join(folder, 'model'));
  const { settings, items } = await embedded(folder, { encoder: 'transformers', model });
  const encoder = (await openQueryEncoder(items, settings, 1))!;
  isNear(t, await encoder.encode(titles), items.vectors);
  t.is(encoder.words, null);
  await encoder.dispose();
});

test('vectors of other texts are not taken for those of the encoder', async (t) => {
  const folder = temporaryFolder(t);
  const { settings, items } = await embedded(folder, {});
  const other = items.items.map((item, at) => ({ ...item, title: titles[(at + 2) % titles.length] }));
  await t.throwsAsync(openQueryEncoder({ ...items, items: other }, settings, 1), {
    code: 'embedding/other-encoder',
  });
});

test('a run whose vectors are those of its base model has no encoder for requests', async (t) => {
  const folder = temporaryFolder(t);
  const { items } = await embedded(folder, {});
  t.is(await openQueryEncoder(items, semanticSettings.parse({ encoder: 'base-model' }), 1), null);
});
