import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import { packageRoot } from '../shared/package-root.ts';
import { hashJson } from '../storage/hash.ts';
import { workerVariables } from './launchers/worker-command.ts';

/** The pinned versions of everything that the worker imports. */
export const requirementsFile = join(packageRoot, 'trainers', 'peft', 'requirements.txt');

/** Written last into an environment that is whole. */
export const readyMark = '.eager-llm-ready';

/** Names another environment than the one in the user's cache. */
export const environmentVariable = 'EAGER_LLM_PEFT_ENV';

/** Where `eager-llm setup peft` puts its virtual environment; other versions get another folder. */
export function environmentFolder(env: NodeJS.ProcessEnv = process.env): string {
  const own = env[environmentVariable];
  if (own) return own;
  const cache = env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'eager-llm', `peft-${requirementsHash().slice(0, 12)}`);
}

export function requirementsHash(): string {
  return hashJson(readFileSync(requirementsFile, 'utf8'));
}

export function pythonOf(environment: string): string {
  return process.platform === 'win32'
    ? join(environment, 'Scripts', 'python.exe')
    : join(environment, 'bin', 'python');
}

/** The Python that the worker is run by: the recipe's own, or that of the environment. Throws a UserError where there is none. */
export function findPython(configured: string | null): string {
  if (configured) {
    if (!isAbsolute(configured) || existsSync(configured)) return configured;
    throw new UserError('peft/no-such-program', 'there is no such Python', {
      place: configured,
      remedy: 'Correct launcher.python, or remove it and create the environment: npx eager-llm setup peft.',
    });
  }
  const environment = environmentFolder();
  const python = pythonOf(environment);
  if (existsSync(python) && existsSync(join(environment, readyMark))) return python;
  throw new UserError('peft/not-set-up', 'the environment of the PyTorch engine is missing', {
    place: environment,
    remedy:
      'Create it with `npx eager-llm setup peft` (some gigabytes from PyPI), or name a Python that has torch, transformers, peft and accelerate: launcher.python.',
  });
}

const descriptionSchema = z.object({
  python: z.string(),
  packages: z.record(z.string(), z.string()),
  cuda: z.string().nullable(),
  gpus: z.array(z.string()),
  bfloat16: z.boolean(),
});

/** What a Python can do, as the worker itself finds out. */
export type EnvironmentDescription = z.infer<typeof descriptionSchema>;

/** Throws a UserError with the Python's last words where the worker does not even start. */
export async function describePython(python: string): Promise<EnvironmentDescription> {
  const { stdout, stderr, failed, shortMessage } = await execa(
    python,
    ['-m', 'eager_llm_peft', 'environment'],
    {
      env: workerVariables(join(packageRoot, 'trainers', 'peft')),
      reject: false,
    },
  );
  if (!failed) return descriptionSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  const words = stderr.trim().split('\n').at(-1) || shortMessage;
  throw new UserError('peft/broken-environment', `this Python cannot run the PyTorch engine: ${words}`, {
    place: python,
    remedy: 'Rebuild the environment: npx eager-llm setup peft --anew.',
  });
}
