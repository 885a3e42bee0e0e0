import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import { readJson } from '../storage/json-file.ts';
import { moduleOf } from './adapter.ts';
import type { ModelDefinition } from './model.ts';
import { schemaProblems } from './schema-problems.ts';

const ids = z.array(z.int().nonnegative());

/** A PEFT setting that changes the computation in a way not supported here: absent, off or empty. */
const off = z
  .unknown()
  .optional()
  .refine(isOff, {
    error: ({ input }) => `${JSON.stringify(input)} is not computed here; expected it off or empty`,
  });

const adapterConfigSchema = (modules: readonly string[], tables: readonly string[]) =>
  z.looseObject({
    peft_type: z.literal('LORA', {
      error: ({ input }) => `expected "LORA", got ${JSON.stringify(input) ?? 'nothing'}`,
    }),
    base_model_name_or_path: z.string().nullish(),
    r: z.int().positive(),
    lora_alpha: z.number().positive(),
    lora_dropout: z.number().min(0).lt(1).default(0),
    target_modules: z.union([z.array(z.enum(modules)), z.literal('all-linear')], {
      error: ({ input }) => `expected some of ${modules.join(', ')}, got ${JSON.stringify(input)}`,
    }),
    bias: z
      .literal('none', { error: 'trained biases are not computed here; expected "none"' })
      .default('none'),
    trainable_token_indices: z
      .union([ids, z.strictObject(Object.fromEntries(tables.map((name) => [name, ids.optional()])))])
      .nullish(),
    /** These four kinds of start change the base's weights too, and their adapters belong to the changed base. */
    init_lora_weights: z
      .unknown()
      .refine((value) => typeof value !== 'string' || !/^(pissa|olora|corda|loftq)/i.test(value), {
        error: ({ input }) =>
          `a start by ${JSON.stringify(input)} changes the base; convert the adapter first`,
      }),
    use_dora: off,
    use_rslora: off,
    use_qalora: off,
    lora_bias: off,
    fan_in_fan_out: off,
    modules_to_save: off,
    rank_pattern: off,
    alpha_pattern: off,
    exclude_modules: off,
    target_parameters: off,
    layers_to_transform: off,
    layer_replication: off,
  });

export interface AdapterSettings {
  lora_r: number;
  lora_alpha: number;
  lora_dropout: number;
  lora_target_modules: string[];
  base_model_name_or_path: string;
  /** Ids of the rows that the adapter carries, in the order it carries them. */
  embeddingIds: number[];
  headIds: number[];
}

/** Reads `adapter_config.json`; a UserError names every setting that this engine does not compute. */
export function readAdapterConfig(folder: string, definition: ModelDefinition): AdapterSettings {
  const { tensors, embedding, head } = definition;
  const [table, ownHead] = [embedding, head === embedding ? 'lm_head.weight' : head].map(moduleOf);
  const wholeTable = embedding.replace(/\.weight$/, '');
  const modules = [...new Set(tensors.flatMap(({ module }) => module ?? []))];
  const place = join(folder, 'adapter_config.json');
  const parsed = adapterConfigSchema(modules, [table, wholeTable, ownHead]).safeParse(
    readJson(place, 'Give the folder of a LoRA adapter: adapter_config.json and adapter_model.safetensors.'),
  );
  if (!parsed.success)
    throw new UserError(
      'model/unsupported-adapter',
      `is not an adapter that this engine supports:${schemaProblems(parsed.error)}`,
      {
        place,
        remedy:
          'Merge the adapter into its base in PEFT (merge_and_unload), or train it as plain LoRA with trainable_token_indices.',
      },
    );
  const { data } = parsed;
  const tokens = data.trainable_token_indices ?? [];
  const byModule = Array.isArray(tokens) ? { [table]: tokens } : tokens;
  return {
    lora_r: data.r,
    lora_alpha: data.lora_alpha,
    lora_dropout: data.lora_dropout,
    // A set, though JSON only has lists.
    lora_target_modules: data.target_modules === 'all-linear' ? modules : [...new Set(data.target_modules)],
    base_model_name_or_path: data.base_model_name_or_path ?? '',
    embeddingIds: byModule[table] ?? byModule[wholeTable] ?? [],
    headIds: byModule[ownHead] ?? [],
  };
}

function isOff(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
