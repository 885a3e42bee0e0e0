import { isUnknown } from '../../intent.ts';
import { articles, describingWords, isFiller } from '../../words/filler-words.ts';
import { mayBeGoods } from '../../words/parts-of-speech.ts';
import { type Token, wordToken } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { HeardWish, Reading } from '../heard.ts';
import { giftIdeas } from '../needs/gift-ideas.ts';
import { isPerson } from '../people/for-whom.ts';
import type { Recipient } from '../people/recipients.ts';
import { isForSomebody } from '../people/somebody-else.ts';
import { phraseOf } from '../phrase.ts';
import { asksFrom } from '../stories/asking.ts';
import { meantBefore, pronouns } from '../stories/meant-before.ts';
import { isSameSentence, narrowedByNext } from './next-sentences.ts';
import { readNeed, readWish, wishFor } from './read-part.ts';
import { isWithin } from './refine.ts';
import { asksOpenly, isOpenWish, splitWishes } from './split-wishes.ts';

const mostWishes = 10;

/** Reads what is left of a turn as wishes: one or several. */
export function readWishes(reading: Reading, grammar: Grammar): void {
  const { heard, recipients, tokens, change } = reading;
  const earlierOne = earlierRecipient(reading);
  // What animals and children need is of their own.
  const youngOne = earlierOne && !isPerson(earlierOne.being) ? earlierOne : null;
  const beings = new Set(recipients.flatMap(({ token }) => token ?? []));
  const place = change ? tokens.indexOf(change) : 0;
  const later = read(tokens.slice(place));
  const isChanged = later.some(({ complete }) => complete);
  heard.wishes.push(...(isChanged ? later : [...read(tokens.slice(0, place)), ...later]));
  const [recipient] = recipients;
  const own = recipient ? grammar.beings.of(recipient.being).map(({ path }) => path) : [];
  // "A present for a friend who does yoga": something for yoga.
  const isOpen = ({ words, ...wish }: HeardWish) => {
    const left = words.filter((word) => !describingWords.has(word));
    // "Secret santa at the office": where it is given, of which nothing is called.
    const isPlace = left.length + wish.categories.length + wish.brands.length + wish.measures.length === 0;
    return (
      (isPlace || isForSomebody({ ...wish, words: left })) &&
      wish.categories.every((path) => isWithin(path, own))
    );
  };
  // "Cheaper than the Sonata guitar, for my son": what is given was named.
  const isLike = heard.limits.some(({ firm, other_than }) => firm && !other_than);
  if (!heard.question && !isLike && heard.wishes.every(isOpen)) {
    const ideas = giftIdeas(tokens, recipient ?? null, grammar, reading.isFirst, heard.had.length > 0);
    if (ideas.length > 0) heard.wishes = ideas;
  }
  if (!recipient) return;
  if (heard.wishes.length === 0) heard.wishes.push(wishFor(recipient, tokens, grammar));
  const wished = heard.wishes.flatMap(({ categories }) => categories);
  const served = recipients.map(({ being }) => being);
  heard.without.push(...grammar.beings.others(served, wished));

  /** "A gift for my sister and a lamp": what people give, as one wish beside others. */
  function forOne(part: readonly Token[], wish: HeardWish): HeardWish {
    const own = recipients.find(({ token }) => token && part.includes(token)) ?? null;
    const ideas = giftIdeas(tokens, own, grammar, true);
    const categories = ideas.length > 0 ? ideas.flatMap((idea) => idea.categories) : wish.categories;
    return { ...wish, categories, complete: true };
  }

  /** Alone it may still say more of the wish before. */
  function openWish(part: readonly Token[], wish: HeardWish, parts: readonly Token[][]): HeardWish {
    return { ...(parts.length > 1 ? forOne(part, wish) : wish), isOpen: true };
  }

  /** For whom a part is: who is named in it, or the only one who is named and has no part of their own. */
  function recipientOf(part: readonly Token[], parts: readonly Token[][]): Recipient | null {
    const isIn = (some: readonly Token[]) => recipients.find(({ token }) => token && some.includes(token));
    const isOthers = parts.length > 1 && parts.some((other) => isIn(other) && isOpenWish(other, beings));
    const only = recipients.length === 1 && !isOthers ? recipients[0] : null;
    return isIn(part) ?? only ?? meantBefore(part, tokens, recipients);
  }

  function read(some: readonly Token[]): HeardWish[] {
    const narrows = reading.wished.length > 0 && heard.limits.length > 0;
    const all = splitWishes(some, beings, grammar, narrows);
    const parts = all.slice(0, mostWishes);
    heard.unread.push(
      ...all.slice(mostWishes).flatMap((part) => phraseOf(part, grammar.lexicon)?.text ?? []),
    );
    let isOpen = false;
    let [last, lastFor]: [readonly Token[], Recipient | null] = [[], null];
    const read = parts.map((part) => {
      // "Presents for mum and dad"
      isOpen = isOpenWish(part, beings) || (isOpen && isOnlyFor(part, beings));
      // "He needs a collar and some toys": both are for him.
      const recipient =
        recipientOf(part, parts) ?? (isSameSentence(tokens, last, part) ? lastFor : null) ?? youngOne;
      [last, lastFor] = [part, recipient];
      const needs = readNeed(part, recipient ?? earlierOne, reading, grammar);
      const wish = needs ? null : readWish(part, recipient, reading, grammar);
      return {
        part,
        needs,
        wish: isOpen && wish && isForSomebody(wish) ? openWish(part, wish, parts) : wish,
        isAsked: asksFrom(part) >= 0 || articles.has(part[0]?.word),
      };
    });
    // Where a thing is named, what is told beside it is how it came about; so it is where no shop's thing of that name is here.
    const isNamed = read.some(
      ({ wish, isAsked }) =>
        isAsked && wish?.complete && (!isUnknown(wish, heard.unknown) || mayBeThing(wish)),
    );
    const found = read.flatMap(({ part, needs, wish }) =>
      [(isNamed && !asksOpenly(part) ? null : needs) ?? wish ?? []]
        .flat()
        .map((each) => ({ wish: each, part })),
    );
    const wishes = narrowedByNext(some, found, grammar);
    const told = withoutTalk(wishes, reading, grammar);
    const named = told.filter(({ complete }) => complete);
    return told.filter(
      (wish, at) =>
        told.findIndex((other) => other.text === wish.text) === at &&
        // "dog food, my dog eats no chicken": for whom it is, is said once more.
        !(
          isForSomebody(wish) &&
          !wish.complete &&
          named.some(({ categories }) => categories.some((path) => isWithin(path, wish.categories)))
        ),
    );
  }
}

/** "He needs something to eat": the one who was told of in a turn before. */
function earlierRecipient({ before, recipients, tokens }: Reading): Recipient | null {
  const [only, ...others] = before.recipients;
  const isMeant =
    others.length === 0 && recipients.length === 0 && tokens.some(({ word }) => pronouns.has(word));
  return only && isMeant ? { ...only, token: null } : null;
}

/** "It drives me up the wall": beside a wish, words of which no item has any and no shop sells ask for nothing. */
function withoutTalk(wishes: HeardWish[], { heard, tokens }: Reading, { lexicon }: Grammar): HeardWish[] {
  const isTalk = (wish: HeardWish) =>
    wish.words.length > 0 &&
    isUnknown(wish, heard.unknown) &&
    !tokens.some(
      (token) => wish.text.includes(token.word) && mayBeGoods(token) && !lexicon.names.has(token.stem),
    );
  const talk = wishes.filter(isTalk);
  if (talk.length === 0 || talk.length === wishes.length) return wishes;
  const said = new Set(talk.flatMap(({ words }) => words));
  heard.unknown = heard.unknown.filter((word) => !said.has(word));
  return wishes.filter((wish) => !talk.includes(wish));
}

const mayBeThing = ({ words }: HeardWish) => words.some((word) => mayBeGoods(wordToken(word)));

const isOnlyFor = (part: readonly Token[], beings: ReadonlySet<Token>) =>
  part.every((token) => token.taken || token.kind === 'sign' || beings.has(token) || isFiller(token.word));
