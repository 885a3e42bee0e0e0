import type { Item } from '../../dataset/types.ts';
import type { Matrix } from '../../shared/matrix.ts';
import type { Reason } from '../answer-start.ts';
import { cardOf } from '../cards.ts';
import { cosineOf } from '../related/cosine-of.ts';

/** Below this cosine of the behaviour vectors, one item does not clearly follow another. */
const clear = 0.5;

/** Why the model, or what is popular, brings an item: that it was had before, or the item of the history that it goes with, where that is clear. */
export function createReasons(items: readonly Item[], behaviour: Matrix): Reason {
  return (item, history, isModel) => {
    if (history.includes(item)) return { kind: 'again' };
    let [best, most]: [number | null, number] = [null, clear];
    for (const other of new Set(history)) {
      const cosine = cosineOf(behaviour, item, other);
      if (cosine >= most) [best, most] = [other, cosine];
    }
    if (best !== null) return { kind: 'follows', item: cardOf(items[best]) };
    return { kind: isModel ? 'often-next' : 'popular' };
  };
}
