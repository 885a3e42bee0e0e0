import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { temporaryFolder } from '../temporary-folder.ts';
import { door } from '../whole/eager-llm.ts';

const command = [process.execPath, ...door].map((word) => `"${word}"`).join(' ');

/** The command in a shell, as people redirect it. */
function shell(line: string, ...args: string[]) {
  return execa('sh', ['-c', line.replaceAll('eager-llm', command), 'sh', ...args], { reject: false });
}

const onFull = existsSync('/dev/full') ? test.serial : test.serial.skip;

onFull('results that do not fit on the disk are an error', async (t) => {
  const { exitCode, stderr } = await shell('eager-llm schema > /dev/full');
  t.is(exitCode, 1);
  t.regex(stderr, /error system\/enospc\nstandard output: the disk is full[\s\S]*→/);
});

onFull('messages that nobody can read change nothing', async (t) => {
  const good = await shell('eager-llm schema 2> /dev/full');
  t.is(good.exitCode, 0);
  t.is(JSON.parse(good.stdout).title, 'eager-llm recipe');
  const bad = await shell('eager-llm run nowhere.yaml 2> /dev/full');
  t.is(bad.exitCode, 1);
});

test.serial('a reader that wants no more is no error', async (t) => {
  const { stdout, stderr } = await shell('{ eager-llm schema; echo "ended with $?" >&2; } | head -1');
  t.is(stdout, '{');
  t.is(stderr, 'ended with 0');
});

test.serial('results that a limit cuts off are an error', async (t) => {
  const file = join(temporaryFolder(t), 'schema.json');
  const { exitCode, stderr } = await shell('ulimit -f 8; eager-llm schema > "$1"', file);
  t.is(exitCode, 1);
  t.regex(stderr, /system\/efbig/);
  t.true(readFileSync(file).length > 0);
});
