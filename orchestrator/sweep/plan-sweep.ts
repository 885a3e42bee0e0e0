import { dirname } from 'node:path';
import { inputProblems, moduleProblems } from '../inputs/check-inputs.ts';
import type { Environment } from '../recipe/environment.ts';
import { findRecipe } from '../recipe/find-recipe.ts';
import { type Problem, recipeError } from '../recipe/problem.ts';
import { checkRecipe, type ResolvedRecipe } from '../recipe/resolve-recipe.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { StageName } from '../runs/stage-names.ts';
import { readSweepFile, type SweepFile, type Variant } from './sweep-file.ts';

/** One run of a sweep: a variant with a seed. */
export interface PlannedRun {
  /** `ablation.no-dropout.s1` */
  name: string;
  variant: string;
  seed: number;
  resolved: ResolvedRecipe;
}

export interface SweepPlan {
  name: string;
  title: string | undefined;
  /** The sweep's file, as given, and the recipe that variants start from; undefined where each has its own. */
  file: string;
  base: string | undefined;
  until: StageName;
  /** All that any variant runs with. */
  seeds: number[];
  /** What all variants change in the base. */
  set: Record<string, unknown>;
  /** In the order of the file; the first is the reference. */
  variants: Variant[];
  /** Variant by variant, seed by seed. */
  runs: PlannedRun[];
}

export interface PlanOptions {
  /** `a.b=value`, on top of every variant. */
  set?: readonly string[];
  /** Variants to run; all by default. The reference is always among them. */
  only?: readonly string[];
  /** Whether base models, tokenizers and other inputs are opened to be checked; true by default. */
  checkInputs?: boolean;
  /** For `${NAME}`; the process's own environment by default. */
  env?: Environment;
}

const longestName = 64;

/** Resolves every run of a sweep before any work begins. Throws one UserError that lists all problems. */
export async function planSweep(
  file: string,
  { set = [], only = [], checkInputs = true, env = process.env }: PlanOptions = {},
): Promise<SweepPlan> {
  const problems: Problem[] = [];
  const path = findRecipe(file, process.cwd());
  const sweep = readSweepFile(path, env, problems);
  if (!sweep || problems.length > 0) throw recipeError(path, problems);
  problems.push(...unknownVariants(sweep, only));
  const variants = sweep.variants.filter(
    ({ name }, at) => at === 0 || only.length === 0 || only.includes(name),
  );
  const folder = dirname(path);
  const ofFile = (settings: Record<string, unknown>) =>
    settingsOf(settings).map((text) => ({ text, folder }));
  const runs: PlannedRun[] = [];
  const seeds = [...new Set(variants.flatMap((variant) => variant.seeds ?? sweep.seeds))];
  // Every run is paired with the reference's of the same seed.
  for (const [at, variant] of variants.entries())
    for (const [which, seed] of (at === 0 ? seeds : (variant.seeds ?? sweep.seeds)).entries()) {
      const name = `${sweep.name}.${variant.name}.s${seed}`;
      const { resolved, problems: found } = checkRecipe(findRecipe(recipeOf(variant, sweep), folder), {
        env,
        set: [
          ...ofFile(sweep.set),
          ...ofFile(variant.set),
          ...set,
          `seed=${seed}`,
          `name=${JSON.stringify(name.slice(0, longestName))}`,
        ],
      });
      if (name.length > longestName)
        found.push({
          place: sweep.placeOf(variant),
          path: 'name',
          message: `"${name}" is longer than the ${longestName} letters of a run's name`,
          remedy: 'Choose a shorter name.',
        });
      if (resolved && isUnread(resolved.recipe)) found.push(unreadProblem(sweep.placeOf(variant)));
      if (resolved && which === 0 && checkInputs)
        found.push(...(await inputProblems(resolved.recipe)), ...(await moduleProblems(resolved.recipe)));
      problems.push(...found.map((problem) => placed(problem, sweep, variant)));
      if (resolved) runs.push({ name, variant: variant.name, seed, resolved });
    }
  if (problems.length > 0) throw recipeError(path, distinct(problems));
  const { title, until } = sweep;
  return { name: sweep.name, title, file, base: sweep.base, until, seeds, set: sweep.set, variants, runs };
}

/** A variant without any was found when the sweep was read. */
function recipeOf({ recipe }: Variant, { base }: SweepFile): string {
  return (recipe ?? base) as string;
}

function isUnread({ dataset }: Recipe): boolean {
  return dataset.format === 'sql' && dataset.snapshot === undefined;
}

/** Each run would read a database at another moment, and figures on other rows cannot be compared. */
function unreadProblem(place: string): Problem {
  return {
    place,
    path: 'dataset.snapshot',
    message: 'the runs of a sweep are compared on the same rows, and each would read the database anew',
    remedy:
      'Read it once with eager-llm run RECIPE --until dataset, and name the folder: dataset.snapshot: runs/NAME/snapshots/….',
  };
}

function settingsOf(set: Record<string, unknown>): string[] {
  return Object.entries(set).map(([path, value]) => `${path}=${JSON.stringify(value)}`);
}

/** A setting that the sweep made is mended in its file. */
function placed(problem: Problem, sweep: SweepFile, variant: Variant): Problem {
  if (!problem.place.startsWith('--set ')) return problem;
  const path = problem.path || problem.place.slice('--set '.length).split('=')[0];
  return { ...problem, path, place: `${sweep.placeOf(variant)} (${variant.name})` };
}

function* unknownVariants(sweep: SweepFile, only: readonly string[]): Generator<Problem> {
  for (const name of only)
    if (!sweep.variants.some((variant) => variant.name === name))
      yield {
        place: `--only ${name}`,
        path: '',
        message: 'is not a variant of this sweep',
        remedy: `There are: ${sweep.variants.map((variant) => variant.name).join(', ')}.`,
      };
}

/** What is wrong in the base is wrong in every variant: it is said once. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
