import type { ChatCompletionChunk } from '../../../orchestrator/serving/contract/chat-completions.ts';
import type { ItemCard, RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import { jsonBody, request } from '../api/request.ts';
import { about } from '../state/about.ts';
import type { Removed } from './memory.ts';
import { readEvents } from './read-events.ts';
import type { Turn } from './turn.ts';

/** What is known besides the words. */
export interface Known {
  history: readonly ItemCard[];
  likes: readonly ItemCard[];
  dislikes: readonly ItemCard[];
  /** Parts of what was understood that the person took away. */
  removed: readonly Removed[];
  k: number;
}

/** The server reads no more than the latest, and refuses longer messages. */
const mostTurns = 20;
const longestMessage = 4000;

/** Asks with the conversation before; `onMore` gets what is new of the answer as it comes. */
export async function askInWords(
  { id, question }: Pick<Turn, 'id'> & { question: string },
  before: readonly Turn[],
  { history, likes, dislikes, removed, k }: Known,
  onMore: (more: Partial<Turn>) => void,
): Promise<Pick<Turn, 'from' | 'understood'> | null> {
  const ids = (items: readonly ItemCard[]) => items.map(({ item_id }) => item_id);
  const sent = before.slice(-mostTurns).filter(({ state }) => state === 'done');
  const asked = [...sent.flatMap((turn) => (turn.question === null ? [] : turn.id)), id];
  const gone = removed.flatMap((each) => afterMessage(each, asked));
  const body = {
    model: about.value!.model.id,
    messages: [...sent.flatMap(messagesOf), { role: 'user', content: question.slice(0, longestMessage) }],
    stream: true,
    recommender: {
      k,
      history: ids(history),
      likes: ids(likes),
      dislikes: ids(dislikes),
      ...(gone.length > 0 ? { removed: gone } : {}),
    },
  };
  const response = await request('v1/chat/completions', jsonBody(body));
  let said = '';
  let items: RecommendedItem[] = [];
  let end: Pick<Turn, 'from' | 'understood'> | null = null;
  for await (const { item, recommendation, choices } of readEvents<ChatCompletionChunk>(response)) {
    said += choices[0]?.delta.content ?? '';
    if (item) items = [...items, item];
    onMore({ said, items });
    if (!recommendation) continue;
    const { notes = [], fallback, history: from, understood = null } = recommendation;
    end = { from, understood };
    onMore({ ...end, items: recommendation.items, notes, isPopular: fallback === 'popular' });
  }
  return end;
}

/** The server counts the questions that it gets; what was taken away before the first of them is said no longer. */
function afterMessage({ key, turn }: Removed, asked: readonly number[]): Removed[] {
  const count = asked.filter((id) => id <= turn).length;
  return count > 0 ? [{ key, turn: count }] : [];
}

/** What was said so far, with the lists, so that "the second one" can be understood. */
function messagesOf({ question, said, items }: Turn): { role: string; content: string }[] {
  const list = said || items.map(({ title }, at) => `${at + 1}. ${title}`).join('\n');
  const answer = { role: 'assistant', content: list.slice(0, longestMessage) };
  return question === null
    ? [answer]
    : [{ role: 'user', content: question.slice(0, longestMessage) }, answer];
}
