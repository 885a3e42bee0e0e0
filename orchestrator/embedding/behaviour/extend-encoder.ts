import { join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { createMatrix, type Matrix } from '../../shared/matrix.ts';
import type { FloatTensor } from '../../storage/safetensors.ts';
import { readFloat32, readSafetensors } from '../../storage/safetensors.ts';
import { readBehaviourConfig, saveBehaviourEncoder, weightsFile } from './behaviour-files.ts';

const table = 'item_embedding';

/**
 * Copies a trained encoder, with rows for further items behind those that it has: `rowsFor` gets the old rows
 * [items, hidden] and gives the new ones. All else of it stays.
 */
export async function extendEncoder(
  from: string,
  to: string,
  rowsFor: (old: Matrix) => Matrix,
): Promise<void> {
  const { sizes, validation } = readBehaviourConfig(from);
  const place = join(from, weightsFile);
  const stored = readSafetensors(place);
  const weights: Record<string, FloatTensor> = {};
  for (const [name, { shape }] of Object.entries(stored))
    weights[name] = { shape, data: readFloat32(stored, name, place) };
  if (weights[table]?.data.length !== sizes.items * sizes.hiddenSize)
    throw new UserError(
      'embedding/weights-do-not-fit',
      `"${table}" is not [${sizes.items}, ${sizes.hiddenSize}]`,
      {
        place,
        remedy: 'Run the recipe of that run again: its embedding stage rebuilds it.',
      },
    );
  const old = createMatrix(sizes.items, sizes.hiddenSize, weights[table].data);
  const added = rowsFor(old);
  if (sizes.encoder === 'rpg' && added.rows > 0)
    throw new UserError('embedding/no-rows', `an encoder of rpg cannot take ${added.rows} new items`, {
      place,
      remedy: 'Run its recipe anew on the whole catalogue: digits are made for all items together.',
    });
  const items = old.rows + added.rows;
  const data = new Float32Array(items * sizes.hiddenSize);
  data.set(old.data);
  data.set(added.data, old.data.length);
  weights[table] = { shape: [items, sizes.hiddenSize], data };
  saveBehaviourEncoder(to, { sizes: { ...sizes, items }, weights, ...(validation ? { validation } : {}) });
}
