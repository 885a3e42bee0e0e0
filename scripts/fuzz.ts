/**
 * Gives damaged input to what reads input, until the time is over, and tells every case that is not refused in words.
 *   npm run fuzz -- --minutes 5 [--seed 7] [--kind weights [--case 12]]
 * Equal seeds give equal cases; --case repeats one. It ends with 1 when something failed.
 */
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { kinds } from './fuzz/kinds.ts';
import type { FuzzMessage } from './fuzz/worker.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    kind: { type: 'string' },
    case: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const chosen = kinds.filter(({ name }) => values.kind === undefined || name === values.kind);
if (values.help || chosen.length === 0) {
  console.log('npm run fuzz -- [--minutes 1] [--seed N] [--kind NAME [--case N]]');
  console.log(`kinds: ${kinds.map(({ name }) => name).join(', ')}`);
  process.exit(values.help ? 0 : 1);
}

interface Failure {
  /** They repeat the case. */
  options: string;
  error: string;
}

/** A case takes milliseconds; one that is not over by then never will be, also on a busy machine. */
const patience = 120_000;
/** A process for so many cases: starting one costs seconds. */
const batch = values.case === undefined ? 200 : 1;
/** Failures after which a kind is left; cases that there are however slow the machine is. */
const [most, fewest] = [10, 20];

const start = performance.now();
const minutes = Number(values.minutes);
console.log(`seed ${values.seed}, ${minutes} minutes`);
const failures: Failure[] = [];
for (const [at, { name }] of chosen.entries()) {
  // Each kind has an equal part of what is left.
  const share = (minutes * 60_000 - (performance.now() - start)) / (chosen.length - at);
  const before = failures.length;
  const cases = await fuzz(name, performance.now() + share);
  const failed = failures.length - before;
  // As AVA counts, for .ci/run, which shows the start of a line that tells of a failure again at its end.
  if (failed === 0) console.log(`  ✔ fuzz › ${name} (${cases} cases)`);
  for (const { options, error } of failures.slice(before))
    console.log(`  ✘ [fail]: fuzz › ${options} (of ${cases} cases): ${tellingLine(error)}`);
}
if (failures.length > 0) {
  const told = failures.map(({ options, error }) => `  npm run fuzz -- ${options}\n${error}`);
  const tests = failures.length === 1 ? 'test' : 'tests';
  console.log(`  ─\n\n${told.join('\n\n')}\n\n  ${failures.length} ${tests} failed`);
  process.exitCode = 1;
}

/** Cases of a kind, until `end` or too many failures; gives how many there were. */
async function fuzz(name: string, end: number): Promise<number> {
  let next = Number(values.case ?? 0);
  const first = next;
  let failed = 0;
  const fail = (number: number, error: string) => {
    failed++;
    failures.push({ options: `--seed ${values.seed} --kind ${name} --case ${number}`, error });
  };
  do {
    const args = [values.seed, name, String(next), String(batch)];
    const child = execa(
      process.execPath,
      ['--import=tsx', new URL('./fuzz/worker.ts', import.meta.url).pathname, ...args],
      {
        ipc: true,
        reject: false,
        stdin: 'ignore',
      },
    );
    // A process may end before it begins a case.
    let current = next - 1;
    let why = '';
    const stop = (reason: string) => {
      why = reason;
      child.kill('SIGKILL');
    };
    let watch = setTimeout(() => stop('hang'), patience);
    child.on('message', (message) => {
      const said = message as unknown as FuzzMessage;
      clearTimeout(watch);
      if (said.type === 'failed') return fail(said.case, said.error);
      current = said.case;
      if (values.case === undefined && performance.now() > end && current >= first + fewest)
        return stop('time');
      watch = setTimeout(() => stop('hang'), patience);
    });
    const { exitCode, signal, stderr } = await child;
    clearTimeout(watch);
    const last = Math.max(current, next);
    if (why === 'hang') fail(last, `it did not end within ${patience / 1000} seconds`);
    else if (exitCode !== 0 && why === '')
      fail(last, `the process ended with ${signal ?? exitCode}\n${String(stderr).slice(-2000)}`);
    next = why === 'time' ? current : why === '' && exitCode === 0 ? next + batch : current + 1;
  } while (values.case === undefined && performance.now() < end && failed < most);
  return next - first;
}

/** How the process ended, and the line of its last words that says why. */
function tellingLine(error: string): string {
  const [first, ...rest] = error.split('\n').map((line) => line.trim());
  const why = rest.find((line) => /error/i.test(line) && !line.startsWith('at '));
  return first.startsWith('the process') && why ? `${first}: ${why}` : first;
}
