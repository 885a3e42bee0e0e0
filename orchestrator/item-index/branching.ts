import { UserError } from '../shared/errors.ts';
import { maximalBranching } from './settings.ts';

export interface TreeShape {
  /** Largest number of children of a node. */
  branching: number;
  /** Number of digits in a path. */
  height: number;
}

const publishedBranching = 256;

/**
 * The shape of a tree with one leaf an item.
 *
 * With a number k: height ceil(log_k N), at least 1, as published.
 * With `auto`: the smallest height from 2 on at which 256 children a node are enough (2 up to 65,536 items, 3 up to
 * 16.7 million), then the smallest k with k^height >= N. So 1,200 items get 35 x 35 and 12,101 items 111 x 111: all
 * digits of a level are used, each by many items, and no row of the vocabulary is learned from a handful.
 * With `auto` and `faithful`: k = 256. Codes of codebooks, which need not be unique, may have any number of `levels`.
 */
export function chooseShape(
  items: number,
  branching: 'auto' | number,
  faithful = false,
  levels: number | null = null,
): TreeShape {
  if (branching === 'auto' && faithful)
    return { branching: publishedBranching, height: heightOf(items, publishedBranching) };
  if (branching === 'auto') {
    const height = levels ?? Math.max(2, heightOf(items, publishedBranching));
    let smallest = 2;
    while (smallest ** height < items) smallest++;
    return { branching: smallest, height };
  }
  if (!Number.isInteger(branching) || branching < 2)
    throw new UserError(
      'item-index/branching',
      `branching must be "auto" or an integer of 2 or more, got ${branching}`,
      {
        place: 'branching',
        remedy: 'Set "auto", or for example 64 or 256.',
      },
    );
  if (branching > maximalBranching && branching < items)
    throw new UserError(
      'item-index/branching',
      `branching ${branching} is more than this can cluster; expected at most ${maximalBranching}, or at least the number of items (${items})`,
      { place: 'branching', remedy: 'Set "auto", or for example 256.' },
    );
  return { branching, height: levels ?? heightOf(items, branching) };
}

/** ceil(log_k N) in integers, so that N = k^h gives h exactly; at least 1. */
function heightOf(items: number, branching: number): number {
  let height = 1;
  for (let leaves = branching; leaves < items; leaves *= branching) height++;
  return height;
}
