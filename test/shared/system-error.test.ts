import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { atPlace, systemErrorOf } from '../../orchestrator/shared/system-error.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const tells = test.macro((t, error: Error, code: string) => {
  const told = systemErrorOf(error, '/a/place');
  t.like(told, { code, place: '/a/place' });
  t.truthy(told?.remedy);
  t.true(told?.message.includes(error.message.split('\n')[0]), "the system's own words stay");
});

const withCode = (code: string) => Object.assign(new Error(`${code}: so it is, write`), { code });
for (const code of [
  'ENOSPC',
  'EDQUOT',
  'EFBIG',
  'EACCES',
  'EROFS',
  'ENOTDIR',
  'EISDIR',
  'ENAMETOOLONG',
  'EMFILE',
  'EIO',
])
  test(`${code} is for the user to mend`, tells, withCode(code), `system/${code.toLowerCase()}`);

test(
  "DuckDB's way of saying it",
  tells,
  new Error('IO Error: Could not write file "x": File too large'),
  'system/efbig',
);
test("Rust's way of saying it", tells, new Error('No space left on device (os error 28)'), 'system/enospc');
test(
  'also with more lines',
  tells,
  new Error('IO Error: Cannot open "x": Permission denied\n  at y'),
  'system/eacces',
);

test('a cause counts like the error itself', (t) => {
  const error = new Error('the stage could not be saved', { cause: withCode('ENOSPC') });
  t.is(systemErrorOf(error)?.code, 'system/enospc');
});

test('a bug stays a bug, and what is told already is not told again', (t) => {
  t.is(systemErrorOf(new TypeError('undefined is not a function')), null);
  t.is(systemErrorOf(Object.assign(new Error('bad argument'), { code: 'ERR_INVALID_ARG_TYPE' })), null);
  t.is(systemErrorOf(new UserError('a/b', 'Permission denied')), null);
  t.is(systemErrorOf('ENOSPC'), null);
});

test('work at a place names it', (t) => {
  const file = join(temporaryFolder(t), 'nowhere');
  const error = t.throws(() => atPlace('here', () => readFileSync(file)), { instanceOf: UserError });
  t.like(error, { code: 'system/enoent', place: 'here' });
  t.is(
    atPlace('here', () => 7),
    7,
  );
});

test('a copy that does not fit names the new file, one that may not be read the old one', (t) => {
  const copying = (code: string) => Object.assign(withCode(code), { path: '/old', dest: '/new' });
  t.is(systemErrorOf(copying('ENOSPC'))?.place, '/new');
  t.is(systemErrorOf(copying('EACCES'))?.place, '/old');
});
