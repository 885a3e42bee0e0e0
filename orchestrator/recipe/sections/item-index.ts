import { z } from 'zod';

export const itemIndexSection = z.strictObject({
  method: z
    .enum(['hierarchical-kmeans'])
    .default('hierarchical-kmeans')
    .describe('how vectors become codes: balanced hierarchical k-means'),
  fusion: z
    .enum(['codes', 'embeddings'])
    .default('codes')
    .describe('one tree a source and their paths joined, or one tree over the joined vectors'),
  sources: z
    .array(z.enum(['semantic', 'behaviour']))
    .min(1)
    .default(['semantic', 'behaviour'])
    .describe('the embeddings in use, in the order of the code'),
  branching: z
    .union([z.literal('auto'), z.int().min(2).max(65_536)])
    .default('auto')
    .describe('children of a cluster; auto = chosen from the number of items'),
  faithful: z.boolean().default(false).describe('build the trees the published way'),
  path: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('an index.json made elsewhere, used instead of building one'),
});
