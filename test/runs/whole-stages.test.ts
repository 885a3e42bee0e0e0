import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { showRun } from '../../orchestrator/runs/read-runs.ts';
import { readStandings } from '../../orchestrator/runs/read-standings.ts';
import { openWholeStages } from '../../orchestrator/runs/whole-stages.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import type { StageEvent } from '../../orchestrator/stages/stage-event.ts';
import { type FixtureRuns, withRuns } from '../stages/with-run.ts';
import { flipBit } from './flip-bit.ts';

const all = ['01-dataset', '02-embedding', '03-item-index'];

const statesOf = ({ runsFolder }: FixtureRuns, name = 'first') =>
  readStandings(join(runsFolder, name)).map(({ state }) => state);

/** A run that cannot answer is changed in place: there is nothing to keep beside. */
function lose({ runsFolder }: FixtureRuns, stage: string): void {
  rmSync(join(runsFolder, 'first', stage), { recursive: true });
}

const open = ({ runsFolder }: FixtureRuns) => openWholeStages(join(runsFolder, 'first'), all);

test.serial('a run that came to its end can be opened, and what it reads is as it was written', async (t) => {
  const runs = withRuns(t);
  await runs.start();
  t.deepEqual(statesOf(runs), ['done', 'done', 'done']);
  const stages = open(runs);
  t.is(stages.folderOf('02-embedding'), join(runs.runsFolder, 'first/02-embedding'));
  for (const stage of all) await t.notThrowsAsync(stages.verify(stage));
});

test.serial(
  'stages behind one that was made anew are stale, and opening says so and what mends it',
  async (t) => {
    const runs = withRuns(t);
    await runs.start();
    lose(runs, '01-dataset');
    await runs.start(['decoding.num_beams=4'], { until: 'embedding' });
    t.deepEqual(statesOf(runs), ['done', 'done', 'stale']);
    const { code, message, remedy } = t.throws(() => open(runs), { instanceOf: UserError });
    t.is(code, 'runs/stages-apart');
    t.regex(message, /03-item-index \(it was made from another embedding than the run has now\)/);
    t.regex(remedy ?? '', /eager-llm run .*first.recipe\.yaml --run first --runs-dir /);
    t.notThrows(() => openWholeStages(join(runs.runsFolder, 'first'), ['01-dataset', '02-embedding']));
    const [, , stale] = showRun(runs.runsFolder, 'first').stages;
    t.like(stale, { stage: '03-item-index', state: 'stale', figures: {} });
    await runs.start(['decoding.num_beams=4']);
    t.deepEqual(statesOf(runs), ['done', 'done', 'done']);
  },
);

test.serial('settings of a later stage that changed make it stale before it begins anew', async (t) => {
  const runs = withRuns(t);
  await runs.start();
  lose(runs, '01-dataset');
  await runs.start(['decoding.num_beams=4'], { until: 'dataset' });
  t.deepEqual(statesOf(runs), ['done', 'stale', 'stale']);
  // Going back makes them fit again: nothing was touched.
  const results = await runs.start();
  t.true(results.every(({ reused }) => reused));
  t.deepEqual(statesOf(runs), ['done', 'done', 'done']);
});

test.serial('a run that was begun anew and stopped at once is stale', async (t) => {
  const runs = withRuns(t);
  await runs.start();
  lose(runs, '03-item-index');
  await t.throwsAsync(runs.start(['seed=2'], { stop: AbortSignal.abort() }));
  t.deepEqual(statesOf(runs), ['stale', 'stale', 'missing']);
});

test.serial('a run that was begun anew with data that cannot be read is stale', async (t) => {
  const runs = withRuns(t);
  await runs.start();
  lose(runs, '03-item-index');
  mkdirSync(join(runs.folder, 'empty'));
  const other = `dataset.path=${join(runs.folder, 'empty')}`;
  await t.throwsAsync(runs.start([other]), { code: 'runs/unreadable-input' });
  t.deepEqual(statesOf(runs), ['stale', 'stale', 'missing']);
});

test.serial('stages that are yet to be made are listed as missing', async (t) => {
  const runs = withRuns(t);
  await runs.start([], { until: 'dataset' });
  t.deepEqual(statesOf(runs), ['done', 'missing', 'missing']);
  const error = t.throws(() => open(runs), { instanceOf: UserError });
  t.is(error.code, 'serving/unfinished-run');
});

test.serial("another run's stage in place of the own one does not belong to the run", async (t) => {
  const runs = withRuns(t);
  await runs.start();
  await runs.start(['seed=2'], { name: 'second' });
  const place = (run: string) => join(runs.runsFolder, run, '02-embedding');
  rmSync(place('first'), { recursive: true });
  cpSync(place('second'), place('first'), { recursive: true });
  t.deepEqual(statesOf(runs), ['done', 'stale', 'stale']);
});

interface Damaging {
  damage: (folder: string, runs: FixtureRuns) => void;
  says: RegExp;
  /** It shows by names and sizes. */
  visible: boolean;
}

const sum = 'parts/sum.txt';

const damages: Record<string, Damaging> = {
  'one flipped bit': {
    damage: (folder) => flipBit(join(folder, sum)),
    says: /parts\/sum\.txt holds other bytes/,
    visible: false,
  },
  'a file cut short': {
    damage: (folder) => truncateSync(join(folder, sum), 1),
    says: /parts\/sum\.txt has 1 bytes instead of \d/,
    visible: true,
  },
  'a missing file': {
    damage: (folder) => rmSync(join(folder, sum)),
    says: /parts\/sum\.txt is missing/,
    visible: true,
  },
  'a file too many': {
    damage: (folder) => writeFileSync(join(folder, 'parts/model.safetensors'), 'x'),
    says: /parts\/model\.safetensors is no file of this stage/,
    visible: true,
  },
  'two files swapped': {
    damage: (folder) => {
      renameSync(join(folder, sum), join(folder, 'kept'));
      renameSync(join(folder, 'checkpoint.json'), join(folder, sum));
      renameSync(join(folder, 'kept'), join(folder, 'checkpoint.json'));
    },
    says: /checkpoint\.json has/,
    visible: true,
  },
  "another run's file": {
    damage: (folder, runs) =>
      cpSync(join(runs.runsFolder, 'second/02-embedding', sum), join(folder, sum), { force: true }),
    says: /parts\/sum\.txt ha|parts\/sum\.txt holds/,
    visible: false,
  },
  "a figure of the manifest's": {
    damage: (folder) => {
      const file = join(folder, 'manifest.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace(/"sum": \d/, '"sum": 9999'));
    },
    says: /manifest\.json is not as it was written/,
    visible: true,
  },
};

const isNoticed = test.macro(async (t: ExecutionContext, { damage, says, visible }: Damaging) => {
  const runs = withRuns(t);
  await runs.start();
  await runs.start(['seed=2', 'name=other'], { name: 'second' });
  const folder = join(runs.runsFolder, 'first/02-embedding');
  const before = readFileSync(join(folder, sum), 'utf8');
  damage(folder, runs);
  const error = await t.throwsAsync(async () => open(runs).verify('02-embedding'), { instanceOf: UserError });
  t.like(error, { code: 'runs/damaged' });
  t.regex(String((error as UserError).place), /first.02-embedding/);
  t.regex((error as UserError).remedy ?? '', /rebuilds it/);
  if (visible) t.is(statesOf(runs)[1], 'damaged');

  const events: StageEvent[] = [];
  const results = await runs.start([], {}, events);
  t.deepEqual(
    results.map(({ reused }) => reused),
    [true, false, true],
  );
  const said = events.flatMap((event) => (event.type === 'warning' ? [event.text] : []));
  t.regex(said.join('\n'), says);
  t.regex(said.join('\n'), /rebuilt/);
  t.is(readFileSync(join(folder, sum), 'utf8'), before);
  await t.notThrowsAsync(open(runs).verify('02-embedding'));
});

for (const [title, damaging] of Object.entries(damages))
  test.serial(`${title} is noticed when the run is opened, and the stage is made anew`, isNoticed, damaging);

test.serial('a damaged stage of another run is not borrowed', async (t) => {
  const runs = withRuns(t);
  await runs.start();
  flipBit(join(runs.runsFolder, 'first/02-embedding', sum));
  const results = await runs.start(['name=other'], { name: 'second' });
  t.deepEqual(
    results.map(({ reused }) => reused),
    [true, false, false],
  );
});

test.serial('a file that changes while its stage works makes no result', async (t) => {
  const runs = withRuns(t);
  const events: StageEvent[] = [];
  const onEvent = (event: StageEvent) => {
    events.push(event);
    if (event.type === 'stage-started' && event.stage === 'dataset') writeFileSync(runs.data, 'a b c d\n');
  };
  await t.throwsAsync(runs.start([], { onEvent }), { code: 'runs/input-changed' });
  t.deepEqual((await runs.start())[0].reused, false);
});
