import { z } from 'zod';
import { distinct } from './distinct.ts';

export const itemIndexSection = z.strictObject({
  method: z
    .enum(['hierarchical-kmeans', 'residual-kmeans', 'rq-vae', 'random'])
    .default('hierarchical-kmeans')
    .describe(
      'how vectors become codes: a tree of balanced clusters; centroids of what the digits before leave, shared by all items, as they are or behind a trained encoder (rq-vae); random is the floor',
    ),
  fusion: z
    .enum(['codes', 'embeddings'])
    .default('codes')
    .describe('one tree a source and their paths joined, or one tree over the joined vectors'),
  sources: distinct(z.enum(['semantic', 'behaviour']))
    .min(1)
    .default(['semantic', 'behaviour'])
    .describe('the embeddings in use, in the order of the code'),
  branching: z
    .union([z.literal('auto'), z.int().min(2).max(4096)])
    .default('auto')
    .describe('children of a cluster; auto = chosen from the number of items'),
  digits: z
    .strictObject({ semantic: z.int().min(1).max(8).optional(), behaviour: z.int().min(1).max(8).optional() })
    .nullable()
    .default(null)
    .describe(
      'digits kept of each source (fusion: codes); one more tells items apart where needed; null = all',
    ),
  identity_digits: z
    .int()
    .min(0)
    .max(65_536)
    .default(0)
    .describe(
      'the last digit is one of so many, close to an item of its own (fusion: codes); 0 = as few as tell items apart',
    ),
  collaborative_weight: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .describe(
      'rq-vae: how strongly codes of texts are held against the behaviour vectors of their items, as in LETTER (published: 0.02)',
    ),
  diversity_weight: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .describe(
      'rq-vae: how strongly the codes of a codebook are spread over clusters, as in LETTER (published: 0.0001)',
    ),
  faithful: z.boolean().default(false).describe('build the trees the published way'),
  path: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('an index.json made elsewhere, by item id, used instead of building one'),
});
