import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import { StageCrash, StageStopped } from '../../orchestrator/process/outcomes.ts';
import { readEvents } from '../../orchestrator/runs/event-log.ts';
import { readManifest } from '../../orchestrator/runs/manifest.ts';
import { showRun } from '../../orchestrator/runs/read-runs.ts';
import { ownSeconds } from '../../orchestrator/runs/standing.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import type { StageEvent } from '../../orchestrator/stages/stage-event.ts';
import { waitUntil } from '../wait-until.ts';
import { withRuns } from './with-run.ts';

const types = (events: StageEvent[]) =>
  events.filter(({ type }) => type.startsWith('stage-')).map(({ stage, type }) => `${stage} ${type}`);

test.serial('stages run in their order, each in a process of its own, and leave manifests', async (t) => {
  const runs = withRuns(t);
  const events: StageEvent[] = [];
  const results = await runs.start([], {}, events);
  t.deepEqual(
    results.map(({ stage, reused }) => [stage, reused]),
    [
      ['dataset', false],
      ['embedding', false],
      ['item-index', false],
    ],
  );
  t.not(results[0].figures.pid, process.pid);
  t.is(results[0].figures.broken, 'NaN');
  const manifest = readManifest(join(runs.runsFolder, 'first/02-embedding'));
  t.deepEqual(
    manifest?.files.map(({ path }) => path),
    ['checkpoint.json', 'parts/sum.txt'],
  );
  t.is(manifest?.inputs.dataset, results[0].key);
  t.true(manifest!.peak_memory_bytes > 10_000_000);
  t.false(existsSync(join(runs.runsFolder, 'first/02-embedding/in-progress.json')));
  t.true(
    events.some((event) => event.type === 'progress' && event.done === 3 && event.stage === 'embedding'),
  );
  const kept = readEvents(join(runs.runsFolder, 'first/events.jsonl'));
  t.deepEqual(
    kept.map(({ at, ...event }) => event),
    JSON.parse(JSON.stringify(events)),
  );
});

test.serial('finished stages are reused, and only what a change touches runs again', async (t) => {
  const runs = withRuns(t);
  await runs.start();
  const again: StageEvent[] = [];
  await runs.start([], {}, again);
  t.deepEqual(types(again), ['dataset stage-reused', 'embedding stage-reused', 'item-index stage-reused']);
  const changed: StageEvent[] = [];
  await runs.start(['decoding.num_beams=4'], {}, changed);
  t.deepEqual(types(changed), [
    'dataset stage-reused',
    'embedding stage-started',
    'embedding stage-finished',
    'item-index stage-started',
    'item-index stage-finished',
  ]);
});

test.serial('a change of the data makes its stage and the later ones run again', async (t) => {
  const runs = withRuns(t);
  await runs.start();
  writeFileSync(runs.data, 'a b c d\n');
  const events: StageEvent[] = [];
  const results = await runs.start([], {}, events);
  t.deepEqual(
    results.map(({ reused }) => reused),
    [false, false, false],
  );
});

test.serial('another run with the same stages takes them over by hard links', async (t) => {
  const runs = withRuns(t);
  await runs.start();
  const events: StageEvent[] = [];
  await runs.start(['name=other'], { name: 'second' }, events);
  t.like(events[0], { type: 'stage-reused', borrowed_from: 'first' });
  t.like(events[1], { type: 'stage-reused', borrowed_from: 'first' });
  const inode = (run: string) => statSync(join(runs.runsFolder, run, '02-embedding/parts/sum.txt')).ino;
  t.is(inode('first'), inode('second'));
  t.true(readManifest(join(runs.runsFolder, 'second/02-embedding'))?.borrowed);
  t.falsy(readManifest(join(runs.runsFolder, 'first/02-embedding'))?.borrowed);
  // However late the lender finished: its time is none of this run's.
  const { stages, failure } = showRun(runs.runsFolder, 'second');
  t.true(stages[1].taken_over);
  t.is(ownSeconds({ stages: stages.slice(0, 2), failure }), 0);
});

test.serial('a finished stage with a missing file is made anew, and says so', async (t) => {
  const runs = withRuns(t);
  await runs.start();
  rmSync(join(runs.runsFolder, 'first/02-embedding/parts/sum.txt'));
  const events: StageEvent[] = [];
  await runs.start([], {}, events);
  t.regex(JSON.stringify(events), /is damaged \(parts\/sum.txt is missing\) and is rebuilt/);
  t.true(existsSync(join(runs.runsFolder, 'first/02-embedding/parts/sum.txt')));
});

test.serial('a damaged manifest is no result', async (t) => {
  const runs = withRuns(t);
  await runs.start();
  writeFileSync(join(runs.runsFolder, 'first/02-embedding/manifest.json'), '{"schema_version": 1, "stage"');
  const events: StageEvent[] = [];
  await runs.start([], {}, events);
  t.regex(JSON.stringify(events), /is not valid JSON/);
  t.true(types(events).includes('embedding stage-finished'));
});

test.serial('until stops after a stage, from makes a stage and the later ones anew', async (t) => {
  const runs = withRuns(t);
  t.is((await runs.start([], { until: 'embedding' })).length, 2);
  const results = await runs.start([], { from: 'embedding' });
  t.deepEqual(
    results.map(({ reused }) => reused),
    [true, false, false],
  );
});

test.serial('a graceful stop keeps the checkpoint, and the same command goes on from it', async (t) => {
  const runs = withRuns(t);
  const stop = new AbortController();
  const events: StageEvent[] = [];
  const count = ['decoding.num_beams=50'];
  const counting = runs.start(count, { stop: stop.signal }, events);
  await waitUntil(() => events.some((event) => event.type === 'progress'), { during: counting });
  stop.abort();
  await t.throwsAsync(counting, { instanceOf: StageStopped });
  t.is(types(events).at(-1), 'embedding stage-stopped');
  const later: StageEvent[] = [];
  const results = await runs.start(count, {}, later);
  t.regex(JSON.stringify(later), /goes on at \d+/);
  t.true(later.some((event) => event.type === 'stage-started' && event.resumed));
  const whole = withRuns(t);
  t.is(results[1].figures.sum, (await whole.start(count))[1].figures.sum);
});

test.serial('a stage that does not listen is killed', async (t) => {
  const runs = withRuns(t);
  const kill = new AbortController();
  const events: StageEvent[] = [];
  const waiting = runs.start(['name=deaf'], { kill: kill.signal }, events);
  await waitUntil(() => types(events).includes('item-index stage-started'), { during: waiting });
  await sleep(200);
  kill.abort();
  await t.throwsAsync(waiting, { instanceOf: StageStopped });
});

test.serial("a stage's user error arrives whole", async (t) => {
  const error = await t.throwsAsync(withRuns(t).start(['name=user-error']), { instanceOf: UserError });
  t.like(error, {
    code: 'fixture/wrong',
    message: 'the data is wrong',
    place: 'data.csv:3',
    remedy: 'Mend it.',
  });
});

test.serial("a stage's bug arrives with the child's stack and cause", async (t) => {
  const error = await t.throwsAsync(withRuns(t).start(['name=bug']), { instanceOf: StageCrash });
  t.regex(error.message, /item-index crashed: undefined is not a fish/);
  t.regex(error.stack ?? '', /fixture-stages\.ts[\s\S]*a deeper reason/);
});

test.serial('a process that ends without a result is reported with its last words', async (t) => {
  const error = await t.throwsAsync(withRuns(t).start(['name=exit']), { instanceOf: StageCrash });
  t.regex(error.message, /ended with code 3 and no result\nIts last words:\nlast words of the child/);
});

test.serial('a process killed by the system is explained', async (t) => {
  const error = await t.throwsAsync(withRuns(t).start(['name=killed']), { instanceOf: UserError });
  t.is(error.code, 'process/killed');
  t.regex(error.remedy ?? '', /out of memory/);
});

test.serial('a full heap is explained', async (t) => {
  const error = await t.throwsAsync(withRuns(t).start(['name=out-of-memory']), { instanceOf: UserError });
  t.is(error.code, 'process/out-of-memory');
  t.regex(error.remedy ?? '', /micro_batch_tokens/);
});
