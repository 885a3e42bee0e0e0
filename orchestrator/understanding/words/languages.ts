import { dutch } from './foreign/dutch.ts';
import { french } from './foreign/french.ts';
import { german } from './foreign/german.ts';
import { germanThings } from './foreign/german-things.ts';
import { italian } from './foreign/italian.ts';
import { spanish } from './foreign/spanish.ts';

/** Words of another language with the English ones that say the same; an empty one says nothing about items. */
export type Dictionary = ReadonlyMap<string, string>;

/** A language; some write compounds in one word. */
export interface Language {
  words: Dictionary;
  isJoined: boolean;
  /** Things are written with a capital letter. */
  hasCapitals: boolean;
}

export const languages: readonly Language[] = [
  { words: read(german + germanThings), isJoined: true, hasCapitals: true },
  { words: read(dutch), isJoined: true, hasCapitals: false },
  ...[french, spanish, italian].map((text) => ({ words: read(text), isJoined: false, hasCapitals: false })),
];

/** So many of its words, as a share of the text, tell a language. */
const leastShare = 0.3;

/**
 * The dictionary of the language that a text is written in, by the words that are neither English nor of the catalogue;
 * null for English, or where nothing tells.
 */
export function languageOf(
  words: readonly string[],
  isAtHome: (word: string) => boolean,
  isCommon: (word: string) => boolean,
): Language | null {
  let best: { language: Language; count: number } | null = null;
  for (const language of languages) {
    const said = words.filter((word) => language.words.has(word));
    const own = said.filter((word) => !isAtHome(word));
    // "perfume para hombre": films know these words, but English has no use for two of them.
    const seldom = said.filter((word) => !isCommon(word));
    const isSeldom = seldom.length > 1 || seldom.length === words.length;
    const isOwn = own.length > 0 || (isSeldom && 2 * said.length >= words.length);
    if (!isOwn || said.length < leastShare * words.length) continue;
    const count = said.length + own.length;
    if (count > (best?.count ?? 0)) best = { language, count };
  }
  return best?.language ?? null;
}

/** Small words of other languages that are said within English: "tea sin rooibos". */
export const smallWords: ReadonlyMap<string, string> = read(`
without: ohne sans sin senza zonder
but: aber pero sondern maar
no: kein keine keinen geen
not: nicht
and: und et
or: oder
for: fur fuer pour para voor
with: mit con avec
from: von aus de vom
under: unter
`);

/** Lines of `english: word word …`; a line that begins with `:` holds words that say nothing. */
function read(text: string): Dictionary {
  const lines = text
    .trim()
    .split(/\n+/)
    .map((line) => line.trim().split(':'));
  return new Map(
    lines.flatMap(([english, words]) =>
      words
        .trim()
        .split(/\s+/)
        .map((word) => [word, english.trim()] as const),
    ),
  );
}
