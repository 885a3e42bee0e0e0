import type { IndexMethod } from '../types.ts';
import { buildBalancedTree } from './balanced-tree.ts';
import { buildFaithfulTree } from './faithful-tree.ts';

/** A tree of clusters, split again and again; with `faithful` in the published way. Every path is unique. */
export const hierarchicalKmeans: IndexMethod = (points, { shape, settings, label, seed, report, signal }) => {
  const build = settings.faithful ? buildFaithfulTree : buildBalancedTree;
  return build(points, shape, seed, label, report, signal);
};
