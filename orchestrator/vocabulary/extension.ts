import { z } from 'zod';
import { readYaml } from '../storage/yaml-file.ts';
import { patternProblem } from './token-names.ts';

const noise = z
  .number()
  .min(0)
  .max(10)
  .default(0.1)
  .describe("Noise on a mean, as a multiple of the standard deviation of the base's rows.");
const std = z
  .number()
  .positive()
  .max(10)
  .optional()
  .describe("Standard deviation of `normal` and `mean-of-item-vectors`; absent: that of the base's rows.");

const itemCodes = z.strictObject({
  pattern: z
    .string()
    .superRefine((pattern, context) => {
      const problem = patternProblem(pattern);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    })
    .describe('Name of a code token: {letter} or {level}, and {digit}.'),
  initialise: z.enum(['mean-of-item-text', 'mean-of-item-vectors', 'mean-of-vocabulary', 'normal']),
  noise,
  std,
});

const controlToken = z.strictObject({
  token: z.string().regex(/^\S+$/, 'expected one or more characters without white space'),
  initialise: z.enum(['mean-of-vocabulary', 'normal']),
  noise,
  std,
});

const extensionSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'expected small letters, digits and hyphens'),
  item_codes: itemCodes,
  control_tokens: z
    .array(controlToken)
    .default([])
    .superRefine((tokens, context) => {
      const seen = new Set<string>();
      for (const [at, { token }] of tokens.entries()) {
        if (seen.has(token))
          context.addIssue({ code: 'custom', path: [at], message: `"${token}" is repeated` });
        seen.add(token);
      }
    }),
});

/** Which token families are added to a tokenizer, how they are named and how their embedding rows start. */
export type Extension = z.output<typeof extensionSchema>;

/** How the rows of one family are initialised. */
export interface RowStart {
  initialise: 'mean-of-item-text' | 'mean-of-item-vectors' | 'mean-of-vocabulary' | 'normal';
  noise: number;
  std?: number | undefined;
}

/** Reads a file of `vocab-extensions/`. Throws a UserError that names the file and the line. */
export function loadExtension(path: string): Extension {
  return readYaml(path, extensionSchema, {
    area: 'vocabulary-extension',
    remedy: 'vocab-extensions/item-codes.yaml shows and explains every key.',
  });
}
