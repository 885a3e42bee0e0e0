import { resolveRecipe } from '../recipe/resolve-recipe.ts';
import { showRun } from '../runs/read-runs.ts';
import { UserError } from '../shared/errors.ts';
import { formatFigures } from '../shared/format.ts';
import { snapshotOf, snapshotUnderWay } from '../stages/settle-source.ts';
import { print, say } from './print.ts';
import { executeRecipe, type RunRecipeOptions, runRecipe } from './run-recipe.ts';

/**
 * Runs a recipe twice: as it is, evaluated, under `NAME-evaluated`; then under its own name with all events learned from,
 * as long as was best in the first. What is finished of either is reused, so the same command goes on after a stop.
 */
export async function runForProduction(options: RunRecipeOptions & { json: boolean }): Promise<void> {
  const { recipe, set, runsFolder } = options;
  const resolved = resolveRecipe(recipe, { set }).recipe;
  if (resolved.dataset.split === 'none')
    throw new UserError('cli/production', 'dataset.split is none, so the recipe cannot be evaluated first', {
      place: recipe,
      remedy:
        'Leave dataset.split as leave-one-out or time: --production sets it to none for the second run.',
    });
  if (resolved.recommender !== 'generative')
    throw new UserError(
      'cli/production',
      `a model is trained again from all events, and recommender: ${resolved.recommender} has none`,
      {
        place: recipe,
        remedy: `Run it with --set dataset.split=none --run NAME to learn from all events${
          resolved.recommender === 'encoder'
            ? ', and with the best epoch of the evaluated run: --set embedding.behaviour.epochs=N'
            : ''
        }.`,
      },
    );
  const name = options.run ?? resolved.name;
  const evaluated = `${name}-evaluated`;
  say(`First the run that is evaluated: ${evaluated}`);
  // Both learn from the same rows, also after a stop.
  const isDatabase = resolved.dataset.format === 'sql' && resolved.dataset.snapshot === undefined;
  const begun = isDatabase ? snapshotUnderWay(runsFolder, name, resolved.dataset) : null;
  const first = {
    ...options,
    ...(begun === null ? {} : { set: [...set, `dataset.snapshot=${JSON.stringify(begun)}`] }),
    run: evaluated,
    typed: options,
  };
  if (options.json) await executeRecipe(first);
  else await runRecipe(first);
  say(`Now the model for use, from all events: ${name}`);
  const more = ['dataset.split=none', `training.epochs_from=${evaluated}`];
  if (isDatabase) more.push(`dataset.snapshot=${JSON.stringify(snapshotOf(runsFolder, evaluated))}`);
  await runRecipe({ ...options, set: [...set, ...more], run: name, typed: options });
  const vouched = showRun(runsFolder, name).record?.vouched_by;
  if (vouched && !options.json)
    print(
      `\n${name} learned from all events; ${vouched.run} vouches for it: ${formatFigures(vouched.metrics)}`,
    );
}
