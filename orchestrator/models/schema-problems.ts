import type { z } from 'zod';

/** What does not fit a schema, a line each, to stand below the sentence that says what the file is not. */
export function schemaProblems({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `\n  ${path.join('.') || 'the file'}: ${message}`).join('');
}
