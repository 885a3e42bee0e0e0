import test from 'ava';
import { describeSeeds, type SeedGroup } from '../../orchestrator/cli/format/seed-groups.ts';
import { overSeeds } from '../../orchestrator/evaluation/over-seeds.ts';
import type { RunComparison } from '../../orchestrator/runs/read-runs.ts';
import { resultOf } from '../evaluation/seed-run.ts';

const epochs = 'training.stages.0.epochs';

async function groupOf(...runs: string[]): Promise<SeedGroup> {
  const seeds = await Promise.all(runs.map((_, at) => resultOf(at + 1, 40, 30)));
  return { runs, result: await overSeeds(seeds), one: seeds[0].result };
}

function comparisonOf(values: Record<string, number>): RunComparison {
  const runs = Object.keys(values).map((name) => ({ name })) as RunComparison['runs'];
  return { runs, settings: [{ path: epochs, values: Object.values(values) }], figures: [] };
}

test('tables of several groups say which runs they are of, and what sets these apart', async (t) => {
  const groups = [await groupOf('long.s1', 'long.s2'), await groupOf('short.s1', 'short.s2')];
  const comparison = comparisonOf({ 'long.s1': 4, 'long.s2': 4, 'short.s1': 1, 'short.s2': 1 });
  const titles = [
    'long.s1, long.s2 differ only in their seed; training.stages.0.epochs: 4',
    'short.s1, short.s2 differ only in their seed; training.stages.0.epochs: 1',
  ];
  const linesOf = (as: 'markdown' | 'latex') => describeSeeds(groups, comparison, as).split('\n');
  t.deepEqual(
    linesOf('latex').filter((line) => line.includes('differ only')),
    titles.map((title) => `% ${title}`),
  );
  t.deepEqual(
    linesOf('markdown').filter((line) => line.includes('differ only')),
    titles,
  );
});

test('runs that are in no table are named', async (t) => {
  const comparison = comparisonOf({ 'long.s1': 4, 'long.s2': 4, own: 2 });
  const groups = [await groupOf('long.s1', 'long.s2')];
  for (const [as, mark] of [
    ['text', ''],
    ['markdown', ''],
    ['latex', '% '],
  ] as const)
    t.is(
      describeSeeds(groups, comparison, as).split('\n').at(-1),
      `${mark}left out, for no other run here differs from them in nothing but its seed: own`,
    );
});

test('the table of one group of all runs stands alone, as it goes into a paper', async (t) => {
  const groups = [await groupOf('long.s1', 'long.s2')];
  const page = describeSeeds(groups, comparisonOf({ 'long.s1': 4, 'long.s2': 4 }), 'latex');
  t.true(page.startsWith('\\begin{tabular}'));
});
