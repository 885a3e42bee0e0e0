import { int64From } from '../engine/int64.ts';
import type { TensorView } from '../engine/program.ts';
import { type CodeTrie, codeCount, digitsOf } from '../item-index/trie.ts';
import { createMemory, type Memory } from '../models/generation/key-value-cache.ts';
import type { Chain, Generator, PlantedTree } from '../models/generator.ts';
import { createBreathe } from '../shared/breathe.ts';
import { type Reporter, silentReporter } from '../shared/reporter.ts';
import type { Vocabulary } from '../vocabulary/types.ts';
import { type BannedNodes, type Candidates, candidatesOn, createBanning } from './candidates.ts';
import { checkCandidates, checkList, checkPrompts, checkSetup } from './checks.ts';
import { type Beam, type DigitLogits, expandBeams, hasChoice, type Limits } from './expand-beams.ts';
import { batchesByLength } from './length-batches.ts';

export interface RecommenderOptions {
  generator: Generator;
  trie: CodeTrie;
  vocabulary: Pick<Vocabulary, 'codeTokenIds'>;
  numBeams: number;
  /** Tokens of one pass over a batch, padding included; bounds the memory. Default 4096. */
  maxBatchTokens?: number | undefined;
}

/** One code and its items. */
export interface Recommendation {
  /** All items with this code; one, unless the index has collisions. */
  items: number[];
  /** log p(code | prompt): the sum over levels of the log-softmax over the digits that are allowed there. */
  score: number;
  digits: number[];
}

export interface RecommendOptions {
  /**
   * For each prompt the items that may be recommended; null for all. The others are excluded during the search, so a
   * list is as long as the candidates allow. Scores do not change: they stay probabilities over all codes.
   */
  candidates?: readonly (Candidates | null)[] | undefined;
  report?: Reporter | undefined;
  signal?: AbortSignal | undefined;
}

export interface Recommender {
  /**
   * For each prompt (the token ids before a code) the best `k` codes, best first; `k` is `numBeams` by default. A list
   * is shorter only where the catalogue has fewer codes, or fewer candidates. A prompt given several times (the same
   * array), with other candidates, is computed once, and so is every prefix that its searches share. Throws a UserError
   * for a prompt that is empty or too long.
   */
  recommend(
    prompts: readonly Int32Array[],
    k?: number,
    options?: RecommendOptions,
  ): Promise<Recommendation[][]>;
}

interface Search {
  generator: Generator;
  trie: CodeTrie;
  codeTokenIds: readonly (readonly number[])[];
  /** [levels] ids of the code tokens of each level */
  headRows: TensorView[];
  width: number;
  /** Digits that all codes start with. */
  stem: number[];
}

/** One search behind a prompt of a batch. */
interface Row {
  /** Which prompt of the batch. */
  prompt: number;
  banned: BannedNodes | null;
  weighed: WeighedNodes | null;
}

/** The nodes that have no other items below them than those that get a term, and the term. */
interface WeighedNodes {
  nodes: BannedNodes;
  by: number;
}

/**
 * Beam search over the codes that exist: level by level, the `numBeams` best prefixes of each prompt go on.
 *
 * The probability of a digit is its softmax among the digits that may follow its prefix, so constraining
 * renormalises. A digit that must come has probability 1: it takes no pass, and is fed only when a digit behind it
 * has to be scored. Equal scores are ordered by their digits, smaller ones first.
 */
export function createRecommender(options: RecommenderOptions): Recommender {
  const { generator, trie, vocabulary, numBeams, maxBatchTokens = 4096 } = options;
  checkSetup({ generator, trie, vocabulary, numBeams, maxBatchTokens });
  const search: Search = {
    generator,
    trie,
    codeTokenIds: vocabulary.codeTokenIds,
    headRows: codeHeadRows(trie, vocabulary.codeTokenIds),
    width: Math.min(numBeams, codeCount(trie)),
    stem: commonDigits(trie),
  };
  const banning = createBanning(trie);
  const weighedNodes = (named: Candidates | null | undefined) =>
    named?.weighed ? { nodes: banning({ without: named.weighed.items }), by: named.weighed.by } : null;
  /** Reused from finished calls; concurrent calls have one each. */
  const spare: Memory[] = [];
  return {
    async recommend(prompts, k = numBeams, { report = silentReporter, signal, candidates } = {}) {
      checkList(k, numBeams);
      checkPrompts(prompts, generator, trie.levels);
      checkCandidates(candidates, prompts.length, trie.items.length);
      const askedOf = placesOf(prompts);
      const distinct = [...askedOf.keys()];
      const most = Math.max(1, ...[...askedOf.values()].map(({ length }) => length));
      const lengths = distinct.map(({ length }) => length);
      const lists = new Array<Recommendation[]>(prompts.length);
      const breathe = createBreathe(signal);
      const memory = spare.pop() ?? createMemory();
      let done = 0;
      for (const batch of batchesByLength(lengths, maxBatchTokens, search.width * most)) {
        signal?.throwIfAborted();
        const own = Array.from(batch, (place) => distinct[place]);
        const asked = own.map((prompt) => askedOf.get(prompt)!);
        const rows = asked.flatMap((indices, prompt) =>
          indices.map((index): Row => {
            const named = candidates?.[index];
            return { prompt, banned: named ? banning(named) : null, weighed: weighedNodes(named) };
          }),
        );
        const found = await searchBatch(search, own, rows, memory);
        for (const [at, index] of asked.flat().entries())
          lists[index] = found[at].slice(0, k).map(({ node, score }) => ({
            items: candidatesOn(trie, node, candidates?.[index]),
            score,
            digits: digitsOf(trie, node),
          }));
        done += rows.length;
        report({ type: 'progress', label: 'prompts decoded', done, total: prompts.length });
        await breathe();
      }
      spare.push(memory);
      return lists;
    },
  };
}

/** Leaves for each row, best first. */
async function searchBatch(
  search: Search,
  prompts: readonly Int32Array[],
  rows: readonly Row[],
  memory: Memory,
): Promise<Beam[][]> {
  const { generator, trie, codeTokenIds, headRows, width, stem } = search;
  const root: Beam = { node: 0, score: 0, columns: [], pending: [] };
  const roots = rows.map(({ banned, weighed }) => {
    if (banned?.[0].has(0)) return [];
    return [weighed?.nodes[0].has(0) ? { ...root, score: weighed.by } : root];
  });
  if (stem.length === trie.levels) return roots;

  const stemTokens = stem.map((digit, level) => codeTokenIds[level][digit]);
  const rooted = stem.length ? prompts.map((prompt) => Int32Array.of(...prompt, ...stemTokens)) : prompts;
  const { tree, logits } = await generator.plant(rooted, headRows[stem.length], memory);
  const size = trie.levelSizes[stem.length];
  let beams = rows.map((own, row) => {
    const logitsOf = () => ({ data: logits, offset: own.prompt * size });
    return expandBeams(trie, stem.length, roots[row], logitsOf, width, limitsAt(own, stem.length));
  });
  for (let depth = stem.length + 1; depth < trie.levels; depth++)
    beams = await nextDepth(search, tree, depth, rows, beams);
  return beams;
}

/**
 * Feeds the beams that have a choice at this depth, if any, and expands all. Searches on one prompt that reach the same
 * node took the same path: it is fed once for all of them.
 */
async function nextDepth(
  { trie, codeTokenIds, headRows, width }: Search,
  tree: PlantedTree,
  depth: number,
  rows: readonly Row[],
  beams: readonly Beam[][],
): Promise<Beam[][]> {
  const chains: Chain[] = [];
  const chainOf = new Map<number, number>();
  const nodes = trie.starts[depth].length;
  const asked = beams.map((own, row) =>
    own.map(({ node, columns, pending }) => {
      if (!hasChoice(trie, depth, node)) return forced;
      const { prompt } = rows[row];
      const known = chainOf.get(prompt * nodes + node);
      if (known !== undefined) return known;
      const tokens = pending.map((digit, at) => codeTokenIds[depth - pending.length + at][digit]);
      const chain = chains.push({ row: prompt, ancestors: columns, tokens }) - 1;
      chainOf.set(prompt * nodes + node, chain);
      return chain;
    }),
  );
  const expand = (own: readonly Beam[], row: number, logitsOf: (beam: number) => DigitLogits) =>
    expandBeams(trie, depth, own, logitsOf, width, limitsAt(rows[row], depth));
  if (chains.length === 0) return beams.map((own, row) => expand(own, row, noLogits));

  const { logits, columns } = await tree.grow(chains, headRows[depth], width * (trie.levels - 1 - depth));
  return beams.map((own, row) => {
    const fed = own.map((beam, at): Beam => {
      const chain = asked[row][at];
      return chain === forced ? beam : { ...beam, columns: columns[chain], pending: [] };
    });
    return expand(fed, row, (at) => ({ data: logits, offset: asked[row][at] * trie.levelSizes[depth] }));
  });
}

/** What holds for the children of nodes at this depth. */
function limitsAt({ banned, weighed }: Row, depth: number): Limits {
  return {
    banned: banned?.[depth + 1],
    term: weighed
      ? (node, child) =>
          weighed.nodes[depth + 1].has(child) && !weighed.nodes[depth].has(node) ? weighed.by : 0
      : undefined,
    most: weighed ? Math.max(weighed.by, 0) : 0,
  };
}

/** The places of each array in the list, in the order of first occurrence. */
function placesOf(prompts: readonly Int32Array[]): Map<Int32Array, number[]> {
  const places = new Map<Int32Array, number[]>();
  for (const [at, prompt] of prompts.entries()) {
    const own = places.get(prompt);
    if (own) own.push(at);
    else places.set(prompt, [at]);
  }
  return places;
}

/** Instead of a chain's number: the next digit has no alternative. */
const forced = -1;

function noLogits(): never {
  throw new Error('a digit that must come was about to be scored');
}

/** A column of logits for each digit in use, and no other row of the head. */
function codeHeadRows({ levelSizes }: CodeTrie, codeTokenIds: readonly (readonly number[])[]): TensorView[] {
  return levelSizes.map((size, level) => ({
    shape: [size],
    data: int64From(codeTokenIds[level].slice(0, size)),
  }));
}

function commonDigits(trie: CodeTrie): number[] {
  const stem: number[] = [];
  while (stem.length < trie.levels && !hasChoice(trie, stem.length, 0))
    stem.push(trie.digits[stem.length][0]);
  return stem;
}
