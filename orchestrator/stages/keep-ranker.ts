import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rankerFile } from '../fusion/ranker-file.ts';
import type { Recipe } from '../recipe/schema.ts';
import { showRun } from '../runs/read-runs.ts';
import { stageFolderName } from '../runs/stage-names.ts';
import { UserError } from '../shared/errors.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { isThere } from '../storage/is-there.ts';

/**
 * A run that holds nothing out, or that only has more items, does not learn to rank lists anew: it takes the ranker of the
 * run that it continues, or of the evaluated one that it is trained as long as, into its own folder.
 */
export function takeRanker(folder: string, runsFolder: string, recipe: Recipe): void {
  const { decoding, dataset, training, append, continue: base } = recipe;
  if (decoding.fusion === 'none' || (dataset.split !== 'none' && append === undefined)) return;
  const { epochs_from: evaluated } = training;
  const places = [
    ...(base === undefined ? [] : [base]),
    ...(evaluated === null ? [] : placesOf(showRun(runsFolder, evaluated).folder)),
  ].map((place) => join(place, rankerFile));
  const found = places.find(isThere);
  // As the run did before, its model answers alone.
  if (!found && append !== undefined) return;
  if (!found)
    throw new UserError('runs/no-ranker', `no ranker is in ${places.join(' or ')}`, {
      place: 'decoding.fusion',
      remedy:
        'Evaluate the recipe with decoding.fusion: learned first: eager-llm run RECIPE --production does both.',
    });
  writeFileAtomic(join(folder, rankerFile), readFileSync(found));
}

/** The latest one first. */
function placesOf(folder: string): string[] {
  return [join(folder, stageFolderName('evaluation')), folder];
}

/** The ranker of a finished evaluation answers also while the evaluation is made anew: it is kept beside the stages. */
export function keepRanker(folder: string): void {
  const learned = join(folder, stageFolderName('evaluation'), rankerFile);
  if (isThere(learned)) writeFileAtomic(join(folder, rankerFile), readFileSync(learned));
}
