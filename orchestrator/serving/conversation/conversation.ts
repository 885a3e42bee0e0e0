import type { Item } from '../../dataset/types.ts';
import { UserError } from '../../shared/errors.ts';
import { emptyIntent, type Intent, type Part, type Turn } from '../../understanding/index.ts';
import type { Understood } from '../../understanding/language-model/understand-with.ts';
import type { Answer } from '../answer-start.ts';
import { cardOf, withNotes } from '../cards.ts';
import type { ChatState } from '../contract/chat-completions.ts';
import type { Explanation } from '../contract/explanations.ts';
import type { ItemCard } from '../contract/items.ts';
import type { ItemLinker } from '../link-items.ts';
import { createNamer } from '../name-items.ts';
import { asksNothing, asksSomething } from './asks-nothing.ts';
import type { EarlierLists } from './earlier-lists.ts';
import { createMemory } from './memory.ts';
import { readRemovals } from './removals.ts';
import type { Responder } from './respond.ts';

/** The state of a conversation. */
export interface ConversationState {
  /** What the answer starts from, oldest first; liked items among them. */
  history: ItemCard[];
  likes: ItemCard[];
  /** Never recommended. */
  dislikes: ItemCard[];
  wish: string | null;
}

/** What was said in an earlier conversation: a text of the person, or an answer. */
export interface Said {
  by: 'person' | 'answer';
  text: string;
}

export interface Conversation {
  /** Reads a text: items that the person has join the history; what else it asks for is understood with all before it. */
  hear(text: string): { mentioned: ItemCard[]; wish: string | null };
  /** Reads a whole conversation; of its answers, the lists count, so that "the second one" is understood. */
  follow(said: readonly Said[]): void;
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
  /** Takes away a part of what was understood so far, by its key or its text; said later, it counts anew. */
  remove(part: string): Part;
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
  items: readonly Item[];
  linker: ItemLinker;
  responder: Responder;
  earlierLists: EarlierLists;
  partsOf(intent: Intent): Part[];
  explain(item: number, history: readonly number[]): Explanation;
  usualK: number;
}

/** Older turns are rarely meant, and reading them costs time. */
const latestTurns = 20;

/** Turns that are understood together, and what else is known: a history, likes and dislikes. */
export function startConversation(
  { items, linker, responder, earlierLists, partsOf, explain, usualK }: ConversationParts,
  known: ChatState = {},
): Conversation {
  const namer = createNamer({ items: items as Item[] }, linker);
  const excluded = new Set(namer.items(known.exclude ?? []));
  const memory = createMemory(namer.items(known.history ?? []));
  for (const item of namer.items(known.likes ?? [])) memory.like(item);
  for (const item of namer.items(known.dislikes ?? [])) memory.dislike(item);
  const removals = readRemovals(known.removed);
  let turns: Turn[] = [];
  /** How many turns there were, also those that are kept no longer. */
  let heard = 0;
  let intent = emptyIntent();
  let isNew = false;

  const card = (item: number) => cardOf(items[item]);
  const shown = () => turns.findLast((turn) => turn.shown.length > 0)?.shown ?? [];
  const wishOf = () => intent.wishes.map(({ text }) => text).join(', ') || null;
  const keep = (text: string) => {
    heard++;
    turns = [...turns, { text, shown: [], removed: removals.after(heard) }].slice(-latestTurns);
  };
  const showList = (ids: readonly string[]) => {
    const latest = turns.at(-1) ?? { text: '', shown: [] };
    turns = [...turns.slice(0, -1), { ...latest, shown: ids }];
  };
  const take = (understood: Intent) => {
    intent = understood;
    const added = memory.join(responder.numbersOf([...intent.had, ...intent.liked]));
    const said = turns.at(-1)?.text ?? '';
    for (const item of added) namer.noteTaken(item, said);
    return added;
  };
  const hasGreeted = () =>
    turns.slice(0, -1).some(({ text }) => responder.read([{ text, shown: [] }]).greets === true);
  const understand = () => take(responder.read(turns, removals.always));
  const placeOrName = (name: string) => {
    const place = Number(/^#?(\d{1,3})$/.exec(name.trim())?.[1]);
    const list = shown();
    if (list[place - 1] !== undefined) return namer.item(list[place - 1]);
    if (Number.isNaN(place) || linker.named(name).length > 0) return namer.item(name);
    throw new UserError('serving/no-place', `the latest list has no place ${place}`, {
      remedy:
        list.length > 0 ? `It has 1 to ${list.length}.` : 'Ask for recommendations first, or name the item.',
    });
  };

  const conversation: Conversation = {
    hear(text) {
      keep(text);
      isNew = true;
      return { mentioned: understand().map(card), wish: wishOf() };
    },
    follow(said) {
      // Each of the latest turns may have an answer.
      const latest = said.slice(-2 * latestTurns);
      heard += said.slice(0, -2 * latestTurns).filter(({ by }) => by === 'person').length;
      for (const { by, text } of latest) {
        if (by === 'person') keep(text);
        else if (turns.length > 0) showList(earlierLists(text));
      }
      isNew = turns.length > 0;
      understand();
    },
    async recommend({ k = usualK, signal } = {}) {
      // Once for a text: what was forgotten or disliked since then does not come back.
      const leaves = isNew && intent.leaves === true;
      const greets = isNew && intent.greets === true ? (hasGreeted() ? 'again' : 'first') : undefined;
      const recalls = isNew ? intent.recalls : undefined;
      const understood: Understood =
        isNew && !leaves && !greets && !recalls
          ? await responder.improve(intent, turns, removals.always, signal)
          : { intent };
      if (understood.intent !== intent) take(understood.intent);
      isNew = false;
      const history = memory.history();
      const text = turns.at(-1)?.text ?? '';
      const isSilent = history.length === 0 && asksNothing(intent) && !asksSomething(text);
      if (isSilent && !leaves && !greets && !recalls) return null;
      const answered = await responder.respond(
        {
          intent,
          texts: turns.map((turn) => turn.text),
          history,
          excluded: new Set([...excluded, ...memory.dislikes(), ...history]),
          allowed: null,
          k,
          leaves,
          greets,
          recalls,
        },
        signal,
      );
      showList(answered.recommendation.items.map(({ item_id }) => item_id));
      const { notes = [] } = answered.recommendation;
      const said = [understood.note ?? [], notes, namer.notes()].flat();
      return { ...answered, recommendation: { ...answered.recommendation, ...withNotes(said) } };
    },
    say(text, options) {
      conversation.hear(text);
      return conversation.recommend(options);
    },
    like: (name) => card(memory.like(placeOrName(name))),
    dislike: (name) => card(memory.dislike(placeOrName(name))),
    forget(name) {
      if (name !== undefined) {
        const item = placeOrName(name);
        if (!memory.knows(item))
          throw new UserError('serving/not-known', `${card(item).title} is not in the history`, {
            remedy: '/history shows what is.',
          });
        memory.leave(item);
        return card(item);
      }
      memory.forgetAll();
      turns = [];
      understand();
      return null;
    },
    forgetWish: () => {
      turns = shown().length > 0 ? [{ text: '', shown: shown() }] : [];
      understand();
    },
    remove(name) {
      const parts = partsOf(intent);
      const part = parts.find(({ key, text }) => key === name || text === name);
      const latest = turns.at(-1);
      if (!part || !latest)
        throw new UserError('serving/no-part', `${name.slice(0, 80)} is no part of what was understood`, {
          remedy:
            parts.length > 0
              ? `These are: ${parts.map(({ text }) => text).join(' | ')}.`
              : 'Ask for something first.',
        });
      turns = [...turns.slice(0, -1), { ...latest, removed: [...(latest.removed ?? []), part.key] }];
      for (const item of responder.numbersOf(intent.had.filter((id) => part.key === `had:${id}`)))
        memory.leave(item);
      understand();
      return part;
    },
    why(name) {
      const explained = explain(placeOrName(name), memory.history());
      return { ...explained, ...withNotes(namer.notes()) };
    },
    notes: namer.notes,
    state: () => ({
      history: memory.history().map(card),
      likes: memory.likes().map(card),
      dislikes: memory.dislikes().map(card),
      wish: wishOf(),
    }),
  };
  return conversation;
}
