import { historyBefore } from './history-before.ts';
import type { Dataset } from './types.ts';

type Log = Pick<Dataset, 'offsets' | 'trainEnd' | 'events' | 'historyLimit'>;

/** Share of the training events, users' first ones left out, whose item stands in the history that is read before it. */
export function shareOfRepeats(log: Log): number {
  const { offsets, trainEnd, events } = log;
  let asked = 0;
  let repeated = 0;
  for (let user = 0; user < trainEnd.length; user++)
    for (let at = offsets[user] + 1; at < trainEnd[user]; at++) {
      asked++;
      if (historyBefore(log, offsets[user], at).includes(events[at])) repeated++;
    }
  return asked > 0 ? repeated / asked : 0;
}

/** Fewer events cannot show a share so small. */
const fewestEvents = 1000;
/** A single slip in a log, such as an order that was written down twice, does not make it one of repeats. */
const smallestShare = 0.001;

/**
 * Do people of this log take items again, however long after? Where they do not, what a user has is hardly ever what comes
 * next, which models and encoders learn only in part: what is most like a history is its own items. Known from training
 * events alone; a log too short to tell counts as one where they do.
 */
export function takesItemsAgain({ offsets, trainEnd, events }: Omit<Log, 'historyLimit'>): boolean {
  let asked = 0;
  let repeated = 0;
  for (let user = 0; user < trainEnd.length; user++) {
    const seen = new Set<number>();
    for (let at = offsets[user]; at < trainEnd[user]; at++) {
      if (at > offsets[user]) asked++;
      if (seen.has(events[at])) repeated++;
      seen.add(events[at]);
    }
  }
  return asked < fewestEvents || repeated >= smallestShare * asked;
}
