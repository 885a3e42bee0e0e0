import { add } from '../engine/functions.ts';
import { int64From } from '../engine/int64.ts';
import type { TensorView } from '../engine/program.ts';
import type { Value } from '../engine/types.ts';
import type { DropoutSite } from '../models/dropout-sites.ts';
import type { PassOptions, SequenceModel } from '../models/model.ts';
import type { Example } from '../shared/example.ts';
import type { Random } from '../shared/random.ts';
import type { Objective } from './objectives/objective.ts';

/** The loss of a model for some objectives, and its feeds. */
export interface LossGraph {
  /** The sum of all objectives' losses. */
  loss: Value;
  sites: DropoutSite[];
  /** Feeds of one pass; `totals` are the objectives' counts over the whole update, in their order. */
  feeds(
    examples: readonly Example[],
    totals: readonly number[],
    randomOf: (name: string) => Random,
  ): { feeds: Record<string, TensorView>; counts: Record<string, number> };
}

export function lossGraph(
  model: SequenceModel,
  objectives: readonly Objective[],
  options: PassOptions,
): LossGraph {
  const { definition, tensors } = model;
  const { states, sites } = definition.trainingPass(tensors, options);
  const losses = objectives.flatMap((objective) => objective.losses(model, states));
  const whole = objectives.some(({ readsWhole }) => readsWhole);
  const places = objectives.flatMap((objective) => objective.places);
  return {
    loss: losses.reduce((sum, loss) => add(sum, loss)),
    sites,
    feeds(examples, totals, randomOf) {
      const all = [...examples];
      const companions = objectives.map(({ name, companions }) => {
        const rows = companions?.(examples, randomOf(name)) ?? [];
        const behind = all.length;
        all.push(...rows);
        return { rows, behind };
      });
      const batch = definition.batch(all, whole);
      const feeds = { ...batch.feeds };
      for (const [at, objective] of objectives.entries())
        Object.assign(
          feeds,
          objective.feeds(batch, examples, totals[at], randomOf(objective.name), companions[at]),
        );
      const wanted = numberWanted(feeds, places);
      return { feeds, counts: { ...batch.counts, W: wanted } };
    },
  };
}

/**
 * Of flat places in the batch, makes `wanted` [wanted], each of them once, and numbers of these: a model computes no
 * other states. What stands in `feeds` under the names of `places` is replaced. Returns how many are wanted.
 */
export function numberWanted(feeds: Record<string, TensorView>, places: readonly string[]): number {
  const numbers = new Map<number, number>();
  for (const name of places) {
    const positions = feeds[name].data as BigInt64Array;
    const numbered = Int32Array.from(positions, (position) => {
      const flat = Number(position);
      const known = numbers.get(flat);
      if (known !== undefined) return known;
      numbers.set(flat, numbers.size);
      return numbers.size - 1;
    });
    feeds[name] = { shape: feeds[name].shape, data: int64From(numbered) };
  }
  feeds.wanted = { shape: [numbers.size], data: int64From([...numbers.keys()]) };
  return numbers.size;
}
