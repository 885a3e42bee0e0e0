import { UserError } from '../shared/errors.ts';
import { type HubOptions, openHub } from '../storage/hub-files.ts';
import { indexFile, readShardIndex, singleFile } from './checkpoint-files.ts';
import { readModel } from './registry.ts';
import { chatTemplateFile, neededTokenizerFiles, specialTokensFile } from './tokenizer-file-names.ts';

const furtherFiles = [specialTokensFile, 'generation_config.json', chatTemplateFile];

/** Downloads what is missing of a model into the cache, small files first, and gives the folder. */
export async function downloadBaseModel(id: string, options: HubOptions): Promise<string> {
  const hub = await openHub(id, options);
  const need = async (file: string) => {
    if (!(await hub.fetch(file))) throw absent(id, file);
  };
  await need('config.json');
  // A model that cannot be used is detected before its weights are downloaded.
  readModel(hub.folder);
  for (const file of neededTokenizerFiles) await need(file);
  for (const file of furtherFiles) await hub.fetch(file);
  if (await hub.fetch(singleFile)) return hub.folder;
  if (!(await hub.fetch(indexFile))) throw absent(id, `${singleFile} or ${indexFile}`);
  for (const shard of new Set(readShardIndex(hub.folder).values())) await need(shard);
  return hub.folder;
}

function absent(id: string, file: string): UserError {
  return new UserError('model/not-on-hub', `the hub has no ${file} of this model`, {
    place: id,
    remedy:
      'Check the id. A model that only has pytorch_model.bin has to be saved as safetensors first; then give its folder.',
  });
}
