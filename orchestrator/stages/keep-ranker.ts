import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { rankerFile } from '../fusion/ranker-file.ts';
import type { Recipe } from '../recipe/schema.ts';
import { showRun } from '../runs/read-runs.ts';
import { stageFolderName } from '../runs/stage-names.ts';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';

/**
 * A run that holds nothing out cannot learn to rank lists anew: it takes the ranker of the run that it continues, or of
 * the evaluated one that it is trained as long as, into its own folder.
 */
export function keepRanker(folder: string, runsFolder: string, recipe: Recipe): void {
  const { decoding, dataset, training, continue: base } = recipe;
  if (decoding.fusion === 'none' || dataset.split !== 'none') return;
  const { epochs_from: evaluated } = training;
  const places = [
    ...(base === undefined ? [] : [base]),
    ...(evaluated === null
      ? []
      : [join(showRun(runsFolder, evaluated).folder, stageFolderName('evaluation'))]),
  ].map((place) => join(place, rankerFile));
  const found = places.find(isThere);
  if (!found)
    throw new UserError('runs/no-ranker', `no ranker is in ${places.join(' or ')}`, {
      place: 'decoding.fusion',
      remedy:
        'Evaluate the recipe with decoding.fusion: learned first: eager-llm run RECIPE --production does both.',
    });
  copyFileSync(found, join(folder, rankerFile));
}
