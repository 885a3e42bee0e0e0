import { linkSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../shared/errors.ts';
import { syncFolder } from '../../storage/atomic-file.ts';
import { busyCode } from '../decode-together.ts';
import { createTable } from './events-table.ts';
import { forgetUser } from './forget-user.ts';
import { withDatabase } from './with-database.ts';

/** Times in seconds since 1970. */
export interface NewEvent {
  user: string;
  item: string;
  time: number;
  eventId: string | null;
}

export interface LoggedEvent extends NewEvent {
  /** When it arrived. */
  received: number;
}

/** Events in an append-only DuckDB file, which several processes may use. */
export interface EventLog {
  /** Keeps events; how many of them were not known by their ids. They are on disk when this resolves. */
  append(events: readonly NewEvent[]): Promise<number>;
  /** Reads what other processes have added since; all anew where some was forgotten. */
  refresh(seconds?: number): Promise<void>;
  /** Removes a user's events from disk; how many there were. */
  forget(user: string): Promise<number>;
}

/** Batches that wait to be written. */
const mostWaiting = 500;
/** How long a batch waits for other processes. */
const patience = 10;

interface Waiting {
  events: readonly NewEvent[];
  resolve(added: number): void;
  reject(reason: unknown): void;
}

/**
 * `take` is given every event once, in the order of the log; all of them again behind a call of `anew`, where some were
 * removed. There is no file until the first event comes.
 */
export function openCustomerLog(
  file: string,
  take: (events: LoggedEvent[]) => void,
  anew: () => void = () => {},
): EventLog {
  const waiting: Waiting[] = [];
  let writing = false;
  let last = 0n;
  let taken = 0n;
  let seen = signOf(file);
  let isRead = false;
  let reading: Promise<void> | null = null;
  const readNew = async (connection: DuckDBConnection) => {
    const there = await connection.runAndReadAll('SELECT count(*) FROM events WHERE number <= $1', [last]);
    if (there.getRows()[0][0] !== taken) {
      [last, taken] = [0n, 0n];
      anew();
    }
    const rows = await connection.runAndReadAll(
      'SELECT number, user_id, item_id, "time", event_id, received FROM events WHERE number > $1 ORDER BY number',
      [last],
    );
    const events = rows.getRows().map(([number, user, item, time, eventId, received]) => {
      last = number as bigint;
      return { user, item, time, eventId, received } as LoggedEvent;
    });
    taken += BigInt(events.length);
    if (events.length > 0) take(events);
  };
  const write = async () => {
    writing = true;
    while (waiting.length > 0) {
      // What has come while the last ones were written is written together.
      const batches = waiting.splice(0);
      const events = batches.map((batch) => batch.events);
      try {
        await createOnce(file);
        const added = await withDatabase(file, { change: true, seconds: patience }, async (connection) => {
          const counts = await insert(connection, events);
          await readNew(connection);
          // While no other process may write: what one writes behind us would be taken for read.
          [seen, isRead] = [signOf(file), true];
          return counts;
        });
        for (const [at, { resolve }] of batches.entries()) resolve(added[at]);
      } catch (error) {
        for (const { reject } of batches) reject(error);
      }
    }
    writing = false;
  };
  const refresh = async (seconds = patience) => {
    const sign = signOf(file);
    if (sign === null || (isRead && sign === seen)) return;
    // Requests of one moment read it once.
    reading ??= withDatabase(file, { change: false, seconds }, readNew)
      .then(() => {
        [seen, isRead] = [sign, true];
      })
      .finally(() => {
        reading = null;
      });
    await reading;
  };
  return {
    refresh,
    append: (events) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= mostWaiting)
          return reject(
            new UserError(busyCode, `${waiting.length} batches of events are already waiting`, {
              remedy: 'Ask again in a second, with more events in a batch.',
            }),
          );
        waiting.push({ events, resolve, reject });
        if (!writing) void write();
      }),
    async forget(user) {
      if (signOf(file) === null) return 0;
      const gone = await withDatabase(file, { change: true, seconds: patience }, (connection) =>
        forgetUser(connection, file, user),
      );
      isRead = false;
      await refresh();
      return gone;
    },
  };
}

/** Changes with the content; what a killed process has left beside the file belongs to it. Null where there is none. */
function signOf(file: string): string | null {
  const [own, rest] = [file, `${file}.wal`].map((path) => statSync(path, { throwIfNoEntry: false }));
  return own ? [own.mtimeMs, own.size, rest?.mtimeMs, rest?.size].join(' ') : null;
}

/** Made under another name, so that a kill leaves no half file. */
async function createOnce(file: string): Promise<void> {
  if (statSync(file, { throwIfNoEntry: false })) return;
  const fresh = `${file}.${process.pid}.new`;
  rmSync(fresh, { force: true });
  await withDatabase(fresh, { change: true, seconds: 0 }, (connection) =>
    connection.run(`${createTable()} CHECKPOINT`),
  );
  try {
    // Unlike a renaming, it never replaces the file of a process that was faster.
    linkSync(fresh, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  rmSync(fresh);
  syncFolder(dirname(file));
}

/** How many events of each batch are new. All are kept, or none. */
async function insert(
  connection: DuckDBConnection,
  batches: readonly (readonly NewEvent[])[],
): Promise<number[]> {
  const counts: number[] = [];
  await connection.run(
    'CREATE TEMP TABLE arrived (place INTEGER, user_id VARCHAR, item_id VARCHAR, "time" DOUBLE, event_id VARCHAR); BEGIN',
  );
  const received = Date.now() / 1000;
  for (const events of batches) {
    const appender = await connection.createAppender('arrived', 'main', 'temp');
    for (const [place, { user, item, time, eventId }] of events.entries()) {
      appender.appendInteger(place);
      appender.appendVarchar(user);
      appender.appendVarchar(item);
      appender.appendDouble(time);
      if (eventId === null) appender.appendNull();
      else appender.appendVarchar(eventId);
      appender.endRow();
    }
    appender.closeSync();
    const kept = await connection.runAndReadAll(
      `INSERT INTO events (user_id, item_id, "time", event_id, received)
         SELECT user_id, item_id, "time", event_id, $1 FROM arrived
         WHERE event_id IS NULL OR event_id NOT IN (SELECT event_id FROM events WHERE event_id IS NOT NULL)
         QUALIFY event_id IS NULL OR row_number() OVER (PARTITION BY event_id ORDER BY place) = 1
         ORDER BY place RETURNING number`,
      [received],
    );
    counts.push(kept.getRows().length);
    await connection.run('DELETE FROM arrived');
  }
  // With a checkpoint nothing is left to do when the file is closed, which would hold up everything else.
  await connection.run('COMMIT; CHECKPOINT');
  return counts;
}
