import { z } from 'zod';
import { type Conflict, conflictsAt } from '../shared/conflict.ts';
import { behaviourConflicts, behaviourSettings } from './behaviour/settings.ts';
import { semanticConflicts, semanticSettings } from './semantic/settings.ts';

export const embeddingSettings = z.strictObject({
  behaviour: behaviourSettings
    .prefault({})
    .describe('how people use an item: learned from the training interactions'),
  semantic: semanticSettings.prefault({}).describe('what an item is: made from its texts'),
});

export type EmbeddingSettings = z.infer<typeof embeddingSettings>;

/** Settings that cannot work together, by their place within the section. */
export function* embeddingConflicts({ behaviour, semantic }: EmbeddingSettings): Generator<Conflict> {
  yield* conflictsAt('behaviour', behaviourConflicts(behaviour));
  yield* conflictsAt('semantic', semanticConflicts(semantic));
  const { encoder, path, digits } = behaviour;
  if (encoder === 'rpg' && path === null && semantic.encoder === 'lsa' && semantic.path === null)
    if (semantic.dimensions < digits)
      yield {
        path: 'behaviour.digits',
        message: `${digits} digits are made of ${semantic.dimensions} dimensions of the texts, at least one each`,
        remedy: `Set semantic.dimensions to a multiple of ${digits}.`,
      };
}
