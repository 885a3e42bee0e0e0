import { computed, type Signal, signal } from '@preact/signals';
import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';
import type { Turn } from './turn.ts';

/** The conversation and the history that it builds up; both live as long as the tab (`keep-talk.ts`). */
export const turns = signal<readonly Turn[]>([]);
export const history = signal<readonly ItemCard[]>([]);
export const likes = signal<readonly ItemCard[]>([]);
export const dislikes = signal<readonly ItemCard[]>([]);
/** Whose history it began with: a customer of the shop, or null for one's own; undefined before anybody was chosen. Each beginning is an object of its own. */
export const began = signal<{ who: Customer | null } | undefined>(undefined);
/** Null for one's own session: nothing of a customer's history is left, or there never was one. */
export const customer = computed(() => {
  const ids = new Set(began.value?.who?.history.map(({ item_id }) => item_id));
  return history.value.some(({ item_id }) => ids.has(item_id)) ? (began.value?.who ?? null) : null;
});
/** What lists start from: what one has, and what one likes besides. */
export const known = computed(() => {
  const had = new Set(history.value.map(({ item_id }) => item_id));
  return [...history.value, ...likes.value.filter(({ item_id }) => !had.has(item_id))];
});
/** Ids of what lists leave out, whatever the run: what is disliked, and what is liked without being had: it is found already. */
export const leftOut = computed(() => {
  const had = new Set(history.value.map(({ item_id }) => item_id));
  return [...dislikes.value, ...likes.value].map(({ item_id }) => item_id).filter((id) => !had.has(id));
});
/** Whether anything was added, said or marked. */
export const hasAny = computed(() => [turns, history, likes, dislikes].some((each) => each.value.length > 0));
export const isBegun = computed(() => began.value !== undefined || hasAny.value);
/** What was understood and taken away again, after which turn; the server takes no more than the latest. */
export const removed = signal<readonly Removed[]>([]);
const mostRemoved = 100;

/** Something that was done and may be taken back. */
export interface Done {
  said: string;
  undo(): void;
}

/** What was done last; null where nothing may be taken back. */
export const done = signal<Done | null>(null);

/** A part that was taken away: of what is said after that turn it counts anew. */
export interface Removed {
  key: string;
  /** `id` of a turn. */
  turn: number;
}

/** A customer of the demo. */
export interface Customer {
  /** `Customer 3` */
  name: string;
  /** `Dogs › Toys` */
  taste: string;
  history: readonly ItemCard[];
}

/** What is bought again stands there again. */
export function addToHistory(item: ItemCard): void {
  unmark(item);
  removed.value = removed.value.filter(({ key }) => key !== hadKey(item.item_id));
  history.value = [...history.value, item];
}

/**
 * Items that an answer has found in the words join the history: of all that it knew at its end, those that it did not know
 * when it was asked, but none that only stands for its kind: the words bring it back with each question. What was bought or forgotten meanwhile stays so; likes have a list of their own.
 */
export function joinHistory(
  { from, understood }: Pick<Turn, 'from' | 'understood'>,
  asked: readonly ItemCard[],
): void {
  const known = new Set([...asked, ...history.value, ...likes.value].map(({ item_id }) => item_id));
  const examples = new Set(understood?.intent.examples);
  const had = understood && new Set(understood.intent.had.filter((id) => !examples.has(id)));
  const joined = from.filter(({ item_id }) => !known.has(item_id) && (!had || had.has(item_id)));
  history.value = [...history.value, ...joined];
}

/** What is had stays so. */
export function like(item: ItemCard): void {
  unmark(item);
  likes.value = [...likes.value, item];
}

export function dislike(item: ItemCard): void {
  forget(item);
  dislikes.value = [...dislikes.value, item];
}

export function forget(item: ItemCard): void {
  history.value = without(history.value, item);
  unmark(item);
  // What was said of it would bring it back with the next question.
  const said = turns.value.findLast(({ understood }) => understood?.intent.had.includes(item.item_id));
  if (said) takeAway({ key: hadKey(item.item_id), turn: turns.value.at(-1)?.id ?? said.id });
}

/** No longer liked, or no longer disliked; what is had stays so. */
export function unmark(item: ItemCard): void {
  likes.value = without(likes.value, item);
  dislikes.value = without(dislikes.value, item);
}

/** Does something that a person may take back, and says what was done. */
export function undoably(said: string, work: () => void): void {
  const all = [history, likes, dislikes, removed, began] as const;
  const before = all.map((each) => [each, each.value] as [Signal<unknown>, unknown]);
  const talk = turns.value;
  work();
  const isTalkGone = turns.value !== talk;
  done.value = {
    said,
    undo: () => {
      for (const [each, value] of before) each.value = value;
      if (isTalkGone) turns.value = talk.map(cutShort);
    },
  };
}

/** What was still being answered when it was put away got no answer. */
function cutShort(turn: Turn): Turn {
  if (turn.state !== 'answering') return turn;
  return { ...turn, state: 'failed', error: 'You began anew before this was answered.' };
}

/** Begins anew, as a customer or with nothing. */
export function startAs(who: Customer | null): void {
  began.value = { who };
  history.value = who?.history ?? [];
  likes.value = [];
  dislikes.value = [];
  turns.value = [];
  removed.value = [];
}

function without(items: readonly ItemCard[], { item_id }: ItemCard): ItemCard[] {
  return items.filter((item) => item.item_id !== item_id);
}

/** Of what was understood: it is not read from the words again. */
export function takeAway({ key, turn }: Removed): void {
  const others = removed.value.filter((other) => other.key !== key || other.turn !== turn);
  removed.value = [...others, { key, turn }].slice(-mostRemoved);
}

/** How the server names the part "I have this item". */
export function hadKey(id: string): string {
  return `had:${id}`;
}
