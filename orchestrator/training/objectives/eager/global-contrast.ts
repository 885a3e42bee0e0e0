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
} from '../../../engine/functions.ts';
import { input } from '../../../engine/graph.ts';
import type { TensorView } from '../../../engine/program.ts';
import type { Value } from '../../../engine/types.ts';
import type { StreamTree } from '../../../item-index/stream-trees.ts';
import type { Matrix } from '../../../shared/matrix.ts';
import { ofMeanSquareOne } from '../../../shared/mean-square-one.ts';
import type { Random } from '../../../shared/random.ts';
import { blockOwn, unitRows, vectorsOf } from '../contrast.ts';
import { floatList, integerList } from '../feeds.ts';
import type { Objective } from '../objective.ts';
import { linear, linearSpecs } from './auxiliary.ts';
import type { EagerLossSettings } from './settings.ts';
import { smoothL1 } from './smooth-l1.ts';
import { placedTrees, summaryPlaces, targetOf } from './stream-places.ts';

export interface GlobalContrast {
  trees: readonly StreamTree[];
  /** [items, any width] by stream: vectors that nothing here changes */
  vectors: Record<string, Matrix>;
  settings: Pick<
    EagerLossSettings,
    'contrast' | 'contrast_weight' | 'contrast_temperature' | 'contrast_negatives'
  >;
  hiddenSize: number;
  seed: number;
}

/**
 * The global contrastive task of EAGER: the state of a stream's summary token, by a linear layer of its own, is brought
 * to the target's vector of that source. `smooth-l1`: the mean Smooth-L1 distance to the vector, scaled so that its
 * numbers have a mean square of 1. `info-nce`: by cosines, against items that are drawn.
 *
 * Feeds for each stream of weight above 0: `contrast/STREAM/places` [B] and `targets` [B, width]; of `info-nce` also
 * `negatives` [N, width], and for all streams `contrast/blocked` [B, N] and `contrast/first` [B] zeros. Always
 * `contrast/weights` [B].
 */
export function globalContrast({ trees, vectors, settings, hiddenSize, seed }: GlobalContrast): Objective {
  const { contrast, contrast_weight: weights, contrast_temperature: temperature } = settings;
  const streams = placedTrees(trees).flatMap(({ tree, start }) => {
    const weight = weights[tree.name as keyof typeof weights];
    if (weight === 0) return [];
    const unit = unitRows(vectors[tree.name]);
    const table = contrast === 'info-nce' ? unit : ofMeanSquareOne(unit);
    return [{ tree, start, weight, table, name: `contrast/${tree.name}` }];
  });
  const items = streams[0]?.table.rows ?? 0;
  const drawn = Math.min(settings.contrast_negatives, items);
  return {
    name: 'global-contrast',
    parameters: streams.flatMap(({ name, table }) => linearSpecs(name, table.columns, hiddenSize, seed)),
    readsWhole: true,
    places: streams.map(({ name }) => `${name}/places`),
    losses({ store }, states) {
      const shares = input('contrast/weights', ['B']);
      const lossOf = contrast === 'info-nce' ? againstDrawn(drawn, temperature) : smoothDistance;
      return streams.map(({ name, weight, table }) => {
        const summaries = gatherRows(states, input(`${name}/places`, ['B'], 'int64'), { distinct: true });
        const losses = lossOf(linear(summaries, store.variables, name), name, table.columns);
        return mul(sumAll(mul(losses, shares)), weight);
      });
    },
    count: ({ length }) => length,
    feeds(batch, examples, total, random) {
      const targets = examples.map(targetOf);
      const negatives = contrast === 'info-nce' ? drawItems(drawn, items, random) : null;
      const feeds: Record<string, TensorView> = {
        'contrast/weights': floatList(examples.map(() => 1 / total)),
      };
      if (negatives) {
        feeds['contrast/blocked'] = blockOwn(targets, negatives);
        feeds['contrast/first'] = integerList(targets.map(() => 0));
      }
      for (const { name, table, ...placed } of streams) {
        feeds[`${name}/places`] = integerList(summaryPlaces(placed, batch, examples));
        feeds[`${name}/targets`] = vectorsOf(table, targets);
        if (negatives) feeds[`${name}/negatives`] = vectorsOf(table, negatives);
      }
      return feeds;
    },
  };
}

type SummaryLoss = (projected: Value, name: string, width: number) => Value;

const smoothDistance: SummaryLoss = (projected, name, width) =>
  smoothL1(projected, input(`${name}/targets`, ['B', width]));

/** What is fed for all streams is made once for all of them: a graph has each input once. */
function againstDrawn(drawn: number, temperature: number): SummaryLoss {
  const blocked = input('contrast/blocked', ['B', drawn]);
  const first = input('contrast/first', ['B'], 'int64');
  return (projected, name, width) => {
    const unit = l2Normalize(projected);
    const own = mul(reduceSum(mul(unit, input(`${name}/targets`, ['B', width])), [1], true), 1 / temperature);
    const negatives = input(`${name}/negatives`, [drawn, width]);
    const others = matMul(unit, negatives, { transB: true, alpha: 1 / temperature });
    return crossEntropy(concat([own, add(others, blocked)], 1), first);
  };
}

function drawItems(count: number, items: number, random: Random): Int32Array {
  return Int32Array.from({ length: count }, () => random.integer(items));
}
