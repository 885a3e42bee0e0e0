import { type Dictionary, languageOf } from './languages.ts';
import { type Token, wordToken } from './tokens.ts';
import { errorsBetween } from './typing-errors.ts';

/** Reads words of other languages. */
export interface Translator {
  /** Puts the words of another language into English, as far as they are known, compounds by their parts. */
  translate(tokens: readonly Token[]): Token[];
  /** The parts of a compound, or null: "yogamatte" is "yoga mat". */
  split(word: string): string[] | null;
}

const shortestPart = 3;
const longestWord = 30;
/** Letters that join the parts of a German or Dutch compound: Hund-e-futter. */
const links = ['', 's', 'e', 'n', 'en', 'es', 'er'];

/**
 * @param forms the forms of the catalogue's names with their counts
 * @param isEnglish whether a word is an ordinary English one
 */
export function createTranslator(
  forms: ReadonlyMap<string, number>,
  isEnglish: (word: string) => boolean,
): Translator {
  const alike = formsByBones(forms.keys());
  const isAtHome = (word: string) => forms.has(word) || isEnglish(word);

  /** The word of the catalogue with the same consonants and about the same letters: "creme" is "cream". */
  const likeOne = (word: string): string | null => {
    if (word.length < 4 || word.length > longestWord) return null;
    let best: { form: string; errors: number } | null = null;
    for (const form of alike.get(bonesOf(word)) ?? []) {
      if (Math.abs(form.length - word.length) > 2) continue;
      const errors = errorsBetween(word, form);
      if (errors <= 2 && errors < (best?.errors ?? 3)) best = { form, errors };
    }
    return best?.form ?? null;
  };
  const partOf = (part: string, dictionary: Dictionary | null, mayLink: boolean): string | null => {
    for (const link of mayLink ? links : ['']) {
      const bare = part.slice(0, part.length - link.length);
      if (!part.endsWith(link) || bare.length < shortestPart) continue;
      const english = dictionary?.get(bare);
      if (english) return english;
      if (forms.has(bare)) return bare;
    }
    return mayLink ? null : likeOne(part);
  };
  const parts = (word: string, dictionary: Dictionary | null): string[] | null => {
    if (word.length > longestWord) return null;
    for (let at = word.length - shortestPart; at >= shortestPart; at--) {
      const first = partOf(word.slice(0, at), dictionary, true);
      const second = first && partOf(word.slice(at), dictionary, false);
      if (first && second) return [...first.split(' '), ...second.split(' ')];
    }
    return null;
  };
  const inEnglish = ({ word }: Token, dictionary: Dictionary): string[] | null => {
    const english = dictionary.get(word);
    if (english !== undefined) return english === '' ? [] : english.split(' ');
    if (forms.has(word)) return null;
    const like = parts(word, dictionary) ? null : likeOne(word);
    return parts(word, dictionary) ?? (like ? [like] : null);
  };
  return {
    translate(tokens) {
      const words = tokens.filter(({ kind }) => kind === 'word').map(({ word }) => word);
      const dictionary = languageOf(words, isAtHome);
      if (!dictionary) return [...tokens];
      return tokens.flatMap((token) => {
        const english = token.kind === 'word' ? inEnglish(token, dictionary) : null;
        return english?.map((word) => wordToken(word, token.typed)) ?? [token];
      });
    },
    split: (word) => parts(word, null),
  };
}

function formsByBones(forms: Iterable<string>): Map<string, string[]> {
  const alike = new Map<string, string[]>();
  for (const form of forms) {
    if (form.length < shortestPart || form.length > longestWord || /\d/.test(form)) continue;
    const bones = bonesOf(form);
    const same = alike.get(bones);
    if (same) same.push(form);
    else alike.set(bones, [form]);
  }
  return alike;
}

/** The consonants of a word as they sound: "creme" and "cream" are `krm`. */
function bonesOf(word: string): string {
  return word
    .replaceAll('ph', 'f')
    .replaceAll('sch', 'sh')
    .replace(/[ckq]+/g, 'k')
    .replaceAll('z', 's')
    .replace(/(.)\1+/g, '$1')
    .replace(/(?<=.)[aeiouyh]/g, '');
}
