import type { Figures } from '../shared/reporter.ts';
import { countOfEqual } from './count-of-equal.ts';
import { targetRange } from './evaluation-cases.ts';
import { itemWithoutText } from './source/item-text.ts';
import { trainingSequence } from './training-sequence.ts';
import type { Dataset, Item } from './types.ts';

/** Key figures; `cold test targets` are those whose item never occurs in training. */
export interface DatasetFigures extends Figures {
  users: number;
  items: number;
  interactions: number;
  /** Interactions over all user-item pairs. */
  density: number;
  'mean length': number;
  'validation targets': number;
  'test targets': number;
  'cold test targets': number;
  'targets without history': number;
  'items without text': number;
  /** Those whose item occurs earlier in the user's sequence. */
  'test targets in their history': number;
  /** Items whose text, if any, is another item's too. */
  'items with equal texts': number;
}

export function datasetFigures(dataset: Dataset): DatasetFigures {
  const { items, userIds, events, offsets } = dataset;
  const trained = new Uint8Array(items.length);
  for (let user = 0; user < userIds.length; user++)
    for (const item of trainingSequence(dataset, user)) trained[item] = 1;
  const count = { validation: 0, test: 0, cold: 0, unasked: 0, repeated: 0 };
  for (let user = 0; user < userIds.length; user++)
    for (const split of ['validation', 'test'] as const) {
      const [from, to] = targetRange(dataset, split, user);
      count[split] += to - from;
      if (from === offsets[user] && to > from) count.unasked++;
      if (split === 'validation') continue;
      for (let at = from; at < to; at++) {
        count.cold += 1 - trained[events[at]];
        if (events.subarray(offsets[user], at).includes(events[at])) count.repeated++;
      }
    }
  const described = items.filter((item) => textOf(item) !== withoutText);
  return {
    users: userIds.length,
    items: items.length,
    interactions: events.length,
    density: events.length / (userIds.length * items.length),
    'mean length': events.length / userIds.length,
    'validation targets': count.validation,
    'test targets': count.test,
    'cold test targets': count.cold,
    'targets without history': count.unasked,
    'items without text': items.length - described.length,
    'test targets in their history': count.repeated,
    'items with equal texts': countOfEqual(described, textOf),
  };
}

const withoutText = textOf(itemWithoutText(''));

function textOf({ title, description, categories, brand, keywords }: Item): string {
  return JSON.stringify([title, description, categories, brand, keywords]);
}
