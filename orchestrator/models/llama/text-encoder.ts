import { floats } from '../../engine/floats.ts';
import { matMul, reshape } from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import { int64From } from '../../engine/int64.ts';
import { compile } from '../../engine/program.ts';
import { createMatrix } from '../../shared/matrix.ts';
import { padRows } from '../generation/padded-rows.ts';
import type { SequenceModel, TextEncoder } from '../model.ts';
import type { LlamaConfig } from './config.ts';
import { causalMask, positionsOf, runWholeRows } from './training-pass.ts';

/**
 * The mean over a text's tokens of the last states, after the final norm: `mean` [B, 1, hidden] = `shares` [B, 1, T]
 * times the states [B, T, hidden]. Padding stands on the right, where the causal mask hides it, and has no share.
 */
export async function llamaTextEncoder(
  config: LlamaConfig,
  { tensors, store }: SequenceModel,
  longest: number,
): Promise<TextEncoder> {
  const hidden = runWholeRows(config, tensors, longest);
  const states = reshape(hidden, ['B', 'T', config.hidden_size]);
  const mean = matMul(input('shares', ['B', 1, 'T']), states);
  const program = await compile('text encoder', { mean });
  return {
    async encode(texts) {
      const { tokens, length } = padRows(texts.map((text) => Int32Array.from(text)));
      const shares = new Float32Array(tokens.length);
      for (const [row, text] of texts.entries())
        shares.fill(1 / text.length, row * length, row * length + text.length);
      const results = await program.run({
        ...store.valueViews,
        tokens: { shape: [tokens.length], data: int64From(tokens) },
        positions: positionsOf(texts.length, length),
        mask: causalMask(length),
        shares: { shape: [texts.length, 1, length], data: shares },
      });
      return createMatrix(texts.length, config.hidden_size, floats(results.mean));
    },
    dispose: () => program.dispose(),
  };
}
