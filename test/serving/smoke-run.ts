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
export function smokeRuns(): Promise<string> {
  // Once for all tests of a file: several that wait for the lock would keep its holder from hearing that it is done.
  kept ??= makeSmokeRuns();
  return kept;
}

let kept: Promise<string> | undefined;

function makeSmokeRuns(): Promise<string> {
  return alone(async (kept) => {
    if (existsSync(kept)) return kept;
    const fresh = `${kept}.new`;
    const { exitCode, stderr } = await smokeRun(fresh);
    if (exitCode !== 0) throw new Error(`the smoke recipe failed:\n${stderr}`);
    renameSync(fresh, kept);
    return kept;
  });
}

/** The same run, made in any case and in a folder of the test's own; those who ask for one later get a copy of it. */
export function freshSmokeRun(runsFolder: string): Promise<Awaited<ReturnType<typeof smokeRun>>> {
  return alone(async (kept) => {
    const made = await smokeRun(runsFolder);
    if (made.exitCode === 0 && !existsSync(kept)) {
      const fresh = `${kept}.new`;
      cpSync(runsFolder, fresh, { recursive: true });
      renameSync(fresh, kept);
    }
    return made;
  });
}

/** A copy that a test may change. */
export async function ownSmokeRuns(t: Pick<ExecutionContext, 'teardown'>): Promise<string> {
  const folder = temporaryFolder(t);
  cpSync(join(await smokeRuns(), 'smoke'), join(folder, 'smoke'), { recursive: true });
  return folder;
}

const smokeRun = (runsFolder: string) => eagerLlm(['run', smokeRecipe, '--runs-dir', runsFolder]);

/** One process at a time gets the folder that is kept for all, which may not be there yet; those of older sources go. */
async function alone<T>(use: (kept: string) => Promise<T>): Promise<T> {
  const cache = join(packageFolder, 'node_modules', '.cache', 'eager-llm-tests');
  const kept = join(cache, hashOfSources());
  mkdirSync(cache, { recursive: true });
  const release = await waitForLock(join(cache, 'lock.json'));
  try {
    if (!existsSync(kept))
      for (const older of readdirSync(cache))
        if (older !== 'lock.json') rmSync(join(cache, older), { recursive: true });
    return await use(kept);
  } finally {
    release();
  }
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
