import type { Item } from '../../dataset/types.ts';
import { wordsOf } from '../../embedding/semantic/words.ts';
import {
  type Aside,
  type Intent,
  isAboutShop,
  isFiller,
  orderField,
  type Part,
  type Turn,
} from '../../understanding/index.ts';
import type { Understood } from '../../understanding/language-model/understand-with.ts';
import { type Answer, listedItem } from '../answer-start.ts';
import { cardOf, codeOf } from '../cards.ts';
import type { RecommendedItem } from '../contract/items.ts';
import { type AnsweredIntent, type AskedIntent, answerIntent, type IntentParts } from './answer-intent.ts';
import { aside } from './answer-lines.ts';
import { asksNothing, asksSomething } from './asks-nothing.ts';
import { isForeign } from './foreign.ts';
import type { Helper } from './helper.ts';
import { stillRemoved } from './removals.ts';
import { priceOf } from './say-facts.ts';
import { sayAsked, sayBought } from './say-recalled.ts';
import { ofTheShop, sayUnderstood } from './say-understood.ts';
import { untoldIn } from './say-untold.ts';

/** A text or a conversation, with what else is known. */
export interface Asked extends AskedIntent {
  /** The texts of the conversation, the latest last. */
  texts: readonly string[];
  /** The latest text is new, and thanks alone: a word answers it. */
  leaves?: boolean;
  /** The same for a greeting, or a question what can be asked; of several in a conversation, the first is told what. */
  greets?: 'first' | 'again' | undefined;
  /** The same for a question what was asked for; where it is what was bought, that is listed. */
  recalls?: Intent['recalls'];
}

const helpedBefore = ['Just say what you are looking for; the examples above show how.'];

/** Reads texts and answers them, for chats and single requests alike. */
export interface Responder {
  /** The intent of a conversation, without the parts that were taken away. */
  read(turns: readonly Turn[], removed?: readonly string[]): Intent;
  /** What a language model makes of it, where there is one; a note says where that was of no use. */
  improve(
    intent: Intent,
    turns: readonly Turn[],
    removed?: readonly string[],
    signal?: AbortSignal,
  ): Promise<Understood>;
  respond(asked: Asked, signal?: AbortSignal): Promise<Answer>;
  /** Numbers of the items with these ids; unknown ids are skipped. */
  numbersOf(ids: readonly string[]): number[];
}

export interface ResponderParts extends IntentParts {
  items: readonly Item[];
  helper: Helper;
  readTurns(turns: readonly Turn[]): Intent;
  hasWords(text: string): boolean;
  /** Whether some item says a word. */
  mentions(word: string): boolean;
  /** What can be asked here, in sentences. */
  help(): readonly string[];
  withoutParts(intent: Intent, keys: readonly string[]): Intent;
  partsOf(intent: Intent, aside?: Aside): Part[];
}

/** What a list could not go by. */
function asideOf({ aside, conditions, plan, intent: { order } }: AnsweredIntent): Aside {
  const isUnknown = order !== null && conditions.unknown.some(({ field }) => field === orderField(order));
  return {
    limits: [...conditions.unknown, ...(aside ? [aside] : [])],
    order: isUnknown || plan.unordered !== null,
  };
}

const wishesIn = ({ wishes }: Intent) => wishes.map(({ text }) => text).join(', ') || null;

export function createResponder(parts: ResponderParts): Responder {
  const { items, numberOf, helper } = parts;
  const numbersOf = (ids: readonly string[]) => ids.map(numberOf).filter((item) => item !== undefined);
  const cards = (numbers: readonly number[]) => numbers.map((item) => cardOf(items[item]));
  /** Nothing is asked any longer because all that a text asks for was taken away, not because it asks for nothing. */
  const isTakenAway = (text: string) => !asksNothing(parts.readTurns([{ text, shown: [] }]));
  const saysOf = ({ history, texts }: Asked, answered: AnsweredIntent) => {
    const { intent } = answered;
    const text = texts.at(-1) ?? '';
    const said = new Set(wordsOf(texts.join(' ')));
    return sayUnderstood({
      intent,
      missing: answered.plan.missing,
      partial: answered.plan.partial,
      unknownLimits: answered.conditions.unknown,
      aside: answered.aside,
      unordered: answered.plan.unordered,
      history: cards(history),
      liked: cards(numbersOf(intent.liked)),
      untold: untoldIn(intent, text, parts.mentions),
      asked: answered.asked.map((item) => ({ ...cardOf(items[item]), description: items[item].description })),
      isPopular: answered.isPopular,
      isNear: answered.isNear,
      isUnlike: answered.plan.isUnlike,
      isEmpty: answered.items.length === 0,
      isUnderstood: !asksNothing(intent) || !asksSomething(text) || isTakenAway(text),
      isForeign: isForeign(text),
      isSaid: (words) => wordsOf(words).some((word) => said.has(word) && !isFiller(word)),
      hasWords: parts.hasWords,
    });
  };
  /** What does not fit and what is not known is said by rules in any case; the last sentence leads to the list. */
  const worded = async (
    says: string[],
    intent: Intent,
    list: readonly RecommendedItem[],
    signal?: AbortSignal,
  ) => {
    const lead = says.at(-1);
    if (lead === undefined || intent.question || !list.some(({ matched }) => matched)) return { says };
    const lines = list.map((item) => [item.title, priceOf(item)].filter(Boolean).join(aside));
    const { words, ...noted } = await helper.word({ intent, words: lead, list: lines }, signal);
    return { says: [...says.slice(0, -1), words], ...noted };
  };
  const without = (intent: Intent, removed: readonly string[] = []) =>
    removed.length > 0 ? parts.withoutParts(intent, removed) : intent;
  /** The answer to thanks, or to a question about the shop alone: a word, and no list. */
  const inWords = ({ intent, history }: Asked, says: readonly string[]): Answer => ({
    recommendation: {
      history: cards(history),
      query: wishesIn(intent),
      items: [],
      understood: { parts: parts.partsOf(intent), intent, says: [...says] },
    },
    usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
  });
  /** What somebody has, the latest first; not what they liked, or what stands for its kind. */
  const recalled = (asked: Asked): Answer => {
    const { intent, history, k } = asked;
    const others = new Set(numbersOf([...intent.liked, ...(intent.examples ?? [])]));
    const had = [...new Set(history.toReversed())].filter((item) => !others.has(item));
    const { recommendation, ...answer } = inWords(asked, [sayBought(had.length)]);
    return { ...answer, recommendation: { ...recommendation, items: had.slice(0, k).map(listed) } };
  };
  const listed = (item: number): RecommendedItem => ({
    ...listedItem(
      { item, score: 0, matched: true, factor: 1, order: 0 },
      items[item],
      codeOf(parts.artefacts.index, item),
    ),
    why: { kind: 'listed' },
  });
  return {
    numbersOf,
    read: (turns, removed) => without(parts.readTurns(turns), removed),
    async improve(read, turns, removed, signal) {
      const { intent, ...noted } = await helper.understand(read, turns, signal);
      if (intent === read) return { intent, ...noted };
      const gone = stillRemoved(turns, read, parts.partsOf);
      return { intent: without(intent, [...(removed ?? []), ...gone]), ...noted };
    },
    async respond(asked, signal) {
      const { intent, history } = asked;
      if (asked.recalls === 'wish') return inWords(asked, [sayAsked(parts.partsOf(intent))]);
      if (asked.recalls === 'history') return recalled(asked);
      if (asked.leaves) return inWords(asked, ['You are welcome. Ask whenever there is something else.']);
      if (asked.greets) return inWords(asked, asked.greets === 'first' ? parts.help() : helpedBefore);
      if (isAboutShop(intent.question) && asksNothing({ ...intent, had: [], question: null }))
        return inWords(asked, ofTheShop(intent));
      const k = Math.min(asked.k, intent.count ?? asked.k);
      const start = { ...asked, k, history: intent.after_latest ? history.slice(-1) : history };
      const answered = await answerIntent(start, parts, signal);
      const { items: found, usage, isPopular } = answered;
      const { says, note } = await worded(saysOf(start, answered), intent, found, signal);
      const recommendation = {
        history: cards(history),
        query: wishesIn(intent),
        items: found,
        ...(isPopular && answered.asked.length === 0 ? { fallback: 'popular' as const } : {}),
        understood: { parts: parts.partsOf(intent, asideOf(answered)), intent, says },
        ...(note ? { notes: [note] } : {}),
      };
      return { recommendation, usage };
    },
  };
}
