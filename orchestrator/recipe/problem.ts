import { isAbsolute, relative } from 'node:path';
import { UserError } from '../shared/errors.ts';

/** One thing that is wrong in a recipe. */
export interface Problem {
  /** `file:line`, or the `--set` it came with. */
  place: string;
  /** Where in the recipe, `training.stages.0.epochs`; empty for the whole file. */
  path: string;
  message: string;
  expected?: string | undefined;
  got?: string | undefined;
  /** The allowed name or the next step that probably mends it. */
  remedy?: string | undefined;
}

/** All problems in one error, so that a recipe is mended in one go. */
export function recipeError(file: string, problems: Problem[]): UserError {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return new UserError('recipe/invalid', `${count}:\n${problems.map(describeProblem).join('\n')}`, {
    place: shownPath(file),
    remedy: 'Fix what is listed; `eager-llm schema` prints every setting with its default.',
  });
}

export function describeProblem({ place, path, message, expected, got, remedy }: Problem): string {
  const wanted = [expected && `expected ${expected}`, got && `got ${got}`].filter(Boolean).join(', ');
  const head = `  ${place}  ${path ? `${path}: ` : ''}${message}${wanted ? `; ${wanted}` : ''}`;
  return remedy ? `${head}\n    → ${remedy}` : head;
}

/** A path as a person at this prompt would write it. */
export function shownPath(file: string): string {
  // An address, not a path.
  if (file.includes('://')) return file;
  const short = relative(process.cwd(), file);
  return short === '' || short.startsWith('..') || isAbsolute(short) ? file : short;
}

/** What was written, short enough for one line. */
export function shownValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'nothing (null)';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value);
  const cut = text.length > 60 ? `${text.slice(0, 57)}…"` : text;
  return typeof value === 'string' && value !== '' && !Number.isNaN(Number(value)) ? `the text ${cut}` : cut;
}
