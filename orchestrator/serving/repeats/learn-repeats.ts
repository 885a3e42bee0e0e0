import type { Dataset } from '../../dataset/types.ts';
import type { Pieces } from '../made-once.ts';
import type { ItemFields } from '../rules/item-fields.ts';
import { countRepeats, type RepeatCounts } from './count-repeats.ts';

/** How an item is taken again. */
export interface Habit {
  /** Whether people take it again at all: coffee, but no kettle. */
  again: boolean;
  /** So many events after it was taken it may come again, at the earliest. */
  events: number;
  /** And so many seconds; null where the log does not tell. */
  seconds: number | null;
}

/** Fewer purchases, or repeats, do not tell. */
const fewest = 30;
/** Share of the purchases that has to be repeats, beyond those that chance makes. */
const smallestShare = 0.1;
/** A category with so few different items repeats them anyhow. */
const mostByChance = 0.9;
/** Nine in ten repeats come later. */
const earliest = 0.1;

/**
 * Learns from the training log which items are taken again, by the most special category that has enough purchases: by how
 * much repeats are more than popularity alone makes. In a shop of a few knives, two buyers in ten take by chance what
 * they have; of those who buy coffee again, most take the same.
 */
export function* learnRepeats(dataset: Dataset, fields: ItemFields): Pieces<(item: number) => Habit> {
  const numbers = new Map<string, number>([['', 0]]);
  const groupsOf = dataset.items.map((_, item) => {
    const parts = fields.partsOf(item);
    return [0, ...parts.map((_, depth) => numberOf(numbers, parts.slice(0, depth + 1).join(' > ')))];
  });
  const counts = yield* countRepeats(dataset, groupsOf, numbers.size);
  const [all] = counts;
  const habits = counts.map((count) => habitOf(count, all));
  const isTold = ({ purchases, expected }: RepeatCounts) =>
    purchases >= fewest && expected <= mostByChance * purchases;
  return (item) => {
    const told = groupsOf[item].findLast((group) => isTold(counts[group]));
    return told === undefined ? { again: false, events: 0, seconds: null } : habits[told];
  };
}

function numberOf(numbers: Map<string, number>, path: string): number {
  const number = numbers.get(path) ?? numbers.size;
  numbers.set(path, number);
  return number;
}

/** A share that chance could have made, within two standard errors, is none. */
function habitOf({ purchases, repeats, expected, events, seconds }: RepeatCounts, all: RepeatCounts): Habit {
  const [share, byChance] = [repeats / purchases, expected / purchases];
  const beyond = (share - byChance) / (1 - byChance);
  const error = Math.sqrt((share * (1 - share)) / purchases) / (1 - byChance);
  const ofAll = (own: number[], others: number[]) => (own.length >= fewest ? own : others);
  return {
    again: beyond - 2 * error >= smallestShare,
    // What was taken last is never offered at once.
    events: Math.max(2, quantile(ofAll(events, all.events)) ?? 0),
    seconds: quantile(ofAll(seconds, all.seconds)),
  };
}

function quantile(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return [...values].sort((a, b) => a - b)[Math.floor(earliest * values.length)];
}
