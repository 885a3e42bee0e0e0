import { appendFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { openParts } from '../../orchestrator/lists/parts.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('what one process has finished, the next one finds; a damaged part is missing', (t) => {
  const folder = join(temporaryFolder(t), 'recs.csv.parts');
  const first = openParts(folder, { k: 10 });
  first.write(0, 'a\n');
  first.write(1, 'b\n');
  first.close();
  const next = openParts(folder, { k: 10 });
  t.deepEqual([next.found, next.anew], [2, null]);
  appendFileSync(next.files()[1], 'torn');
  t.deepEqual(
    [0, 1, 2, 1].map((block) => next.look(block)),
    ['whole', 'damaged', 'missing', 'missing'],
  );
  next.write(1, 'b\n');
  t.is(next.files().length, 2);
  next.remove();
  next.close();
  t.false(existsSync(folder));
});

test('parts of other settings are thrown away, and it is said why', (t) => {
  const folder = join(temporaryFolder(t), 'recs.csv.parts');
  const first = openParts(folder, { k: 10, users: 'x' });
  first.write(0, 'a\n');
  first.close();
  const next = openParts(folder, { k: 5, users: 'x' });
  t.is(next.anew, 'they were made with another k');
  t.is(next.look(0), 'missing');
  next.write(0, 'c\n');
  next.close();
  writeFileSync(join(folder, 'job.json'), '{');
  const last = openParts(folder, { k: 5, users: 'x' });
  t.regex(last.anew ?? '', /is damaged/);
  t.is(last.found, 0);
  last.close();
});

test('two processes never write the same lists; a folder without a part goes, with what is not ours it stays', (t) => {
  const folder = join(temporaryFolder(t), 'recs.csv.parts');
  const first = openParts(folder, { k: 10 });
  t.throws(() => openParts(folder, { k: 10 }), { code: 'lists/locked' });
  first.close();
  t.false(existsSync(folder));
  const second = openParts(folder, { k: 10 });
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  second.close();
  t.deepEqual(readdirSync(folder), ['notes.txt']);
});
