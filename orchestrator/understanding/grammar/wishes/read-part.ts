import { holds } from '../../catalogue/find-things.ts';
import { known } from '../../catalogue/known.ts';
import { isUnknown } from '../../intent.ts';
import { describingWords } from '../../words/filler-words.ts';
import { sizeCalled } from '../../words/measures.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { HeardWish, Reading } from '../heard.ts';
import { everydayWishes } from '../needs/everyday.ts';
import { categoriesFor, stemsFor } from '../people/for-whom.ts';
import type { Recipient } from '../people/recipients.ts';
import { type Phrase, phraseOf } from '../phrase.ts';
import { isWithin } from './refine.ts';
import { emptyWish, resolveWish } from './wishes.ts';

/** What is needed, where a part of a turn only tells how somebody is. */
export function readNeed(
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

/** What a part asks for; null where it asks for nothing. */
export function readWish(
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
export function wishFor(recipient: Recipient, tokens: readonly Token[], grammar: Grammar): HeardWish {
  const { token, being } = recipient;
  const said = tokens.filter(({ kind, taken }) => kind === 'word' && !taken);
  const categories = categoriesFor(recipient, said, grammar).map(({ path }) => path);
  // In a word of the catalogue, where it has one: for babies, not for daughters.
  const known = token && (categories.length === 0 || grammar.lexicon.knows(token.stem)) ? token.word : null;
  const text = `for ${known ?? grammar.beings.words(being)[0] ?? token?.word ?? being}`;
  return { ...emptyWish(text), categories, narrows: narrowingFor(recipient, grammar) };
}
