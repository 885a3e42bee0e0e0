import type { RawEvent } from './checked-event.ts';
import { createIdTable, type IdTable, type Spans } from './id-table.ts';

/** Interactions in the order of the log, as columns. Users and items are numbers of their id tables. */
export interface Events {
  /** [events] */
  users: Int32Array;
  /** [events] */
  items: Int32Array;
  /** [events] as in the log; NaN = none. */
  times: Float64Array;
  /** [events] NaN = none; null where no rating was asked for. */
  ratings: Float64Array | null;
  /** [events] how many were bought, negative: given back; NaN = not said. Null where no line says it. */
  quantities: Float64Array | null;
}

/** Takes the interactions of a log: 16 bytes each, and their ids once. */
export interface EventLog {
  users: IdTable;
  items: IdTable;
  size(): number;
  add(event: RawEvent): void;
  /** The first `count` of some interactions in a text, without quantities. */
  addLines(source: Uint8Array, lines: EventLines): void;
  /** Makes room for about so many in all, which spares copies. */
  expect(size: number): void;
  /** Forgets all interactions but the first `size`; ids stay. */
  cutTo(size: number): void;
  events(): Events;
  /** Nothing is to come any more. */
  seal(): void;
  /** Leaves the columns to whoever has them from `events`; ids stay. */
  release(): void;
  /** Forgets the ids, too. */
  clear(): void;
}

/** Where the ids of interactions stand in a text, and their numbers; NaN = none. */
export interface EventLines {
  count: number;
  users: Omit<Spans, 'count'>;
  items: Omit<Spans, 'count'>;
  times: Float64Array;
  ratings: Float64Array;
}

/** Ratings take 8 bytes more each, and are kept only where they are asked for. */
export function createEventLog({ keepsRatings }: { keepsRatings: boolean }): EventLog {
  const [users, items] = [createIdTable(), createIdTable()];
  let count = 0;
  let room = 1 << 10;
  const empty = (): Events => ({
    users: new Int32Array(room),
    items: new Int32Array(room),
    times: new Float64Array(room),
    ratings: keepsRatings ? new Float64Array(room) : null,
    quantities: null,
  });
  let columns = empty();
  const release = () => {
    count = 0;
    room = 0;
    columns = empty();
  };
  const widen = (wanted: number) => {
    if (wanted <= room) return;
    room = Math.ceil(wanted);
    columns = sized(columns, count, room);
  };
  const makeRoom = (more: number) => {
    if (count + more > room) widen(Math.max(count + more, room * growth));
  };
  const put = (user: number, item: number, time: number, rating: number, quantity: number) => {
    makeRoom(1);
    columns.users[count] = user;
    columns.items[count] = item;
    columns.times[count] = time;
    if (columns.ratings) columns.ratings[count] = rating;
    if (!columns.quantities && !Number.isNaN(quantity))
      columns.quantities = new Float64Array(room).fill(Number.NaN);
    if (columns.quantities) columns.quantities[count] = quantity;
    count++;
  };
  return {
    users,
    items,
    size: () => count,
    add: ({ user, item, time, rating, quantity }) =>
      put(
        users.numberOf(user),
        items.numberOf(item),
        time ?? Number.NaN,
        rating ?? Number.NaN,
        quantity ?? Number.NaN,
      ),
    addLines(source, { count: more, users: ofUser, items: ofItem, times, ratings }) {
      makeRoom(more);
      const [from, to] = [count, count + more];
      users.numbersOf(source, { ...ofUser, count: more }, columns.users.subarray(from, to));
      items.numbersOf(source, { ...ofItem, count: more }, columns.items.subarray(from, to));
      columns.times.set(times.subarray(0, more), from);
      columns.ratings?.set(ratings.subarray(0, more), from);
      columns.quantities?.fill(Number.NaN, from, to);
      count = to;
    },
    expect: widen,
    cutTo(size) {
      count = size;
    },
    events: () => firstOf(columns, count),
    seal() {
      users.seal();
      items.seal();
    },
    release,
    clear() {
      release();
      users.clear();
      items.clear();
    },
  };
}

const growth = 1.25;

/** Keeps the interactions for which `stays` holds, in their order and in the same memory. */
export function keepEvents(events: Events, stays: (at: number) => boolean): Events {
  const { users, items, times, ratings, quantities } = events;
  let left = 0;
  for (let at = 0; at < users.length; at++) {
    if (!stays(at)) continue;
    users[left] = users[at];
    items[left] = items[at];
    times[left] = times[at];
    if (ratings) ratings[left] = ratings[at];
    if (quantities) quantities[left] = quantities[at];
    left++;
  }
  return firstOf(events, left);
}

function firstOf({ users, items, times, ratings, quantities }: Events, count: number): Events {
  return {
    users: users.subarray(0, count),
    items: items.subarray(0, count),
    times: times.subarray(0, count),
    ratings: ratings?.subarray(0, count) ?? null,
    quantities: quantities?.subarray(0, count) ?? null,
  };
}

/** A copy with room for more, one column after the other. */
function sized(columns: Events, count: number, room: number): Events {
  const numbers = (old: Int32Array) => {
    const wider = new Int32Array(room);
    wider.set(old.subarray(0, count));
    return wider;
  };
  const fractions = (old: Float64Array | null) => {
    if (!old) return null;
    const wider = new Float64Array(room);
    wider.set(old.subarray(0, count));
    return wider;
  };
  return {
    users: numbers(columns.users),
    items: numbers(columns.items),
    times: fractions(columns.times)!,
    ratings: fractions(columns.ratings),
    quantities: fractions(columns.quantities),
  };
}
