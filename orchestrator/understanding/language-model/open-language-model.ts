import { UserError } from '../../shared/errors.ts';
import { type LanguageModelSettings, languageModelConflicts } from '../settings.ts';
import { askEndpoint } from './ask-endpoint.ts';
import { NoAnswer } from './no-answer.ts';

export interface Question {
  /** What it is to do. */
  task: string;
  /** What it is to do it with. */
  text: string;
  /** The form of the answer, as JSON Schema; free text if left out. */
  schema?: { name: string; schema: object } | undefined;
  mostTokens: number;
}

export interface LanguageModel {
  /** The text of the answer. Throws a NoAnswer where there is none, and the reason of `signal` once that is aborted. */
  ask(question: Question, signal?: AbortSignal): Promise<string>;
  /** Whether it is to word replies, too. */
  words: boolean;
  /** Where texts go. */
  address: string;
}

/** Servers differ in what they take: each form asks for less than the one before it. */
const forms = ['schema', 'object-of-schema', 'object', 'plain'] as const;

/** A slow server must not hold thousands of conversations open. */
const mostAtOnce = 32;
/** So many failures one after the other, and it is left alone for so long: nobody waits for a server that is down. */
const mostFailures = 3;
const restMilliseconds = 30_000;

/**
 * The language model that settings name. Its key is read from the environment now, and kept in memory alone. Throws a
 * UserError for an address that must not be used, and for a key that is missing.
 */
export function openLanguageModel(
  settings: LanguageModelSettings,
  env: Record<string, string | undefined> = process.env,
  now: () => number = Date.now,
): LanguageModel {
  const { base_url, model, timeout_ms, reply } = settings;
  for (const { path, message, remedy } of languageModelConflicts(settings))
    throw new UserError('chat/address', `chat.language_model.${path}: ${message}`, { remedy });
  const endpoint = { url: base_url, key: keyOf(settings, env) };
  let first = 0;
  let asking = 0;
  let failures = 0;
  let restsUntil = 0;

  /** In the first form that the server takes; the next question begins with that one. */
  const inSomeForm = async (question: Question, signal: AbortSignal) => {
    for (let at = first; ; at++)
      try {
        const answer = await askEndpoint(endpoint, bodyOf(model, question, forms[at]), signal);
        first = at;
        return answer;
      } catch (error) {
        if (!(error instanceof NoAnswer && error.disliked && at + 1 < forms.length)) throw error;
      }
  };
  const ask: LanguageModel['ask'] = async (question, signal) => {
    if (now() < restsUntil) throw new NoAnswer('resting');
    if (asking >= mostAtOnce) throw new NoAnswer('busy');
    asking++;
    const limit = AbortSignal.timeout(timeout_ms);
    try {
      const answer = await inSomeForm(question, signal ? AbortSignal.any([signal, limit]) : limit);
      failures = 0;
      return answer;
    } catch (error) {
      signal?.throwIfAborted();
      if (++failures >= mostFailures) restsUntil = now() + restMilliseconds;
      throw limit.aborted ? new NoAnswer('late') : error;
    } finally {
      asking--;
    }
  };
  return { ask, words: reply, address: base_url };
}

function keyOf({ api_key_env: name }: LanguageModelSettings, env: Record<string, string | undefined>) {
  if (name === null) return null;
  const key = env[name]?.trim();
  // A header takes nothing else, and an error of fetch would repeat the key.
  if (key && /^[\x21-\x7e]+$/.test(key)) return key;
  throw new UserError(
    'chat/no-key',
    `the environment variable ${name}, which chat.language_model.api_key_env names, ${key ? 'holds no key' : 'is not set'}`,
    { remedy: `Set ${name} to the key of the language model's server, or api_key_env to null.` },
  );
}

function bodyOf(model: string, { task, text, schema, mostTokens }: Question, form: (typeof forms)[number]) {
  const isBound = form === 'schema' || form === 'object-of-schema';
  const described = schema && !isBound ? `\n\nJSON Schema:\n${JSON.stringify(schema.schema)}` : '';
  const messages = [
    { role: 'system', content: `${task}${described}` },
    { role: 'user', content: text },
  ];
  // Some models of OpenAI know neither max_tokens nor a temperature.
  if (form === 'plain') return { model, messages, max_completion_tokens: mostTokens };
  const formats = {
    schema: { type: 'json_schema', json_schema: { ...schema, strict: true } },
    // As llama.cpp and others had it before OpenAI.
    'object-of-schema': { type: 'json_object', schema: schema?.schema },
    object: { type: 'json_object' },
  };
  return {
    model,
    messages,
    temperature: 0,
    max_tokens: mostTokens,
    ...(schema ? { response_format: formats[form] } : {}),
  };
}
