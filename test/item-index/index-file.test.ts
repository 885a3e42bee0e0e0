import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { readItemIndex, writeItemIndex } from '../../orchestrator/item-index/index-file.ts';
import { withLevelSizes } from '../../orchestrator/item-index/paths.ts';
import { describeError, UserError } from '../../orchestrator/shared/errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const small = withLevelSizes({ levels: 2, codes: Int32Array.of(12, 3, 0, 3, 12, 0) });

test('an index is written in the form of LC-Rec and read back the same', (t) => {
  const folder = temporaryFolder(t);
  const report = writeItemIndex(folder, small, ['x', 'y', 'z']);
  const path = join(folder, 'index.json');
  t.deepEqual(JSON.parse(readFileSync(path, 'utf8')), {
    0: ['<a_12>', '<b_3>'],
    1: ['<a_0>', '<b_3>'],
    2: ['<a_12>', '<b_0>'],
  });
  t.deepEqual(readItemIndex(path, 3), small);
  t.deepEqual(small.levelSizes, [13, 4]);
  t.is(report.collision_rate, 0);
  t.true(existsSync(join(folder, 'index-report.json')));
});

test('an index of many items survives the round trip', (t) => {
  const folder = temporaryFolder(t);
  const items = 20_000;
  const codes = Int32Array.from(
    { length: items * 3 },
    (_, at) => [at % 7, (at * 31) % 101, at % 256][at % 3],
  );
  const index = withLevelSizes({ levels: 3, codes });
  writeItemIndex(
    folder,
    index,
    Array.from({ length: items }, (_, item) => `item ${item}`),
  );
  t.deepEqual(readItemIndex(join(folder, 'index.json'), items), index);
});

test('an index made elsewhere may hold collisions, gaps among digits, and items in any order', (t) => {
  const path = fileWith(
    t,
    '{"2": ["<a_7>", "<b_0>", "<c_255>"], "0": ["<a_7>", "<b_0>", "<c_255>"], "1": ["<a_0>", "<b_9>", "<c_1>"]}',
  );
  const index = readItemIndex(path, 3);
  t.deepEqual(Array.from(index.codes), [7, 0, 255, 0, 9, 1, 7, 0, 255]);
  t.deepEqual(index.levelSizes, [8, 10, 256]);
});

test('items that share a code are named by their ids in the report', (t) => {
  const folder = temporaryFolder(t);
  const index = withLevelSizes({ levels: 1, codes: Int32Array.of(0, 1, 0) });
  writeItemIndex(folder, index, ['first', 'second', 'third']);
  const report = JSON.parse(readFileSync(join(folder, 'index-report.json'), 'utf8'));
  t.deepEqual(report.largest_group_items, ['first', 'third']);
  t.is(report.collision_rate, 1 / 3);
});

const good = '"0": ["<a_1>","<b_2>"]';
const broken: [string, string, RegExp][] = [
  ['a file that is cut', `{${good}, "1": ["<a_`, /not valid JSON/],
  ['an empty file', '', /not valid JSON/],
  ['a list', '[["<a_1>"]]', /expected an object .* got a list/],
  ['null', 'null', /got null/],
  ['no items', '{}', /item 0 has no code \(and 1 more like it\)/],
  ['a missing item', `{${good}}`, /item 1 has no code/],
  ['too many items', `{${good}, "1": ["<a_1>","<b_3>"], "2": ["<a_1>","<b_4>"]}`, /item 2 is beyond/],
  ['a key that is an item id', `{${good}, "B0001": ["<a_1>","<b_3>"]}`, /"B0001" is no item number/],
  ['codes of different length', `{${good}, "1": ["<a_1>"]}`, /item 1 has 1 tokens, the first item 2/],
  ['a code that is text', `{${good}, "1": "<a_1><b_3>"}`, /item 1 has a string/],
  ['empty codes', '{"0": [], "1": []}', /codes have 0 tokens/],
  ['numbers for names', `{${good}, "1": [1, 3]}`, /item 1, token 1: expected a name like <a_12>, got 1/],
  ['a name of another form', `{${good}, "1": ["a_1","<b_3>"]}`, /got "a_1"/],
  ['a letter in the wrong place', `{${good}, "1": ["<b_1>","<a_3>"]}`, /like <a_12>, got "<b_1>"/],
  ['a digit below zero', `{${good}, "1": ["<a_-1>","<b_3>"]}`, /got "<a_-1>"/],
  ['a huge digit', `{${good}, "1": ["<a_99999999999999999999>","<b_3>"]}`, /above 999999/],
  ['too many levels', JSON.stringify({ 0: Array(27).fill('<a_1>'), 1: [] }), /codes have 27 tokens/],
];
for (const [what, text, message] of broken)
  test(`an index file with ${what} is a clear error`, (t) => {
    const path = fileWith(t, text);
    const error = t.throws(() => readItemIndex(path, 2), { instanceOf: UserError });
    t.regex(describeError(error as UserError), message);
    t.is((error as UserError).place, path);
    t.regex((error as UserError).remedy ?? '', /has the form/);
  });

test('an absent index file is a clear error', (t) => {
  const error = t.throws(() => readItemIndex(join(temporaryFolder(t), 'index.json'), 2), {
    instanceOf: UserError,
  });
  t.regex(describeError(error as UserError), /missing/);
});

test('all problems of a file are told at once, long lists cut', (t) => {
  const entries = Object.fromEntries(Array.from({ length: 50 }, (_, item) => [item, ['x']]));
  const error = t.throws(() => readItemIndex(fileWith(t, JSON.stringify(entries)), 50));
  t.regex(error.message, /item 0, token 1[\s\S]*item 9, token 1[\s\S]*and 40 more/);
});

function fileWith(t: ExecutionContext, text: string): string {
  const path = join(temporaryFolder(t), 'index.json');
  writeFileSync(path, text);
  return path;
}
