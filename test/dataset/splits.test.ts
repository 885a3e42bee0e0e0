import { join } from 'node:path';
import test from 'ava';
import { datasetFigures } from '../../orchestrator/dataset/dataset-figures.ts';
import { evaluationCases } from '../../orchestrator/dataset/evaluation-cases.ts';
import { trainingSequence } from '../../orchestrator/dataset/training-sequence.ts';
import type { Dataset, Split } from '../../orchestrator/dataset/types.ts';
import { folderWith, prepare } from './fixtures.ts';

function casesOf(dataset: Dataset, split: Split): string[] {
  const name = (item: number) => dataset.items[item].item_id;
  return [...evaluationCases(dataset, split)].map(
    ({ user, history, target }) =>
      `${dataset.userIds[user]}: ${[...history].map(name).join(' ')} -> ${name(target)}`,
  );
}

function trainingOf(dataset: Dataset): string[] {
  return dataset.userIds.map((_, user) =>
    [...trainingSequence(dataset, user)].map((item) => dataset.items[item].item_id).join(' '),
  );
}

test('leave-one-out: last item for test, the one before for validation, which is part of the test history', async (t) => {
  const path = folderWith(t, { 'sequences.txt': 'u a b c d e\nv c b a\n' });
  const { dataset } = await prepare({ format: 'sequences', path, history_limit: 3 });
  t.deepEqual(trainingOf(dataset), ['a b c', 'c']);
  t.deepEqual(casesOf(dataset, 'validation'), ['u: a b c -> d', 'v: c -> b']);
  t.deepEqual(casesOf(dataset, 'test'), ['u: b c d -> e', 'v: c b -> a']);
});

test('leave-one-out: a user with fewer than 3 events serves training alone', async (t) => {
  const path = folderWith(t, { 'sequences.txt': 'u a b c\nshort a b\nshorter c\n' });
  const { dataset } = await prepare({ format: 'sequences', path });
  t.deepEqual(trainingOf(dataset), ['a', 'a b', 'c']);
  t.is(casesOf(dataset, 'test').length, 1);
  t.is(casesOf(dataset, 'validation').length, 1);
});

test('none: all is learned from, and nothing is asked', async (t) => {
  const path = folderWith(t, { 'sequences.txt': 'u a b c d e\nv c b a\nshort a\n' });
  const { dataset } = await prepare({ format: 'sequences', path, split: 'none' });
  t.deepEqual(trainingOf(dataset), ['a b c d e', 'c b a', 'a']);
  t.deepEqual([casesOf(dataset, 'validation'), casesOf(dataset, 'test')], [[], []]);
  t.is(datasetFigures(dataset)['test targets'], 0);
});

test('none: of a share of the users the last item is held out for validation, in later logs of the same', async (t) => {
  const users = Array.from({ length: 100 }, (_, user) => `u${user} a b c`);
  const heldOut = async (lines: string[]) => {
    const path = folderWith(t, { 'sequences.txt': `${lines.join('\n')}\n` });
    const settings = { format: 'sequences', split: 'none', held_out_users: 0.2 } as const;
    const { dataset } = await prepare({ ...settings, path });
    t.is(casesOf(dataset, 'test').length, 0);
    return casesOf(dataset, 'validation').map((line) => line.replace(/:.*/, ''));
  };
  const drawn = await heldOut(users);
  t.true(drawn.length > 10 && drawn.length < 30, `${drawn.length} of 100`);
  t.deepEqual(
    (await heldOut(['new c b a', ...users])).filter((user) => user !== 'new'),
    drawn,
  );
});

const log = [
  'user,item,time',
  'u,a,1',
  'u,b,2',
  'v,a,3',
  'v,b,10',
  'u,c,10',
  'w,c,11',
  'v,c,20',
  'w,a,20',
  'v,d,21',
  'u,d,30',
].join('\n');
const columns = { user: 'user', item: 'item', time: 'time', rating: null };

test('split by time: events before the first cut train, before the second validate, the rest test', async (t) => {
  const path = join(folderWith(t, { 'log.csv': log }), 'log.csv');
  const { dataset } = await prepare({ format: 'table', path, columns, split: 'time', split_times: [10, 20] });
  t.deepEqual(trainingOf(dataset), ['a b', 'a', '']);
  t.deepEqual(casesOf(dataset, 'validation'), ['u: a b -> c', 'v: a -> b']);
  t.deepEqual(casesOf(dataset, 'test'), ['u: a b c -> d', 'v: a b -> c', 'v: a b c -> d', 'w: c -> a']);
  const figures = datasetFigures(dataset);
  t.is(figures['targets without history'], 1, 'the first event of w is a validation target without history');
  t.is(figures['cold test targets'], 3, 'c and d never occur in training');
});

test('split by time: shares of the events give the cuts, events of one time stay together', async (t) => {
  const path = join(folderWith(t, { 'log.csv': log }), 'log.csv');
  const { dataset } = await prepare({
    format: 'table',
    path,
    columns,
    split: 'time',
    split_fractions: [0.45, 0.3],
  });
  t.deepEqual(dataset.protocol?.timeCuts, [10, 20]);
});

test('the figures count users, items, interactions and cold targets', async (t) => {
  const path = folderWith(t, { 'sequences.txt': 'u a b c d\nv a b c new\n' });
  const { dataset } = await prepare({ format: 'sequences', path });
  t.deepEqual(datasetFigures(dataset), {
    users: 2,
    items: 5,
    interactions: 8,
    density: 0.8,
    'mean length': 4,
    'validation targets': 2,
    'test targets': 2,
    'cold test targets': 2,
    'targets without history': 0,
    'items without text': 5,
    'test targets in their history': 0,
    'items with equal texts': 0,
  });
});
