import type { Lexicon } from '../catalogue/lexicon.ts';
import { includesSorted } from '../catalogue/postings.ts';
import { needsTold } from '../words/everyday-needs.ts';
import {
  containers,
  describingWords,
  functionWords,
  mayBeName,
  packaging,
  plainVerbs,
  propertyWords,
} from '../words/filler-words.ts';
import { isAdverb, isQuality, isVerb, mayBeGoods } from '../words/parts-of-speech.ts';
import type { Token } from '../words/tokens.ts';
import { bodyParts, isBeing } from './people/beings.ts';
import { describedCategories } from './wishes/described-categories.ts';

/** The part of a wish that names one thing, and what is said about it. */
export interface Phrase {
  /** All that says something, in order. */
  words: Token[];
  /** What the thing is called: the last noun before "for", "with", …; null where the words only describe. */
  head: Token | null;
  /** It is a sentence about somebody: "my hands are cracked". */
  describes: boolean;
  /** Words before the head. */
  modifiers: Token[];
  /** As it was said, without words that say nothing at its edges. */
  text: string;
}

const prepositions = new Set(
  `for with of from by in to on at that which who as against because when made like so where while during inside under
  into near without than about`.split(/\s+/),
);
const subjects = new Set('my our his her their we they he she it ours mine'.split(' '));
const states = new Set(
  `is are am was were has have gets get got feels feel goes go keeps keep hurts hurt looks look needs wants loves likes
  smells cries does do can will always often never`.split(/\s+/),
);

export function phraseOf(tokens: readonly Token[], lexicon: Lexicon): Phrase | null {
  const said = tokens.filter(({ taken }) => !taken);
  const places = said.flatMap((_, at) => (isContent(said, at, lexicon) ? [at] : []));
  if (places.length === 0) return null;
  const isAbout = describes(said) && !namesThing(said, lexicon);
  const cut = firstPreposition(said, places, lexicon);
  const first = places.filter((at) => at < cut);
  const run = isAbout ? first : thingIn(said, first, lexicon);
  const named = run.map((at) => said[at]);
  const packaging = packagingIn(named, lexicon);
  const before = named.filter((token) => token !== packaging);
  const words = places
    .filter((at) => !first.includes(at) || run.includes(at) || isCalled(said[at], lexicon))
    .map((at) => said[at])
    .filter((token) => token !== packaging);
  const head =
    isAbout || isOfOnes(said, before) ? null : (before.findLast((token) => isNoun(token, lexicon)) ?? null);
  const text = said.slice(said.indexOf(words[0]), (places.at(-1) ?? 0) + 1);
  return {
    words,
    head,
    describes: isAbout,
    modifiers: before.filter((token) => token !== head),
    text: text
      .filter(({ kind, word }) => kind !== 'sign' || '&%'.includes(word))
      .map(({ word, brand }) => brand ?? word)
      .join(' '),
  };
}

/**
 * Of words in which others stand between, those that name the thing: "help me *choose* a *kettle*". The catalogue knows
 * it, or else a shop could have it; what asks for it is left out.
 */
function thingIn(tokens: readonly Token[], places: readonly number[], lexicon: Lexicon): readonly number[] {
  const runs: number[][] = [];
  for (const at of places) {
    const last = runs.at(-1);
    if (last?.at(-1) === at - 1) last.push(at);
    else runs.push([at]);
  }
  const nounOf = (run: readonly number[]) =>
    run.map((at) => tokens[at]).findLast((token) => isNoun(token, lexicon));
  const isNamed = (run: readonly number[]) => {
    const noun = nounOf(run);
    return noun !== undefined && (lexicon.names.has(noun.stem) || mayBeGoods(noun));
  };
  const isThing = runs.some(isNamed) ? isNamed : (run: readonly number[]) => mayBeThing(nounOf(run), lexicon);
  if (runs.length < 2 || !runs.some(isThing)) return places;
  const end = runs.findLastIndex(isThing);
  return runs
    .slice(0, end + 1)
    .filter(isThing)
    .flat();
}

const mayBeThing = (token: Token | undefined, lexicon: Lexicon): boolean =>
  token !== undefined && (isCalled(token, lexicon) || mayBeGoods(token));
const isCalled = ({ stem, word }: Token, { names, texts }: Lexicon) =>
  names.has(stem) || names.has(word) || texts.has(stem);

/** "tea bags", "a knife set": what things come in, where none is called by both words. */
function packagingIn(named: readonly Token[], lexicon: Lexicon): Token | null {
  const { categories, names } = lexicon;
  const [thing, last] = named.slice(-2);
  if (!last || !packaging.has(last.word) || isBeing(thing.word)) return null;
  // Of "a television set" the catalogue has nothing, though it has sets.
  const isKind = names.has(thing.stem)
    ? categories.named(thing.stem).length > 0
    : mayBeGoods(thing) || describedCategories(lexicon, thing.stem) !== null;
  const isOne = names.get(thing.stem)?.some((item) => includesSorted(names.get(last.stem) ?? [], item));
  return isKind && !isOne ? last : null;
}

const kinds = new Set('kind kinds sort sorts type types version variety'.split(' '));

/** "sharp Japanese ones", "the clumping kind": of what is wished for already. */
function isOfOnes(tokens: readonly Token[], before: readonly Token[]): boolean {
  const last = before.at(-1);
  const next = last ? tokens[tokens.indexOf(last) + 1] : undefined;
  const isKind = kinds.has(next?.word ?? '') && tokens.some(({ word }) => word === 'the');
  return next?.word === 'one' || next?.word === 'ones' || isKind;
}

function isContent(tokens: readonly Token[], at: number, { sayings, categories, names }: Lexicon): boolean {
  const { kind, word, stem, bound, brand } = tokens[at];
  if (brand) return false;
  if (kind === 'sign') return false;
  // "SPF 50", but no mere number.
  if (kind === 'number') return sayings.pairs(tokens[at - 1]?.stem ?? '', stem);
  if (functionWords.has(word) && !mayBeName(word)) return false;
  if (isAdverb(tokens[at]) && !names.has(stem)) return false;
  if (containers.has(word) && tokens[at + 1]?.word === 'of') return false;
  if (!mayBeName(word) || bound) return true;
  const neighbours = [tokens[at - 1], tokens[at + 1]].map((token) =>
    token && !functionWords.has(token.word) ? token.stem : '',
  );
  const [last, next] = neighbours;
  return (
    (last !== '' && sayings.pairs(last, stem)) ||
    (next !== '' && sayings.pairs(stem, next)) ||
    categories.named(stem).length > 0
  );
}

/**
 * The place of the first word like "for", or of a sentence, that says more about a thing. Behind "looking for" and "a bag of" the thing is
 * still to come.
 */
function firstPreposition(tokens: readonly Token[], places: readonly number[], lexicon: Lexicon): number {
  const isThing = (at: number) => isNoun(tokens[at], lexicon) && mayBeThing(tokens[at], lexicon);
  const isKnown = (at: number) => isNoun(tokens[at], lexicon) && isCalled(tokens[at], lexicon);
  for (let at = 0; at < tokens.length; at++) {
    const { word, bound } = tokens[at];
    if (bound || !(prepositions.has(word) || speakers.has(word))) continue;
    const before = places.filter((place) => place < at);
    // "A lamp I can read by", "planners, they are useless".
    if (at > places[0] && speakers.has(word) && before.some(isThing) && !asksFrom(tokens, at)) return at;
    if (!prepositions.has(word)) continue;
    const last = tokens[at - 1]?.word ?? '';
    const isOfContainer = word === 'of' && containers.has(last);
    const isAsked =
      at < places[0] && (word === 'to' ? gettingWords.has(tokens[at + 1]?.word) : asking.has(last));
    if (!isOfContainer && !isAsked && !isStillToCome(at, before)) return at;
  }
  return tokens.length;

  /** "Tips *for* a kettle", "*on* the hunt for a kettle": no thing is named before it, or behind it and before the next. */
  function isStillToCome(at: number, before: readonly number[]): boolean {
    const behind = places.filter((place) => place > at);
    if (before.length > 0)
      return !within.has(tokens[at].word) && !before.some(isThing) && behind.some(isKnown);
    const next = tokens.findIndex(({ word }, place) => place > at && prepositions.has(word));
    const own = behind.filter((place) => next < 0 || place < next);
    return !own.some(isThing) && !own.some((place) => needsTold(tokens[place])) && behind.some(isKnown);
  }
}
/** What stands behind these says where: "what is missing in my kitchen". */
const within = new Set('in inside into under near at on during'.split(' '));
const speakers = new Set('i we you he she it they'.split(' '));
const reach = 4;
const asksFrom = (tokens: readonly Token[], at: number) =>
  tokens
    .slice(at, at + reach)
    .some(({ word }) => wanting.has(word) || word === 'want' || word === 'need' || asking.has(word));
const asking = new Set(
  'what how looking look search searching shop shopping hunting ask asking interested need would i browse browsing want go market hoping wish please'.split(
    ' ',
  ),
);
const gettingWords = new Set('buy get see order find have try purchase shop look pick give'.split(' '));

/** "my hands are cracked", "we go camping": a sentence about somebody, which names no thing to look for. */
function describes(tokens: readonly Token[]): boolean {
  const [first, second] = tokens.filter(({ kind }) => kind !== 'sign');
  if (!first || tokens.some(({ word }) => wanting.has(word))) return false;
  if (first.word === 'i') return feeling.has(second?.word);
  // "Nights are wet"
  if (times.has(first.word)) return states.has(second?.word ?? '');
  return (
    subjects.has(first.word) &&
    (first.word === 'we' || isDoing(second) || tokens.some(({ word }, at) => states.has(word) && at > 0))
  );
}
/** "He *swallows* the threads". */
const isDoing = (token: Token | undefined) => token?.word.endsWith('s') === true && isVerb(token);

/** "I am missing a sleeping bag": a thing with an article, which is neither somebody nor a part of the body. */
function namesThing(tokens: readonly Token[], lexicon: Lexicon): boolean {
  if (tokens[0]?.word !== 'i' && tokens[0]?.word !== 'we') return false;
  const at = tokens.findIndex(
    ({ word }) => word === 'a' || word === 'an' || word === 'some' || word === 'new',
  );
  const noun = tokens.slice(at + 1).find((token) => isNoun(token, lexicon) && !functionWords.has(token.word));
  return (
    at > 0 &&
    noun !== undefined &&
    lexicon.names.has(noun.stem) &&
    !isBeing(noun.stem) &&
    !bodyParts.has(noun.stem) &&
    tokens.some(({ word }) => lacking.has(word))
  );
}
const lacking = new Set(
  'missing lacking without after short needing seeking considering thinking planning buying getting hunting shopping'.split(
    ' ',
  ),
);
const times = new Set('nights mornings evenings afternoons winters summers weekends days'.split(' '));
const wanting = new Set('looking searching want interested wants'.split(' '));
const feeling = new Set('am feel have get can do always keep suffer go like love was often never'.split(' '));

function isNoun({ word, kind, stem }: Token, { categories, names }: Lexicon): boolean {
  if (kind !== 'word' || word.length < 2) return false;
  const isKnown = names.has(stem);
  const token = { word, stem, kind };
  const does = plainVerbs.has(word) || plainVerbs.has(stem) || (!isKnown && isVerb(token));
  const describes = describingWords.has(word) || propertyWords.has(word) || (!isKnown && isQuality(token));
  return !(does || describes) || categories.named(stem).length > 0;
}
