import type { LlamaConfig } from '../../orchestrator/models/llama/config.ts';
import type { WeightSource } from '../../orchestrator/models/model.ts';
import { referenceLogits } from '../models/reference-decoder.ts';
import { softmaxRow } from '../models/rows.ts';

/** The mean log-probability of a code's tokens behind what stands before it, by the plain decoder. */
export function meanLogProbability(
  config: LlamaConfig,
  weights: WeightSource,
  before: readonly number[],
  code: readonly number[],
): number {
  const logits = referenceLogits(config, weights, [...before, ...code]);
  const logs = code.map((token, at) => Math.log(softmaxRow(logits[before.length + at - 1])[token]));
  return logs.reduce((a, b) => a + b, 0) / logs.length;
}
