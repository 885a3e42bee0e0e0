import type { Lexicon } from '../../catalogue/lexicon.ts';
import { articles, isFiller } from '../../words/filler-words.ts';
import { isVerb, mayBeGoods } from '../../words/parts-of-speech.ts';
import { take } from '../../words/phrases.ts';
import { stemOf } from '../../words/stems.ts';
import { type Token, wordToken } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import { needsIn } from '../needs/needs-told.ts';
import { bodyParts, isBeing } from '../people/beings.ts';
import { phraseOf } from '../phrase.ts';
import { asksFrom, hasBeen, isFragment } from './asking.ts';
import { withOneNamed } from './ones.ts';
import { beginsWithVerb, isPast, predicateOf } from './sentences.ts';

/**
 * "My flatmate watered my plants, so I owe her a candle": beside what is asked for by name, a sentence that tells something
 * is why, and what it names is no wish. Of how things are ("he only eats salmon") it keeps what items of the asked kind hold.
 * So it is where a turn narrows what was asked for before: "not more than 20, the petrol is expensive enough".
 */
export function withoutStories(said: readonly Token[][], grammar: Grammar, narrows: boolean): Token[][] {
  const named = said.map((part) => askedThing(part, grammar));
  const firstNamed = named.findIndex((head) => head !== null);
  // What "one" is of was told, and is not asked for in a part before.
  const parts = said.map((part, at) =>
    firstNamed < 0 || at <= firstNamed ? [...withOneNamed(part, said.slice(0, at), grammar)] : part,
  );
  const heads = withoutLoose(
    parts,
    parts.map((part) => askedThing(part, grammar)),
  );
  const first = heads.findIndex((head) => head !== null);
  if (first < 0) {
    for (const part of parts) takeLiking(part, grammar);
    return narrows ? parts.filter((part) => !tells(part, true, false, false)) : [...parts];
  }
  let isTold = false;
  const told = parts.map((part, at) => {
    const isAbout = at > first && !tellsOfSomebody(part, parts);
    isTold = heads[at] === null && tells(part, isAbout, isTold, parts[first].some(isTheirs));
    return isTold;
  });
  const kept = parts.filter((_, at) => !told[at]);
  const asked = heads.filter((head) => head !== null);
  if (asked.length !== 1) return kept;
  const more = parts.flatMap((part, at) => (told[at] ? moreOf(part, asked[0], grammar) : []));
  if (more.length === 0) more.push(...neededOf(parts, heads, asked[0], grammar));
  return kept.map((part) => (part === parts[first] ? [...part, ...more] : part));
}

/** "We lost power, *phone dead*, so I want a stove": behind a sentence, and before what asks in words, mere words ask for nothing. */
function withoutLoose(parts: readonly Token[][], heads: readonly (Token | null)[]): (Token | null)[] {
  const isLoose = (part: readonly Token[]) =>
    isFragment(part) && !part.some(({ word }) => articles.has(word));
  const last = parts.findLastIndex((part, at) => heads[at] !== null && !isFragment(part));
  return heads.map((head, at) => {
    const isBehind = at > 0 && at < last && heads[at - 1] === null && predicateOf(parts[at - 1]) !== null;
    return isBehind && isLoose(parts[at]) ? null : head;
  });
}

/** What a story says of the thing that is asked for: the maker whose it is, and words of how things are. */
function moreOf(part: readonly Token[], head: Token, grammar: Grammar): Token[] {
  const held = isPast(part) ? [] : heldOf(part, head, grammar);
  const brands = part.filter(({ brand, taken }) => brand && !taken);
  return held.length + brands.length > 0 ? [wordToken('for'), ...brands, ...held] : [];
}
/** "It took hours to comb her curls. A conditioner": curly, where things of the asked kind are for what a story tells. */
function neededOf(
  parts: readonly Token[][],
  heads: readonly (Token | null)[],
  head: Token,
  { lexicon, things }: Grammar,
): Token[] {
  const isSaid = ({ kind, taken }: Token) => kind === 'word' && !taken;
  const stories = parts.filter((_, at) => heads[at] === null);
  const needs = stories.flatMap((part) => needsIn(part, part.filter(isSaid), part, null).things);
  const own = (stems: readonly string[]) => stems.filter((stem) => stem !== head.stem);
  const found = needs
    .map(({ thing }) => own(thing.map(stemOf)))
    .find((stems) => {
      const isTitled = stems.length > 0 && stems.every((stem) => lexicon.titles.has(stem));
      const { held } = isTitled
        ? things({ stems: [head.stem, ...stems], head: head.stem })
        : { held: new Set() };
      return isTitled && [head.stem, ...stems].every((stem) => held.has(stem));
    });
  return found ? [wordToken('for'), ...found.map((stem) => wordToken(lexicon.form(stem)))] : [];
}

/** "Do you have pans from *them*?" */
const isTheirs = ({ word }: Token) => /^the(?:m|y|irs?)$/.test(word);

/** What a part asks for by name, of the catalogue or of what a shop could have; the words that ask for it are taken. */
function askedThing(part: readonly Token[], { lexicon }: Grammar): Token | null {
  const asks = asksFrom(part);
  if (asks < 0) return null;
  // "A tent that I need for a trip"
  const isBefore = part.slice(0, asks).some((token) => isThing(token, lexicon));
  // "Which shampoo would you recommend?"
  const from = isBefore ? part.findIndex(({ word }) => !leading.has(word)) : asks;
  const head = phraseOf(part.slice(from), lexicon)?.head;
  if (!head || isBeing(head.stem) || bodyParts.has(head.stem)) return null;
  if (!lexicon.names.has(head.stem) && !mayBeGoods(head)) return null;
  take(part, 0, from);
  return head;
}

/** "The colleague drinks tea": where nothing is asked for, what somebody likes is what is looked for, and not that it is liked. */
function takeLiking(part: readonly Token[], { lexicon }: Grammar): void {
  const predicate = predicateOf(part);
  const verb = predicate ? part.findIndex(({ word }, at) => at >= predicate.verb && liking.has(word)) : -1;
  if (
    !predicate ||
    verb < 0 ||
    !part.slice(0, verb).some(({ stem, word }) => isBeing(stem) || others.has(word))
  )
    return;
  const head = phraseOf(part.slice(verb + 1), lexicon)?.head;
  if (!head || !lexicon.names.has(head.stem) || isBeing(head.stem) || bodyParts.has(head.stem)) return;
  // "He eats lamb", but "she eats solid food now".
  if (!eating.test(part[verb].word) || lexicon.categories.named(head.stem).length === 0)
    take(part, 0, verb + 1);
}
const liking = new Set(
  'loves love likes adores enjoys collects collect drinks drink burns eats eat'.split(' '),
);
const others = new Set('he she they'.split(' '));
const eating = /^eat/;

const leading = new Set('which what so and then'.split(' '));
const isThing = ({ kind, taken, word, stem }: Token, { names }: Lexicon) =>
  kind === 'word' && !taken && !isFiller(word) && !isBeing(stem) && names.has(stem);

/** "Sun lotion for the kids, *they* burn": who was named before. */
const tellsOfSomebody = (part: readonly Token[], parts: readonly Token[][]): boolean =>
  part[0]?.word === 'they' && parts.some((other) => other.some(({ stem }) => isBeing(stem)));

/** A sentence about somebody or something else than what is asked for, or what goes on with one: "and spilled the tea". */
function tells(part: readonly Token[], isAboutAsked: boolean, goesOn: boolean, isOfMaker: boolean): boolean {
  const isSaid = ({ brand, taken, measure, saying }: Token) =>
    (brand && !taken && !isOfMaker) || measure || saying;
  if (part.some(isSaid)) return false;
  const predicate = predicateOf(part);
  if (predicate === null) return hasBeen(part) || (goesOn && (isFragment(part) || !startsThing(part)));
  // "A lamp. It should be red": about what is asked for.
  if (isAboutAsked && pointing.has(part[predicate.subject].word)) return false;
  // "My hands are dry": what it is for; "I burnt my hand" is not.
  return isPast(part) || !part.some(({ stem }) => bodyParts.has(stem));
}
const pointing = new Set('it they this that these those'.split(' '));
const startsThing = (part: readonly Token[]) => {
  const first = part.find(({ kind, taken }) => kind === 'word' && !taken);
  return first !== undefined && !isFiller(first.word) && !isVerb(first) && !beginsWithVerb(part);
};

/** Words of a story that titles of the asked kind hold. */
function heldOf(part: readonly Token[], head: Token, { lexicon, things }: Grammar): Token[] {
  return part.filter(
    (token) =>
      token.kind === 'word' &&
      !token.taken &&
      token.stem !== head.stem &&
      !isFiller(token.word) &&
      lexicon.titles.has(token.stem) &&
      things({ stems: [head.stem, token.stem], head: head.stem }).held.has(token.stem),
  );
}
