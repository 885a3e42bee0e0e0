import type { z } from 'zod';
import { UserError } from '../shared/errors.ts';

/** What the schema makes of a request. Throws a UserError that names everything wrong with it. */
export function valid<T extends z.ZodType>(schema: T, request: unknown): z.output<T> {
  const parsed = schema.safeParse(request);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'the request'}: ${message}`,
  );
  throw new UserError('serving/request', problems.join('; '), { remedy: 'Correct the request.' });
}
