import { signal } from '@preact/signals';
import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';
import { about } from '../state/about.ts';
import { askInWords } from './ask-in-words.ts';
import { inOtherWords } from './in-other-words.ts';
import { askLikelyNext } from './likely-next.ts';
import {
  dislikes,
  done,
  hadKey,
  history,
  joinHistory,
  known,
  leftOut,
  likes,
  removed,
  takeAway,
  turns,
} from './memory.ts';
import type { Part, Turn } from './turn.ts';

export const listLength = signal(8);
let asked = 0;

/** Asks in words; items stream in as they are decoded. */
export function ask(question: string): Promise<void> {
  return answer({ ...newTurn(), question });
}

/** Recommends from the history alone. */
export function recommend(): Promise<void> {
  return answer(newTurn());
}

/** Answers the latest question again, without a part of what was understood; `putBack` shows what was answered before. */
export function removePart(turn: Turn, part: Part): Promise<void> {
  const { from, items, understood, isPopular, said, notes } = turn;
  const answered = { from, items, understood, isPopular, said, notes };
  const earlier = { part, answer: answered, forgotten: takePartAway(turn, part) };
  return askAgain({ ...turn, earlier: [...turn.earlier, earlier] });
}

/** Takes back the latest `removePart` of a turn: the answer before it is still known. */
export function putBack({ id, earlier }: Turn): void {
  const latest = earlier.at(-1);
  if (!latest) return;
  const { part, answer: answered, forgotten } = latest;
  done.value = null;
  removed.value = removed.value.filter(({ key, turn }) => key !== part.key || turn !== id);
  history.value = [...history.value, ...forgotten];
  change(id, () => ({ ...answered, earlier: earlier.slice(0, -1), state: 'done', error: null }));
}

/** Asks once more what got no answer. */
export function askAgain({ id, question, earlier }: Turn): Promise<void> {
  return answer({ ...newTurn(), id, question, earlier });
}

/** Says a part of what was understood in other words. */
export function changePart(turn: Turn, part: Part, words: string): Promise<void> {
  takePartAway(turn, part);
  return ask(inOtherWords(turn.understood?.parts ?? [], part, words));
}

function newTurn(): Turn {
  // Turns may be left from before the page was loaded anew.
  asked = Math.max(asked, turns.value.at(-1)?.id ?? 0) + 1;
  return {
    id: asked,
    question: null,
    had: history.value.map(({ item_id }) => item_id),
    from: known.value,
    items: [],
    said: '',
    notes: [],
    understood: null,
    isPopular: false,
    earlier: [],
    state: 'answering',
    error: null,
  };
}

/** Appends the turn, or puts it in the place of its earlier answer, and answers it. */
async function answer(turn: Turn): Promise<void> {
  const { id } = turn;
  done.value = null;
  const before = turns.value.filter((other) => other.id < id);
  turns.value = [...before, turn];
  try {
    if (turn.question === null) await recommendFor(turn);
    else {
      const state = {
        history: history.value,
        likes: likes.value,
        dislikes: dislikes.value,
        removed: removed.value,
        k: lengthOfList(),
      };
      const asked = { id, question: turn.question };
      const end = await askInWords(asked, before, state, (more) => change(id, () => more));
      // Who began anew meanwhile wants nothing of it.
      if (end && turns.value.some((other) => other.id === id)) joinHistory(end, state.history);
    }
    change(id, () => ({ state: 'done' }));
  } catch (error) {
    change(id, () => ({ state: 'failed', error: (error as Error).message }));
  }
}

async function recommendFor({ id, from, had }: Turn): Promise<void> {
  const found = await askLikelyNext({
    history: from.map(({ item_id }) => item_id),
    exclude: leftOut.value,
    had,
    k: lengthOfList(),
  });
  change(id, () => ({ items: found.items, from: found.history, isPopular: found.fallback === 'popular' }));
}

function change(id: number, by: (turn: Turn) => Partial<Turn>): void {
  turns.value = turns.value.map((turn) => (turn.id === id ? { ...turn, ...by(turn) } : turn));
}

/** Returns what leaves the history with it. */
function takePartAway({ id }: Turn, { key }: Part): ItemCard[] {
  takeAway({ key, turn: id });
  const isMeant = ({ item_id }: ItemCard) => hadKey(item_id) === key;
  const forgotten = history.value.filter(isMeant);
  history.value = history.value.filter((item) => !isMeant(item));
  return forgotten;
}

function lengthOfList(): number {
  return Math.min(listLength.value, about.value!.model.max_k);
}
