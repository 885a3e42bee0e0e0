import { join } from 'node:path';
import { rankerFile } from '../fusion/ranker-file.ts';
import { damagedRanker, hasKeptRanker, keepRankerOf } from '../opened-run/kept-ranker.ts';
import type { Recipe } from '../recipe/schema.ts';
import { findAllDamage, readManifest } from '../runs/manifest.ts';
import { showRun } from '../runs/read-runs.ts';
import { resumeLine } from '../runs/resume-line.ts';
import { stageFolderName } from '../runs/stage-names.ts';
import { UserError } from '../shared/errors.ts';

/**
 * A run that holds nothing out, or that only has more items, does not learn to rank lists anew: it takes the ranker of the
 * run that it continues, or of the evaluated one that it is trained as long as, into its own folder. Throws a UserError
 * where there is none, or one that was changed since.
 */
export async function takeRanker(folder: string, runsFolder: string, recipe: Recipe): Promise<void> {
  const { decoding, dataset, training, append, continue: base } = recipe;
  if (decoding.fusion === 'none' || (dataset.split !== 'none' && append === undefined)) return;
  const { epochs_from: evaluated } = training;
  const runs = [
    ...(base === undefined ? [] : [base]),
    ...(evaluated === null ? [] : [showRun(runsFolder, evaluated).folder]),
  ];
  for (const run of runs) {
    const learned = await learnedIn(run);
    if (learned?.isDamaged) throw damagedRanker(learned.folder, `${resumeLine(run)} learns it again.`);
    if (!learned && !(await hasKeptRanker(run))) continue;
    return keepRankerOf(learned?.folder ?? run, folder, null);
  }
  // As the run did before, its model answers alone.
  if (append !== undefined) return;
  throw new UserError('runs/no-ranker', `no ranker is in ${runs.join(' or ')}`, {
    place: 'decoding.fusion',
    remedy:
      'Evaluate the recipe with decoding.fusion: learned first: eager-llm run RECIPE --production does both.',
  });
}

/** The ranker of a finished evaluation answers also while the evaluation is made anew: it is kept beside the stages. */
export async function keepRanker(folder: string): Promise<void> {
  const learned = await learnedIn(folder);
  if (learned && !learned.isDamaged) await keepRankerOf(learned.folder, folder, learned.training);
}

/** Where a finished evaluation has left a ranker, and the key of the training that it was learned from. */
async function learnedIn(
  run: string,
): Promise<{ folder: string; training: string | null; isDamaged: boolean } | null> {
  const folder = join(run, stageFolderName('evaluation'));
  const manifest = readManifest(folder);
  if (!manifest?.files.some(({ path }) => path === rankerFile)) return null;
  const damage = await findAllDamage(folder, manifest, (path) => path === rankerFile);
  return {
    folder,
    training: manifest.inputs.training ?? null,
    isDamaged: damage.some(({ path }) => path === rankerFile),
  };
}
