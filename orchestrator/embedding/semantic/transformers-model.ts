import { statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { neededTokenizerFiles } from '../../models/tokenizer-file-names.ts';
import { messageOf, UserError } from '../../shared/errors.ts';
import { isThere } from '../../storage/is-there.ts';

const place = 'embedding.semantic.model';
const suffixes: Record<string, string> = { fp32: '', q8: '_quantized' };

/** Decides whether a name is a folder or a hub id, and says at once which files a folder lacks. */
export function findModel(name: string, dtype: string): { path: string; local: boolean } {
  if (!isThere(name)) {
    if (name.trim() !== '' && !isAbsolute(name) && !/^[.~]/.test(name)) return { path: name, local: false };
    throw new UserError('embedding/model-missing', `the folder of the text model does not exist: "${name}"`, {
      place,
      remedy: 'Correct the path (it starts at the recipe), or give a hub id such as owner/model.',
    });
  }
  const folder = resolve(name);
  if (!statSync(folder).isDirectory())
    throw new UserError('embedding/model-missing', `expected a folder, got the file ${folder}`, {
      place,
      remedy: 'Name the folder that holds config.json, tokenizer.json and onnx/.',
    });
  const weights = `onnx/model${suffixes[dtype] ?? `_${dtype}`}.onnx`;
  const missing = ['config.json', ...neededTokenizerFiles, weights].filter(
    (file) => !isThere(join(folder, file)),
  );
  if (missing.length > 0)
    throw new UserError('embedding/model-incomplete', `the text model lacks ${missing.join(', ')}`, {
      place: folder,
      remedy:
        'Export the model to ONNX for transformers.js (Hugging Face Optimum does it), or copy the whole folder.',
    });
  return { path: folder, local: true };
}

export function modelNotLoaded(name: string, cause: unknown): UserError {
  return new UserError(
    'embedding/model-not-loaded',
    `the text model "${name}" cannot be loaded: ${messageOf(cause)}`,
    {
      place,
      remedy:
        'Check the name and the network, or download the model and give its folder, or use `encoder: lsa`, which needs no model.',
      cause,
    },
  );
}
