import { statSync } from 'node:fs';
import { join } from 'node:path';
import { manifestName } from '../runs/manifest.ts';
import { recordOpening } from '../runs/test-openings.ts';
import { finalModelFolder } from '../stages/artefacts.ts';
import { readEmbeddings } from '../stages/embeddings.ts';
import { openRunModel } from '../stages/run-model.ts';
import { composeRun } from './compose-run.ts';
import { openRunArtefacts } from './run-artefacts.ts';
import type { OpenRun, OpenRunOptions } from './types.ts';

/** Opens a run whose training is finished. Throws a UserError where it is not, or where its parts do not belong together. */
export async function openRun(name: string, options: OpenRunOptions = {}): Promise<OpenRun> {
  const { runsFolder = 'runs' } = options;
  const { recipe, artefacts, folderOf } = await openRunArtefacts(runsFolder, name);
  const embeddings = readEmbeddings(folderOf('embedding'));
  const trained = folderOf('training');
  // A shop is never shown what does not exist, whatever an experiment asked for.
  const decoding = { ...recipe.decoding, constrained: true };
  const model = await openRunModel(join(trained, finalModelFolder), artefacts, decoding);
  const trainedAt = statSync(join(trained, manifestName)).mtime;
  const onTestOpened = () => recordOpening(join(runsFolder, name), { key: null });
  return composeRun({ name, recipe, artefacts, embeddings, model, trainedAt, onTestOpened }, options);
}
