import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findDamage, readManifest } from '../../orchestrator/runs/manifest.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { hashFile } from '../../orchestrator/storage/hash.ts';
import { eagerLlm } from './eager-llm.ts';

export interface KillTestOptions {
  recipe: string;
  /** `--set` values */
  set?: readonly string[];
  kills: number;
  seed: number;
  /** Each start is killed within so many milliseconds; the length of the undisturbed run where absent. */
  within?: number | undefined;
  /** No kill after so many minutes. */
  minutes?: number | undefined;
  /** An empty folder for all that is made. */
  folder: string;
  say?: (text: string) => void;
}

export interface KillTestOutcome {
  kills: number;
  /** Runs that came to their end, killed ones all. */
  runs: number;
  /** Where the kills hit: `training` -> 7. */
  killedIn: Record<string, number>;
  /** What is not as it should be; empty when all is well. */
  problems: string[];
}

/**
 * One run is left in peace. Then each start of a further run is killed, whole process group at once, after a random
 * time (`within`), and the same command is given again, until it comes through first
 * or there were kills enough. Every run has to end with the same files as the undisturbed one, none of them broken
 * and nothing left over.
 */
export async function killAndResume(options: KillTestOptions): Promise<KillTestOutcome> {
  const { kills, seed, folder, say = () => {} } = options;
  const random = createRandom(seed, 'kills');
  const end = performance.now() + 60_000 * (options.minutes ?? Number.POSITIVE_INFINITY);
  const goesOn = () => outcome.kills < kills && performance.now() < end;
  const outcome: KillTestOutcome = { kills: 0, runs: 0, killedIn: {}, problems: [] };
  // One place for all, as files name their base by its place; moved away when done, so that no run borrows stages.
  const runsFolder = join(folder, 'runs');
  const run = join(runsFolder, runName);
  const start = performance.now();
  await finish(options, runsFolder);
  const milliseconds = performance.now() - start;
  say(`undisturbed: ${seconds(milliseconds)}`);
  const expected = await resultFiles(run);
  renameSync(runsFolder, join(folder, 'undisturbed'));

  while (goesOn()) {
    while (goesOn()) {
      const moment = random.float() * (options.within ?? milliseconds);
      const stage = await killAfter(moment, options, runsFolder);
      if (stage === null) break;
      outcome.kills++;
      outcome.killedIn[stage] = (outcome.killedIn[stage] ?? 0) + 1;
      say(`kill ${outcome.kills}: after ${seconds(moment)}, in ${stage}`);
    }
    await finish(options, runsFolder);
    outcome.runs++;
    const problems = await problemsOf(run, expected);
    renameSync(runsFolder, join(folder, `killed-${outcome.runs}`));
    outcome.problems.push(...problems.map((problem) => `run ${outcome.runs}: ${problem}`));
    say(
      `run ${outcome.runs} is at its end: ${problems.length === 0 ? 'as it should be' : problems.join('; ')}`,
    );
  }
  return outcome;
}

const runName = 'killed';

function command({ recipe, set = [] }: KillTestOptions, runsFolder: string): string[] {
  const settings = set.flatMap((setting) => ['--set', setting]);
  return ['run', recipe, ...settings, '--run', runName, '--runs-dir', runsFolder];
}

async function finish(options: KillTestOptions, runsFolder: string): Promise<void> {
  const { exitCode, stderr } = await eagerLlm(command(options, runsFolder));
  if (exitCode !== 0) throw new Error(`the run in ${runsFolder} ended with ${exitCode}:\n${stderr}`);
}

/** The stage in which the kill hit, or null where the run had come to its end before. */
async function killAfter(
  milliseconds: number,
  options: KillTestOptions,
  runsFolder: string,
): Promise<string | null> {
  // A group of its own, so that the stage's process dies in the same moment.
  const started = eagerLlm(command(options, runsFolder), { detached: true, cleanup: false });
  const pid = started.pid as number;
  await Promise.race([sleep(milliseconds), started]);
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {}
  const { exitCode, signal, stderr } = await started;
  if (exitCode === 0) return null;
  if (signal !== 'SIGKILL') throw new Error(`the run in ${runsFolder} ended with ${exitCode}:\n${stderr}`);
  return (
    String(stderr)
      .match(/^> \d\/\d ([\w-]+)/gm)
      ?.at(-1)
      ?.replace(/^> \d\/\d /, '') ?? 'the start'
  );
}

async function problemsOf(run: string, expected: Map<string, string>): Promise<string[]> {
  const problems: string[] = [];
  const names = readdirSync(run, { recursive: true }).map(String);
  for (const name of names)
    if (/\.(tmp|stale|part)$|^(lock|worker)\.json$|in-progress\.json$/.test(name))
      problems.push(`${name} is left over`);
  for (const stage of stageFolders(run)) {
    const manifest = readManifest(join(run, stage));
    if (!manifest) {
      problems.push(`${stage} has no manifest`);
      continue;
    }
    const damage = findDamage(join(run, stage), manifest);
    if (damage) problems.push(`${stage}: ${damage}`);
    else
      for (const { path, sha256 } of manifest.files)
        if ((await hashFile(join(run, stage, path))) !== sha256) problems.push(`${stage}/${path} is broken`);
  }
  const found = await resultFiles(run);
  for (const [name, hash] of expected)
    if (found.get(name) !== hash) problems.push(`${name} ${found.has(name) ? 'differs' : 'is missing'}`);
  for (const name of found.keys()) if (!expected.has(name)) problems.push(`${name} is one too many`);
  for (const line of readFileSync(join(run, 'events.jsonl'), 'utf8').trimEnd().split('\n'))
    if (!isJson(line)) problems.push(`events.jsonl has a broken line: ${line.slice(0, 40)}`);
  return problems;
}

/** What holds times: the manifests, the speed of the training, TensorBoard's events. */
const withTimes = /^(manifest\.json|outcome\.json|events\.out\.tfevents\..*)$/;

/** Name and SHA-256 of every file of a run's stages that has to be the same each time. */
async function resultFiles(run: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const stage of stageFolders(run))
    for (const entry of readdirSync(join(run, stage), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || withTimes.test(basename(entry.name))) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(path.slice(run.length + 1), await hashFile(path));
    }
  return files;
}

function stageFolders(run: string): string[] {
  return readdirSync(run).filter((name) => /^\d\d-/.test(name));
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
