import { createHash } from 'node:crypto';
import type { KnownUsers } from '../serving/index.ts';
import { UserError } from '../shared/errors.ts';
import { hashText } from '../storage/hash.ts';
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
  /** Customers who are known by sent events alone. */
  later: number;
  unknown: ListUsers['unknown'];
  repeated: number;
}

const mostNamed = 5;

/** Who can get a list: the users of the log, and customers who are known by events that were sent since. */
export interface Listed {
  users: KnownUsers;
  newCustomers: readonly string[];
}

/**
 * All users of a run, or those of a file with an id a line; of a shard only its own. They are read once here, and again
 * as they are needed, so that no list of them is held. Throws a UserError where nobody is left.
 */
export function listUsers(listed: Listed, file: string | undefined, shard: Shard | null): ListUsers {
  const tally = newTally();
  let total = 0;
  for (const _ of usersOf(listed, file, shard, tally)) total++;
  if (total === 0) throw nobody(file, shard, tally);
  const { unknown, repeated } = tally;
  const ids = () => usersOf(listed, file, shard, newTally());
  return { total, unknown, repeated, key: keyOf(listed.users, file), ids };
}

/** Of those who are asked for; who of them is a new customer is kept with the parts. */
function keyOf({ ids }: KnownUsers, file: string | undefined): string {
  const hash = createHash('sha256');
  for (const id of file === undefined ? ids : idLines(file)) hash.update(`${id}\n`);
  return hash.digest('hex');
}

function* usersOf(
  { users, newCustomers }: Listed,
  file: string | undefined,
  shard: Shard | null,
  tally: Tally,
): Iterable<string> {
  const seen = new Uint8Array(users.ids.length);
  const later = new Map(newCustomers.map((id) => [id, false]));
  for (const id of file === undefined ? everybody(users, later) : idLines(file)) {
    const user = users.numberOf(id);
    if (user === undefined && later.has(id)) {
      if (later.get(id)) tally.repeated++;
      else {
        later.set(id, true);
        if (!shard || isOf(shard, id)) yield id;
        tally.later++;
      }
    } else if (user === undefined) {
      if (++tally.unknown.count <= mostNamed) tally.unknown.first.push(id);
    } else if (seen[user]) tally.repeated++;
    else {
      seen[user] = 1;
      if (!shard || tally.known % shard.of === shard.number - 1) yield id;
      tally.known++;
    }
  }
}

function* everybody(users: KnownUsers, later: ReadonlyMap<string, unknown>): Iterable<string> {
  yield* users.ids;
  yield* later.keys();
}

/** By the id: which new customers there are may differ between shards, and their places with it. */
function isOf({ number, of }: Shard, id: string): boolean {
  return Number.parseInt(hashText(id).slice(0, 8), 16) % of === number - 1;
}

function newTally(): Tally {
  return { known: 0, later: 0, unknown: { count: 0, first: [] }, repeated: 0 };
}

function nobody(file: string | undefined, shard: Shard | null, { known, later, unknown }: Tally): UserError {
  const place = file ?? 'the dataset';
  const some = known + later;
  if (some > 0)
    return new UserError(
      'lists/no-users',
      `has ${some} users, none for the shard ${shard?.number}/${shard?.of}`,
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
