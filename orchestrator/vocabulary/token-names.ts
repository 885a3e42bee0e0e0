import { UserError } from '../shared/errors.ts';

/** More added tokens than this make the runtimes take minutes to load. */
const maximalTokens = 262_144;

/**
 * Texts of all code tokens, `[level][digit]`, for `levelSizes[level]` digits a level.
 * Throws a UserError for levels that cannot be named.
 */
export function nameCodeTokens(pattern: string, levelSizes: readonly number[]): string[][] {
  if (levelSizes.length === 0 || levelSizes.some((size) => !Number.isInteger(size) || size < 1))
    throw new UserError(
      'vocabulary/no-levels',
      `item codes need at least one level and one digit per level; got levels of size [${levelSizes.join(', ')}]`,
      { remedy: 'Check the item index: index.json must hold a code for at least one item.' },
    );
  const total = levelSizes.reduce((sum, size) => sum + size, 0);
  if (total > maximalTokens)
    throw new UserError(
      'vocabulary/too-many-codes',
      `at most ${maximalTokens} code tokens can be added; the item index asks for ${total}`,
      { remedy: 'Use a smaller branching, so that the index has more levels with fewer digits each.' },
    );
  if (levelSizes.length > 26 && pattern.includes('{letter}'))
    throw new UserError(
      'vocabulary/too-many-levels',
      `{letter} can name 26 levels; the item index has ${levelSizes.length}`,
      { remedy: 'Use {level} in place of {letter} in the pattern of the vocabulary extension.' },
    );
  return levelSizes.map((size, level) =>
    Array.from({ length: size }, (_, digit) => nameOf(pattern, level, digit)),
  );
}

function nameOf(pattern: string, level: number, digit: number): string {
  return pattern
    .replace('{letter}', String.fromCharCode(97 + level))
    .replace('{level}', String(level))
    .replace('{digit}', String(digit));
}

/**
 * What is wrong with a pattern, or null. The rules keep tokens apart from each other and from the text around
 * them: no token may be the start of another, and one reading alone is possible for a row of them.
 */
export function patternProblem(pattern: string): string | null {
  const example = 'expected something like <{letter}_{digit}>';
  const names = [...pattern.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]);
  const unknown = names.find((name) => !['letter', 'level', 'digit'].includes(name));
  if (unknown !== undefined)
    return `{${unknown}} is unknown; allowed are {letter}, {level} and {digit}; ${example}`;
  if (names.filter((name) => name === 'digit').length !== 1)
    return `{digit} must stand in it exactly once, got "${pattern}"; ${example}`;
  if (names.length !== 2)
    return `either {letter} or {level} must stand in it exactly once, got "${pattern}"; ${example}`;
  const literals = pattern.split(/\{[^{}]*\}/);
  if (/\s/.test(pattern))
    return `white space is not possible in a token's name, got "${pattern}"; ${example}`;
  if (!/^[^\p{L}\p{N}]/u.test(literals[0]) || !/[^\p{L}\p{N}]$/u.test(literals[2]))
    return `it must start and end with a sign that is neither letter nor digit, got "${pattern}"; ${example}`;
  if (!/^[^\p{N}].*[^\p{N}]$|^[^\p{N}]$/u.test(literals[1]))
    return `a sign that is not a digit must stand between level and digit, got "${pattern}"; ${example}`;
  return null;
}
