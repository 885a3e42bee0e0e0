import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { readForeignIndex } from '../../orchestrator/item-index/foreign-index.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('codes go by id, whatever the order of the file and of the catalogue', (t) => {
  const path = fileWith(t, { 0: code(0), 1: code(1), 2: code(2), 3: code(3) });
  const { index, leftOut } = readForeignIndex(path, ['3', '0', '2']);
  t.deepEqual(Array.from(index.codes), [3, 4, 0, 1, 2, 3]);
  t.is(leftOut, 1);
});

test('an entry of an item that is left out counts in no way', (t) => {
  const path = fileWith(t, { B01: code(4), B02: code(1), B03: ['<a_999>'], B04: 'none' });
  const { index } = readForeignIndex(path, ['B02', 'B01']);
  t.deepEqual(index.levelSizes, [5, 6]);
});

test('ids that are names of the language are ids like others, also behind a byte order mark', (t) => {
  const path = join(temporaryFolder(t), 'index.json');
  writeFileSync(path, '\uFEFF{"__proto__": ["<a_1>"], "constructor": ["<a_2>"]}');
  t.deepEqual(Array.from(readForeignIndex(path, ['constructor', '__proto__']).index.codes), [2, 1]);
  refused(t, { a: ['<a_1>'] }, ['a', 'toString'], /item toString has no code/);
});

test('numbers for places are refused where the ids are others', (t) => {
  refused(
    t,
    { 0: code(0), 1: code(1) },
    ['B01', 'B02'],
    /such as 0, 1, the catalogue's ids such as B01, B02/,
  );
  refused(t, { 0: code(0), 1: code(1) }, ['1', '2'], /item 2 has no code/);
});

test('what is no index at all is refused', (t) => {
  for (const content of [[], null, 'text', 1, {}, { a: [] }, { a: [1] }, { a: ['<b_1>'] }])
    refused(t, content, ['a'], /is not an index of this catalogue \(1 items\)/);
});

test('by number, with the ids of those numbers', (t) => {
  const path = fileWith(t, { 0: code(0), 1: code(1), 2: code(2) });
  const { index } = readForeignIndex(path, ['x', 'z'], ['z', 'y', 'x']);
  t.deepEqual(Array.from(index.codes), [2, 3, 0, 1]);
  const error = t.throws(() => readForeignIndex(path, ['x', 'z'], ['z', 'x']), { instanceOf: UserError });
  t.regex((error as UserError).message, /3 entries, the run that it lies in 2 items/);
});

function code(digit: number): string[] {
  return [`<a_${digit}>`, `<b_${digit + 1}>`];
}

function fileWith(t: ExecutionContext, content: unknown): string {
  const path = join(temporaryFolder(t), 'index.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

function refused(t: ExecutionContext, content: unknown, ids: string[], message: RegExp): void {
  const error = t.throws(() => readForeignIndex(fileWith(t, content), ids), { instanceOf: UserError });
  t.regex((error as UserError).message, message);
}
