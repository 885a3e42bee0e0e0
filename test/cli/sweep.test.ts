import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { execa } from 'execa';
import { readEvents } from '../../orchestrator/runs/event-log.ts';
import { listRuns } from '../../orchestrator/runs/read-runs.ts';
import { type FixtureRuns, withRuns } from '../stages/with-run.ts';
import { typescriptLoader } from '../typescript-loader.ts';
import { waitUntil } from '../wait-until.ts';

const door = fileURLToPath(new URL('./fixture-sweep.ts', import.meta.url));

/** The command in a process of its own, on a sweep over the fixture's recipe. */
function start(runs: FixtureRuns, variants: string, settings: string[] = [], jobs = 2) {
  const file = join(runs.folder, 'sweep.yaml');
  writeFileSync(file, `base: own.yaml\nuntil: item-index\nvariants:\n${variants}`);
  return execa(process.execPath, [typescriptLoader, door, file, runs.runsFolder, ...settings], {
    reject: false,
    env: { JOBS: String(jobs) },
  });
}

const three = `  - {name: three}
  - {name: more, set: {decoding.num_beams: 4}}
  - {name: again, set: {evaluation.cutoffs: [2]}}
`;
const eventsOf = (runs: FixtureRuns, run: string) => readEvents(join(runs.runsFolder, run, 'events.jsonl'));
const figures = (runs: FixtureRuns) =>
  listRuns(runs.runsFolder)
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ name, stages }) => [name, stages[1]?.figures.sum]);

test.serial('stages that runs share are made once, and every run ends', async (t) => {
  const runs = withRuns(t);
  const { exitCode, stdout, stderr } = await start(runs, three);
  t.is(exitCode, 0, String(stderr));
  t.deepEqual(
    listRuns(runs.runsFolder).map(({ status }) => status),
    ['finished', 'finished', 'finished'],
  );
  const made = ['three', 'more', 'again']
    .flatMap((name) => eventsOf(runs, `sweep.${name}.s1`))
    .filter(({ type }) => type === 'stage-finished')
    .map(({ stage }) => stage);
  t.deepEqual(made.sort(), ['dataset', 'embedding', 'embedding', 'item-index', 'item-index', 'item-index']);
  t.regex(String(stdout), /sweep\.three\.s1/);
  const report = readFileSync(join(runs.runsFolder, 'sweeps/sweep/report.md'), 'utf8');
  t.regex(report, /\*\*more\*\* \| decoding\.num_beams = 4/);
  t.notRegex(report, /Not finished/);
});

test.serial('one job brings a run to its end before the next, so that there is a result early', async (t) => {
  const runs = withRuns(t);
  const { exitCode, stderr } = await start(runs, three, [], 1);
  t.is(exitCode, 0, String(stderr));
  const timesOf = (run: string) => eventsOf(runs, run).map(({ at }) => String(at));
  const [one, two] = ['sweep.three.s1', 'sweep.more.s1'].map(timesOf);
  t.true(one.at(-1)! <= two[0]);
});

test.serial('a sweep that is killed again and again goes on, and ends like an undisturbed one', async (t) => {
  const long = ['decoding.num_beams=150'];
  const variants = '  - {name: one}\n  - {name: two, set: {dataset.k_core: 2}}\n';
  const runs = withRuns(t);
  for (const moment of [1, 20, 40]) {
    const killed = start(runs, variants, long);
    await waitUntil(
      () =>
        eventsOf(runs, 'sweep.one.s1').some(
          ({ type, done }) => type === 'progress' && Number(done) >= moment,
        ),
      { during: killed },
    );
    killed.kill('SIGKILL');
    await killed;
  }
  const last = await start(runs, variants, long);
  t.is(last.exitCode, 0, String(last.stderr));
  t.regex(String(last.stderr), /sweep\.one\.s1 {2}embedding resumes where it was interrupted/);
  const whole = withRuns(t);
  await start(whole, variants, long);
  t.deepEqual(figures(runs), figures(whole));
});

test.serial('Ctrl-C stops every run cleanly and says how to go on', async (t) => {
  const runs = withRuns(t);
  const stopped = start(runs, three, ['decoding.num_beams=200']);
  // With the same number of beams all share the stage, and any of them may be the one that makes it.
  const counts = (name: string) => eventsOf(runs, `sweep.${name}.s1`).some(({ type }) => type === 'progress');
  await waitUntil(() => ['three', 'more', 'again'].some(counts), { during: stopped });
  stopped.kill('SIGINT');
  const { exitCode, stderr } = await stopped;
  t.is(exitCode, 130, String(stderr));
  t.regex(
    String(stderr),
    /Go on with:\n {2}npx eager-llm sweep \S+sweep\.yaml --set decoding\.num_beams=200 --jobs 2/,
  );
  t.true(listRuns(runs.runsFolder).every(({ status }) => status === 'interrupted'));
});

test.serial('a run that fails is named and does not stop the others', async (t) => {
  const runs = withRuns(t);
  const { exitCode, stderr } = await start(
    runs,
    '  - {name: fine}\n  - {name: user-error}\n  - {name: late, set: {decoding.num_beams: 5}}\n',
  );
  t.is(exitCode, 1, String(stderr));
  t.regex(
    String(stderr),
    /✘ sweep\.user-error\.s1 failed\nerror fixture\/wrong\ndata\.csv:3: the data is wrong\n {2}→ Mend it\./,
  );
  t.regex(String(stderr), /1 of 3 runs failed: sweep\.user-error\.s1/);
  t.deepEqual(
    listRuns(runs.runsFolder)
      .map(({ name, status }) => [name, status])
      .sort(),
    [
      ['sweep.fine.s1', 'finished'],
      ['sweep.late.s1', 'finished'],
      ['sweep.user-error.s1', 'failed'],
    ],
  );
  t.regex(
    readFileSync(join(runs.runsFolder, 'sweeps/sweep/report.md'), 'utf8'),
    /Not finished: sweep\.user-error\.s1 \(failed\)/,
  );
});
