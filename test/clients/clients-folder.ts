import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { pythonOf } from '../../orchestrator/launch/python-environment.ts';

/** What is installed: other versions get another folder. */
export const wanted = ['package.json', 'requirements.txt'];

/** Where the clients lie: in the user's cache, since they are larger than the project. */
export function clientsFolder(): string {
  const hash = createHash('sha256');
  for (const name of wanted) hash.update(readFileSync(join(import.meta.dirname, name)));
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'eager-llm', `clients-${hash.digest('hex').slice(0, 12)}`);
}

/** A package from there, as an application imports it. */
// biome-ignore lint/suspicious/noExplicitAny: its types lie outside of the project
export async function clientPackage(name: string): Promise<any> {
  const { resolve } = createRequire(join(clientsFolder(), 'package.json'));
  return import(pathToFileURL(resolve(name)).href);
}

/** What a Python program beside this file prints as JSON, given some JSON. */
// biome-ignore lint/suspicious/noExplicitAny: each program has answers of its own
export async function clientProgram(name: string, given: object): Promise<any> {
  const python = pythonOf(join(clientsFolder(), 'python'));
  // No client may call home, or look for prices of models elsewhere.
  const env = {
    LITELLM_LOCAL_MODEL_COST_MAP: 'True',
    LANGSMITH_TRACING: 'false',
    MLFLOW_DISABLE_TELEMETRY: 'true',
  };
  const { stdout } = await execa(python, [join(import.meta.dirname, name), JSON.stringify(given)], { env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
