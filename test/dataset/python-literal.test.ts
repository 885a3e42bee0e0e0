import test from 'ava';
import { BrokenLine } from '../../orchestrator/dataset/source/broken-line.ts';
import { parsePythonLiteral } from '../../orchestrator/dataset/source/python-literal.ts';

const good: [string, unknown][] = [
  ['{}', {}],
  ['{\'a\': 1, "b": [1, -2.5, 3e2, .5], }', { a: 1, b: [1, -2.5, 300, 0.5] }],
  ["('x', u'y', (True, False, None,))", ['x', 'y', [true, false, null]]],
  [String.raw`'it\'s \"q\" \\ \n \x41 \u00e9 \U0001F600 \d'`, 'it\'s "q" \\ \n A é 😀 \\d'],
  [String.raw`r'\n'`, '\\n'],
  ["{1: 'one', 'n': {'m': []}}", { 1: 'one', n: { m: [] } }],
  ['12L', 12],
];

for (const [text, value] of good)
  test(`reads ${text}`, (t) => t.is(JSON.stringify(parsePythonLiteral(text)), JSON.stringify(value)));

const bad = [
  '',
  '{',
  "{'a' 1}",
  "{'a': }",
  "'open",
  String.raw`'\x4'`,
  '[1 2]',
  '{} {}',
  "__import__('os')",
  '1 + 1',
  '{[]: 1}',
  '['.repeat(5000),
  String.raw`'\Uffffffff'`,
];

for (const text of bad)
  test(`refuses ${text.slice(0, 20) || 'nothing'}`, (t) => {
    t.throws(() => parsePythonLiteral(text), { instanceOf: BrokenLine });
  });

test('a key __proto__ is a key like any other', (t) => {
  const value = parsePythonLiteral("{'__proto__': {'x': 1}}") as Record<string, unknown>;
  t.is((value as { x?: unknown }).x, undefined);
  t.deepEqual(Object.keys(value), ['__proto__']);
});
