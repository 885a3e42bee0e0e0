import { join } from 'node:path';
import { continuedModel } from '../continuation/continued-model.ts';
import { saveCheckpoint } from '../models/checkpoint.ts';
import { finalModelFolder } from '../opened-run/stage-files.ts';
import type { Figures } from '../shared/reporter.ts';
import { copyTokenizer } from './copy-model.ts';
import type { TuningContext } from './tuning-context.ts';

/** The training stage where nothing is trained: the model of the run that is continued, with rows for new tokens. */
export async function keepModel({ recipe, folder, inputFolder }: TuningContext): Promise<Figures> {
  if (recipe.continue === undefined) throw new TypeError('there is no run whose model could be kept');
  const vocabulary = inputFolder('vocabulary');
  const { definition, weights, addedRows } = continuedModel(recipe.continue, vocabulary, recipe.seed);
  const target = join(folder, finalModelFolder);
  saveCheckpoint(target, definition, weights);
  copyTokenizer(vocabulary, target);
  return { trained: 'nothing', 'new rows': addedRows };
}
