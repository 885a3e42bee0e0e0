import { constants } from 'node:buffer';
import { closeSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { textLines } from '../../orchestrator/storage/text-lines.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('lines come whole, wherever the blocks of the file end', (t) => {
  const path = join(temporaryFolder(t), 'a.txt');
  const lines = ['', 'é'.repeat(700_000), '', 'x\u2028y\r', 'z'.repeat(3_000_000), 'the last'];
  writeFileSync(path, lines.join('\n'));
  t.deepEqual([...textLines(path)], lines);
  writeFileSync(path, `${lines.join('\n')}\n`);
  t.deepEqual([...textLines(path)], lines);
  writeFileSync(path, '');
  t.deepEqual([...textLines(path)], []);
  t.throws(() => [...textLines(join(path, 'no'))], { code: 'ENOTDIR' });
});

test('a file may be larger than the longest string', (t) => {
  const path = join(temporaryFolder(t), 'large.txt');
  const step = 1 << 22;
  const count = Math.ceil(constants.MAX_STRING_LENGTH / step) + 2;
  writeFileSync(path, '');
  truncateSync(path, count * step);
  const file = openSync(path, 'r+');
  for (let line = 1; line <= count; line++) writeSync(file, '\n', line * step - 1);
  closeSync(file);
  let lines = 0;
  for (const line of textLines(path)) lines += line.length === step - 1 ? 1 : 0;
  t.is(lines, count);
});
