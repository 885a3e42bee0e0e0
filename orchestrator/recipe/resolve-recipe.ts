import { parse } from 'node:path';
import { stringify } from 'yaml';
import { plainName } from '../shared/plain-name.ts';
import { hashJson } from '../storage/hash.ts';
import { crossCheck } from './cross-checks.ts';
import type { Environment } from './environment.ts';
import { explainIssues } from './explain-issues.ts';
import { findRecipe } from './find-recipe.ts';
import { loadRecipeText, loadRecipeTree } from './load-recipe.ts';
import { type Located, type LocatedMap, locatedAt, originOf, plainValue } from './located.ts';
import { applyOverrides, type FileSetting } from './overrides.ts';
import { resolvePaths } from './paths.ts';
import { type Problem, recipeError, shownPath } from './problem.ts';
import { outsideProblem } from './readable-folders.ts';
import { refusedValues } from './refused-values.ts';
import { type Recipe, recipeSchema, type SectionName } from './schema.ts';
import { unusedProblems, withOwnBaselines, withoutUnused } from './unused-settings.ts';

export interface RecipeOptions {
  /** `a.b=value`, applied in order on top of the recipe. */
  set?: readonly (string | FileSetting)[] | undefined;
  /** For `${NAME}`; the process's own environment by default. */
  env?: Environment | undefined;
}

export interface ResolvedRecipe {
  /** Every default filled in, every path absolute. */
  recipe: Recipe;
  /** The recipe file, absolute. */
  file: string;
  /** The recipe as YAML, to be kept with the run. */
  yaml: string;
  hash: string;
}

export interface CheckedRecipe {
  /** Null where there are problems. */
  resolved: ResolvedRecipe | null;
  problems: Problem[];
  /** What the recipe says and what it extends, without defaults, whether or not it is right; null where nothing was read. */
  written: unknown;
}

/**
 * Reads a recipe: defaults < `extends` < recipe < `--set`.
 * Throws one UserError that lists every problem with its place.
 */
export function resolveRecipe(path: string, options: RecipeOptions = {}): ResolvedRecipe {
  const { resolved, problems } = checkRecipe(path, options);
  if (resolved && problems.length === 0) return resolved;
  throw recipeError(findRecipe(path, process.cwd()), problems);
}

/** The same, for those who want the problems as a list. */
export function checkRecipe(
  path: string,
  { set = [], env = process.env }: RecipeOptions = {},
): CheckedRecipe {
  const file = findRecipe(path, process.cwd());
  const problems: Problem[] = [];
  const loaded = loadRecipeTree(file, { env, problems });
  if (!loaded) return { resolved: null, problems: firstOf(problems), written: null };
  const isWhole = problems.length === 0;
  const tree = nameAfterFile(applyOverrides(loaded, set, env, problems), file);
  return resolveTree({ tree, isWhole, file, problems });
}

/**
 * The same for a text that somebody else wrote: it reads no environment, and all that it names, directly or through
 * `extends`, has to lie in one of `folders`. Relative paths start at `folder`; places are `label:line`.
 */
export function checkRecipeText(
  text: string,
  { label, folder, folders }: { label: string; folder: string; folders: readonly string[] },
): CheckedRecipe {
  const problems: Problem[] = [];
  const loaded = loadRecipeText(text, { label, folder }, { env: null, problems, folders });
  if (!loaded) return { resolved: null, problems: firstOf(problems), written: null };
  const isWhole = problems.length === 0;
  return resolveTree({ tree: nameAfterFile(loaded, label), isWhole, file: label, problems, folders });
}

interface ToResolve {
  tree: Located;
  /** All that it builds on was read. What is missing otherwise, or does not fit together, says nothing. */
  isWhole: boolean;
  file: string;
  problems: Problem[];
  folders?: readonly string[];
}

function resolveTree({ tree, isWhole: isRead, file, problems, folders }: ToResolve): CheckedRecipe {
  const refused = refusedValues(tree);
  problems.push(...refused);
  const isWhole = isRead && refused.length === 0;
  const written = plainValue(tree);
  const parsed = recipeSchema.safeParse(written);
  const issues = (parsed.error?.issues ?? []).filter(({ code, path }) => {
    const found = locatedAt(tree, path);
    return isWhole || code === 'unrecognized_keys' || (found && found.refused === undefined);
  });
  problems.push(...explainIssues(recipeSchema, issues, tree));
  const recipe = parsed.success ? parsed.data : soundSections(written);
  resolvePaths(recipe, tree, problems, folders);
  problems.push(...unusedProblems(tree, recipe));
  // A run may be named by its folder; whoever is held to some folders names it by its name alone.
  if (folders && recipe.continue !== undefined && !plainName.safeParse(recipe.continue).success)
    problems.push({
      place: originOf(tree, ['continue']).place,
      path: 'continue',
      ...outsideProblem(recipe.continue),
    });
  for (const { path: at, message, remedy } of isWhole ? crossCheck(recipe) : [])
    problems.push({ place: originOf(tree, at.split('.')).place, path: at, message, remedy });
  if (!parsed.success || problems.length > 0) return { resolved: null, problems: firstOf(problems), written };

  return { resolved: resolvedOf(settled(parsed.data), file), problems, written };
}

/** A recipe with every default filled in, as it is kept with a run. */
export function resolvedOf(recipe: Recipe, file: string): ResolvedRecipe {
  const kept = withoutUnused(recipe);
  const yaml = `# Made by eager-llm from ${shownPath(file)}, with every default filled in.\n${escapeReferences(stringify(kept))}`;
  return { recipe, file, yaml, hash: hashJson(kept) };
}

const mostProblems = 50;
const longestText = 1000;

/** Nobody reads more at once, and a file of another kind has thousands, or quotes all of itself. */
function firstOf(problems: Problem[]): Problem[] {
  const shown = problems.slice(0, mostProblems).map((problem) => ({
    ...problem,
    path: shortened(problem.path),
    message: shortened(problem.message),
  }));
  const rest = problems.length - mostProblems;
  if (rest <= 0) return shown;
  const place = problems[0].place.replace(/:\d+$/, '');
  return [...shown, { place, path: '', message: `and ${rest} more`, remedy: 'Fix these first.' }];
}

function shortened(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

/** What is resolved holds no references any more: a `${` that is left is a part of a name. */
function escapeReferences(yaml: string): string {
  return yaml.replaceAll('${', () => '$${');
}

/** A recipe without a name is called like its file. */
function nameAfterFile(tree: Located, file: string): Located {
  const map = tree.value as LocatedMap;
  const name = parse(file).name.replace(/[^a-zA-Z0-9._-]/g, '-');
  return map.has('name')
    ? tree
    : { ...tree, value: new Map([['name', { origin: tree.origin, value: name }], ...map]) };
}

/** The sections without problems of their own, so that the cross-checks can judge them too. */
function soundSections(written: unknown): Partial<Recipe> {
  const sections: Record<string, unknown> = {};
  for (const name of Object.keys(recipeSchema.shape) as SectionName[]) {
    const parsed = recipeSchema.shape[name].safeParse((written as Record<string, unknown>)[name]);
    if (parsed.success) sections[name] = parsed.data;
  }
  return sections as Partial<Recipe>;
}

/** What follows from the settings together. */
function settled(recipe: Recipe): Recipe {
  return withOwnBaselines(takeTokenizerOfBase(recipe));
}

/** A base model comes with its tokenizer; naming it twice would only invite a mismatch. */
function takeTokenizerOfBase(recipe: Recipe): Recipe {
  const base_tokenizer = recipe.vocabulary.base_tokenizer ?? recipe.model.base_model;
  return { ...recipe, vocabulary: { ...recipe.vocabulary, base_tokenizer } };
}
