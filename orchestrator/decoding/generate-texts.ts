import { int64From } from '../engine/int64.ts';
import { createMemory } from '../models/generation/key-value-cache.ts';
import type { Chain, Generator } from '../models/generator.ts';
import { batchesByLength } from './length-batches.ts';

export interface GenerateOptions {
  /** Ends a text; not part of what is returned. */
  eosTokenId: number;
  /** Maximum number of tokens of a text. */
  maxTokens: number;
  /** Tokens of one pass over a batch of prompts, padding included. */
  maxBatchTokens?: number;
  signal?: AbortSignal;
}

/** Greedy decoding over the whole vocabulary: after each prompt, the most likely token each time. */
export async function generateTexts(
  generator: Generator,
  prompts: readonly Int32Array[],
  { eosTokenId, maxTokens, maxBatchTokens = 4096, signal }: GenerateOptions,
): Promise<number[][]> {
  const { vocabularySize } = generator;
  const everyToken = {
    shape: [vocabularySize],
    data: int64From(Array.from({ length: vocabularySize }, (_, id) => id)),
  };
  const memory = createMemory();
  const texts: number[][] = prompts.map(() => []);
  const lengths = prompts.map(({ length }) => length + maxTokens);
  for (const batch of batchesByLength(lengths, maxBatchTokens, 1)) {
    signal?.throwIfAborted();
    const own = Array.from(batch, (index) => prompts[index]);
    const { tree, logits } = await generator.plant(own, everyToken, memory);
    /** Columns of the tokens behind each prompt so far. */
    const columns: number[][] = own.map(() => []);
    let open = own.map((_, row) => row);
    let next = open.map((row) => likeliest(logits, row, vocabularySize));
    for (let step = 0; ; step++) {
      const going = open
        .map((row, at) => ({ row, token: next[at] }))
        .filter(({ row, token }) => {
          if (token === eosTokenId || step === maxTokens) return false;
          return own[row].length + step < generator.longest;
        });
      for (const { row, token } of going) texts[batch[row]].push(token);
      if (going.length === 0 || step + 1 === maxTokens) break;
      const chains = going.map(
        ({ row, token }): Chain => ({ row, ancestors: columns[row], tokens: [token] }),
      );
      const grown = await tree.grow(chains, everyToken, maxTokens - step);
      open = going.map(({ row }) => row);
      next = open.map((_, at) => likeliest(grown.logits, at, vocabularySize));
      for (const [at, row] of open.entries()) columns[row] = grown.columns[at];
    }
  }
  return texts;
}

/** The smallest of the best tokens of a row. */
function likeliest(logits: Float32Array, row: number, width: number): number {
  let best = 0;
  for (let token = 1; token < width; token++)
    if (logits[row * width + token] > logits[row * width + best]) best = token;
  return best;
}
