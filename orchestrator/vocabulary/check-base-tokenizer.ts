import { UserError } from '../shared/errors.ts';
import type { TokenizerJson } from './tokenizer-files.ts';

/**
 * Checks that a parsed tokenizer.json is a LLaMA-style BPE whose ids leave no holes, and returns it typed.
 * Holes cannot be kept: the Rust runtime numbers added tokens itself, from the highest id on.
 */
export function checkBaseTokenizer(value: unknown, place: string): TokenizerJson {
  const wrong = (message: string) =>
    new UserError('tokenizer/wrong-type', message, {
      place,
      remedy: 'Use the tokenizer of a LLaMA-style model (LLaMA 2, LLaMA 3, SmolLM2, Qwen, …).',
    });
  const candidate = value as Partial<TokenizerJson> | null;
  const model = candidate?.model as TokenizerJson['model'] | undefined;
  if (candidate === null || typeof candidate !== 'object' || model === null || typeof model !== 'object')
    throw wrong('expected a tokenizer.json with a "model" section');
  if (model.type !== 'BPE')
    throw wrong(
      `expected a tokenizer of type BPE, as LLaMA models use it, got ${JSON.stringify(model.type ?? null)}`,
    );
  if (!isVocab(model.vocab) || !Array.isArray(model.merges))
    throw wrong('expected a BPE model with "vocab" (token to id) and "merges" (a list)');
  // The Rust runtime cuts such a prefix off without looking, which ends the process.
  for (const key of ['continuing_subword_prefix', 'end_of_word_suffix'] as const)
    if (model[key])
      throw wrong(`expected a BPE without ${key}, got ${JSON.stringify(model[key]).slice(0, 40)}`);
  const broken = model.merges.findIndex((merge) => !isMerge(merge, model.vocab));
  if (broken >= 0)
    throw wrong(
      `expected merges of two tokens of the vocabulary into a third, got ${JSON.stringify(model.merges[broken])?.slice(0, 80)} at ${broken}`,
    );
  if (!model.byte_fallback && !usesByteLevel(candidate.pre_tokenizer))
    throw wrong(
      'expected a BPE over bytes (byte_fallback, or a ByteLevel pre-tokenizer), got one over characters',
    );
  const tokenizer = {
    ...candidate,
    // With it a runtime draws other pieces each time.
    model: { ...model, dropout: null },
    added_tokens: candidate.added_tokens ?? [],
  } as TokenizerJson;
  if (!Array.isArray(tokenizer.added_tokens) || tokenizer.added_tokens.some((token) => !isAdded(token)))
    throw wrong('expected "added_tokens" to be a list of {id, content, …}');
  const hole = findHole(tokenizer);
  if (hole !== null)
    throw wrong(`expected ids without holes from 0 to the highest, got no token with id ${hole}`);
  return tokenizer;
}

/** One more than the highest id: the first id that is free. */
export function baseSizeOf(tokenizer: TokenizerJson): number {
  let highest = -1;
  for (const id of Object.values(tokenizer.model.vocab)) highest = Math.max(highest, id);
  for (const { id } of tokenizer.added_tokens) highest = Math.max(highest, id);
  return highest + 1;
}

function findHole(tokenizer: TokenizerJson): number | null {
  const ids = new Set(Object.values(tokenizer.model.vocab));
  for (const { id } of tokenizer.added_tokens) ids.add(id);
  for (let id = 0; id < ids.size; id++) if (!ids.has(id)) return id;
  return ids.size === 0 ? 0 : null;
}

function isVocab(value: unknown): value is Record<string, number> {
  return (
    value !== null &&
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.values(value).every((id) => Number.isInteger(id) && id >= 0)
  );
}

/** `"a b"`, or `["a", "b"]` as newer files have it: both tokens and what they make are in the vocabulary. */
function isMerge(merge: unknown, vocab: Record<string, number>): boolean {
  const parts: unknown[] = typeof merge === 'string' ? merge.split(' ') : Array.isArray(merge) ? merge : [];
  return (
    parts.length === 2 &&
    parts.every((part) => typeof part === 'string' && Object.hasOwn(vocab, part)) &&
    Object.hasOwn(vocab, parts.join(''))
  );
}

function isAdded(value: unknown): boolean {
  const token = value as { id?: unknown; content?: unknown } | null;
  return Number.isInteger(token?.id) && typeof token?.content === 'string';
}

function usesByteLevel(preTokenizer: unknown): boolean {
  const { type, pretokenizers } = (preTokenizer ?? {}) as { type?: unknown; pretokenizers?: unknown };
  return type === 'ByteLevel' || (Array.isArray(pretokenizers) && pretokenizers.some(usesByteLevel));
}
