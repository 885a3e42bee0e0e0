import type { Category } from '../catalogue/categories.ts';
import type { Lexicon } from '../catalogue/lexicon.ts';
import { includesSorted } from '../catalogue/postings.ts';
import { needsSupported, needsTold } from '../words/everyday-needs.ts';
import { describingWords, isFiller, plainVerbs } from '../words/filler-words.ts';
import { mayBeGoods } from '../words/parts-of-speech.ts';
import { stemOf } from '../words/stems.ts';
import type { Token } from '../words/tokens.ts';
import { bodyParts, type Recipient } from './beings.ts';
import type { Grammar } from './grammar.ts';
import type { HeardWish } from './heard.ts';
import type { Phrase } from './phrase.ts';
import { isWithin } from './refine.ts';
import { emptyWish } from './wishes.ts';

const mostThings = 2;
const mostCategories = 4;
/** What stands behind these says where and when, and not what. */
const around = new Set(
  'at on in by of so beside behind under over near from during while because when with before after until next every each'.split(
    ' ',
  ),
);
const speakers = new Set('i we he she it they my our to who you'.split(' '));
const us = new Set('i we my our'.split(' '));
const others = ['dog', 'cat', 'pet', 'child'] as const;
const states = new Set(
  'has is needs wants keeps gets does can hates likes loves have got feels looks'.split(' '),
);
const times = new Set(
  'winter summer spring autumn season weather night nights morning evening day time year way room'.split(' '),
);

/**
 * Things that serve a need told in everyday words, where nothing of the catalogue is named: "my dog pulls", "it is dark".
 * Only what the catalogue names is looked for, and for a being only among its own things.
 */
export function everydayWishes(
  part: readonly Token[],
  phrase: Phrase | null,
  recipient: Recipient | null,
  { lexicon, beings }: Grammar,
): HeardWish[] {
  if (isOfOnes(part)) return [];
  const said = part.filter((token) => token.kind === 'word' && !token.taken && token !== recipient?.token);
  const tellers = purposeIn(part) ?? said.filter((token) => needsTold(token) !== null);
  const own = recipient ? beings.of(recipient.being) : [];
  const isPerson = ['man', 'woman', 'person'].includes(recipient?.being ?? '');
  const within = own.length > 0 && !isPerson ? own.map(({ path }) => path) : null;
  if (tellers.length === 0 || !isNeed(part, said, phrase, { recipient, within }, lexicon)) return [];
  // "We are hungry": what animals eat is not for us.
  const isOurs = isPerson || (!recipient && part.some(({ word }) => us.has(word)));
  const closed = isOurs ? others.flatMap(beings.of).map(({ path }) => path) : [];
  const isOpen = (path: string) => (within === null || isWithin(path, within)) && !isWithin(path, closed);
  const all = ranked(tellers, said).flatMap((stems) => wishFor(stems, isOpen, lexicon) ?? []);
  // Whole categories need no second thing beside them.
  const found = all[0]?.words.length === 0 ? all.slice(0, 1) : all;
  const isSaid = (wish: HeardWish, before: HeardWish) =>
    before.text === wish.text ||
    (before.words.length === 0 && wish.categories.every((path) => isWithin(path, before.categories)));
  return found
    .filter((wish, at) => !found.slice(0, at).some((before) => isSaid(wish, before)))
    .slice(0, mostThings)
    .map((wish) => ({ ...ownOf(wish, own), describes: phrase?.describes ?? false, isNeed: true }));
}

/** "Something warm *to drink* that lets me sleep": what it is for comes first. */
function purposeIn(part: readonly Token[]): Token[] | null {
  const to = part.findIndex(
    ({ word }, at) => at > 0 && word === 'to' && needsTold(part[at + 1] ?? part[at]) !== null,
  );
  const isAsked = part.slice(Math.max(0, to - 3), Math.max(0, to)).some(({ word }) => somethings.has(word));
  return to > 0 && isAsked && !part[to + 1].taken ? [part[to + 1]] : null;
}
const somethings = new Set('something anything stuff'.split(' '));

/** "One that smells of fig": of what is wished for already. */
const isOfOnes = (part: readonly Token[]) =>
  part.some(({ word, taken }, at) => /^ones?$/.test(word) && !taken && telling.has(part[at + 1]?.word));
const telling = new Set('that which with in for'.split(' '));

/** Of fragrances, those for men. */
function ownOf(wish: HeardWish, own: readonly Category[]): HeardWish {
  const categories = own.map(({ path }) => path).filter((path) => isWithin(path, wish.categories));
  return categories.length > 0 ? { ...wish, categories } : wish;
}

/** A sentence about somebody, or words that name no thing; and nothing in it is called as the catalogue calls something. */
function isNeed(
  part: readonly Token[],
  said: readonly Token[],
  phrase: Phrase | null,
  { recipient, within }: { recipient: Recipient | null; within: readonly string[] | null },
  { names, categories }: Lexicon,
): boolean {
  const behind = recipient?.token ? part[part.indexOf(recipient.token) + 1] : undefined;
  const isSentence =
    part.some(({ word, taken }) => speakers.has(word) && !taken) ||
    states.has(behind?.word ?? '') ||
    (recipient?.token?.owns ?? false);
  const isTelling = (token: Token) => needsTold(token) !== null && !mayBeGoods(token);
  const isThing = (head: Token) =>
    !times.has(head.word) && (names.has(head.stem) || (mayBeGoods(head) && !said.some(isTelling)));
  if (phrase?.head && !isSentence && isThing(phrase.head)) return false;
  // "One of those bowls" names them.
  const isOne = (at: number) => part[at].word === 'of' && part[at - 1].word === 'one';
  // "I am after a conditioner" asks for one.
  const isSought = (at: number) => part[at].word === 'after' && /^(?:am|are)$/.test(part[at - 1].word);
  const end = part.findIndex(
    ({ word, taken }, at) => at > 1 && around.has(word) && !taken && !isOne(at) && !isSought(at),
  );
  const first = new Set(end < 0 ? part : part.slice(0, end));
  // "my skin gets burnt" tells how it is, "my hair is dry" only whose.
  const isHow = isSentence && said.some((token) => needsTold(token) && !bodyParts.has(token.stem));
  // "The baby spits food": that there is food for dogs names nothing of a baby's.
  const isTheirs = (item: number) => within === null || isWithin(categories.of(item)?.path ?? '', within);
  const isNamed = ({ word, stem }: Token) =>
    (names.get(stem)?.some(isTheirs) ?? false) &&
    !isFiller(word) &&
    !plainVerbs.has(word) &&
    !describingWords.has(word) &&
    !times.has(word) &&
    !(isHow && bodyParts.has(stem));
  return !said.some(
    (token) => first.has(token) && isNamed(token) && (needsTold(token) === null || !recipient),
  );
}

/** Things told by more words first, then in the order of the list. */
function ranked(tellers: readonly Token[], said: readonly Token[]): (readonly string[])[] {
  const counts = new Map<string, { thing: readonly string[]; count: number }>();
  for (const teller of tellers) {
    const things = needsTold(teller) ?? [];
    for (const thing of things) {
      const known = counts.get(thing.join(' ')) ?? { thing, count: 0 };
      // What tells of few things tells more of each.
      known.count += 1 + 1 / things.length;
      counts.set(thing.join(' '), known);
    }
  }
  for (const thing of said.flatMap(needsSupported)) {
    const told = counts.get(thing.join(' '));
    if (told) told.count++;
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).map(({ thing }) => thing);
}

function wishFor(
  thing: readonly string[],
  isOpen: (path: string) => boolean,
  lexicon: Lexicon,
): HeardWish | null {
  const { categories, names, titles } = lexicon;
  const stems = thing.map(stemOf);
  const text = stems.map(lexicon.form).join(' ');
  const named = categories
    .named(stems[0])
    .filter(
      ({ names: own, path }) =>
        isOpen(path) && own.some((name) => stems.every((stem) => name.includes(stem))),
    );
  if (named.length > 0 && named.length <= mostCategories)
    return { ...emptyWish(text), categories: named.map(({ path }) => path), complete: true };
  const [first, ...rest] = stems;
  const items = (titles.get(first) ?? []).filter(
    (item) =>
      isOpen(categories.of(item)?.path ?? '') &&
      rest.every((stem) => includesSorted(names.get(stem) ?? [], item)),
  );
  if (items.length === 0) return null;
  const places = new Map<Category, number>();
  for (const item of items) {
    const category = categories.of(item);
    if (category) places.set(category, (places.get(category) ?? 0) + 1);
  }
  const usual = [...places].sort(([, a], [, b]) => b - a).map(([{ path }]) => path);
  return {
    ...emptyWish(text),
    categories: usual.slice(0, 1),
    words: stems.map(lexicon.form),
    complete: true,
  };
}
