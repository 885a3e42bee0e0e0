import { known } from '../../catalogue/known.ts';
import { isFiller } from '../../words/filler-words.ts';
import { isVerb } from '../../words/parts-of-speech.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import { isBeing } from '../people/beings.ts';
import { joins, lead, scopeEnd } from './negation-scope.ts';

/**
 * Somebody has nothing, or a room has none: "the hall has no lamp", but not "the shampoo has no parabens", "we have no dog",
 * "that has no", "it should have no".
 */
export function lacks(tokens: readonly Token[], from: number, at: number): boolean {
  // "The rucksacks are packed, but still no tent"
  if (tokens[at].word === 'no' && tokens[at - 1]?.word === 'still') return true;
  const said = tokens.slice(from, at).map(({ word }) => word);
  const [first, ...rest] = said.filter((word) => !still.has(word));
  // "We have still no tent" is to be changed; "we have no dog" is not.
  const isToChange = said.includes('still') || rest.some((word) => rooms.has(word));
  if (tokens[at].word === 'no' && !isToChange) return false;
  const verb = rest.at(-1) === 'got' ? rest.at(-2) : (rest.at(-1) ?? first);
  return (
    (lackers.has(first) || rest.length === 0) &&
    (verb === 'has' || verb === 'have') &&
    !rest.some((word) => bounding.has(word))
  );
}
/** What says that there is none; the rest is not asked of other words. */
export const lackable = new Set(['no', 'nothing']);
const rooms = new Set(
  `room rooms bedroom bathroom kitchen hall hallway corridor cellar basement attic garage garden balcony terrace flat apartment
  house home office study nursery studio cabin caravan`.split(/\s+/),
);
const still = new Set('still yet currently really actually and so'.split(' '));
const lackers = new Set('i we my our the his her their he she they there'.split(' '));
const bounding = new Set('that which who should must may can'.split(' '));

/**
 * "Tired of waking up cold", "without ruining seeds": what is done, and to what, where the catalogue has nothing that is called
 * so; "without draining holes" says what is not wanted.
 */
export function tellsDoing(tokens: readonly Token[], at: number, { lexicon }: Grammar): boolean {
  const [verb, object] = tokens.slice(
    at,
    scopeEnd(tokens, at, () => false),
  );
  if (!object || joins.has(object.word) || lead.has(verb.word)) return false;
  if (!/.{2}ing$/.test(verb.word) || !isVerb(verb) || known(verb, lexicon)) return false;
  return isFiller(object.word) || isBeing(object.stem) || known(object, lexicon) !== null;
}

/** "Drivers never *see the dog*": what is not done to somebody rules nobody out; "we have no dog" does. */
export function tellsOfSomebody(tokens: readonly Token[], at: number): boolean {
  const [verb, whose, being] = tokens.slice(at, at + 3);
  if (!being || !isVerb(verb) || having.has(verb.word) || lead.has(verb.word)) return false;
  return articles.has(whose.word) && isBeing(being.stem);
}
const having = new Set('have want need like own buy get'.split(' '));
const articles = new Set('the my our his her their'.split(' '));
