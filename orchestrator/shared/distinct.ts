import { z } from 'zod';

/** A list in which nothing may stand twice. */
export function distinct<T extends z.ZodType>(item: T) {
  return z.array(item).refine((values) => new Set(values).size === values.length, {
    error: 'each value once',
  });
}
