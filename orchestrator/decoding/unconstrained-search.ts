import { int64From } from '../engine/int64.ts';
import { type CodeTrie, itemsOf } from '../item-index/trie.ts';
import type { Recommendation, Recommender, RecommenderOptions } from './beam-search.ts';
import { checkList, checkPrompts, checkSetup } from './checks.ts';
import { createMemory, type Memory } from './key-value-cache.ts';
import { batchesByLength } from './length-batches.ts';
import { type Chain, growTree, plantPrompts } from './token-tree.ts';
import { createTopList, lowestUseful, offer } from './top-list.ts';

interface FreeBeam {
  tokens: readonly number[];
  columns: readonly number[];
  /** Sum of the log-probabilities of its tokens, each among the whole vocabulary. */
  score: number;
}

/**
 * The same search without the constraint, to show what the constraint is worth: at every step any token of the
 * vocabulary may come, and beams that are no code of the catalogue come back without items and digits.
 */
export function createUnconstrainedRecommender(options: RecommenderOptions): Recommender {
  const { programs, trie, vocabulary, numBeams, maxBatchTokens = 4096 } = options;
  checkSetup({ programs, trie, vocabulary, numBeams, maxBatchTokens });
  const digitOf = vocabulary.codeTokenIds.map((ids) => new Map(ids.map((id, digit) => [id, digit])));
  return {
    async recommend(prompts, k = numBeams, { signal, candidates } = {}) {
      if (candidates) throw new RangeError('only the constrained search can leave items out');
      checkList(k, numBeams);
      checkPrompts(prompts, programs, trie.levels);
      const memory = createMemory();
      const lists = new Array<Recommendation[]>(prompts.length);
      const lengths = prompts.map(({ length }) => length);
      for (const batch of batchesByLength(lengths, maxBatchTokens, numBeams)) {
        signal?.throwIfAborted();
        const own = Array.from(batch, (index) => prompts[index]);
        const found = await searchBatch(options, own, memory);
        for (const [at, index] of batch.entries())
          lists[index] = found[at].slice(0, k).map((beam) => asRecommendation(beam, trie, digitOf));
      }
      return lists;
    },
  };
}

async function searchBatch(
  { programs, trie, numBeams }: RecommenderOptions,
  prompts: readonly Int32Array[],
  memory: Memory,
): Promise<FreeBeam[][]> {
  const { vocab_size } = programs.config;
  const everyToken = {
    shape: [vocab_size],
    data: int64From(Array.from({ length: vocab_size }, (_, id) => id)),
  };
  const { tree, logits } = await plantPrompts(programs, prompts, everyToken, memory);
  const root: FreeBeam = { tokens: [], columns: [], score: 0 };
  let beams = prompts.map((_, row) => expand([root], logits, row, vocab_size, numBeams));
  for (let depth = 1; depth < trie.levels; depth++) {
    const chains = beams.flatMap((own, row) =>
      own.map(({ tokens, columns }): Chain => ({ row, ancestors: columns, tokens: tokens.slice(-1) })),
    );
    const grown = await growTree(tree, chains, everyToken, numBeams * (trie.levels - 1 - depth));
    let first = 0;
    beams = beams.map((own) => {
      const fed = own.map((beam, at) => ({ ...beam, columns: grown.columns[first + at] }));
      const next = expand(fed, grown.logits, first, vocab_size, numBeams);
      first += own.length;
      return next;
    });
  }
  return beams;
}

/** The best continuations of one prompt's beams, whose logits begin at row `first`. */
function expand(
  beams: readonly FreeBeam[],
  logits: Float32Array,
  first: number,
  vocabularySize: number,
  width: number,
): FreeBeam[] {
  const best = createTopList(width);
  for (const [at, { score }] of beams.entries()) {
    const own = logits.subarray((first + at) * vocabularySize, (first + at + 1) * vocabularySize);
    const highest = own.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    let sum = 0;
    for (const logit of own) sum += Math.exp(logit - highest);
    const base = score - highest - Math.log(sum);
    for (let token = 0; token < vocabularySize; token++)
      if (base + own[token] >= lowestUseful(best)) offer(best, base + own[token], token, at);
  }
  return Array.from({ length: best.size }, (_, place) => {
    const { tokens, columns } = beams[best.parents[place]];
    return { tokens: [...tokens, best.nodes[place]], columns, score: best.scores[place] };
  });
}

function asRecommendation(
  { tokens, score }: FreeBeam,
  trie: CodeTrie,
  digitOf: readonly ReadonlyMap<number, number>[],
): Recommendation {
  const digits: number[] = [];
  let node = 0;
  for (const [level, token] of tokens.entries()) {
    const digit = digitOf[level].get(token);
    const [first, end] = [trie.starts[level][node], trie.starts[level][node + 1]];
    const child = digit === undefined ? -1 : trie.digits[level].subarray(first, end).indexOf(digit);
    if (digit === undefined || child < 0) return { items: [], score, digits: [] };
    digits.push(digit);
    node = first + child;
  }
  return { items: itemsOf(trie, node), score, digits };
}
