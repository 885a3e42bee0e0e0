import { existsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { execa } from 'execa';
import { endOrphan } from '../../orchestrator/process/orphan.ts';
import { StageCrash } from '../../orchestrator/process/outcomes.ts';
import { runStageProcess } from '../../orchestrator/process/run-stage-process.ts';
import { packError, unpackError } from '../../orchestrator/process/sent-error.ts';
import { throttled } from '../../orchestrator/process/throttled-report.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { identityOf, isAlive } from '../../orchestrator/shared/process-identity.ts';
import type { ReportMessage } from '../../orchestrator/shared/reporter.ts';
import { holdFile, isFileHeld } from '../../orchestrator/storage/file-lock.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { typescriptLoader } from '../typescript-loader.ts';
import { waitUntil } from '../wait-until.ts';

test('a module without the stage is a crash that says so', async (t) => {
  const folder = temporaryFolder(t);
  const module = new URL('../stages/fixture-stages.ts', import.meta.url).href;
  const options = { recipe: {}, folder, inputFolders: {}, workerFile: join(folder, 'worker.json') };
  const error = await t.throwsAsync(
    runStageProcess({ ...options, module, stage: 'nothing', report: () => {} }),
    { instanceOf: StageCrash },
  );
  t.regex(error.message, /has no stage "nothing"/);
});

test('a stage that reads what it does not list is a crash that says so', async (t) => {
  const folder = temporaryFolder(t);
  const module = new URL('../stages/fixture-stages.ts', import.meta.url).href;
  const options = { folder, inputFolders: {}, workerFile: join(folder, 'worker.json'), report: () => {} };
  const recipe = { decoding: { num_beams: 1 } };
  const error = await t.throwsAsync(runStageProcess({ ...options, module, stage: 'embedding', recipe }), {
    instanceOf: StageCrash,
  });
  t.regex(error.message, /does not list "dataset" among its inputs/);
});

test('errors keep what matters on their way between processes', (t) => {
  const sent = packError(new UserError('a/b', 'what', { place: 'where', remedy: 'how' }));
  t.like(unpackError(structuredClone(sent), 'dataset'), { code: 'a/b', message: 'what', place: 'where' });
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  t.like(unpackError(packError(full), 'dataset'), { code: 'system/enospc' }, 'no bug of ours');
  const bug = unpackError(packError(new TypeError('oops', { cause: new Error('why') })), 'dataset');
  t.true(bug instanceof StageCrash);
  t.regex(bug.stack ?? '', /TypeError: oops[\s\S]*caused by Error: why/);
  t.regex(unpackError(packError('just a text'), 'dataset').message, /just a text/);
});

test('tight loops send few messages, but the last one always', (t) => {
  const sent: ReportMessage[] = [];
  const report = throttled((message) => sent.push(message), 1e9);
  for (let done = 1; done <= 1000; done++) report({ type: 'progress', label: 'a', done, total: 1000 });
  report({ type: 'progress', label: 'b', done: 1, total: 2, figures: { loss: Number.NaN } });
  t.deepEqual(sent, [
    { type: 'progress', label: 'a', done: 1, total: 1000 },
    { type: 'progress', label: 'a', done: 1000, total: 1000 },
    { type: 'progress', label: 'b', done: 1, total: 2, figures: { loss: 'NaN' } },
  ]);
});

test('a process that outlived its parent is ended before the next begins', async (t) => {
  const file = join(temporaryFolder(t), 'worker.json');
  const door = fileURLToPath(new URL('../../orchestrator/process/worker.ts', import.meta.url));
  const orphan = execa(process.execPath, [typescriptLoader, door, file], { ipc: true, reject: false });
  await waitUntil(() => isFileHeld(file), { during: orphan });
  const identity = identityOf(orphan.pid!);
  // Where the system does not tell what a process is, it is waited for instead.
  if (identity.started === null) orphan.kill();
  await endOrphan(file);
  await orphan;
  t.false(isAlive(identity));
  t.false(existsSync(file));
});

test('a worker file that names a stranger kills nobody', async (t) => {
  const file = join(temporaryFolder(t), 'worker.json');
  const stranger = execa(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { reject: false });
  const identity = identityOf(stranger.pid!);
  writeFileSync(file, JSON.stringify({ ...identity, host: hostname() }));
  await endOrphan(file);
  // Held, but by another process than it names.
  writeFileSync(file, '');
  const release = holdFile(file)!;
  writeFileSync(file, JSON.stringify({ ...identity, host: hostname() }));
  await t.throwsAsync(endOrphan(file, 0.2), { message: new RegExp(`earlier process \\(${stranger.pid} on`) });
  release();
  t.true(isAlive(identity));
  stranger.kill();
  await stranger;
});

test('a worker file of a process that is gone, or torn, is no obstacle', async (t) => {
  const file = join(temporaryFolder(t), 'worker.json');
  for (const content of [
    JSON.stringify({ pid: process.pid, started: '1' }),
    '{"pid"',
    JSON.stringify({ pid: 0 }),
  ]) {
    writeFileSync(file, content);
    await t.notThrowsAsync(endOrphan(file));
  }
});
