import { floats } from '../../engine/floats.ts';
import { matMul, reshape } from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import { compile } from '../../engine/program.ts';
import { createMatrix } from '../../shared/matrix.ts';
import type { SequenceModel, TextEncoder } from '../model.ts';
import type { T5Config } from './config.ts';
import { tokenReader } from './source-reader.ts';
import { encodeSources } from './whole-pass.ts';

/** The mean over a text's tokens of the encoder's last states. */
export async function t5TextEncoder(
  config: T5Config,
  { tensors, store }: SequenceModel,
): Promise<TextEncoder> {
  const reader = tokenReader(config);
  const encoded = encodeSources(config, tensors, reader);
  const states = reshape(encoded, ['B', 'E', config.d_model]);
  const program = await compile('text encoder', { mean: matMul(input('shares', ['B', 1, 'E']), states) });
  return {
    async encode(texts) {
      const { feeds, length } = reader.feeds(texts.map((text) => Int32Array.from(text)));
      const shares = new Float32Array(texts.length * length);
      for (const [row, text] of texts.entries())
        shares.fill(1 / text.length, row * length, row * length + text.length);
      const { mean } = await program.run({
        ...store.valueViews,
        ...feeds,
        shares: { shape: [texts.length, 1, length], data: shares },
      });
      return createMatrix(texts.length, config.d_model, floats(mean));
    },
    dispose: () => program.dispose(),
  };
}
