import { UserError } from '../../shared/errors.ts';

/** Vectors of another encoder cannot stand beside those that are there. */
export function otherEncoder(what: string): UserError {
  return new UserError('embedding/other-encoder', `is not the encoder of the old items: ${what}`, {
    place: 'embedding.semantic',
    remedy: 'Use the model and the version of eager-llm that embedded the old items, or train anew.',
  });
}
