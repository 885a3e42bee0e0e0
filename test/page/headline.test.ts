import test from 'ava';
import type { PageRun, StageSummary } from '../../orchestrator/server/page/wire.ts';
import { headline, headlineMetrics, saysProtocol } from '../../page/src/runs/headline.ts';

const stage = (name: string, figures: StageSummary['figures']): StageSummary => ({
  stage: name,
  state: 'done',
  key: null,
  reason: null,
  seconds: null,
  peak_memory_bytes: null,
  bytes: null,
  figures,
});
const runWith = (evaluation: StageSummary['figures']) =>
  ({
    stages: [
      stage('01-dataset', { items: 1430 }),
      stage('02-embedding', { 'validation recall@10': 0.3 }),
      stage('07-evaluation', evaluation),
    ],
  }) as unknown as PageRun;
const own = { 'recall@5': 0.2, 'recall@10': 0.25, 'ndcg@10': 0.125 };
const both = { 'recall@10, seen kept': 0.25, 'recall@10, seen removed': 0.5, 'ndcg@10, seen removed': 0.375 };

test('every run is told by the protocol that is asked for, at its longest lists', (t) => {
  const run = runWith({ ...own, ...both });
  t.deepEqual(headlineMetrics(run), ['recall@10', 'ndcg@10']);
  t.deepEqual(headline(run, [], 'removed'), [
    ['items', '1,430'],
    ['recall@10', '0.5000'],
    ['NDCG@10', '0.3750'],
  ]);
  // Its own figures are not shown as those of another protocol.
  t.deepEqual(headline(run, ['recall@10', 'ndcg@10'], 'kept').slice(1), [
    ['recall@10', '0.2500'],
    ['NDCG@10', '–'],
  ]);
  t.true(saysProtocol(run));
});

test('an older result has its own figures, and is told apart; a run without any is not', (t) => {
  t.deepEqual(headline(runWith(own), [], 'removed')[1], ['recall@10', '0.2500']);
  t.false(saysProtocol(runWith(own)));
  t.true(saysProtocol(runWith({})));
});
