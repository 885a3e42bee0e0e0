import { dutch, french, german, italian, spanish } from './foreign-words.ts';

/** Words of another language with the English ones that say the same; an empty one says nothing about items. */
export type Dictionary = ReadonlyMap<string, string>;

const languages: readonly Dictionary[] = [german, french, spanish, italian, dutch].map(read);

/** So many of its words, as a share of the text, tell a language. */
const leastShare = 0.34;

/**
 * The dictionary of the language that a text is written in, by the words that are neither English nor of the catalogue;
 * null for English, or where nothing tells.
 */
export function languageOf(words: readonly string[], isAtHome: (word: string) => boolean): Dictionary | null {
  let best: { dictionary: Dictionary; count: number } | null = null;
  for (const dictionary of languages) {
    const said = words.filter((word) => dictionary.has(word));
    const own = said.filter((word) => !isAtHome(word));
    if (own.length === 0 || said.length < leastShare * words.length) continue;
    const count = said.length + own.length;
    if (count > (best?.count ?? 0)) best = { dictionary, count };
  }
  return best?.dictionary ?? null;
}

/** Lines of `english: word word …`; a line that begins with `:` holds words that say nothing. */
function read(text: string): Dictionary {
  const lines = text
    .trim()
    .split('\n')
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
