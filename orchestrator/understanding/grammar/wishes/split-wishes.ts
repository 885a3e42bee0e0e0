import type { Lexicon } from '../../catalogue/lexicon.ts';
import { includesSorted } from '../../catalogue/postings.ts';
import { needsTold } from '../../words/everyday-needs.ts';
import { beginsThing } from '../../words/filler-words.ts';
import { take } from '../../words/phrases.ts';
import { type Token, wordToken } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import { anything } from '../needs/gift-ideas.ts';
import { beingOf, isBeing } from '../people/beings.ts';
import { type Phrase, phraseOf } from '../phrase.ts';
import { asksFrom } from '../stories/asking.ts';
import { tellsWhy } from '../stories/reasons.ts';
import { predicateOf } from '../stories/sentences.ts';
import { withoutStories } from '../stories/stories.ts';
import { softenedAt } from '../without/softeners.ts';
import { isWithin } from './refine.ts';
import { sharedBrands } from './shared-brands.ts';

const joins = new Set(['and', 'or', 'plus', 'also', ',', '&', '+']);
/** More are no wishes of one breath. */
const mostParts = 15;
const linking = new Set('with for in under without from by of at on over below between to not no'.split(' '));

/**
 * The parts of a turn that wish for different things; `beings` are the words for whom they are; `narrows`: the turn says more
 * of what was wished for before, as by a price.
 */
export function splitWishes(
  tokens: readonly Token[],
  beings: ReadonlySet<Token>,
  grammar: Grammar,
  narrows = false,
): Token[][] {
  const sentences: Token[][] = [[]];
  let headed = 0;
  for (const token of tokens) {
    if (token.word === ':') headed = sentences.length;
    if (token.kind === 'sign' && '.;!?\n:…()'.includes(token.word)) sentences.push([]);
    else sentences.at(-1)?.push(token);
  }
  const parts: Token[][] = [];
  for (const sentence of withoutHeading(sentences, headed, grammar))
    if (parts.length < mostParts) parts.push(...splitSentence(sentence, grammar));
  const told = parts.filter((part) => !tellsWhy(part));
  const asked = withoutStories(told.length > 0 ? told : parts, grammar, narrows);
  return joinLoose(asked, { tokens, beings }, grammar);
}

/** "For the trip: a stove, a tent": what stands before the colon is no wish of its own. */
function withoutHeading(sentences: Token[][], headed: number, { lexicon }: Grammar): Token[][] {
  const listed = sentences.slice(headed);
  const isList = listed.some((sentence) => {
    const head = phraseOf(sentence, lexicon)?.head;
    return head && lexicon.names.has(head.stem);
  });
  return isList ? listed : sentences;
}

function splitSentence(sentence: readonly Token[], grammar: Grammar): Token[][] {
  const parts: Token[][] = [[]];
  /** The first words behind commas: "perfume, and earplugs" are two. */
  const listed = new Set<Token>();
  for (const [at, token] of sentence.entries()) {
    if (beginsClause(sentence, at) && parts.at(-1)?.some(isLeft)) parts.push([]);
    const isJoin = !token.taken && !token.bound && joins.has(token.word);
    const said = isJoin && at > 0 ? softenedAt(sentence, at + 1) : 0;
    const soft = said > 0 && isAnotherThing(sentence, at, said, grammar) ? 0 : said;
    if (soft > 0) {
      take(sentence, at, soft + 1);
      if (!linking.has(sentence[at + soft + 1]?.word)) parts.at(-1)?.push(wordToken('with'));
    } else if (isJoin) parts.push([]);
    else {
      const before = sentence.slice(0, at).findLast(({ word }) => word !== 'and');
      if (parts.at(-1)?.length === 0 && before?.word === ',') listed.add(token);
      parts.at(-1)?.push(token);
    }
  }
  const full = sharedBrands(parts.filter((part) => part.some(isLeft)).slice(0, mostParts), grammar);
  const known = full.map((part) => isKnown(part, grammar));
  return full.flatMap((part, at) => {
    // "a salt and pepper mill", of which nothing is known, is one thing.
    const isCompound = (next: number) =>
      full[next] && isGoingOn(full[next], listed) && !known[next - 1] && !known[next];
    if (at > 0 && isCompound(at)) return [];
    const isOne = isCompound(at + 1);
    return isOne ? [[...part, ...full[at + 1]]] : [shareEnd(part, full[at + 1], grammar)];
  });
}

/** "A candle, *and maybe string lights*": a thing of its own, where none of the first is so. */
function isAnotherThing(
  sentence: readonly Token[],
  at: number,
  soft: number,
  { lexicon, things }: Grammar,
): boolean {
  if (sentence[at].word !== 'and') return false;
  const before = sentence.slice(0, at);
  const head = phraseOf(before.slice(Math.max(0, asksFrom(before))), lexicon)?.head;
  const next = phraseOf(sentence.slice(at + 1 + soft), lexicon)?.head;
  if (!head || !next || !lexicon.names.has(next.stem)) return false;
  return !things({ stems: [head.stem, next.stem], head: head.stem }).held.has(next.stem);
}

/** "…, *so we* need", "*while I* am here": another clause, which says something of its own. */
function beginsClause(tokens: readonly Token[], at: number): boolean {
  const { word, taken, bound } = tokens[at];
  const next = tokens[at + 1]?.word ?? '';
  const isThe = word === 'so' && next === 'the' && !isBeing(tokens[at + 2]?.word ?? '');
  // "So please show me", "so a lamp", but "so nice".
  const isAsking = word === 'so' && asking.has(next);
  return !taken && !bound && clauseWords.has(word) && (speakers.has(next) || isThe || isAsking);
}
const asking = new Set(
  'please show find give a an some any do can could would what which how maybe perhaps definitely only just no none nothing now this'.split(
    ' ',
  ),
);
const clauseWords = new Set('so because while since although though until'.split(' '));
const speakers = new Set('i we you he she it they my our there'.split(' '));

const isGoingOn = (next: readonly Token[], listed: ReadonlySet<Token>) =>
  !listed.has(next[0]) && !next.some(({ word }) => beginsThing.has(word));

function isKnown(part: readonly Token[], { lexicon }: Grammar): boolean {
  const head = phraseOf(part, lexicon)?.head;
  return !head || lexicon.names.has(head.stem);
}

const isLeft = ({ taken, kind, measure, saying }: Token) =>
  (!taken && kind !== 'sign') || measure !== null || saying !== null;

/**
 * What is said of the last is said of all: "dog and cat food" is two foods, "shampoo and conditioner for dry hair" are
 * both for dry hair.
 */
function shareEnd(part: Token[], next: Token[] | undefined, { lexicon, things }: Grammar): Token[] {
  // What is said of the last in a sentence is not said of another sentence.
  if (predicateOf(part) !== null) return part;
  const own = phraseOf(part, lexicon);
  const other = next ? phraseOf(next, lexicon) : null;
  const [head, last] = [own?.head, other?.head];
  if (!own || !other || !head || !last || next?.some(({ word }) => beginsThing.has(word))) return part;
  if (own.words.some(({ word }) => word === last.word) || own.words.length !== own.modifiers.length + 1)
    return part;
  const end = other.words.slice(other.words.indexOf(last) + 1);
  const both = things({ stems: [head.stem, last.stem], head: last.stem }).items;
  const isModifier =
    !lexicon.sayings.joins(head.stem, last.stem) &&
    both.some((item) => isBeside(item, head.stem, last.stem, lexicon));
  if (isModifier) return [...part, last, ...end];
  const isHeld = (stem: string) => things({ stems: [head.stem, stem], head: head.stem }).held.has(stem);
  return [...part, ...end.filter(({ stem }) => isHeld(stem))];
}

/** "Guitar Strings", "Candle Fig"; or a category says one of them: "Dogs > Food". */
function isBeside(
  item: number,
  first: string,
  second: string,
  { titleWords, categories, names }: Lexicon,
): boolean {
  const title = titleWords(item);
  const [a, b] = [title.indexOf(first), title.indexOf(second)];
  if (a >= 0 && b >= 0) return Math.abs(a - b) === 1;
  const category = categories.of(item);
  const isPlaced = (stem: string) => category?.words.has(stem) ?? false;
  // "knives or a santoku": of the two, the first is the kind.
  const isKind = category?.names.some((name) => name.includes(first)) ?? false;
  return (
    [first, second].every((stem) => includesSorted(names.get(stem) ?? [], item)) &&
    (isPlaced(second) || (isPlaced(first) && !isKind))
  );
}

/**
 * A part without a noun of its own says more about the one before, or about the first: "my skin is dry, I need a face
 * cream" is a face cream for dry skin.
 */
function joinLoose(
  parts: readonly Token[][],
  { tokens, beings }: { tokens: readonly Token[]; beings: ReadonlySet<Token> },
  grammar: Grammar,
): Token[][] {
  const { lexicon } = grammar;
  const joined: Token[][] = [];
  const isAlso = (part: readonly Token[]) => adding.has(tokens[tokens.indexOf(part[0]) - 1]?.word ?? '');
  const isForBeing = (part: readonly Token[] | undefined) =>
    part?.some((token) => beings.has(token)) ?? false;
  let open: Phrase | null = null;
  for (const part of parts) {
    const whole: Phrase | null = phraseOf(part, lexicon);
    const isMore: boolean = open !== null && goesOn(open, whole, part, lexicon);
    const phrase: Phrase | null = isMore && whole ? { ...whole, head: null } : whole;
    const isOther = isForBeing(part) && isForBeing(joined.at(-1));
    const last = joined.at(-1);
    // "Something warm and a lamp"
    const isAnother = isAlso(part) && phrase?.head != null && part.some(({ word }) => beginsThing.has(word));
    const isLastOpen = last !== undefined && isOpenWish(last, beings);
    // "Puppy food and something he can chew"
    const isNext = last !== undefined && asksOpenly(part);
    const isApart = isAlso(part)
      ? isNext ||
        (isAnother && last?.some(({ word, taken }) => !taken && anything.has(word))) ||
        (last !== undefined && (isOpenWish(part, beings) || (isLastOpen && phrase?.head != null)))
      : last !== undefined && isLastOpen && isOfOthers(phrase, last, beings, grammar);
    const isAbout = joined.length === 1 && open !== null && !open.head && phrase?.head && !isOther;
    const isOfBrand = joined.length === 1 && isBrandAlone(joined[0], lexicon) && phrase !== null;
    const isNamedNext = last !== undefined && isAbout && asksForState(last) && beginsThing.has(part[0].word);
    // "Something to cook on and something against sunburn"
    const isNextOpen = last !== undefined && asksOpenly(last) && asksOpenly(part);
    if (isApart || isNamedNext || isNextOpen) joined.push([...part]);
    else if (isOfBrand && !part.some(({ brand }) => brand)) joined[0].push(...part);
    else if (isAbout && open) joined.push(aboutThing(joined.pop() ?? [], open, part));
    else if (open?.head && phrase && tellsNothing(phrase, lexicon)) continue;
    else if (open && !phrase?.head && !isOther) joined.at(-1)?.push(...part);
    else joined.push([...part]);
    if (!open || phrase?.head || isOther || isApart) open = phrase ?? open;
  }
  return joined;
}

/** "I'd like the flat to smell nice. A candle": how it is to be is why; "I want something soft, a blanket" is of the thing. */
const asksForState = (part: readonly Token[]) =>
  part.some(({ word }) => word === 'to') && !part.some(({ word }) => anything.has(word));

/** "Sun lotion, we go on holiday": of what is told there, the catalogue has nothing. */
const tellsNothing = ({ describes, words }: Phrase, { knows }: Lexicon) =>
  describes && !words.some((token) => knows(token.stem) || knows(token.word) || needsTold(token) !== null);

const adding = new Set(['and', '&', '+', 'plus', 'also']);

/** "Something to cook on", "something he can chew": what it is for says what it is. */
export const asksOpenly = (part: readonly Token[]) =>
  part.some(({ word, taken }, at) => !taken && openings.has(word) && purposes.has(part[at + 1]?.word ?? ''));
const openings = new Set(['something', 'anything']);
const purposes = new Set('to against for that which with i we he she it they my our the his her'.split(' '));

/** "Something for my dog": whatever there is for somebody. */
export const isOpenWish = (part: readonly Token[], beings: ReadonlySet<Token>): boolean =>
  part.some((token) => beings.has(token)) && part.some(({ word, taken }) => !taken && anything.has(word));

/** "Something for my dog, a lamp": a lamp is nothing for dogs, where the catalogue has things of their own. */
function isOfOthers(
  phrase: Phrase | null,
  open: readonly Token[],
  beings: ReadonlySet<Token>,
  { lexicon, beings: categories }: Grammar,
): boolean {
  const head = phrase?.head;
  const being = beingOf(open.find((token) => beings.has(token)) ?? wordToken(''));
  const own = being ? categories.of(being).map(({ path }) => path) : [];
  const named = head ? (lexicon.names.get(head.stem) ?? []) : [];
  const isOwn = (item: number) => isWithin(lexicon.categories.of(item)?.path ?? '', own);
  return own.length > 0 && named.length > 0 && !named.some(isOwn);
}

/** "I only buy Wuffi. Leashes?" */
const isBrandAlone = (part: readonly Token[], lexicon: Lexicon) =>
  part.some(({ brand, taken }) => brand && !taken) && phraseOf(part, lexicon) === null;

/** "my hair is dull and flat": still about somebody. */
function goesOn(
  { describes }: Phrase,
  next: Phrase | null,
  part: readonly Token[],
  { names }: Lexicon,
): boolean {
  return describes && !names.has(next?.head?.stem ?? '') && !part.some(({ word }) => beginsThing.has(word));
}

/** "soft and warm blanket", but "a face cream for sensitive skin". */
function aboutThing(about: readonly Token[], { words, describes }: Phrase, thing: readonly Token[]): Token[] {
  const said = about.slice(about.indexOf(words[0]));
  return describes ? [...thing, wordToken('for'), ...said] : [...said, ...thing];
}
