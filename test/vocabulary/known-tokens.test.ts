import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { extendTokenizer } from '../../orchestrator/vocabulary/extend-tokenizer.ts';
import { keptMeaning, readEarlierCodes } from '../../orchestrator/vocabulary/kept-meaning.ts';
import { loadVocabulary } from '../../orchestrator/vocabulary/load-vocabulary.ts';
import { verifyVocabulary } from '../../orchestrator/vocabulary/verify-vocabulary.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { changedTokenizer, shippedExtension, smallTokenizer } from './fixtures.ts';

for (const [what, levelSizes, rows] of [
  ['as many codes', [3, 2], [320, 321, 322, 323, 324, 325, 326]],
  ['more codes', [4, 2], [320, 321, 322, -1, 323, 324, 325, 326]],
  ['fewer codes', [2, 2], [320, 321, 323, 324, 325, 326]],
  ['another level', [3, 2, 2], [320, 321, 322, 323, 324, -1, -1, 325, 326]],
] as const)
  test(`a tokenizer that was extended before is extended again by ${what}, and each token knows its row`, async (t) => {
    const folder = temporaryFolder(t);
    const extension = shippedExtension('marked-item-codes');
    const first = join(folder, 'first');
    const baseTokenizer = await smallTokenizer(join(folder, 'base'));
    await extendTokenizer({ baseTokenizer, levelSizes: [3, 2], extension, outFolder: first });
    const again = join(folder, 'again');
    const file = await extendTokenizer({ baseTokenizer: first, levelSizes, extension, outFolder: again });
    t.deepEqual(file.trained_rows, [...rows]);
    t.is(file.base_size, 320);
    t.is(file.size, 320 + rows.length);
    await verifyVocabulary(again);
    const plain = join(folder, 'plain');
    await extendTokenizer({ baseTokenizer, levelSizes, extension, outFolder: plain });
    t.is((await loadVocabulary(plain)).size, file.size, 'nothing is left of the codes of before');
  });

test('the codes of LC-Rec stand in the order of their names', async (t) => {
  const folder = temporaryFolder(t);
  const names = Array.from({ length: 12 }, (_, digit) => `<a_${digit}>`).sort();
  const base = changedTokenizer(
    await smallTokenizer(join(folder, 'own')),
    join(folder, 'base'),
    (tokenizer) => {
      const flags = { single_word: false, lstrip: false, rstrip: false, normalized: true, special: false };
      for (const content of names)
        tokenizer.added_tokens.push({ id: tokenizer.added_tokens.length + 316, content, ...flags });
    },
  );
  const outFolder = join(folder, 'out');
  const { trained_rows } = await extendTokenizer({
    baseTokenizer: base,
    levelSizes: [12],
    extension: shippedExtension(),
    outFolder,
  });
  t.deepEqual(
    trained_rows?.map((row) => names[row - 320]),
    Array.from({ length: 12 }, (_, digit) => `<a_${digit}>`),
  );
  await verifyVocabulary(outFolder);
});

const known = new Map([
  ['<a_0>', 10],
  ['<a_1>', 11],
  ['<b_0>', 12],
  ['<b_1>', 13],
]);

test('a token keeps what it has learned where most of its items are those of before', (t) => {
  const earlier = new Map([
    ['x', [10, 12]],
    ['y', [10, 13]],
    ['z', [11, 12]],
    ['gone', [11, 13]],
  ]);
  const codes = [
    ['<a_0>', '<b_0>'],
    ['<a_0>', '<b_0>'],
    ['<a_0>', '<b_1>'],
    ['<a_1>', '<b_1>'],
  ];
  const { kept, same, shared } = keptMeaning(codes, ['x', 'y', 'z', 'new'], earlier, known);
  t.deepEqual(
    [...kept],
    ['<a_0>'],
    'b_0: one of two; b_1: none; a_1: nobody knows, and most codes are others',
  );
  t.deepEqual([same, shared], [1, 3]);
});

test('with the codes of before every token keeps what it has learned, those of new items too', (t) => {
  const earlier = new Map([['x', [10, 12]]]);
  const codes = [
    ['<a_0>', '<b_0>'],
    ['<a_1>', '<b_1>'],
  ];
  t.is(keptMeaning(codes, ['x', 'new'], earlier, known).kept.size, 4);
  t.is(keptMeaning(codes, ['other', 'new'], earlier, known).kept.size, 0, 'no item is known');
  t.is(keptMeaning([['<a_0>']], ['x'], earlier, known).same, 0, 'codes of another length');
});

test('codes of an export are read by item id; what is none is a clear error', (t) => {
  const folder = temporaryFolder(t);
  t.is(readEarlierCodes(folder), null);
  const items = [{ item_id: 'x' }, { item_id: '__proto__' }];
  writeFileSync(join(folder, 'codes.json'), JSON.stringify({ codes: [{ token_ids: [1, 2], items }] }));
  t.deepEqual(
    readEarlierCodes(folder),
    new Map([
      ['x', [1, 2]],
      ['__proto__', [1, 2]],
    ]),
  );
  writeFileSync(join(folder, 'codes.json'), '{"codes": [1]}');
  t.throws(() => readEarlierCodes(folder), { message: /is not the codes\.json of an export/ });
});
