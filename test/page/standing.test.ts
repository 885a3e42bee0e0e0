import test from 'ava';
import type { PageRun, StageSummary } from '../../orchestrator/server/page/wire.ts';
import { standingOf } from '../../page/src/parts/standing.ts';

const nothing = { key: null, reason: null, seconds: null, peak_memory_bytes: null, bytes: null, figures: {} };
const stage = (name: string, state: StageSummary['state']): StageSummary => ({
  stage: name,
  state,
  ...nothing,
});
const planned = ['01-dataset', '02-embedding', '03-item-index'];
const done = planned.map((name) => stage(name, 'done'));
const run = (status: PageRun['status'], stages: StageSummary[], recorded?: string) => ({
  ...{ status, planned, stages },
  record: recorded ? ({ status: recorded } as PageRun['record']) : null,
});

test('a run that was to end early is told from one that was stopped, killed, or failed', (t) => {
  const early = [done[0], done[1], stage('03-item-index', 'missing')];
  t.is(standingOf(run('finished', early)), 'was to end after embedding');
  const cut = [done[0], done[1], stage('03-item-index', 'unfinished')];
  t.is(standingOf(run('interrupted', cut, 'stopped')), 'was stopped in item-index and can go on');
  // Who is killed cannot record that it ends.
  t.is(standingOf(run('interrupted', cut, 'running')), 'was cut off in item-index and can go on');
  t.is(standingOf(run('failed', cut)), 'failed in item-index');
  t.is(standingOf(run('finished', done)), '');
});
