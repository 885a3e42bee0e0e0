import { z } from 'zod';

/** Every error response, in OpenAI's shape. */
export const errorAnswer = z.object({
  error: z.object({
    message: z.string().describe('what is wrong, and what to do'),
    type: z.enum([
      'invalid_request_error',
      'authentication_error',
      'not_found_error',
      'rate_limit_error',
      'server_error',
    ]),
    param: z.string().nullable().describe('where in the request'),
    code: z.string().nullable().describe('stable, for machines: serving/unknown-item'),
  }),
});

export type ErrorAnswer = z.infer<typeof errorAnswer>;
