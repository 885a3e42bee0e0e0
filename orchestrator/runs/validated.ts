import type { z } from 'zod';
import { UserError } from '../shared/errors.ts';

/** Checks what is read from or written to the run store; the first finding is named with its place. */
export function validated<T>(schema: z.ZodType<T>, value: unknown, file: string, remedy: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new UserError('runs/damaged-file', `is not as eager-llm writes it: ${path.join('.')}: ${message}`, {
    place: file,
    remedy,
  });
}
