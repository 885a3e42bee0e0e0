import { withLevelSizes } from './paths.ts';
import { levelLetter, maximalLevels, parseTokenName } from './token-name.ts';
import type { ItemIndex } from './types.ts';

/** Every digit up to the largest becomes a token: a stray huge one would make a vocabulary beyond memory. */
const maximalDigit = 999_999;

/**
 * Checks the content of an index file; gives the index, or all that is wrong with it. `keys` [items] names the entry of
 * each item. Entries of others are wrong too, unless they may be `leftOut`.
 */
export function parseIndex(
  content: unknown,
  keys: readonly string[],
  { leftOut = false }: { leftOut?: boolean } = {},
): { index?: ItemIndex; problems: string[] } {
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    return { problems: [`expected an object of codes by item, got ${kindOf(content)}`] };
  const entries = content as Record<string, unknown>;
  const problems = [...(leftOut ? [] : strangeKeys(entries, keys)), ...missingKeys(entries, keys)];
  const levels = lengthOfCodes(entries, keys, problems);
  if (levels === undefined) return { problems };

  const codes = new Int32Array(keys.length * levels);
  for (const [item, key] of keys.entries()) {
    if (!Object.hasOwn(entries, key)) continue;
    const names = entries[key];
    if (!Array.isArray(names) || names.length !== levels) {
      problems.push(
        Array.isArray(names)
          ? `item ${shown(key)} has ${names.length} tokens, the first item ${levels}; all codes must be equally long`
          : `item ${shown(key)} has ${kindOf(names)}; expected a list of tokens`,
      );
      continue;
    }
    for (let level = 0; level < levels; level++) {
      const digit = parseDigit(names[level], level);
      if (typeof digit === 'number') codes[item * levels + level] = digit;
      else problems.push(`item ${shown(key)}, token ${level + 1}: ${digit}`);
    }
  }
  return problems.length ? { problems } : { index: withLevelSizes({ levels, codes }), problems };
}

/** Of an index by item number: keys that are none, and numbers of no item. */
function strangeKeys(entries: Record<string, unknown>, { length }: readonly string[]): string[] {
  const problems: string[] = [];
  const keys = Object.keys(entries);
  const strange = keys.filter((key) => !/^(0|[1-9][0-9]*)$/.test(key));
  if (strange.length)
    problems.push(`the key ${JSON.stringify(strange[0])} is no item number${more(strange.length)}`);
  const beyond = keys.filter((key) => /^[0-9]+$/.test(key) && Number(key) >= length);
  if (beyond.length)
    problems.push(
      `item ${beyond[0]} is beyond the catalogue, whose last item is ${length - 1}${more(beyond.length)}`,
    );
  return problems;
}

function missingKeys(entries: Record<string, unknown>, keys: readonly string[]): string[] {
  const missing = keys.filter((key) => !Object.hasOwn(entries, key));
  return missing.length ? [`item ${shown(missing[0])} has no code${more(missing.length)}`] : [];
}

/** Length of the first code that is a list; all others are held against it. */
function lengthOfCodes(
  entries: Record<string, unknown>,
  keys: readonly string[],
  problems: string[],
): number | undefined {
  const first = keys.map((key) => (Object.hasOwn(entries, key) ? entries[key] : null)).find(Array.isArray);
  if (first === undefined) {
    problems.push('no entry of an item holds a list of tokens');
    return undefined;
  }
  if (first.length >= 1 && first.length <= maximalLevels) return first.length;
  problems.push(`codes have ${first.length} tokens; expected 1 to ${maximalLevels}`);
  return undefined;
}

/** The digit that a token's name gives at a level, or what is wrong with the name. */
export function parseDigit(name: unknown, level: number): number | string {
  const letter = levelLetter(level);
  const parsed = typeof name === 'string' ? parseTokenName(name) : undefined;
  if (!parsed || parsed.letter !== letter)
    return `expected a name like <${letter}_12>, got ${String(JSON.stringify(name)).slice(0, 40)}`;
  if (parsed.digit > maximalDigit)
    return `the digit of ${String(name).slice(0, 40)} is above ${maximalDigit}`;
  return parsed.digit;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** An id may hold anything. */
export function shown(id: string): string {
  return /^[\w.-]{1,60}$/.test(id) ? id : JSON.stringify(id.slice(0, 60));
}

function more(count: number): string {
  return count > 1 ? ` (and ${count - 1} more like it)` : '';
}
