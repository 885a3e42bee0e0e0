import { z } from 'zod';
import type { Conflict } from '../shared/conflict.ts';
import { distinct } from '../shared/distinct.ts';
import { rqVaeSettings } from './rq-vae/settings.ts';

/** The names of the ways in `methods/registry.ts`; `random` is the floor: codes of the same shape that mean nothing. */
export const indexMethodNames = ['hierarchical-kmeans', 'residual-kmeans', 'rq-vae', 'random'] as const;
export type IndexMethodName = (typeof indexMethodNames)[number];

const usualMethod: IndexMethodName = 'hierarchical-kmeans';

export const sourceNames = ['semantic', 'behaviour'] as const;
/** What an item is (`semantic`), and how people use it (`behaviour`). */
export type Source = (typeof sourceNames)[number];

/** Wider nodes would need a distance table beyond memory. */
export const maximalBranching = 4096;

/** How the vectors of items become their codes. */
export const itemIndexSettings = z.strictObject({
  method: z
    .enum(indexMethodNames)
    .default(usualMethod)
    .describe(
      'how vectors become codes: a tree of balanced clusters; residual quantisation with codebooks shared by all items, of the vectors themselves (residual-kmeans) or of the output of a trained encoder (rq-vae); random is the lower bound',
    ),
  fusion: z
    .enum(['codes', 'embeddings', 'streams'])
    .default('codes')
    .describe(
      'codes: one tree per source, their paths joined into one code; embeddings: one tree over the joined vectors; streams: an item has one code per source, and the lists of both are merged (prompts.layout: prefix)',
    ),
  sources: distinct(z.enum(sourceNames))
    .min(1)
    .default([...sourceNames])
    .describe('the embeddings in use, in the order of the code'),
  branching: z
    .union([z.literal('auto'), z.int().min(2).max(maximalBranching)])
    .default('auto')
    .describe('children of a cluster; auto = chosen from the number of items'),
  levels: z
    .int()
    .min(1)
    .max(8)
    .nullable()
    .default(null)
    .describe(
      'digits of a path (residual-kmeans, rq-vae): 3 as published for TIGER, 4 for LC-Rec; null = as many as a tree with one leaf an item has',
    ),
  digits: z
    .strictObject({ semantic: z.int().min(1).max(8).optional(), behaviour: z.int().min(1).max(8).optional() })
    .nullable()
    .default(null)
    .describe(
      'digits kept of each source (fusion: codes, streams); one more is added where needed to tell items apart; null = all',
    ),
  identity_digits: z
    .int()
    .min(0)
    .max(65_536)
    .default(0)
    .describe(
      'number of values of the last digit, so that it nearly identifies an item (fusion: codes); 0 = as few as tell items apart',
    ),
  shared_codes: z
    .enum(['told-apart', 'kept'])
    .default('told-apart')
    .describe(
      'items whose digits are all the same: one more digit for every item tells them apart, or they share their code as in LC-Rec and LETTER (kept; the ranking then takes them by item number)',
    ),
  collaborative_weight: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .describe(
      'rq-vae: weight of aligning the codes of texts with the behaviour vectors of their items, as in LETTER (published: 0.02)',
    ),
  diversity_weight: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .describe(
      'rq-vae: weight of spreading the codes of a codebook over clusters, as in LETTER (published: 0.0001)',
    ),
  rq_vae: rqVaeSettings.prefault({}).describe('network and training of the RQ-VAE (method: rq-vae)'),
  faithful: z.boolean().default(false).describe('build the trees exactly as published'),
  path: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('an index.json made elsewhere, by item id, used instead of building one'),
  module: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'a way of making codes of your own, used instead of method: a module (`./my-index.mjs`, or the name of a package) that exports it; it runs as a program of yours',
    ),
});

/** They came later: keys of before, without them, still hold. */
export const laterItemIndexSettings = { levels: null, shared_codes: 'told-apart' };

export type ItemIndexSettings = z.infer<typeof itemIndexSettings>;

/** Settings that cannot work together, by their place within the section. */
export function* itemIndexConflicts(index: ItemIndexSettings): Generator<Conflict> {
  if (index.fusion !== 'codes' && index.sources.length < 2)
    yield {
      path: 'fusion',
      message: `${index.fusion} ${index.fusion === 'streams' ? 'has a code of each of' : 'joins'} two sources, and only one is named`,
      remedy: 'Name both in item_index.sources, or choose fusion: codes.',
    };
  if (index.fusion === 'streams' && index.path !== null)
    yield {
      path: 'path',
      message: 'an index made elsewhere has one code an item, and fusion is streams',
      remedy: 'Remove the path, or choose fusion: codes.',
    };
  if (index.faithful && (index.method === 'residual-kmeans' || index.method === 'rq-vae'))
    yield {
      path: 'faithful',
      message: `the published way is a tree, and method is ${index.method}`,
      remedy: 'Choose method: hierarchical-kmeans, or faithful: false.',
    };
  for (const [path, other] of [
    ['path', index.path !== null],
    ['faithful', index.faithful],
    ['digits', index.digits !== null],
  ] as const)
    if (index.module !== null && other)
      yield {
        path,
        message: 'a module of your own makes the codes, and decides by itself how many digits they have',
        remedy: `Leave out ${path}, or item_index.module.`,
      };
  const rqVae = JSON.stringify(index.rq_vae) !== JSON.stringify(rqVaeSettings.parse({}));
  for (const [path, given, usual] of [
    ['method', index.method !== usualMethod, usualMethod],
    ['collaborative_weight', index.collaborative_weight > 0, '0'],
    ['diversity_weight', index.diversity_weight > 0, '0'],
    ['rq_vae', rqVae, '{}'],
  ] as const)
    if (index.module !== null && given)
      yield {
        path,
        message: 'a module of your own makes the codes, so that nothing would read it',
        remedy: `Leave out ${path} (over a recipe that gives it: ${path}: ${usual}), or item_index.module.`,
      };
  if (index.shared_codes === 'kept' && (index.fusion === 'streams' || index.identity_digits > 0))
    yield {
      path: 'shared_codes',
      message:
        index.fusion === 'streams'
          ? 'an item has a code of its own in each stream, and fusion is streams'
          : 'the last digit tells items apart, and identity_digits is set',
      remedy: 'Choose shared_codes: told-apart, or fusion: codes without identity_digits.',
    };
  if (
    index.levels !== null &&
    index.module === null &&
    index.method !== 'residual-kmeans' &&
    index.method !== 'rq-vae'
  )
    yield {
      path: 'levels',
      message: `the height of a tree follows from its branching, and method is ${index.method}`,
      remedy: 'Choose method: residual-kmeans or rq-vae, or levels: null.',
    };
  for (const name of ['collaborative_weight', 'diversity_weight'] as const)
    if (index[name] > 0 && index.method !== 'rq-vae' && index.module === null)
      yield {
        path: name,
        message: `it weighs a loss of the RQ-VAE, and method is ${index.method}`,
        remedy: `Choose method: rq-vae, or ${name}: 0.`,
      };
  if (index.faithful && index.fusion !== 'codes')
    yield {
      path: 'faithful',
      message: `the published way builds one tree a source, and fusion is ${index.fusion}`,
      remedy: 'Choose fusion: codes, or faithful: false.',
    };
}
