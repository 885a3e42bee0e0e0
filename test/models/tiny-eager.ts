import { type StreamTree, streamTrees } from '../../orchestrator/item-index/stream-trees.ts';
import type { ItemIndex } from '../../orchestrator/item-index/types.ts';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import { type EagerConfig, parseEagerConfig } from '../../orchestrator/models/eager/config.ts';
import { eager } from '../../orchestrator/models/eager/eager.ts';
import type { ModelDefinition, WeightSource } from '../../orchestrator/models/model.ts';
import type { Example } from '../../orchestrator/shared/example.ts';
import { createMatrix, type Matrix } from '../../orchestrator/shared/matrix.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { tinyEagerSizes } from './reference-eager.ts';

/** Seven items with two codes each: clusters of unlike sizes, one of them of a single item. */
const behaviour = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [2, 0],
  [1, 2],
];
const semantic = [
  [1, 0],
  [0, 0],
  [1, 1],
  [0, 1],
  [1, 2],
  [0, 2],
  [0, 3],
];

export const tinyIndex: ItemIndex = {
  levels: 4,
  levelSizes: [3, 3, 2, 4],
  codes: Int32Array.from(behaviour.flatMap((code, item) => [...code, ...semantic[item]])),
  streams: [
    { name: 'behaviour', levels: 2 },
    { name: 'semantic', levels: 2 },
  ],
};

export const tinyTrees: StreamTree[] = streamTrees(tinyIndex);

export const tinyEagerConfig: EagerConfig = parseEagerConfig(
  {
    model_type: 'eager',
    vocab_size: 7,
    ...tinyEagerSizes,
    max_position_embeddings: 5,
    streams: tinyTrees.map(({ name, levels, nodes }) => ({ name, levels, nodes })),
  },
  'tiny',
);

export const tinyEager: ModelDefinition = eager(tinyEagerConfig);

/** Far from flat, biases included. */
export const livelyEager: WeightSource = {
  read(name, shape) {
    const drawn = initialWeights(tinyEager, 5).read(name, shape);
    return drawn.map((value, at) =>
      name.endsWith('.bias') || value === 1 ? value + 0.2 * Math.sin(at) : value * 25,
    );
  },
};

/** Histories of unlike lengths, one longer than the model looks back. */
export const histories: readonly (readonly number[])[] = [[3, 1], [0, 2, 4, 6, 5, 1], [5]];
export const targets = [6, 2, 5];

export const examples: Example[] = histories.map((history, row) => ({
  task: 'sequential-recommendation',
  source: Int32Array.from(history),
  target: Int32Array.from(
    tinyTrees.flatMap(({ paths, levels }) => [
      ...paths.subarray(targets[row] * levels, (targets[row] + 1) * levels),
    ]),
  ),
  weights: new Float32Array(4).fill(1),
  summaries: [
    { position: 1, item: targets[row] },
    { position: 3, item: targets[row] },
  ],
}));

export function drawnVectors(columns: number, seed: number): Matrix {
  const random = createRandom(seed);
  return createMatrix(
    7,
    columns,
    Float32Array.from({ length: 7 * columns }, () => random.normal()),
  );
}
