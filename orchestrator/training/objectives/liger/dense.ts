import {
  add,
  crossEntropy,
  gatherRows,
  l2Normalize,
  matMul,
  mul,
  sumAll,
} from '../../../engine/functions.ts';
import { constant, input } from '../../../engine/graph.ts';
import { hiddenScore } from '../../../models/hidden-score.ts';
import { parseLigerConfig } from '../../../models/liger/config.ts';
import { projectTexts } from '../../../models/liger/item-reader.ts';
import { textsTensor } from '../../../models/liger/tensors.ts';
import { floatList, integerList } from '../feeds.ts';
import type { Objective } from '../objective.ts';

/**
 * The dense loss of LIGER: the state of a history, of unit length, is brought to the projected text of the next item, by
 * a softmax of cosines over all items that the log has; `cold` ones are neither right nor wrong. Feeds: `dense/places` [B],
 * `dense/targets` [B] and `dense/weights` [B].
 */
export function dense(cold: ReadonlySet<number>): Objective {
  return {
    name: 'dense',
    parameters: [],
    readsWhole: true,
    places: ['dense/places'],
    losses({ definition, tensors }, states) {
      const { items, temperature } = parseLigerConfig(definition.config, 'model');
      const blocked = Float32Array.from({ length: items }, (_, item) => (cold.has(item) ? hiddenScore : 0));
      const asked = l2Normalize(
        gatherRows(states, input('dense/places', ['B'], 'int64'), { distinct: true }),
      );
      const texts = l2Normalize(projectTexts(tensors, tensors.weight(textsTensor)));
      const logits = matMul(asked, texts, { transB: true, alpha: 1 / temperature });
      const among = add(logits, constant(blocked, [1, items]));
      const losses = crossEntropy(among, input('dense/targets', ['B'], 'int64'));
      return [sumAll(mul(losses, input('dense/weights', ['B'])))];
    },
    count: ({ length }) => length,
    feeds(batch, examples, total) {
      const asked = examples.map(({ summaries: [{ position, item }] }, row) => ({
        place: batch.behind(row, position),
        item,
      }));
      return {
        'dense/places': integerList(asked.map(({ place }) => place)),
        'dense/targets': integerList(asked.map(({ item }) => item)),
        'dense/weights': floatList(asked.map(() => 1 / total)),
      };
    },
  };
}
