import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { makeStageKey } from '../../orchestrator/runs/stage-key.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const parts = { stage: 'dataset', version: 1, sections: {}, seed: 1, inputs: {} };
const keyOf = (...inputFiles: string[]) => makeStageKey({ ...parts, inputFiles });

/** Folders `one` and `two` with a file of their own, and what `make` puts into `a` for the first and `b` for the second. */
function twoFolders(t: ExecutionContext, make: (folder: string, store: string) => void): [string, string] {
  const root = temporaryFolder(t);
  for (const [name, store] of [
    ['a', 'one'],
    ['b', 'two'],
  ]) {
    mkdirSync(join(root, store, 'deep'), { recursive: true });
    writeFileSync(join(root, store, 'deep/log.txt'), `the log of ${store}`);
    mkdirSync(join(root, name));
    make(join(root, name), join(root, store));
  }
  return [join(root, 'a'), join(root, 'b')];
}

const differ = test.macro(async (t: ExecutionContext, make: (folder: string, store: string) => void) => {
  const [first, second] = twoFolders(t, make);
  t.not(await keyOf(first), await keyOf(second));
});

test('a folder of links is what the links lead to', differ, (folder, store) =>
  symlinkSync(join(store, 'deep/log.txt'), join(folder, 'log.txt')),
);
test('a folder of links to folders is what lies in these', differ, (folder, store) =>
  symlinkSync(join(store, 'deep'), join(folder, 'data')),
);
test('links to links are followed to their end', differ, (folder, store) => {
  symlinkSync(join(store, 'deep/log.txt'), join(store, 'between'));
  symlinkSync(join(store, 'between'), join(folder, 'log.txt'));
});
test('a dead link is where it leads', differ, (folder, store) => {
  writeFileSync(join(folder, 'same.txt'), 'same');
  symlinkSync(join(store, 'nowhere'), join(folder, 'log.txt'));
});

test('links in a circle come to an end, and what lies beside them counts', async (t) => {
  const [first, second] = twoFolders(t, (folder, store) => {
    symlinkSync(folder, join(folder, 'round'));
    symlinkSync('itself', join(folder, 'itself'));
    symlinkSync(join(store, 'deep'), join(folder, 'data'));
  });
  t.not(await keyOf(first), await keyOf(second));
});

test('a folder of links equals a folder of the files', async (t) => {
  const root = temporaryFolder(t);
  for (const name of ['plain', 'linked']) mkdirSync(join(root, name));
  writeFileSync(join(root, 'plain/log.txt'), 'a b');
  symlinkSync(join(root, 'plain/log.txt'), join(root, 'linked/log.txt'));
  symlinkSync(join(root, 'linked'), join(root, 'whole'));
  t.is(await keyOf(join(root, 'linked')), await keyOf(join(root, 'plain')));
  t.is(await keyOf(join(root, 'whole')), await keyOf(join(root, 'plain')));
});

const refused = async (t: ExecutionContext, path: string) => {
  const error = await t.throwsAsync(keyOf(path), { instanceOf: UserError });
  t.like(error, { code: 'runs/unreadable-input', place: path });
};

test('what holds nothing, or cannot be read twice, equals nothing: it is refused', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'empty/below'), { recursive: true });
  await refused(t, join(folder, 'empty'));
  await refused(t, '/dev/null');
  symlinkSync('nowhere', join(folder, 'link'));
  await refused(t, join(folder, 'link'));
  if (process.platform === 'win32') return;
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await refused(t, join(folder, 'pipe'));
  await refused(t, folder);
});

test('the same content in the place of another input is another key', async (t) => {
  const folder = temporaryFolder(t);
  for (const [name, text] of [
    ['one/x', '1'],
    ['two/x', '2'],
  ]) {
    mkdirSync(join(folder, name, '..'));
    writeFileSync(join(folder, name), text);
  }
  const [one, two] = [join(folder, 'one/x'), join(folder, 'two/x')];
  t.not(await keyOf(one, two), await keyOf(two, one));
});

test('a change that keeps size and times is a change', async (t) => {
  const file = join(temporaryFolder(t), 'log.txt');
  writeFileSync(file, 'a b c');
  const long = new Date('2020-01-01');
  utimesSync(file, long, long);
  const before = await keyOf(file);
  t.is(await keyOf(file), before);
  writeFileSync(file, 'a c b');
  utimesSync(file, long, long);
  t.is(statSync(file).mtimeMs, long.getTime());
  t.not(await keyOf(file), before);
  // Another file put in its place.
  writeFileSync(`${file}.new`, 'c b a');
  renameSync(`${file}.new`, file);
  t.not(await keyOf(file), before);
});
