import { z } from 'zod';
import { engineNames } from '../shared/engine-names.ts';

/** Where items stand that nobody took in the training log. */
export const coldItemsNames = ['none', 'behind', 'mixed'] as const;

/** How lists of items are generated, and by what. */
export const decodingSettings = z.strictObject({
  engine: z
    .enum(engineNames)
    .default('node')
    .describe('engine of the evaluation: this process, or PyTorch, for models that need a GPU'),
  num_beams: z.int().min(1).max(10_000).default(20).describe('width of the beam search over item codes'),
  seen_items: z
    .enum(['as-logged', 'allowed'])
    .default('as-logged')
    .describe(
      'as-logged: if repeats are rare in the training log (fewer than 1 in 1,000, of at least 1,000 events), lists leave out what the user already has; allowed: lists follow the scores alone; training is not affected',
    ),
  seen_term: z
    .number()
    .min(-100)
    .max(100)
    .optional()
    .describe(
      'added to the log-probability of the items of a history, in lists that the model generates behind it: how often items are taken again, which a model learns only in part; an evaluation on the validation split says which number fits',
    ),
  stream_scores: z
    .enum(['joint', 'own'])
    .default('joint')
    .describe(
      'model.family: eager: what the items found in either stream are ordered by: the log-probabilities of both decoders together, or that of the decoder that found them',
    ),
  constrained: z
    .boolean()
    .default(true)
    .describe('only codes of the catalogue are generated; false shows the effect of this constraint'),
  fusion: z
    .enum(['none', 'learned'])
    .default('none')
    .describe(
      'how lists behind a history are ranked: none = as the model generates them; learned = what the beams and the behaviour encoders find is ranked anew by a small network, learned from validation targets, that also knows what followed, what was taken together, texts and popularity',
    ),
  cold_items: z
    .enum(coldItemsNames)
    .default('none')
    .describe(
      'where items stand that nobody took in the training log, such as appended ones: none = by their codes, as all others; by what the behaviour encoder expects of items with such texts, behind = behind all others, mixed = among them',
    ),
  cold_places: z
    .int()
    .min(1)
    .max(9)
    .nullable()
    .default(null)
    .describe(
      'cold_items: mixed: so many of every ten places are theirs, evenly spread; null = the places that their probability gives them',
    ),
  cold_below: z
    .int()
    .min(1)
    .max(1000)
    .default(1)
    .describe('an item is cold with fewer training interactions than this'),
});

export type DecodingSettings = z.infer<typeof decodingSettings>;
