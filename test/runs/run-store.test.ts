import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { execaSync } from 'execa';
import { openEventLog, readEvents } from '../../orchestrator/runs/event-log.ts';
import { isLocked, takeLock } from '../../orchestrator/runs/lock.ts';
import { findDamage, readManifest, writeManifest } from '../../orchestrator/runs/manifest.ts';
import { checkRunName } from '../../orchestrator/runs/run-name.ts';
import { prepareStageFolder } from '../../orchestrator/runs/stage-folder.ts';
import { makeStageKey } from '../../orchestrator/runs/stage-key.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { identityOf, isAlive } from '../../orchestrator/shared/process-identity.ts';
import { temporaryFolder } from '../temporary-folder.ts';

for (const name of ['../evil', '/etc', '.hidden', '', 'a/b', 'a\\b', 'a\0b', 'x'.repeat(65), '..', 'spa ce'])
  test(`"${JSON.stringify(name).slice(1, 15)}" is no name of a run`, (t) => {
    const error = t.throws(() => checkRunName(name), { instanceOf: UserError });
    t.like(error, { code: 'runs/bad-name', place: '--run' });
    t.truthy(error.remedy);
  });

test('an event log survives a torn last line', (t) => {
  const file = join(temporaryFolder(t), 'events.jsonl');
  const first = openEventLog(file);
  first.append({ type: 'note', text: 'whole' });
  first.close();
  appendFileSync(file, '{"at":"2026-01-01","type":"no');
  t.is(readEvents(file).length, 1);
  const second = openEventLog(file);
  second.append({ type: 'note', text: 'after' });
  second.close();
  t.deepEqual(
    readEvents(file).map(({ text }) => text),
    ['whole', 'after'],
  );
});

test('a log that is one torn line begins anew', (t) => {
  const file = join(temporaryFolder(t), 'events.jsonl');
  writeFileSync(file, '{"torn');
  openEventLog(file).close();
  t.is(readFileSync(file, 'utf8'), '');
});

test('a lock keeps others out until it is given back', (t) => {
  const file = join(temporaryFolder(t), 'lock.json');
  const release = takeLock(file);
  t.true(isLocked(file));
  const error = t.throws(() => takeLock(file), { instanceOf: UserError });
  t.is(error.code, 'runs/locked');
  t.regex(error.message, new RegExp(`another process \\(${process.pid}\\)`));
  release();
  t.false(isLocked(file));
  takeLock(file)();
});

test('the lock of a process that is gone is taken over, also a torn one', (t) => {
  const file = join(temporaryFolder(t), 'lock.json');
  const { pid } = JSON.parse(
    execaSync(process.execPath, ['-p', 'JSON.stringify({pid: process.pid})']).stdout,
  );
  for (const content of [JSON.stringify({ pid, started: '1', host: hostname() }), '{"pid":', '']) {
    writeFileSync(file, content);
    t.false(isLocked(file));
    takeLock(file)();
  }
});

test('a process id that was given to another process does not hold a lock', (t) => {
  const own = identityOf(process.pid);
  t.true(isAlive(own));
  if (own.started !== null) t.false(isAlive({ ...own, started: '1' }));
});

test('a lock that no living process holds is none, whatever machine or container it names', (t) => {
  const file = join(temporaryFolder(t), 'lock.json');
  const own = identityOf(process.pid);
  for (const content of [{ pid: 1, started: null, host: 'elsewhere' }, { ...own, host: hostname() }, 7]) {
    writeFileSync(file, JSON.stringify(content));
    t.false(isLocked(file));
    takeLock(file)();
  }
});

test('a folder in the place of a lock is an error that names it', (t) => {
  const file = join(temporaryFolder(t), 'lock.json');
  mkdirSync(file);
  const error = t.throws(() => takeLock(file), { instanceOf: UserError });
  t.like(error, { code: 'system/eisdir', place: file });
  t.truthy(error.remedy);
});

const figures = {
  stage: 'dataset',
  key: 'k',
  inputs: {},
  figures: { items: 3 },
  seconds: 1,
  peak_memory_bytes: 1,
};

test('a manifest lists files with sizes and hashes, without temporary ones', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'deep'));
  writeFileSync(join(folder, 'deep/a.txt'), 'abc');
  writeFileSync(join(folder, 'b.json.77.tmp'), '{');
  mkdirSync(join(folder, 'deep/training.77.tmp'));
  writeFileSync(join(folder, 'deep/training.77.tmp/corpus.txt'), 'abc');
  const written = await writeManifest(folder, figures);
  t.deepEqual(written.files, [
    {
      path: 'deep/a.txt',
      bytes: 3,
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    },
  ]);
  t.deepEqual(readManifest(folder), written);
  t.is(findDamage(folder, written), null);
  writeFileSync(join(folder, 'deep/a.txt'), 'abcd');
  t.is(findDamage(folder, written), 'deep/a.txt has 4 bytes instead of 3');
});

test('a manifest of another schema or a broken one is a clear error', async (t) => {
  const folder = temporaryFolder(t);
  const written = await writeManifest(folder, figures);
  const file = join(folder, 'manifest.json');
  for (const text of [
    JSON.stringify({ ...written, schema_version: 2 }),
    JSON.stringify({ ...written, files: 'none' }),
    JSON.stringify(written).slice(0, 30),
    '[]',
    '',
  ]) {
    writeFileSync(file, text);
    const error = t.throws(() => readManifest(folder), { instanceOf: UserError });
    t.is(error.place, file);
    t.truthy(error.remedy);
  }
});

test('what is not a manifest is not written', async (t) => {
  await t.throwsAsync(writeManifest(temporaryFolder(t), { ...figures, seconds: Number.NaN }), {
    instanceOf: UserError,
  });
});

test('a stage key follows settings, seed, version, inputs and contents of files, not their place', async (t) => {
  const folder = temporaryFolder(t);
  for (const name of ['one', 'two', 'three']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'log.txt'), name === 'three' ? 'other' : 'same');
  }
  const parts = { stage: 'dataset', version: 1, sections: { a: 1, b: 2 }, seed: 1, inputs: { x: 'k' } };
  const key = (changes: object = {}, place = 'one') =>
    makeStageKey({ ...parts, ...changes, inputFiles: [join(folder, place)] });
  const base = await key();
  t.is(await key({ sections: { b: 2, a: 1 } }), base);
  t.is(await key({}, 'two'), base);
  const others = [
    await key({ sections: { a: 1, b: 3 } }),
    await key({ seed: 2 }),
    await key({ version: 2 }),
    await key({ inputs: { x: 'l' } }),
    await key({ stage: 'other' }),
    await key({}, 'three'),
  ];
  t.is(new Set([base, ...others]).size, 7);
  const error = await t.throwsAsync(key({}, 'four'), { instanceOf: UserError });
  t.is(error.code, 'runs/unreadable-input');
});

test('an unfinished stage is kept for the same key and cleared for another', (t) => {
  const runsFolder = temporaryFolder(t);
  const prepare = (key: string) =>
    prepareStageFolder({
      runsFolder,
      runFolder: join(runsFolder, 'r'),
      stageFolder: '01-dataset',
      key,
      onWarning: t.log,
    });
  mkdirSync(join(runsFolder, 'r'));
  const file = join(runsFolder, 'r/01-dataset/checkpoint');
  t.deepEqual(prepare('one'), { state: 'open', resumed: false });
  writeFileSync(file, 'half');
  writeFileSync(`${file}.12.tmp`, 'torn');
  mkdirSync(`${file}.13.tmp`);
  writeFileSync(join(`${file}.13.tmp`, 'corpus.txt'), 'a text');
  t.deepEqual(prepare('one'), { state: 'open', resumed: true });
  t.is(readFileSync(file, 'utf8'), 'half');
  t.throws(() => readFileSync(`${file}.12.tmp`), { code: 'ENOENT' });
  t.throws(() => readdirSync(`${file}.13.tmp`), { code: 'ENOENT' });
  t.deepEqual(prepare('two'), { state: 'open', resumed: false });
  t.throws(() => readFileSync(file), { code: 'ENOENT' });
});
