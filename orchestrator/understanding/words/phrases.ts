import type { Token } from './tokens.ts';

/** What a phrase of several words means, and how many words it takes. */
export interface Found<Meaning extends string> {
  meaning: Meaning;
  length: number;
}

/** Finds the longest phrase that begins at a place. */
export type Phrases<Meaning extends string> = (tokens: readonly Token[], at: number) => Found<Meaning> | null;

/** Phrases by their meaning, separated by `|`: `{ max: 'under | less than' }`. */
export function phrases<Meaning extends string>(table: Record<Meaning, string>): Phrases<Meaning> {
  const byFirst = new Map<string, { words: string[]; meaning: Meaning }[]>();
  for (const [meaning, said] of Object.entries(table) as [Meaning, string][]) {
    for (const phrase of said.split('|')) {
      const words = phrase.trim().split(/\s+/);
      const same = byFirst.get(words[0]) ?? [];
      same.push({ words, meaning });
      byFirst.set(words[0], same);
    }
  }
  for (const same of byFirst.values()) same.sort((a, b) => b.words.length - a.words.length);
  return (tokens, at) => {
    const fits = byFirst
      .get(tokens[at]?.word ?? '')
      ?.find(({ words }) => words.every((word, i) => isFree(tokens[at + i]) && tokens[at + i].word === word));
    return fits ? { meaning: fits.meaning, length: fits.words.length } : null;
  };
}

/** Marks words as understood. */
export function take(tokens: readonly Token[], from: number, length = 1): void {
  for (const token of tokens.slice(from, from + length)) token.taken = true;
}

const isFree = (token: Token | undefined) => token !== undefined && !token.taken && !token.bound;
