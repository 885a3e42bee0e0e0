import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { claimRun } from '../../orchestrator/runs/claim-run.ts';
import { writeManifest } from '../../orchestrator/runs/manifest.ts';
import { prepareStageFolder } from '../../orchestrator/runs/stage-folder.ts';
import { trainedAsLong } from '../../orchestrator/runs/trained-as-long.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import type { Figures } from '../../orchestrator/shared/reporter.ts';
import { trainingStage } from '../../orchestrator/stages/06-training.ts';
import { withRecipes } from '../recipe/with-recipes.ts';

const own = `dataset: {format: sequences, path: data}
embedding: {behaviour: {epochs: 30, patience: 5}}
training:
  stages:
    - {name: alignment, tuning: full, tasks: {sequential-recommendation: 1}, epochs: 8}
    - {name: annealing, tuning: lora, tasks: {sequential-recommendation: 1}, epochs: 4}
`;
const best = { 'alignment best epoch': 6, 'annealing best epoch': 3 };

/** A run of the recipe called `evaluated`, whose training was best in these epochs; ended before `stop`, if given. */
async function withEvaluated(t: ExecutionContext, training: Figures = best, stop = '') {
  const at = withRecipes(t, { 'own.yaml': own });
  const runsFolder = at('runs');
  const run = claimRun(runsFolder, 'evaluated', resolveRecipe(at('own.yaml')));
  const figures: Record<string, Figures> = {
    '02-embedding': { epoch: 12 },
    '06-training': training,
    '07-evaluation': { 'recall@10': 0.25 },
  };
  for (const [stageFolder, own] of Object.entries(figures)) {
    if (stageFolder === stop) break;
    prepareStageFolder({ runsFolder, runFolder: run.folder, stageFolder, key: 'k', onWarning: t.log });
    const stage = stageFolder.slice(3);
    const rest = { inputs: {}, seconds: 1, peak_memory_bytes: 1 };
    await writeManifest(join(run.folder, stageFolder), { stage, key: 'k', figures: own, ...rest });
  }
  run.close('finished');
  const long = (...set: string[]) =>
    trainedAsLong(
      resolveRecipe(at('own.yaml'), { set: ['training.epochs_from=evaluated', ...set] }),
      runsFolder,
    );
  return { at, long, runsFolder };
}

const epochsOf = ({ resolved: { recipe } }: ReturnType<typeof trainedAsLong>) =>
  recipe.training.stages.map(({ name, epochs }) => `${name} ${epochs}`);

test('a recipe is trained as long as was best in the run it names, which vouches for it', async (t) => {
  const { long } = await withEvaluated(t);
  const found = long();
  t.deepEqual(epochsOf(found), ['alignment 6', 'annealing 3']);
  const { behaviour } = found.resolved.recipe.embedding;
  t.deepEqual([behaviour.epochs, behaviour.patience], [12, 0]);
  t.deepEqual(found.vouchedBy, { run: 'evaluated', metrics: { 'recall@10': 0.25 } });
  t.regex(found.resolved.yaml, /epochs: 6/);
});

test('the recipe that is kept with the run gives the same again', async (t) => {
  const { long, runsFolder } = await withEvaluated(t, { ...best, 'annealing best epoch': 0 });
  const { resolved, vouchedBy } = long();
  t.deepEqual(epochsOf(long()), ['alignment 6'], 'an adapter that made nothing better is left out');
  const run = claimRun(runsFolder, 'own', resolved, { vouchedBy });
  run.close('finished');
  const again = trainedAsLong(resolveRecipe(join(run.folder, 'recipe.yaml')), runsFolder);
  t.is(again.resolved.hash, resolved.hash);
  t.deepEqual(again.vouchedBy, vouchedBy);
});

test('the key of a training is that of its epochs, wherever they come from', async (t) => {
  const { at, long } = await withEvaluated(t);
  const typed = ['training.stages.0.epochs=6', 'training.stages.1.epochs=3'];
  t.deepEqual(
    trainingStage.sections(long().resolved.recipe),
    trainingStage.sections(resolveRecipe(at('own.yaml'), { set: typed }).recipe),
  );
});

const refused = async (
  t: ExecutionContext,
  { long }: Awaited<ReturnType<typeof withEvaluated>>,
  message: RegExp,
  ...set: string[]
) => {
  const error = t.throws(() => long(...set), { instanceOf: UserError, message }) as UserError;
  t.truthy(error.remedy);
};

test('a run that is not evaluated does not vouch', async (t) => {
  await refused(
    t,
    await withEvaluated(t, best, '07-evaluation'),
    /is not evaluated: .*evaluation is missing/,
  );
  await refused(t, await withEvaluated(t), /no run called "other"/, 'training.epochs_from=other');
});

test('a run with other training stages, or without validation, does not vouch', async (t) => {
  const given = await withEvaluated(t);
  await refused(t, given, /\(alignment, annealing\), got first, annealing/, 'training.stages.0.name=first');
  const unsure = await withEvaluated(t, { 'alignment best epoch': 6 });
  await refused(t, unsure, /in which epoch the training stage annealing was best/);
  await refused(
    t,
    await withEvaluated(t, { 'alignment best epoch': 0, 'annealing best epoch': 0 }),
    /no training stage .* made its base better/,
  );
});
