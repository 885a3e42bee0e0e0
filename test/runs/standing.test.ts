import test from 'ava';
import type { RunSummary, StageSummary } from '../../orchestrator/runs/read-runs.ts';
import { standingOf } from '../../orchestrator/runs/standing.ts';

const stage = (name: string, state: StageSummary['state']): StageSummary => ({
  ...{ stage: name, state, key: null, reason: null, taken_over: false, figures: {} },
  ...{ seconds: null, peak_memory_bytes: null, bytes: null },
});
const planned = ['01-dataset', '02-embedding', '03-item-index'];
const done = planned.map((name) => stage(name, 'done'));
const run = (status: RunSummary['status'], stages: StageSummary[], recorded?: string) => ({
  ...{ status, planned, stages },
  record: recorded ? ({ status: recorded } as RunSummary['record']) : null,
});

test('a run that ended early, as asked, is told from one that was stopped, killed, or failed', (t) => {
  const early = [done[0], done[1], stage('03-item-index', 'missing')];
  t.is(standingOf(run('finished', early)), 'ended after embedding, as asked (--until)');
  const cut = [done[0], done[1], stage('03-item-index', 'unfinished')];
  t.is(standingOf(run('interrupted', cut, 'stopped')), 'was stopped in item-index and can go on');
  // Who is killed cannot record that it ends.
  t.is(standingOf(run('interrupted', cut, 'running')), 'was cut off in item-index and can go on');
  t.is(standingOf(run('failed', cut)), 'failed in item-index');
  t.is(standingOf(run('finished', done)), '');
});
