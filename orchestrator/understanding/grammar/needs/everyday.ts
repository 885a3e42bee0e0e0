import type { Category } from '../../catalogue/categories.ts';
import type { Lexicon } from '../../catalogue/lexicon.ts';
import { needsSupported, needsTold, placesTold } from '../../words/everyday-needs.ts';
import { articles, describingWords, isFiller, plainVerbs } from '../../words/filler-words.ts';
import { isVerb, mayBeGoods } from '../../words/parts-of-speech.ts';
import { stemOf } from '../../words/stems.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { HeardWish } from '../heard.ts';
import { bodyParts, isBeing } from '../people/beings.ts';
import { isPerson } from '../people/for-whom.ts';
import type { Recipient } from '../people/recipients.ts';
import type { Phrase } from '../phrase.ts';
import { isWithin } from '../wishes/refine.ts';
import { isLonger, isOfWish, wishFor } from './need-wishes.ts';
import { isUsedUp, needsIn, type ToldNeeds } from './needs-told.ts';

const mostThings = 2;
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

/** Of several things, one that much less tells of is no second thought. */
const leastShare = 0.5;

/**
 * Things that serve a need told in everyday words, where nothing of the catalogue is named: "my dog pulls", "it is dark".
 * Only what the catalogue names is looked for, for a being only among its own things, and in the department for where
 * it is done, if that has some; what is "for" something, among what was wished for before. `whole` is the turn, of which
 * `part` is the part that is read.
 */
export function everydayWishes(
  part: readonly Token[],
  whole: readonly Token[],
  phrase: Phrase | null,
  recipient: Recipient | null,
  grammar: Grammar,
  wished: readonly string[],
): HeardWish[] {
  const { lexicon, beings } = grammar;
  if (isOfOnes(part)) return [];
  const said = part.filter((token) => token.kind === 'word' && !token.taken && token !== recipient?.token);
  const own = recipient ? beings.of(recipient.being) : [];
  const isOfPerson = recipient !== null && isPerson(recipient.being);
  const within = own.length > 0 && !isOfPerson ? own.map(({ path }) => path) : null;
  const told = needsIn(part, said, whole, recipient?.being ?? null);
  if (
    told.things.length === 0 ||
    isOfStranger(part, told, lexicon) ||
    !isNeed(part, said, phrase, { recipient, within, told }, lexicon)
  )
    return [];
  // "We are hungry": what animals eat is not for us.
  const isOurs = isOfPerson || (!recipient && part.some(({ word }) => us.has(word)));
  const closed = isOurs ? others.flatMap(beings.of).map(({ path }) => path) : [];
  const isOpen = (path: string) => (within === null || isWithin(path, within)) && !isWithin(path, closed);
  const served = (isHere: (path: string) => boolean) =>
    told.things.flatMap((each) => {
      const wish = wishFor(each.thing, isHere, lexicon);
      return wish ? [{ ...each, wish }] : [];
    });
  const departments = departmentsIn(whole, grammar);
  const there = served((path) => isOpen(path) && isWithin(path, departments));
  // "For coloured hair" after "a conditioner": what serves it among those.
  const isMore = part.find(({ kind, taken }) => kind === 'word' && !taken)?.word === 'for';
  const near = isMore ? served((path) => isOpen(path) && isWithin(path, wished)) : [];
  const all = near.length > 0 ? near : there.length > 0 ? there : served(isOpen);
  // Non-stick pans rather than pans, though much tells of pans; a whole category needs no second thing beside it.
  const isWide = ({ wish, rather }: (typeof all)[number]) =>
    all.some(
      (other) =>
        rather.has(other.thing.join(' ')) &&
        other.wish.words.length > wish.words.length &&
        isOfWish(wish, other.wish),
    );
  const narrow = all.filter((each) => !isWide(each));
  const found = narrow.filter(({ count }) => count >= leastShare * narrow[0].count).map(({ wish }) => wish);
  // Nor is the whole category a second thing beside one of it, nor a ring one beside a teething ring.
  const isTold = (wish: HeardWish, at: number) =>
    found.some(
      (other, place) =>
        place !== at &&
        (place < at ? other.text === wish.text || isOfWish(wish, other) : isLonger(other, wish)),
    );
  return found
    .filter((wish, at) => !isTold(wish, at))
    .slice(0, found[0]?.words.length === 0 ? 1 : mostThings)
    .map((wish) => ({
      ...ofStage(ownOf(wish, own), recipient, grammar),
      describes: phrase?.describes ?? false,
      isNeed: true,
    }));
}

/** The categories for where something is done, or for what is done there: Camping, for who hikes. */
function departmentsIn(whole: readonly Token[], { lexicon }: Grammar): string[] {
  return whole
    .filter(({ kind, brand }) => kind === 'word' && !brand)
    .flatMap((token) => placesTold(token).flatMap(([name]) => lexicon.categories.named(stemOf(name))))
    .map(({ path }) => path);
}

/** Of food, that for kittens, for puppies, for old ones: where some of its kind are called so. */
function ofStage(wish: HeardWish, recipient: Recipient | null, { lexicon }: Grammar): HeardWish {
  if (!recipient) return wish;
  const isOfKind = (item: number) => isWithin(lexicon.categories.of(item)?.path ?? '', wish.categories);
  const isSaidBy = (stem: string) => lexicon.categories.of(lexicon.titles.get(stem)?.find(isOfKind) ?? -1);
  const stem = [recipient.stage, recipient.token?.stem]
    .filter((each) => each !== undefined)
    .find((each) => isSaidBy(each) && !isSaidBy(each)?.words.has(each));
  return stem ? { ...wish, words: [...wish.words, lexicon.form(stem)] } : wish;
}

/** "One that smells of fig": of what is wished for already. */
const isOfOnes = (part: readonly Token[]) =>
  part.some(({ word, taken }, at) => /^ones?$/.test(word) && !taken && telling.has(part[at + 1]?.word));
const telling = new Set('that which with in for'.split(' '));

/** Of fragrances, those for men. */
function ownOf(wish: HeardWish, own: readonly Category[]): HeardWish {
  const categories = own.map(({ path }) => path).filter((path) => isWithin(path, wish.categories));
  return categories.length > 0 ? { ...wish, categories } : wish;
}

/** An asking word, an article, the thing, and "to". */
const mostBefore = 4;

interface Told {
  recipient: Recipient | null;
  within: readonly string[] | null;
  told: ToldNeeds;
}

/** A sentence about somebody, or words that name no thing; and nothing in it is called as the catalogue calls something. */
function isNeed(
  part: readonly Token[],
  said: readonly Token[],
  phrase: Phrase | null,
  { recipient, within, told: { explained, purpose } }: Told,
  lexicon: Lexicon,
): boolean {
  const { names, categories, callsThings, isBeside } = lexicon;
  const behind = recipient?.token ? part[part.indexOf(recipient.token) + 1] : undefined;
  const isSentence =
    purpose !== null ||
    part.some(({ word, taken }, at) => speakers.has(word) && !taken && !(word === 'to' && isOfHead(at))) ||
    states.has(behind?.word ?? '') ||
    (recipient?.token?.owns ?? false) ||
    isActivity(said, lexicon);
  // "Dry hair" is what items are called.
  const isCalled =
    said.length > 1 && said.every(({ stem }, at) => at === 0 || isBeside(said[at - 1].stem, stem));
  if (isCalled && !isSentence) return false;
  const isTelling = (token: Token) =>
    (needsTold(token) !== null || explained.has(token)) && !mayBeGoods(token);
  const isThing = (head: Token) =>
    !times.has(head.word) &&
    // "Sticky hands after lunch" are no hand cream.
    !(explained.has(head) && bodyParts.has(head.stem)) &&
    (names.has(head.stem) || (mayBeGoods(head) && !said.some(isTelling)));
  if (phrase?.head && !isSentence && isThing(phrase.head)) return false;
  // "A tent to sleep in" is a tent; "I have a knife to sharpen" is none.
  if (purpose && isOfNamed(part, part.indexOf(purpose))) return false;
  if (purpose)
    return (
      !isUsedUp(part, purpose) ||
      !said.slice(said.indexOf(purpose)).some((token) => isNamed(token) && token !== purpose)
    );
  const end = placeOfCircumstances(part);
  const first = new Set(end < 0 ? part : part.slice(0, end));
  // "Slicing *salmon*"
  if (isActivity(said, lexicon)) first.delete(said[1]);
  // "my skin gets burnt" tells how it is, "my hair is dry" only whose.
  const isHow = isSentence && said.some((token) => needsTold(token) && !bodyParts.has(token.stem));
  return !said.some(
    (token) =>
      first.has(token) &&
      isNamed(token) &&
      !(explained.has(token) && (isSentence || bodyParts.has(token.stem))) &&
      !(isHow && bodyParts.has(token.stem)) &&
      (needsTold(token) === null || !recipient),
  );

  /** "A notebook *to* write in" */
  function isOfHead(at: number): boolean {
    const head = phrase?.head ? part.indexOf(phrase.head) : -1;
    return (
      head >= 0 &&
      head < at &&
      part.slice(0, head).some(({ word }) => articles.has(word)) &&
      names.has(part[head].stem)
    );
  }

  function isOfNamed(tokens: readonly Token[], at: number): boolean {
    const before = tokens.slice(Math.max(0, at - mostBefore), at);
    return before.some(isNamed) && !before.some(({ word }) => word === 'have' || word === 'has');
  }

  function isNamed({ word, stem }: Token): boolean {
    // "The baby spits food": that there is food for dogs names nothing of a baby's.
    const isTheirs = (item: number) => within === null || isWithin(categories.of(item)?.path ?? '', within);
    return (
      (names.get(stem)?.some(isTheirs) ?? false) &&
      callsThings(stem) &&
      !isBeing(stem) &&
      !isFiller(word) &&
      !plainVerbs.has(word) &&
      !describingWords.has(word) &&
      !times.has(word)
    );
  }
}

/** "My car won't start in the cold": what is told is of a thing that the catalogue has nothing for. */
function isOfStranger(part: readonly Token[], { explained, things }: ToldNeeds, { names }: Lexicon): boolean {
  const [owner, ...behind] = part.filter(({ kind }) => kind === 'word');
  const at = behind.findIndex(({ word }) => verbs.has(word));
  const noun =
    at > 0 && at <= mostOfSubject ? behind[at - 1] : behind[1]?.word.endsWith('s') ? behind[0] : undefined;
  return (
    noun !== undefined &&
    whose.has(owner?.word ?? '') &&
    mayBeGoods(noun) &&
    !names.has(noun.stem) &&
    !isBeing(noun.stem) &&
    !bodyParts.has(noun.stem) &&
    !explained.has(noun) &&
    needsTold(noun) === null &&
    !needsSupported(noun).some((thing) => things.some((each) => each.thing.join(' ') === thing.join(' ')))
  );
}
const mostOfSubject = 3;
const verbs = new Set(
  'is are was were has have will does do did keeps keep gets get needs need always never can could'.split(
    ' ',
  ),
);

/** "*Peeling* apples takes ages": something is done; but "running socks" are called so. */
function isActivity([first, second]: readonly Token[], { isBeside }: Lexicon): boolean {
  return first?.word.endsWith('ing') && isVerb(first) && !(second && isBeside(first.stem, second.stem));
}

/** Where it begins to be told where and when, and no longer what; -1 where it never does. */
function placeOfCircumstances(part: readonly Token[]): number {
  return part.findIndex(({ word, taken }, at) => {
    const [before, next] = [part[at - 1]?.word, part[at + 1]?.word ?? ''];
    if (taken || at === 0) return false;
    // "Everything *in my* kitchen is blunt"
    if (locating.has(word) && whose.has(next)) return true;
    // "One of those bowls" names them, "I am after a conditioner" asks for one.
    const isOne = word === 'of' && ofSome.has(before ?? '');
    const isSought = word === 'after' && /^(?:am|are)$/.test(before ?? '');
    return at > 1 && around.has(word) && !isOne && !isSought;
  });
}
const ofSome = new Set(
  'one lot lots plenty loads tons cup cups pot pots mug glass bottle bag kind kinds sort sorts'.split(' '),
);
const locating = new Set('in at on off under behind inside across over onto from into'.split(' '));
const whose = new Set('my our his her their the'.split(' '));
