import { z } from 'zod';
import type { Conflict } from '../shared/conflict.ts';

/** Projections of a layer that LoRA may be put on, by family: the names that PEFT knows them by. */
export const loraModules = {
  llama: ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'],
  t5: ['q', 'k', 'v', 'o', 'wi', 'wo'],
  eager: [],
  liger: [],
} as const;

export type FamilyName = keyof typeof loraModules;
const familyNames = Object.keys(loraModules) as [FamilyName, ...FamilyName[]];

/** Names and meanings as in a Hugging Face `config.json` of a LLaMA, whatever the family. */
export const modelSettings = z.strictObject({
  base_model: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('folder or hub id of a model of these families; null = from scratch with the sizes below'),
  family: z
    .enum(familyNames)
    .default('llama')
    .describe('family of a model from scratch; a base model brings its own'),
  hidden_size: z.int().min(2).max(16_384).default(192).describe('width of the model'),
  intermediate_size: z.int().min(1).max(131_072).default(512).describe('width of the MLP'),
  num_hidden_layers: z
    .int()
    .min(1)
    .max(256)
    .default(4)
    .describe(
      'layers; of a T5, an EAGER or a LIGER those of its encoder, and of its decoder too unless num_decoder_layers is set',
    ),
  num_decoder_layers: z
    .int()
    .min(1)
    .max(256)
    .nullable()
    .default(null)
    .describe('layers of the decoder of a T5, an EAGER or a LIGER; null = as many as its encoder has'),
  num_attention_heads: z
    .int()
    .min(1)
    .max(256)
    .default(3)
    .describe('query heads; divides hidden_size unless head_dim is set'),
  head_dim: z
    .int()
    .min(1)
    .max(1024)
    .nullable()
    .default(null)
    .describe('width of a head; null = hidden_size / num_attention_heads'),
  num_key_value_heads: z
    .int()
    .min(1)
    .max(256)
    .default(3)
    .describe('key and value heads; divides num_attention_heads'),
  rope_theta: z.number().positive().default(10_000).describe('base of the rotary position angles'),
  tie_word_embeddings: z
    .boolean()
    .default(true)
    .describe('the output head shares the weights of the token embedding'),
  // Absent where it is not given, so that recipes of before stay as they are.
  temperature: z
    .number()
    .positive()
    .max(100)
    .optional()
    .describe(
      'family: liger: cosines of what a history asks for and of the texts of items are divided by this; absent: 0.07, as published',
    ),
});

/** They came later: keys of before, without them, still hold. */
export const laterModelSettings = { num_decoder_layers: null, head_dim: null };

/** Families whose rows are the items of a history (prompts.layout: items), and no texts. */
const itemFamilies: readonly string[] = ['eager', 'liger'] satisfies FamilyName[];

export function readsItems(family: string): boolean {
  return itemFamilies.includes(family);
}

/** What a family asks of the rest of a recipe, by the paths of its settings. */
export function* familyConflicts(
  family: FamilyName,
  layout: string | undefined,
  parts: readonly { tuning: string; lora_target_modules?: readonly string[] }[],
): Generator<Conflict> {
  if (family === 't5' && layout !== undefined && layout !== 'prefix')
    yield {
      path: 'prompts.layout',
      message: `a T5 reads a history and writes the next item, and prompts.layout is ${layout}`,
      remedy: 'Set prompts.layout to prefix, or take a LLaMA.',
    };
  const modules: readonly string[] = loraModules[family];
  for (const [at, { lora_target_modules: targets = [] }] of parts.entries()) {
    const strange = targets.filter((name) => !modules.includes(name));
    if (strange.length > 0)
      yield {
        path: `training.stages.${at}.lora_target_modules`,
        message: `the model is a ${family}, whose layers have no ${strange.join(', ')}`,
        remedy: `Choose from ${modules.join(', ')}.`,
      };
  }
}

export function isFamilyName(name: string): name is FamilyName {
  return Object.hasOwn(loraModules, name);
}
