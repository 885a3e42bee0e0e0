import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { makeFolder } from '../../orchestrator/storage/make-folder.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('a folder is made with those above it, and again', (t) => {
  const folder = join(temporaryFolder(t), 'a b/%20/#/"c"/-d/💄\n');
  makeFolder(folder);
  makeFolder(folder);
  t.true(existsSync(folder));
});

test('what cannot be a folder is an error with its place, and comes to an end', (t) => {
  const file = join(temporaryFolder(t), 'file');
  writeFileSync(file, '');
  const long = join(file, '..', 'x'.repeat(300));
  const refused = [
    file,
    join(file, 'below'),
    long,
    ...(existsSync('/proc/self') ? ['/proc/nothing/below'] : []),
  ];
  for (const folder of refused) {
    const error = t.throws(() => makeFolder(folder), { instanceOf: UserError });
    t.is(error.place, folder);
    t.regex(error.code, /^system\/(eexist|enotdir|enametoolong|enoent)$/);
  }
});
