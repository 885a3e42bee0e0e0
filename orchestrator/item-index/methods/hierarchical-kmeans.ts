import type { IndexMethod } from '../types.ts';
import { buildBalancedTree } from './balanced-tree.ts';
import { buildFaithfulTree } from './faithful-tree.ts';

/** A tree of clusters, split again and again; with `faithful` in the published way. Every path is unique. */
export const hierarchicalKmeans: IndexMethod = (points, given) =>
  given.settings.faithful ? buildFaithfulTree(points, given) : buildBalancedTree(points, given);
