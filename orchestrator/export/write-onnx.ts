import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openCheckpoint } from '../models/checkpoint.ts';
import { readModel } from '../models/registry.ts';
import { UserError } from '../shared/errors.ts';
import type { ExportedRun } from './exported-run.ts';
import { writeConfigs } from './write-hf.ts';
import { writeTokenizer } from './write-tokenizer.ts';

/** The layout of transformers.js: `onnx/model.onnx` with the tokenizer and the configs beside it. */
export function writeOnnx({ modelFolder, artefacts, folderOf, report }: ExportedRun, target: string): void {
  const { writeOnnx: write, title } = readModel(modelFolder);
  if (!write)
    throw new UserError('export/no-onnx', `a ${title} is not written as ONNX`, {
      place: modelFolder,
      remedy: 'Export it as a Hugging Face folder: --to hf.',
    });
  const weights = openCheckpoint(modelFolder);
  const onnxFolder = join(target, 'onnx');
  mkdirSync(onnxFolder);
  report({ type: 'note', text: 'writing the model as ONNX' });
  try {
    const { parts } = write(onnxFolder, weights);
    // Of transformers.js: without it a page would ask for quantised weights, which there are not.
    const runtime = { dtype: 'fp32', ...(parts > 0 ? { use_external_data_format: parts } : {}) };
    writeConfigs(modelFolder, target, artefacts, { 'transformers.js_config': runtime });
  } finally {
    weights.close();
  }
  writeTokenizer(folderOf('vocabulary'), target);
}
