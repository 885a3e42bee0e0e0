import { historyBefore } from './history-before.ts';
import type { Dataset } from './types.ts';

type Log = Pick<Dataset, 'offsets' | 'trainEnd' | 'events' | 'historyLimit'>;

/** Share of the training events, a user's first ones left out, whose item stands in the history before it; 0 where there are none. */
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

/** A single slip in a log, such as an order that was written down twice, does not make it one of repeats. */
const hardlyEver = 0.001;

/**
 * Do people of this log take items again? Where they do not, an item that the user has is never what comes next. A model
 * and an encoder learn that only in part: what is most like a history is its own items. Known from training events alone.
 */
export function takesItemsAgain(log: Log): boolean {
  return shareOfRepeats(log) >= hardlyEver;
}
