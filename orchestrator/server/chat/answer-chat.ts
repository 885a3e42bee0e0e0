import type { z } from 'zod';
import type {
  Answer,
  ChatRecommendation,
  chatCompletionRequest,
  OpenRun,
  RecommendedItem,
  Usage,
} from '../../serving/index.ts';

import { fitSchema } from './fit-schema.ts';

/** A line of the answer, with the item that it names. */
export interface ChatLine {
  text: string;
  item?: RecommendedItem;
}

export interface ChatAnswer {
  lines: ChatLine[];
  recommendation: ChatRecommendation;
  usage: Usage;
}

/** Older messages are rarely relevant, and reading them costs time. */
const latestMessages = 20;

/** Reads a conversation from its messages, as OpenAI's clients send all of them each time, and answers the latest. */
export async function answerChat(
  run: OpenRun,
  {
    messages,
    response_format: format,
    recommender: { k, ...known } = {},
  }: z.output<typeof chatCompletionRequest>,
  signal: AbortSignal,
): Promise<ChatAnswer> {
  const chat = run.chat(known);
  const said = messages.filter(({ role }) => role === 'user').slice(-latestMessages);
  for (const { content } of said) chat.hear(textOf(content));
  const answer = await chat.recommend({ k, signal });
  const { history, likes, dislikes, wish } = chat.state();
  const ids = (cards: { item_id: string }[]) => cards.map(({ item_id }) => item_id);
  const recommendation = {
    ...(answer?.recommendation ?? { history, query: wish, items: [] }),
    likes: ids(likes),
    dislikes: ids(dislikes),
  };
  const words = () => (answer ? [...linesOf(answer), ...noteLines(answer)] : [{ text: nothingKnown }]);
  return {
    lines: format && format.type !== 'text' ? [{ text: asJson(format, recommendation) }] : words(),
    recommendation,
    usage: answer?.usage ?? { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
  };
}

type Format = NonNullable<z.output<typeof chatCompletionRequest>['response_format']>;

/** The recommendation itself, or the part of it that a schema asks for. */
function asJson(format: Format, recommendation: ChatRecommendation): string {
  const wanted =
    format.type === 'json_schema' ? fitSchema(format.json_schema.schema, recommendation) : recommendation;
  return JSON.stringify(wanted);
}

const nothingKnown =
  'Name something that you have or like, as it is called in the catalogue, or say what you are looking for.';

function linesOf({ recommendation: { history, query, items } }: Answer): ChatLine[] {
  const latest = history.slice(-3).map(({ title }) => title);
  const after = history.length > 0 ? `After ${history.length > 3 ? '… ' : ''}${latest.join(' | ')}` : '';
  const wish = query ? `${after ? ', ' : ''}${after ? 'looking' : 'Looking'} for “${query}”` : '';
  if (items.length === 0) return [{ text: `${after}${wish}: there is nothing else in the catalogue.` }];
  return [
    { text: `${after}${wish}:\n` },
    ...items.map((item, at) => ({ text: `\n${at + 1}. ${item.title}`, item })),
  ];
}

function noteLines({ recommendation: { notes = [] } }: Answer): ChatLine[] {
  return notes.map((note, at) => ({ text: `${at === 0 ? '\n' : ''}\nNote: ${note}.` }));
}

type Content = z.output<typeof chatCompletionRequest>['messages'][number]['content'];

function textOf(content: Content): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map(({ text }) => text ?? '').join(' ');
}
