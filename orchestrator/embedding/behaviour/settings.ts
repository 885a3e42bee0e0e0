import { z } from 'zod';
import type { Conflict } from '../../shared/conflict.ts';
import { nearestDivisor } from '../../shared/nearest-divisor.ts';
import { vectorsPath } from '../given/settings.ts';

export const behaviourEncoders = ['sasrec', 'din', 'rpg'] as const;
export type BehaviourEncoderName = (typeof behaviourEncoders)[number];

/** How the encoder of behaviour is built and trained. */
export const behaviourSettings = z.strictObject({
  encoder: z
    .enum(behaviourEncoders)
    .default('sasrec')
    .describe('the sequential model whose item table is the embedding'),
  hidden_size: z.int().min(1).max(4096).default(64).describe('numbers in the vector of an item'),
  num_layers: z.int().min(1).max(64).default(2).describe('transformer blocks (sasrec, rpg)'),
  num_heads: z.int().min(1).max(64).default(2).describe('attention heads (sasrec, rpg); divides hidden_size'),
  dropout: z.number().min(0).lt(1).default(0.3).describe('share of activations dropped in training'),
  learning_rate: z.number().positive().max(1).default(0.003).describe('step size of AdamW'),
  lr_scheduler: z
    .enum(['constant', 'linear', 'cosine'])
    .default('constant')
    .describe(
      'decay of the step size over all epochs; with linear or cosine, set patience: 0 so that it reaches 0',
    ),
  warmup_ratio: z.number().min(0).max(1).default(0).describe('share of all updates used for warm-up'),
  weight_decay: z.number().min(0).max(1).default(0.1).describe('decoupled weight decay of AdamW'),
  temperature: z
    .number()
    .min(0)
    .max(10)
    .default(0.07)
    .describe('sasrec, rpg: scores are cosines divided by this; 0 = plain inner products (sasrec)'),
  epochs: z.int().min(1).max(10_000).default(30).describe('passes over the training interactions'),
  batch_size: z.int().min(1).max(65_536).default(128).describe('histories per update'),
  negatives: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe(
      'items drawn for each update (sasrec) or for each target (din), which stand for all others in the softmax (logQ correction); all items (sasrec) or 60 (din) if absent',
    ),
  patience: z
    .int()
    .min(0)
    .default(5)
    .describe('stop after this many epochs without a better validation; 0 = never'),
  windows: z
    .array(z.int().min(1).max(1000))
    .max(100)
    .default([])
    .describe(
      'din: window lengths over the history, latest first, each window summed separately ([1, 1, 1, 1, 1, 1, 2, 2, 4, 5] in EAGER); empty = one sum over the whole history',
    ),
  head_product: z
    .boolean()
    .default(true)
    .describe(
      'din: its head also sees the products of the candidate with each window, so that their likeness need not be learned; false = as published',
    ),
  digits: z
    .int()
    .min(1)
    .max(256)
    .default(32)
    .describe('rpg: digits of an item, all predicted at once; set semantic.dimensions to a multiple of them'),
  digit_values: z.int().min(2).max(4096).default(256).describe('rpg: values of each digit'),
  start: z
    .enum(['random', 'semantic'])
    .default('random')
    .describe(
      "initial item vectors: random, or the items' whitened semantic vectors; set semantic.dimensions to at least hidden_size",
    ),
  semantic_features: z
    .boolean()
    .default(false)
    .describe(
      "an item's vector is its own row plus a learned projection of its semantic vector: rare items are known by their texts",
    ),
  ensemble: z
    .int()
    .min(1)
    .max(16)
    .default(1)
    .describe(
      'encoders trained from different seeds: the first gives the embedding, all of them together teach in distillation',
    ),
  path: vectorsPath.describe(
    'vectors made elsewhere, instead of an encoder that is trained here: files as for semantic.path; nothing can be distilled from them',
  ),
});

/** They came later: keys of before, without them, still hold. */
export const laterBehaviourSettings = { head_product: true, digits: 32, digit_values: 256 };

export type BehaviourSettings = z.infer<typeof behaviourSettings>;

/** Settings that cannot work together, by their place within the section. */
export function* behaviourConflicts(settings: BehaviourSettings): Generator<Conflict> {
  const { encoder, hidden_size, num_heads, path, ensemble } = settings;
  if (path !== null && ensemble > 1)
    yield {
      path: 'ensemble',
      message: `${ensemble} encoders are asked for, and vectors are given`,
      remedy: 'Remove embedding.behaviour.path, or set ensemble to 1.',
    };
  if (path !== null || encoder === 'din') return;
  if (encoder === 'rpg') yield* rpgConflicts(settings);
  if (hidden_size % num_heads !== 0)
    yield {
      path: 'num_heads',
      message: `${num_heads} heads do not divide hidden_size ${hidden_size}`,
      remedy: `Set num_heads to ${nearestDivisor(hidden_size, num_heads)}.`,
    };
  // Rotary positions turn pairs of numbers.
  else if ((hidden_size / num_heads) % 2 !== 0)
    yield {
      path: 'hidden_size',
      message: `hidden_size / num_heads has to be even, got ${hidden_size} / ${num_heads} = ${hidden_size / num_heads}`,
      remedy: `Set hidden_size to ${num_heads * (hidden_size / num_heads + 1)}.`,
    };
}

/** An item of RPG is its digits: there are no rows of items that could begin anywhere, or be sampled. */
function* rpgConflicts({
  start,
  semantic_features,
  negatives,
  temperature,
}: BehaviourSettings): Generator<Conflict> {
  const remedy =
    'Leave it out: the digits are made from the texts, and are predicted each among all its values.';
  if (start !== 'random') yield { path: 'start', message: 'rpg has no rows of items', remedy };
  if (semantic_features) yield { path: 'semantic_features', message: 'rpg has no rows of items', remedy };
  if (negatives !== undefined) yield { path: 'negatives', message: 'rpg samples no items', remedy };
  if (temperature === 0)
    yield {
      path: 'temperature',
      message: 'rpg compares by cosines, which a temperature divides',
      remedy: 'Set it above 0; the paper has 0.03.',
    };
}
