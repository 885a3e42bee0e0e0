import test from 'ava';
import type { Measured } from '../../orchestrator/server/page/wire.ts';
import { askedApart, askedKey } from '../../page/src/runs/asked.ts';
import {
  bestFirst,
  headFigure,
  headNames,
  type ListedRun,
  lostTargets,
  seenOf,
} from '../../page/src/runs/headline.ts';

const figure = (value: number) => ({ value, low: value - 0.01, high: value + 0.01 });
const asked = { split: 'test' as const, users: 3182, users_in_split: 3182, items: 1430, cutoffs: [5, 10] };
const runWith = (name: string, figures: Measured['figures'], more: Partial<Measured> = {}) =>
  ({ name, data: 'one', measured: { ...asked, own: 'removed', figures, ...more } }) as unknown as ListedRun;
const both = {
  removed: { 'recall@10': figure(0.5), 'ndcg@10': figure(0.375) },
  kept: { 'recall@10': figure(0.25), 'ndcg@10': figure(0.2) },
};

test('every run is told by the protocol that is asked for, at its longest lists', (t) => {
  const run = runWith('own', both);
  t.deepEqual(headNames(run), ['recall@10', 'ndcg@10']);
  t.is(headFigure(run, 0, 'removed')?.value, 0.5);
  t.is(headFigure(run, 1, 'kept')?.value, 0.2);
  // Figures of one protocol are not shown as those of another.
  t.is(headFigure(runWith('older', { kept: both.kept }), 1, 'removed'), null);
  t.deepEqual(headNames(undefined), ['recall@10', 'ndcg@10']);
});

test('the best stands first by the figure and the protocol that are asked for, runs without it last', (t) => {
  const other = runWith('other', {
    removed: { 'recall@10': figure(0.6), 'ndcg@10': figure(0.3) },
    kept: { 'recall@10': figure(0.1), 'ndcg@10': figure(0.3) },
  });
  const none = { name: 'none', data: null, measured: null } as unknown as ListedRun;
  const order = (at: 0 | 1, seen: 'kept' | 'removed') =>
    bestFirst([none, runWith('own', both), other], at, seen).map(({ name }) => name);
  t.deepEqual(order(1, 'removed'), ['own', 'other', 'none']);
  t.deepEqual(order(0, 'removed'), ['other', 'own', 'none']);
  t.deepEqual(order(1, 'kept'), ['other', 'own', 'none']);
});

test('first each run is told by the protocol of its own lists, and those of two protocols are no ranking', (t) => {
  const keeps = runWith('keeps', both, { own: 'kept' });
  t.is(headFigure(keeps, 0, 'own')?.value, 0.25);
  t.is(headFigure(runWith('removes', both), 0, 'own')?.value, 0.5);
  t.is(seenOf(keeps, 'own'), 'kept');
  t.is(seenOf(keeps, 'removed'), 'removed');
});

test('where seen items are removed, a run says how many targets no list can hold', (t) => {
  const run = runWith('shop', both, { own: 'kept', targets: 2368, seen_targets: 649 });
  t.is(lostTargets(run, 'removed'), '649 of 2,368 targets cannot be found');
  t.is(lostTargets(run, 'own'), null);
  // Of so few one sees nothing in the figures.
  t.is(lostTargets(runWith('few', both, { targets: 2368, seen_targets: 3 }), 'removed'), null);
  t.is(lostTargets(runWith('older', both), 'removed'), null);
});

test('data sets are told by their folder and their size, by a letter only where these are the same', (t) => {
  const set = (data: string, from: string | null, holds: string) => ({ data, from, holds, ...asked });
  const valuesOf = (...all: Parameters<typeof askedApart>[0]) => askedApart(all)[0].values;
  t.deepEqual(valuesOf(set('one', 'shops/north', '90 users'), set('two', 'shops/south/', '80 users')), [
    'north: 90 users',
    'south: 80 users',
  ]);
  t.deepEqual(valuesOf(set('one', null, '90 users'), set('two', null, '90 users')), [
    'A, 90 users',
    'B, 90 users',
  ]);
});

test('what runs were not asked alike is named, with a value for each', (t) => {
  const own = { data: 'one', ...asked };
  t.deepEqual(askedApart([own, { ...own }]), []);
  t.is(askedKey(own), askedKey({ ...own, from: 'elsewhere/beauty' }));
  t.deepEqual(askedApart([own, { ...own, users: 20 }]), [
    { what: 'users asked', values: ['3,182', '20 of 3,182'] },
  ]);
  const other = { ...own, data: 'two', from: 'data/shop', split: 'validation' as const, cutoffs: [10] };
  t.deepEqual(askedApart([own, other, { ...own, data: null }]), [
    { what: 'data set', values: ['A', 'shop', 'not known'] },
    { what: 'split', values: ['test', 'validation', 'test'] },
    { what: 'lengths of lists', values: ['5, 10', '10', '5, 10'] },
  ]);
});
