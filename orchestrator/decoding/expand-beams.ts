import type { CodeTrie } from '../item-index/trie.ts';
import { logSumExp } from './log-sum-exp.ts';
import { createTopList, lowestUseful, offer } from './top-list.ts';

/** A prefix of a code that is still a candidate for one user. */
export interface Beam {
  node: number;
  /** Sum of the log-probabilities of its digits, each among the digits that are allowed there. */
  score: number;
  /** Columns of the cache that hold its digits so far. */
  columns: readonly number[];
  /** Digits that are chosen but not in the cache yet: nothing after them had to be scored so far. */
  pending: readonly number[];
}

/** Logits of the next digit, by digit, behind one beam. */
export interface DigitLogits {
  data: Float32Array;
  /** Where the logit of digit 0 stands. */
  offset: number;
}

/** What holds for children beside their probabilities. */
export interface Limits {
  /** Children that are skipped; they keep their share of the probability. */
  banned?: { has(node: number): boolean } | undefined;
  /** Added to the log-probability of a child of a node. */
  term?: ((node: number, child: number) => number) | undefined;
  /** The most that `term` adds. */
  most: number;
}

/** Whether the model has a choice in continuing this prefix. */
export function hasChoice({ starts }: CodeTrie, depth: number, node: number): boolean {
  return starts[depth][node + 1] - starts[depth][node] > 1;
}

/**
 * The best `width` children of some beams of one user, best first; all of them where there are fewer. Probabilities are
 * a softmax over the children only, so masking renormalises: a single child has log-probability 0 and needs no logits.
 * Log-probabilities are never positive, so a beam below the worst candidate kept is skipped whole.
 */
export function expandBeams(
  trie: CodeTrie,
  depth: number,
  beams: readonly Beam[],
  logitsOf: (beam: number) => DigitLogits,
  width: number,
  { banned, term, most }: Limits = { most: 0 },
): Beam[] {
  const starts = trie.starts[depth];
  const digits = trie.digits[depth];
  const best = createTopList(width);
  for (const [at, { node, score }] of beams.entries()) {
    if (score + most < lowestUseful(best)) break;
    const first = starts[node];
    const end = starts[node + 1];
    if (end - first === 1) {
      offer(best, score + (term?.(node, first) ?? 0), first, at);
      continue;
    }
    const { data, offset } = logitsOf(at);
    const base = score - logSumExp(data, offset, digits, first, end);
    let lowest = lowestUseful(best);
    for (let child = first; child < end; child++) {
      const total = base + data[offset + digits[child]] + (term?.(node, child) ?? 0);
      if (total < lowest || banned?.has(child)) continue;
      offer(best, total, child, at);
      lowest = lowestUseful(best);
    }
  }
  return Array.from({ length: best.size }, (_, place): Beam => {
    const parent = beams[best.parents[place]];
    const node = best.nodes[place];
    return {
      node,
      score: best.scores[place],
      columns: parent.columns,
      pending: [...parent.pending, digits[node]],
    };
  });
}
