import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { saveCheckpoint } from '../model/checkpoint.ts';
import { UserError } from '../shared/errors.ts';
import { trainingPartFolder } from '../stages/artefacts.ts';
import { copyTokenizer } from '../stages/copy-model.ts';
import { initialModel } from '../stages/initial-model.ts';
import { isHubId } from '../storage/hub-files.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import type { ExportedRun } from './export-run.ts';
import { copyWeights, writeConfigs } from './write-hf.ts';

/** The adapter that training ended with. */
export interface RunAdapter {
  folder: string;
  /** The part of the training that made it, and the one before it, whose model it sits on; null: the recipe's base. */
  part: string;
  before: { name: string; modelFolder: string } | null;
  /** Hub id or folder of the model that it sits on, where that is not a part of the run. */
  outsideBase: string | null;
}

export const adapterBaseFolder = 'base';

/** Throws a UserError where the last part of the training was no LoRA, so that no adapter stands for the result. */
export function findAdapter({ name, recipe, folderOf }: ExportedRun): RunAdapter {
  const { stages } = recipe.training;
  const training = folderOf('training');
  const last = stages.length - 1;
  const { name: part, tuning } = stages[last];
  const folder = join(trainingPartFolder(training, last, part), 'adapter');
  if (tuning === 'full') {
    const earlier = stages.some((stage) => stage.tuning !== 'full');
    throw new UserError(
      'export/no-adapter',
      `the run "${name}" ends with full tuning ("${part}"), so no adapter holds its result${earlier ? '; that of an earlier part was changed after it' : ''}`,
      {
        place: training,
        remedy: 'Export the merged model: --to hf. For an adapter, end training.stages with tuning: lora.',
      },
    );
  }
  if (!existsSync(join(folder, 'adapter_config.json')))
    throw new UserError('export/no-adapter', `the adapter of the part "${part}" is not there`, {
      place: folder,
      remedy: `Make it again: eager-llm run RECIPE --run ${name} --from training.`,
    });
  const before =
    last === 0
      ? null
      : {
          name: stages[last - 1].name,
          modelFolder: join(trainingPartFolder(training, last - 1, stages[last - 1].name), 'model'),
        };
  return { folder, part, before, outsideBase: before ? null : recipe.model.base_model };
}

/**
 * The adapter in PEFT's form with the tokenizer. What it sits on goes along as `base/`, unless it is a model from
 * outside: that is named, and gets rows for the added tokens when it is loaded.
 */
export async function writeAdapter(
  { recipe, artefacts, folderOf, modelFolder, report }: ExportedRun,
  { folder, before, outsideBase }: RunAdapter,
  target: string,
): Promise<void> {
  const config = readJson(join(folder, 'adapter_config.json'), 'Run again with --from training.');
  const base = outsideBase === null ? adapterBaseFolder : publicName(outsideBase);
  writeJson(join(target, 'adapter_config.json'), {
    ...(config as Record<string, unknown>),
    base_model_name_or_path: base,
  });
  copyFileSync(join(folder, 'adapter_model.safetensors'), join(target, 'adapter_model.safetensors'));
  copyTokenizer(folderOf('vocabulary'), target);
  if (outsideBase !== null) return;
  const baseFolder = join(target, adapterBaseFolder);
  mkdirSync(baseFolder);
  report({ type: 'note', text: 'copying the base of the adapter' });
  if (before) copyWeights(before.modelFolder, baseFolder);
  else {
    // Fresh weights are a function of the seed.
    const vocabularyFolder = folderOf('vocabulary');
    const fresh = await initialModel({ recipe, artefacts, vocabularyFolder, report: () => {} });
    saveCheckpoint(baseFolder, fresh.config, fresh.weights);
  }
  writeConfigs(before?.modelFolder ?? modelFolder, baseFolder, artefacts);
}

/** A hub id as it is; of a folder its last name, since others have it elsewhere. */
export function publicName(base: string): string {
  return isHubId(base) ? base : (base.split(/[\\/]/).findLast((part) => part !== '') ?? base);
}
