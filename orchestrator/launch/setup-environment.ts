import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../shared/errors.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { pythonOf, readyMark } from './python-environment.ts';
import { environmentFolder, type PythonEnvironment, requirementsHash } from './python-environments.ts';

/** torch has no wheels for Pythons before the first, and the worker's packages none for those after the last. */
const [oldest, newest] = [11, 14];

export interface SetupOptions {
  environment: PythonEnvironment;
  /** Python to make the environment with; the first that fits on the path by default. */
  python?: string | undefined;
  /** Make it anew even where it is there. */
  anew?: boolean | undefined;
  /** Pinned versions that are installed beside those of the environment. */
  beside?: string | undefined;
  /** Gets what pip says, a line at a time. */
  onLine: (line: string) => void;
}

/**
 * Makes a virtual environment from the pinned versions, by the venv and the pip of a Python on this machine.
 * Its mark is written last: an interrupted attempt is started over. Returns its Python.
 */
export async function setupEnvironment(options: SetupOptions): Promise<string> {
  const { environment, python, anew = false, beside, onLine } = options;
  const folder = environmentFolder(environment);
  const own = pythonOf(folder);
  const step = async (command: string, args: string[], failure: string) => {
    const last = await run(command, args, onLine);
    if (last !== null) throw environment.notInstalled(`${failure}: ${last}`, [command, ...args].join(' '));
  };
  const install = (requirements: string) => {
    const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '-r', requirements];
    return step(own, pip, 'the packages cannot be installed');
  };
  if (anew || !existsSync(own) || !existsSync(join(folder, readyMark))) {
    const maker = python ?? (await findMaker(environment));
    rmSync(folder, { recursive: true, force: true });
    await step(maker, ['-m', 'venv', folder], 'the virtual environment cannot be created');
    await install(environment.requirements);
    writeFileAtomic(join(folder, readyMark), `${requirementsHash(environment)}\n`);
  }
  if (beside) await install(beside);
  return own;
}

async function findMaker({ name: ofEnvironment }: PythonEnvironment): Promise<string> {
  const minors = Array.from({ length: newest - oldest + 1 }, (_, at) => newest - at);
  for (const name of ['python3', 'python', ...minors.map((minor) => `python3.${minor}`)]) {
    const { stdout, failed } = await execa(name, ['-c', 'import sys; print(*sys.version_info[:2])'], {
      reject: false,
    });
    const [major, minor] = String(stdout).split(' ').map(Number);
    if (!failed && major === 3 && minor >= oldest && minor <= newest) return name;
  }
  throw new UserError('peft/no-python', `there is no Python 3.${oldest} to 3.${newest} on the path`, {
    remedy: `Install one with its venv module, or name it: eager-llm setup ${ofEnvironment} --python /path/to/python3.`,
  });
}

/** Null where it went well, otherwise its last words. */
async function run(command: string, args: string[], onLine: (line: string) => void): Promise<string | null> {
  const child = execa(command, args, { reject: false, all: true, stdin: 'ignore' });
  let last = '';
  child.all.on('data', (text: Buffer) => {
    for (const line of String(text)
      .split('\n')
      .filter((each) => each.trim())) {
      last = line.trim();
      onLine(last);
    }
  });
  const { failed, shortMessage } = await child;
  return failed ? last || (shortMessage ?? '') : null;
}
