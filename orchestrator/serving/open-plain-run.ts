import { statSync } from 'node:fs';
import { join } from 'node:path';
import { loadDataset } from '../dataset/load-dataset.ts';
import { readEmbeddings } from '../opened-run/embeddings.ts';
import { openPlainRecommender, plainWidth } from '../opened-run/plain-recommender.ts';
import { neededStages } from '../runs/can-answer.ts';
import { manifestName, readManifest } from '../runs/manifest.ts';
import { type FolderOf, stageFolderName } from '../runs/stage-names.ts';
import { recordOpening } from '../runs/test-openings.ts';
import { versionIn } from '../runs/versions.ts';
import { openWholeStages } from '../runs/whole-stages.ts';
import { readsEmbedding } from '../shared/recommender-names.ts';
import { hashJson } from '../storage/hash.ts';
import { composeRun } from './compose-run.ts';
import { openBeside } from './open-beside.ts';
import { rankByPlain } from './rank-own.ts';
import { readRunRecipe } from './run-recipe.ts';
import type { OpenRun, OpenRunOptions } from './types.ts';
import { withoutModel } from './without-model.ts';

/** Opens a run that recommends without a model: it answers for users and histories. Throws as `openRun` does. */
export async function openPlainRun(name: string, folder: string, options: OpenRunOptions): Promise<OpenRun> {
  const needed = neededStages(folder);
  const stages = openWholeStages(folder, needed);
  const recipe = readRunRecipe(folder);
  const { recommender, decoding, evaluation } = recipe;
  if (options.set?.length) throw withoutModel(recommender, 'it has no chat, and no settings of one');
  for (const stage of needed) await stages.verify(stage);
  const folderOf: FolderOf = (stage) => stages.folderOf(stageFolderName(stage));
  const dataset = loadDataset(folderOf('dataset'));
  const beside = await openBeside(name, dataset, folderOf('dataset'), options);
  const model = await openPlainRecommender(recipe, dataset, folderOf);
  const last = join(folder, needed[needed.length - 1]);
  return composeRun(
    {
      name,
      version: versionIn(folder).version,
      fingerprint: hashJson([
        readManifest(last)?.key,
        recommender,
        decoding.seen_items,
        evaluation.recent_days,
        evaluation.exclude_history,
      ]),
      recipe,
      artefacts: { dataset, index: { levels: 0, levelSizes: [], codes: new Int32Array(0) }, prompts: null },
      embeddings: readsEmbedding(recommender) ? readEmbeddings(folderOf('embedding')) : null,
      model,
      rankOwn: rankByPlain(model),
      width: plainWidth,
      trainedAt: statSync(join(last, manifestName)).mtime,
      ...beside,
      onTestOpened: () => recordOpening(folder, { key: null }),
    },
    options,
  );
}
