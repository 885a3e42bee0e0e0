import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { UserError } from '../shared/errors.ts';
import type { Answer, Start } from './answer-start.ts';
import { cardOf, withNotes } from './cards.ts';
import type { ChatState } from './contract/chat-completions.ts';
import type { Explanation } from './contract/explanations.ts';
import type { ItemCard } from './contract/items.ts';
import type { ItemLinker } from './link-items.ts';
import { createNamer } from './name-items.ts';

/** The state of a conversation. */
export interface ConversationState {
  /** What the answer starts from, oldest first; liked items among them. */
  history: ItemCard[];
  likes: ItemCard[];
  /** Never recommended. */
  dislikes: ItemCard[];
  wish: string | null;
}

export interface Conversation {
  /** Reads a text: items that it names join the history, the rest of it replaces the wish. */
  hear(text: string): { mentioned: ItemCard[]; wish: string | null };
  /** Recommends from what is known; null if nothing is known yet. Items of the history are never recommended. */
  recommend(options?: RecommendNowOptions): Promise<Answer | null>;
  /** `hear` and `recommend`. */
  say(text: string, options?: RecommendNowOptions): Promise<Answer | null>;
  /** Names are item ids, titles, or places in the latest list. The item joins the history. */
  like(name: string): ItemCard;
  /** The item leaves the history and is never recommended. */
  dislike(name: string): ItemCard;
  /** Forgets one item, or everything. */
  forget(name?: string): ItemCard | null;
  forgetWish(): void;
  /** Why an item stands near the history. */
  why(name: string): Explanation;
  /** Notes about names since the latest answer, which has its own notes. */
  notes(): string[];
  state(): ConversationState;
}

export interface RecommendNowOptions {
  /** 10 by default, or as many as the run has beams. */
  k?: number | undefined;
  signal?: AbortSignal | undefined;
}

export interface ConversationParts {
  artefacts: PromptArtefacts;
  linker: ItemLinker;
  answer(start: Start, k: number, signal?: AbortSignal): Promise<Answer>;
  explain(item: number, history: readonly number[]): Explanation;
  usualK: number;
}

/** A history that builds up over the turns, with likes, dislikes and a wish. */
export function startConversation(
  { artefacts: { dataset }, linker, answer, explain, usualK }: ConversationParts,
  known: ChatState = {},
): Conversation {
  const namer = createNamer(dataset, linker);
  const numberOf = namer.item;
  const numbersOf = (names: readonly string[] = []) => namer.items(names);
  const excluded = new Set(numbersOf(known.exclude));
  let history = numbersOf(known.history);
  const likes = new Set<number>();
  const dislikes = new Set<number>();
  let wish = '';
  let shown: string[] = [];

  const placeOrName = (name: string) => {
    const place = Number(/^#?(\d{1,3})$/.exec(name.trim())?.[1]);
    if (shown[place - 1] !== undefined) return numberOf(shown[place - 1]);
    if (Number.isNaN(place) || linker.named(name).length > 0) return numberOf(name);
    throw new UserError('serving/no-place', `the latest list has no place ${place}`, {
      remedy:
        shown.length > 0
          ? `It has 1 to ${shown.length}.`
          : 'Ask for recommendations first, or name the item.',
    });
  };
  const leave = (item: number) => {
    history = history.filter((other) => other !== item);
    likes.delete(item);
    dislikes.delete(item);
  };
  const join = (item: number) => {
    leave(item);
    history.push(item);
  };
  const card = (item: number) => cardOf(dataset.items[item]);
  const like = (item: number) => {
    join(item);
    likes.add(item);
    return card(item);
  };
  const dislike = (item: number) => {
    leave(item);
    dislikes.add(item);
    return card(item);
  };
  for (const item of numbersOf(known.likes)) like(item);
  for (const item of numbersOf(known.dislikes)) dislike(item);

  const conversation: Conversation = {
    hear(text) {
      const heard = namer.read(text);
      const mentioned = heard.items;
      for (const item of mentioned) join(item);
      if (heard.wish) wish = heard.wish;
      return { mentioned: mentioned.map(card), wish: heard.wish || null };
    },
    async recommend({ k = usualK, signal } = {}) {
      if (history.length === 0 && !wish) return null;
      const without = new Set([...excluded, ...dislikes, ...history]);
      const answered = await answer(
        { history, wish, matches: linker.matches(wish), excluded: without },
        k,
        signal,
      );
      shown = answered.recommendation.items.map(({ item_id }) => item_id);
      const recommendation = { ...answered.recommendation, ...withNotes(namer.notes()) };
      return { ...answered, recommendation };
    },
    say(text, options) {
      conversation.hear(text);
      return conversation.recommend(options);
    },
    like: (name) => like(placeOrName(name)),
    dislike: (name) => dislike(placeOrName(name)),
    forget(name) {
      if (name !== undefined) {
        const item = placeOrName(name);
        if (!history.includes(item) && !dislikes.has(item))
          throw new UserError('serving/not-known', `${card(item).title} is not in the history`, {
            remedy: '/history shows what is.',
          });
        leave(item);
        return card(item);
      }
      history = [];
      likes.clear();
      dislikes.clear();
      wish = '';
      return null;
    },
    forgetWish: () => {
      wish = '';
    },
    why(name) {
      const explained = explain(placeOrName(name), history);
      return { ...explained, ...withNotes(namer.notes()) };
    },
    notes: namer.notes,
    state: () => ({
      history: history.map(card),
      likes: [...likes].map(card),
      dislikes: [...dislikes].map(card),
      wish: wish || null,
    }),
  };
  return conversation;
}
