import { Readable } from 'node:stream';
import type { ChatCompletionChunk } from '../../serving/index.ts';
import type { ChatAnswer } from './answer-chat.ts';
import type { CompletionHead } from './completion.ts';

/** The answer as server-sent events: a chunk for each line, one that ends it, the usage where it is asked for, `[DONE]`. */
export function streamOf(head: CompletionHead, answer: ChatAnswer, withUsage: boolean): Readable {
  return Readable.from(events(head, answer, withUsage));
}

function* events(
  head: CompletionHead,
  { lines, recommendation, usage }: ChatAnswer,
  withUsage: boolean,
): Generator<string> {
  const chunk = (
    delta: ChatCompletionChunk['choices'][number]['delta'],
    more: Partial<ChatCompletionChunk> = {},
    finish: 'stop' | null = null,
  ): ChatCompletionChunk => ({
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    ...(withUsage ? { usage: null } : {}),
    ...more,
  });
  yield event(chunk({ role: 'assistant', content: '' }));
  for (const { text, item } of lines) yield event(chunk({ content: text }, item ? { item } : {}));
  yield event(chunk({}, { recommendation }, 'stop'));
  if (withUsage) yield event({ ...chunk({}), choices: [], usage });
  yield 'data: [DONE]\n\n';
}

function event(chunk: ChatCompletionChunk): string {
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
