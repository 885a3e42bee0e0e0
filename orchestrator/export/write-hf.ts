import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { indexFile, singleFile, weightFiles } from '../models/checkpoint-files.ts';
import { readModel } from '../models/registry.ts';
import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import type { ExportedRun } from './exported-run.ts';
import { withoutFolders } from './without-folders.ts';
import { writeTokenizer } from './write-tokenizer.ts';

/** The merged model with its tokenizer: a folder for `from_pretrained`. */
export function writeHfModel({ modelFolder, artefacts, folderOf }: ExportedRun, target: string): void {
  // Read, so that what is no model of ours is found before it is copied.
  readModel(modelFolder);
  copyWeights(modelFolder, target);
  writeConfigs(modelFolder, target, artefacts);
  writeTokenizer(folderOf('vocabulary'), target);
}

export function copyWeights(modelFolder: string, target: string): void {
  const { files } = weightFiles(modelFolder);
  const index = files.length === 1 && files[0] === singleFile ? [] : [indexFile];
  for (const file of [...files, ...index]) copyFileSync(join(modelFolder, file), join(target, file));
}

/** `config.json` and `generation_config.json` with the special tokens of the run's vocabulary, not those of LLaMA. */
export function writeConfigs(
  modelFolder: string,
  target: string,
  { vocabulary: { bosTokenId, eosTokenId, padTokenId } }: Pick<PromptArtefacts, 'vocabulary'>,
  more: Record<string, unknown> = {},
): void {
  const ids = { bos_token_id: bosTokenId, eos_token_id: eosTokenId, pad_token_id: padTokenId };
  const config = readJson(join(modelFolder, 'config.json'), 'Run again with --from training.');
  // Of a base that transformers has saved: where it lay there.
  const { _name_or_path, ...known } = config as Record<string, unknown>;
  writeJson(join(target, 'config.json'), withoutFolders({ ...known, ...ids, ...more }));
  const { decoder_start_token_id } = known;
  writeJson(join(target, 'generation_config.json'), {
    ...ids,
    ...(decoder_start_token_id === undefined ? {} : { decoder_start_token_id }),
    do_sample: false,
  });
}
