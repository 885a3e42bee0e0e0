import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { errorsFile, errorsPage } from '../../scripts/error-codes.ts';
import { findErrors } from '../../scripts/find-errors.ts';

test('the page of errors is what the sources say', (t) => {
  t.is(readFileSync(join(packageRoot, errorsFile), 'utf8'), errorsPage(), 'npx tsx scripts/error-codes.ts');
});

/** The codes that a source makes, beside another one. */
const codesOf = (text: string, other = '') =>
  findErrors([
    { path: 'a.ts', text },
    { path: 'b.ts', text: other },
  ]).map(({ code }) => code);

test('alternatives, tables and lists are written out', (t) => {
  t.deepEqual(codesOf(`throw new UserError(gone ? 'a/gone' : 'a/full', gone ? 'is gone' : 'is full');`), [
    'a/gone',
    'a/full',
  ]);
  const table = `const ends = { X: { code: 'x' }, Y: { code: 'y' } }; const end = ends[name];`;
  t.deepEqual(codesOf(`${table} throw new UserError(\`a/\${end.code}\`, end.message);`), ['a/x', 'a/y']);
  const list = `const kinds = ['one', 'two'] as const;`;
  t.deepEqual(codesOf(`${list} throw new UserError(\`a/\${kind}\`, 'is wrong');`), ['a/one', 'a/two']);
});

test('a code that comes in as a parameter is found at the callers, in other files too', (t) => {
  const made = `export function fail(code: string) { throw new UserError(code, 'is wrong'); } fail('a/here');`;
  t.deepEqual(codesOf(made, `import { fail } from './a.ts'; fail('b/there');`), ['a/here', 'b/there']);
});

test('an error that is passed on counts once, where it was made; one whose code cannot be told is refused', (t) => {
  t.deepEqual(codesOf('throw new UserError(error.code, error.message, { place });'), []);
  t.throws(() => codesOf(`throw new UserError(anything(), 'is wrong');`), { message: /cannot be told/ });
});

test('words come along, with a sign for what depends on the case', (t) => {
  const text = `throw new UserError('a/b', \`has \${count} lines\`, { place, remedy: 'Cut it.' });`;
  t.deepEqual(findErrors([{ path: 'a.ts', text }]), [
    { code: 'a/b', message: 'has … lines', remedy: 'Cut it.' },
  ]);
});
