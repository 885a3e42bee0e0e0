import { childrenOf, pathTo, type StreamTree } from '../item-index/stream-trees.ts';
import type { NodeScorer, Parent } from '../models/eager/node-scorer.ts';
import { createBreathe } from '../shared/breathe.ts';
import type { Recommendation } from './beam-search.ts';
import { type BannedNodes, type Candidates, candidatesOn, createBanning } from './candidates.ts';
import { checkCandidates } from './checks.ts';
import { batchesByLength } from './length-batches.ts';
import { logShares } from './log-shares.ts';
import type { DecodingSettings } from './settings.ts';
import { createTopList, lowestUseful, offer } from './top-list.ts';

/** A tree of codes and what scores its nodes. */
export interface ScoredStream {
  tree: StreamTree;
  scorer: NodeScorer;
}

export interface TwoStreamOptions {
  streams: readonly ScoredStream[];
  numBeams: number;
  scores: DecodingSettings['stream_scores'];
  /** Tokens of one pass, padding included. */
  maxBatchTokens?: number | undefined;
}

/** One history of a batch. */
interface Row {
  history: Int32Array;
  candidates: Candidates | null;
  /** By stream: nodes that no beam may enter. */
  banned: (BannedNodes | null)[];
  /** By stream, and there by the last node of the way to a parent: log-probabilities of its children. */
  known: Map<number, Float64Array>[];
}

interface NodeBeam {
  path: number[];
  score: number;
}

/** The way to the root ends nowhere. */
const root = -1;

/**
 * EAGER's search: in each stream the `numBeams` best codes of its own decoder, none but those that exist; the items of
 * both lists are put together, and every one of them is scored by both decoders along its own codes (`joint`: the sum of
 * the log-probabilities), or by the decoder whose beams found it, the likelier one of two (`own`). The best `numBeams`, best first; equal
 * scores are ordered by item.
 */
export function createTwoStreamRecommender({
  streams,
  numBeams,
  scores,
  maxBatchTokens = 8192,
}: TwoStreamOptions) {
  const bannings = streams.map(({ tree }) => createBanning(tree.trie));
  const items = streams[0].tree.trie.items.length;
  return async (
    histories: readonly Int32Array[],
    candidates?: readonly (Candidates | null)[],
  ): Promise<Recommendation[][]> => {
    checkCandidates(candidates, histories.length, items);
    const lists = new Array<Recommendation[]>(histories.length);
    const breathe = createBreathe();
    const lengths = histories.map(({ length }) => length);
    for (const batch of batchesByLength(lengths, maxBatchTokens, 2 * numBeams)) {
      const rows = Array.from(batch, (place): Row => {
        const own = candidates?.[place] ?? null;
        return {
          history: histories[place],
          candidates: own,
          banned: bannings.map((banning) => (own ? banning(own) : null)),
          known: streams.map(() => new Map()),
        };
      });
      const found: Set<number>[][] = [];
      for (let stream = 0; stream < streams.length; stream++)
        found.push(await searchStream(streams[stream], stream, rows, numBeams));
      const scored = await scoreItems(streams, rows, found, scores);
      for (const [at, place] of batch.entries()) lists[place] = scored[at].slice(0, numBeams);
      await breathe();
    }
    return lists;
  };
}

/** Items of each row by the beams of one stream. */
async function searchStream(
  scored: ScoredStream,
  stream: number,
  rows: readonly Row[],
  width: number,
): Promise<Set<number>[]> {
  const { tree } = scored;
  let beams = rows.map(({ banned }): NodeBeam[] =>
    banned[stream]?.[0].has(0) ? [] : [{ path: [], score: 0 }],
  );
  for (let depth = 0; depth < tree.levels; depth++) {
    const parents = beams.map((own) => own.map(({ path }) => path));
    await learn(scored, stream, rows, parents);
    beams = beams.map((own, at) => expand(tree, depth, own, rows[at], stream, width));
  }
  const leafOf = ({ path }: NodeBeam) => path[tree.levels - 1] - tree.firstOfDepth[tree.levels - 1];
  return beams.map(
    (own, at) => new Set(own.flatMap((beam) => candidatesOn(tree.trie, leafOf(beam), rows[at].candidates))),
  );
}

/** The best `width` children of the beams of one row. */
function expand(
  tree: StreamTree,
  depth: number,
  beams: readonly NodeBeam[],
  { banned, known }: Row,
  stream: number,
  width: number,
): NodeBeam[] {
  const best = createTopList(width);
  const closed = banned[stream]?.[depth + 1];
  for (const [at, { path, score }] of beams.entries()) {
    const { first, end } = childrenOf(tree, depth, path);
    const logs = known[stream].get(path.at(-1) ?? root);
    for (let child = first; child < end; child++) {
      // A child that must come has probability 1, and nobody asked for it.
      const total = score + (logs?.[child - first] ?? 0);
      if (total < lowestUseful(best) || closed?.has(child - tree.firstOfDepth[depth])) continue;
      offer(best, total, child, at);
    }
  }
  return Array.from({ length: best.size }, (_, place) => ({
    path: [...beams[best.parents[place]].path, best.nodes[place]],
    score: best.scores[place],
  }));
}

/** Puts into `known` the log-probabilities of the children of these parents, where there is a choice among them. */
async function learn(
  { tree, scorer }: ScoredStream,
  stream: number,
  rows: readonly Row[],
  paths: readonly (readonly number[][])[],
): Promise<void> {
  const questions = rows.flatMap((row, at) => {
    const asked = new Map<number, Parent>();
    for (const path of paths[at]) {
      const end = path.at(-1) ?? root;
      const children = childrenOf(tree, path.length, path);
      if (children.end - children.first > 1 && !row.known[stream].has(end))
        asked.set(end, { path, children });
    }
    return asked.size === 0 ? [] : [{ row, ends: [...asked.keys()], parents: [...asked.values()] }];
  });
  if (questions.length === 0) return;
  const scored = await scorer.score(questions.map(({ row: { history }, parents }) => ({ history, parents })));
  for (const [at, { row, ends }] of questions.entries())
    for (const [parent, end] of ends.entries()) row.known[stream].set(end, logShares(scored[at][parent]));
}

/** All items that were found, by stream and row in `found`, scored and best first. */
async function scoreItems(
  streams: readonly ScoredStream[],
  rows: readonly Row[],
  found: readonly (readonly ReadonlySet<number>[])[],
  scores: TwoStreamOptions['scores'],
): Promise<Recommendation[][]> {
  const union = rows.map((_, row) => [...new Set(found.flatMap((own) => [...own[row]]))]);
  for (const [stream, scored] of streams.entries())
    await learn(
      scored,
      stream,
      rows,
      union.map((items) => items.flatMap((item) => beginnings(pathTo(scored.tree, item)))),
    );
  return rows.map((row, at) =>
    union[at]
      .map((item) => {
        const logs = streams.map(({ tree }, stream) => logProbability(tree, row.known[stream], item));
        return {
          items: [item],
          score:
            scores === 'joint'
              ? logs.reduce((sum, own) => sum + own)
              : Math.max(...logs.filter((_, stream) => found[stream][at].has(item))),
          digits: streams.flatMap(({ tree }) => digitsOfItem(tree, item)),
        };
      })
      .sort((a, b) => b.score - a.score || a.items[0] - b.items[0]),
  );
}

function beginnings(path: Int32Array): number[][] {
  return Array.from(path, (_, depth) => [...path.subarray(0, depth)]);
}

function logProbability(tree: StreamTree, known: Map<number, Float64Array>, item: number): number {
  const path = pathTo(tree, item);
  let sum = 0;
  for (let level = 0; level < tree.levels; level++) {
    const logs = known.get(level === 0 ? root : path[level - 1]);
    if (logs) sum += logs[path[level] - childrenOf(tree, level, path).first];
  }
  return sum;
}

function digitsOfItem({ trie: { codes, levels } }: StreamTree, item: number): number[] {
  return [...codes.subarray(item * levels, (item + 1) * levels)];
}
