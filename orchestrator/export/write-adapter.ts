import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { isHubId } from '../storage/hub-files.ts';
import { isThere } from '../storage/is-there.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import { partFolder } from '../training/part-folder.ts';
import type { ExportedRun } from './exported-run.ts';
import { withoutFolders } from './without-folders.ts';
import { copyWeights, writeConfigs } from './write-hf.ts';
import { writeTokenizer } from './write-tokenizer.ts';

/** The adapter that training ended with. */
export interface RunAdapter {
  folder: string;
  /** What it sits on: the model of an earlier part of the training, or the recipe's own base, by hub id or folder. */
  base: { part: string; modelFolder: string } | { outside: string };
}

export const adapterBaseFolder = 'base';

/** Throws a UserError where the last part of the training was no LoRA, so that no adapter stands for the result. */
export function findAdapter({ name, recipe, folderOf }: ExportedRun): RunAdapter {
  const { stages } = recipe.training;
  const training = folderOf('training');
  const last = stages.length - 1;
  const { name: part, tuning } = stages[last];
  const folder = join(training, partFolder(last, stages[last]), 'adapter');
  if (tuning === 'full') {
    const earlier = stages.some((each) => each.tuning !== 'full');
    throw new UserError(
      'export/no-adapter',
      `the run "${name}" ends with full tuning ("${part}"), so no adapter holds its result${earlier ? '; that of an earlier training stage was changed after it' : ''}`,
      {
        place: training,
        remedy: 'Export the merged model: --to hf. For an adapter, end training.stages with tuning: lora.',
      },
    );
  }
  if (!isThere(join(folder, 'adapter_config.json')))
    throw new UserError('export/no-adapter', `the adapter of the training stage "${part}" is not there`, {
      place: folder,
      remedy: `Rebuild it: eager-llm run RECIPE --run ${name} --from training.`,
    });
  if (last > 0) {
    const before = stages[last - 1];
    const modelFolder = join(training, partFolder(last - 1, before), 'model');
    return { folder, base: { part: before.name, modelFolder } };
  }
  // A recipe whose first part is an adapter has a base: it is not valid otherwise.
  return { folder, base: { outside: recipe.model.base_model! } };
}

/**
 * The adapter in PEFT's form with the tokenizer. What it sits on goes along as `base/`, unless it is a model from
 * outside: that is named, and gets rows for the added tokens when it is loaded.
 */
export function writeAdapter(
  { artefacts, folderOf, report }: ExportedRun,
  { folder, base }: RunAdapter,
  target: string,
): void {
  const config = readJson(join(folder, 'adapter_config.json'), 'Run again with --from training.');
  writeJson(join(target, 'adapter_config.json'), {
    ...withoutFolders(config as Record<string, unknown>),
    base_model_name_or_path: 'outside' in base ? publicName(base.outside) : adapterBaseFolder,
  });
  copyFileSync(join(folder, 'adapter_model.safetensors'), join(target, 'adapter_model.safetensors'));
  writeTokenizer(folderOf('vocabulary'), target);
  if ('outside' in base) return;
  const baseFolder = join(target, adapterBaseFolder);
  mkdirSync(baseFolder);
  report({ type: 'note', text: 'copying the base of the adapter' });
  copyWeights(base.modelFolder, baseFolder);
  writeConfigs(base.modelFolder, baseFolder, artefacts);
}

/** A hub id as it is; of a folder its last name, since others have it elsewhere. */
export function publicName(base: string): string {
  return isHubId(base) ? base : (base.split(/[\\/]/).findLast((part) => part !== '') ?? base);
}
