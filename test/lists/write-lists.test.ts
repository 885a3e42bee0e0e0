import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { type WriteListsOptions, writeLists } from '../../orchestrator/lists/write-lists.ts';
import { type OpenRun, openRun } from '../../orchestrator/serving/index.ts';
import { hashFile } from '../../orchestrator/storage/hash.ts';
import { smokeRuns } from '../serving/smoke-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';

let run: OpenRun;

test.before(async () => {
  run = await openRun('smoke', { runsFolder: await smokeRuns() });
});
test.after.always(() => run?.close());

interface Row {
  user_id: string;
  rank: number;
  item_id: string;
  score: number;
}

const rowsIn = (file: string): Row[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const placesIn = (rows: Row[]) => rows.map(({ user_id, rank, item_id }) => `${user_id} ${rank} ${item_id}`);

/** Stops it as soon as so many users are decoded. */
async function stopAt(users: number, options: WriteListsOptions): Promise<void> {
  const stop = new AbortController();
  const onProgress = ({ done }: { done: number }) => done >= users && stop.abort(new Error('stopped'));
  const stopped = writeLists(run, { ...options, signal: stop.signal, onProgress });
  await stopped.then(
    () => {
      throw new Error('it was to be stopped');
    },
    (error) => {
      if (error.message !== 'stopped') throw error;
    },
  );
}

test('the file holds the lists that each user gets alone, and the manifest says what it is', async (t) => {
  const folder = temporaryFolder(t);
  const out = join(folder, 'recs.jsonl');
  const written = await writeLists(run, { out, k: 4, block: 30 });
  const rows = rowsIn(out);
  const expected: string[] = [];
  for (const user of run.users.ids) {
    const { items } = await run.recommend({ user, k: 4 });
    expected.push(...items.map(({ item_id }, at) => `${user} ${at + 1} ${item_id}`));
  }
  t.deepEqual(placesIn(rows), expected);
  t.deepEqual(readdirSync(folder).sort(), ['recs.jsonl', 'recs.jsonl.manifest.json'], 'nothing is left over');
  const manifest = JSON.parse(readFileSync(written.manifest_path, 'utf8'));
  t.like(manifest, { run: 'smoke', run_version: run.version, k: 4, users: 163, rows: 652, without_items: 0 });
  t.is(manifest.file.sha256, await hashFile(out));
});

test('shards together are the whole', async (t) => {
  const folder = temporaryFolder(t);
  const out = join(folder, 'recs.jsonl');
  await writeLists(run, { out, k: 3 });
  const shards: string[] = [];
  for (const shard of ['1/3', '2/3', '3/3']) {
    const { path } = await writeLists(run, { out, k: 3, shard });
    shards.push(...placesIn(rowsIn(path)));
  }
  t.deepEqual(shards.sort(), placesIn(rowsIn(out)).sort());
});

test('a stopped one goes on behind its finished parts and ends as if it had not been stopped; a damaged part is made again', async (t) => {
  const folder = temporaryFolder(t);
  const [whole, out] = ['whole.jsonl', 'recs.jsonl'].map((name) => join(folder, name));
  await writeLists(run, { out: whole, k: 5, block: 20 });
  await stopAt(70, { out, k: 5, block: 20 });
  t.false(existsSync(out));
  const parts = readdirSync(`${out}.parts`).filter((name) => /^\d+-/.test(name));
  t.true(parts.length >= 3 && parts.length < 8, parts.join(' '));
  appendFileSync(join(`${out}.parts`, parts.sort()[1]), '{"user_id"');
  const notes: string[] = [];
  let first = 0;
  const onProgress = ({ done }: { done: number }) => {
    first ||= done;
  };
  await writeLists(run, { out, k: 5, block: 20, onProgress, onNote: (text) => notes.push(text) });
  t.deepEqual(readFileSync(out), readFileSync(whole));
  t.regex(notes.join('\n'), /^[34] finished parts are there[\s\S]*made again/);
  t.is(first, 21, 'what is there is not decoded again');
});

test('with other settings it begins anew, and says so; settings that cannot be leave the parts alone', async (t) => {
  const folder = temporaryFolder(t);
  const out = join(folder, 'recs.jsonl');
  await stopAt(70, { out, k: 5, block: 20 });
  const parts = readdirSync(`${out}.parts`);
  await t.throwsAsync(writeLists(run, { out, k: 101, block: 20 }), { code: 'serving/request' });
  t.deepEqual(readdirSync(`${out}.parts`), parts);
  const notes: string[] = [];
  const onNote = (text: string) => notes.push(text);
  await writeLists(run, { out, k: 2, block: 20, onNote });
  t.regex(notes.join('\n'), /begun anew: they were made with another k\.$/);
  t.is(rowsIn(out).length, 2 * 163);
});

test('users of a file get their lists, and the rest is counted', async (t) => {
  const folder = temporaryFolder(t);
  const [out, usersFile] = ['recs.jsonl', 'users.txt'].map((name) => join(folder, name));
  const [ann, bob] = run.users.ids.slice(5);
  writeFileSync(usersFile, `${bob}\nnobody\n${ann}\n${bob}\n`);
  const notes: string[] = [];
  const written = await writeLists(run, { out, k: 2, usersFile, onNote: (text) => notes.push(text) });
  t.like(written, { users: 2, unknown_users: 1, repeated_users: 1, rows: 4 });
  t.deepEqual(
    rowsIn(out).map(({ user_id }) => user_id),
    [bob, bob, ann, ann],
  );
  t.regex(notes[0], /^1 ids .* no list: nobody$/);
});
