import type { ChatCompletion } from '../../serving/index.ts';
import type { ChatAnswer } from './answer-chat.ts';

export type CompletionHead = Pick<ChatCompletion, 'id' | 'created' | 'model'>;

/** The answer in one piece. */
export function completionOf(
  head: CompletionHead,
  { lines, recommendation, usage }: ChatAnswer,
): ChatCompletion {
  const content = lines.map(({ text }) => text).join('');
  return {
    ...head,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage,
    recommendation,
  };
}
