import { z } from 'zod';
import { limits } from './limits.ts';

const value = z.union([z.string().min(1).max(limits.name), z.number()]);
const oneOrMany = z.union([value, z.array(value).min(1).max(limits.values)]);
const range = z.strictObject({ min: z.number().optional(), max: z.number().optional() });
const fewKeys = (record: object) => Object.keys(record).length <= limits.conditions;
const tooMany = `at most ${limits.conditions} conditions`;

/** Which items may come. */
export const where = z
  .object({
    category: oneOrMany
      .optional()
      .describe('any part of the path, or several in a row as in "Hair > Shampoo"; one of several in a list'),
    brand: oneOrMany.optional(),
    price_min: z.number().optional(),
    price_max: z.number().optional(),
    in_stock: z.boolean().optional().describe('whether the attribute stock is above 0'),
  })
  .catchall(z.union([oneOrMany, range, z.boolean()]))
  .refine(fewKeys, tooMany)
  .describe(
    'only items that fulfil all conditions: category, brand, price_min, price_max, in_stock, and any attribute by a value, a list of values or {min, max}; upper and lower case count the same',
  );

/** Which items are to come earlier, or later. */
export const boost = z
  .record(
    z.string().min(1).max(limits.name),
    z.record(z.string().min(1).max(limits.name), z.number().min(0.001).max(1000)).refine(fewKeys, tooMany),
  )
  .refine(fewKeys, tooMany)
  .describe(
    'factors by attribute and value, as in {"brand": {"Baristo": 1.5}}: the probability of such items counts so many times when items are ordered; factors of several conditions are multiplied',
  );

/** How many items of one kind may come. */
export const diversity = z.strictObject({
  by: z.string().min(1).max(limits.name).describe('category (its whole path), brand or an attribute'),
  max: z.int().min(1).max(limits.items).describe('the most items of one category, brand or value'),
});

export type Where = z.output<typeof where>;
export type Boost = z.output<typeof boost>;
export type Diversity = z.output<typeof diversity>;
