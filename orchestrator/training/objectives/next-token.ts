import { gatherRows, mul, sumAll } from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import type { Example } from '../../shared/example.ts';
import { floatList, integerList, type LearnedToken, nothingLearned } from './feeds.ts';
import { firstLearned, lossWeight, type Objective } from './objective.ts';

/** No token is learned by another objective. */
const nowhere = (_example: Example): { has(at: number): boolean } => new Set();

/**
 * Cross entropy of each learned token over the whole vocabulary. Feeds: `selected` [learned] places, `targets` [learned]
 * ids, `weights` [learned]. `temperature` divides the logits, which are linear in the states.
 */
export function nextToken(elsewhere = nowhere, temperature = 1): Objective {
  return {
    name: 'next-token',
    parameters: [],
    readsWhole: false,
    places: ['selected'],
    losses({ tensors }, states) {
      const learned = gatherRows(states, input('selected', ['M'], 'int64'), { distinct: true });
      const scaled = temperature === 1 ? learned : mul(learned, 1 / temperature);
      const losses = tensors.losses(scaled, input('targets', ['M'], 'int64'));
      return [sumAll(mul(losses, input('weights', ['M'])))];
    },
    count: lossWeight,
    feeds(batch, examples, total) {
      const learned: LearnedToken[] = [];
      for (const [row, example] of examples.entries()) {
        const others = elsewhere(example);
        const { target, weights } = example;
        for (let at = firstLearned(example); at < target.length; at++) {
          const place = weights[at] === 0 ? null : batch.before(row, at);
          if (place === null || others.has(at)) continue;
          learned.push({ place, target: target[at], weight: weights[at] / total });
        }
      }
      if (learned.length === 0) learned.push(nothingLearned);
      return {
        selected: integerList(learned.map(({ place }) => place)),
        targets: integerList(learned.map(({ target }) => target)),
        weights: floatList(learned.map(({ weight }) => weight)),
      };
    },
  };
}
