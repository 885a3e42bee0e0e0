import { join } from 'node:path';
import { overSeeds, type SeedsResult } from '../../evaluation/over-seeds.ts';
import { type EvaluationResult, readResult } from '../../evaluation/result.ts';
import { seedsTable, seedsTableMarkdown } from '../../evaluation/seeds-table.ts';
import type { RunComparison } from '../../runs/read-runs.ts';
import { stageFolderName } from '../../runs/stage-names.ts';
import { UserError } from '../../shared/errors.ts';
import { isThere } from '../../storage/is-there.ts';

/** Runs that differ only in their seed, with their joint result. */
export interface SeedGroup {
  runs: string[];
  result: SeedsResult;
  /** Of the first of them. */
  one: EvaluationResult;
}

/** Settings that say which run of several it is. */
export const ownOfRun = new Set(['seed', 'name']);

/** The groups among evaluated runs of which two or more have all settings in common but the seed; each seed counts once. */
export function seedGroups({ runs, settings }: RunComparison): SeedGroup[] {
  const groups = new Map<string, Map<unknown, string>>();
  const seeds = settings.find(({ path }) => path === 'seed')?.values ?? [];
  for (const [at, { name, folder }] of runs.entries()) {
    if (!isThere(metricsFile(folder))) continue;
    const rest = settings.filter(({ path }) => !ownOfRun.has(path)).map(({ values }) => values[at] ?? null);
    const key = JSON.stringify(rest);
    const group = groups.get(key) ?? new Map<unknown, string>();
    if (!group.has(seeds[at])) group.set(seeds[at], name);
    groups.set(key, group);
  }
  const folderOf = new Map(runs.map(({ name, folder }) => [name, folder]));
  return [...groups.values()]
    .filter(({ size }) => size > 1)
    .map((group) => {
      const names = [...group.values()];
      const results = names.map((name) => readResult(metricsFile(folderOf.get(name)!)));
      return { runs: names, result: overSeeds(results), one: results[0] };
    });
}

/** The tables of all groups. Throws a UserError where there is none to print. */
export function describeSeeds(
  groups: readonly SeedGroup[],
  settings: RunComparison['settings'],
  { markdown = false } = {},
): string {
  if (groups.length === 0) {
    const apart = settings.map(({ path }) => path).filter((path) => !ownOfRun.has(path));
    throw new UserError(
      'runs/no-seeds',
      `no two of these runs are evaluated and differ only in their seed${apart.length > 0 ? `; they differ in ${apart.slice(0, 5).join(', ')}${apart.length > 5 ? ', …' : ''}` : ''}`,
      { remedy: 'Run a recipe again with --set seed=2 --run NAME, and name both runs.' },
    );
  }
  return groups
    .map(({ runs, result, one }) =>
      markdown
        ? seedsTableMarkdown(result, one)
        : `${runs.join(', ')} differ only in their seed:\n\n${seedsTable(result, one)}`,
    )
    .join('\n\n');
}

function metricsFile(runFolder: string): string {
  return join(runFolder, stageFolderName('evaluation'), 'metrics.json');
}
