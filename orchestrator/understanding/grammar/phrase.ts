import type { Lexicon } from '../catalogue/lexicon.ts';
import { includesSorted } from '../catalogue/postings.ts';
import {
  containers,
  describingWords,
  functionWords,
  mayBeName,
  packaging,
  plainVerbs,
  propertyWords,
} from '../words/filler-words.ts';
import type { Token } from '../words/tokens.ts';
import { isBeing } from './beings.ts';
import { describedCategories } from './described-categories.ts';

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
const subjects = new Set('my our his her their we they he she it'.split(' '));
const states = new Set(
  `is are am was were has have gets get got feels feel goes go keeps keep hurts hurt looks look needs wants loves likes
  smells cries does do can will always often never`.split(/\s+/),
);

export function phraseOf(tokens: readonly Token[], lexicon: Lexicon): Phrase | null {
  const said = tokens.filter(({ taken }) => !taken);
  const places = said.flatMap((_, at) => (isContent(said, at, lexicon) ? [at] : []));
  if (places.length === 0) return null;
  const cut = firstPreposition(said, places);
  const named = places.filter((at) => at < cut).map((at) => said[at]);
  const packaging = packagingIn(named, lexicon);
  const before = named.filter((token) => token !== packaging);
  const words = places.map((at) => said[at]).filter((token) => token !== packaging);
  const isAbout = describes(said);
  const head =
    isAbout || isOfOnes(said, before) ? null : (before.findLast((token) => isNoun(token, lexicon)) ?? null);
  const text = said.slice(places[0], (places.at(-1) ?? 0) + 1);
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

/** "tea bags", "a knife set": what things come in, where none is called by both words. */
function packagingIn(named: readonly Token[], lexicon: Lexicon): Token | null {
  const { categories, names } = lexicon;
  const [thing, last] = named.slice(-2);
  if (!last || !packaging.has(last.word) || isBeing(thing.word)) return null;
  const isKind = names.has(thing.stem)
    ? categories.named(thing.stem).length > 0
    : describedCategories(lexicon, thing.stem) !== null;
  const isOne = names.get(thing.stem)?.some((item) => includesSorted(names.get(last.stem) ?? [], item));
  return isKind && !isOne ? last : null;
}

/** "sharp Japanese ones": of what is wished for already. */
function isOfOnes(tokens: readonly Token[], before: readonly Token[]): boolean {
  const last = before.at(-1);
  const next = last ? tokens[tokens.indexOf(last) + 1] : undefined;
  return next?.word === 'one' || next?.word === 'ones';
}

function isContent(tokens: readonly Token[], at: number, { sayings, categories }: Lexicon): boolean {
  const { kind, word, stem, bound, brand } = tokens[at];
  if (brand) return false;
  if (kind === 'sign') return false;
  // "SPF 50", but no mere number.
  if (kind === 'number') return sayings.pairs(tokens[at - 1]?.stem ?? '', stem);
  if (functionWords.has(word) && !mayBeName(word)) return false;
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
function firstPreposition(tokens: readonly Token[], places: readonly number[]): number {
  for (let at = 0; at < tokens.length; at++) {
    const { word, bound } = tokens[at];
    // "A lamp I can read by", "planners, they are useless".
    if (!bound && at > places[0] && speakers.has(word) && !asksFrom(tokens, at)) return at;
    if (bound || !prepositions.has(word)) continue;
    const before = tokens[at - 1]?.word ?? '';
    const isOfContainer = word === 'of' && containers.has(before);
    const isAsked =
      at < places[0] && (word === 'to' ? gettingWords.has(tokens[at + 1]?.word) : asking.has(before));
    if (!isOfContainer && !isAsked) return at;
  }
  return tokens.length;
}
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
  return (
    subjects.has(first.word) &&
    (first.word === 'we' || tokens.some(({ word }, at) => states.has(word) && at > 0))
  );
}
const wanting = new Set('looking searching want interested wants'.split(' '));
const feeling = new Set('am feel have get can do always keep suffer go like love was often never'.split(' '));

function isNoun({ word, kind, stem }: Token, { categories, names }: Lexicon): boolean {
  if (kind !== 'word' || word.length < 2) return false;
  const isVerb = plainVerbs.has(word) || plainVerbs.has(stem) || (/.{3}ed$/.test(word) && !names.has(stem));
  const describes = describingWords.has(word) || propertyWords.has(word);
  return !(isVerb || describes) || categories.named(stem).length > 0;
}
