import type { z } from 'zod';
import type { Dataset } from '../../dataset/types.ts';
import { topItems } from '../../evaluation/top-items.ts';
import type { Source } from '../../item-index/types.ts';
import { createBreathe } from '../../shared/breathe.ts';
import { UserError } from '../../shared/errors.ts';
import type { Matrix } from '../../shared/matrix.ts';
import { cardOf, withNotes } from '../cards.ts';
import type { SimilarItems, similarOptions, TogetherItems, togetherOptions } from '../contract/related.ts';
import type { Where } from '../contract/rules.ts';
import { madeOnce } from '../made-once.ts';
import { nothingFits } from '../rules/read-rules.ts';
import type { ItemsWhere } from '../rules/where.ts';
import { byChance, companionOrder } from './companions.ts';
import { createCosines } from './cosines.ts';
import { countTogether } from './count-together.ts';

export interface RelatedParts {
  dataset: Dataset;
  /** Null where the run has no vectors of its items: it then knows only what was taken together. */
  embeddings: Record<Source, Matrix> | null;
  itemsWhere: ItemsWhere;
  /** Items that are in no list at the moment. */
  unavailable(): ReadonlySet<number>;
}

/** Items beside one item, by options that were checked. They throw a UserError for an id that the catalogue lacks. */
export interface RelatedItems {
  similar(id: string, options: z.output<typeof similarOptions>): Promise<SimilarItems>;
  together(id: string, options: z.output<typeof togetherOptions>): Promise<TogetherItems>;
  /** The number of an item by its id. */
  numberOf(id: string): number;
  /** [items] how like each is to an item, by number: the mean of both cosines, as `similar` has it. */
  likeness(item: number): Promise<Float32Array>;
}

export function createRelatedItems({
  dataset,
  embeddings,
  itemsWhere,
  unavailable,
}: RelatedParts): RelatedItems {
  const { items } = dataset;
  const numbers = new Map(items.map(({ item_id }, item) => [item_id, item]));
  const cosines = embeddings && {
    text: createCosines(embeddings.semantic),
    behaviour: createCosines(embeddings.behaviour),
  };
  const counted = madeOnce(() => countTogether(dataset));
  const numberOf = (id: string) => {
    const item = numbers.get(id);
    if (item !== undefined) return item;
    throw new UserError(
      'serving/no-such-item',
      `the catalogue has no item with the id ${JSON.stringify(id.slice(0, 100))}`,
      {
        remedy: 'Give the id of an item of the catalogue.',
      },
    );
  };
  /** The best items among those that are wanted, none without a score. */
  const best = (scores: Float32Array, item: number, k: number, where: Where | undefined) => {
    const allowed = where ? itemsWhere(where) : null;
    const gone = unavailable();
    const wanted = scores.map((score, other) =>
      other === item || gone.has(other) || allowed?.has(other) === false ? -Infinity : score,
    );
    return { found: topItems(wanted, k), notes: allowed?.size === 0 ? [nothingFits] : [] };
  };
  const similarityOf = async (item: number, by: z.output<typeof similarOptions>['by']) => {
    if (!cosines)
      throw new UserError('serving/no-vectors', 'this run has no vectors of its items to compare', {
        remedy: 'Ask what was taken together, or open a run with an embedding stage.',
      });
    const breathe = createBreathe();
    const ways = by === 'both' ? (['text', 'behaviour'] as const) : [by];
    const all: Float32Array[] = [];
    for (const way of ways) all.push(await cosines[way](item, breathe));
    const [first, second = first] = all;
    return first.map((cosine, other) => (cosine + second[other]) / 2);
  };
  return {
    numberOf,
    likeness: (item) => similarityOf(item, 'both'),
    async similar(id, { by, k, where }) {
      const item = numberOf(id);
      const similarity = await similarityOf(item, by);
      const { found, notes } = best(similarity, item, k, where);
      const data = found.map((other) => ({ ...cardOf(items[other]), similarity: similarity[other] }));
      return { item: cardOf(items[item]), data, ...withNotes(notes) };
    },
    async together(id, { k, where }) {
      const item = numberOf(id);
      const breathe = createBreathe();
      await counted.make(breathe);
      const { users, with: countWith } = counted();
      const both = await countWith(item, breathe);
      const counts = (other: number) => ({
        one: users[item],
        other: users[other],
        both: both[other],
        all: dataset.userIds.length,
      });
      // One user who took both says little: such items stand behind all others.
      const orders = Float32Array.from(both, (count, other) =>
        count > 0 ? companionOrder(counts(other)) + (count > 1 ? 2 : 0) : -Infinity,
      );
      const { found, notes } = best(orders, item, k, where);
      const data = found.map((other) => ({
        ...cardOf(items[other]),
        similarity: both[other] / Math.sqrt(users[item] * users[other]),
        users: both[other],
        lift: both[other] / byChance(counts(other)),
      }));
      return { item: cardOf(items[item]), data, ...withNotes(notes) };
    },
  };
}
