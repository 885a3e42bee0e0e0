import { parse } from 'node:path';
import { z } from 'zod';
import type { Environment } from '../recipe/environment.ts';
import { explainIssues } from '../recipe/explain-issues.ts';
import { type Located, locatedAt, originOf, plainValue } from '../recipe/located.ts';
import { type Problem, shownPath } from '../recipe/problem.ts';
import { readYamlFile } from '../recipe/read-yaml.ts';
import { stageNames } from '../runs/stage-names.ts';
import { plainName } from '../shared/plain-name.ts';

const settings = z
  .record(z.string(), z.json())
  .default({})
  .describe('settings by their path in the recipe, as --set names them');

const recipePath = z.string().min(1);

const seed = z.int().min(0).max(4_294_967_295);

const variant = z.strictObject({
  name: plainName.describe('name of the variant; also of its runs, behind that of the sweep'),
  title: z.string().min(1).optional().describe('what is different, in words'),
  recipe: recipePath
    .optional()
    .describe('recipe of its own, over which the settings are laid: a path, or the name of a shipped one'),
  set: settings,
  seeds: z
    .array(seed)
    .min(1)
    .optional()
    .describe('seeds of its own; those of the sweep by default. The first variant runs with all of them'),
});

const sweepSchema = z.strictObject({
  name: plainName.optional().describe('name of the sweep; if left out, the name of its file'),
  title: z.string().min(1).optional().describe('what it is about, for the head of its report'),
  base: recipePath
    .optional()
    .describe(
      'recipe that every variant without one of its own changes: a path, or the name of a shipped one',
    ),
  set: settings.describe('settings of all variants'),
  seeds: z.array(seed).min(1).default([1]).describe('each variant runs once for each seed'),
  until: z.enum(stageNames).default('evaluation').describe('last stage to run'),
  variants: z
    .array(variant)
    .default([])
    .describe('what is compared; the first is what all others are measured against'),
  matrix: z
    .record(z.string(), z.array(z.json()).min(1))
    .default({})
    .describe('settings and their values: every combination is a variant'),
});

export type Variant = z.infer<typeof variant>;

/** A sweep as it was written, defaults filled in. */
export interface SweepFile extends Omit<z.infer<typeof sweepSchema>, 'name' | 'matrix'> {
  name: string;
  /** Absolute. */
  file: string;
  /** `file:line` of a variant. */
  placeOf(variant: Variant): string;
}

/** Reads a sweep; what is wrong in it is added to `problems`, and null comes back. */
export function readSweepFile(file: string, env: Environment, problems: Problem[]): SweepFile | null {
  const root = readYamlFile(file, env, problems);
  if (!root) return null;
  const parsed = sweepSchema.safeParse(plainValue(root));
  if (!parsed.success && ['dataset', 'extends'].some((name) => locatedAt(root, [name]))) {
    const remedy = 'Run it with eager-llm run, or name it as base in a sweep, which has variants.';
    problems.push({ place: shownPath(file), path: '', message: 'is a recipe, not a sweep', remedy });
    return null;
  }
  if (!parsed.success) {
    problems.push(...explainIssues(sweepSchema, parsed.error.issues, root));
    return null;
  }
  const { matrix, ...sweep } = parsed.data;
  const variants = [...sweep.variants, ...combinations(matrix)];
  const places = new Map(variants.map((each, at) => [each, placeOfVariant(root, at)]));
  if (variants.length === 0)
    problems.push({
      place: root.origin.place,
      path: '',
      message: 'names nothing to compare',
      remedy: 'Write variants, or a matrix of settings and their values.',
    });
  problems.push(...repeatedNames(variants, places), ...withoutRecipe(variants, sweep.base, places));
  const name = sweep.name ?? parse(file).name.replace(/[^a-zA-Z0-9._-]/g, '-');
  return { ...sweep, name, variants, file, placeOf: (each) => places.get(each) as string };
}

function placeOfVariant(root: Located, at: number): string {
  return originOf(root, ['variants', String(at)]).place;
}

function* repeatedNames(variants: readonly Variant[], places: Map<Variant, string>): Generator<Problem> {
  const seen = new Set<string>();
  for (const each of variants) {
    if (seen.has(each.name))
      yield {
        place: places.get(each) as string,
        path: 'variants',
        message: `two variants are called "${each.name}"`,
        remedy: 'Give each a name of its own.',
      };
    seen.add(each.name);
  }
}

function* withoutRecipe(
  variants: readonly Variant[],
  base: string | undefined,
  places: Map<Variant, string>,
): Generator<Problem> {
  for (const each of base === undefined ? variants : [])
    if (each.recipe === undefined)
      yield {
        place: places.get(each) as string,
        path: 'variants',
        message: `"${each.name}" has no recipe`,
        remedy: 'Name one for all, base: RECIPE, or one for this variant, recipe: RECIPE.',
      };
}

/** Every combination of the values, the last setting changing fastest; `dropout-0.1_epochs-6`. */
function combinations(matrix: Record<string, unknown[]>): Variant[] {
  const settings = Object.entries(matrix);
  if (settings.length === 0) return [];
  const sets = settings.reduce<Record<string, unknown>[]>(
    (made, [path, values]) => made.flatMap((set) => values.map((value) => ({ ...set, [path]: value }))),
    [{}],
  );
  return sets.map((set) => ({
    name: Object.entries(set)
      .map(([path, value]) => `${path.split('.').at(-1)}-${plainText(value)}`)
      .join('_'),
    set: set as Variant['set'],
  }));
}

function plainText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/[^a-zA-Z0-9.]+/g, '-').replace(/^-|-$/g, '');
}
