import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { buildItemIndex } from '../../orchestrator/item-index/build-item-index.ts';
import { indexFileName, readItemIndex, writeItemIndex } from '../../orchestrator/item-index/index-file.ts';
import { levelSources } from '../../orchestrator/item-index/level-sources.ts';
import { streamsOf, trieOf } from '../../orchestrator/item-index/streams.ts';
import { codeCount, digitsOf, itemsOf } from '../../orchestrator/item-index/trie.ts';
import type { BuildItemIndexOptions } from '../../orchestrator/item-index/types.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { clusteredPoints, distinctCodes, plainOptions } from './fixtures.ts';

const options: BuildItemIndexOptions = {
  ...plainOptions,
  semantic: clusteredPoints(300, 8, 12, 1),
  behaviour: clusteredPoints(300, 5, 20, 2),
  sources: ['semantic', 'behaviour'],
  fusion: 'streams',
  // Too few to tell items apart: each stream gets a digit that does.
  digits: { semantic: 1 },
};
const ids = Array.from({ length: 300 }, (_, item) => `i${item}`);

test('an item has a code of its own in each stream', async (t) => {
  const index = await buildItemIndex(options, silentReporter);
  t.deepEqual(index.streams, [
    { name: 'semantic', levels: 2 },
    { name: 'behaviour', levels: 2 },
  ]);
  t.is(distinctCodes(index, 0, 2), 300);
  t.is(distinctCodes(index, 2, 4), 300);
  t.deepEqual(levelSources(options, 300, index), ['semantic', 'identity', 'behaviour', 'behaviour']);
});

test('a stream has a tree of its own codes', async (t) => {
  const index = await buildItemIndex(options, silentReporter);
  for (const stream of streamsOf(index)) {
    const trie = trieOf(index, stream);
    t.is(codeCount(trie), 300);
    for (let leaf = 0; leaf < 300; leaf += 37) {
      const [item] = itemsOf(trie, leaf);
      const start = item * index.levels + stream.firstLevel;
      t.deepEqual(digitsOf(trie, leaf), [...index.codes.subarray(start, start + stream.levels)]);
    }
  }
});

test('written and read again, an index has its streams', async (t) => {
  const folder = temporaryFolder(t);
  const index = await buildItemIndex(options, silentReporter);
  writeItemIndex(folder, index, ids);
  const path = join(folder, indexFileName);
  t.deepEqual(readItemIndex(path, 300), index);
  rmSync(join(folder, 'streams.json'));
  t.deepEqual(streamsOf(readItemIndex(path, 300)), [{ name: 'code', firstLevel: 0, levels: 4 }]);
});

for (const [name, text, says] of [
  [
    'of other levels',
    '{"streams": [{"name": "semantic", "levels": 2}, {"name": "behaviour", "levels": 3}]}',
    /have 5 levels, the codes beside it 4/,
  ],
  ['of one stream', '{"streams": [{"name": "semantic", "levels": 4}]}', /does not have the form/],
  ['of something else', '[]', /does not have the form/],
] as const)
  test(`streams ${name} are refused`, async (t) => {
    const folder = temporaryFolder(t);
    writeItemIndex(folder, await buildItemIndex(options, silentReporter), ids);
    writeFileSync(join(folder, 'streams.json'), text);
    const error = t.throws(() => readItemIndex(join(folder, indexFileName), 300), { name: 'UserError' });
    t.regex(error.message, says);
  });
