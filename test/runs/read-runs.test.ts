import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { describeFailure, describeStanding } from '../../orchestrator/cli/format/describe-standing.ts';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { claimRun } from '../../orchestrator/runs/claim-run.ts';
import { writeManifest } from '../../orchestrator/runs/manifest.ts';
import { compareRuns, listRuns, showRun } from '../../orchestrator/runs/read-runs.ts';
import { resumeLine } from '../../orchestrator/runs/resume-line.ts';
import { prepareStageFolder } from '../../orchestrator/runs/stage-folder.ts';
import { reportedRuns, runsOfSweep } from '../../orchestrator/runs/sweep-reports.ts';
import { openWholeStages } from '../../orchestrator/runs/whole-stages.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { smallRecipe, withRecipes } from '../recipe/with-recipes.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const recall = { stage: 'evaluation', inputs: {}, seconds: 2, peak_memory_bytes: 5 };

/** Two finished runs and one that was killed. */
async function makeRuns(t: ExecutionContext): Promise<string> {
  const at = withRecipes(t, { 'own.yaml': smallRecipe });
  const runsFolder = temporaryFolder(t);
  for (const [seed, name] of ['first', 'second', 'third'].entries()) {
    const run = claimRun(runsFolder, name, resolveRecipe(at('own.yaml'), { set: [`seed=${seed}`] }));
    const key = `key ${seed}`;
    const stageFolder = '07-evaluation';
    prepareStageFolder({ runsFolder, runFolder: run.folder, stageFolder, key, onWarning: t.log });
    if (name === 'third') {
      run.log.close();
      rmSync(join(run.folder, 'lock.json'));
    } else {
      await writeManifest(join(run.folder, stageFolder), {
        ...recall,
        key,
        figures: { 'recall@10': seed / 10 },
      });
      run.close('finished');
    }
  }
  return runsFolder;
}

test('runs are listed, the latest first, and a killed one is called interrupted', async (t) => {
  const runs = listRuns(await makeRuns(t));
  t.deepEqual(
    runs.map(({ name, status, stages }) => [name, status, stages[0].state]),
    [
      ['third', 'interrupted', 'unfinished'],
      ['second', 'finished', 'done'],
      ['first', 'finished', 'done'],
    ],
  );
  t.deepEqual(listRuns(join(runs[0].folder, 'nowhere')), []);
});

test('a killed run was last worked on when it last said something', async (t) => {
  const runsFolder = await makeRuns(t);
  const { record, worked_at } = showRun(runsFolder, 'third');
  t.is(worked_at, record!.updated_at);
  const events = join(runsFolder, 'third', 'events.jsonl');
  const at = '2099-01-01T00:00:00.000Z';
  // The last line was cut off by the kill.
  appendFileSync(events, `{"at":"${at}","type":"progress","stage":"training"}\n{"at":"2100-`);
  t.is(showRun(runsFolder, 'third').worked_at, at);
  appendFileSync(join(runsFolder, 'first', 'events.jsonl'), '{"at":"2101-01-01T00:00:00.000Z"}\n');
  t.is(listRuns(runsFolder)[0].name, 'first');
});

test('finished, failed, interrupted and running are told apart by what is on disk', (t) => {
  const at = withRecipes(t, { 'own.yaml': smallRecipe });
  const runsFolder = temporaryFolder(t);
  const open = (name: string) => claimRun(runsFolder, name, resolveRecipe(at('own.yaml'), { set: [] }));
  for (const end of ['finished', 'failed', 'stopped'] as const) open(end).close(end);
  const running = open('running');
  const killed = open('killed');
  killed.log.close();
  // As a process leaves it that was killed: the file is there, and nobody holds it.
  const left = readFileSync(join(killed.folder, 'lock.json'));
  rmSync(join(killed.folder, 'lock.json'));
  writeFileSync(join(killed.folder, 'lock.json'), left);
  const states = Object.fromEntries(listRuns(runsFolder).map(({ name, status }) => [name, status]));
  t.deepEqual(states, {
    finished: 'finished',
    failed: 'failed',
    stopped: 'interrupted',
    killed: 'interrupted',
    running: 'running',
  });
  running.close('finished');
  t.is(showRun(runsFolder, 'running').status, 'finished');
});

test('a run that failed says in which stage, why, after how long, and which setting the remedy speaks of', (t) => {
  const runsFolder = temporaryFolder(t);
  const file = withRecipes(t, { 'own.yaml': smallRecipe })('own.yaml');
  const run = claimRun(runsFolder, 'own', resolveRecipe(file, { set: ['dataset.k_core=900'] }));
  const failed = { message: 'the 900-core is empty', remedy: 'Lower k_core (0 keeps all).' };
  const events = [
    { at: '2026-03-01T10:00:00.000Z', stage: 'dataset', type: 'stage-started', resumed: false },
    { at: '2026-03-01T10:00:02.500Z', stage: 'dataset', type: 'stage-failed', ...failed },
  ];
  appendFileSync(
    join(run.folder, 'events.jsonl'),
    events.map((event) => `${JSON.stringify(event)}\n`).join(''),
  );
  run.close('failed');
  const shown = showRun(runsFolder, 'own');
  t.deepEqual(shown.failure, {
    ...{ stage: 'dataset', ...failed, place: null, seconds: 2.5 },
    settings: [{ path: 'dataset.k_core', value: 900 }],
  });
  // What is pasted as it is does not fail in the same way once more: it is refused.
  const line = resumeLine(shown.folder, { set: shown.failure!.settings });
  t.true(line.endsWith(' --set dataset.k_core=…'), line);
  for (const gap of ['dataset.k_core=…', 'title=…'])
    t.throws(() => resolveRecipe(file, { set: [gap] }), { message: /has … where its value has to stand/ });
  t.is(describeStanding(shown), 'failed in dataset: the 900-core is empty');
  t.regex(
    describeFailure(shown)!,
    /^dataset failed after 2\.5s: .*\n {2}→ Lower .* Now dataset\.k_core is 900\.\n/,
  );
});

test('a stage that was there before the run is taken over, its time is none of the run’s', async (t) => {
  const runsFolder = await makeRuns(t);
  t.false(showRun(runsFolder, 'first').stages[0].taken_over);
  const record = join(runsFolder, 'first', 'run.json');
  const later = { ...JSON.parse(readFileSync(record, 'utf8')), created_at: '2099-01-01T00:00:00.000Z' };
  writeFileSync(record, JSON.stringify(later));
  t.true(showRun(runsFolder, 'first').stages[0].taken_over);
});

test('a run belongs to the sweep with the longest name before its variant and seed', (t) => {
  const at = withRecipes(t, { 'own.yaml': smallRecipe });
  const runsFolder = temporaryFolder(t);
  for (const name of ['own.wide.s1', 'own.wide.deep.s1', 'own', 'other.wide.s1'])
    claimRun(runsFolder, name, resolveRecipe(at('own.yaml'), { set: [] })).close('finished');
  mkdirSync(join(runsFolder, 'own.gone.s1'));
  t.deepEqual(runsOfSweep(runsFolder, 'own').sort(), ['own.wide.deep.s1', 'own.wide.s1']);
  mkdirSync(join(runsFolder, 'sweeps', 'own.wide'), { recursive: true });
  writeFileSync(join(runsFolder, 'sweeps', 'own.wide', 'report.html'), '');
  t.deepEqual(runsOfSweep(runsFolder, 'own'), ['own.wide.s1']);
});

test('a report that cannot be read names no runs, and gets in the way of nothing', (t) => {
  const runsFolder = temporaryFolder(t);
  const folder = join(runsFolder, 'sweeps', 'own');
  mkdirSync(folder, { recursive: true });
  const runsIn = (text: string) => {
    writeFileSync(join(folder, 'report.json'), text);
    return reportedRuns(runsFolder, 'own');
  };
  t.deepEqual(runsIn('{"runs": [{"run": "own.wide.s1"}]}'), ['own.wide.s1']);
  t.is(runsIn('{"runs": [{"run": "own.w'), null);
  t.is(runsIn('{"runs": 3}'), null);
});

test('a run that does not exist is an error that names those that do', async (t) => {
  const runsFolder = await makeRuns(t);
  const error = t.throws(() => showRun(runsFolder, 'fist'), { instanceOf: UserError });
  t.is(error.code, 'runs/unknown');
  t.regex(error.remedy ?? '', /first/);
  t.throws(() => showRun(runsFolder, '../first'), { instanceOf: UserError });
});

test('a damaged record or manifest is shown as such', async (t) => {
  const runsFolder = await makeRuns(t);
  writeFileSync(join(runsFolder, 'first/run.json'), '{"schema_version": 9}');
  writeFileSync(join(runsFolder, 'second/07-evaluation/manifest.json'), 'x');
  t.is(showRun(runsFolder, 'first').status, 'damaged');
  t.is(showRun(runsFolder, 'second').stages[0].state, 'damaged');
});

test('a comparison shows the settings that differ and all figures', async (t) => {
  const runsFolder = await makeRuns(t);
  const { settings, figures } = compareRuns(runsFolder, ['first', 'second', 'third']);
  t.deepEqual(settings, [{ path: 'seed', values: [0, 1, 2] }]);
  t.deepEqual(figures, [{ name: '07-evaluation recall@10', values: [0, 0.1, undefined] }]);
});

test('what only a later run sets stands with the rest of its section', (t) => {
  const second = '    - { name: annealing, tuning: lora, tasks: { sequential-recommendation: 1 } }\n';
  const at = withRecipes(t, { 'one.yaml': smallRecipe, 'two.yaml': `${smallRecipe}${second}` });
  const runsFolder = temporaryFolder(t);
  for (const [beams, name] of ['one', 'two'].entries()) {
    const set = [`decoding.num_beams=${10 + beams}`];
    claimRun(runsFolder, name, resolveRecipe(at(`${name}.yaml`), { set })).close('finished');
  }
  const sections = compareRuns(runsFolder, ['one', 'two']).settings.map(({ path }) => path.split('.')[0]);
  const changes = sections.filter((section, place) => section !== sections[place - 1]);
  t.true(changes.indexOf('training') < changes.indexOf('decoding'));
  t.deepEqual(changes, [...new Set(changes)]);
});

// The rights of files bind everybody but root, whom a test that runs as root gives up for a moment.
const asAnother = <T>(work: () => T): T => {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
};

test.serial('what may not be looked into is neither missing nor unfinished', async (t) => {
  const runsFolder = await makeRuns(t);
  for (const folder of [runsFolder, join(runsFolder, 'first')]) chmodSync(folder, 0o755);
  const closed = join(runsFolder, 'first', '07-evaluation');
  const refused = (work: () => unknown) =>
    t.throws(() => asAnother(work), { message: /permission denied.*07-evaluation/ });
  chmodSync(closed, 0o000);
  refused(() => showRun(runsFolder, 'first'));
  refused(() => openWholeStages(join(runsFolder, 'first'), ['07-evaluation']));
  const listed = asAnother(() => listRuns(runsFolder)).map(({ name, status }) => `${name} ${status}`);
  t.deepEqual(listed.sort(), ['first damaged', 'second finished', 'third interrupted']);
  chmodSync(closed, 0o755);
  t.is(asAnother(() => showRun(runsFolder, 'first')).stages[0].state, 'done');
});
