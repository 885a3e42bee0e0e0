import type { Intent, Wish } from '../intent.ts';
import type { Grammar } from './grammar.ts';
import type { Heard, HeardWish, Turn } from './heard.ts';
import { readTurn } from './read-turn.ts';
import { refine, saysMore } from './refine.ts';
import { settleDenials } from './settle-denials.ts';

/** Earlier turns have little to say. */
const mostTurns = 30;

/** Reads a conversation turn by turn: a new wish replaces the old one, and what says more about it refines it. */
export function readConversation(turns: readonly Turn[], grammar: Grammar): Intent {
  let state: Intent = nothing();
  let shown: readonly string[] = [];
  let before: Heard | undefined;
  const seen = new Set<string>();
  for (const turn of turns.slice(-mostTurns)) {
    const heard = readTurn(turn, shown, grammar, before);
    before = heard;
    state = settleDenials(join(state, heard, [...seen], grammar), grammar);
    if (turn.shown.length > 0) shown = turn.shown;
    for (const id of turn.shown) seen.add(id);
  }
  return state.question ? { ...state, wishes: [], limits: [], without: [] } : state;
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
  const isMore =
    before.wishes.length > 0 && heard.wishes.every((wish) => saysMore(before.wishes, wish, grammar));
  const isNew = heard.forget || (heard.wishes.length > 0 && !isMore && !heard.adds);
  const kept = isNew ? { ...nothing(), had: before.had } : before;
  const wishes = wishesOf(kept, heard, isMore && !heard.forget, grammar);
  const without = [...kept.without, ...heard.without];
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
function wishesOf({ wishes }: Intent, heard: Heard, isMore: boolean, grammar: Grammar): Wish[] {
  if (heard.wishes.length === 0 && wishes.length === 0 && heard.implied) return [bare(heard.implied)];
  if (heard.wishes.length === 0) return heard.had.length > 0 ? [] : wishes;
  if (isMore && !heard.adds) return refine(wishes, heard.wishes, grammar);
  return [...wishes, ...heard.wishes.map(bare)];
}

const bare = ({ complete: _, narrows: __, ...wish }: HeardWish): Wish => wish;
