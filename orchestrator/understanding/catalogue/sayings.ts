import { shopWords } from '../words/filler-words.ts';
import type { Token } from '../words/tokens.ts';

/** What the catalogue says with words that mean something else in a question: "Chicken & Rice", "grain free", "non-stick". */
export interface Sayings {
  /** Reads a title or another name. */
  readName(tokens: readonly Token[]): void;
  /** Reads a description; gives the places of words that it denies: "without *silicones*". */
  readText(tokens: readonly Token[]): Set<number>;
  /** Whether the word at a place belongs to a saying with its neighbours, so that it joins or denies nothing. */
  holds(tokens: readonly Token[], at: number): boolean;
  /** Whether a word stands beside another in a name: "gift" before "wrap". */
  pairs(stem: string, next: string): boolean;
  /** How the catalogue says that something does not hold the word: "without silicones"; null where it never does. */
  denial(stem: string): string | null;
}

const joins = new Set(['and', '&', '+', 'und', 'et', 'y', 'e', 'en', 'n']);
const denies = new Set(['no', 'not', 'non', 'without', 'zero', 'free']);
const isJoin = (word: string) => joins.has(word);
const mostPhrases = 200_000;

export function createSayings(): Sayings {
  const phrases = new Set<string>();
  const denials = new Map<string, string>();
  const keep = (phrase: string) => {
    if (phrases.size < mostPhrases) phrases.add(phrase);
  };
  const stemAt = (tokens: readonly Token[], at: number) => tokens[at]?.stem ?? '';
  const joined = (tokens: readonly Token[], at: number) =>
    `${stemAt(tokens, at - 1)} and ${stemAt(tokens, at + 1)}`;
  return {
    readName(tokens) {
      for (const [at, { word }] of tokens.entries()) {
        if (shopWords.has(word)) {
          keep(`${stemAt(tokens, at - 1)} ${tokens[at].stem}`);
          keep(`${tokens[at].stem} ${stemAt(tokens, at + 1)}`);
        }
        if (isJoin(word)) keep(joined(tokens, at));
        else if (word === 'free') keep(`${stemAt(tokens, at - 1)} free`);
        else if (denies.has(word)) keep(`${word} ${stemAt(tokens, at + 1)}`);
      }
    },
    readText(tokens) {
      const denied = new Set<number>();
      const deny = (at: number, phrase: string) => {
        if (tokens[at]?.kind !== 'word') return;
        denied.add(at);
        if (!denials.has(tokens[at].stem)) denials.set(tokens[at].stem, phrase);
      };
      for (const [at, { word }] of tokens.entries()) {
        const next = tokens[at + 1];
        if (word === 'free' && (next?.word === 'of' || next?.word === 'from'))
          deny(at + 2, `free ${next.word} ${tokens[at + 2]?.word}`);
        else if (word === 'free' && at > 0) {
          keep(`${stemAt(tokens, at - 1)} free`);
          deny(at - 1, `${tokens[at - 1].word} free`);
        } else if (denies.has(word) && word !== 'free' && next?.kind === 'word') {
          keep(`${word} ${next.stem}`);
          deny(at + 1, `${word} ${next.word}`);
          // "no artificial colours", "without silicones and sulfates".
          if (tokens[at + 2]?.kind === 'word' && !isJoin(tokens[at + 2].word) && word === 'no')
            deny(at + 2, `no ${next.word} ${tokens[at + 2].word}`);
          if (tokens[at + 2]?.word === 'and' || tokens[at + 2]?.word === 'or')
            deny(at + 3, `${word} ${tokens[at + 3]?.word}`);
        }
      }
      return denied;
    },
    holds(tokens, at) {
      const { word } = tokens[at];
      if (isJoin(word)) return phrases.has(joined(tokens, at));
      if (word === 'free') return phrases.has(`${stemAt(tokens, at - 1)} free`);
      return word === 'non' && phrases.has(`non ${stemAt(tokens, at + 1)}`);
    },
    pairs: (stem, next) => phrases.has(`${stem} ${next}`),
    denial: (stem) => denials.get(stem) ?? null,
  };
}
