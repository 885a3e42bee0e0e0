import test from 'ava';
import type { StageSummary } from '../../orchestrator/server/page/wire.ts';
import { standingOf } from '../../page/src/parts/standing.ts';

const nothing = { key: null, reason: null, seconds: null, peak_memory_bytes: null, bytes: null, figures: {} };
const stage = (name: string, state: StageSummary['state']): StageSummary => ({
  stage: name,
  state,
  ...nothing,
});
const planned = ['01-dataset', '02-embedding', '03-item-index'];
const done = planned.map((name) => stage(name, 'done'));

test('a run that was to end early is told from one that was stopped, or failed', (t) => {
  const early = [done[0], done[1], stage('03-item-index', 'missing')];
  t.is(standingOf({ status: 'finished', planned, stages: early }), 'was to end after embedding');
  const cut = [done[0], done[1], stage('03-item-index', 'unfinished')];
  t.is(standingOf({ status: 'interrupted', planned, stages: cut }), 'stopped in item-index and can go on');
  t.is(standingOf({ status: 'failed', planned, stages: cut }), 'failed in item-index');
  t.is(standingOf({ status: 'finished', planned, stages: done }), '');
});
