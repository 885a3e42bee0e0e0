import { createHash } from 'node:crypto';
import type { KnownUsers } from '../serving/index.ts';
import { UserError } from '../shared/errors.ts';
import { idLines } from '../storage/id-lines.ts';
import type { Shard } from './shard.ts';

/** Who gets a list. */
export interface ListUsers {
  total: number;
  /** Ids of the file that are no users of the run: how many, and the first of them. */
  unknown: { count: number; first: string[] };
  /** Lines of the file that name a user again. */
  repeated: number;
  /** The same for the same users in the same order. */
  key: string;
  /** Each user once, in order, read anew each time. */
  ids(): Iterable<string>;
}

/** What was met on the way. */
interface Tally {
  known: number;
  unknown: ListUsers['unknown'];
  repeated: number;
}

const mostNamed = 5;

/**
 * All users of a run, or those of a file with an id a line; of a shard only its own. They are read once here, and again
 * as they are needed, so that no list of them is held. Throws a UserError where nobody is left.
 */
export function listUsers(known: KnownUsers, file: string | undefined, shard: Shard | null): ListUsers {
  const hash = createHash('sha256');
  const tally = newTally();
  let total = 0;
  for (const id of usersOf(known, file, shard, tally)) {
    total++;
    hash.update(`${id}\n`);
  }
  if (total === 0) throw nobody(file, shard, tally);
  const { unknown, repeated } = tally;
  const ids = () => usersOf(known, file, shard, newTally());
  return { total, unknown, repeated, key: hash.digest('hex'), ids };
}

function* usersOf(
  users: KnownUsers,
  file: string | undefined,
  shard: Shard | null,
  tally: Tally,
): Iterable<string> {
  const seen = new Uint8Array(users.ids.length);
  for (const id of file === undefined ? users.ids : idLines(file)) {
    const user = users.numberOf(id);
    if (user === undefined) {
      if (++tally.unknown.count <= mostNamed) tally.unknown.first.push(id);
    } else if (seen[user]) tally.repeated++;
    else {
      seen[user] = 1;
      if (!shard || tally.known % shard.of === shard.number - 1) yield id;
      tally.known++;
    }
  }
}

function newTally(): Tally {
  return { known: 0, unknown: { count: 0, first: [] }, repeated: 0 };
}

function nobody(file: string | undefined, shard: Shard | null, { known, unknown }: Tally): UserError {
  const place = file ?? 'the dataset';
  if (known > 0)
    return new UserError(
      'lists/no-users',
      `has ${known} users, none for the shard ${shard?.number}/${shard?.of}`,
      {
        place,
        remedy: 'Take fewer shards.',
      },
    );
  const all = unknown.count > 0 ? `, but ${unknown.count.toLocaleString('en-US')} unknown ids` : '';
  return new UserError('lists/no-users', `names no user of the run${all}`, {
    place,
    remedy: 'Write the ids of users of the log, a line each.',
  });
}
