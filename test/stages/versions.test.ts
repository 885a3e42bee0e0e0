import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { execa } from 'execa';
import { currentFolder } from '../../orchestrator/runs/current-version.ts';
import { readEvents } from '../../orchestrator/runs/event-log.ts';
import { showRun } from '../../orchestrator/runs/read-runs.ts';
import type { StageEvent } from '../../orchestrator/stages/stage-event.ts';
import { typescriptLoader } from '../typescript-loader.ts';
import { waitUntil } from '../wait-until.ts';
import { withRuns } from './with-run.ts';

const door = fileURLToPath(new URL('../cli/fixture-run.ts', import.meta.url));

test.serial(
  'a version is killed and made to its end by the same command, while the older answers',
  async (t) => {
    const runs = withRuns(t);
    const current = () => currentFolder(runs.runsFolder, 'first');
    await runs.start();
    const longer = ['decoding.num_beams=60'];
    const command = [typescriptLoader, door, runs.recipe, runs.runsFolder, ...longer];
    const events = join(runs.runsFolder, 'first/versions/2/events.jsonl');
    const counted = (least: number) =>
      readEvents(events).some(({ type, done }) => type === 'progress' && Number(done) >= least);
    const killed = execa(process.execPath, command, { reject: false });
    await waitUntil(() => counted(5), { during: killed });
    t.like(showRun(runs.runsFolder, 'first'), {
      status: 'finished',
      under_way: { version: 2, status: 'running' },
    });
    killed.kill('SIGKILL');
    await killed;
    t.is(current(), join(runs.runsFolder, 'first'));
    t.like(showRun(runs.runsFolder, 'first'), { under_way: { version: 2, status: 'interrupted' } });

    const again = await execa(process.execPath, command, { reject: false });
    t.is(again.exitCode, 0, String(again.stderr));
    t.regex(String(again.stderr), /This is version 2 of first; until it is finished, version 1 answers\./);
    t.regex(String(again.stderr), /resumes where it was interrupted/);
    t.is(current(), join(runs.runsFolder, 'first/versions/2'));
    const whole = withRuns(t);
    await whole.start(longer);
    const sum = (folder: string) => readFileSync(join(folder, '02-embedding/parts/sum.txt'), 'utf8');
    t.is(sum(current()), sum(join(whole.runsFolder, 'first')));
  },
);

test.serial(
  'unchanged stages are taken from the version before, and a failing one changes nothing',
  async (t) => {
    const runs = withRuns(t);
    await runs.start();
    const events: StageEvent[] = [];
    await t.throwsAsync(runs.start(['name=user-error'], {}, events), { code: 'fixture/wrong' });
    t.like(events[1], { stage: 'embedding', type: 'stage-reused', borrowed_from: 'first' });
    const failed = {
      type: 'stage-failed',
      message: 'the data is wrong',
      place: 'data.csv:3',
      remedy: 'Mend it.',
    };
    t.like(events.at(-1), failed);
    t.is(currentFolder(runs.runsFolder, 'first'), join(runs.runsFolder, 'first'));
    t.like(showRun(runs.runsFolder, 'first'), { status: 'finished', under_way: { status: 'failed' } });
    t.true(showRun(runs.runsFolder, 'first').stages.every(({ state }) => state === 'done'));
  },
);

test.serial('data that change after the run has begun do not replace what answers', async (t) => {
  const runs = withRuns(t);
  await runs.start();
  const onOpen = () => writeFileSync(runs.data, 'a b c d\n');
  await t.throwsAsync(runs.start([], { onOpen }), {
    code: 'runs/input-changed',
    message: /when the run began/,
  });
  t.true(showRun(runs.runsFolder, 'first').stages.every(({ state }) => state === 'done'));
  const results = await runs.start();
  t.true(results.every(({ reused }) => !reused));
  t.is(currentFolder(runs.runsFolder, 'first'), join(runs.runsFolder, 'first/versions/2'));
});
