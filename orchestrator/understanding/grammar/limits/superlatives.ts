import type { Lexicon } from '../../catalogue/lexicon.ts';
import { containers, functionWords, isProperty } from '../../words/filler-words.ts';
import { take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import type { Reading } from '../heard.ts';
import { isBeing } from '../people/beings.ts';
import { factCalled } from '../questions/question-words.ts';

/** Facts by what is said of things that have the most of it, and the least. */
const facts: Record<string, [most: string, least: string]> = {
  size: ['big large huge roomy spacious', 'small tiny little compact'],
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
  const isNamed = ({ stem }: Token) => lexicon.names.has(stem);
  for (let at = 0; at < tokens.length; at++) {
    const found =
      ofFact(tokens, at, lexicon) ?? ofThing(tokens, at, ofAdjective(tokens, at, lexicon), isNamed);
    if (!found) continue;
    const { length, field, most } = found;
    heard.order = { text: textOf(tokens, at, length), field, most };
    take(tokens, at, length);
    return;
  }
}

/** Only where it is said of a thing, or of nothing that is named: not "my oldest son", "the biggest fan", "for a larger family". */
export function ofThing(
  tokens: readonly Token[],
  at: number,
  found: Found | null,
  isThing: (token: Token) => boolean,
): Found | null {
  if (!found) return null;
  let before = at - 1;
  while (linking.has(wordAt(tokens, before))) before--;
  const isSought = seeking.has(wordAt(tokens, before - 1));
  if ((owning.has(wordAt(tokens, before)) && !isSought) || isBeing(wordAt(tokens, before))) return null;
  let behind = at + found.length;
  const word = wordAt(tokens, behind);
  if (word === '' || tokens[behind].kind === 'sign' || functionWords.has(word) || things.has(word))
    return found;
  while (isProperty(wordAt(tokens, behind)) || isBeing(wordAt(tokens, behind))) behind++;
  return tokens[behind] && (isThing(tokens[behind]) || containers.has(tokens[behind].word)) ? found : null;
}
export const linking: ReadonlySet<string> = new Set('a the is are'.split(' '));
const owning = new Set('my our your his her their he she for with has no not'.split(' '));
const seeking = new Set('look looking search searching hunt hunting ask asking go opt'.split(' '));
const things = new Set(
  'item items product products option options size sizes model models version versions pls plz'.split(' '),
);

/** A fact that words at a place compare. */
export interface Found {
  field: string;
  most: boolean;
  length: number;
}

/** "Highest capacity", "least weight". */
function ofFact(tokens: readonly Token[], at: number, { attributes }: Lexicon): Found | null {
  const most = degrees.get(wordAt(tokens, at));
  const fact = wordAt(tokens, at + 1);
  // "That most people like"
  if (tokens[at]?.word === 'most' && !ofMost.has(wordAt(tokens, at - 1))) return null;
  const field = most === undefined || fact === '' ? null : (attributes.named(fact) ?? nounOf(fact));
  return most === undefined || !field || field === 'price' ? null : { field, most, length: 2 };
}

/** "Lightest", "most compact"; but no word of which things are called. */
export function ofAdjective(tokens: readonly Token[], at: number, { names }: Lexicon): Found | null {
  const word = wordAt(tokens, at);
  const degree = word === 'most' || word === 'least' ? degrees.get(word) : undefined;
  const adjective = degree === undefined ? baseOf(word) : wordAt(tokens, at + 1);
  const found = adjective ? adjectives.get(adjective) : undefined;
  if (!found || names.has(word)) return null;
  return { field: found.field, most: found.most === (degree ?? true), length: degree === undefined ? 1 : 2 };
}

const ofMost = new Set(['the', 'with', 'has']);
const nounOf = (word: string) => (adjectives.has(word) ? null : factCalled(word));

export const textOf = (tokens: readonly Token[], at: number, length: number) =>
  tokens
    .slice(at, at + length)
    .map(({ word }) => word)
    .join(' ');

/** The fact that an adjective tells: much of it, or little. */
export const factOf = (word: string): Omit<Found, 'length'> | null => adjectives.get(word) ?? null;

/** "Bigger", "more compact", "less heavy"; but no word of which things are called. */
export function comparedAt(tokens: readonly Token[], at: number, { names }: Lexicon): Found | null {
  const word = wordAt(tokens, at);
  const isMore = word === 'more';
  const adjective = isMore || word === 'less' ? wordAt(tokens, at + 1) : baseOf(word, 'er');
  const found = adjective ? adjectives.get(adjective) : undefined;
  if (!found || names.has(word)) return null;
  const length = isMore || word === 'less' ? 2 : 1;
  return { field: found.field, most: found.most === (word !== 'less'), length };
}

/** "Biggest" is of "big", "largest" of "large", "heaviest" of "heavy". */
function baseOf(word: string, ending = 'est'): string | null {
  if (!word.endsWith(ending) || word.length < 3 + ending.length) return null;
  const stem = word.slice(0, -ending.length);
  const forms = [stem, `${stem}e`, stem.replace(/i$/, 'y'), stem.slice(0, -1)];
  return forms.find((form) => adjectives.has(form)) ?? null;
}

/** "Lightest" is no typing error of "lights". */
export const isSuperlative = (word: string): boolean => baseOf(word) !== null;

export const wordAt = (tokens: readonly Token[], at: number) =>
  tokens[at] && !tokens[at].taken && !tokens[at].bound ? tokens[at].word : '';
