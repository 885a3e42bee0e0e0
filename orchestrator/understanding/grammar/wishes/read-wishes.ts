import { holds } from '../../catalogue/find-things.ts';
import { known } from '../../catalogue/known.ts';
import { isUnknown } from '../../intent.ts';
import { articles, describingWords, isFiller } from '../../words/filler-words.ts';
import { sizeCalled } from '../../words/measures.ts';
import { mayBeGoods } from '../../words/parts-of-speech.ts';
import { type Token, wordToken } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { HeardWish, Reading } from '../heard.ts';
import { everydayWishes } from '../needs/everyday.ts';
import { giftIdeas } from '../needs/gift-ideas.ts';
import { categoriesFor, isPerson, stemsFor } from '../people/for-whom.ts';
import type { Recipient } from '../people/recipients.ts';
import { isForSomebody } from '../people/somebody-else.ts';
import { type Phrase, phraseOf } from '../phrase.ts';
import { asksFrom } from '../stories/asking.ts';
import { meantBefore } from '../stories/meant-before.ts';
import { isSameSentence, narrowedByNext } from './next-sentences.ts';
import { isWithin } from './refine.ts';
import { asksOpenly, isOpenWish, splitWishes } from './split-wishes.ts';
import { emptyWish, resolveWish } from './wishes.ts';

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

  /** For whom a part is: who is named in it, or the only one who is named and has no part of their own. */
  function recipientOf(part: readonly Token[], parts: readonly Token[][]): Recipient | null {
    const isIn = (some: readonly Token[]) => recipients.find(({ token }) => token && some.includes(token));
    const isOthers = parts.length > 1 && parts.some((other) => isIn(other) && isOpenWish(other, beings));
    const only = recipients.length === 1 && !isOthers ? recipients[0] : null;
    return isIn(part) ?? only ?? meantBefore(part, tokens, recipients);
  }

  function read(some: readonly Token[]): HeardWish[] {
    const all = splitWishes(some, beings, grammar);
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
        wish: parts.length > 1 && isOpen && wish && isForSomebody(wish) ? forOne(part, wish) : wish,
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
const pronouns = new Set('he she him her his they them their'.split(' '));

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

/** What is needed, where a part of a turn only tells how somebody is. */
function readNeed(
  part: readonly Token[],
  recipient: Recipient | null,
  { isToMachine, tokens, before, wished }: Reading,
  grammar: Grammar,
): HeardWish[] | null {
  if (isToMachine || part.some(({ brand, measure, saying }) => brand ?? measure ?? saying)) return null;
  const wishes = everydayWishes(
    part,
    [...tokens, ...before.places],
    phraseFor(part, recipient, grammar),
    recipient,
    grammar,
    wished,
  );
  return wishes.length > 0 ? wishes : null;
}

function readWish(
  part: readonly Token[],
  recipient: Recipient | null,
  { heard, tokens, company }: Reading,
  grammar: Grammar,
): HeardWish | null {
  const brands = part.flatMap(({ brand, taken }) => (brand && !taken ? [brand] : []));
  const measures = part.flatMap(({ measure }) => measure ?? []);
  const sayings = part.flatMap(({ saying }) => saying ?? []);
  const phrase = phraseFor(part, recipient, grammar);
  const isOpen =
    phrase === null ||
    (phrase.head === null &&
      phrase.words.every((token) => token === recipient?.token || isNeed(token, grammar)));
  if (isOpen && recipient && brands.length + measures.length + sayings.length === 0)
    return { ...wishFor(recipient, tokens, grammar), describes: phrase?.describes ?? false };
  if (!phrase) {
    const text = [...brands, ...measures, ...sayings].join(' ');
    const lone = {
      ...emptyWish(text, brands),
      words: sayings,
      measures,
      complete: brands.length > 0 && isLone(part),
    };
    return text === '' ? null : lone;
  }
  const { wish, unknown } = resolveWish(phrase, brands, recipient, grammar);
  // "something nice" asks for nothing.
  const isMere = phrase.words.every(({ word }) => describingWords.has(word));
  const isNothing = wish.words.length + wish.categories.length + brands.length + sayings.length === 0;
  const isEmpty = isNothing && measures.length === 0;
  // "I bought a spade, what would complement it?" asks for what comes next.
  const isAskedNext = heard.had.length + heard.liked.length > 0 && isOpenQuestion(part);
  if (isMere && isEmpty) return null;
  // "I bought a spade and I am so happy with it."
  const isTold = heard.had.length > 0 && wish.describes && isMere;
  if (isTold || (isAskedNext && (isUnknown(wish, unknown) || !wish.complete))) return null;
  heard.unknown.push(...unknown);
  const size = measures.length === 0 ? sizeSaid(phrase, wish, company, grammar) : null;
  const isAnything = !isNothing || unknown.length > 0;
  return {
    ...wish,
    complete: wish.complete && isAnything,
    measures: size ? [size] : measures,
    ...(size ? { guessed: [size] } : {}),
    words: [...wish.words, ...sayings, ...stageOf(recipient, wish, grammar)],
    narrows: recipient ? narrowingFor(recipient, grammar) : [],
  };
}

const narrowingFor = (recipient: Recipient, grammar: Grammar): string[] => [
  ...(recipient.stage ? [recipient.stage] : []),
  ...stemsFor(recipient, grammar),
];

/** "Dog food for an old dog": senior, where things of this kind are called so. */
function stageOf(recipient: Recipient | null, { categories }: HeardWish, { lexicon }: Grammar): string[] {
  const stage = recipient?.stage;
  const isOfKind = (item: number) => isWithin(lexicon.categories.of(item)?.path ?? '', categories);
  return stage && categories.length > 0 && lexicon.names.get(stage)?.some(isOfKind) ? [stage] : [];
}

/** "A large cap", "a harness for a big dog", "a tent for my wife and me": a size, where things of this kind come in it. */
function sizeSaid(
  { words }: Phrase,
  wish: HeardWish,
  company: number | null,
  { lexicon }: Grammar,
): string | null {
  if (wish.categories.length === 0) return null;
  const stems = wish.words.flatMap(lexicon.stemsOf);
  const comesIn = (key: string) =>
    lexicon.sized
      .get(key)
      ?.some(
        (item) =>
          isWithin(lexicon.categories.of(item)?.path ?? '', wish.categories) &&
          stems.every((stem) => holds(lexicon, item, stem)),
      );
  const size = words.flatMap(({ word }) => sizeCalled(word) ?? []).find((each) => comesIn(`size:${each}`));
  if (size) return `size ${size.toUpperCase()}`;
  return company && comesIn(`people:${company}`) ? peopleText(company) : null;
}

const peopleText = (count: number) => (count === 1 ? '1 person' : `${count} people`);

/** A being that something is for is not what is looked for; nor is what it does: "my boss retires". */
function phraseFor(part: readonly Token[], recipient: Recipient | null, { lexicon }: Grammar): Phrase | null {
  const phrase = phraseOf(part, lexicon);
  const token = recipient?.token;
  const next = token && part.includes(token) ? part[part.indexOf(token) + 1] : undefined;
  const isDoing =
    token === phrase?.words[0] &&
    next !== undefined &&
    next === phrase?.head &&
    !lexicon.names.has(next.stem);
  const isAbout = phrase && (phrase.head === token || isDoing);
  return isAbout ? { ...phrase, head: null, describes: true } : phrase;
}

const isOpenQuestion = (part: readonly Token[]) =>
  openers.has(part.find(({ taken, kind }) => !taken && kind === 'word')?.word ?? '');
const openers = new Set('what how anything something any'.split(' '));

/** "only from Wuffi" says more about a wish; "Wuffi" alone, or "anything by Wuffi", is one; "the Wuffi ones" are of it. */
const isLone = (part: readonly Token[]) =>
  !['from', 'by', 'of'].includes(part.find(({ taken, word }) => !taken && !limiting.has(word))?.word ?? '') &&
  !part.some(({ word }) => word === 'ones');
const limiting = new Set('only just but and please preferably exclusively solely ok okay'.split(' '));

/** Words that tell how somebody is, and that no item is called by. */
const isNeed = (token: Token, { lexicon, isOrdinary }: Grammar) =>
  known(token, lexicon) === null && (isOrdinary(token.word) || isOrdinary(token.stem));

/** "a gift for my dad", "my cat is bored": only for whom it is was said. */
function wishFor(recipient: Recipient, tokens: readonly Token[], grammar: Grammar): HeardWish {
  const { token, being } = recipient;
  const said = tokens.filter(({ kind, taken }) => kind === 'word' && !taken);
  const categories = categoriesFor(recipient, said, grammar).map(({ path }) => path);
  // In a word of the catalogue, where it has one: for babies, not for daughters.
  const known = token && (categories.length === 0 || grammar.lexicon.knows(token.stem)) ? token.word : null;
  const text = `for ${known ?? grammar.beings.words(being)[0] ?? token?.word ?? being}`;
  return { ...emptyWish(text), categories, narrows: narrowingFor(recipient, grammar) };
}
