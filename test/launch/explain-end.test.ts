import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { explainEnd } from '../../orchestrator/launch/explain-end.ts';
import { StageCrash } from '../../orchestrator/process/outcomes.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const summary = (rank: number, exitCode: number) => `
eager_llm_peft FAILED
Root Cause (first observed failure):
[0]:
  time      : 2026-01-01_00:00:00
  rank      : ${rank} (local_rank: ${rank})
  exitcode  : ${exitCode} (pid: 4711)
`;
const failure = (code: string) => ({ kind: 'user', code, message: 'what', remedy: 'how' });

test('the rank that failed first is heard, not those that lost their peer', (t) => {
  const { folder, write } = logs(t);
  write('failure-0.json', JSON.stringify({ rank: 0, error: { kind: 'bug', message: 'lost', stack: '' } }));
  write('failure-2.json', JSON.stringify({ rank: 2, error: failure('peft/out-of-memory') }));
  write('launcher.log', summary(2, 1));
  t.like(explainEnd(folder, { code: 1 }), { code: 'peft/out-of-memory', remedy: 'how' });
});

test('without a word of torchrun, the earliest failure counts', (t) => {
  const { folder, write } = logs(t);
  write('failure-0.json', JSON.stringify({ rank: 0, error: failure('later') }), 20);
  write('failure-1.json', JSON.stringify({ rank: 1, error: failure('earlier') }), 10);
  t.like(explainEnd(folder, { code: 1 }), { code: 'earlier' });
});

test('a rank that the system killed is named, with what to do', (t) => {
  const { folder, write } = logs(t);
  write('failure-0.json', JSON.stringify({ rank: 0, error: { kind: 'bug', message: 'lost', stack: '' } }));
  write('launcher.log', summary(1, -9));
  const error = explainEnd(folder, { code: 1 });
  t.true(error instanceof UserError);
  t.regex(error.message, /killed rank 1/);
  t.regex((error as UserError).remedy ?? '', /again to resume/);
});

test('a crash without a word shows the last lines of the log', (t) => {
  const { folder, write } = logs(t);
  write('rank-0.log', 'first\nSegmentation fault\n');
  const error = explainEnd(folder, { signal: 'SIGSEGV' });
  t.true(error instanceof StageCrash);
  t.regex(error.message, /SIGSEGV[\s\S]*Segmentation fault/);
});

function logs(t: { teardown(clean: () => void): void }) {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'logs'));
  return {
    folder,
    write(name: string, text: string, time?: number) {
      writeFileSync(join(folder, 'logs', name), text);
      if (time !== undefined) utimesSync(join(folder, 'logs', name), time, time);
    },
  };
}
