import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { z } from 'zod';
import { launchers } from '../../orchestrator/launch/launchers/index.ts';
import type { Launcher } from '../../orchestrator/launch/launchers/launcher.ts';
import { everyLauncher } from '../../orchestrator/launch/launchers/settings.ts';
import { workerArguments } from '../../orchestrator/launch/launchers/worker-command.ts';
import { runWorker } from '../../orchestrator/launch/run-worker.ts';
import { givenPrograms } from '../../orchestrator/recipe/program-settings.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import type { ReportMessage } from '../../orchestrator/shared/reporter.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { waitUntil } from '../wait-until.ts';

/** What CONTRIBUTING.md asks of a launcher, and nothing else: the work is behind `nice`. */
const schema = z.strictObject({
  ...everyLauncher,
  kind: z.literal('nice').describe('one process that lets others go first'),
  niceness: z.int().min(0).max(19).default(10).describe('how much it stands back'),
  hook: z.string().nullable().default(null).describe('a program to be run before'),
});
const nice = {
  settings: schema,
  startsPrograms: ['hook'],
  start: ({ python, settings, job, result }) => ({
    command: 'nice',
    args: ['-n', String(settings.niceness), python, ...workerArguments(job, result, settings)],
    files: { [join(result, 'launcher', 'niceness')]: String(settings.niceness) },
    note: 'it may take a while',
  }),
} satisfies Launcher<z.infer<typeof schema>>;

/** The same, handed on to somebody who is asked to stop, and knows why nothing came of it. */
const butler = {
  ...nice,
  follow: ({ settings, result }, program, report) => {
    program.stdout?.on('data', (text: Buffer) =>
      report({ type: 'note', text: `the butler says: ${String(text).trim()}` }),
    );
    return {
      log: 'butler.log',
      remedy: 'Hire a butler.',
      stop: async () => writeFileSync(join(result, 'bell'), ''),
      explain: async ({ code, stopped }) =>
        new UserError('butler/sorry', `code ${code}, niceness ${settings.niceness}, stopped ${stopped}`),
      close: () => writeFileSync(join(result, 'left'), ''),
    };
  },
} satisfies Launcher<z.infer<typeof schema>>;

const finished = '{"type": "finished", "figures": {"ended": "well"}, "peak_memory_bytes": 1}';

test('a launcher from outside starts a worker, whose messages and result arrive', async (t) => {
  const { done, result, heard } = start(
    t,
    nice,
    `echo in the log; say '{"type": "progress", "label": "steps", "done": 1, "total": 2}'; say '${finished}'; nice > "$result/nice"`,
  );
  t.like(await done, { figures: { ended: 'well' } });
  t.deepEqual(heard, [
    { type: 'note', text: 'it may take a while' },
    { type: 'progress', label: 'steps', done: 1, total: 2 },
  ]);
  t.is(readFileSync(join(result, 'logs/launcher.log'), 'utf8'), 'in the log\n');
  t.is(readFileSync(join(result, 'launcher/niceness'), 'utf8'), '7');
  t.true(Number(readFileSync(join(result, 'nice'), 'utf8')) >= 7);
});

test('the end of its worker is explained as that of any other', async (t) => {
  const failure = JSON.stringify({
    rank: 0,
    error: { kind: 'user', code: 'peft/out-of-memory', message: 'what' },
  });
  const { done } = start(t, nice, `echo '${failure}' > "$result/logs/failure-0.json"; exit 1`);
  await t.throwsAsync(done, { instanceOf: UserError, code: 'peft/out-of-memory' } as never);
  await t.throwsAsync(start(t, nice, `say '{"type": "stopped"}'`).done, { code: 'peft/stopped' } as never);
  await t.throwsAsync(start(t, nice, 'echo broken; exit 3').done, { message: /code 3[\s\S]*broken/ });
});

test('it is stopped by the file that every worker looks for', async (t) => {
  const { done, stop, result } = start(
    t,
    nice,
    'touch "$result/begun"; until [ -e "$result/stop-requested" ]; do sleep 0.05; done',
  );
  await waitUntil(() => existsSync(join(result, 'begun')), { during: done });
  stop();
  await t.throwsAsync(done, { message: 'stopped by the test' });
  t.false(existsSync(join(result, 'stop-requested')));
});

test('who hands the work on is told to stop, explains the end, and has a log of its own', async (t) => {
  const failed = start(t, butler, 'echo very well; exit 4');
  await t.throwsAsync(failed.done, { code: 'butler/sorry', message: 'code 4, niceness 7, stopped false' });
  t.is(readFileSync(join(failed.result, 'logs/butler.log'), 'utf8'), 'very well\n');
  t.deepEqual(failed.heard.at(-1), { type: 'note', text: 'the butler says: very well' });
  t.true(existsSync(join(failed.result, 'left')));

  const waiting = start(t, butler, 'touch "$result/begun"; until [ -e "$result/bell" ]; do sleep 0.05; done');
  await waitUntil(() => existsSync(join(waiting.result, 'begun')), { during: waiting.done });
  waiting.stop();
  await t.throwsAsync(waiting.done, { message: 'stopped by the test' });
  t.true(existsSync(join(waiting.result, 'stop-requested')), 'the work may begin yet');
});

test('a program that cannot be started says what to do about it', async (t) => {
  const nowhere = { ...butler, start: () => ({ command: '/nowhere/butler', args: [], files: {} }) };
  const error = (await t.throwsAsync(start(t, nowhere, '').done)) as UserError;
  t.like(error, { code: 'peft/no-such-program', place: '/nowhere/butler', remedy: 'Hire a butler.' });
});

test('its settings that start programs are known when they are given', (t) => {
  const given = (settings: object) => givenPrograms(nice, schema.parse({ kind: 'nice', ...settings }));
  t.deepEqual(given({ niceness: 3 }), []);
  t.deepEqual(given({ python: '/bin/sh', hook: 'reboot' }), ['python', 'hook']);
});

test('every launcher of the registry stands under its kind, and names settings that it has', (t) => {
  for (const [name, { settings, startsPrograms }] of Object.entries<Launcher>(launchers)) {
    t.is(settings.parse({ kind: name, ...required[name] }).kind, name);
    for (const setting of startsPrograms) t.true(setting in settings.shape, `${name}: ${setting}`);
  }
});

/** Settings without a default. */
const required: Record<string, object> = {
  kubernetes: { image: 'shop/torch:1', claim: 'runs', shared_folder: '/runs' },
};

/** A worker that is a few lines of bash, which know `result` and `say` a message. */
function start(t: ExecutionContext, launcher: Launcher<z.infer<typeof schema>>, lines: string) {
  const folder = temporaryFolder(t);
  const [job, result] = [join(folder, 'job'), join(folder, 'result')];
  for (const each of [job, result]) mkdirSync(each);
  const python = join(folder, 'python');
  writeFileSync(
    python,
    `#!/bin/bash
while [ "$1" != --result ]; do shift; done
result=$2
say() { echo "$1" >> "$result/messages.jsonl"; }
${lines}
`,
  );
  chmodSync(python, 0o755);
  const heard: ReportMessage[] = [];
  const controller = new AbortController();
  const done = runWorker({
    launcher,
    settings: schema.parse({ kind: 'nice', python, niceness: 7 }),
    job,
    result,
    report: (message) => heard.push(message),
    signal: controller.signal,
  });
  done.catch(() => {});
  return { done, result, heard, stop: () => controller.abort(new Error('stopped by the test')) };
}
