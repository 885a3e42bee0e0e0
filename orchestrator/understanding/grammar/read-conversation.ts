import { pathMark } from '../catalogue/categories.ts';
import { emptyIntent, type Intent, isAboutShop, isUnknown, type Limit, type Wish } from '../intent.ts';
import { withoutParts } from '../parts.ts';
import { isFiller } from '../words/filler-words.ts';
import type { Grammar } from './grammar.ts';
import { type Heard, type HeardWish, isMere, type Turn } from './heard.ts';
import type { Hearing } from './heard-turns.ts';
import { kindOfItem } from './items/kind-of-item.ts';
import { joinLimits } from './limits/join-limits.ts';
import { isBeing } from './people/beings.ts';
import { forSomebodyElse, isForSomebody, withoutTheirs } from './people/somebody-else.ts';
import { isWhy } from './stories/reasons.ts';
import { longestTurn } from './talk/guard.ts';
import { corrected, isNarrowed, isOfBrand, isWithin, refine, saysMore } from './wishes/refine.ts';
import {
  choosesAmong,
  comparedEach,
  freedOfBrands,
  withoutMissing,
  withoutRuledOut,
} from './wishes/wished-before.ts';
import { forNobody, joinWithout, whatWasShown } from './without/join-without.ts';
import { fallenLimits, stillRuledOut, takenBack } from './without/lasting.ts';
import { settleDenials } from './without/settle-denials.ts';

/** Earlier turns have little to say. */
const mostTurns = 20;
/** Far more than people type; all turns may have to be read for one answer, and meanwhile nobody else is answered. */
const longestRead = 3000;
/** Each of them is a search of its own. */
const mostWishes = 10;

/** Reads a conversation turn by turn: a new wish replaces the old one, and what says more about it refines it. */
export function readConversation(turns: readonly Turn[], grammar: Grammar, hearing: Hearing): Intent {
  let state: Intent = emptyIntent();
  let [shown, spoken]: (readonly string[])[] = [[], []];
  let before: Heard | undefined;
  const seen = new Set<string>();
  const lists: Intent[] = [];
  for (const turn of latest(turns)) {
    const wished = state.wishes.flatMap(({ categories }) => categories);
    const heard = hearing.next(turn, { shown, spoken, wished }, before);
    before = heard;
    const earlier = heard.back === 'first' ? lists[0] : heard.back ? lists.at(-2) : undefined;
    state = earlier ? goBack(earlier, state) : settleDenials(join(state, heard, [...seen], grammar), grammar);
    if (turn.removed) state = withoutParts(state, turn.removed);
    const { question } = heard;
    if (turn.shown.length > 0 && !question && !heard.recalls) lists.push(state);
    // The answer to a question is no new list: "the second one" is still that of the list before.
    const isAnswer = question !== null && !isAboutShop(question) && shown.length > 0;
    if (turn.shown.length > 0 && !isAnswer) shown = turn.shown;
    if (!isAboutShop(question) && !heard.leaves && !heard.greets && heard.recalls !== 'wish')
      spoken = heard.spoken;
    for (const id of turn.shown) seen.add(id);
  }
  // "A lamp, and do you deliver?" wishes for one; what was asked for before waits.
  if (before && isAboutShop(before.question) && asksBeside(before)) return state;
  // What was unknown in a wish before is no matter of a question.
  return state.question
    ? { ...state, wishes: [], limits: [], without: [], order: null, liked: [], unknown: [] }
    : state;
}

const asksBeside = ({ wishes, without, limits, order, others, liked }: Heard) =>
  wishes.length + without.length + limits.length + liked.length > 0 || order !== null || others;

/** Of turns before the longest that are read, only the lists count. */
function latest(turns: readonly Turn[]): Turn[] {
  let left = longestRead;
  const read: Turn[] = [];
  for (const turn of turns.slice(-mostTurns).reverse()) {
    read.unshift(left > 0 ? turn : { ...turn, text: '' });
    left -= Math.min(turn.text.length, longestTurn);
  }
  return read;
}

/** What was bought since then, and what somebody does not bear, stays. */
function goBack(earlier: Intent, now: Intent): Intent {
  const texts = new Set(earlier.without.map(({ text }) => text));
  const since = now.without.filter(({ stays, text }) => stays && !texts.has(text));
  return { ...earlier, ...hadOf(now), without: [...earlier.without, ...since], no_longer: undefined };
}

function join(earlier: Intent, heardNow: Heard, seen: readonly string[], grammar: Grammar): Intent {
  const missed = withoutMissing(earlier, heardNow);
  const freed = takenBack(missed.without, heardNow, grammar.lexicon);
  const before = freed ? { ...missed, without: freed.without } : missed;
  const said = comparedEach(freed ? { ...heardNow, wishes: freed.wishes } : heardNow, before);
  // "Sorry, I meant for my dog" says it on both sides of the change.
  const once = [...new Map(said.wishes.map((wish) => [wish.text, wish])).values()];
  const heard = { ...said, wishes: once.filter((wish) => isWish(wish, before, said)) };
  const others = wishesForOthers(before, heard, grammar);
  if (others) return forOthers(before, heard, others);
  const isOfMore = (wish: HeardWish) => isOfBrand(wish) && saysMore(before.wishes, wish, grammar);
  const isAdded = (wish: HeardWish) =>
    (wish.complete && !isOfMore(wish)) || (wish.narrows.length > 0 && !isMere(wish));
  const adds = heard.adds && heard.wishes.some(isAdded);
  const isChosen = !adds && !heard.forget && choosesAmong(before.wishes, heard.wishes);
  const isMore =
    !adds &&
    !isChosen &&
    !heard.forget &&
    before.wishes.length > 0 &&
    (heard.softens ||
      (heard.only && before.wishes.every(isOfBrand)) ||
      heard.wishes.every((wish) => saysMore(before.wishes, wish, grammar)));
  const isNew = heard.forget || (heard.wishes.length > 0 && !isMore && !adds);
  const kept = isChosen ? { ...before, wishes: [] } : isNew ? { ...emptyIntent(), ...hadOf(before) } : before;
  const joined = wishesOf(before, kept, heard, isMore, grammar);
  const ruledOut = isNew && !heard.clears ? stillRuledOut(before, joined, grammar.lexicon) : kept.without;
  const without = joinWithout(ruledOut, heard, joined, grammar);
  const ruled = withoutRuledOut(freedOfBrands(joined, heard), without, grammar.lexicon);
  const wishes =
    isNew && heard.corrects ? ruled.map((wish) => corrected(before.wishes, wish, grammar)) : ruled;
  // "I have the first already, what else?" may go on with the rest of the list.
  if (heard.others && heard.had.length === 0) without.push(...whatWasShown(seen));
  const had = [...new Set([...kept.had, ...heard.had])];
  const left = wishes.length === 0 && heard.had.length > 0 ? forNobody(without, had, grammar) : without;
  const limits = joinLimits(heard.corrects ? before.limits.filter(isOfAny) : kept.limits, heard);
  const fallen = heard.clears ? [] : fallenLimits(before.limits, limits);
  return {
    wishes,
    without: left,
    limits,
    ...(isNew && fallen.length > 0 ? { no_longer: fallen } : {}),
    order: heard.order ?? kept.order,
    count: heard.count ?? kept.count,
    had,
    ...examplesOf([...(kept.examples ?? []), ...heard.examples]),
    liked: [...new Set([...kept.liked, ...heard.liked])],
    question: heard.question,
    mended: [...kept.mended, ...heard.mended],
    unknown: [...new Set([...(isNew ? [] : before.unknown), ...heard.unknown])],
    unread: heard.unread,
    ...(heard.leaves ? { leaves: true } : {}),
    ...(heard.greets ? { greets: true } : {}),
    ...(heard.recalls ? { recalls: heard.recalls } : {}),
    ...(heard.afterLatest || kept.after_latest ? { after_latest: true } : {}),
  };
}

const examplesOf = (ids: readonly string[]) => (ids.length > 0 ? { examples: [...new Set(ids)] } : {});
const hadOf = ({ had, examples = [] }: Intent) => ({ had, ...examplesOf(examples) });

/** Whatever thing is meant, it has a price and a stock; a colour it may not come in. */
const isOfAny = ({ field }: Limit) => field === 'price' || field === 'stock';

/**
 * "Something for my mother" narrows a wish; alone it asks for nothing in particular. Beside what points at the list, words
 * that no item has ask for nothing else: "the second one looks lush, any of that sort?".
 */
function isWish(wish: HeardWish, before: Intent, heard: Heard): boolean {
  const { kindOf, liked, others, unknown, without } = heard;
  // "My son is allergic to milk": nothing is asked for him.
  const isTold = isForAnybody(wish) && without.some(({ stays }) => stays);
  if (before.wishes.length === 0) return !isMere(wish) && !isTold;
  if (isWhy(wish, heard)) return false;
  return !((others || kindOf.length + liked.length > 0) && isUnknown(wish, unknown));
}

const isForAnybody = ({ text, categories, words, brands, measures }: HeardWish) =>
  categories.length + words.length + brands.length + measures.length === 0 &&
  text.split(' ').every((word) => isFiller(word) || isBeing(word));

/** "For my baby instead", and no kind of thing of the wishes before is for babies: what there is for them. */
function wishesForOthers(before: Intent, { wishes, changes, adds }: Heard, grammar: Grammar): Wish[] | null {
  const [only] = wishes;
  if (wishes.length !== 1 || !isForSomebody(only)) return null;
  const others = forSomebodyElse(before.wishes, only, grammar.lexicon);
  if (
    others ||
    !(changes || (only.isOpen && !adds)) ||
    only.categories.length === 0 ||
    before.wishes.length === 0
  )
    return others;
  const isKept = before.wishes.some((wish) => wish.categories.length > 0 && isNarrowed(wish, only, grammar));
  return isKept ? null : [bare(only)];
}

/** The wishes for somebody else; what else was asked for stays. */
function forOthers(before: Intent, { without, ...heard }: Heard, wishes: Wish[]): Intent {
  return {
    ...before,
    wishes,
    without: [...withoutTheirs(before.without, wishes), ...withoutTheirs(without, wishes)],
    limits: joinLimits(before.limits, heard),
    order: heard.order ?? before.order,
    count: heard.count ?? before.count,
    liked: [],
    question: null,
    no_longer: undefined,
  };
}

/** Where only things were told that somebody has, nothing is wished for any longer: what comes next is asked. */
function wishesOf(
  before: Intent,
  { wishes }: Intent,
  heard: Heard,
  isMore: boolean,
  grammar: Grammar,
): Wish[] {
  if (heard.wishes.length === 0 && wishes.length === 0 && heard.implied) return [bare(heard.implied)];
  const like = heard.kindOf.length > 0 ? heard.kindOf : wishes.length > 1 ? heard.liked : [];
  if (heard.wishes.length === 0 && like.length > 0) return ofTheirKind(like, wishes, grammar);
  // "I have the first already, what else?" goes on with the wish.
  const tells = heard.had.length > 0 || heard.afterLatest;
  if (heard.wishes.length === 0) return tells && !heard.others ? [] : wishes;
  if (isMore) return refine(wishes, heard.wishes, heard.adds, grammar);
  return [...wishes, ...heard.wishes.map((wish) => besides(before.wishes, bare(wish)))].slice(-mostWishes);
}

/** "Anything cheaper?" is about what was wished for, or about things like the one that was asked about. */
function ofTheirKind(ids: readonly string[], wishes: Wish[], { lexicon }: Grammar): Wish[] {
  const kind = kindOfItem(ids[0], lexicon);
  const alike = wishes.filter(({ categories }) => kind && isWithin(kind.categories[0], categories));
  const isOpen = wishes.some(({ categories }) => categories.length === 0);
  if (alike.length > 0) return alike;
  return !kind || isOpen ? wishes : [kind];
}

/** "food" after "cat toys" is cat food: of several categories, those beside what was wished for before are meant. */
function besides(before: readonly Wish[], wish: Wish): Wish {
  const parentOf = (path: string) => path.split(pathMark).slice(0, -1).join(pathMark);
  const parents = new Set(
    before
      .flatMap(({ categories }) => categories)
      .map(parentOf)
      .filter(Boolean),
  );
  const beside = wish.categories.filter((path) => parents.has(parentOf(path)));
  return beside.length > 0 ? { ...wish, categories: beside } : wish;
}

const bare = ({ text, categories, brands, words, measures, guessed }: HeardWish): Wish => ({
  text,
  categories,
  brands,
  words,
  measures,
  ...(guessed ? { guessed } : {}),
});
