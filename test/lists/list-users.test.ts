import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { listUsers } from '../../orchestrator/lists/list-users.ts';
import { outFile } from '../../orchestrator/lists/out-file.ts';
import { parseShard } from '../../orchestrator/lists/shard.ts';
import { knownUsers } from '../../orchestrator/serving/known-users.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const users = knownUsers({ userIds: ['ann', 'bob', 'cy', 'dee', 'eve'] });
const known = { users, newCustomers: [] };

test('all users come once, in the order of the dataset', (t) => {
  const { total, ids, unknown, repeated } = listUsers(known, undefined, null);
  t.deepEqual([...ids()], users.ids);
  t.deepEqual([...ids()], users.ids, 'as often as they are asked for');
  t.deepEqual([total, unknown.count, repeated], [5, 0, 0]);
});

test('a file names users, a line each; unknown ids and repeated lines are counted and left out', (t) => {
  const file = join(temporaryFolder(t), 'users.txt');
  writeFileSync(file, '\uFEFFeve\r\nnobody\r\n\r\nann\r\neve\r\nAnn\r\n');
  const { total, ids, unknown, repeated } = listUsers(known, file, null);
  t.deepEqual([...ids()], ['eve', 'ann']);
  t.deepEqual([total, unknown, repeated], [2, { count: 2, first: ['nobody', 'Ann'] }, 1]);
});

test('shards hold every user once between them', (t) => {
  const shards = [1, 2, 3].map((number) => [...listUsers(known, undefined, { number, of: 3 }).ids()]);
  t.deepEqual(shards, [['ann', 'dee'], ['bob', 'eve'], ['cy']]);
});

test('new customers come behind the users of the log, once, and in one shard whoever else is new', (t) => {
  const listed = { users, newCustomers: ['new', 'ann', 'newer'] };
  t.deepEqual([...listUsers(listed, undefined, null).ids()], [...users.ids, 'new', 'newer']);
  const file = join(temporaryFolder(t), 'users.txt');
  writeFileSync(file, 'newer\neve\nnewer\nnobody\n');
  const { ids, unknown, repeated } = listUsers(listed, file, null);
  t.deepEqual([...ids(), unknown.count, repeated], ['newer', 'eve', 1, 1]);
  const shardsOf = (newCustomers: string[]) =>
    [1, 2].map((number) => [...listUsers({ users, newCustomers }, undefined, { number, of: 2 }).ids()]);
  t.deepEqual(shardsOf(['new', 'newer']).flat().sort(), [...users.ids, 'new', 'newer'].sort());
  const [isFirst] = shardsOf(['newer']);
  t.is(isFirst.includes('newer'), shardsOf(['new', 'newer'])[0].includes('newer'));
});

test('a file or a shard without a user is a clear error', (t) => {
  const file = join(temporaryFolder(t), 'users.txt');
  for (const [content, message] of [
    ['', /names no user of the run$/],
    ['x\ny\n', /but 2 unknown ids/],
  ] as const) {
    writeFileSync(file, content);
    t.throws(() => listUsers(known, file, null), { code: 'lists/no-users', message });
  }
  t.throws(() => listUsers(known, undefined, { number: 7, of: 7 }), { message: /none for the shard 7\/7/ });
  writeFileSync(file, Buffer.from('ann\nbob\n', 'utf16le'));
  t.throws(() => listUsers(known, file, null), { code: 'file/not-text' });
  t.throws(() => listUsers(known, `${file}.no`, null), { code: 'system/enoent' });
});

test('a shard is a number of a number', (t) => {
  t.deepEqual(parseShard('3/16'), { number: 3, of: 16 });
  for (const wrong of ['17/16', '0/4', '1', '1/0', 'a/b', '1/99999', '-1/4'])
    t.throws(() => parseShard(wrong), { code: 'lists/shard' }, wrong);
});

test("a shard's file has its number in its name; an ending or a folder that cannot be is refused", (t) => {
  const folder = temporaryFolder(t);
  const out = join(folder, 'recs.parquet');
  t.is(outFile(out, null).path, out);
  t.is(outFile(out, { number: 3, of: 16 }).path, join(folder, 'recs.3-of-16.parquet'));
  t.throws(() => outFile('recs', null), { code: 'lists/ending' });
  t.throws(() => outFile('recs.xls', null), { code: 'lists/ending', message: /\.parquet, \.csv/ });
  t.throws(() => outFile(join(folder, 'no', 'recs.csv'), null), { code: 'lists/no-folder' });
});
