import type { OpenRun } from '../serving/index.ts';
import { blocksOf, type DecodeBlocks, type ListRules, listColumns } from './blocks.ts';
import { decodeHere } from './decode-here.ts';
import { checkPostgres } from './fill-postgres.ts';
import { joinParts } from './join-parts.ts';
import { type ListUsers, listUsers } from './list-users.ts';
import { type ListsManifest, writeListsManifest } from './manifest.ts';
import { outFile } from './out-file.ts';
import { openParts, type PartSettings, type Parts } from './parts.ts';
import { parseShard } from './shard.ts';
import { stateOfRun } from './state-of-run.ts';

export interface WriteListsOptions {
  /** `.parquet`, `.csv`, `.jsonl`, `.duckdb`, or `postgres://…/db?table=recs`. */
  out: string;
  k: number;
  /** A file of user ids, one a line; all users where absent. */
  usersFile?: string | undefined;
  /** `3/16`: only this part of the users. */
  shard?: string | undefined;
  /** What holds for every list. */
  rules?: ListRules | undefined;
  /** Refuses unknown items in `rules.exclude`, which are skipped otherwise. */
  strict?: boolean | undefined;
  /** Users that are written at once; 1,024 by default. A kill costs at most so many. */
  block?: number | undefined;
  /** Where blocks are decoded; in this process by default. */
  decode?: DecodeBlocks | undefined;
  onProgress?: ((progress: ListsProgress) => void) | undefined;
  onNote?: ((text: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** In users. */
export interface ListsProgress {
  done: number;
  total: number;
}

/** Where the lists lie, with what their manifest says. */
export type WrittenLists = ListsManifest & { path: string; manifest_path: string };

/**
 * Writes the lists of many users into one file, the best item first. Each block of users is a finished part before the
 * next begins, so that after a kill the same call goes on there, without a user twice or left out.
 */
export async function writeLists(run: OpenRun, options: WriteListsOptions): Promise<WrittenLists> {
  const { k, usersFile, block = 1024, rules = {}, onNote = () => {}, signal } = options;
  const shard = options.shard === undefined ? null : parseShard(options.shard);
  const out = outFile(options.out, shard);
  const newCustomers = await run.newCustomers();
  const now = listUsers({ users: run.users, newCustomers }, usersFile, shard);
  const { unavailable } = run.availability();
  const settings: PartSettings = {
    run: run.name,
    ...stateOfRun(run),
    users: now.key,
    columns: listColumns.join(),
    k,
    rules: JSON.stringify(rules),
    block,
  };
  await tryFirst(run, now, options);
  if (out.format === 'postgres') await checkPostgres(out, signal);
  const parts = openParts(out.parts, settings, newCustomers);
  try {
    const users = listUsers({ users: run.users, newCustomers: parts.newCustomers }, usersFile, shard);
    if (users.unknown.count > 0) onNote(unknownNote(users.unknown));
    if (parts.anew) onNote(`What an earlier command left in ${out.parts} is begun anew: ${parts.anew}.`);
    else if (parts.found > 0) onNote(`${count(parts.found)} finished parts are there: going on behind them.`);
    await writeParts(run, users, parts, { ...options, block });
    signal?.throwIfAborted();
    const joined = await joinParts(parts.files(), parts.folder, out, signal);
    const manifest = await writeListsManifest(out, {
      run: run.name,
      run_version: run.version,
      rules,
      k,
      shard: shard ? `${shard.number}/${shard.of}` : null,
      users: users.total,
      without_items: users.total - joined.users,
      unknown_users: users.unknown.count,
      repeated_users: users.repeated,
      rows: joined.rows,
      unavailable_items: unavailable.length,
    });
    parts.remove();
    return { ...manifest, path: out.path, manifest_path: out.manifest };
  } finally {
    parts.close();
  }
}

const mostNamed = 5;

/** Options that cannot work show before anything on disk is touched, such as finished parts with another k. */
async function tryFirst(
  run: OpenRun,
  users: ListUsers,
  { k, rules, strict, signal, onNote = () => {} }: WriteListsOptions,
) {
  const [first] = users.ids();
  const onIgnored = (names: readonly string[]) =>
    onNote(
      `Not excluded, since they are no items of the run: ${names.slice(0, mostNamed).join(', ')}${names.length > mostNamed ? ', …' : ''}`,
    );
  await run.recommendAll([first], { ...rules, k, strict, signal, onIgnored }).next();
}

/** Decodes the blocks that are not there yet, and writes each as soon as its last user is decoded. */
async function writeParts(
  run: OpenRun,
  users: ListUsers,
  parts: Parts,
  options: WriteListsOptions & { block: number },
): Promise<void> {
  const { k, block, rules = {}, signal, onProgress = () => {}, onNote = () => {} } = options;
  const decode = options.decode ?? decodeHere;
  let [done, damaged] = [0, 0];
  const missing = function* () {
    for (const own of blocksOf(users.ids(), block)) {
      const state = parts.look(own.number);
      if (state === 'damaged' && ++damaged === 1)
        onNote('A part is not as it was written: it is made again.');
      if (state === 'whole') done += own.ids.length;
      else yield own;
    }
  };
  await decode({
    run,
    blocks: missing(),
    k,
    rules,
    block,
    folder: parts.folder,
    onDecoded(more) {
      done += more;
      onProgress({ done, total: users.total });
    },
    onBlock: parts.write,
    onNote,
    signal,
  });
}

function unknownNote({ count: unknown, first }: ListUsers['unknown']): string {
  const more = unknown > first.length ? ', …' : '';
  return `${count(unknown)} ids of the users' file are no users of the run, and get no list: ${first.join(', ')}${more}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
