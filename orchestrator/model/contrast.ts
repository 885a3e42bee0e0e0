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
} from '../engine/functions.ts';
import { input } from '../engine/graph.ts';
import type { ParameterSpec } from '../engine/optimisers/parameters.ts';
import type { TensorView } from '../engine/program.ts';
import type { Value } from '../engine/types.ts';
import { createRandom } from '../shared/random.ts';

/** A source that summaries are held against, and the width of its vectors. */
export interface ContrastSource {
  name: string;
  width: number;
}

/** What a summary is held against, and how sharply. */
export interface ContrastShape {
  sources: readonly ContrastSource[];
  temperature: number;
  /** Drawn items of a pass. */
  negatives: number;
}

/** Factors inside of training alone: they are no part of the model. */
export const projectorName = (source: string): string => `contrast.${source}.weight`;

/** One linear projector a source, [width of the source, hidden], so that a summary can be compared with its vectors. */
export function projectorSpecs(
  sources: readonly ContrastSource[],
  hiddenSize: number,
  seed: number,
): ParameterSpec[] {
  return sources.map(({ name, width }) => ({
    name: projectorName(name),
    shape: [width, hiddenSize],
    decay: true,
    auxiliary: true,
    initialise: (target) => {
      const random = createRandom(seed, 'contrast', name);
      for (let at = 0; at < target.length; at++) target[at] = random.normal() / Math.sqrt(hiddenSize);
    },
  }));
}

/**
 * What the loss is fed: `contrast/summaries` [S] flat positions of the summaries, `contrast/weights` [S],
 * `contrast/first` [S] zeros (the target comes before the drawn items), `contrast/blocked` [S, N]: very negative where
 * a drawn item is the summary's own target, else 0; and for each source, of unit length, `contrast/SOURCE/targets`
 * [S, width] and `contrast/SOURCE/negatives` [N, width], the drawn items.
 */
export type ContrastFeeds = Record<`contrast/${string}`, TensorView>;

/**
 * Global contrast decompression (EAGER-LLM): the state at the end of a target's code, projected into the space of a
 * source and brought to unit length, is held against the target's own vector and against those of drawn items, by
 * InfoNCE (van den Oord et al. 2018), once for each source. Returns the weighted sum of the losses.
 */
export function contrastLoss(
  hidden: Value,
  variables: Record<string, Value>,
  { sources, temperature, negatives: drawn }: ContrastShape,
): Value {
  const states = gatherRows(hidden, input('contrast/summaries', ['S'], 'int64'), { distinct: true });
  const blocked = input('contrast/blocked', ['S', drawn]);
  const first = input('contrast/first', ['S'], 'int64');
  const weights = input('contrast/weights', ['S']);
  const losses = sources.map(({ name, width }) => {
    const projected = l2Normalize(matMul(states, variables[projectorName(name)], { transB: true }));
    const targets = input(`contrast/${name}/targets`, ['S', width]);
    const negatives = input(`contrast/${name}/negatives`, [drawn, width]);
    const own = mul(reduceSum(mul(projected, targets), [1], true), 1 / temperature);
    const others = matMul(projected, negatives, { transB: true, alpha: 1 / temperature });
    return sumAll(mul(crossEntropy(concat([own, add(others, blocked)], 1), first), weights));
  });
  return losses.reduce((sum, loss) => add(sum, loss));
}
