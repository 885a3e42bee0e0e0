import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { decodeOnRay } from '../../../orchestrator/lists/ray/decode-on-ray.ts';
import { writeLists } from '../../../orchestrator/lists/write-lists.ts';
import { type OpenRun, openRun } from '../../../orchestrator/serving/index.ts';
import { UserError } from '../../../orchestrator/shared/errors.ts';
import { smokeRuns } from '../../serving/smoke-run.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

// What is here is our end of it; test/peft/ray.test.ts has a real cluster.
let run: OpenRun;
let runsFolder: string;

test.before(async () => {
  runsFolder = await smokeRuns();
  run = await openRun('smoke', { runsFolder });
});
test.after.always(() => run?.close());

/** A program in the place of Python: what it does is JavaScript, which has the job, its blocks and `say`. */
function standIn(t: ExecutionContext, does: string): void {
  const folder = temporaryFolder(t);
  const program = join(folder, 'program.mjs');
  writeFileSync(
    program,
    `import { readFileSync } from 'node:fs';
const folder = process.argv.at(-1);
const job = JSON.parse(readFileSync(folder + '/job.json', 'utf8'));
const blocks = readFileSync(folder + '/blocks.jsonl', 'utf8').trim().split('\\n').map((line) => JSON.parse(line));
const say = (message) => process.stdout.write(JSON.stringify(message) + '\\n');
process.stdin.on('end', () => process.exit(0)).resume();
${does}`,
  );
  mkdirSync(join(folder, 'bin'));
  const python = join(folder, 'bin', 'python');
  writeFileSync(python, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(python, 0o755);
  writeFileSync(join(folder, '.eager-llm-ready'), '');
  process.env.EAGER_LLM_RAY_ENV = folder;
}

const answerAll = `for (const [number, ids] of blocks.reverse())
  say({ type: 'block', number, rows: ids.map((user_id) => JSON.stringify({ user_id, rank: 1, item_id: 'a', score: -1 }) + '\\n').join('') });
say({ type: 'finished' });
process.exit(0);`;

async function write(t: ExecutionContext, more: Partial<Parameters<typeof writeLists>[1]> = {}) {
  const out = join(temporaryFolder(t), 'recs.jsonl');
  const decode = decodeOnRay({ runsFolder, workers: 2, address: 'auto' });
  return writeLists(run, { out, k: 4, block: 50, decode, ...more });
}

test.serial(
  'blocks that come back in any order stand in the file in their own, with progress on the way',
  async (t) => {
    standIn(t, `say({ type: 'workers', workers: 2, cpus: 1, machines: 3 });${answerAll}`);
    const notes: string[] = [];
    const done: number[] = [];
    const { path } = await write(t, {
      onNote: (text) => notes.push(text),
      onProgress: (progress) => done.push(progress.done),
    });
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    t.deepEqual(
      lines.map((line) => JSON.parse(line).user_id),
      run.users.ids,
    );
    t.deepEqual(done, [13, 63, 113, 163]);
    t.deepEqual(notes, ['Ray: 2 workers on 3 machines, each with 1 core.']);
  },
);

test.serial('the job says what is asked of whom', async (t) => {
  standIn(t, `say({ type: 'note', text: JSON.stringify(job) });${answerAll}`);
  let job: Record<string, unknown> = {};
  const [{ item_id: item }] = (await run.recommend({ user: run.users.ids[0], k: 1 })).items;
  await write(t, { rules: { exclude: [item] }, onNote: (text) => (job = JSON.parse(text)) });
  t.like(job, {
    address: 'auto',
    workers: 2,
    order: { run: 'smoke', runsFolder, k: 4, rules: { exclude: [item] } },
  });
  t.regex((job.command as string[]).at(-1) ?? '', /lists\/ray\/worker\.ts$/);
});

const failures = {
  'what the program reports': {
    does: `say({ type: 'failed', error: { kind: 'user', code: 'ray/too-small', message: 'no room', remedy: 'Add.' } });process.exit(1);`,
    expected: { code: 'ray/too-small', message: 'no room' },
  },
  'an end without a result': {
    does: `process.stderr.write('out of breath');process.exitCode = 3;process.stdin.destroy();`,
    expected: { code: 'ray/ended', message: /ended with code 3\nIts last words:\nout of breath/ },
  },
};
for (const [name, { does, expected }] of Object.entries(failures))
  test.serial(`${name} is the error, and what was finished stays`, async (t) => {
    standIn(t, `say({ type: 'block', number: 0, rows: '' });${does}`);
    const out = join(temporaryFolder(t), 'recs.jsonl');
    await t.throwsAsync(write(t, { out }), { instanceOf: UserError, ...expected });
    const notes: string[] = [];
    standIn(t, answerAll);
    await write(t, { out, onNote: (text) => notes.push(text) });
    t.regex(notes[0], /^1 finished parts are there/);
  });

test.serial('a disk that is full ends the program', async (t) => {
  standIn(t, `say({ type: 'block', number: 0, rows: '' });setInterval(() => {}, 1000);`);
  const decode = decodeOnRay({ runsFolder });
  const onBlock = () => {
    throw new UserError('system/disk-full', 'the disk is full');
  };
  const folder = temporaryFolder(t);
  const blocks = [{ number: 0, ids: ['u1'] }];
  const [onDecoded, onNote] = [() => {}, () => {}];
  const asked = { run, blocks, k: 2, rules: {}, block: 1, folder, onDecoded, onBlock, onNote };
  await t.throwsAsync(decode(asked), { code: 'system/disk-full' });
});

test.serial('where Ray is not installed, it says how to install it', async (t) => {
  process.env.EAGER_LLM_RAY_ENV = '/nowhere';
  const error = await t.throwsAsync(write(t), { code: 'ray/not-set-up' });
  t.regex((error as UserError).remedy ?? '', /npx eager-llm setup ray/);
});
