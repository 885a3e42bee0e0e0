import type { Lexicon } from '../catalogue/lexicon.ts';
import { take } from '../words/phrases.ts';
import type { Token } from '../words/tokens.ts';
import type { Reading } from './heard.ts';
import { factCalled } from './question-words.ts';

/** Facts by what is said of things that have the most of it, and the least. */
const facts: Record<string, [most: string, least: string]> = {
  size: ['big large huge roomy spacious great', 'small tiny little compact'],
  weight: ['heavy', 'light lightweight'],
  length: ['long', 'short'],
  height: ['tall high', 'low'],
  width: ['wide broad', 'narrow'],
  thickness: ['thick', 'thin slim'],
  brightness: ['bright', 'dim'],
  power: ['strong powerful', 'weak'],
  speed: ['fast quick', 'slow'],
  noise: ['loud noisy', 'quiet silent'],
  age: ['old', 'new young'],
};
const adjectives = new Map(
  Object.entries(facts).flatMap(([field, sides]) =>
    sides.flatMap((words, side) =>
      words.split(' ').map((word) => [word, { field, most: side === 0 }] as const),
    ),
  ),
);
const degrees = new Map(
  Object.entries({
    most: true,
    highest: true,
    largest: true,
    biggest: true,
    greatest: true,
    least: false,
    lowest: false,
    smallest: false,
    fewest: false,
  }),
);

/** Reads what comes first by a fact of the items: "the lightest tent", "the one with the largest capacity". */
export function readSuperlative({ tokens, heard }: Reading, lexicon: Lexicon): void {
  if (heard.order || heard.question) return;
  for (let at = 0; at < tokens.length; at++) {
    const found = ofFact(tokens, at, lexicon) ?? ofAdjective(tokens, at, lexicon);
    if (!found) continue;
    const { length, field, most } = found;
    const text = tokens
      .slice(at, at + length)
      .map(({ word }) => word)
      .join(' ');
    heard.order = { text, field, most };
    take(tokens, at, length);
    return;
  }
}

interface Found {
  field: string;
  most: boolean;
  length: number;
}

/** "Highest capacity", "least weight". */
function ofFact(tokens: readonly Token[], at: number, { attributes }: Lexicon): Found | null {
  const most = degrees.get(wordAt(tokens, at));
  const fact = wordAt(tokens, at + 1);
  const field = most === undefined || fact === '' ? null : (attributes.named(fact) ?? nounOf(fact));
  return most === undefined || !field || field === 'price' ? null : { field, most, length: 2 };
}

/** "Lightest", "most compact"; but no word of which things are called. */
function ofAdjective(tokens: readonly Token[], at: number, { names }: Lexicon): Found | null {
  const word = wordAt(tokens, at);
  const degree = word === 'most' || word === 'least' ? degrees.get(word) : undefined;
  const adjective = degree === undefined ? baseOf(word) : wordAt(tokens, at + 1);
  const found = adjective ? adjectives.get(adjective) : undefined;
  if (!found || names.has(word)) return null;
  return { field: found.field, most: found.most === (degree ?? true), length: degree === undefined ? 1 : 2 };
}

const nounOf = (word: string) => (adjectives.has(word) ? null : factCalled(word));

/** "Biggest" is of "big", "largest" of "large", "heaviest" of "heavy". */
function baseOf(word: string): string | null {
  if (!word.endsWith('est') || word.length < 6) return null;
  const stem = word.slice(0, -3);
  const forms = [stem, `${stem}e`, stem.replace(/i$/, 'y'), stem.slice(0, -1)];
  return forms.find((form) => adjectives.has(form)) ?? null;
}

/** "Lightest" is no typing error of "lights". */
export const isSuperlative = (word: string): boolean => baseOf(word) !== null;

const wordAt = (tokens: readonly Token[], at: number) =>
  tokens[at] && !tokens[at].taken && !tokens[at].bound ? tokens[at].word : '';
