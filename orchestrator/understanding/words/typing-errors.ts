import { madeUpBy } from './made-up.ts';

/** Corrects what is no word of the catalogue and no ordinary word. */
export interface TypingErrors {
  /** The word of the catalogue that was meant, or null where none is near. */
  mend(word: string): string | null;
  /** Letters that no language puts together: "zxcv". */
  isMadeUp(word: string): boolean;
}

const shortest = 4;
const longest = 24;
/** From so many letters on, two typing errors may be in a word. */
const longForTwo = 8;
const mostKept = 2000;

/**
 * @param forms typed forms of the catalogue with their counts
 * @param ordinary ordinary words, which only tell what words look like
 */
export function createTypingErrors(
  forms: ReadonlyMap<string, number>,
  ordinary: ReadonlySet<string>,
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
  const asked = new Map<string, string | null>();
  const look = (word: string): string | null => {
    if (word.length < shortest || word.length > longest || /\d/.test(word) || isMadeUp(word)) return null;
    const keys = new Set([word, ...leftOut(word)]);
    if (word.length >= longForTwo)
      for (const key of [...keys]) for (const more of leftOut(key)) keys.add(more);
    let best: { form: string; errors: number; count: number } | null = null;
    for (const key of keys)
      for (const form of without.get(key) ?? []) {
        const errors = errorsBetween(word, form) + (form[0] === word[0] ? 0 : 0.5);
        const count = forms.get(form) ?? 0;
        if (errors > (word.length >= longForTwo ? 2 : 1.5)) continue;
        if (!best || errors < best.errors || (errors === best.errors && count > best.count))
          best = { form, errors, count };
      }
    return best?.form ?? null;
  };
  return {
    isMadeUp,
    mend(word) {
      const known = asked.get(word);
      if (known !== undefined) return known;
      if (asked.size >= mostKept) asked.clear();
      const mended = look(word);
      asked.set(word, mended);
      return mended;
    },
  };
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
