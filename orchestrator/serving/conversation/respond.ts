import type { Item } from '../../dataset/types.ts';
import type { Intent, Part, Turn } from '../../understanding/index.ts';
import type { Answer } from '../answer-start.ts';
import { cardOf } from '../cards.ts';
import { type AnsweredIntent, type AskedIntent, answerIntent, type IntentParts } from './answer-intent.ts';
import { asksNothing, asksSomething } from './asks-nothing.ts';
import { isForeign } from './foreign.ts';
import { sayUnderstood } from './say-understood.ts';

/** A text or a conversation, with what else is known. */
export interface Asked extends AskedIntent {
  /** The latest text. */
  text: string;
}

/** Reads texts and answers them, for chats and single requests alike. */
export interface Responder {
  /** The intent of a conversation, without the parts that were taken away. */
  read(turns: readonly Turn[], removed?: readonly string[]): Intent;
  respond(asked: Asked, signal?: AbortSignal): Promise<Answer>;
  /** Numbers of the items with these ids; unknown ids are skipped. */
  numbersOf(ids: readonly string[]): number[];
}

export interface ResponderParts extends IntentParts {
  items: readonly Item[];
  readTurns(turns: readonly Turn[]): Intent;
  withoutParts(intent: Intent, keys: readonly string[]): Intent;
  partsOf(intent: Intent, titleOf: (id: string) => string): Part[];
}

export function createResponder(parts: ResponderParts): Responder {
  const { items, numberOf } = parts;
  const numbersOf = (ids: readonly string[]) => ids.map(numberOf).filter((item) => item !== undefined);
  const cards = (numbers: readonly number[]) => numbers.map((item) => cardOf(items[item]));
  const titleOf = (id: string) => cards(numbersOf([id]))[0]?.title ?? id;
  const saysOf = ({ intent, history, text }: Asked, answered: AnsweredIntent) =>
    sayUnderstood({
      intent,
      missing: answered.plan.missing,
      partial: answered.plan.partial,
      unknownLimits: answered.conditions.unknown,
      history: cards(history),
      liked: cards(numbersOf(intent.liked)),
      asked: cards(answered.asked),
      isPopular: answered.isPopular,
      isEmpty: answered.items.length === 0,
      isUnderstood: !asksNothing(intent) || !asksSomething(text),
      isForeign: isForeign(text),
    });
  return {
    numbersOf,
    read: (turns, removed = []) => {
      const intent = parts.readTurns(turns);
      return removed.length > 0 ? parts.withoutParts(intent, removed) : intent;
    },
    async respond(asked, signal) {
      const { intent, history } = asked;
      const answered = await answerIntent(asked, parts, signal);
      const { items: found, usage, isPopular } = answered;
      const recommendation = {
        history: cards(history),
        query: intent.wishes.map(({ text }) => text).join(', ') || null,
        items: found,
        ...(isPopular && answered.asked.length === 0 ? { fallback: 'popular' as const } : {}),
        understood: { parts: parts.partsOf(intent, titleOf), intent, says: saysOf(asked, answered) },
      };
      return { recommendation, usage };
    },
  };
}
