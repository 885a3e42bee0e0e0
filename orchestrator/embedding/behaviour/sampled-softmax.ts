import * as f from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import type { Value } from '../../engine/types.ts';
import { hiddenScore } from '../../models/hidden-score.ts';
import type { Random } from '../../shared/random.ts';
import type { ItemSampler } from './item-sampler.ts';
import type { SasrecHead } from './sasrec-graph.ts';
import type { Workspace } from './workspace.ts';

/**
 * Cross entropy of the targets among `size` sampled items in place of all, losses [N]: from each logit the log of the
 * item's chance to be sampled is taken (logQ correction, Yi et al. 2019), so that the scores learn the same probabilities
 * as by a softmax over all items; where all are sampled, it is that softmax. Memory grows with N x size, not with the
 * catalogue.
 * Inputs: `sampled` [size], items, each once; `own` [N], the items of the targets; `log_rates` [size] and `own_log_rates`
 * [N, 1], so large that a column is out where it does not count; `targets` [N], the columns of the targets in [own, sampled].
 */
export function sampledSoftmax({ states, rowsOf, alpha }: SasrecHead, size: number): Value {
  const sampled = rowsOf(input('sampled', [size], 'int64'), { distinct: true });
  const scores = f.matMul(states, sampled, { transB: true, alpha });
  const ownScores = f.mul(f.reduceSum(f.mul(states, rowsOf(input('own', ['N'], 'int64'))), [1], true), alpha);
  const logits = f.concat(
    [
      f.sub(ownScores, input('own_log_rates', ['N', 1])),
      f.sub(scores, f.reshape(input('log_rates', [size]), [1, size])),
    ],
    1,
  );
  return f.crossEntropy(logits, input('targets', ['N'], 'int64'));
}

/** Draws the items of an update, and fills what `sampledSoftmax` reads for the items `own` of its targets. */
export function fillSampled(
  workspace: Workspace,
  own: Int32Array,
  sampler: ItemSampler,
  random: Random,
): void {
  const { items, drawn } = sampler.draw(random);
  workspace.items('sampled', items);
  workspace.items('own', own);
  const rates = workspace.float32('log_rates', [items.length]);
  rates.fill(out, drawn);
  const columns = new Map<number, number>();
  for (let at = 0; at < drawn; at++) {
    rates[at] = sampler.logRate(items[at]);
    columns.set(items[at], at + 1);
  }
  const targets = workspace.int64('targets', [own.length]);
  const ownRates = workspace.float32('own_log_rates', [own.length, 1]);
  for (const [at, item] of own.entries()) {
    const column = columns.get(item);
    targets[2 * at] = column ?? 0;
    // A target that is sampled has its column there.
    ownRates[at] = column === undefined ? sampler.logRate(item) : out;
  }
}

const out = -hiddenScore;
