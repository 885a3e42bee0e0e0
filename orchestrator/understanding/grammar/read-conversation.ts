import type { Intent } from '../intent.ts';
import type { Heard, HeardWish, Turn } from './heard.ts';
import { type Grammar, readTurn } from './read-turn.ts';

/** Earlier turns have little to say. */
const mostTurns = 30;

/** Reads a conversation turn by turn: a new wish replaces the old one, and what says more about it refines it. */
export function readConversation(turns: readonly Turn[], grammar: Grammar): Intent {
  let state: Intent = nothing();
  let shown: readonly string[] = [];
  const seen = new Set<string>();
  for (const turn of turns.slice(-mostTurns)) {
    const heard = readTurn(turn, shown, grammar);
    state = join(state, heard, [...seen]);
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

function join(before: Intent, heard: Heard, seen: readonly string[]): Intent {
  const isNew = heard.forget || (heard.wishes.some(({ complete }) => complete) && !heard.adds);
  const kept = isNew ? { ...nothing(), had: before.had } : before;
  const only = heard.had.length > 0 && heard.wishes.length === 0;
  const wishes = only
    ? []
    : isNew || heard.adds
      ? [...kept.wishes, ...heard.wishes.map(plain)]
      : refine(kept.wishes, heard.wishes);
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

const plain = ({ complete: _, ...wish }: HeardWish) => wish;

/** What says more is said of each wish so far. */
function refine(wishes: Intent['wishes'], more: readonly HeardWish[]): Intent['wishes'] {
  if (more.length === 0) return wishes;
  if (wishes.length === 0) return more.map(plain);
  const unite = (a: string[], b: string[]) => [...new Set([...a, ...b])];
  return wishes.map((wish) =>
    more.reduce(
      (refined, next) => ({
        text: `${refined.text} ${next.text}`,
        categories: refined.categories.length > 0 ? refined.categories : next.categories,
        brands: unite(refined.brands, next.brands),
        words: unite(refined.words, next.words),
        measures: unite(refined.measures, next.measures),
      }),
      wish,
    ),
  );
}
