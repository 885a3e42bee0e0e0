import type { Part } from './turn.ts';

const restated: ReadonlySet<string> = new Set(['wish', 'brand', 'without', 'limit', 'order', 'count']);

/**
 * What to ask where a part of what was understood is said in other words. Another wish begins anew, so what stands beside
 * it is said again; all else joins what is wished for.
 */
export function inOtherWords(parts: readonly Part[], changed: Part, words: string): string {
  if (changed.kind !== 'wish') return words;
  const others = parts.filter(({ key, kind }) => restated.has(kind) && key !== changed.key);
  return [words, ...others.map(asSaid)].filter(Boolean).join(', ');
}

/** `I have Blue Mug` of `had: Blue Mug`, `about 20` of `about 20 (15 to 25, a guess)`, `under 9` of `cheaper (under 9, a guess)`. */
export function asSaid({ key, kind, text, guessed, aside }: Part): string {
  if (kind === 'had') return text.replace(/^had: (.*?)(?: \(an example\))?$/, 'I have $1');
  if (kind === 'liked') return text.replace(/^like: /, 'I like ');
  // A size that was guessed, and what is assumed, follow from the wish; what does not count is not said again.
  if (aside || key.startsWith('limit:guess:') || (guessed && kind === 'without')) return '';
  if (kind !== 'limit') return text;
  return text.replace(/^.*\(((?:under|over) [^,)]+).*\)$/, '$1').replace(/ \(.*a guess\)$/, '');
}
