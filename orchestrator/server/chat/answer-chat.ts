import type { z } from 'zod';
import {
  type AnswerLine,
  answerLines,
  type ChatRecommendation,
  type chatCompletionRequest,
  type OpenRun,
  type Said,
  type Usage,
} from '../../serving/index.ts';

import { fitSchema } from './fit-schema.ts';

export interface ChatAnswer {
  lines: AnswerLine[];
  recommendation: ChatRecommendation;
  usage: Usage;
}

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
  chat.follow(messages.flatMap(saidIn));
  const answer = await chat.recommend({ k, signal });
  const { history, likes, dislikes, wish } = chat.state();
  const ids = (cards: { item_id: string }[]) => cards.map(({ item_id }) => item_id);
  const recommendation = {
    ...(answer?.recommendation ?? { history, query: wish, items: [] }),
    likes: ids(likes),
    dislikes: ids(dislikes),
  };
  const words = () => (answer ? answerLines(answer.recommendation) : [{ text: nothingKnown }]);
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

type Message = z.output<typeof chatCompletionRequest>['messages'][number];
type Content = Message['content'];

/** Only what the person said is understood; of an answer, the list counts. */
function saidIn({ role, content }: Message): Said[] {
  if (role !== 'user' && role !== 'assistant') return [];
  return [{ by: role === 'user' ? 'person' : 'answer', text: textOf(content) }];
}

function textOf(content: Content): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map(({ text }) => text ?? '').join(' ');
}
