import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { execa, type Options } from 'execa';
import { readEvents } from '../../orchestrator/runs/event-log.ts';
import { listRuns, showRun } from '../../orchestrator/runs/read-runs.ts';
import { type FixtureRuns, withRuns } from '../stages/with-run.ts';
import { typescriptLoader } from '../typescript-loader.ts';
import { waitUntil } from '../wait-until.ts';

const door = fileURLToPath(new URL('./fixture-run.ts', import.meta.url));

/** The command in a process of its own, without a terminal. */
function start(runs: FixtureRuns, settings: string[] = [], options: Options = {}) {
  const args = [typescriptLoader, door, runs.recipe, runs.runsFolder, ...settings];
  return execa(process.execPath, args, { reject: false, ...options });
}

const count = ['decoding.num_beams=120'];

function progressOf(runs: FixtureRuns, atLeast: number, during: Promise<unknown>): Promise<void> {
  const file = join(runs.runsFolder, 'first/events.jsonl');
  return waitUntil(
    () => readEvents(file).some(({ type, done }) => type === 'progress' && Number(done) >= atLeast),
    { during },
  );
}

test.serial('SIGKILL again and again, then the same command, ends like an uninterrupted run', async (t) => {
  const runs = withRuns(t);
  for (const moment of [1, 15, 30, 45]) {
    const killed = start(runs, count);
    await progressOf(runs, moment, killed);
    killed.kill('SIGKILL');
    await killed;
    t.is(listRuns(runs.runsFolder)[0].status, 'interrupted');
  }
  const last = await start(runs, count);
  t.is(last.exitCode, 0, String(last.stderr));
  t.regex(String(last.stderr), /2\/3 embedding {2}resumes where it was interrupted/);
  const whole = withRuns(t);
  await start(whole, count);
  const figures = ({ runsFolder }: FixtureRuns) =>
    showRun(runsFolder, 'first').stages.map((stage) => stage.figures);
  t.deepEqual(figures(runs).slice(1), figures(whole).slice(1));
  const names = readdirSync(runs.runsFolder, { recursive: true }).map(String);
  t.deepEqual(
    names.filter((name) => /tmp|stale|worker|lock|in-progress/.test(name)),
    [],
  );
});

test.serial('Ctrl-C stops cleanly, exits with 130 and says how to go on', async (t) => {
  const runs = withRuns(t);
  const stopped = start(runs, count);
  await progressOf(runs, 5, stopped);
  stopped.kill('SIGINT');
  const { exitCode, stderr } = await stopped;
  t.is(exitCode, 130);
  t.regex(
    String(stderr),
    /Go on with:\n {2}npx eager-llm run \S+own\.yaml --set decoding\.num_beams=120 --run first/,
  );
  t.is(showRun(runs.runsFolder, 'first').status, 'interrupted');
});

test.serial('progress goes to stderr in plain lines, results to stdout', async (t) => {
  const runs = withRuns(t);
  const first = await start(runs);
  t.is(first.exitCode, 0);
  t.regex(
    String(first.stderr),
    /> 1\/3 dataset {4}starts\n {4}hello from the child\n✔ 1\/3 dataset {4}done in .*seed 1/,
  );
  t.notRegex(String(first.stderr), /\x1b/);
  t.regex(String(first.stdout), /embedding +sum +\d[\s\S]*The run is in .*runs\/first/);
  t.notRegex(String(first.stdout), /a library that talks/);
  const second = await start(runs);
  t.is(String(second.stderr).match(/= \d\/3 .* reused/g)?.length, 3);
});

test.serial('a mistake ends with 1 and no stack, a bug with 70 and its stack', async (t) => {
  const runs = withRuns(t);
  const mistake = await start(runs, ['name=user-error']);
  t.is(mistake.exitCode, 1);
  t.regex(String(mistake.stderr), /error fixture\/wrong\ndata\.csv:3: the data is wrong\n {2}→ Mend it\./);
  t.notRegex(String(mistake.stderr), /^\s+at /m);
  t.is(showRun(runs.runsFolder, 'first').status, 'failed');
  const bug = await start(runs, ['name=bug']);
  t.is(bug.exitCode, 70);
  t.regex(String(bug.stderr), /undefined is not a fish[\s\S]*^\s+at .*fixture-stages/m);
});

test.serial('a second process is kept out of a run that is at work', async (t) => {
  const runs = withRuns(t);
  // Long enough for any machine; it is stopped when the second one was turned away.
  const long = ['decoding.num_beams=900'];
  const first = start(runs, long);
  await progressOf(runs, 1, first);
  const second = await start(runs, long);
  t.is(second.exitCode, 1);
  t.regex(String(second.stderr), /another process \(\d+\) is working on this run[\s\S]*--run NAME/);
  first.kill('SIGINT');
  t.is((await first).exitCode, 130);
});

test.serial('run.json tells versions, device, seed and recipe', async (t) => {
  const runs = withRuns(t);
  await start(runs);
  const record = JSON.parse(readFileSync(join(runs.runsFolder, 'first/run.json'), 'utf8'));
  t.like(record, { schema_version: 1, name: 'first', status: 'finished', seed: 1, recipe_file: runs.recipe });
  t.is(record.versions.node, process.versions.node);
  t.regex(record.versions['onnxruntime-node'], /^\d/);
  t.true(record.device.cores > 0);
  t.regex(readFileSync(join(runs.runsFolder, 'first/recipe.yaml'), 'utf8'), /k_core: 5/);
});
