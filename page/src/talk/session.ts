import { computed, type Signal, signal } from '@preact/signals';
import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';
import type { RecommendationAnswer } from '../../../orchestrator/serving/contract/recommendations.ts';
import { postJson } from '../api/request.ts';
import { about } from '../state/about.ts';
import { askInWords } from './ask-in-words.ts';
import type { Part, Turn } from './turn.ts';
import { done } from './undo.ts';

/** The conversation and the history that it builds up; both live as long as the tab. */
export const turns = signal<readonly Turn[]>([]);
export const history = signal<readonly ItemCard[]>([]);
export const likes = signal<readonly ItemCard[]>([]);
export const dislikes = signal<readonly ItemCard[]>([]);
/** Whose history it began with: a customer of the shop, or null for one's own; undefined before anybody was chosen. */
const began = signal<Customer | null | undefined>(undefined);
/** Null for one's own session: nothing of a customer's history is left, or there never was one. */
export const customer = computed(() => {
  const ids = new Set(began.value?.history.map(({ item_id }) => item_id));
  return history.value.some(({ item_id }) => ids.has(item_id)) ? (began.value ?? null) : null;
});
export const isBegun = computed(() => began.value !== undefined || turns.value.length > 0);
export const listLength = signal(8);
/** Keys of what was understood and taken away again; the server takes no more than the latest. */
const removed = signal<readonly string[]>([]);
const mostRemoved = 100;

let asked = 0;

/** A customer of the demo. */
export interface Customer {
  /** `Customer 3` */
  name: string;
  /** `Dogs › Toys` */
  taste: string;
  history: readonly ItemCard[];
}

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
  takePartAway(part);
  return askAgain(turn);
}

/** Asks once more what got no answer. */
export function askAgain({ id, question }: Turn): Promise<void> {
  return answer({ ...newTurn(), id, question });
}

/** Says a part of what was understood in other words. */
export function changePart(part: Part, words: string): Promise<void> {
  takePartAway(part);
  return ask(words);
}

/** What is bought again stands there again. */
export function addToHistory(item: ItemCard): void {
  likes.value = without(likes.value, item);
  dislikes.value = without(dislikes.value, item);
  removed.value = removed.value.filter((key) => key !== hadKey(item.item_id));
  history.value = [...history.value, item];
}

export function like(item: ItemCard): void {
  forget(item);
  likes.value = [...likes.value, item];
}

export function dislike(item: ItemCard): void {
  forget(item);
  dislikes.value = [...dislikes.value, item];
}

export function forget(item: ItemCard): void {
  history.value = without(history.value, item);
  likes.value = without(likes.value, item);
  dislikes.value = without(dislikes.value, item);
  // What was said of it would bring it back with the next question.
  if (turns.value.some(({ understood }) => understood?.intent.had.includes(item.item_id)))
    takeAway(hadKey(item.item_id));
}

/** Does something that a person may take back, and says what was done. */
export function undoably(said: string, work: () => void): void {
  const all = [history, likes, dislikes, removed, turns, began] as const;
  const before = all.map((each) => [each, each.value] as [Signal<unknown>, unknown]);
  work();
  done.value = {
    said,
    undo: () => {
      for (const [each, value] of before) each.value = value;
    },
  };
}

/** Begins anew, as a customer or with nothing. */
export function startAs(who: Customer | null): void {
  began.value = who;
  history.value = who?.history ?? [];
  likes.value = [];
  dislikes.value = [];
  turns.value = [];
  removed.value = [];
}

function newTurn(): Turn {
  return {
    id: ++asked,
    question: null,
    from: [...history.value, ...likes.value],
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
      const known = { history: history.value, likes: likes.value, dislikes: dislikes.value };
      const state = { ...known, removed: removed.value, k: lengthOfList() };
      const end = await askInWords(turn.question, before, state, (more) => change(id, () => more));
      // Who began anew meanwhile wants nothing of it.
      if (end && turns.value.some((other) => other.id === id)) takeHistory(end);
    }
    change(id, () => ({ state: 'done' }));
  } catch (error) {
    change(id, () => ({ state: 'failed', error: (error as Error).message }));
  }
}

async function recommendFor({ id, from }: Turn): Promise<void> {
  const found = await postJson<RecommendationAnswer>('v1/recommendations', {
    history: idsOf(from),
    exclude: idsOf([...from, ...dislikes.value]),
    k: lengthOfList(),
  });
  change(id, () => ({ items: found.items, from: found.history, isPopular: found.fallback === 'popular' }));
}

function change(id: number, by: (turn: Turn) => Partial<Turn>): void {
  turns.value = turns.value.map((turn) => (turn.id === id ? { ...turn, ...by(turn) } : turn));
}

/** Items join the history only where the words say that the person has them; likes have a list of their own. */
function takeHistory({ from, understood }: Pick<Turn, 'from' | 'understood'>): void {
  const known = new Set(idsOf(history.value));
  const liked = new Set(idsOf(likes.value));
  const had = understood ? new Set(understood.intent.had) : null;
  history.value = from.filter(
    ({ item_id }) => !liked.has(item_id) && (known.has(item_id) || !had || had.has(item_id)),
  );
}

function without(items: readonly ItemCard[], { item_id }: ItemCard): ItemCard[] {
  return items.filter((item) => item.item_id !== item_id);
}

function takePartAway({ key }: Part): void {
  takeAway(key);
  history.value = history.value.filter(({ item_id }) => hadKey(item_id) !== key);
}

function takeAway(key: string): void {
  removed.value = [...removed.value.filter((other) => other !== key), key].slice(-mostRemoved);
}

/** How the server names the part "I have this item". */
function hadKey(id: string): string {
  return `had:${id}`;
}

function lengthOfList(): number {
  return Math.min(listLength.value, about.value!.model.max_k);
}

function idsOf(items: readonly ItemCard[]): string[] {
  return items.map(({ item_id }) => item_id);
}
