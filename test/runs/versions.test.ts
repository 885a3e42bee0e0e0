import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { currentFolder, readCurrent } from '../../orchestrator/runs/current-version.ts';
import { listVersions } from '../../orchestrator/runs/list-versions.ts';
import { listRuns, showRun } from '../../orchestrator/runs/read-runs.ts';
import { resumeLine } from '../../orchestrator/runs/resume-line.ts';
import { rollBack } from '../../orchestrator/runs/roll-back.ts';
import { recordOpening } from '../../orchestrator/runs/test-openings.ts';
import { readRunRecipe } from '../../orchestrator/serving/run-recipe.ts';
import { kill, type MadeRuns, withMadeRuns } from './made-run.ts';

const monday = { dataset: 'week 1', training: 'model 1', evaluation: 'figures 1' };
const tuesday = { dataset: 'week 1', training: 'model 2', evaluation: 'figures 2' };
const wednesday = { dataset: 'week 2', training: 'model 3', evaluation: 'figures 3' };

/** What the model says that a name stands for. */
const answer = ({ runsFolder }: MadeRuns, name = 'shop') =>
  readFileSync(join(currentFolder(runsFolder, name), '06-training/made.txt'), 'utf8');

const root = ({ runsFolder }: MadeRuns) => join(runsFolder, 'shop');

test('a run that is made anew gets a version beside the one that answers, and then that answers', async (t) => {
  const runs = withMadeRuns(t);
  t.deepEqual(await runs.make(monday), { version: 1, made: ['dataset', 'training', 'evaluation'] });
  t.false(existsSync(join(root(runs), 'current.json')), 'a run with one version is as it always was');

  const run = runs.open(tuesday);
  t.like(run, { version: 2, answering: 1, folder: join(root(runs), 'versions/2') });
  t.is(answer(runs), 'model 1');
  kill(run);
  t.deepEqual(await runs.make(tuesday), { version: 2, made: ['training', 'evaluation'] });
  t.is(answer(runs), 'model 2');
  t.is(answer(runs, 'shop@1'), 'model 1');
  const inode = (folder: string) => statSync(join(folder, '01-dataset/made.txt')).ino;
  t.is(inode(root(runs)), inode(join(root(runs), 'versions/2')), 'what did not change takes no space');
});

test('a version that failed, was killed or goes only part of the way leaves the one that answers', async (t) => {
  const runs = withMadeRuns(t);
  await runs.make(monday);
  await runs.make(tuesday, { until: 'dataset' });
  t.is(answer(runs), 'model 1');
  t.like(showRun(runs.runsFolder, 'shop'), { version: 1, under_way: { version: 2, status: 'finished' } });
  await runs.make(tuesday, { end: 'failed' });
  t.is(answer(runs), 'model 1');
  t.like(showRun(runs.runsFolder, 'shop'), { status: 'finished', under_way: { status: 'failed' } });
  t.true(showRun(runs.runsFolder, 'shop').stages.every(({ state }) => state === 'done'));
  // Killed after its last stage, before the pointer moved: the same command has nothing left to make.
  t.is((await runs.make(tuesday, { end: 'killed' })).version, 2);
  t.is(showRun(runs.runsFolder, 'shop').under_way?.status, 'interrupted');
  t.deepEqual(await runs.make(tuesday), { version: 2, made: [] });
  t.is(answer(runs), 'model 2');
  // Killed in a later pass that had nothing to make: what answers is as finished as before.
  await runs.make(tuesday, { end: 'killed' });
  t.like(showRun(runs.runsFolder, 'shop'), { version: 2, status: 'finished', under_way: null });
});

test('without an evaluation asked for, a version answers once it is trained', async (t) => {
  const runs = withMadeRuns(t);
  await runs.make(monday);
  await runs.make(tuesday, { until: 'training' });
  t.is(answer(runs), 'model 2');
  t.deepEqual(await runs.make(tuesday), { version: 2, made: ['evaluation'] });
});

test('the same recipe makes no version, nor does another evaluation of the same model', async (t) => {
  const runs = withMadeRuns(t);
  await runs.make(monday);
  t.deepEqual(await runs.make(monday), { version: 1, made: [] });
  t.deepEqual(await runs.make({ ...monday, evaluation: 'wider beams' }), {
    version: 1,
    made: ['evaluation'],
  });
  t.false(existsSync(join(root(runs), 'versions')));
});

test('a model that is trained again with the same recipe is another version, which a kill does not end', async (t) => {
  const runs = withMadeRuns(t);
  await runs.make(monday);
  const begun = runs.open(monday, { from: 'training' });
  t.is(begun.version, 2);
  kill(begun);
  t.is(answer(runs), 'model 1');
  t.is((await runs.make(monday)).version, 2, 'the command that goes on does not say --from');
});

test('the recipe of the version that answers leaves one that is under way alone', async (t) => {
  const runs = withMadeRuns(t);
  await runs.make(monday);
  await runs.make(tuesday, { until: 'dataset' });
  t.deepEqual(await runs.make(monday), { version: 1, made: [] });
  t.deepEqual((await runs.make(tuesday)).version, 2);
});

test('a rollback moves the pointer, and what is made then is a further version', async (t) => {
  const runs = withMadeRuns(t);
  await runs.make(monday);
  await runs.make(tuesday);
  t.deepEqual(await rollBack(runs.runsFolder, 'shop'), { from: 2, to: 1 });
  t.is(answer(runs), 'model 1');
  t.is((await runs.make(wednesday)).version, 3);
  t.deepEqual([answer(runs), answer(runs, 'shop@2')], ['model 3', 'model 2']);
  await rollBack(runs.runsFolder, 'shop', 2);
  t.is(answer(runs), 'model 2');
  // The model of Monday is taken from the first version; nothing that was there is written again.
  t.deepEqual(await runs.make(monday), { version: 4, made: [] });
  t.is(answer(runs), 'model 1');
});

test('a rollback goes on while another version is being made', async (t) => {
  const runs = withMadeRuns(t);
  await runs.make(monday);
  await runs.make(tuesday);
  const training = runs.open(wednesday);
  t.throws(() => runs.open(monday), { code: 'runs/locked' });
  await rollBack(runs.runsFolder, 'shop');
  t.is(answer(runs), 'model 1');
  await t.throwsAsync(rollBack(runs.runsFolder, 'shop', 3), { code: 'runs/no-version' });
  training.close('stopped');
  await runs.make(wednesday);
  t.is(answer(runs), 'model 3');
});

test('a rollback to what is not there or not whole is refused, and nothing moves', async (t) => {
  const runs = withMadeRuns(t);
  await runs.make(monday);
  await t.throwsAsync(rollBack(runs.runsFolder, 'shop'), { message: /no version before 1/ });
  await runs.make(tuesday);
  await t.throwsAsync(rollBack(runs.runsFolder, 'shop', 7), { code: 'runs/no-version' });
  await t.throwsAsync(rollBack(runs.runsFolder, 'other'), { code: 'runs/unknown' });
  writeFileSync(join(root(runs), '06-training/made.txt'), 'm0del 1');
  await t.throwsAsync(rollBack(runs.runsFolder, 'shop'), { code: 'runs/damaged', message: /06-training/ });
  t.is(answer(runs), 'model 2');
});

test('old versions are deleted, never the one that answers, and what later ones share stays', async (t) => {
  const runs = withMadeRuns(t);
  await runs.make(monday);
  // As openings leave them.
  for (const kept of ['meaning', 'predicted-rows']) mkdirSync(join(root(runs), kept));
  await runs.make(tuesday);
  await rollBack(runs.runsFolder, 'shop');
  await runs.make(wednesday, { keepVersions: 1, until: 'dataset' });
  t.deepEqual(
    listVersions(runs.runsFolder, 'shop').map((each) => [each.version, each.current, each.under_way]),
    [
      [1, true, false],
      [2, false, false],
      [3, false, true],
    ],
  );
  await runs.make(wednesday, { keepVersions: 2 });
  t.deepEqual(readdirSync(join(root(runs), 'versions')).sort(), ['2', '3']);
  for (const name of ['06-training', 'meaning', 'predicted-rows'])
    t.false(existsSync(join(root(runs), name)), 'the first version lies in the folder of the run');
  t.is(answer(runs, 'shop@2'), 'model 2');
  t.true(showRun(runs.runsFolder, 'shop@2').stages.every(({ state }) => state === 'done'));
  t.throws(() => currentFolder(runs.runsFolder, 'shop@1'), {
    code: 'runs/no-version',
    message: /no version 1/,
  });
  await t.throwsAsync(rollBack(runs.runsFolder, 'shop', 1), { code: 'runs/no-version' });
  t.like(listRuns(runs.runsFolder), [{ name: 'shop', version: 3, status: 'finished' }]);
});

test('what a kill left of a version that was being deleted goes with the next', async (t) => {
  const runs = withMadeRuns(t);
  await runs.make(monday);
  await runs.make(tuesday);
  await runs.make(wednesday);
  rmSync(join(root(runs), 'versions/2/run.json'));
  t.deepEqual(
    listVersions(runs.runsFolder, 'shop').map(({ version }) => version),
    [1, 3],
  );
  await runs.make(wednesday, { keepVersions: 3 });
  t.deepEqual(readdirSync(join(root(runs), 'versions')), ['3']);
});

test('a kill between the record and the recipe leaves a run that answers', async (t) => {
  const runs = withMadeRuns(t);
  await runs.make(monday);
  const recipe = join(root(runs), 'recipe.yaml');
  const before = readFileSync(recipe, 'utf8');
  kill(runs.open({ ...monday, evaluation: 'wider beams' }));
  writeFileSync(recipe, before);
  t.notThrows(() => readRunRecipe(root(runs)));
  writeFileSync(recipe, `${before}\n# by hand`);
  t.throws(() => readRunRecipe(root(runs)), { code: 'runs/changed-recipe' });
});

test('a damaged pointer is an error that says what mends it, and no other run is harmed', async (t) => {
  const runs = withMadeRuns(t);
  await runs.make(monday);
  await runs.make(tuesday);
  truncateSync(join(root(runs), 'current.json'), 5);
  t.throws(() => currentFolder(runs.runsFolder, 'shop'), { code: 'file/not-json' });
  t.throws(() => runs.open(wednesday), { code: 'file/not-json' });
  t.like(listRuns(runs.runsFolder), [{ name: 'shop', status: 'damaged' }]);
  await rollBack(runs.runsFolder, 'shop', 2);
  t.like(readCurrent(root(runs)), { version: 2, newest: 2 });
});

test('a list of versions says what changed, how good each is and what it takes on the disk', async (t) => {
  const runs = withMadeRuns(t);
  await runs.make(monday);
  await runs.make(tuesday, { set: ['decoding.num_beams=30'] });
  const [first, second] = listVersions(runs.runsFolder, 'shop');
  t.like(first, { version: 1, changed: null, figures: { 'recall@10': 0.25 } });
  t.deepEqual(second.changed, ['seed', 'decoding.num_beams']);
  t.is(first.bytes, 'week 1model 1figures 1'.length);
  t.is(second.bytes, 'model 2figures 2'.length, 'the dataset is shared');
});

test('all versions count together how often the test split was opened', async (t) => {
  const runs = withMadeRuns(t);
  await runs.make(monday);
  await runs.make(tuesday);
  recordOpening(currentFolder(runs.runsFolder, 'shop'), { key: null });
  recordOpening(currentFolder(runs.runsFolder, 'shop@1'), { key: null });
  t.is(
    readFileSync(join(root(runs), 'test-openings.jsonl'), 'utf8')
      .trim()
      .split('\n').length,
    2,
  );
  t.regex(resumeLine(join(root(runs), 'versions/2')), /versions\/2\/recipe\.yaml --run shop --runs-dir/);
});
