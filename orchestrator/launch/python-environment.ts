import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import { packageRoot } from '../shared/package-root.ts';
import type { Launcher, LauncherSettings } from './launchers/launcher.ts';
import { workerVariables } from './launchers/worker-command.ts';
import { environmentFolder, peftEnvironment } from './python-environments.ts';

/** Written last into an environment that is whole. */
export const readyMark = '.eager-llm-ready';

export function pythonOf(environment: string): string {
  return process.platform === 'win32'
    ? join(environment, 'Scripts', 'python.exe')
    : join(environment, 'bin', 'python');
}

/** The Python that is to be used: the recipe's own, or that of the environment. Throws a UserError where there is none. */
export function findPython(configured: string | null, environment = peftEnvironment): string {
  if (configured) {
    if (!isAbsolute(configured) || existsSync(configured)) return configured;
    throw new UserError('peft/no-such-program', 'there is no such Python', {
      place: configured,
      remedy: 'Correct launcher.python, or remove it and create the environment: npx eager-llm setup peft.',
    });
  }
  const folder = environmentFolder(environment);
  const python = pythonOf(folder);
  if (existsSync(python) && existsSync(join(folder, readyMark))) return python;
  throw environment.notSetUp(folder);
}

/** The Python of a worker, as its launcher finds it. */
export function pythonOfLauncher<Settings extends LauncherSettings>(
  launcher: Launcher<Settings>,
  settings: Settings,
): string {
  return launcher.findPython ? launcher.findPython(settings) : findPython(settings.python);
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
  // Reading any recipe loads this file, and few recipes train with PyTorch.
  const { execa } = await import('execa');
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
