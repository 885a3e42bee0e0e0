import type { TensorSpec } from '../model.ts';
import { tensorSpecs as t5Tensors } from '../t5/tensors.ts';
import type { LigerConfig } from './config.ts';

/** Vectors of the items' texts, which nothing trains. */
export const textsTensor = 'items.texts.weight';
export const projectionName = 'items.projection';
/** Rows by the place of an item in the history, the oldest first, and by that of a digit in its code. */
export const positionsTensor = 'items.positions.weight';
export const digitsTensor = 'items.digits.weight';
export const normName = 'items.norm';

/** Every tensor of a LIGER: those of its T5, and what it adds to the rows that the encoder reads. */
export function tensorSpecs(config: LigerConfig): TensorSpec[] {
  const { backbone, items, text_size, code_levels, max_items } = config;
  const width = backbone.d_model;
  const rows = (name: string, count: number): TensorSpec => ({
    name,
    shape: [count, width],
    kind: 'projection',
    deviation: 1,
  });
  return [
    ...t5Tensors(backbone),
    { name: textsTensor, shape: [items, text_size], kind: 'given', deviation: 0 },
    {
      name: `${projectionName}.weight`,
      shape: [width, text_size],
      kind: 'projection',
      // The numbers of a text have a mean square of 1, and so have those of a token's row.
      deviation: 1 / Math.sqrt(text_size),
    },
    { name: `${projectionName}.bias`, shape: [width], kind: 'bias', deviation: 0 },
    rows(positionsTensor, max_items),
    rows(digitsTensor, code_levels),
    { name: `${normName}.weight`, shape: [width], kind: 'norm', deviation: 0 },
    { name: `${normName}.bias`, shape: [width], kind: 'bias', deviation: 0 },
  ];
}
