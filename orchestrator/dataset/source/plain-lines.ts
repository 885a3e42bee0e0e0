import { BrokenLine } from './broken-line.ts';
import { checkedEvent, type EventNeeds } from './checked-event.ts';
import type { EventLines, EventLog } from './event-log.ts';
import { isPlainId, plainNumber } from './plain-values.ts';

export interface PlainColumns {
  /** Places of user, item, time and rating; -1 = there is none. */
  chosen: number[];
  width: number;
  /** A byte. */
  delimiter: number;
}

/** So many interactions are put into the log at a time. */
const batch = 4096;
const lineFeed = 10;

/**
 * Takes interactions from whole lines, each with its end, out of their bytes: no text is made of an id. Gives false where a
 * line is not plain; those before it may then be in the log.
 */
export function createPlainLines(
  { chosen: [userAt, itemAt, timeAt, ratingAt], width, delimiter }: PlainColumns,
  needs: EventNeeds,
  log: EventLog,
): (bytes: Buffer) => boolean {
  const lines: EventLines = {
    count: 0,
    users: spans(),
    items: spans(),
    times: new Float64Array(batch).fill(Number.NaN),
    ratings: new Float64Array(batch).fill(Number.NaN),
  };
  const { users, items, times, ratings } = lines;
  const hasTime = needs.time && timeAt >= 0;
  const hasRating = ratingAt >= 0;
  /** Column c is from `starts[c]` until before `starts[c + 1] - 1`. */
  const starts = new Int32Array(width + 1);
  const textIn = (bytes: Buffer, column: number) =>
    column < 0 ? null : bytes.toString('latin1', starts[column], starts[column + 1] - 1) || null;
  const numberIn = (bytes: Buffer, column: number) =>
    plainNumber(bytes, starts[column], starts[column + 1] - 1);
  /** Dates, and numbers in other notations. */
  const readAnyhow = (bytes: Buffer, line: number): boolean => {
    try {
      const { time, rating } = checkedEvent('u', 'i', textIn(bytes, timeAt), textIn(bytes, ratingAt), needs);
      times[line] = time ?? Number.NaN;
      ratings[line] = rating ?? Number.NaN;
      return true;
    } catch (error) {
      if (error instanceof BrokenLine) return false;
      throw error;
    }
  };
  const takeIds = (bytes: Buffer, line: number): boolean => {
    users.starts[line] = starts[userAt];
    users.ends[line] = starts[userAt + 1] - 1;
    items.starts[line] = starts[itemAt];
    items.ends[line] = starts[itemAt + 1] - 1;
    return (
      isPlainId(bytes, users.starts[line], users.ends[line]) &&
      isPlainId(bytes, items.starts[line], items.ends[line])
    );
  };
  return (bytes) => {
    lines.count = 0;
    for (let at = 0; at < bytes.length; at++) {
      let column = 0;
      starts[0] = at;
      for (; bytes[at] !== lineFeed; at++)
        if (bytes[at] === delimiter) {
          if (++column === width) return false;
          starts[column] = at + 1;
        }
      if (at === starts[0]) continue;
      if (column !== width - 1) return false;
      starts[width] = at + 1;
      const line = lines.count;
      if (!takeIds(bytes, line)) return false;
      if (hasTime) times[line] = numberIn(bytes, timeAt);
      if (hasRating) ratings[line] = numberIn(bytes, ratingAt);
      const isOpen = (hasTime && Number.isNaN(times[line])) || (hasRating && Number.isNaN(ratings[line]));
      if (isOpen && !readAnyhow(bytes, line)) return false;
      if (++lines.count < batch) continue;
      log.addLines(bytes, lines);
      lines.count = 0;
    }
    log.addLines(bytes, lines);
    return true;
  };
}

function spans() {
  return { starts: new Int32Array(batch), ends: new Int32Array(batch) };
}
