import {
  add,
  concat,
  crossEntropy,
  gatherRows,
  l2Normalize,
  matMul,
  mul,
  reduceSum,
  sumAll,
} from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import type { ParameterSpec } from '../../engine/optimisers/parameters.ts';
import type { Value } from '../../engine/types.ts';
import { hiddenScore } from '../../models/hidden-score.ts';
import type { SequenceModel } from '../../models/model.ts';
import { createMatrix, type Matrix, rowOf } from '../../shared/matrix.ts';
import { createRandom } from '../../shared/random.ts';
import { takeRows } from '../../shared/take-rows.ts';
import { floatList, integerList } from './feeds.ts';
import type { Objective, ObjectiveKind } from './objective.ts';
import type { ObjectiveSettings } from './settings.ts';

/** Global contrast decompression in a part of training. */
export interface Contrast {
  /** Vectors of all items by source, of unit length. */
  tables: Record<string, Matrix>;
  /** Weight of each source's loss, relative to the token loss. */
  weight: number;
  temperature: number;
  /** Items sampled for a pass through the graph; all of its summaries are contrasted with them. */
  negatives: number;
}

export const contrastKind: ObjectiveKind = {
  prepare: (part, { vectors, hiddenSize, seed }) =>
    part.contrastive_weight > 0 && vectors
      ? contrastObjective(
          {
            tables: Object.fromEntries(
              part.contrastive_sources.map((source) => [source, unitRows(vectors[source])]),
            ),
            weight: part.contrastive_weight,
            temperature: part.contrastive_temperature,
            negatives: part.contrastive_negatives,
          },
          hiddenSize,
          seed,
        )
      : null,
  heldOut: () => null,
  sources: sourcesOf,
  parameters: (part, { vectors, hiddenSize, seed }) =>
    projectorSpecs(
      Object.fromEntries(sourcesOf(part).map((source) => [source, vectors[source]])),
      hiddenSize,
      seed,
    ),
};

function sourcesOf(part: ObjectiveSettings): readonly string[] {
  return part.contrastive_weight > 0 ? part.contrastive_sources : [];
}

/**
 * Global contrast decompression (EAGER-LLM): the state at the end of a target's code, projected into the space of a
 * source and normalised to unit length, is contrasted with the target's own vector and those of sampled items, by
 * InfoNCE (van den Oord et al. 2018), once for each source.
 *
 * Feeds: `contrast/summaries` [S] places, `contrast/weights` [S], `contrast/first` [S] zeros (the target comes before
 * the sampled items), `contrast/blocked` [S, N] very negative where a sampled item is the summary's own target, else 0;
 * and for each source, of unit length, `contrast/SOURCE/targets` [S, width] and `contrast/SOURCE/negatives` [N, width],
 * the sampled items. The parameters are its projectors.
 */
export function contrastObjective(contrast: Contrast, hiddenSize: number, seed: number): Objective {
  const tables = Object.entries(contrast.tables);
  const items = tables[0][1].rows;
  const negatives = Math.min(contrast.negatives, items);
  return {
    name: 'contrast',
    parameters: projectorSpecs(contrast.tables, hiddenSize, seed),
    readsWhole: true,
    places: ['contrast/summaries'],
    losses: (model, states) => [contrastLoss(model, states, contrast, negatives)],
    count: (examples) => examples.reduce((sum, { summaries }) => sum + summaries.length, 0),
    // Examples without a target item have no summary and take no part.
    feeds(batch, examples, total, random) {
      const summaries = examples.flatMap((example, row) =>
        example.summaries.map(({ position, item }) => ({
          place: batch.behind(row, position),
          item,
          weight: contrast.weight / total,
        })),
      );
      // Kernels want at least one row.
      if (summaries.length === 0) summaries.push({ place: 0, item: 0, weight: 0 });
      const targets = summaries.map(({ item }) => item);
      const drawn = Int32Array.from({ length: negatives }, () => random.integer(items));
      return {
        'contrast/summaries': integerList(summaries.map(({ place }) => place)),
        'contrast/first': { shape: [targets.length], data: new BigInt64Array(targets.length) },
        'contrast/weights': floatList(summaries.map(({ weight }) => weight)),
        'contrast/blocked': blockOwn(targets, drawn),
        ...Object.fromEntries(
          tables.flatMap(([name, table]) => [
            [`contrast/${name}/targets`, vectorsOf(table, targets)],
            [`contrast/${name}/negatives`, vectorsOf(table, drawn)],
          ]),
        ),
      };
    },
  };
}

/** Only used in training: not a part of the model. */
const projectorName = (source: string): string => `contrast.${source}.weight`;

/** One linear projector a source, [width of the source, hidden], so that a summary can be compared with its vectors. */
export function projectorSpecs(
  tables: Record<string, Matrix>,
  hiddenSize: number,
  seed: number,
): ParameterSpec[] {
  return Object.entries(tables).map(([name, { columns }]) => ({
    name: projectorName(name),
    shape: [columns, hiddenSize],
    decay: true,
    auxiliary: true,
    initialise: (target) => {
      const random = createRandom(seed, 'contrast', name);
      for (let at = 0; at < target.length; at++) target[at] = random.normal() / Math.sqrt(hiddenSize);
    },
  }));
}

/** Rows of unit length; a row of zeros stays one. */
export function unitRows(vectors: Matrix): Matrix {
  const unit = createMatrix(vectors.rows, vectors.columns, vectors.data.slice());
  for (let row = 0; row < unit.rows; row++) {
    const own = rowOf(unit, row);
    const length = Math.sqrt(own.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) for (let column = 0; column < own.length; column++) own[column] /= length;
  }
  return unit;
}

function contrastLoss(
  { store }: SequenceModel,
  hidden: Value,
  { tables, temperature }: Contrast,
  drawn: number,
): Value {
  const states = gatherRows(hidden, input('contrast/summaries', ['S'], 'int64'), { distinct: true });
  const blocked = input('contrast/blocked', ['S', drawn]);
  const first = input('contrast/first', ['S'], 'int64');
  const weights = input('contrast/weights', ['S']);
  const losses = Object.entries(tables).map(([name, { columns }]) => {
    const projected = l2Normalize(matMul(states, store.variables[projectorName(name)], { transB: true }));
    const targets = input(`contrast/${name}/targets`, ['S', columns]);
    const negatives = input(`contrast/${name}/negatives`, [drawn, columns]);
    const own = mul(reduceSum(mul(projected, targets), [1], true), 1 / temperature);
    const others = matMul(projected, negatives, { transB: true, alpha: 1 / temperature });
    return sumAll(mul(crossEntropy(concat([own, add(others, blocked)], 1), first), weights));
  });
  return losses.reduce((sum, loss) => add(sum, loss));
}

/** A sampled item that is a summary's own target is not a negative for it. */
export function blockOwn(targets: readonly number[], drawn: Int32Array) {
  const blocked = new Float32Array(targets.length * drawn.length);
  for (const [row, target] of targets.entries())
    for (let at = 0; at < drawn.length; at++)
      if (drawn[at] === target) blocked[row * drawn.length + at] = hiddenScore;
  return { shape: [targets.length, drawn.length], data: blocked };
}

export function vectorsOf(table: Matrix, items: ArrayLike<number>) {
  const { rows, columns, data } = takeRows(table, items);
  return { shape: [rows, columns], data };
}
