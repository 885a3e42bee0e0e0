/** Forms of a word, to look up as they are. */
export interface WordForms {
  /** Singular, plural and owner: the same thing. */
  same: ReadonlySet<string>;
  /** What is made from it: grind, grinder, grinding. */
  derived: ReadonlySet<string>;
}

const endings = ['', 'e', 's', 'es', 'ed', 'er', 'ers', 'ing', 'ion', 'ive', 'or', 'y'];
/** Shorter ones share too much: "car" is no part of "care". */
const shortestStem = 4;

/** English forms by their endings. A form that is no word finds nothing. */
export function wordForms(word: string): WordForms {
  const same = new Set([word]);
  const singulars = [word, ...singularsOf(word)];
  for (const each of singulars) for (const form of [each, `${each}'s`, ...pluralsOf(each)]) same.add(form);
  const derived = new Set<string>();
  for (const stem of new Set(singulars.flatMap(stemsOf))) {
    for (const ending of endings) if (!same.has(stem + ending)) derived.add(stem + ending);
    const doubled = stem + stem.at(-1);
    for (const ending of ['ed', 'er', 'ers', 'ing']) derived.add(doubled + ending);
  }
  return { same, derived };
}

function singularsOf(word: string): string[] {
  if (word.length < 4 || !word.endsWith('s') || word.endsWith('ss')) return [];
  const found = [word.slice(0, -1)];
  if (word.endsWith('ies')) found.push(`${word.slice(0, -3)}y`);
  if (word.endsWith('ves')) found.push(`${word.slice(0, -3)}f`, `${word.slice(0, -3)}fe`);
  if (/(?:s|x|z|ch|sh|o)es$/.test(word)) found.push(word.slice(0, -2));
  return found;
}

function pluralsOf(word: string): string[] {
  if (word.length < 3) return [];
  if (/[^aeiou]y$/.test(word)) return [`${word.slice(0, -1)}ies`];
  if (word.endsWith('f')) return [`${word.slice(0, -1)}ves`, `${word}s`];
  if (word.endsWith('fe')) return [`${word.slice(0, -2)}ves`];
  return [/(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`];
}

function stemsOf(word: string): string[] {
  const stem = word.replace(/(?:ing|ers?|ed|ion|ive|ors?|e|y)$/, '');
  const stems = stem === word ? [word] : [word, stem];
  if (/([^aeiou])\1$/.test(stem) && stem !== word) stems.push(stem.slice(0, -1));
  return stems.filter(({ length }) => length >= shortestStem);
}
