import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionContext } from 'ava';
import { takeLock } from '../../orchestrator/runs/lock.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { eagerLlm, packageFolder, smokeRecipe } from '../whole/eager-llm.ts';

/**
 * A folder of runs with the real run `smoke` in it, to be read only. It is made once for all test files, by the real
 * command, and made anew when anything changes that it is made from.
 */
export async function smokeRuns(): Promise<string> {
  const cache = join(packageFolder, 'node_modules', '.cache', 'eager-llm-tests');
  const folder = join(cache, hashOfSources());
  mkdirSync(cache, { recursive: true });
  const release = await waitForLock(join(cache, 'lock.json'));
  try {
    if (existsSync(folder)) return folder;
    for (const older of readdirSync(cache))
      if (older !== 'lock.json') rmSync(join(cache, older), { recursive: true });
    const fresh = `${folder}.new`;
    const { exitCode, stderr } = await eagerLlm(['run', smokeRecipe, '--runs-dir', fresh]);
    if (exitCode !== 0) throw new Error(`the smoke recipe failed:\n${stderr}`);
    renameSync(fresh, folder);
    return folder;
  } finally {
    release();
  }
}

/** A copy that a test may change. */
export async function ownSmokeRuns(t: Pick<ExecutionContext, 'teardown'>): Promise<string> {
  const folder = temporaryFolder(t);
  cpSync(join(await smokeRuns(), 'smoke'), join(folder, 'smoke'), { recursive: true });
  return folder;
}

async function waitForLock(file: string): Promise<() => void> {
  for (;;) {
    try {
      return takeLock(file);
    } catch {
      await sleep(200);
    }
  }
}

/** Everything that a run is made from; the doors that only read runs are left out. */
function hashOfSources(): string {
  const hash = createHash('sha256');
  const doors = /^(orchestrator\/(cli|lists|server|serving|sweep)\/)/;
  for (const root of ['orchestrator', 'recipes', 'prompts', 'vocab-extensions', 'datasets'])
    for (const path of readdirSync(join(packageFolder, root), { recursive: true, encoding: 'utf8' }).sort()) {
      const name = `${root}/${path.replaceAll('\\', '/')}`;
      if (!/\.(ts|yaml|jsonl|txt)$/.test(name) || doors.test(name)) continue;
      hash.update(`${name}\n`).update(readFileSync(join(packageFolder, name)));
    }
  return hash.digest('hex').slice(0, 16);
}
