import { createHash } from 'node:crypto';
import type { Item } from '../../dataset/types.ts';
import { UserError } from '../../shared/errors.ts';
import type { Matrix } from '../../shared/matrix.ts';
import { cachedMatrix } from '../cached-matrix.ts';
import { itemFields } from './item-text.ts';
import type { TextField } from './settings.ts';
import type { LongWork, SemanticEncoder } from './types.ts';

/** To be raised when an encoder here gives other vectors for the same settings, so that old caches are not used. */
const method = 1;

export interface EmbedGiven {
  fields: readonly TextField[];
  encoder: SemanticEncoder;
  /** All that the vectors depend on beside the texts; for a model in a folder, a fingerprint of its files. */
  settings: unknown;
  /** Null: no cache. */
  cacheFolder: string | null;
}

/**
 * The semantic embedding of a catalogue, [items x width], by any encoder; taken from `cacheFolder` where the same
 * texts were encoded with the same `settings` before.
 */
export async function embedItems(
  items: Item[],
  { fields, encoder, settings, cacheFolder }: EmbedGiven,
  work: LongWork = {},
): Promise<Matrix> {
  if (items.length === 0)
    throw new UserError('embedding/no-items', 'expected a catalogue of at least one item, got none', {
      remedy: 'Check the dataset: filters such as k_core may have removed everything.',
    });
  const texts = items.map((item) => itemFields(item, fields));
  const make = () => encoder(texts, work);
  const matrix = cacheFolder
    ? await cachedMatrix(
        cacheFolder,
        { method, settings, fields, texts: hashTexts(texts) },
        make,
        work.report,
      )
    : await make();
  checkNumbers(matrix);
  reportZeroRows(matrix, work);
  return matrix;
}

/** Incremental, because the texts of a large catalogue do not fit into one string. */
function hashTexts(texts: string[][]): string {
  const hash = createHash('sha256');
  for (const fields of texts) hash.update(`${JSON.stringify(fields)}\n`);
  return hash.digest('hex');
}

function checkNumbers({ columns, data }: Matrix): void {
  const broken = data.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0)
    throw new UserError(
      'embedding/not-finite',
      `the encoder gave ${data[broken]} for item number ${Math.floor(broken / columns)}; expected finite numbers`,
      { place: 'embedding.semantic', remedy: 'Use the fp32 weights of the model, or another encoder.' },
    );
}

function reportZeroRows({ rows, columns, data }: Matrix, { report }: LongWork): void {
  let empty = 0;
  for (let row = 0; row < rows; row++)
    if (data.subarray(row * columns, (row + 1) * columns).every((value) => value === 0)) empty++;
  if (empty > 0)
    report?.({
      type: 'warning',
      text: `${empty} of ${rows} items have no usable text; their vectors are zero`,
    });
  report?.({ type: 'figures', figures: { items: rows, dimensions: columns, 'items without text': empty } });
}
