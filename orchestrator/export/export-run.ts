import { join } from 'node:path';
import { readsItems } from '../models/settings.ts';
import { finalModelFolder } from '../opened-run/stage-files.ts';
import { listFiles, type Manifest } from '../runs/manifest.ts';
import { exportsName, recipeName, recordName } from '../runs/run-files.ts';
import { readRunRecord } from '../runs/run-record.ts';
import { openRunArtefacts } from '../serving/run-artefacts.ts';
import { UserError } from '../shared/errors.ts';
import type { Reporter } from '../shared/reporter.ts';
import { writeFolderAtomic } from '../storage/atomic-folder.ts';
import { writeJson } from '../storage/json-file.ts';
import { writeCodes } from './codes-file.ts';
import { checkIsDecoder, writeDecodingTree } from './decoding-tree.ts';
import type { ExportedRun, ExportForm } from './exported-run.ts';
import { writeModelCard } from './model-card.ts';
import { findAdapter, writeAdapter } from './write-adapter.ts';
import { writeHfModel } from './write-hf.ts';
import { writeOnnx } from './write-onnx.ts';

export interface ExportOptions {
  runsFolder: string;
  run: string;
  to: ExportForm;
  /** A new folder; `exports/<form>` of the run's version by default. */
  out?: string | undefined;
  /** Replaces an export that is there. */
  force?: boolean;
  report: Reporter;
}

export interface ExportResult {
  folder: string;
  files: Manifest['files'];
}

/** By this file an export knows its own folders; it is written last. */
export const exportFileName = 'export.json';

/**
 * Writes export a finished run as a folder for other tools: the model in one of three forms, its tokenizer, the items
 * of all codes, and a model card. Throws a UserError for a run that is not finished, a form that it has not, and a
 * folder that is in use.
 */
export async function exportRun(options: ExportOptions): Promise<ExportResult> {
  const { runsFolder, run: name, to, report } = options;
  const opened = await openRunArtefacts(runsFolder, name);
  const { folder: runFolder, recipe, artefacts, folderOf, stateOf, verify } = opened;
  await verify('training');
  if (['done', 'damaged'].includes(stateOf('evaluation'))) await verify('evaluation');
  if (artefacts.index.streams)
    throw new UserError(
      'export/streams',
      'has a code of each source for an item, and other tools know no way to merge the lists of both',
      { place: name, remedy: 'Serve the run with eager-llm serve, or train with item_index.fusion: codes.' },
    );
  if (recipe.model.base_model === null && readsItems(recipe.model.family))
    throw new UserError(
      'export/reads-items',
      `has the model.family ${recipe.model.family}, which reads items, and other tools know no such model`,
      { place: name, remedy: 'Serve the run with eager-llm serve, or train with model.family: t5 or llama.' },
    );
  const modelFolder = join(folderOf('training'), finalModelFolder);
  const run: ExportedRun = { name, recipe, artefacts, folderOf, modelFolder, report };
  if (to === 'rtp-llm') checkIsDecoder(run);
  const folder = options.out ?? join(runFolder, exportsName, to);
  const adapter = to === 'peft' ? findAdapter(run) : null;
  const record = readRunRecord(join(runFolder, recordName));
  let files: ExportResult['files'] = [];
  await writeFolderAtomic(
    folder,
    { mark: exportFileName, replace: options.force ?? false },
    async (target) => {
      if (adapter) writeAdapter(run, adapter, target);
      else if (to === 'onnx') writeOnnx(run, target);
      else writeHfModel(run, target);
      if (to === 'rtp-llm') writeDecodingTree(target, artefacts);
      writeCodes(target, artefacts, folderOf('vocabulary'));
      writeModelCard(run, { to, adapter, record, recipeFile: join(runFolder, recipeName) }, target);
      files = await listFiles(target);
      const { recipe_hash, seed, commit, versions } = record;
      writeJson(join(target, exportFileName), {
        schema_version: 1,
        form: to,
        run: name,
        recipe_hash,
        seed,
        commit,
        versions,
        files,
      });
    },
  );
  return { folder, files };
}
