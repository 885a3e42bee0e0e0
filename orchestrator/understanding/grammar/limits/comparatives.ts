import type { Lexicon } from '../../catalogue/lexicon.ts';
import { includesSorted } from '../../catalogue/postings.ts';
import { emptyExclusion, type Limit } from '../../intent.ts';
import { containers, isFiller } from '../../words/filler-words.ts';
import { amountsIn, measuresTold, unitsOfFact } from '../../words/measures.ts';
import { isAdverb } from '../../words/parts-of-speech.ts';
import { take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import type { Reading } from '../heard.ts';
import { referenceAt } from '../items/references.ts';
import { asGuess } from './money.ts';
import {
  comparedAt,
  type Found,
  factOf,
  linking,
  ofAdjective,
  ofThing,
  textOf,
  wordAt,
} from './superlatives.ts';

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
    const limit = limitBy(found, id, lexicon);
    if (!limit) heard.order = { text, field, most };
    else heard.limits.push(reference ? limit : asGuess(limit, text));
    return;
  }
}

/** Reads what has no more of something than an item of the list: "not bigger than the first", "nothing heavier than that". */
export function readDeniedComparatives(reading: Reading, lexicon: Lexicon): void {
  const { tokens, heard } = reading;
  for (let at = 0; at < tokens.length; at++) {
    if (!denials.has(wordAt(tokens, at))) continue;
    let from = at + 1;
    while (carried.has(wordAt(tokens, from))) from++;
    readCompared(at, from);
    readMost(at, from);
    readDegree(at);
  }

  /** "Not as big as the second", "not quite so heavy": less of it. */
  function readDegree(at: number): void {
    let from = at + 1;
    while (degrees.has(wordAt(tokens, from))) from++;
    const fact = from > at + 1 ? factOf(wordAt(tokens, from)) : null;
    if (!fact || lexicon.names.has(wordAt(tokens, from)) || reading.shown.length === 0) return;
    const isAs = wordAt(tokens, from + 1) === 'as';
    const reference = isAs ? referenceAt(tokens, from + 2, reading, lexicon, true) : null;
    if (isAs && !reference) return;
    const [id] = reference?.ids ?? [...reading.spoken, ...reading.shown];
    const less = { field: fact.field, most: !fact.most };
    const text = `not ${textOf(tokens, at + 1, from - at)}`;
    const limit = limitBy(less, id, lexicon);
    if (!limit) heard.order = { text, ...less };
    else heard.limits.push(reference ? limit : asGuess(limit, text));
    take(tokens, at, (reference ? from + 2 + reference.length : from + 1) - at);
  }

  function readCompared(at: number, from: number): void {
    const found = comparedAt(tokens, from, lexicon);
    const than = from + (found?.length ?? 0);
    const reference =
      found && wordAt(tokens, than) === 'than' ? referenceAt(tokens, than + 1, reading, lexicon, true) : null;
    if (!found || !reference) return;
    const text = `not ${textOf(tokens, from, found.length)}`;
    const unknown = { text, field: found.field, min: null, max: null, values: [] };
    heard.limits.push(limitBy({ ...found, most: !found.most }, reference.ids[0], lexicon, 0) ?? unknown);
    heard.spoken.push(...reference.ids);
    take(tokens, at, than + 1 + reference.length - at);
  }

  /** "But not the smallest": of the list, the one whose title says the least. */
  function readMost(at: number, from: number): void {
    const found = wordAt(tokens, from - 1) === 'the' ? ofAdjective(tokens, from, lexicon) : null;
    if (!found) return;
    const text = textOf(tokens, from, found.length);
    const least = extremeOf(found, reading.shown, lexicon);
    if (least) heard.without.push({ ...emptyExclusion(), text: `the ${text}`, item_ids: [least] });
    else heard.unread.push(`not the ${text}`);
    take(tokens, at, from + found.length - at);
  }
}
const denials = new Set('no not nothing none never neither'.split(' '));
const degrees = new Set('as so that quite too very'.split(' '));
const carried = new Set('the any a much that is are be which it one ones anything should must to'.split(' '));

/** More or less than an item tells, by `apart` at least; null where it does not tell. */
function limitBy(
  { field, most }: Omit<Found, 'length'>,
  id: string,
  { items, byId, titleOf }: Lexicon,
  apart = least,
): Limit | null {
  const item = byId.get(id) ?? 0;
  const title = titleOf(item);
  const own = items[item]?.attributes?.[field];
  const amounts = amountsIn(title);
  const unit = typeof own === 'number' ? field : unitsOfFact[field]?.find((each) => amounts.has(each));
  const amount = typeof own === 'number' ? own : amounts.get(unit ?? '');
  if (unit === undefined || amount === undefined) return null;
  const said = measuresTold(title).find(({ key }) => key.startsWith(`${unit}:`))?.text ?? `${amount} ${unit}`;
  const [min, max] = most ? [amount + apart, null] : [null, amount - apart];
  const [more, less] = apart > 0 ? ['over', 'under'] : ['at least', 'up to'];
  return { text: `${most ? more : less} ${said}`, field: unit, min, max, values: [], firm: true };
}
const least = 0.001;

/** Of some items, the one that has the most or the least of a fact, by the measure of the first that tells one. */
function extremeOf(
  { field, most }: Omit<Found, 'length'>,
  ids: readonly string[],
  { byId, titleOf }: Lexicon,
): string | null {
  const told = ids.map((id) => ({ id, amounts: amountsIn(titleOf(byId.get(id) ?? 0)) }));
  const unit = unitsOfFact[field]?.find((each) => told.some(({ amounts }) => amounts.has(each))) ?? '';
  const [first] = told
    .flatMap(({ id, amounts }) => (amounts.has(unit) ? [{ id, amount: amounts.get(unit) ?? 0 }] : []))
    .sort((a, b) => (most ? b.amount - a.amount : a.amount - b.amount));
  return first?.id ?? null;
}

/** "Much bigger", "pots that are bigger", but not "it lasts longer", "my balcony is smaller". */
function isAddedTo(tokens: readonly Token[], at: number, isShown: (token: Token) => boolean): boolean {
  const before = tokens[linking.has(wordAt(tokens, at - 1)) ? at - 2 : at - 1];
  const isFree = !before || before.taken || before.kind === 'sign';
  return isFree || isFiller(before.word) || isAdverb(before) || isShown(before);
}
