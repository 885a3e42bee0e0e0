/**
 * Writes docs/13-the-field.md: our figures beside published ones. Without --runs-dir it is made anew of what is recorded
 * in docs/field-figures.json; with it, finished runs of the sweeps over the field are recorded first:
 *
 *   npx eager-llm sweep recipes/field-sample.yaml
 *   npx tsx scripts/field-report.ts --runs-dir runs
 *
 * A row that was recorded with other settings, data or stages than now stands as not run.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findRecipe } from '../orchestrator/recipe/find-recipe.ts';
import type { Problem } from '../orchestrator/recipe/problem.ts';
import { packageRoot } from '../orchestrator/shared/package-root.ts';
import { writeFileAtomic } from '../orchestrator/storage/atomic-file.ts';
import { readSweepFile, type SweepFile } from '../orchestrator/sweep/sweep-file.ts';
import { type FieldRow, readFieldFigures, writeFieldFigures } from './field/figures.ts';
import { type FieldRecipe, fieldPage } from './field/page.ts';
import { recipeHead } from './field/recipe-head.ts';
import { recordSweep } from './field/record-sweep.ts';
import { sourcesOfSweep } from './field/sources.ts';
import { anyData } from './page-sources.ts';

export const fieldFile = 'docs/13-the-field.md';

/** The sweeps that the page shows. */
export const fieldSweeps = ['recipes/field-beauty.yaml', 'recipes/field-sample.yaml'];

/** The page, of what is recorded and of the recipes as they are. */
export async function fieldReport(): Promise<string> {
  const recorded = readFieldFigures();
  const sweeps = fieldSweeps.map((file) => ({ file, sweep: readSweep(file) }));
  return fieldPage(
    await Promise.all(
      sweeps.map(async ({ file, sweep }) => ({
        file,
        title: sweep.title ?? sweep.name,
        variants: sweep.variants,
        sources: await sourcesOfSweep(file),
        recorded: recorded[file],
      })),
    ),
    recipesOf(sweeps.map(({ sweep }) => sweep)),
  );
}

function readSweep(file: string): SweepFile {
  const problems: Problem[] = [];
  const sweep = readSweepFile(join(packageRoot, file), anyData, problems);
  if (!sweep || problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  return sweep;
}

/** Every recipe of the sweeps once, with its head. */
function recipesOf(sweeps: readonly SweepFile[]): FieldRecipe[] {
  const files = sweeps.flatMap(({ file, variants }) =>
    variants.flatMap(({ recipe }) => (recipe ? [findRecipe(recipe, dirname(file))] : [])),
  );
  return [...new Set(files)].map((file) => ({
    name: relative(packageRoot, file).replaceAll('\\', '/'),
    head: recipeHead(readFileSync(file, 'utf8')),
  }));
}

/** Rows that these runs do not have stay as they are. */
async function record(runsFolder: string): Promise<void> {
  const recorded = readFieldFigures();
  for (const file of fieldSweeps) {
    const found = await recordSweep(file, runsFolder);
    if (!found) continue;
    const before = recorded[file];
    const [reference] = Object.keys(before?.rows ?? {});
    // What is said of all rows is said by the first of the sweep.
    const ofAll = before && !(reference in found.rows) ? before : found;
    const rows = Object.entries(found.rows).filter(([name, row]) => !hasMoreSeeds(before?.rows[name], row));
    recorded[file] = { ...ofAll, rows: { ...before?.rows, ...Object.fromEntries(rows) } };
  }
  writeFieldFigures(recorded);
}

/** Was the same recorded of more seeds before? */
function hasMoreSeeds(before: FieldRow | undefined, found: FieldRow): boolean {
  return before?.sources === found.sources && before.seeds.length > found.seeds.length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { 'runs-dir': { type: 'string' } } });
  if (values['runs-dir']) await record(values['runs-dir']);
  writeFileAtomic(join(packageRoot, fieldFile), await fieldReport());
  process.stdout.write(`${fieldFile} is written\n`);
}
