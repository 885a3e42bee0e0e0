import { z } from 'zod';
import { recommendedItem } from './items.ts';
import { limits } from './limits.ts';
import { itemName, recommendation, removedKey } from './recommendations.ts';

const text = z.string().max(limits.text);

const part = z.looseObject({
  type: z.enum(['text', 'refusal']),
  text: text.optional(),
});

const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: z
    .union(
      [text, z.array(part).max(20)],
      `is neither a text of at most ${limits.text} characters nor at most 20 parts of text: no images, sounds or files are read here`,
    )
    .nullish(),
});

/** Not given, or equal to the only behaviour there is. */
const only = <T extends z.ZodType>(fine: T, message: string) => z.union([fine, z.null()], message).optional();
const never = (message: string) => z.null(message).optional();
const noTools = 'no tools are called here: leave it out, or send "none" or "auto"';
const asResponseFormat = 'is not served here: ask with response_format';
const noLogProbabilities = 'log probabilities of words are not served here: each item has its score';

/** Options that change how an answer has to be read are supported or refused, never silently ignored. */
const formOfAnswer = {
  response_format: only(
    z.union([
      z.looseObject({ type: z.enum(['text', 'json_object']) }),
      z.looseObject({
        type: z.literal('json_schema'),
        json_schema: z.looseObject({ schema: z.record(z.string(), z.unknown()) }),
      }),
    ]),
    'only {"type": "text"}, {"type": "json_object"} and {"type": "json_schema", "json_schema": {"schema": …}} are served',
  ),
  n: only(z.literal(1), 'one answer is served: leave n out, or send 1'),
  best_of: only(z.literal(1), 'one answer is served: leave best_of out, or send 1'),
  logprobs: only(z.literal(false), noLogProbabilities),
  top_logprobs: only(z.literal(0), noLogProbabilities),
  prompt_logprobs: only(z.literal(0), noLogProbabilities),
  // Tools may be offered: an answer need not call any.
  tool_choice: only(z.enum(['none', 'auto']), noTools),
  function_call: only(z.enum(['none', 'auto']), noTools),
  modalities: only(z.array(z.literal('text')), 'only "text" is served'),
  audio: never('only text is served: leave audio out'),
  echo: only(z.literal(false), 'the prompt is not repeated: leave echo out'),
  // Other servers' names for the same.
  format: never(asResponseFormat),
  grammar: never(asResponseFormat),
  json_schema: never(asResponseFormat),
  guided_json: never(asResponseFormat),
  guided_regex: never(asResponseFormat),
  guided_choice: never(asResponseFormat),
  guided_grammar: never(asResponseFormat),
  structured_outputs: never(asResponseFormat),
};

/** Settings of text generation, and what only concerns OpenAI's own service. An answer names those that it was sent. */
export const withoutEffect = {
  ...ignored('lists are searched exactly, and nothing is drawn', [
    'temperature',
    'top_p',
    'seed',
    'presence_penalty',
    'frequency_penalty',
    'logit_bias',
  ]),
  ...ignored('the length of an answer follows from recommender.k', [
    'max_tokens',
    'max_completion_tokens',
    'stop',
    'verbosity',
  ]),
  ...ignored('no tool is ever called', ['tools', 'functions', 'parallel_tool_calls']),
  ...ignored('nothing is kept, and nobody is told apart by it', [
    'user',
    'safety_identifier',
    'metadata',
    'store',
    'prompt_cache_key',
    'service_tier',
    'reasoning_effort',
    'prediction',
    'web_search_options',
  ]),
};

function ignored<Name extends string>(why: string, names: readonly Name[]) {
  const each = z.unknown().optional().describe(`no effect: ${why}`);
  return Object.fromEntries(names.map((name) => [name, each])) as Record<Name, z.ZodOptional<z.ZodUnknown>>;
}

/** A part that was taken away in the course of a conversation. */
export const removedAfter = z.strictObject({
  key: removedKey,
  turn: z
    .int()
    .min(1)
    .max(limits.messages)
    .describe('after which of the messages of the user in this request, the first is 1'),
});

/** Chat state besides the messages: an extension field, which OpenAI's clients pass through unchanged. */
export const chatState = z.strictObject({
  k: z.int().min(1).max(limits.items).optional().describe('how many items; 10 by default'),
  history: z.array(itemName).max(limits.history).optional().describe('item ids or titles, oldest first'),
  likes: z
    .array(itemName)
    .max(limits.history)
    .optional()
    .describe('liked items: the newest part of the history'),
  dislikes: z.array(itemName).max(limits.history).optional().describe('never recommended'),
  exclude: z.array(itemName).max(limits.exclude).optional().describe('never recommended'),
  removed: z
    .array(z.union([removedKey, removedAfter]))
    .max(limits.removed)
    .optional()
    .describe(
      'parts that are not meant, from `understood.parts` of an earlier answer: with the turn after which they were taken away, so that the same said later counts; a key alone holds for all messages of the request',
    ),
});

/** POST /v1/chat/completions: what OpenAI's clients send. */
export const chatCompletionRequest = z.looseObject({
  model: z.string().max(limits.name),
  messages: z.array(message).min(1).max(limits.messages),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  ...formOfAnswer,
  ...withoutEffect,
  recommender: chatState.optional(),
});

/** The header of an answer that names the fields of the request without effect, where there are some. */
export const noEffectHeader = 'x-eager-llm-no-effect';

export const usage = z.object({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
});

/** The items of an answer as data: an extension of OpenAI's fields. */
export const chatRecommendation = recommendation.extend({
  likes: z.array(z.string()).describe('item ids'),
  dislikes: z.array(z.string()).describe('item ids'),
});

const completionHead = { id: z.string(), created: z.int(), model: z.string() };

export const chatCompletion = z.object({
  ...completionHead,
  object: z.literal('chat.completion'),
  choices: z.array(
    z.object({
      index: z.int(),
      message: z.object({ role: z.literal('assistant'), content: z.string(), refusal: z.null() }),
      logprobs: z.null(),
      finish_reason: z.literal('stop'),
    }),
  ),
  usage,
  recommendation: chatRecommendation,
});

/** One event of a stream; the last one is `[DONE]`. */
export const chatCompletionChunk = z.object({
  ...completionHead,
  object: z.literal('chat.completion.chunk'),
  choices: z.array(
    z.object({
      index: z.int(),
      delta: z.object({ role: z.literal('assistant').optional(), content: z.string().optional() }),
      logprobs: z.null(),
      finish_reason: z.literal('stop').nullable(),
    }),
  ),
  usage: usage.nullable().optional(),
  item: recommendedItem.optional().describe('the item that the text of this chunk names'),
  recommendation: chatRecommendation.optional().describe('the whole answer, in the chunk that ends it'),
});

export type ChatMessage = z.infer<typeof message>;
export type ChatState = z.infer<typeof chatState>;
export type ChatCompletionRequest = z.input<typeof chatCompletionRequest>;
export type ChatRecommendation = z.infer<typeof chatRecommendation>;
export type ChatCompletion = z.infer<typeof chatCompletion>;
export type ChatCompletionChunk = z.infer<typeof chatCompletionChunk>;
export type Usage = z.infer<typeof usage>;
