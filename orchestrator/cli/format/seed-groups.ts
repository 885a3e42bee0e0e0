import { join } from 'node:path';
import { overSeeds, type SeedRun, type SeedsResult } from '../../evaluation/over-seeds.ts';
import { ranksFile, readRanks } from '../../evaluation/ranks-file.ts';
import { type EvaluationResult, readResult, resultFile } from '../../evaluation/result.ts';
import { seedsTable, seedsTableLatex, seedsTableMarkdown } from '../../evaluation/seeds-table.ts';
import { checkIntact } from '../../runs/check-intact.ts';
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
export async function seedGroups({ runs, settings }: RunComparison): Promise<SeedGroup[]> {
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
  const made: SeedGroup[] = [];
  for (const group of [...groups.values()].filter(({ size }) => size > 1)) {
    const names = [...group.values()];
    const own = names.map((name) => seedRun(join(folderOf.get(name)!, stageFolderName('evaluation'))));
    made.push({ runs: names, result: await overSeeds(own), one: own[0].result });
  }
  return made;
}

function seedRun(folder: string): SeedRun {
  checkIntact(folder, [resultFile, ranksFile]);
  return {
    result: readResult(join(folder, resultFile)),
    ranksOf: (method) => (isThere(join(folder, ranksFile)) ? readRanks(folder, method) : null),
  };
}

/**
 * The tables of all groups: what each is of is said over it where there are several, or where runs were left out, which
 * are named. Throws a UserError where there is none to print.
 */
export function describeSeeds(
  groups: readonly SeedGroup[],
  comparison: Pick<RunComparison, 'runs' | 'settings'>,
  as: 'text' | 'markdown' | 'latex' = 'text',
): string {
  const apart = comparison.settings.filter(({ path }) => !ownOfRun.has(path));
  if (groups.length === 0) {
    const paths = apart.map(({ path }) => path);
    throw new UserError(
      'runs/no-seeds',
      `no two of these runs are evaluated and differ only in their seed${paths.length > 0 ? `; they differ in ${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ', …' : ''}` : ''}`,
      { remedy: 'Run a recipe again with --set seed=2 --run NAME, and name both runs.' },
    );
  }
  const names = comparison.runs.map(({ name }) => name);
  const left = names.filter((name) => !groups.some(({ runs }) => runs.includes(name)));
  const titled = groups.length > 1 || left.length > 0;
  const title = ({ runs }: SeedGroup) => {
    const at = names.indexOf(runs[0]);
    const own = apart.map(({ path, values }) => `${path}: ${JSON.stringify(values[at]) ?? 'not set'}`);
    return [headOf(runs), ...own].join('; ');
  };
  const tables = groups.map((group) => {
    if (as === 'text') return `${headOf(group.runs)}:\n\n${seedsTable(group.result, group.one)}`;
    const table = { markdown: seedsTableMarkdown, latex: seedsTableLatex }[as](group.result, group.one);
    return titled ? `${aside(title(group), as)}\n${as === 'markdown' ? '\n' : ''}${table}` : table;
  });
  const without = `left out, for no other run here differs from them in nothing but its seed: ${left.join(', ')}`;
  return [...tables, ...(left.length > 0 ? [as === 'text' ? without : aside(without, as)] : [])].join('\n\n');
}

const headOf = (runs: readonly string[]) => `${runs.join(', ')} differ only in their seed`;

/** What stands beside a table: a line of its own, a comment for LaTeX. */
function aside(text: string, as: 'markdown' | 'latex'): string {
  return as === 'latex' ? `% ${text}` : text;
}

function metricsFile(runFolder: string): string {
  return join(runFolder, stageFolderName('evaluation'), resultFile);
}
