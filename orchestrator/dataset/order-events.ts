import { forEachChunk, type RowsAsked } from './source/table-rows.ts';

/** Numbers by the keys of `events`: [keys]; and where each user's events begin, [users + 1]. */
export interface EventNumbers {
  userOf: Int32Array;
  itemOf: Int32Array;
  offsets: Int32Array;
}

export interface OrderedEvents {
  /** [events] item numbers, user by user, in order of time, ties in the order of the log. */
  events: Int32Array;
  /** [events] as in the log; null where it has none. */
  times: Float64Array | null;
}

/**
 * Reads the table `events` and puts each event into its user's part, whose place is known; then each part is sorted, which
 * costs little where it is in order already, as most are.
 */
export async function orderEvents(
  asked: Omit<RowsAsked, 'query'>,
  { userOf, itemOf, offsets }: EventNumbers,
): Promise<OrderedEvents> {
  const count = offsets[offsets.length - 1];
  const parts = {
    events: new Int32Array(count),
    times: new Float64Array(count),
    positions: new Uint32Array(count),
  };
  const next = offsets.slice();
  let timed = false;
  const query = 'SELECT "user", item, "time", position::UINTEGER FROM events';
  await forEachChunk({ ...asked, query }, (rows, [users, items, times, positions]) => {
    for (let row = 0; row < rows; row++) {
      const at = next[userOf[users.getItem(row) as number]]++;
      const time = times.getItem(row) as number | null;
      if (time !== null) timed = true;
      parts.events[at] = itemOf[items.getItem(row) as number];
      parts.times[at] = time ?? 0;
      parts.positions[at] = positions.getItem(row) as number;
    }
  });
  for (let user = 0; user + 1 < offsets.length; user++) sortPart(parts, offsets[user], offsets[user + 1]);
  return { events: parts.events, times: timed ? parts.times : null };
}

interface Parts {
  events: Int32Array;
  times: Float64Array;
  positions: Uint32Array;
}

/** Sorts from `start` until before `end` by time, then position: Shell's sort, in place. */
function sortPart({ events, times, positions }: Parts, start: number, end: number): void {
  for (let gap = (end - start) >> 1; gap > 0; gap = gap === 2 ? 1 : Math.floor(gap / 2.2))
    for (let from = start + gap; from < end; from++) {
      const [event, time, position] = [events[from], times[from], positions[from]];
      let to = from;
      for (; to - gap >= start; to -= gap) {
        const before = to - gap;
        if (times[before] < time || (times[before] === time && positions[before] < position)) break;
        events[to] = events[before];
        times[to] = times[before];
        positions[to] = positions[before];
      }
      events[to] = event;
      times[to] = time;
      positions[to] = position;
    }
}
