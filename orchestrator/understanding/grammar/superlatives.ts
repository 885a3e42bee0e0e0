import type { Lexicon } from '../catalogue/lexicon.ts';
import { includesSorted } from '../catalogue/postings.ts';
import type { Limit } from '../intent.ts';
import { containers, functionWords, isFiller, isProperty } from '../words/filler-words.ts';
import { amountsIn, measuresTold, unitsOfFact } from '../words/measures.ts';
import { isAdverb } from '../words/parts-of-speech.ts';
import { take } from '../words/phrases.ts';
import type { Token } from '../words/tokens.ts';
import { isBeing } from './beings.ts';
import type { Reading } from './heard.ts';
import { asGuess } from './money.ts';
import { factCalled } from './question-words.ts';
import { referenceAt } from './references.ts';

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

/** Reads what has more or less of something than an item of the list: "bigger ones", "one that is lighter than the first". */
export function readComparative(reading: Reading, lexicon: Lexicon): void {
  const { tokens, heard, shown } = reading;
  if (shown.length === 0 || heard.question) return;
  const isShown = ({ stem }: Token) =>
    shown.some((id) => includesSorted(lexicon.names.get(stem) ?? [], lexicon.byId.get(id) ?? -1));
  for (let at = 0; at < tokens.length; at++) {
    const found = ofThing(tokens, at, comparedAt(tokens, at, lexicon), isShown);
    if (!found || !isAddedTo(tokens, at, isShown)) continue;
    const { field, most } = found;
    const text = textOf(tokens, at, found.length);
    const behind = at + found.length;
    const than = wordAt(tokens, behind) === 'than' ? behind + 1 : -1;
    const reference = than > 0 ? referenceAt(tokens, than, reading, lexicon, true) : null;
    if (than > 0 && !reference) continue;
    // "A bigger bag": what it comes in.
    const end = reference
      ? than + reference.length
      : containers.has(wordAt(tokens, behind))
        ? behind + 1
        : behind;
    take(tokens, at, end - at);
    const [id] = reference?.ids ?? [...reading.spoken, ...shown];
    const limit = limitBy(field, most, lexicon.titleOf(lexicon.byId.get(id) ?? 0));
    if (!limit) heard.order = { text, field, most };
    else heard.limits.push(reference ? limit : asGuess(limit, text));
    return;
  }
}

/** More or less than a title measures; null where it does not. */
function limitBy(field: string, most: boolean, title: string): Limit | null {
  const amounts = amountsIn(title);
  const unit = unitsOfFact[field]?.find((each) => amounts.has(each));
  const amount = unit ? amounts.get(unit) : undefined;
  if (unit === undefined || amount === undefined) return null;
  const said = measuresTold(title).find(({ key }) => key.startsWith(`${unit}:`))?.text ?? `${amount} ${unit}`;
  const [min, max] = most ? [amount + least, null] : [null, amount - least];
  return { text: `${most ? 'over' : 'under'} ${said}`, field: unit, min, max, values: [], firm: true };
}
const least = 0.001;

/** "Bigger", "more compact", "less heavy"; but no word of which things are called. */
function comparedAt(tokens: readonly Token[], at: number, { names }: Lexicon): Found | null {
  const word = wordAt(tokens, at);
  const isMore = word === 'more';
  const adjective = isMore || word === 'less' ? wordAt(tokens, at + 1) : baseOf(word, 'er');
  const found = adjective ? adjectives.get(adjective) : undefined;
  if (!found || names.has(word)) return null;
  const length = isMore || word === 'less' ? 2 : 1;
  return { field: found.field, most: found.most === (word !== 'less'), length };
}

/** Only where it is said of a thing, or of nothing that is named: not "my oldest son", "the biggest fan", "for a larger family". */
function ofThing(
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
const linking = new Set('a the is are'.split(' '));
const owning = new Set('my our your his her their he she for with has no not'.split(' '));
const seeking = new Set('look looking search searching hunt hunting ask asking go opt'.split(' '));
const things = new Set(
  'item items product products option options size sizes model models version versions pls plz'.split(' '),
);

/** "Much bigger", "pots that are bigger", but not "it lasts longer", "my balcony is smaller". */
function isAddedTo(tokens: readonly Token[], at: number, isShown: (token: Token) => boolean): boolean {
  const before = tokens[linking.has(wordAt(tokens, at - 1)) ? at - 2 : at - 1];
  const isFree = !before || before.taken || before.kind === 'sign';
  return isFree || isFiller(before.word) || isAdverb(before) || isShown(before);
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
  // "That most people like"
  if (tokens[at]?.word === 'most' && !ofMost.has(wordAt(tokens, at - 1))) return null;
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

const ofMost = new Set(['the', 'with', 'has']);
const nounOf = (word: string) => (adjectives.has(word) ? null : factCalled(word));

const textOf = (tokens: readonly Token[], at: number, length: number) =>
  tokens
    .slice(at, at + length)
    .map(({ word }) => word)
    .join(' ');

/** "Biggest" is of "big", "largest" of "large", "heaviest" of "heavy". */
function baseOf(word: string, ending = 'est'): string | null {
  if (!word.endsWith(ending) || word.length < 3 + ending.length) return null;
  const stem = word.slice(0, -ending.length);
  const forms = [stem, `${stem}e`, stem.replace(/i$/, 'y'), stem.slice(0, -1)];
  return forms.find((form) => adjectives.has(form)) ?? null;
}

/** "Lightest" is no typing error of "lights". */
export const isSuperlative = (word: string): boolean => baseOf(word) !== null;

const wordAt = (tokens: readonly Token[], at: number) =>
  tokens[at] && !tokens[at].taken && !tokens[at].bound ? tokens[at].word : '';
