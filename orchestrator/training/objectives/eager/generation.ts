import { gatherRows, mul, sumAll } from '../../../engine/functions.ts';
import { input } from '../../../engine/graph.ts';
import type { StreamTree } from '../../../item-index/stream-trees.ts';
import { nodesTensor } from '../../../models/eager/tensors.ts';
import { floatList, integerList } from '../feeds.ts';
import type { Objective } from '../objective.ts';
import { nodeFeeds, nodeLosses } from './node-loss.ts';
import { pathsIn, placedTrees } from './stream-places.ts';

/**
 * L_gen of EAGER: for each stream the mean cross entropy of the nodes on the way to the target, each among the siblings
 * it has, and the sum of both streams. Feeds for each stream and level: `generation/STREAM/l/places` [B], and those of
 * `nodeFeeds`; `generation/weights` [B].
 */
export function generation(trees: readonly StreamTree[]): Objective {
  const placed = placedTrees(trees);
  const all = placed.flatMap((own) =>
    Array.from({ length: own.tree.levels }, (_, level) => ({
      ...own,
      level,
      name: `generation/${own.tree.name}/${level}`,
    })),
  );
  return {
    name: 'generation',
    parameters: [],
    readsWhole: false,
    places: all.map(({ name }) => `${name}/places`),
    losses({ tensors }, states) {
      const weights = input('generation/weights', ['B']);
      return all.map((own) => {
        const before = gatherRows(states, input(`${own.name}/places`, ['B'], 'int64'), { distinct: true });
        const losses = nodeLosses(own, before, tensors.weight(nodesTensor(own.tree.name)));
        return mul(sumAll(mul(losses, weights)), 1 / own.tree.levels);
      });
    },
    count: ({ length }) => length,
    feeds: (batch, examples, total) =>
      Object.assign(
        { 'generation/weights': floatList(examples.map(() => 1 / total)) },
        ...all.map((own) => ({
          [`${own.name}/places`]: integerList(
            examples.map((_, row) => Number(batch.before(row, own.start + own.level))),
          ),
          ...nodeFeeds(own, pathsIn(own, examples)),
        })),
      ),
  };
}
