import { int64From } from '../engine/int64.ts';
import type { CodeTrie } from '../item-index/trie.ts';
import { createMemory, type Memory } from '../models/generation/key-value-cache.ts';
import type { Chain } from '../models/generator.ts';
import type { Recommendation, Recommender, RecommenderOptions } from './beam-search.ts';
import { type Candidates, candidatesOn } from './candidates.ts';
import { checkCandidates, checkList, checkPrompts, checkSetup } from './checks.ts';
import { batchesByLength } from './length-batches.ts';
import { createTopList, lowestUseful, offer } from './top-list.ts';

interface FreeBeam {
  tokens: readonly number[];
  columns: readonly number[];
  /** Sum of the log-probabilities of its tokens, each among the whole vocabulary. */
  score: number;
}

/** By level: the digit that a token stands for. */
type DigitOf = readonly ReadonlyMap<number, number>[];

/** Tokens that must not come next. */
type Banned = (tokens: readonly number[]) => ReadonlySet<number>;

const nothing: Banned = () => new Set();

/**
 * The same search without the constraint, to show what the constraint brings: at every step any token of the vocabulary
 * is allowed, and beams that are not a code of the catalogue are returned without items and digits. Codes without a
 * candidate item are excluded at their last digit, as other beams may begin the same way.
 */
export function createUnconstrainedRecommender(options: RecommenderOptions): Recommender {
  const { generator, trie, vocabulary, numBeams, maxBatchTokens = 4096 } = options;
  checkSetup({ generator, trie, vocabulary, numBeams, maxBatchTokens });
  const digitOf = vocabulary.codeTokenIds.map((ids) => new Map(ids.map((id, digit) => [id, digit])));
  return {
    async recommend(prompts, k = numBeams, { signal, candidates } = {}) {
      checkList(k, numBeams);
      checkPrompts(prompts, generator, trie.levels);
      checkCandidates(candidates, prompts.length, trie.items.length);
      const bannedOf = (index: number): Banned => {
        const own = candidates?.[index];
        return own ? (tokens) => lastTokensWithout(own, tokens, trie, digitOf, vocabulary) : nothing;
      };
      const memory = createMemory();
      const lists = new Array<Recommendation[]>(prompts.length);
      const lengths = prompts.map(({ length }) => length);
      for (const batch of batchesByLength(lengths, maxBatchTokens, numBeams)) {
        signal?.throwIfAborted();
        const own = Array.from(batch, (index) => prompts[index]);
        const found = await searchBatch(options, own, Array.from(batch, bannedOf), memory);
        for (const [at, index] of batch.entries()) {
          const items = (leaf: number) => candidatesOn(trie, leaf, candidates?.[index]);
          lists[index] = found[at].slice(0, k).map((beam) => asRecommendation(beam, trie, digitOf, items));
        }
      }
      return lists;
    },
  };
}

async function searchBatch(
  { generator, trie, numBeams }: RecommenderOptions,
  prompts: readonly Int32Array[],
  banned: readonly Banned[],
  memory: Memory,
): Promise<FreeBeam[][]> {
  const { vocabularySize } = generator;
  const everyToken = {
    shape: [vocabularySize],
    data: int64From(Array.from({ length: vocabularySize }, (_, id) => id)),
  };
  const { tree, logits } = await generator.plant(prompts, everyToken, memory);
  const root: FreeBeam = { tokens: [], columns: [], score: 0 };
  const bannedAt = (row: number, depth: number) => (depth === trie.levels ? banned[row] : nothing);
  let beams = prompts.map((_, row) =>
    expand([root], logits, row, vocabularySize, numBeams, bannedAt(row, 1)),
  );
  for (let depth = 1; depth < trie.levels; depth++) {
    const chains = beams.flatMap((own, row) =>
      own.map(({ tokens, columns }): Chain => ({ row, ancestors: columns, tokens: tokens.slice(-1) })),
    );
    const grown = await tree.grow(chains, everyToken, numBeams * (trie.levels - 1 - depth));
    let first = 0;
    beams = beams.map((own, row) => {
      const fed = own.map((beam, at) => ({ ...beam, columns: grown.columns[first + at] }));
      const next = expand(fed, grown.logits, first, vocabularySize, numBeams, bannedAt(row, depth + 1));
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
  banned: Banned,
): FreeBeam[] {
  const best = createTopList(width);
  for (const [at, { score, tokens }] of beams.entries()) {
    const out = banned(tokens);
    const own = logits.subarray((first + at) * vocabularySize, (first + at + 1) * vocabularySize);
    const highest = own.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    let sum = 0;
    for (const logit of own) sum += Math.exp(logit - highest);
    const base = score - highest - Math.log(sum);
    for (let token = 0; token < vocabularySize; token++)
      if (base + own[token] >= lowestUseful(best) && !out.has(token))
        offer(best, base + own[token], token, at);
  }
  return Array.from({ length: best.size }, (_, place) => {
    const { tokens, columns } = beams[best.parents[place]];
    return { tokens: [...tokens, best.nodes[place]], columns, score: best.scores[place] };
  });
}

function asRecommendation(
  { tokens, score }: FreeBeam,
  trie: CodeTrie,
  digitOf: DigitOf,
  itemsOn: (leaf: number) => number[],
): Recommendation {
  const found = walk(tokens, trie, digitOf);
  return found
    ? { items: itemsOn(found.node), score, digits: found.digits }
    : { items: [], score, digits: [] };
}

/** The node that these tokens lead to; null if no code begins with them. */
function walk(
  tokens: readonly number[],
  trie: CodeTrie,
  digitOf: DigitOf,
): { node: number; digits: number[] } | null {
  const digits: number[] = [];
  let node = 0;
  for (const [level, token] of tokens.entries()) {
    const digit = digitOf[level].get(token);
    const [first, end] = [trie.starts[level][node], trie.starts[level][node + 1]];
    const child = digit === undefined ? -1 : trie.digits[level].subarray(first, end).indexOf(digit);
    if (digit === undefined || child < 0) return null;
    digits.push(digit);
    node = first + child;
  }
  return { node, digits };
}

/** Tokens that would complete a code without a candidate. */
function lastTokensWithout(
  candidates: Candidates,
  tokens: readonly number[],
  trie: CodeTrie,
  digitOf: DigitOf,
  { codeTokenIds }: RecommenderOptions['vocabulary'],
): ReadonlySet<number> {
  const last = trie.levels - 1;
  const found = walk(tokens, trie, digitOf);
  const banned = new Set<number>();
  if (!found) return banned;
  for (let leaf = trie.starts[last][found.node]; leaf < trie.starts[last][found.node + 1]; leaf++)
    if (candidatesOn(trie, leaf, candidates).length === 0)
      banned.add(codeTokenIds[last][trie.digits[last][leaf]]);
  return banned;
}
