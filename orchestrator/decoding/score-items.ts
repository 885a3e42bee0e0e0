import { int64From } from '../engine/int64.ts';
import { type CodeTrie, codeCount, digitsOf, itemsOf } from '../item-index/trie.ts';
import type { Generator } from '../models/generator.ts';
import { createBreathe } from '../shared/breathe.ts';
import type { Vocabulary } from '../vocabulary/types.ts';
import { checkPrompts, checkVocabulary } from './checks.ts';
import { logSumExp } from './log-sum-exp.ts';

export interface ScoreItemsOptions {
  generator: Generator;
  trie: CodeTrie;
  vocabulary: Pick<Vocabulary, 'codeTokenIds'>;
  /** Tokens of one pass, padding included. Default 4096. */
  maxBatchTokens?: number | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * log p(item's code | prompt) of every item, [items], by feeding each code in full: the same numbers as the beams',
 * computed without beams or cache. Costs a whole sequence a code, so it is for small catalogues and for tests.
 */
export async function scoreItems(options: ScoreItemsOptions, prompt: Int32Array): Promise<Float64Array> {
  const { generator, trie, vocabulary, maxBatchTokens = 4096, signal } = options;
  checkVocabulary(generator, trie, vocabulary);
  checkPrompts([prompt], generator, trie.levels);
  const { levels, levelSizes } = trie;
  const tokenOf = (digit: number, level: number) => vocabulary.codeTokenIds[level][digit];
  const headRows = levelSizes.flatMap((size, level) => vocabulary.codeTokenIds[level].slice(0, size));
  const firstColumns = levelSizes.map((_, level) => levelSizes.slice(0, level).reduce((a, b) => a + b, 0));
  const scores = new Float64Array(trie.items.length);
  const step = Math.max(1, Math.floor(maxBatchTokens / (prompt.length + levels - 1)));
  const breathe = createBreathe(signal);
  for (let start = 0; start < codeCount(trie); start += step) {
    const leaves = Array.from({ length: Math.min(step, codeCount(trie) - start) }, (_, at) => start + at);
    const codes = leaves.map((leaf) => digitsOf(trie, leaf));
    const logits = await generator.follow(
      codes.map(() => prompt),
      codes.map((code) => Int32Array.from(code.slice(0, -1), tokenOf)),
      { shape: [headRows.length], data: int64From(headRows) },
    );
    for (const [row, code] of codes.entries()) {
      const offsets = firstColumns.map((first, level) => (row * levels + level) * headRows.length + first);
      const score = scoreCode(trie, code, logits, offsets);
      for (const item of itemsOf(trie, leaves[row])) scores[item] = score;
    }
    await breathe();
  }
  return scores;
}

/** `offsets[level]` is where the logit of digit 0 of that level stands, behind the digits before it. */
function scoreCode(
  trie: CodeTrie,
  code: readonly number[],
  logits: Float32Array,
  offsets: readonly number[],
): number {
  let score = 0;
  let node = 0;
  for (const [level, digit] of code.entries()) {
    const [first, end] = [trie.starts[level][node], trie.starts[level][node + 1]];
    const digits = trie.digits[level];
    if (end - first > 1)
      score += logits[offsets[level] + digit] - logSumExp(logits, offsets[level], digits, first, end);
    node = digits.indexOf(digit, first);
  }
  return score;
}
