import { signal } from '@preact/signals';
import type { ChatCompletionChunk } from '../../../orchestrator/serving/contract/chat-completions.ts';
import type { ItemCard, RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import type { RecommendationAnswer } from '../../../orchestrator/serving/contract/recommendations.ts';
import { jsonBody, postJson, request } from '../api/request.ts';
import { about } from '../state/about.ts';
import { readEvents } from './read-events.ts';

export interface Turn {
  id: number;
  /** What was asked; null for "recommend from the history". */
  question: string | null;
  /** What the history was when it was asked. */
  from: readonly ItemCard[];
  query: string | null;
  items: readonly RecommendedItem[];
  state: 'answering' | 'done' | 'failed';
  error: string | null;
}

/** The conversation and the history that it builds up; both live as long as the tab. */
export const turns = signal<readonly Turn[]>([]);
export const history = signal<readonly ItemCard[]>([]);
export const likes = signal<readonly ItemCard[]>([]);
export const dislikes = signal<readonly ItemCard[]>([]);
export const listLength = signal(8);

let asked = 0;

/** Asks in words; items stream in as they are decoded. */
export async function ask(question: string): Promise<void> {
  await answer(question, async (turn) => {
    const body = {
      model: about.value!.model.id,
      messages: [{ role: 'user', content: question }],
      stream: true,
      recommender: {
        k: lengthOfList(),
        history: idsOf(history.value),
        likes: idsOf(likes.value),
        dislikes: idsOf(dislikes.value),
      },
    };
    const response = await request('v1/chat/completions', jsonBody(body));
    for await (const chunk of readEvents<ChatCompletionChunk>(response)) {
      const { item, recommendation } = chunk;
      if (item) change(turn, ({ items }) => ({ items: [...items, item] }));
      if (!recommendation) continue;
      change(turn, () => ({
        items: recommendation.items,
        query: recommendation.query,
        from: recommendation.history,
      }));
      takeHistory(recommendation.history);
    }
  });
}

/** Recommends from the history alone. */
export async function recommend(): Promise<void> {
  await answer(null, async (turn) => {
    const started = [...history.value, ...likes.value];
    const found = await postJson<RecommendationAnswer>('v1/recommendations', {
      history: idsOf(started),
      exclude: idsOf([...started, ...dislikes.value]),
      k: lengthOfList(),
    });
    change(turn, () => ({ items: found.items, query: found.query, from: found.history }));
  });
}

export function addToHistory(item: ItemCard): void {
  forget(item);
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

export function forget({ item_id }: ItemCard): void {
  const without = (items: readonly ItemCard[]) => items.filter((item) => item.item_id !== item_id);
  history.value = without(history.value);
  likes.value = without(likes.value);
  dislikes.value = without(dislikes.value);
}

export function clearAll(): void {
  history.value = [];
  likes.value = [];
  dislikes.value = [];
  turns.value = [];
}

async function answer(question: string | null, work: (turn: number) => Promise<void>): Promise<void> {
  const id = ++asked;
  const from = [...history.value, ...likes.value];
  turns.value = [
    ...turns.value,
    { id, question, from, query: null, items: [], state: 'answering', error: null },
  ];
  try {
    await work(id);
    change(id, () => ({ state: 'done' }));
  } catch (error) {
    change(id, () => ({ state: 'failed', error: (error as Error).message }));
  }
}

function change(id: number, by: (turn: Turn) => Partial<Turn>): void {
  turns.value = turns.value.map((turn) => (turn.id === id ? { ...turn, ...by(turn) } : turn));
}

/** What the words named joins the history; likes have a list of their own. */
function takeHistory(items: readonly ItemCard[]): void {
  const liked = new Set(idsOf(likes.value));
  history.value = items.filter(({ item_id }) => !liked.has(item_id));
}

function lengthOfList(): number {
  return Math.min(listLength.value, about.value!.model.max_k);
}

function idsOf(items: readonly ItemCard[]): string[] {
  return items.map(({ item_id }) => item_id);
}
