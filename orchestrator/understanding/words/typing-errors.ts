import { madeUpBy } from './made-up.ts';
import type { SoundingLike } from './sounds.ts';

/** Corrects what is no word of the catalogue and no ordinary word. */
export interface TypingErrors {
  /**
   * The word of the catalogue that was meant, or null where none is near. Of several, one that `fits` the other words is
   * meant, then one with fewer errors, then the more frequent.
   */
  mend(word: string, fits?: (form: string) => boolean): string | null;
  /** Letters that no language puts together: "zxcv". */
  isMadeUp(word: string): boolean;
}

interface Candidate {
  form: string;
  /** Only where it fits the other words. */
  isDoubtful: boolean;
  errors: number;
  count: number;
}

const shortest = 3;
/** Shorter words are mended only into words that so many names hold. */
const longEnough = 4;
const shortestMended = 2;
const leastCount = 3;
const longest = 24;
/** From so many letters on, two typing errors may be in a word. */
const longForTwo = 7;
/** Of a word that is found by its sound. */
const mostErrorsOfSound = 3;
/** How many errors more a word may have that fits the other words. */
const fitting = 0.75;
const mostKept = 2000;

/**
 * @param forms typed forms of the catalogue with their counts
 * @param ordinary ordinary words, which only tell what words look like
 */
export function createTypingErrors(
  forms: ReadonlyMap<string, number>,
  ordinary: ReadonlySet<string>,
  soundingLike: SoundingLike,
): TypingErrors {
  // Words with one letter left out: two words one error apart share one of these, swapped letters included.
  const without = new Map<string, string[]>();
  const keep = (key: string, form: string) => {
    const same = without.get(key);
    if (!same) without.set(key, [form]);
    else if (same.at(-1) !== form) same.push(form);
  };
  for (const form of forms.keys()) {
    if (form.length < shortest || form.length > longest || /\d/.test(form)) continue;
    keep(form, form);
    for (const key of leftOut(form)) keep(key, form);
  }
  const isMadeUp = madeUpBy([...forms.keys(), ...ordinary]);
  const isNear = (word: string, form: string, errors: number, count: number) => {
    const isShort = word.length < longEnough || form.length < longEnough;
    if (!isShort) return errors <= (word.length >= longForTwo ? 2 : 1.5);
    // Of so short a word, one letter is another, or was left out: "fod", "pn".
    return errors === 1 && form[0] === word[0] && form.length >= word.length && count >= leastCount;
  };
  const asked = new Map<string, Candidate[]>();
  const look = (word: string): Candidate[] => {
    if (word.length < shortestMended || word.length > longest || /\d/.test(word) || isMadeUp(word)) return [];
    const keys = new Set([word, ...leftOut(word)]);
    if (word.length >= longForTwo)
      for (const key of [...keys]) for (const more of leftOut(key)) keys.add(more);
    const found = new Map<string, Candidate>();
    const gather = (some: Iterable<string>) => {
      for (const key of some)
        for (const form of without.get(key) ?? []) {
          if (found.has(form)) continue;
          const errors = errorsBetween(word, form) + (form[0] === word[0] ? 0 : 0.5);
          const count = forms.get(form) ?? 0;
          if (isNear(word, form, errors, count))
            found.set(form, { form, errors, count, isDoubtful: isDoubtful(word, form) });
        }
    };
    gather(keys);
    // Two letters may be missing: one is put in here, the other was left out above.
    if (found.size === 0 && word.length >= longForTwo) gather(putIn(word));
    if (found.size === 0)
      for (const form of soundingLike(word)) {
        const errors = errorsBetween(word, form);
        if (errors <= mostErrorsOfSound)
          found.set(form, { form, errors, count: forms.get(form) ?? 0, isDoubtful: false });
      }
    return [...found.values()].sort((a, b) => a.errors - b.errors || b.count - a.count);
  };
  const candidates = (word: string): Candidate[] => {
    const known = asked.get(word) ?? look(word);
    if (asked.size >= mostKept) asked.clear();
    asked.set(word, known);
    return known;
  };
  return {
    isMadeUp,
    mend(word, fits) {
      const all = candidates(word);
      const [first] = all;
      if (!first) return null;
      const better = fits && all.find(({ form, errors }) => errors <= first.errors + fitting && fits(form));
      return (better ?? all.find((candidate) => !candidate.isDoubtful))?.form ?? null;
    },
  };
}
/** A letter of a short word that is another: "gps" is no gas. */
function isDoubtful(word: string, form: string): boolean {
  const isShort = word.length < longEnough || form.length < longEnough;
  return isShort && form.length === word.length && [...word].sort().join('') !== [...form].sort().join('');
}

const letters = [...'abcdefghijklmnopqrstuvwxyz'];

function* putIn(word: string): Generator<string> {
  for (let at = 1; at <= word.length; at++)
    for (const letter of letters) yield word.slice(0, at) + letter + word.slice(at);
}

function* leftOut(word: string): Generator<string> {
  for (let at = 0; at < word.length; at++) yield word.slice(0, at) + word.slice(at + 1);
}

/** Letters put in, left out, replaced, or swapped with their neighbour (optimal string alignment). */
export function errorsBetween(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(replaced, row[j] + 1, next[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    before = row;
    row = next;
  }
  return row[b.length];
}
