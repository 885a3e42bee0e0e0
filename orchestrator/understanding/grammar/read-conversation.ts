import { pathMark } from '../catalogue/categories.ts';
import type { Intent, Wish } from '../intent.ts';
import type { Grammar } from './grammar.ts';
import { longestTurn } from './guard.ts';
import type { Heard, HeardWish, Turn } from './heard.ts';
import { readTurn } from './read-turn.ts';
import { refine, saysMore } from './refine.ts';
import { settleDenials } from './settle-denials.ts';

/** Earlier turns have little to say. */
const mostTurns = 20;
/** Far more than people type; all turns are read again for each answer, and meanwhile nobody else is answered. */
const longestRead = 3000;
const mostExclusions = 60;
/** Each of them is a search of its own. */
const mostWishes = 10;

/** Reads a conversation turn by turn: a new wish replaces the old one, and what says more about it refines it. */
export function readConversation(turns: readonly Turn[], grammar: Grammar): Intent {
  let state: Intent = nothing();
  let shown: readonly string[] = [];
  let before: Heard | undefined;
  const seen = new Set<string>();
  for (const turn of latest(turns)) {
    const heard = readTurn(turn, shown, grammar, before);
    before = heard;
    state = settleDenials(join(state, heard, [...seen], grammar), grammar);
    if (turn.shown.length > 0) shown = turn.shown;
    for (const id of turn.shown) seen.add(id);
  }
  // What was unknown in a wish before is no matter of a question.
  return state.question ? { ...state, wishes: [], limits: [], without: [], unknown: [] } : state;
}

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

export function nothing(): Intent {
  return {
    wishes: [],
    without: [],
    limits: [],
    order: null,
    had: [],
    liked: [],
    question: null,
    mended: [],
    unknown: [],
  };
}

function join(before: Intent, heard: Heard, seen: readonly string[], grammar: Grammar): Intent {
  const adds = heard.adds && heard.wishes.some(({ complete, narrows }) => complete || narrows.length > 0);
  const isMore =
    !adds &&
    !heard.forget &&
    before.wishes.length > 0 &&
    heard.wishes.every((wish) => saysMore(before.wishes, wish, grammar));
  const isNew = heard.forget || (heard.wishes.length > 0 && !isMore && !adds);
  const kept = isNew ? { ...nothing(), had: before.had } : before;
  const wishes = wishesOf(before, kept, heard, isMore, grammar);
  const without = [...kept.without, ...heard.without].slice(-mostExclusions);
  if (heard.others && seen.length > 0)
    without.push({ text: 'what was shown', categories: [], brands: [], words: [], item_ids: [...seen] });
  const fields = new Set(heard.limits.map(({ field }) => field));
  return {
    wishes,
    without,
    limits: [...kept.limits.filter(({ field }) => !fields.has(field)), ...heard.limits],
    order: heard.order ?? kept.order,
    had: [...new Set([...kept.had, ...heard.had])],
    liked: [...new Set([...kept.liked, ...heard.liked])],
    question: heard.question,
    mended: [...kept.mended, ...heard.mended],
    unknown: [...new Set([...(isNew ? [] : before.unknown), ...heard.unknown])],
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
  if (heard.wishes.length === 0) return heard.had.length > 0 ? [] : wishes;
  if (isMore) return refine(wishes, heard.wishes, grammar);
  return [...wishes, ...heard.wishes.map((wish) => besides(before.wishes, bare(wish)))].slice(-mostWishes);
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

const bare = ({ text, categories, brands, words, measures }: HeardWish): Wish => ({
  text,
  categories,
  brands,
  words,
  measures,
});
