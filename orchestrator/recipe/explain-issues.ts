import type { z } from 'zod';
import { nearestName } from '../shared/nearest-name.ts';
import { adviceOnValue } from './advice-on-values.ts';
import { allowedNames, otherVariantWith, settingsBelow } from './allowed-names.ts';
import { type Located, locatedAt, originOf, plainValue } from './located.ts';
import { type Problem, shownValue } from './problem.ts';

/** Looking for the name that was meant takes time, and thousands of unknown names are no slips. */
const mostAdvice = 100;
/** A name that more sections have says nothing of the one that was meant. */
const mostPlaces = 6;

/** zod's findings in a recipe, in words: one problem for each, with the place where it was written. */
export function explainIssues(
  schema: z.ZodType,
  issues: readonly z.core.$ZodIssue[],
  root: Located,
): Problem[] {
  const written = plainValue(root);
  return issues.flatMap((issue): Problem[] => {
    const at = (path: readonly PropertyKey[]) => ({
      place: originOf(root, path).place,
      path: path.map(String).join('.'),
    });
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key, number) => ({
        ...at([...issue.path, key]),
        message: 'unknown name',
        remedy: number < mostAdvice ? adviceOnName(schema, issue.path, key, written) : undefined,
      }));
    if (issue.code === 'invalid_key') {
      const [key, ...above] = [...issue.path].reverse();
      const remedy = adviceOnName(schema, above.reverse(), String(key), written);
      return [{ ...at(issue.path), message: 'unknown name', remedy }];
    }
    const found = locatedAt(root, issue.path);
    const value = found && plainValue(found);
    const missing = value === undefined;
    return [
      {
        ...at(issue.path),
        message: missing ? 'is missing' : 'has a wrong value',
        expected: expectationOf(issue),
        got: missing ? undefined : shownValue(value),
        remedy: missing ? undefined : adviceOnValue(issue, value),
      },
    ];
  });
}

function adviceOnName(
  schema: z.ZodType,
  path: readonly PropertyKey[],
  key: string,
  written: unknown,
): string {
  const allowed = allowedNames(schema, path, written);
  const variant = otherVariantWith(schema, path, key);
  if (variant) return `"${key}" belongs to ${variant}.`;
  const [head, ...rest] = key.split('.');
  if (rest.length > 0 && allowed.includes(head))
    return `Names with dots are for --set: in a file ${rest.join('.')} stands below ${head}:, further to the right.`;
  const below = settingsBelow(schema, path, key);
  if (below.length > 0 && below.length <= mostPlaces) return `Did you mean ${below.join(' or ')}?`;
  const nearest = nearestName(key, allowed) ?? theOneWith(key, allowed);
  return nearest ? `Did you mean "${nearest}"?` : `Allowed here: ${allowed.join(', ')}.`;
}

/** `batch_size` of `micro_batch_size`: the only name that has all of its words. */
function theOneWith(key: string, allowed: readonly string[]): string | null {
  const found = key.length < 4 ? [] : allowed.filter((name) => `_${name}_`.includes(`_${key}_`));
  return found.length === 1 ? found[0] : null;
}

function expectationOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return oneOf(issue.values.map(String));
    case 'too_small':
      return bound(issue.inclusive ? 'at least' : 'more than', issue.minimum, issue.origin);
    case 'too_big':
      return bound(issue.inclusive ? 'at most' : 'less than', issue.maximum, issue.origin);
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? oneOf(issue.options.map(String))
        : issue.errors.map((variant) => variant.map(expectationOf).join(' and ')).join(', or ');
    default:
      return issue.message;
  }
}

function bound(relation: string, limit: number | bigint, origin: string): string {
  if (origin === 'string') return limit === 1 ? 'a text' : `${relation} ${limit} letters`;
  return origin === 'array' ? `a list of ${relation} ${limit}` : `${relation} ${limit}`;
}

function oneOf(choices: string[]): string {
  return choices.length === 1 ? choices[0] : `one of ${choices.join(', ')}`;
}

const typeNames: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of settings',
  record: 'a map of settings',
};
