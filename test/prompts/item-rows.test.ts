import test from 'ava';
import type { ItemIndex } from '../../orchestrator/item-index/types.ts';
import { recommendationPrompt } from '../../orchestrator/prompts/inference-prompts.ts';
import { dataset, source } from './helpers.ts';
import { trainingRows } from './training-rows.ts';

const users = dataset([
  [0, 1, 2, 3, 4],
  [6, 7, 6, 5],
]);
/** Tokens of the codes of `helpers.ts`: item 3 is `<a_0><b_0><c_3>`. */
const code = (item: number) => [70_000, 71_000, 72_000 + item];

test('where an item has one code, the layout items has it behind the number of each, and the target is a code', (t) => {
  const made = source(users, { layout: 'items' });
  const rows = [
    ...trainingRows({ source: made, tasks: { 'sequential-recommendation': 1 }, seed: 3, epoch: 0 }),
  ];
  const found = rows.sort((a, b) => a.summaries[0].item - b.summaries[0].item);
  t.deepEqual(
    found.map(({ source: given, target, summaries }) => [[...given], [...target], summaries]),
    [
      [[0, ...code(0)], code(1), [{ position: 2, item: 1 }]],
      [[0, ...code(0), 1, ...code(1)], code(2), [{ position: 2, item: 2 }]],
      [[6, ...code(6)], code(7), [{ position: 2, item: 7 }]],
    ],
  );
  t.deepEqual([...recommendationPrompt(made, [4, 5])], [4, ...code(4), 5, ...code(5)]);
});

test('a row holds as many of the latest items as its length allows', (t) => {
  const made = source(users, { layout: 'items', maxLength: 11 });
  t.deepEqual([...recommendationPrompt(made, [4, 5, 6])], [5, ...code(5), 6, ...code(6)]);
});

test('where an item has a code of each source, the layout items has numbers alone', (t) => {
  const index: ItemIndex = {
    levels: 2,
    levelSizes: [8, 8],
    codes: Int32Array.from({ length: 16 }, (_, at) => at >> 1),
    streams: [
      { name: 'behaviour', levels: 1 },
      { name: 'semantic', levels: 1 },
    ],
  };
  const made = source(users, { layout: 'items', index });
  t.deepEqual([...recommendationPrompt(made, [4, 5])], [4, 5]);
});
