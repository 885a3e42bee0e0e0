import { int64From } from '../engine/int64.ts';
import type { StoredTensor } from '../storage/safetensors.ts';

/** Prompts as the worker reads them: `prompts` [T] token ids, `prompt_offsets` [N + 1]. */
export function promptTable(prompts: readonly Int32Array[]): Record<string, StoredTensor> {
  const offsets = new Float64Array(prompts.length + 1);
  for (const [at, prompt] of prompts.entries()) offsets[at + 1] = offsets[at] + prompt.length;
  const tokens = new Int32Array(offsets[prompts.length]);
  for (const [at, prompt] of prompts.entries()) tokens.set(prompt, offsets[at]);
  return {
    prompts: { shape: [tokens.length], data: tokens },
    prompt_offsets: { shape: [offsets.length], data: int64From(offsets) },
  };
}
