import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { Item } from '../../../orchestrator/dataset/types.ts';
import { embedItems } from '../../../orchestrator/embedding/semantic/embed-items.ts';
import { itemFields, itemText } from '../../../orchestrator/embedding/semantic/item-text.ts';
import { modelFingerprint } from '../../../orchestrator/embedding/semantic/model-fingerprint.ts';
import type { SemanticEncoder } from '../../../orchestrator/embedding/semantic/types.ts';
import { UserError } from '../../../orchestrator/shared/errors.ts';
import { createMatrix } from '../../../orchestrator/shared/matrix.ts';
import type { ReportMessage } from '../../../orchestrator/shared/reporter.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const item: Item = {
  item_id: 'x',
  title: 'Green tea ',
  description: '',
  categories: ['Food', 'Tea'],
  brand: 'Leaf',
  keywords: [],
};
const items = [item, { ...item, title: 'Black tea' }, { ...item, title: '', categories: [], brand: '' }];
const fields = ['title', 'brand'] as const;

/** Lengths of the fields: enough to tell texts apart; counts how often it is asked. */
function countingEncoder(): { encode: SemanticEncoder; calls: () => number } {
  let calls = 0;
  return {
    calls: () => calls,
    encode: async (texts) => {
      calls++;
      return createMatrix(
        texts.length,
        2,
        Float32Array.from(texts.flat(), (text) => text.length),
      );
    },
  };
}

test('the text of an item is its fields in the order asked for, lists joined, empty ones left out', (t) => {
  t.deepEqual(itemFields(item, ['categories', 'title', 'keywords']), ['Food, Tea', 'Green tea', '']);
  t.is(itemText(item, ['title', 'description', 'categories', 'brand']), 'Green tea. Food, Tea. Leaf');
});

test('a second call with the same texts and settings reads the cache', async (t) => {
  const folder = temporaryFolder(t);
  const { encode, calls } = countingEncoder();
  const first = await embedItems(items, {
    fields,
    encoder: encode,
    settings: { encoder: 'lengths' },
    cacheFolder: folder,
  });
  const second = await embedItems(items, {
    fields,
    encoder: encode,
    settings: { encoder: 'lengths' },
    cacheFolder: folder,
  });
  t.deepEqual(second, first);
  t.is(calls(), 1);
});

test('another setting, another text and other fields are each encoded anew', async (t) => {
  const folder = temporaryFolder(t);
  const { encode, calls } = countingEncoder();
  await embedItems(items, { fields, encoder: encode, settings: { seed: 1 }, cacheFolder: folder });
  await embedItems(items, { fields, encoder: encode, settings: { seed: 2 }, cacheFolder: folder });
  await embedItems([{ ...item, title: 'White tea' }], {
    fields,
    encoder: encode,
    settings: { seed: 1 },
    cacheFolder: folder,
  });
  await embedItems(items, {
    fields: ['brand', 'title'],
    encoder: encode,
    settings: { seed: 1 },
    cacheFolder: folder,
  });
  t.is(calls(), 4);
});

test('items without text are counted, and their rows are zero', async (t) => {
  const messages: ReportMessage[] = [];
  await embedItems(
    items,
    { fields, encoder: countingEncoder().encode, settings: {}, cacheFolder: null },
    {
      report: (message) => messages.push(message),
    },
  );
  const warning = messages.find((message) => message.type === 'warning');
  t.regex(warning?.text ?? '', /1 of 3 items/);
});

const remakes = test.macro(async (t, damage: (bytes: Buffer) => Buffer) => {
  const folder = temporaryFolder(t);
  const { encode, calls } = countingEncoder();
  const first = await embedItems(items, { fields, encoder: encode, settings: {}, cacheFolder: folder });
  const path = join(folder, readdirSync(folder)[0]);
  writeFileSync(path, damage(readFileSync(path)));
  const messages: ReportMessage[] = [];
  const second = await embedItems(
    items,
    { fields, encoder: encode, settings: {}, cacheFolder: folder },
    {
      report: (message) => messages.push(message),
    },
  );
  t.deepEqual(second, first);
  t.is(calls(), 2);
  t.true(messages.some(({ type, ...rest }) => type === 'warning' && JSON.stringify(rest).includes(path)));
  await embedItems(items, { fields, encoder: encode, settings: {}, cacheFolder: folder });
  t.is(calls(), 2);
});

test('a truncated cache file is made again', remakes, (bytes) => bytes.subarray(0, bytes.length - 5));
test('an empty cache file is made again', remakes, () => Buffer.alloc(0));
test('a cache file with a changed number is made again', remakes, (bytes) => {
  bytes[bytes.length - 2] ^= 1;
  return bytes;
});
test('a cache file that is something else is made again', remakes, () => Buffer.from('hello, this is text'));

test('an empty catalogue is refused', async (t) => {
  const error = await t.throwsAsync<UserError>(
    embedItems([], { fields, encoder: countingEncoder().encode, settings: {}, cacheFolder: null }),
    {
      instanceOf: UserError,
      code: 'embedding/no-items',
    },
  );
  t.truthy(error!.remedy);
});

test('numbers that are not finite are refused, with the item', async (t) => {
  const encode: SemanticEncoder = async () => createMatrix(3, 1, Float32Array.of(1, Number.NaN, 2));
  const error = await t.throwsAsync<UserError>(
    embedItems(items, { fields, encoder: encode, settings: {}, cacheFolder: null }),
    {
      instanceOf: UserError,
      code: 'embedding/not-finite',
    },
  );
  t.regex(error!.message, /item number 1/);
});

test("a model's fingerprint follows the content of its folder", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'config.json'), '{}');
  const first = await modelFingerprint(folder);
  writeFileSync(join(folder, 'config.json'), '{ }');
  t.notDeepEqual(await modelFingerprint(folder), first);
  t.is(await modelFingerprint('owner/model'), 'owner/model');
});
