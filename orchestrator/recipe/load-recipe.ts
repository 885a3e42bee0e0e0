import { realpathSync } from 'node:fs';
import type { Environment } from './environment.ts';
import { adviceOnRecipe, findRecipe } from './find-recipe.ts';
import { type Located, type LocatedMap, mergeLocated } from './located.ts';
import { type Problem, shownPath, shownValue } from './problem.ts';
import { readYamlFile, readYamlText } from './read-yaml.ts';
import { mayRead, outsideProblem } from './readable-folders.ts';
import { refusedValues } from './refused-values.ts';

export interface LoadOptions {
  env: Environment;
  problems: Problem[];
  /** Folders that everything named has to lie in; undefined: anywhere. */
  folders?: readonly string[] | undefined;
}

/** Recipes that one recipe builds on, directly and through others: far above what anybody writes. */
const mostFiles = 100;

/**
 * Reads a recipe and what it extends, the extended ones below: parts in the order of the list, then the recipe.
 * Returns null where nothing could be read.
 */
export function loadRecipeTree(file: string, options: LoadOptions, way: Way = startOfWay()): Located | null {
  const root = readYamlFile(file, options.env, options.problems);
  if (!root) return null;
  return buildOnExtended(root, shownPath(file), options, {
    ...way,
    files: [...way.files, realpathSync(file)],
  });
}

/** The same for a text that lies in no file: `label` stands for its name, relative paths start at `folder`. */
export function loadRecipeText(
  text: string,
  { label, folder }: { label: string; folder: string },
  options: LoadOptions,
): Located | null {
  const originOfLine = (line: number) => ({ place: `${label}:${line}`, folder, foreign: true });
  const root = readYamlText(text, originOfLine, options.env, options.problems);
  return root && buildOnExtended(root, label, options, startOfWay());
}

/** How a recipe is reached from the first one. */
interface Way {
  /** The files that led here, this one included. */
  files: readonly string[];
  /** How often recipes were read so far, on all ways together. */
  read: { count: number };
}

const startOfWay = (): Way => ({ files: [], read: { count: 0 } });

function buildOnExtended(root: Located, name: string, options: LoadOptions, way: Way): Located | null {
  const { problems, folders } = options;
  if (!(root.value instanceof Map)) {
    problems.push({
      place: name,
      path: '',
      message: root.value === null ? 'the recipe is empty' : 'is not a recipe',
      expected: 'a map of sections',
      got: root.value === null ? 'nothing' : shownValue(root.value),
      remedy: 'Begin with `extends: quickstart` and change what is different.',
    });
    return null;
  }
  if (root.value.has('variants') || root.value.has('matrix')) {
    problems.push({
      place: name,
      path: '',
      message: 'is a sweep, not a recipe',
      remedy: 'Run it with eager-llm sweep; a recipe extends what is named there as base.',
    });
    return null;
  }
  const parents = root.value.get('extends');
  const own: Located = { origin: root.origin, value: new Map(root.value) };
  (own.value as LocatedMap).delete('extends');
  let merged: Located | null = null;
  for (const parent of parents ? parentFiles(parents, problems) : []) {
    if (++way.read.count > mostFiles) {
      const message = `builds on too many recipes: over ${mostFiles}, each counted as often as it is named`;
      const remedy = 'Name each recipe once, in the place where it is needed.';
      if (way.read.count === mostFiles + 1)
        problems.push({ place: parent.origin.place, path: 'extends', message, remedy });
      break;
    }
    const path = findRecipe(parent.value as string, parent.origin.folder);
    if (!mayRead(path, folders)) {
      problems.push({
        place: parent.origin.place,
        path: 'extends',
        ...outsideProblem(parent.value as string),
      });
      continue;
    }
    const cycle = way.files.indexOf(realPath(path));
    if (cycle >= 0) {
      problems.push({
        place: parent.origin.place,
        path: 'extends',
        message: `goes in a circle: ${[...way.files.slice(cycle), way.files[cycle]].map(shownPath).join(' → ')}`,
        remedy: 'Remove one of these `extends`.',
      });
      continue;
    }
    if (realPath(path) === '') {
      problems.push({
        place: parent.origin.place,
        path: 'extends',
        message: `${shownPath(path)} does not exist`,
        remedy: adviceOnRecipe(path),
      });
      continue;
    }
    const tree = loadRecipeTree(path, options, way);
    // A run is named after the recipe that was launched: with an inherited name it would write into another one's run.
    (tree?.value as LocatedMap | undefined)?.delete('name');
    if (tree) merged = merged ? mergeLocated(merged, tree) : tree;
  }
  return merged ? mergeLocated(merged, own) : own;
}

function parentFiles(parents: Located, problems: Problem[]): Located[] {
  const list = Array.isArray(parents.value) ? parents.value : [parents];
  return list.filter((parent) => {
    const { value, origin } = parent;
    if (parent.refused !== undefined) {
      problems.push(...refusedValues(parent).map((problem) => ({ ...problem, path: 'extends' })));
      return false;
    }
    if (typeof value === 'string' && value !== '') return true;
    problems.push({
      place: origin.place,
      path: 'extends',
      message: 'is not a recipe file',
      expected: 'a path or a list of paths',
      got: shownValue(value),
    });
    return false;
  });
}

/** Links resolved; an empty text for what does not exist. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return '';
  }
}
