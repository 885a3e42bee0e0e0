import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../shared/errors.ts';
import { createMatrix, type Matrix } from '../../shared/matrix.ts';
import { isThere } from '../../storage/is-there.ts';
import { readJson, writeJson } from '../../storage/json-file.ts';
import { readFloat32, readSafetensors, writeSafetensors } from '../../storage/safetensors.ts';
import { createModel } from './create-model.ts';
import { asEncoder, weightsOf } from './encoder.ts';
import { behaviourEncoders } from './settings.ts';
import type { BehaviourEncoder } from './types.ts';

export const weightsFile = 'behaviour.safetensors';
const configFile = 'behaviour.json';
const remedy = 'Delete the folder that holds it and run again: the embedding stage rebuilds it.';
const whole = z.int().min(1);

const configSchema = z.strictObject({
  version: z.literal(1),
  sizes: z.strictObject({
    encoder: z.enum(behaviourEncoders),
    items: whole,
    hiddenSize: whole,
    numLayers: whole,
    numHeads: whole,
    maxLength: whole,
    temperature: z.number().min(0),
    windows: z.array(whole).default([]),
    headProduct: z.literal(false).optional(),
    digits: whole.optional(),
    digitValues: whole.optional(),
  }),
  validation: z.strictObject({ epoch: whole, recallAt10: z.number(), ndcgAt10: z.number() }).nullable(),
});

/** Writes `behaviour.safetensors` (all weights by name, `item_embedding` [items, hidden] among them) and `behaviour.json`. */
export function saveBehaviourEncoder(
  folder: string,
  encoder: Pick<BehaviourEncoder, 'sizes' | 'weights' | 'validation'>,
): void {
  const { sizes, weights, validation = null } = encoder;
  writeSafetensors(join(folder, weightsFile), weights);
  writeJson(join(folder, configFile), { version: 1, sizes, validation });
}

/** Was an encoder written whole? Its description is written last. */
export function isSaved(folder: string): boolean {
  return isThere(join(folder, configFile));
}

/** What an encoder is, and the figures of the epoch that was kept. Throws a UserError for a missing or broken file. */
export function readBehaviourConfig(folder: string): z.infer<typeof configSchema> {
  const place = join(folder, configFile);
  const parsed = configSchema.safeParse(readJson(place, remedy));
  if (parsed.success) return parsed.data;
  throw new UserError(
    'embedding/broken-config',
    `does not describe a behaviour encoder: ${z.prettifyError(parsed.error)}`,
    { place, remedy },
  );
}

/** The vectors of the items alone: [items x hiddenSize]. */
export function readBehaviourEmbedding(folder: string): Matrix {
  const { items, hiddenSize } = readBehaviourConfig(folder).sizes;
  const place = join(folder, weightsFile);
  const data = readFloat32(readSafetensors(place), 'item_embedding', place);
  if (data.length === items * hiddenSize) return createMatrix(items, hiddenSize, data);
  throw new UserError(
    'embedding/weights-do-not-fit',
    `"item_embedding" holds ${data.length} numbers; ${configFile} says [${items}, ${hiddenSize}]`,
    { place, remedy },
  );
}

/** Reads an encoder back, ready to score. Throws a UserError where a file is missing, broken or of another size. */
export async function loadBehaviourEncoder(
  folder: string,
  options: { threads?: number } = {},
): Promise<BehaviourEncoder> {
  const { sizes, validation } = readBehaviourConfig(folder);
  const model = createModel(sizes, { seed: null, dropout: 0, batch_size: 1, negatives: 1 }, options);
  const weightsPath = join(folder, weightsFile);
  const stored = readSafetensors(weightsPath);
  const problems: string[] = [];
  for (const [name, { shape, data }] of Object.entries(weightsOf(model))) {
    const found = stored[name];
    if (!(found?.data instanceof Float32Array) || String(found.shape) !== String(shape))
      problems.push(`"${name}" should be float32 [${shape}], is ${found ? `[${found.shape}]` : 'missing'}`);
    else data.set(found.data);
  }
  if (problems.length > 0)
    throw new UserError(
      'embedding/weights-do-not-fit',
      `does not fit ${configFile}: ${problems.slice(0, 3).join('; ')}${problems.length > 3 ? '; …' : ''}`,
      { place: weightsPath, remedy },
    );
  return asEncoder(model, validation ?? undefined);
}
