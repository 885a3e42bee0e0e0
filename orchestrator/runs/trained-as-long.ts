import { join } from 'node:path';
import { type ResolvedRecipe, resolvedOf, resolveRecipe } from '../recipe/resolve-recipe.ts';
import type { Recipe } from '../recipe/schema.ts';
import { UserError } from '../shared/errors.ts';
import { type RunSummary, showRun } from './read-runs.ts';
import { recipeName } from './run-files.ts';
import type { VouchedBy } from './run-record.ts';
import { stageFolderName } from './stage-names.ts';

/**
 * With `training.epochs_from: RUN`, the recipe with as many epochs as were best in that evaluated run: of the behaviour
 * encoder and of every training stage. A stage that made nothing better there is left out. The numbers are written into
 * the recipe, so that keys of stages and the recipe kept with the run say what is done. Throws a UserError where the run
 * is not evaluated, or has other training stages.
 */
export function trainedAsLong(
  resolved: ResolvedRecipe,
  runsFolder: string,
): { resolved: ResolvedRecipe; vouchedBy: VouchedBy | null } {
  const { recipe, file } = resolved;
  const name = recipe.training.epochs_from;
  if (name === null) return { resolved, vouchedBy: null };
  const run = showRun(runsFolder, name);
  const metrics = figuresOf(run, 'evaluation');
  const { behaviour } = recipe.embedding;
  const { epoch = behaviour.epochs } = figuresOf(run, 'embedding');
  const stages = stagesAsLong(recipe, run);
  const whole: Recipe = {
    ...recipe,
    // It ends where the other was best, without looking for a better end.
    embedding: { ...recipe.embedding, behaviour: { ...behaviour, epochs: Number(epoch), patience: 0 } },
    training: { ...recipe.training, stages },
  };
  return { resolved: resolvedOf(whole, file), vouchedBy: { run: name, metrics } };
}

function stagesAsLong({ training }: Recipe, run: RunSummary): Recipe['training']['stages'] {
  const figures = figuresOf(run, 'training');
  const there = resolveRecipe(join(run.folder, recipeName)).recipe.training.stages.map(({ name }) => ({
    name,
    best: figures[`${name} best epoch`],
  }));
  const unknown = there.find(({ best }) => typeof best !== 'number');
  if (unknown)
    throw problem(
      run,
      `the run "${run.name}" does not say in which epoch the training stage ${unknown.name} was best`,
      'Name a run whose training was validated.',
    );
  const kept = there.filter(({ best }) => Number(best) > 0);
  const own = training.stages.map(({ name }) => name).join(', ');
  const names = (stages: typeof there) => stages.map(({ name }) => name).join(', ');
  // A recipe that was kept with its run has lost those that made nothing better.
  if (own !== names(there) && own !== names(kept))
    throw problem(
      run,
      `expected the training stages of the run "${run.name}" (${names(there)}), got ${own}`,
      'Evaluate this recipe first, and name its run: eager-llm run RECIPE --production does both.',
    );
  if (kept.length === 0)
    throw problem(
      run,
      `no training stage of the run "${run.name}" made its base better`,
      'Train that run better first: a higher learning_rate, more epochs.',
    );
  const epochs = new Map(kept.map((stage) => [stage.name, Number(stage.best)]));
  return training.stages.flatMap((stage) => {
    const best = epochs.get(stage.name);
    return best === undefined ? [] : [{ ...stage, epochs: best }];
  });
}

function figuresOf(run: RunSummary, stage: 'embedding' | 'training' | 'evaluation') {
  const summary = run.stages.find((each) => each.stage === stageFolderName(stage));
  if (summary?.state === 'done') return summary.figures;
  throw problem(
    run,
    `the run "${run.name}" is not evaluated: its stage ${stage} is ${summary?.state ?? 'missing'}`,
    'Run its recipe to the end first: eager-llm run RECIPE --production does both.',
  );
}

function problem({ folder }: RunSummary, message: string, remedy: string): UserError {
  return new UserError('runs/epochs-from', `training.epochs_from: ${message}`, { place: folder, remedy });
}
