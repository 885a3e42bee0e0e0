import { UserError } from './errors.ts';

/**
 * The place of `target` (from 1) among all items ordered by score, best first; ties are ordered by item number, the
 * lower first. A score of -Infinity means "never recommended": the rank is 0 if the target has it.
 * Items of `exclude` are taken out of the ranking; a target among them gets 0, a miss.
 * `scores` is [items]. Throws a UserError when a score is not a number, because such a score compares as no better
 * and no worse than any other and would flatter the rank.
 */
export function rankOfTarget(scores: Float32Array, target: number, exclude?: Iterable<number>): number {
  const own = scores[target];
  if (own === undefined) throw new RangeError(`target ${target} is not one of ${scores.length} items`);
  let rank = 1;
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item];
    if (Number.isNaN(score)) throw notANumber(item);
    if (comesBefore(score, item, own, target)) rank++;
  }
  if (own === Number.NEGATIVE_INFINITY) return 0;
  return exclude ? rankWithout(rank, scores, target, exclude) : rank;
}

/** The rank that is left of `rank` when the items of `exclude` leave their places; 0 where the target is among them. */
export function rankWithout(
  rank: number,
  scores: Float32Array,
  target: number,
  exclude: Iterable<number>,
): number {
  if (rank === 0) return 0;
  let left = rank;
  for (const item of new Set(exclude)) {
    if (item === target) return 0;
    if (comesBefore(scores[item], item, scores[target], target)) left--;
  }
  return left;
}

/** The order of every ranking here: higher score first, then lower item number. */
export function comesBefore(scoreA: number, itemA: number, scoreB: number, itemB: number): boolean {
  return scoreA > scoreB || (scoreA === scoreB && itemA < itemB);
}

function notANumber(item: number): UserError {
  return new UserError('evaluation/not-a-number', `the score of item number ${item} is not a number`, {
    remedy: 'The training has diverged: lower the learning rate, or start again from an earlier checkpoint.',
  });
}
