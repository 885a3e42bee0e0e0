import { z } from 'zod';
import { type Conflict, conflictsAt } from '../shared/conflict.ts';

export const languageModelSettings = z.strictObject({
  base_url: z
    .string()
    .min(1)
    .max(2000)
    .describe('address of a server that speaks the protocol of OpenAI, as in http://127.0.0.1:11434/v1'),
  model: z.string().min(1).max(200).describe('name of the model there'),
  api_key_env: z
    .string()
    // A run from elsewhere can name a variable, and must not get at every secret of this machine.
    .regex(/^[A-Za-z_]\w{0,100}_API_KEY$/, 'the name of an environment variable that ends with _API_KEY')
    .nullable()
    .default(null)
    .describe(
      'environment variable that holds the key of that server, as in SHOP_API_KEY; null = it needs none',
    ),
  timeout_ms: z
    .int()
    .min(50)
    .max(60_000)
    .default(4000)
    .describe('how long one question to it may take; then the rules answer alone'),
  reply: z.boolean().default(true).describe('whether it also words the sentences above a list'),
  allow_http: z
    .boolean()
    .default(false)
    .describe('http instead of https to another machine, where anyone on the way can read what is sent'),
});

/** How conversations are understood. No stage depends on it. */
export const chatSettings = z.strictObject({
  language_model: languageModelSettings
    .nullable()
    .default(null)
    .describe('a language model that helps to understand; null = rules alone'),
});

export type LanguageModelSettings = z.infer<typeof languageModelSettings>;
export type ChatSettings = z.infer<typeof chatSettings>;

/** Where texts and a key may be sent: not every address that can be written. */
export function* chatConflicts({ language_model: model }: ChatSettings): Generator<Conflict> {
  if (model) yield* conflictsAt('language_model', languageModelConflicts(model));
}

/** The same for one language model. */
export function* languageModelConflicts(settings: LanguageModelSettings): Generator<Conflict> {
  const { base_url, allow_http } = settings;
  const conflict = (message: string, remedy: string) => ({ path: 'base_url', message, remedy });
  const url = URL.canParse(base_url) ? new URL(base_url) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    return yield conflict('is no address of http or https', 'Write it as in https://models.example/v1.');
  if (url.username || url.password || url.search || url.hash)
    yield conflict(
      'holds more than host and path',
      'Write the address alone, up to /v1; a key comes from the variable that api_key_env names.',
    );
  if (url.protocol === 'http:' && !isLoopback(url.hostname) && !allow_http)
    yield conflict(
      'sends texts, and the key, unencrypted to another machine',
      'Use https, or set allow_http to true if everybody on the way may read them.',
    );
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
