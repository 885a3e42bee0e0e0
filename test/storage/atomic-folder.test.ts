import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import type { UserError } from '../../orchestrator/shared/errors.ts';
import { writeFolderAtomic } from '../../orchestrator/storage/atomic-folder.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const mark = 'made.json';
const build = (text: string) => (folder: string) => {
  mkdirSync(join(folder, 'inner'));
  writeFileSync(join(folder, 'inner', 'text'), text);
  writeFileSync(join(folder, mark), '{}');
};
const textIn = (folder: string) => readFileSync(join(folder, 'inner', 'text'), 'utf8');

test('a folder is there whole, with the folders above it, and nothing beside it', async (t) => {
  const target = join(temporaryFolder(t), 'above', 'made');
  await writeFolderAtomic(target, { mark }, build('first'));
  t.is(textIn(target), 'first');
  t.deepEqual(readdirSync(join(target, '..')), ['made']);
});

test('a folder of the same maker is replaced only when that is asked for', async (t) => {
  const target = join(temporaryFolder(t), 'made');
  await writeFolderAtomic(target, { mark }, build('first'));
  const error = await t.throwsAsync<UserError>(writeFolderAtomic(target, { mark }, build('second')));
  t.is(error.code, 'folder/exists');
  t.is(textIn(target), 'first');
  await writeFolderAtomic(target, { mark, replace: true }, build('second'));
  t.is(textIn(target), 'second');
  t.deepEqual(readdirSync(join(target, '..')), ['made']);
});

test('a folder with anything else in it is never replaced; an empty one is taken', async (t) => {
  const target = join(temporaryFolder(t), 'mine');
  mkdirSync(target);
  writeFileSync(join(target, 'letters.txt'), 'dear');
  const error = await t.throwsAsync<UserError>(
    writeFolderAtomic(target, { mark, replace: true }, build('new')),
  );
  t.is(error.code, 'folder/not-ours');
  t.regex(error.message, /letters\.txt/);
  t.is(readFileSync(join(target, 'letters.txt'), 'utf8'), 'dear');
  const empty = join(temporaryFolder(t), 'empty');
  mkdirSync(empty);
  await writeFolderAtomic(empty, { mark }, build('new'));
  t.is(textIn(empty), 'new');
});

test('where building fails the old folder stays, and no part of the new one', async (t) => {
  const target = join(temporaryFolder(t), 'made');
  await writeFolderAtomic(target, { mark }, build('first'));
  const failing = (folder: string) => {
    build('second')(folder);
    throw new Error('the disk is full');
  };
  await t.throwsAsync(writeFolderAtomic(target, { mark, replace: true }, failing), { message: /full/ });
  t.is(textIn(target), 'first');
  t.deepEqual(readdirSync(join(target, '..')), ['made']);
});

test('what killed processes left is cleared, and an old folder that lost its place gets it back', async (t) => {
  const folder = temporaryFolder(t);
  const gone = execa(process.execPath, ['-e', '']);
  const pid = gone.pid;
  await gone;
  mkdirSync(join(folder, `made.${pid}.tmp`));
  mkdirSync(join(folder, `other.${pid}.tmp`));
  // Killed between the two renames.
  mkdirSync(join(folder, `made.${pid}.old`));
  build('first')(join(folder, `made.${pid}.old`));
  const target = join(folder, 'made');
  const stop = () => {
    throw new Error('stop');
  };
  await t.throwsAsync(writeFolderAtomic(target, { mark, replace: true }, stop), { message: 'stop' });
  t.is(textIn(target), 'first');
  t.deepEqual(readdirSync(folder).sort(), ['made', `other.${pid}.tmp`]);
});

test('a file in the way, and a place that cannot be written into, are clear errors', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'file'), '');
  const file = await t.throwsAsync<UserError>(
    writeFolderAtomic(join(folder, 'file'), { mark, replace: true }, build('')),
  );
  t.is(file.code, 'folder/not-a-folder');
  const below = await t.throwsAsync<UserError>(
    writeFolderAtomic(join(folder, 'file', 'made'), { mark }, build('')),
  );
  t.regex(below.code, /^folder\/(not-a-folder|unwritable)$/);
});

test('of a link to a folder the link is replaced, never what it leads to', async (t) => {
  const folder = temporaryFolder(t);
  const real = join(folder, 'real');
  await writeFolderAtomic(real, { mark }, build('first'));
  symlinkSync(real, join(folder, 'link'));
  await writeFolderAtomic(join(folder, 'link'), { mark, replace: true }, build('second'));
  t.is(textIn(real), 'first');
  t.is(textIn(join(folder, 'link')), 'second');
  t.true(existsSync(real));
});
