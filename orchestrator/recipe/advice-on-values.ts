import type { z } from 'zod';
import { nearestName } from '../shared/nearest-name.ts';

/** How a value that has a wrong type was probably meant, as a next step; undefined where there is no telling. */
export function adviceOnValue(issue: z.core.$ZodIssue, value: unknown): string | undefined {
  const types = typesOf(issue);
  if (value === null && types.includes('object'))
    return 'Remove the line, or write its settings below it, further to the right.';
  const meant = meantBy(value, types);
  if (meant !== null) return `Write ${meant}.`;
  if (types.includes('string') && (typeof value === 'number' || typeof value === 'boolean'))
    return 'Put it in quotes: without them it is no text.';
  if (typeof value !== 'string') return undefined;
  const nearest = nearestName(value, choicesOf(issue));
  return nearest ? `Did you mean "${nearest}"?` : undefined;
}

/** The number or the truth that was written in another notation. */
function meantBy(value: unknown, types: readonly string[]): string | null {
  // A mapping, or a list, is no notation of a number; a mapping with a key `toString` cannot even be made a text.
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).trim().toLowerCase();
  if (types.includes('boolean')) {
    if (/^(yes|y|on|true|1)$/.test(text)) return 'true';
    if (/^(no|n|off|false|0)$/.test(text)) return 'false';
  }
  if (typeof value !== 'string' || !types.some((type) => type === 'number' || type === 'int')) return null;
  if (/^[+-]?\d+,\d+$/.test(text)) return text.replace(',', '.');
  if (/^\d+(\.\d+)?\s*%$/.test(text)) return `${Number.parseFloat(text) / 100}`;
  const plain = /^\d+(_\d+)+$/.test(text) ? text.replaceAll('_', '') : text;
  if (plain === '' || !Number.isFinite(Number(plain))) return null;
  return `${plain}${plain === text ? ' without quotes' : ''}`;
}

/** The types that an issue would have allowed. */
function typesOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'invalid_type') return [issue.expected];
  return issue.code === 'invalid_union' && !('options' in issue && Array.isArray(issue.options))
    ? issue.errors.flatMap((variant) => variant.flatMap(typesOf))
    : [];
}

/** The texts that an issue would have allowed. */
function choicesOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'invalid_value')
    return issue.values.filter((choice): choice is string => typeof choice === 'string');
  if (issue.code === 'invalid_union')
    return 'options' in issue && Array.isArray(issue.options)
      ? issue.options.map(String)
      : issue.errors.flatMap((variant) => variant.flatMap(choicesOf));
  return [];
}
