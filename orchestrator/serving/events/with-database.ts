import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { messageOf, UserError } from '../../shared/errors.ts';
import { duckDBOffline } from '../../storage/duckdb-offline.ts';

export interface DatabaseUse {
  /** Whether it may be changed; one process at a time may, and none may read meanwhile. */
  change: boolean;
  /** How long to wait for other processes. */
  seconds: number;
}

/** Milliseconds between two tries at a file that another process holds. */
const pauseBetweenTries = { least: 10, most: 50 };

/** Milliseconds for which one process may change a file without a pause. */
const longestTurn = 500;

/** How this process uses a file. DuckDB keeps processes apart, but not two openings of one process. */
interface Turn {
  last: Promise<void>;
  /** When it took the file after others could have had it, and when it gave it back last. */
  since: number;
  freeSince: number;
}

const turns = new Map<string, Turn>();

/**
 * Opens a DuckDB file for one piece of work and closes it, so that it is held for moments only: another process that
 * writes or reads waits for its turn. A process that changes it without end leaves it free now and then, for as long as
 * others pause between two tries. Throws a UserError where it is held too long, or cannot be read.
 */
export function withDatabase<T>(
  file: string,
  use: DatabaseUse,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const key = join(realpathSync(dirname(file)), basename(file));
  const turn = turns.get(key) ?? { last: Promise.resolve(), since: 0, freeSince: -Infinity };
  turns.set(key, turn);
  const own = turn.last.then(() => {
    const now = performance.now();
    if (now - turn.freeSince > pauseBetweenTries.most) turn.since = now;
    return open(file, use, work);
  });
  const leave = async () => {
    turn.freeSince = performance.now();
    if (use.change && turn.freeSince - turn.since > longestTurn) await wait(pauseBetweenTries.most + 1);
  };
  turn.last = own.then(leave, leave);
  return own;
}

async function open<T>(
  file: string,
  { change, seconds }: DatabaseUse,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await openWhenFree(file, change, performance.now() + 1000 * seconds);
  try {
    const connection = await instance.connect();
    try {
      return await work(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

async function openWhenFree(file: string, change: boolean, until: number): Promise<DuckDBInstance> {
  // Its library is large: processes that need no database do without.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  for (;;) {
    const before = inodeOf(file);
    try {
      const instance = await DuckDBInstance.create(file, {
        access_mode: change ? 'READ_WRITE' : 'READ_ONLY',
        ...duckDBOffline,
      });
      // Another file has taken its place while it was opened: somebody was forgotten.
      if (before === null || inodeOf(file) === before) return instance;
      instance.closeSync();
    } catch (cause) {
      const isHeld = /could not set lock/i.test(messageOf(cause));
      if (!isHeld)
        throw new UserError('serving/broken-events', 'the log of events cannot be read', {
          place: file,
          remedy: 'Restore it from a copy, or move it away to begin a new one.',
          cause,
        });
      if (performance.now() >= until)
        throw new UserError('serving/events-held', 'the log of events is held by another program', {
          place: file,
          remedy: 'Ask again in a moment; close other programs that have opened it.',
          cause,
        });
      const { least, most } = pauseBetweenTries;
      await wait(least + (most - least) * Math.random());
    }
  }
}

function inodeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.ino ?? null;
}
