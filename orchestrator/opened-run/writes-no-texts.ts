import { UserError } from '../shared/errors.ts';

/** In the place of texts, of models that only rank. */
export async function writesNoTexts(): Promise<never> {
  throw new UserError('decoding/writes-no-texts', 'the model of this run ranks items and writes no texts', {
    remedy: 'Use a run whose model is a LLaMA or a T5.',
  });
}
