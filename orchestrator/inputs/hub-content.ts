import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chatTemplateFile, neededTokenizerFiles, specialTokensFile } from '../models/tokenizer-file-names.ts';
import type { Reporter } from '../shared/reporter.ts';
import { hashContent } from '../storage/hash.ts';

/** A model that a stage reads, and what for. */
export interface ModelInput {
  /** A folder, or a hub id. */
  name: string;
  use: 'tokenizer' | 'base-model' | 'encoder';
}

/** Whether files that a stage is about to read may be requested from the hub. */
export type HubAccess = 'what is here' | { report: Reporter; signal?: AbortSignal | undefined };

// Their order is part of keys.
const tokenizerFiles = [...neededTokenizerFiles, specialTokensFile, 'codes.json', chatTemplateFile];
const encoderFiles = ['config.json', ...neededTokenizerFiles, 'onnx/model.onnx', 'onnx/model.onnx_data'];

/**
 * What a hub id stands for: name and SHA-256 of the files that a stage reads of it. The id alone says nothing, as its
 * owner may upload another model; the files are those of the commit that was downloaded. Null: they are not here.
 */
export async function hubContent(
  { name, use }: ModelInput,
  access: HubAccess,
): Promise<[name: string, hash: string][] | null> {
  const { openHub } = await import('../storage/hub-files.ts');
  const may = access !== 'what is here';
  const hub = await openHub(name, may ? access : {});
  const plain = use === 'encoder' ? encoderFiles : tokenizerFiles;
  if (may && use === 'base-model') await fetchOnce(name, access);
  else if (may) for (const file of plain) await hub.fetch(file);
  const needed = use === 'encoder' ? 'onnx/model.onnx' : 'tokenizer.json';
  if (!existsSync(join(hub.folder, needed))) return null;
  const weights = use === 'base-model' ? await weightNames(hub.folder) : [];
  if (weights === null) return null;
  const hashes: [string, string][] = [];
  for (const file of [...plain, ...weights].filter((each) => existsSync(join(hub.folder, each))))
    for (const [, hash] of await hashContent(join(hub.folder, file))) hashes.push([file, hash]);
  return hashes;
}

/** Null where not all of them are here. */
async function weightNames(folder: string): Promise<string[] | null> {
  const { indexFile, weightFiles } = await import('../models/checkpoint-files.ts');
  try {
    return ['config.json', 'generation_config.json', indexFile, ...weightFiles(folder).files];
  } catch {
    return null;
  }
}

const underWay = new Map<string, Promise<unknown>>();

/** Runs of a sweep that begin side by side do not write into the same files. */
async function fetchOnce(name: string, access: Exclude<HubAccess, string>): Promise<void> {
  const { downloadBaseModel } = await import('../models/download-base-model.ts');
  const download = underWay.get(name) ?? downloadBaseModel(name, access);
  underWay.set(name, download);
  await download.finally(() => underWay.delete(name));
}
