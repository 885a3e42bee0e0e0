import type { Token } from './tokens.ts';

const small =
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
  seventeen eighteen nineteen twenty`.split(/\s+/);
const tens = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const words = new Map<string, number>([
  ...small.map((word, value) => [word, value] as const),
  ...tens.map((word, at) => [word, 10 * at] as const),
  ['hundred', 100],
  ['dozen', 12],
]);

/** A number in digits or words: "20", "twenty", "twenty five", "a hundred", "two hundred". */
export function numberAt(tokens: readonly Token[], at: number): { value: number; length: number } | null {
  const token = tokens[at];
  if (!token || token.taken) return null;
  if (token.kind === 'number')
    return Number.isFinite(token.value) && /^[\d.,]+$/.test(token.word)
      ? { value: token.value, length: 1 }
      : null;
  if (token.word === 'single' && tokens[at + 1]?.word === 'person') return { value: 1, length: 1 };
  if (token.word === 'a' && tokens[at + 1]?.word === 'hundred') return { value: 100, length: 2 };
  const value = words.get(token.word);
  if (value === undefined) return null;
  const next = words.get(tokens[at + 1]?.word);
  if (next === 100 && value < 10) return { value: 100 * value, length: 2 };
  if (value >= 20 && next !== undefined && next < 10 && next > 0) return { value: value + next, length: 2 };
  return { value, length: 1 };
}
