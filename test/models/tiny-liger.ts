import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import { type LigerConfig, parseLigerConfig } from '../../orchestrator/models/liger/config.ts';
import { liger } from '../../orchestrator/models/liger/liger.ts';
import { textsTensor } from '../../orchestrator/models/liger/tensors.ts';
import type { ModelDefinition, WeightSource } from '../../orchestrator/models/model.ts';
import type { Example } from '../../orchestrator/shared/example.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { tinyT5Config } from './reference-t5.ts';

/** Six items: the digits of their codes, and the tokens of these digits. */
export const codes = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
  [1, 2],
  [2, 0],
];
export const codeTokenIds = [
  [4, 5, 6],
  [7, 8, 9],
];

export const tokensOf = (item: number): number[] =>
  codes[item].map((digit, level) => codeTokenIds[level][digit]);

export const tinyLigerConfig: LigerConfig = parseLigerConfig(
  {
    model_type: 'liger',
    vocab_size: 11,
    items: codes.length,
    text_size: 5,
    code_levels: 2,
    max_items: 4,
    temperature: 0.3,
    backbone: tinyT5Config({ num_decoder_layers: 2 }),
  },
  'tiny',
);

export const tinyLiger: ModelDefinition = liger(tinyLigerConfig);

/** Far from flat, biases and texts included. */
export const livelyLiger: WeightSource = {
  read(name, shape) {
    if (name === textsTensor) {
      const random = createRandom(4, name);
      return Float32Array.from({ length: shape[0] * shape[1] }, () => random.normal());
    }
    return initialWeights(tinyLiger, 3)
      .read(name, shape)
      .map((value, at) => (name.endsWith('.bias') ? 0.2 * Math.sin(at) : value === 1 ? 1 : 0.5 * value));
  },
};

export const readLively = (name: string): Float32Array =>
  livelyLiger.read(name, tinyLiger.tensors.find((tensor) => tensor.name === name)!.shape);

/** Histories of unlike lengths, one longer than the model looks back. */
export const histories: readonly (readonly number[])[] = [[3, 1], [0, 2, 4, 5, 1, 2], [5]];
export const targets = [4, 2, 0];

/** As rows hold them: each item is its number and the tokens of its code. */
export const sourceOf = (history: readonly number[]): Int32Array =>
  Int32Array.from(history.flatMap((item) => [item, ...tokensOf(item)]));

export const examples: Example[] = histories.map((history, row) => ({
  task: 'sequential-recommendation',
  source: sourceOf(history),
  target: Int32Array.from(tokensOf(targets[row])),
  weights: new Float32Array(2).fill(1),
  summaries: [{ position: 1, item: targets[row] }],
}));
