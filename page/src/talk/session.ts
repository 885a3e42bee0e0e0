import { signal } from '@preact/signals';
import type { RecommendationAnswer } from '../../../orchestrator/serving/contract/recommendations.ts';
import { postJson } from '../api/request.ts';
import { about } from '../state/about.ts';
import { askInWords } from './ask-in-words.ts';
import { inOtherWords } from './in-other-words.ts';
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

/** Answers the latest question again, without a part of what was understood. */
export function removePart(turn: Turn, part: Part): Promise<void> {
  takePartAway(turn, part);
  return askAgain(turn);
}

/** Asks once more what got no answer. */
export function askAgain({ id, question }: Turn): Promise<void> {
  return answer({ ...newTurn(), id, question });
}

/** Says a part of what was understood in other words. */
export function changePart(turn: Turn, part: Part, words: string): Promise<void> {
  takePartAway(turn, part);
  return ask(inOtherWords(turn.understood?.parts ?? [], part, words));
}

function newTurn(): Turn {
  return {
    id: ++asked,
    question: null,
    from: known.value,
    items: [],
    said: '',
    notes: [],
    understood: null,
    isPopular: false,
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

async function recommendFor({ id, from }: Turn): Promise<void> {
  const found = await postJson<RecommendationAnswer>('v1/recommendations', {
    history: from.map(({ item_id }) => item_id),
    exclude: leftOut.value,
    k: lengthOfList(),
  });
  change(id, () => ({ items: found.items, from: found.history, isPopular: found.fallback === 'popular' }));
}

function change(id: number, by: (turn: Turn) => Partial<Turn>): void {
  turns.value = turns.value.map((turn) => (turn.id === id ? { ...turn, ...by(turn) } : turn));
}

function takePartAway({ id }: Turn, { key }: Part): void {
  takeAway({ key, turn: id });
  history.value = history.value.filter(({ item_id }) => hadKey(item_id) !== key);
}

function lengthOfList(): number {
  return Math.min(listLength.value, about.value!.model.max_k);
}
