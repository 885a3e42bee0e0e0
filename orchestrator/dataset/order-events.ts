import type { Events } from './source/event-log.ts';

/** Numbers by those of the log's tables, and where each user's events begin, [users + 1]. */
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
 * Puts each event into its user's part, whose place is known; then each part is sorted, which costs little where it is in
 * order already, as most are. An event without a time among others with one counts as of time 0.
 */
export function orderEvents(
  { users, items, times: unordered }: Events,
  { userOf, itemOf, offsets }: EventNumbers,
): OrderedEvents {
  const events = new Int32Array(users.length);
  const times = new Float64Array(users.length);
  const next = offsets.slice();
  let timed = false;
  for (let from = 0; from < users.length; from++) {
    const at = next[userOf[users[from]]]++;
    events[at] = itemOf[items[from]];
    if (Number.isNaN(unordered[from])) continue;
    times[at] = unordered[from];
    timed = true;
  }
  if (!timed) return { events, times: null };
  const parts = { events, times };
  for (let user = 0; user + 1 < offsets.length; user++)
    (offsets[user + 1] - offsets[user] < long ? sortPart : sortLongPart)(
      parts,
      offsets[user],
      offsets[user + 1],
    );
  return { events, times };
}

interface Parts {
  events: Int32Array;
  times: Float64Array;
}

/** From this length on, moving one event at a time would take too long. */
const long = 64;

/** Sorts from `start` until before `end` by time; events of equal times stay in their order. */
function sortPart({ events, times }: Parts, start: number, end: number): void {
  for (let from = start + 1; from < end; from++) {
    const [event, time] = [events[from], times[from]];
    let to = from;
    for (; to > start && times[to - 1] > time; to--) {
      events[to] = events[to - 1];
      times[to] = times[to - 1];
    }
    events[to] = event;
    times[to] = time;
  }
}

function sortLongPart({ events, times }: Parts, start: number, end: number): void {
  const [own, when] = [events.slice(start, end), times.slice(start, end)];
  if (when.every((time, at) => at === 0 || when[at - 1] <= time)) return;
  const places = Array.from(own.keys()).sort((one, other) => when[one] - when[other]);
  places.forEach((place, at) => {
    events[start + at] = own[place];
    times[start + at] = when[place];
  });
}
