import { isFiller, plainVerbs, propertyWords } from '../../words/filler-words.ts';
import { take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { Reading } from '../heard.ts';
import { type AskedItems, askedItems } from '../items/asked-items.ts';
import { type Reference, referenceAt } from '../items/references.ts';
import { talksOfPrices } from '../limits/compare-prices.ts';
import { bodyParts, isBeing } from '../people/beings.ts';
import { askedIn, isNamedByPlace } from './asked-words.ts';
import { type Asks, asksAt, availableAt, costsAt, factAt, factCalled } from './question-words.ts';

const fields: Record<Asks, string> = {
  price: 'price',
  cost: 'price',
  stock: 'stock',
  offer: 'stock',
  text: 'description',
  has: 'description',
};
const mostPropertyWords = 4;
/** "I need the rope toy again" and "a rope toy that is in stock" are wishes. */
const wishing = new Set('i we need want me us that which a an some any looking'.split(' '));

/** Reads a question about items: "is the Trailfox tent in stock?", "how much is the second one?". */
export function readQuestion(reading: Reading, grammar: Grammar): void {
  const { tokens } = reading;
  for (let at = 0; at < tokens.length; at++) {
    if (askAt(at) || askBehind(at)) return;
  }

  function askAt(at: number): boolean {
    const asked = asksAt(tokens, at);
    const fact = factAt(tokens, at, grammar.lexicon);
    // "Do not like the first": nothing is asked.
    const isDenied = asked?.meaning === 'has' && tokens[at + asked.length]?.word === 'not';
    if (
      (!asked && !fact) ||
      isDenied ||
      isCompared(tokens, at) ||
      // "Only the ones *you have* in stock"
      (tokens[at].word === 'you' && ones.has(tokens[at - 1]?.word ?? '')) ||
      (!fact && tells(tokens, at, asked?.meaning))
    )
      return false;
    const kind = fact ? 'other' : (asked?.meaning ?? 'other');
    const from = at + (fact ?? asked ?? { length: 0 }).length;
    const end = sentenceEnd(tokens, from);
    const rest = tokens.slice(from, end);
    if (talksOfPrices(rest, reading.shown.length > 0) || narrows(at, from)) return false;
    const subject = subjectOf(rest, kind);
    const about = askedItems(subject ?? rest, kind, reading, grammar);
    if (about.ids.length === 0 && kind === 'stock' && askOfPointed(at, rest, end)) return true;
    if (about.ids.length === 0) {
      // "Do you carry tents?" wishes for tents.
      if (asked?.meaning === 'offer')
        take(
          tokens.slice(at, from).filter(({ word }) => plainVerbs.has(word)),
          0,
          asked.length,
        );
      return false;
    }
    const field =
      fact?.field ??
      (subject
        ? (madeIn(subject, kind, about, grammar) ?? fields[asked?.meaning ?? 'text'])
        : fieldBehind(rest, kind, about, grammar));
    const words = about.end === null ? undefined : wordsBehind(tokens[at].word, rest.slice(about.end), field);
    return field !== null && settle(about.ids, field, at, end, words);
  }

  /** "The second one, is it fresh?": "it" is what was pointed at in the same turn, or asked about in the one before. */
  function askOfPointed(at: number, rest: readonly Token[], end: number): boolean {
    if (!['it', 'they'].includes(rest[0]?.word)) return false;
    const start = tokens.findIndex((_, from) => from < at && pointsAt(from) !== null);
    const ids = pointsAt(start)?.ids ?? (rest.length <= mostPropertyWords ? reading.asked : []);
    const field = fieldBehind(rest, 'stock', { ids: [...ids], end: 1 }, grammar);
    const words = wordsBehind(tokens[at].word, rest.slice(1), field);
    return ids.length > 0 && field !== null && settle([...ids], field, start < 0 ? at : start, end, words);
  }

  function pointsAt(at: number): Reference | null {
    return referenceAt(tokens, at, reading, grammar.lexicon);
  }

  /** "Which teas are not green?" asks for some. */
  function narrows(at: number, from: number): boolean {
    const before = tokens.slice(sentenceStart(tokens, at), at);
    return (
      tokens[from]?.word === 'not' &&
      before.some(({ kind, word, taken }) => kind === 'word' && !taken && !isFiller(word))
    );
  }

  /** "Rope Toy, any left?": what is asked stands behind the item. */
  function askBehind(at: number): boolean {
    const start = sentenceStart(tokens, at);
    const asked = at > start ? availableAt(tokens, at) : null;
    const end = asked ? at + asked.length : 0;
    const isWish = tokens.slice(start, at).some(({ word }) => wishing.has(word));
    if (!asked || isWish || end < sentenceEnd(tokens, at)) return false;
    const { ids } = askedItems(
      tokens.slice(start, at),
      'offer',
      { ...reading, shown: [], spoken: [] },
      grammar,
    );
    return ids.length > 0 && settle(ids, 'stock', start, end);
  }

  /** What is asked in words of its own, which no attribute and no usual fact is called by. */
  function wordsBehind(verb: string, behind: readonly Token[], field: string | null): string | undefined {
    const isOwn = field?.split(' ').every((word) => behind.some((token) => token.word === word)) === true;
    const isFact = grammar.lexicon.attributes.named(field ?? '') !== null || factCalled(field ?? '') !== null;
    if (!isOwn || isFact) return undefined;
    return askedIn(
      verb,
      behind,
      (token) => isFiller(token.word) || verbs.has(token.word) || maySay(token, behind, grammar),
    );
  }

  function settle(ids: string[], field: string, from: number, end: number, words?: string): true {
    reading.heard.question = { item_ids: ids, field, ...(words ? { asked: words } : {}) };
    reading.heard.spoken.push(...ids);
    take(tokens, from, end - from);
    return true;
  }
}

const ones = new Set('one ones what that which those things everything all'.split(' '));

/** "It is my mother's birthday": behind a subject, and without a question mark, nothing is asked. */
function tells(tokens: readonly Token[], at: number, asked: Asks | undefined): boolean {
  if (asked !== 'stock' && asked !== 'has') return false;
  const before = tokens[at - 1];
  const start = sentenceStart(tokens, at);
  // "What we still need is a lamp"
  if (tokens[start]?.word === 'what' && subjects.has(tokens[start + 1]?.word ?? '')) return true;
  // "My wife is always cold", "two things are missing"
  const isSubject =
    before?.kind === 'word' &&
    (subjects.has(before.word) ||
      isBeing(before.stem) ||
      bodyParts.has(before.stem) ||
      !(before.taken || isFiller(before.word)));
  return isSubject && tokens[sentenceEnd(tokens, at)]?.word !== '?';
}
const subjects = new Set('i we it he she they this that there who things thing stuff bits'.split(' '));

/** "lower than the price of the second" asks for no price. */
function isCompared(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.word === 'the' ? tokens[at - 2]?.word : tokens[at - 1]?.word;
  return ['than', 'below', 'under', 'beneath', 'half', 'of', 'over', 'above'].includes(before ?? '');
}

/** What the question is about; null where what it asks for is not said in the usual words. */
function subjectOf(rest: readonly Token[], kind: Asks | 'other'): readonly Token[] | null {
  const ends =
    kind === 'stock' || kind === 'offer' ? availableAt : kind === 'cost' || kind === 'price' ? costsAt : null;
  const end = ends ? rest.findIndex((_, at) => ends(rest, at) !== null) : -1;
  // "do you have any tents in stock?" asks for tents.
  if (kind === 'offer' && rest.some(({ word }) => word === 'any' || word === 'some')) return [];
  const needsEnd = kind === 'stock' || kind === 'cost' || kind === 'has';
  return end < 0 && needsEnd ? null : rest.slice(0, end < 0 ? rest.length : end);
}

/** "Do you have it *in blue*?" asks for no stock. */
function madeIn(
  subject: readonly Token[],
  kind: Asks | 'other',
  about: AskedItems,
  grammar: Grammar,
): string | null {
  const behind = about.end === null ? '' : (subject[about.end]?.word ?? '');
  const isMake = ['in', 'with'].includes(behind) && !subject.some(({ word }) => shops.has(word));
  return kind === 'offer' && isMake ? fieldBehind(subject, kind, about, grammar) : null;
}
/** "Do you have it in your shop?" asks for its stock. */
const shops = new Set('shop shops store stores branch branches warehouse'.split(' '));

/** "is the jug *dishwasher safe*?": what is asked for stands behind the item, in words of its own. */
function fieldBehind(
  rest: readonly Token[],
  kind: Asks | 'other',
  { end }: AskedItems,
  grammar: Grammar,
): string | null {
  if (end === null || (kind !== 'stock' && kind !== 'has' && kind !== 'offer')) return null;
  const { lexicon } = grammar;
  const behind = rest.slice(end);
  const said = behind.filter(
    (token) =>
      token.kind !== 'sign' &&
      !isFiller(token.word) &&
      !verbs.has(token.word) &&
      maySay(token, behind, grammar),
  );
  if (said.some(({ word }) => comparing.has(word))) return null;
  // "Does it weigh a lot?"
  const fact =
    said.length === 1
      ? (factCalled(said[0].word) ?? lexicon.attributes.valued(said[0].word)?.field ?? null)
      : null;
  if (fact) return fact;
  return said.length > 0
    ? said
        .slice(0, mostPropertyWords)
        .map(({ word }) => word)
        .join(' ')
    : null;
}
/** Mere letters are not said back. */
const maySay = (token: Token, behind: readonly Token[], { lexicon, isOrdinary }: Grammar) =>
  isOrdinary(token.word) ||
  propertyWords.has(token.word) ||
  lexicon.knows(token.stem) ||
  isNamedByPlace(behind, behind.indexOf(token));
const comparing = new Set(
  'cheaper dearer expensive better less more like similar other else different much pricey'.split(' '),
);
const verbs = new Set(
  'contain contains include includes come comes fit fits need needs work works cost'.split(' '),
);

function sentenceEnd(tokens: readonly Token[], from: number): number {
  const end = tokens.findIndex(
    ({ kind, word, bound }, at) => at >= from && kind === 'sign' && !bound && '.?!;\n'.includes(word),
  );
  return end < 0 ? tokens.length : end;
}

function sentenceStart(tokens: readonly Token[], at: number): number {
  const start = tokens.findLastIndex(
    ({ kind, word }, place) => place < at && kind === 'sign' && '?!;.\n'.includes(word),
  );
  return start + 1;
}
