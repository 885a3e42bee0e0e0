import type { ChatCompletionChunk } from '../../../orchestrator/serving/contract/chat-completions.ts';
import type { ItemCard, RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import { jsonBody, request } from '../api/request.ts';
import { about } from '../state/about.ts';
import { readEvents } from './read-events.ts';
import type { Turn } from './turn.ts';

/** What is known besides the words. */
export interface Known {
  history: readonly ItemCard[];
  likes: readonly ItemCard[];
  dislikes: readonly ItemCard[];
  /** Keys of parts of what was understood that the person took away. */
  removed: readonly string[];
  k: number;
}

/** The server reads no more than the latest, and refuses longer messages. */
const mostTurns = 20;
const longestMessage = 4000;

/** Asks with the conversation before; `onMore` gets what is new of the answer as it comes. */
export async function askInWords(
  question: string,
  before: readonly Turn[],
  { history, likes, dislikes, removed, k }: Known,
  onMore: (more: Partial<Turn>) => void,
): Promise<Pick<Turn, 'from' | 'understood'> | null> {
  const ids = (items: readonly ItemCard[]) => items.map(({ item_id }) => item_id);
  const body = {
    model: about.value!.model.id,
    messages: [
      ...before.slice(-mostTurns).flatMap(messagesOf),
      { role: 'user', content: question.slice(0, longestMessage) },
    ],
    stream: true,
    recommender: {
      k,
      history: ids(history),
      likes: ids(likes),
      dislikes: ids(dislikes),
      ...(removed.length > 0 ? { removed } : {}),
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

/** What was said so far, with the lists, so that "the second one" can be understood. */
function messagesOf({ question, said, items, state }: Turn): { role: string; content: string }[] {
  if (state !== 'done') return [];
  const list = said || items.map(({ title }, at) => `${at + 1}. ${title}`).join('\n');
  const answer = { role: 'assistant', content: list.slice(0, longestMessage) };
  return question === null
    ? [answer]
    : [{ role: 'user', content: question.slice(0, longestMessage) }, answer];
}
