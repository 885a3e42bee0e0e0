import test from 'ava';
import type { Dataset } from '../../orchestrator/dataset/types.ts';
import { recommendationPrompt } from '../../orchestrator/prompts/inference-prompts.ts';
import { loadTemplates } from '../../orchestrator/prompts/load-templates.ts';
import { renderRow } from '../../orchestrator/prompts/render-row.ts';
import { rowPlan } from '../../orchestrator/prompts/row-plan.ts';
import type { PromptParameters, TrainingRow } from '../../orchestrator/prompts/types.ts';
import { joinRow } from '../../orchestrator/shared/example.ts';
import { dataset, letterVocabulary, promptFolder, source } from './helpers.ts';
import { trainingRows } from './training-rows.ts';

const tasks = { 'sequential-recommendation': 1 };
const code = (item: number) => [70_000, 71_000, 72_000 + item];

function rows(data: Dataset, options: Partial<PromptParameters> = {}, epoch = 0): TrainingRow[] {
  return [...trainingRows({ source: source(data, options), tasks, seed: 1, epoch })];
}

function itemsOf(row: TrainingRow): number[] {
  return [...joinRow(row).tokens].filter((id) => id >= 72_000).map((id) => id - 72_000);
}

test('a row is bos and the codes of the training items, all but the first learned', (t) => {
  const [row] = rows(dataset([[3, 1, 4, 5, 2]]));
  t.deepEqual([...joinRow(row).tokens], [1, ...code(3), ...code(1), ...code(4)]);
  t.deepEqual([...joinRow(row).weights], [0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
  t.deepEqual(row.summaries, [
    { position: 6, item: 1, event: 1 },
    { position: 9, item: 4, event: 2 },
  ]);
});

test('the first item is learned too where asked for', (t) => {
  const [row] = rows(dataset([[3, 1, 4, 5]]), { learnFirstItem: true });
  t.deepEqual([...joinRow(row).weights], [0, 1, 1, 1, 1, 1, 1]);
  t.is(row.summaries[0].item, 3);
});

test('users with fewer than two training items make no row', (t) => {
  t.is(rows(dataset([[1, 2, 3], [4], [1, 2, 3, 4]])).length, 1);
});

test('a user without any event does not shift the others', (t) => {
  const made = rows(dataset([[], [3, 1, 4, 5], [], [2, 6, 1, 7], []]));
  t.deepEqual(made.map(itemsOf).sort(), [
    [2, 6],
    [3, 1],
  ]);
});

test('a long user is cut to the latest historyLimit + 1 items', (t) => {
  const [row] = rows(dataset([[0, 1, 2, 3, 4, 5, 6, 7]], { historyLimit: 3 }));
  t.deepEqual(itemsOf(row), [2, 3, 4, 5]);
});

test('a row never passes maxLength and is cut between codes at the oldest end', (t) => {
  const [row] = rows(dataset([[0, 1, 2, 3, 4, 5, 6, 7]]), { maxLength: 12 });
  t.deepEqual([...joinRow(row).tokens], [1, ...code(3), ...code(4), ...code(5)]);
});

test('windows show every training item, each but the first learned exactly once', (t) => {
  const made = rows(dataset([[0, 1, 2, 3, 4, 5, 6, 7, 1, 2]], { historyLimit: 3 }), { augment: 'windows' });
  t.deepEqual(made.map(itemsOf).sort(), [
    [0, 1],
    [1, 2, 3, 4],
    [4, 5, 6, 7],
  ]);
});

test('subsequences are contiguous, differ between epochs and are the same for the same epoch', (t) => {
  const data = dataset([[0, 1, 2, 3, 4, 5, 6, 7, 6, 5]]);
  const seen = new Set<string>();
  for (let epoch = 0; epoch < 40; epoch++) {
    const [row] = rows(data, { augment: 'subsequences' }, epoch);
    const items = itemsOf(row);
    t.true(items.length >= 2);
    t.true(items.every((item, at) => item === items[0] + at && item <= 7));
    t.deepEqual(rows(data, { augment: 'subsequences' }, epoch)[0], row);
    seen.add(items.join(' '));
  }
  t.true(seen.size > 10);
});

test('the context of every learned item is what decoding is fed', (t) => {
  const data = dataset([[0, 1, 2, 3, 4, 5, 6, 7, 1, 2]], { historyLimit: 4 });
  for (const options of [{}, { maxLength: 14 }]) {
    const made = source(data, options);
    const row = renderRow(rowPlan({ source: made, tasks, seed: 1, epoch: 0 }), 0);
    const items = itemsOf(row);
    for (const [at, { position }] of row.summaries.entries())
      t.deepEqual(
        recommendationPrompt(made, items.slice(0, at + 1)),
        joinRow(row).tokens.slice(0, position - 2),
      );
  }
});

test('prefix and separator come from the frame file', (t) => {
  const folder = promptFolder(t, {
    'frame.yaml':
      'frame: "{prompt}\\n{response}"\nseparators: {codes: "", titles: "\\n"}\nuser_layout: {prefix: "U", separator: ","}\n',
  });
  const data = dataset([[3, 1, 4, 5]]);
  const made = source(data, { templates: loadTemplates(folder) });
  const letter = (text: string) => letterVocabulary().encode(text);
  const row = renderRow(rowPlan({ source: made, tasks, seed: 1, epoch: 0 }), 0);
  t.deepEqual([...joinRow(row).tokens], [1, ...letter('U'), ...code(3), ...letter(','), ...code(1)]);
  t.deepEqual([...joinRow(row).weights], [0, 0, 0, 0, 0, 0, 1, 1, 1]);
  t.deepEqual([...recommendationPrompt(made, [3])], [1, ...letter('U'), ...code(3), ...letter(',')]);
});

test('decoding is fed the latest historyLimit items', (t) => {
  const made = source(dataset([[0, 1, 2, 3]], { historyLimit: 2 }));
  t.deepEqual([...recommendationPrompt(made, Int32Array.of(5, 6, 7))], [1, ...code(6), ...code(7)]);
});
