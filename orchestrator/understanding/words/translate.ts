import { type Dictionary, type Language, languageOf, languages, smallWords } from './languages.ts';
import type { OrdinaryWords } from './ordinary-words.ts';
import { type Token, wordToken } from './tokens.ts';
import { errorsBetween } from './typing-errors.ts';

/** Reads words of other languages. */
export interface Translator {
  /** Puts the words of another language into English, as far as they are known, compounds by their parts. */
  translate(tokens: readonly Token[]): { tokens: Token[]; isForeign: boolean };
  /** The word of the catalogue that sounds the same: "creme" is "cream"; null where there is none. */
  like(word: string): string | null;
  /** Words of the catalogue that say the same in other languages: "vanille" for "vanilla". */
  abroad(word: string): readonly string[];
  /** The parts of a compound, or null: "yogamatte" is "yoga mat". */
  split(word: string): string[] | null;
}

const shortestPart = 3;
const longestWord = 30;
/** Letters that join the parts of a German or Dutch compound: Hund-e-futter. */
const links = ['', 's', 'e', 'n', 'en', 'es', 'er'];

/**
 * @param forms the forms of the catalogue's names with their counts
 * @param english ordinary English words
 */
export function createTranslator(forms: ReadonlyMap<string, number>, english: OrdinaryWords): Translator {
  const alike = formsByBones(forms.keys());
  const abroad = wordsAbroad(forms, english.common);
  const isAtHome = (word: string) => forms.has(word) || english.all.has(word);
  const isCommon = (word: string) => forms.has(word) || english.common.has(word);

  /** The word of the catalogue with the same consonants and about the same letters: "creme" is "cream". */
  const likeOne = (word: string): string | null => {
    if (word.length < 4 || word.length > longestWord) return null;
    let best: { form: string; errors: number } | null = null;
    for (const form of alike.get(bonesOf(word)) ?? []) {
      if (Math.abs(form.length - word.length) > 2) continue;
      const errors = errorsBetween(word, form);
      if (errors <= (word.length < 5 ? 1 : 2) && errors < (best?.errors ?? 3)) best = { form, errors };
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
  const parts = (word: string, language: Language | null): string[] | null => {
    const dictionary = language?.words ?? null;
    if (language && !language.isJoined) return null;
    // Where no language tells that words are joined, short parts are found by chance.
    const shortest = dictionary ? shortestPart : shortestPart + 1;
    if (word.length > longestWord) return null;
    for (let at = word.length - shortest; at >= shortest; at--) {
      const first = partOf(word.slice(0, at), dictionary, true);
      const second = first && partOf(word.slice(at), dictionary, false);
      if (first && second) return [...first.split(' '), ...second.split(' ')];
    }
    return null;
  };
  const inEnglish = ({ word }: Token, language: Language): string[] | null => {
    const said = language.words.get(word);
    if (said !== undefined) return said === '' ? [] : said.split(' ');
    if (forms.has(word) || english.usual.has(word)) return null;
    const bare = language.isJoined ? language.words.get(word.replace(/e[nmrs]?$/, '')) : undefined;
    if (bare) return bare.split(' ');
    const joined = parts(word, language);
    const like = joined ? null : likeOne(word);
    return joined ?? (like ? [like] : null);
  };
  return {
    translate(tokens) {
      const words = tokens.filter(({ kind }) => kind === 'word').map(({ word }) => word);
      const language = languageOf(words, isAtHome, isCommon);
      if (!language) return { tokens: withSmallWords(tokens, forms), isForeign: false };
      const writesCapitals = language.hasCapitals && tokens.slice(1).some(({ capital }) => capital);
      const isThing = (token: Token) => token.kind !== 'word' || token.capital || isAtHome(token.word);
      const translated = tokens.flatMap((token, at) => {
        // "moins cher": two words that say one thing.
        const pair = language.words.get(`${token.word}-${tokens[at + 1]?.word}`);
        if (language.words.has(`${tokens[at - 1]?.word}-${token.word}`)) return [];
        if (pair !== undefined)
          return pair
            .split(' ')
            .filter(Boolean)
            .map((word) => wordToken(word, token.typed));
        const english = token.kind === 'word' ? inEnglish(token, language) : null;
        if (english) return english.map((word) => wordToken(word, token.typed));
        // Who writes things with capital letters asks for none in other words: "schlimmer gemacht".
        return writesCapitals && !isThing(token) ? [] : [token];
      });
      return { tokens: translated, isForeign: true };
    },
    like: likeOne,
    abroad: (word) => abroad.get(word) ?? [],
    split: (word) => parts(word, null),
  };
}

/** Words of the catalogue that stand in dictionaries of other languages, by the English word that says the same. */
function wordsAbroad(forms: ReadonlyMap<string, number>, common: ReadonlySet<string>): Map<string, string[]> {
  const abroad = new Map<string, string[]>();
  for (const { words } of languages)
    for (const [word, english] of words)
      if (english !== '' && english !== word && forms.has(word) && !common.has(word))
        abroad.set(english, [...new Set([...(abroad.get(english) ?? []), word])]);
  return abroad;
}

/** A small word of another language between two words of the catalogue joins them there. */
function withSmallWords(tokens: readonly Token[], forms: ReadonlyMap<string, number>): Token[] {
  const isKnown = (token: Token | undefined) =>
    token !== undefined && (forms.has(token.word) || token.word === ',');
  return tokens.map((token, at) => {
    const english = forms.has(token.word) ? undefined : smallWords.get(token.word);
    const isBetween =
      english && isKnown(tokens[at - 1]) && (isKnown(tokens[at + 1]) || smallWords.has(tokens[at + 1]?.word));
    const goesOn = english && smallWords.has(tokens[at - 1]?.word) && isKnown(tokens[at + 1]);
    return isBetween || goesOn ? wordToken(english, token.typed) : token;
  });
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
