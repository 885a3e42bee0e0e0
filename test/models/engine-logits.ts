import { input } from '../../orchestrator/engine/graph.ts';
import { compile } from '../../orchestrator/engine/program.ts';
import { parseLlamaConfig } from '../../orchestrator/models/llama/config.ts';
import { runDecoder } from '../../orchestrator/models/llama/decoder.ts';
import { causalMask } from '../../orchestrator/models/llama/training-pass.ts';
import type { SequenceModel } from '../../orchestrator/models/model.ts';
import { int64 } from './tiny-model.ts';

/** Logits of one row of tokens through the engine, [length][vocabulary]. */
export async function engineLogits(model: SequenceModel, tokens: number[]): Promise<number[][]> {
  const length = tokens.length;
  const config = parseLlamaConfig(model.definition.config, 'test');
  const { hidden } = runDecoder(config, model.tensors, {
    batch: 'B',
    length: 'T',
    embedded: model.tensors.embed(input('tokens', ['B*T'], 'int64')),
    positions: input('positions', ['B', 'T'], 'int64'),
    mask: input('mask', [1, 1, 1, 'T', 'T']),
    longest: 16,
  });
  const program = await compile('logits', { logits: model.tensors.logits(hidden) });
  const { logits } = await program.run({
    ...model.store.valueViews,
    tokens: { shape: [length], data: int64(tokens) },
    positions: { shape: [1, length], data: int64(tokens.map((_, at) => at)) },
    mask: causalMask(length),
  });
  await program.dispose();
  const width = config.vocab_size;
  const values = Array.from(logits.data as Float32Array);
  return tokens.map((_, at) => values.slice(at * width, (at + 1) * width));
}

export function largestGap(a: number[][], b: number[][]): number {
  return Math.max(...a.flatMap((row, at) => row.map((value, column) => Math.abs(value - b[at][column]))));
}
