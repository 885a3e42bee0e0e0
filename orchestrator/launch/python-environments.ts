import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { packageRoot } from '../shared/package-root.ts';
import { hashJson } from '../storage/hash.ts';

/** A virtual environment of pinned versions, made by `eager-llm setup NAME`. */
export interface PythonEnvironment {
  name: 'peft' | 'ray';
  /** The pinned versions of everything that is imported. */
  requirements: string;
  /** Names another folder than the one in the user's cache. */
  variable: string;
  notSetUp(folder: string): UserError;
  /** `place`: the command that failed. */
  notInstalled(message: string, place: string): UserError;
}

/** DeepSpeed, which goes into the environment of the PyTorch engine where it is wanted. */
export const deepspeedRequirements = join(packageRoot, 'trainers', 'peft', 'requirements-deepspeed.txt');

/** The package of our Python for Ray. */
export const raySource = join(packageRoot, 'trainers', 'ray');

const requirementsOf = (name: string) => join(packageRoot, 'trainers', name, 'requirements.txt');

export const peftEnvironment: PythonEnvironment = {
  name: 'peft',
  requirements: requirementsOf('peft'),
  variable: 'EAGER_LLM_PEFT_ENV',
  notSetUp: (place) =>
    new UserError('peft/not-set-up', 'the environment of the PyTorch engine is missing', {
      place,
      remedy:
        'Create it with `npx eager-llm setup peft` (some gigabytes from PyPI), or name a Python that has torch, transformers, peft and accelerate: launcher.python.',
    }),
  notInstalled: (message, place) =>
    new UserError('peft/setup', message, {
      place,
      remedy: 'Check network and disk (some gigabytes are needed), then run eager-llm setup peft again.',
    }),
};

export const rayEnvironment: PythonEnvironment = {
  name: 'ray',
  requirements: requirementsOf('ray'),
  variable: 'EAGER_LLM_RAY_ENV',
  notSetUp: (place) =>
    new UserError('ray/not-set-up', 'Ray is not installed', {
      place,
      remedy: 'Install it with `npx eager-llm setup ray` (150 MB from PyPI), or work without it.',
    }),
  notInstalled: (message, place) =>
    new UserError('ray/setup', message, {
      place,
      remedy: 'Check network and disk (700 MB are needed), then run eager-llm setup ray again.',
    }),
};

export const pythonEnvironments = { peft: peftEnvironment, ray: rayEnvironment };

/** Where the environment lies; other versions get another folder. */
export function environmentFolder(
  environment: PythonEnvironment,
  variables: NodeJS.ProcessEnv = process.env,
): string {
  const own = variables[environment.variable];
  if (own) return own;
  const cache = variables.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'eager-llm', `${environment.name}-${requirementsHash(environment).slice(0, 12)}`);
}

export function requirementsHash({ requirements }: PythonEnvironment): string {
  return hashJson(readFileSync(requirements, 'utf8'));
}
