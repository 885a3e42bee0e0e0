import type { Reporter } from '../shared/reporter.ts';
import { type Events, keepEvents } from './source/event-log.ts';

/**
 * Lets refunds (events whose quantity is negative) take back the latest earlier purchases of that user and item, as many
 * pieces as they name, and removes them. A purchase of which a piece is left stays.
 */
export function takeBack(events: Events, report: Reporter): Events {
  const { quantities } = events;
  if (!quantities?.some((quantity) => quantity < 0)) return events;
  const counts = { refunds: 0, whole: 0, inPart: 0, unknown: 0 };
  const gone = new Uint8Array(quantities.length);
  for (const pair of refundedPairs(events, quantities)) {
    const open: { at: number; left: number }[] = [];
    for (const at of inOrderOfTime(pair, events, quantities)) {
      const quantity = quantities[at];
      if (!(quantity < 0)) {
        open.push({ at, left: Number.isNaN(quantity) ? 1 : quantity });
        continue;
      }
      gone[at] = 1;
      counts.refunds++;
      if (open.length === 0) counts.unknown++;
      let missing = -quantity;
      while (missing > 0 && open.length > 0) {
        const latest = open[open.length - 1];
        const taken = Math.min(missing, latest.left);
        missing -= taken;
        latest.left -= taken;
        if (latest.left > 0) {
          counts.inPart++;
          continue;
        }
        gone[latest.at] = 1;
        counts.whole++;
        open.pop();
      }
    }
  }
  const { refunds, whole, inPart, unknown } = counts;
  report({
    type: unknown > refunds / 2 ? 'warning' : 'note',
    text: `${refunds} refunds take back ${whole} purchases${inPart > 0 ? ` and ${inPart} in part, which stay` : ''}${unknown > 0 ? `; ${unknown} name no earlier purchase of that user and item` : ''}`,
  });
  return keepEvents(events, (at) => gone[at] === 0);
}

/** For each user and item of a refund the places of all their events, in the order of the log. */
function refundedPairs({ users, items }: Events, quantities: Float64Array): Iterable<number[]> {
  const pairOf = (at: number) => `${users[at]} ${items[at]}`;
  const refundedUsers = new Set<number>();
  const pairs = new Map<string, number[]>();
  for (let at = 0; at < quantities.length; at++)
    if (quantities[at] < 0) {
      refundedUsers.add(users[at]);
      pairs.set(pairOf(at), []);
    }
  for (let at = 0; at < users.length; at++) if (refundedUsers.has(users[at])) pairs.get(pairOf(at))?.push(at);
  return pairs.values();
}

/** Events without a time last; a purchase before a refund of the same moment, and else in the order of the log. */
function inOrderOfTime(places: number[], { times }: Events, quantities: Float64Array): number[] {
  const timeOf = (at: number) => (Number.isNaN(times[at]) ? Number.POSITIVE_INFINITY : times[at]);
  const rank = (at: number) => Number(quantities[at] < 0);
  return places.sort((one, other) => {
    const [first, second] = [timeOf(one), timeOf(other)];
    if (first !== second) return first - second;
    return Number.isNaN(times[one]) ? one - other : rank(one) - rank(other) || one - other;
  });
}
